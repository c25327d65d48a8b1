package report_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// withSensitive is the sample with some items made sensitive, and the tools in
// the opposite order of how often they are named.
func withSensitive(t *testing.T, names ...string) report.Input {
	t.Helper()
	changed := *sampleSurvey(t)
	changed.Items, changed.Lists = slices.Clone(changed.Items), slices.Clone(changed.Lists)
	for i := range changed.Items {
		if slices.Contains(names, changed.Items[i].Name) {
			changed.Items[i].Role = survey.Sensitive
		}
	}
	for i, l := range changed.Lists {
		if l.Name == "tools" {
			tools := slices.Clone(l.Choices[:3]) // without the rare one, which would be covered
			slices.Reverse(tools)
			changed.Lists[i] = survey.NewChoiceList("tools", tools)
		}
	}
	s, findings := survey.New(changed)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	plan := table.Guess(s, []string{"region"})
	for _, r := range report.Plan(s, nil) {
		plan.Add(r)
	}
	in := sample(t, "en")
	in.Survey, in.Components, in.Safe = s, nil, release(t, s, plan)
	in.Quality = in.Safe.Account(account(), report.ChecksAlone[:]...)
	return in
}

func TestHowManyDidNotAnswerStandsWithEachFigureOfASensitiveItem(t *testing.T) {
	all := figures(compose(t, withSensitive(t, "tools", "hard_follow", "staff")))
	for _, id := range []string{"f-threat", "f-tools", "f-tools-by-region", "f-staff"} {
		f, ok := all[id]
		if !ok {
			t.Errorf("there is no figure %s", id)
			continue
		}
		if said := strings.Join(texts(f.Canvas.Marks), " "); !strings.Contains(said, "Of 180 asked,") {
			t.Errorf("%s does not say how many were asked and did not answer: %s", id, said)
		}
	}
	if said := strings.Join(texts(all["f-threat"].Canvas.Marks), " "); !strings.Contains(said, "120 gave no answer") {
		t.Errorf("of the threats: %s", said)
	}
	if notes := all["f-hard_write"].Notes; len(notes) != 1 || !strings.Contains(notes[0].Text, "Of 180 asked, 20 gave no answer") {
		t.Errorf("notes of a battery with a sensitive item: %q", notes)
	}
}

func TestAnswersToSensitiveItemsAreNotPutInOrderBesideGroups(t *testing.T) {
	heads := func(in report.Input, id string) (out []string) {
		for _, row := range figures(compose(t, in))[id].Table.Rows {
			out = append(out, row.Head)
		}
		return out
	}
	form := []string{"Helpdesk", "Template", "Guide (PDF)"}
	ranked := func(rows []string) bool { return slices.Index(rows, "Guide (PDF)") < slices.Index(rows, "Helpdesk") }
	if rows := heads(withSensitive(t), "f-tools-by-region"); len(rows) < 3 || !ranked(rows) {
		t.Fatalf("the sample does not tell the orders apart: %q", rows)
	}
	rows := heads(withSensitive(t, "tools"), "f-tools-by-region")
	got := slices.DeleteFunc(slices.Clone(rows), func(s string) bool { return !slices.Contains(form, s) })
	if !slices.Equal(got, form) {
		t.Errorf("rows %q, want the order of the form %q", rows, form)
	}
	if rows := heads(withSensitive(t), "f-hard_write"); rows[0] != "follow-up" {
		t.Fatalf("the battery of the sample is not ranked: %q", rows)
	}
	for _, id := range []string{"f-hard_write", "f-hard_write-by-region"} {
		if rows := heads(withSensitive(t, "hard_speak"), id); len(rows) < 3 || rows[0] != "writing" || rows[len(rows)-1] != "follow-up" {
			t.Errorf("%s: rows %q", id, rows)
		}
	}
	summary := func(in report.Input) string {
		out := ""
		for _, b := range compose(t, in).Chapters[0].Blocks {
			if p, ok := b.(report.Points); ok {
				for _, x := range p.Points {
					out += x.Text.Text + "\n"
				}
			}
		}
		return out
	}
	if plain := summary(withSensitive(t)); !strings.Contains(plain, "follow-up") {
		t.Fatalf("the summary of the sample does not name the first of the battery: %s", plain)
	}
	if s := summary(withSensitive(t, "hard_speak", "tools")); strings.Contains(s, "follow-up") || strings.Contains(s, "Guide (PDF)") {
		t.Errorf("the summary names the first of sensitive items: %s", s)
	}
}

func TestPagesOfClosedAudiencesSaySo(t *testing.T) {
	in := sample(t, "ar")
	s := in.Survey
	plan := table.Guess(s, []string{"region"})
	var tables []*table.Table
	for _, row := range plan.Rows {
		tables = append(tables, tally(s, row, replies()))
	}
	for audience, want := range map[protect.Audience]string{
		protect.Public: "كل هذا مختلق.", protect.Partners: "هذا التقرير مخصص للشركاء: لا تنشروه ولا ترسلوه إلى غيرهم. كل هذا مختلق.",
		protect.Internal: "هذا التقرير للاستخدام الداخلي: لا تنشروه ولا ترسلوه إلى أي جهة خارجية. كل هذا مختلق.",
	} {
		safe, _, err := protect.Protect(s, plan, tables, nil, audience, protect.Config{Threshold: 10})
		if err != nil {
			t.Fatal(err)
		}
		in.Safe, in.Quality, in.Components = safe, protect.Quality{}, nil
		if got := compose(t, in).Notice; got != want {
			t.Errorf("%s: notice %q, want %q", audience, got, want)
		}
	}
}
