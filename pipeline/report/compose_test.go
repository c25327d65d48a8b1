package report_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/report"
	"github.com/soundings-survey/soundings/pipeline/table"
)

func compose(t testing.TB, in report.Input) *report.Report {
	t.Helper()
	r, _, err := report.Compose(in)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// figures are the figures of a report by id.
func figures(r *report.Report) map[string]report.Figure {
	out := map[string]report.Figure{}
	for _, ch := range r.Chapters {
		for _, b := range ch.Blocks {
			if f, ok := b.(report.Figure); ok {
				out[f.ID] = f
			}
		}
	}
	return out
}

func TestChaptersFollowTheForm(t *testing.T) {
	r := compose(t, sample(t, "en"))
	var titles []string
	for _, ch := range r.Chapters {
		titles = append(titles, ch.Title)
	}
	want := []string{"In brief", "What the toolkit should contain", "Who", "Stages", "The rest <b>&", "Data quality", "How these figures were made", "How respondents are protected", "How to cite"}
	if !slices.Equal(titles, want) {
		t.Errorf("chapters %q, want %q", titles, want)
	}
	if ar := compose(t, sample(t, "ar")); ar.Dir != "rtl" || ar.Chapters[3].Title != "ما مدى صعوبة كل مرحلة؟" || ar.Title != "عينة" {
		t.Errorf("Arabic: %s, %q, %q", ar.Dir, ar.Chapters[3].Title, ar.Title)
	}
}

func TestTitlesStateWhatWasFound(t *testing.T) {
	all := figures(compose(t, sample(t, "en")))
	for id, want := range map[string]string{
		"f-hard_write": "Hard or Very hard: highest for follow-up (75%)",
		"f-tools":      "Among the figures shown, most often: Guide (PDF) (50%)", // another is withheld
		"f-staff":      "Mean: 2.5",
		"f-needs":      "Needed most: Helpdesk (0.50)",
	} {
		if got := all[id]; titleOf(got) != want {
			t.Errorf("%s: title %q, want %q", id, titleOf(got), want)
		}
	}
	battery := all["f-hard_write"]
	if battery.Label != "How hard was each stage?" || len(battery.Table.Rows) != 3 || battery.Table.Rows[0].Head != "follow-up" {
		t.Errorf("battery %q, rows %+v", battery.Label, battery.Table.Rows)
	}
	if got := battery.Table.Rows[0].Cells; got[len(got)-1].Text != "160" || got[len(got)-2].Text != "75%" || got[len(got)-2].Note == "" {
		t.Errorf("net and base of the first row: %+v", got)
	}
	if _, ok := all["f-hard_write-by-region"]; !ok {
		t.Error("no means by region")
	}
	if _, ok := all["f-email"]; ok {
		t.Error("an identifying item is reported")
	}
}

func titleOf(f report.Figure) string {
	if f.Canvas == nil {
		return ""
	}
	return f.Canvas.Title
}

func TestTheWithheldNoteStandsWhereTheMarkDoes(t *testing.T) {
	for id, f := range figures(compose(t, sample(t, "en"))) {
		marked := false
		for _, row := range f.Table.Rows {
			for _, c := range row.Cells {
				marked = marked || c.Text == "c"
			}
		}
		drawn := strings.Join(texts(f.Canvas.Marks), " ")
		marked = marked || strings.Contains(drawn, " c preferred")
		if said := strings.Contains(drawn, "withheld to"); said != marked {
			t.Errorf("%s: mark in its table %v, note %v", id, marked, said)
		}
	}
}

func TestPartsOfTheToolkitComeInOrderOfNeed(t *testing.T) {
	r := compose(t, sample(t, "en"))
	for _, b := range r.Chapters[1].Blocks {
		if n, ok := b.(report.Needs); ok {
			if len(n.Needs) != 2 || n.Needs[0].Label != "Helpdesk" || n.Needs[0].Rank != "1" || n.Needs[1].Rank != "2" {
				t.Errorf("needs %+v", n.Needs)
			}
			if e := n.Needs[0].Evidence; len(e) != 2 || e[0].Text != "Tools needed: Helpdesk" || e[0].Share != "25%" || e[1].Text != "Open answers to “In your own words” on: Money" {
				t.Errorf("evidence %+v", e)
			}
			return
		}
	}
	t.Error("no needs")
}

func TestMissingLabelsAreOneFinding(t *testing.T) {
	_, findings, err := report.Compose(sample(t, "ar"))
	if err != nil || len(findings) != 1 || !strings.Contains(findings[0].Problem, "lacks 1 label(s) in the language ar") {
		t.Errorf("findings %v, %v", findings, err)
	}
	if _, findings, _ = report.Compose(sample(t, "en")); len(findings) != 0 {
		t.Errorf("English: %v", findings)
	}
}

func TestHiddenItemsAreLeftOut(t *testing.T) {
	in := sample(t, "en")
	in.Hidden = map[string]bool{"tools": true, "hard_speak": true}
	all := figures(compose(t, in))
	if _, ok := all["f-tools"]; ok || len(all["f-hard_write"].Table.Rows) != 2 {
		t.Error("a hidden item is shown")
	}
}

func TestThePlanAsksForBothSidesOfEveryScale(t *testing.T) {
	rows := report.Plan(sampleSurvey(t), nil)
	if len(rows) != 6 || rows[0].Key() != "prop_net @/@ hard_write %/% 1|2 @/@ NA %/% NA" || rows[1].Key() != "prop_net @/@ hard_write %/% 4|5 @/@ NA %/% NA" {
		t.Errorf("rows %+v", rows)
	}
}

func TestWithoutNetsNothingIsClaimed(t *testing.T) {
	in := sample(t, "en")
	in.Safe = withoutNets(t, in.Survey)
	got := figures(compose(t, in))["f-hard_write"]
	if titleOf(got) != "How hard was each stage?" {
		t.Errorf("title %q", titleOf(got))
	}
}

func TestComposeNeedsItsInput(t *testing.T) {
	if _, _, err := report.Compose(report.Input{}); err == nil {
		t.Error("no error")
	}
}

func TestScaledItemsStayInFormOrder(t *testing.T) {
	in := sample(t, "en")
	in.Hidden = map[string]bool{"hard_speak": true, "hard_follow": true}
	var heads []string
	for _, row := range figures(compose(t, in))["f-hard_write"].Table.Rows {
		heads = append(heads, row.Head)
	}
	if want := []string{"Very easy", "Easy", "Neither", "Hard", "Very hard"}; !slices.Equal(heads, want) {
		t.Errorf("rows %q", heads)
	}
}

func TestABatteryWithoutSharesIsNotDrawn(t *testing.T) {
	in := sample(t, "en")
	in.Safe = release(t, in.Survey, table.Plan{Rows: []table.Row{{Analysis: table.Mean, Item: "hard_write"}, {Analysis: table.Mean, Item: "hard_speak"}}})
	r := compose(t, in)
	if f := figures(r); len(f) != 2 { // those on data quality
		t.Errorf("figures %v", f)
	}
}
