package report_test

import (
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/report"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// themed is a sample whose tools are codes in themes.
func themed(t *testing.T, tag string) report.Input {
	t.Helper()
	in := sample(t, tag)
	in.Themes = report.Themes{List: "tools", Of: []report.Theme{
		{Name: "PAPER", Label: text("On paper", "على الورق"), Codes: []string{"guide", "template", "rare"}},
		{Name: "TEXT", Label: text("Texts", "نصوص"), Codes: []string{"guide", "template"}, Code: true, Under: true},
		{Name: "HELP", Label: text("Help", "مساعدة"), Codes: []string{"template", "helpdesk"}},
		{Name: "ANY", Label: text("Any tool", "أي أداة"), Codes: []string{"guide", "helpdesk"}},
	}}
	plan := table.Guess(in.Survey, []string{"region"})
	for _, row := range in.Components.Plan(in.Survey) {
		plan.Add(row)
	}
	for _, theme := range in.Themes.Of {
		plan.Add(table.Row{Analysis: table.PropNet, Item: "tools", Values: theme.Codes})
		plan.Add(table.Row{Analysis: table.PropNet, Item: "tools", Values: theme.Codes, By: []string{"region"}})
	}
	in.Safe = release(t, in.Survey, plan)
	return in
}

func TestThemesStandBeforeTheirCodes(t *testing.T) {
	in := themed(t, "en")
	r := compose(t, in)
	all := figures(r)
	f, ok := all["f-tools-themes"]
	if !ok {
		t.Fatal("there is no figure of themes")
	}
	var order []string
	for _, ch := range r.Chapters {
		for _, b := range ch.Blocks {
			if f, ok := b.(report.Figure); ok && strings.HasPrefix(f.ID, "f-tools") {
				order = append(order, f.ID)
			}
		}
	}
	if got := strings.Join(order[:3], " "); got != "f-tools-themes f-tools-themes-by-region f-tools" {
		t.Errorf("figures stand in the order %s", got)
	}
	var heads []string
	for _, row := range f.Table.Rows {
		heads = append(heads, row.Head)
	}
	under := "Texts (with all under it)"
	for i, h := range heads {
		if h == under && (i == 0 || heads[i-1] != "On paper") {
			t.Errorf("a theme under another stands elsewhere: %q", heads)
		}
	}
	if len(heads) != 4 {
		t.Errorf("the table has %q", heads)
	}
	drawn := strings.Join(texts(f.Canvas.Marks), "|")
	if strings.Contains(drawn, under) || !strings.Contains(drawn, "On paper") {
		t.Errorf("drawn is %s", drawn)
	}
}

func TestWithoutThemesThereIsNoFigureOfThem(t *testing.T) {
	in := themed(t, "ar")
	in.Themes.Of = in.Themes.Of[:3] // two that stand under none
	for id := range figures(compose(t, in)) {
		if strings.Contains(id, "themes") {
			t.Errorf("two themes have the figure %s", id)
		}
	}
}
