package report_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/report"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// heads are the heads of the rows of a table.
func heads(t report.Table) []string {
	var out []string
	for _, r := range t.Rows {
		out = append(out, r.Head)
	}
	return out
}

func dotsIn(f report.Figure) int {
	n := 0
	for _, m := range f.Canvas.Marks {
		if _, ok := m.(canvas.Dot); ok {
			n++
		}
	}
	return n
}

func TestGroupsAreComparedByDots(t *testing.T) {
	all := figures(compose(t, sample(t, "en")))
	staff := all["f-staff"]
	if got := heads(staff.Table); dotsIn(staff) != 2 || !slices.Equal(got, []string{"All respondents", "North", "South"}) {
		t.Errorf("means: %d dots, rows %q", dotsIn(staff), got)
	}
	if drawn := strings.Join(texts(staff.Canvas.Marks), "|"); !strings.Contains(drawn, "n = 180)") || !strings.Contains(drawn, "n = 90") {
		t.Errorf("n of everybody and of each group are not all drawn: %s", drawn)
	}
	if n := dotsIn(all["f-tools-by-region"]); n != 0 {
		t.Errorf("an item with several choices has %d dots", n)
	}
}

// TestOfTwoAnswersTheFirstIsCompared: groups of a sensitive item stand in the
// order of the form, and no gap between them is named.
func TestOfTwoAnswersTheFirstIsCompared(t *testing.T) {
	for _, role := range []survey.Role{survey.Plain, survey.Sensitive} {
		in := sample(t, "en")
		i, _ := in.Survey.Item("threat")
		i.Role = role
		f, ok := figures(compose(t, in))["f-threat-by-region"]
		if !ok {
			t.Fatalf("role %q: no figure", role)
		}
		if got := heads(f.Table); dotsIn(f) != 2 || !slices.Equal(got, []string{"All respondents", "North", "South"}) {
			t.Errorf("role %q: %d dots, rows %q", role, dotsIn(f), got)
		}
		if sub := strings.Join(texts(f.Canvas.Marks), " "); !strings.Contains(sub, "Share answering “Yes”") {
			t.Errorf("role %q: %s", role, sub)
		}
		if role == survey.Sensitive && titleOf(f) != f.Label {
			t.Errorf("a sensitive item has the title %q", titleOf(f))
		}
	}
}

func TestAFunnelHasItsStagesInOrder(t *testing.T) {
	in := sample(t, "en")
	in.Funnel = report.Funnel{Item: "tools", Choices: []string{"template", "guide", "helpdesk"}}
	f := figures(compose(t, in))["f-funnel"]
	if got := heads(f.Table); !slices.Equal(got, []string{"Template", "Guide (PDF)", "Helpdesk"}) {
		t.Errorf("rows %q", got)
	}
	if want := "Widest fall from one stage to the next: Guide (PDF) 50%, Helpdesk 25%"; titleOf(f) != want {
		t.Errorf("title %q, want %q", titleOf(f), want)
	}
	in.Funnel.Choices = []string{"guide", "rare", "helpdesk"} // one is withheld
	if f = figures(compose(t, in))["f-funnel"]; titleOf(f) != f.Label || f.Table.Rows[1].Cells[0].Text != "c" {
		t.Errorf("title %q, row %+v", titleOf(f), f.Table.Rows[1])
	}
	in.Funnel = report.Funnel{Items: []string{"hard_write", "hard_speak"}, Choice: "5"}
	if f = figures(compose(t, in))["f-funnel"]; !slices.Equal(heads(f.Table), []string{"writing", "speaking"}) {
		t.Errorf("of items: rows %q", heads(f.Table))
	}
}

func TestAPriorityMapSetsTwoListsAgainstEachOther(t *testing.T) {
	in := sample(t, "en")
	in.Priority = report.Priority{Across: []string{"hard_write", "hard_speak", "hard_follow"}, Up: []string{"hard_speak", "hard_follow", "hard_write"}}
	f := figures(compose(t, in))["f-priority"]
	if dotsIn(f) != 3 || !slices.Equal(heads(f.Table), []string{"writing", "speaking", "follow-up"}) {
		t.Fatalf("%d dots, rows %q", dotsIn(f), heads(f.Table))
	}
	row := f.Table.Rows[1].Cells // speaking 50%, follow-up 75%
	if row[0].Text != "50%" || row[1].Text != "180" || row[2].Text != "75%" || row[3].Text != "160" || row[0].Value.Key == "" {
		t.Errorf("row %+v", row)
	}
	in.Hidden = map[string]bool{"hard_speak": true}
	if _, ok := figures(compose(t, in))["f-priority"]; ok {
		t.Error("a hidden item is shown in a map")
	}
}

func TestFiguresOfTheConfigMustFitTheSurvey(t *testing.T) {
	s := sampleSurvey(t)
	for name, c := range map[string]struct {
		wrong []string
		want  string
	}{
		"nothing asked for":    {append(report.Funnel{}.Wrong(s), report.Priority{}.Wrong(s)...), ""},
		"a funnel":             {report.Funnel{Item: "tools", Choices: []string{"guide", "rare"}}.Wrong(s), ""},
		"a funnel of items":    {report.Funnel{Items: []string{"hard_write", "hard_speak"}, Choice: "5"}.Wrong(s), ""},
		"one stage":            {report.Funnel{Item: "tools", Choices: []string{"guide"}}.Wrong(s), "two stages"},
		"a stage twice":        {report.Funnel{Item: "tools", Choices: []string{"guide", "guide"}}.Wrong(s), "twice"},
		"no answer":            {report.Funnel{Item: "hard_write", Choices: []string{"1", "na"}}.Wrong(s), "has no answer na"},
		"an identifying item":  {report.Funnel{Item: "email", Choices: []string{"yes", "no"}}.Wrong(s), "may be reported"},
		"a map":                {report.Priority{Across: []string{"hard_write"}, Up: []string{"hard_speak"}}.Wrong(s), ""},
		"lists of two lengths": {report.Priority{Across: []string{"hard_write"}}.Wrong(s), "one length"},
		"an item twice":        {report.Priority{Across: []string{"hard_write", "hard_write"}, Up: []string{"hard_speak", "hard_follow"}}.Wrong(s), "twice"},
		"no scale":             {report.Priority{Across: []string{"region"}, Up: []string{"hard_speak"}}.Wrong(s), "no scaled item"},
	} {
		got := strings.Join(c.wrong, " ")
		if (c.want == "") != (got == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestCharactersNoFontHasAreAFinding: they would be gaps in pictures.
func TestCharactersNoFontHasAreAFinding(t *testing.T) {
	in := sample(t, "en")
	i, _ := in.Survey.Item("staff")
	i.Label = survey.Text{"en": "How many people? \U00013080", "ar": "كم شخصاً؟"}
	_, findings, err := report.Compose(in)
	if err != nil || len(findings) != 1 || findings[0].Kind != "missing-glyphs" || !strings.Contains(findings[0].Problem, "lack 1 character(s)") || !strings.Contains(findings[0].Problem, "U+13080") {
		t.Errorf("findings %v, %v", findings, err)
	}
}
