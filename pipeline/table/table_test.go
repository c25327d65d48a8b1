package table

import (
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

func score(v float64) *float64 { return &v }

func sample(t *testing.T) *survey.Survey {
	t.Helper()
	s, findings := survey.New(survey.Survey{
		Items: []survey.Item{
			{Name: "region", Type: survey.SelectOne, List: "region", Role: survey.Key},
			{Name: "hard", Type: survey.SelectOne, List: "scale"},
			{Name: "tools", Type: survey.SelectMultiple, List: "region"},
			{Name: "staff", Type: survey.Integer},
			{Name: "words", Type: survey.OpenText},
		},
		Lists: []*survey.ChoiceList{
			survey.NewChoiceList("region", []survey.Choice{{Name: "a"}, {Name: "b"}}),
			survey.NewChoiceList("scale", []survey.Choice{{Name: "1", Score: score(1)}, {Name: "2", Score: score(2)}, {Name: "3", Score: score(3)}, {Name: "4", Score: score(4)}, {Name: "na", Missing: survey.NotApplicable}}),
		},
	})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return s
}

func TestGuessedPlanSuitsEachItem(t *testing.T) {
	var got []string
	for _, r := range Guess(sample(t), []string{"region"}).Rows {
		got = append(got, string(r.Key()))
	}
	want := []string{
		"prop_select_one @/@ region %/% NA @/@ NA %/% NA",
		"prop_select_one @/@ hard %/% NA @/@ NA %/% NA",
		"mean @/@ hard %/% NA @/@ NA %/% NA",
		"mean @/@ hard %/% NA @/@ region %/% NA",
		"prop_select_multiple @/@ tools %/% NA @/@ NA %/% NA",
		"prop_select_multiple @/@ tools %/% NA @/@ region %/% NA",
		"mean @/@ staff %/% NA @/@ NA %/% NA",
		"mean @/@ staff %/% NA @/@ region %/% NA",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

func TestKeysFollowTheGrammar(t *testing.T) {
	for want, got := range map[Key]Key{
		"prop_select_one @/@ q %/% tap @/@ d %/% x -/- e %/% y": Row{Analysis: PropSelectOne, Item: "q", By: []string{"d", "e"}}.KeyOf("tap", []string{"x", "y"}),
		"mean @/@ q %/% NA @/@ NA %/% NA":                       Row{Analysis: Mean, Item: "q"}.KeyOf("", nil),
		"mean @/@ q %/% NA @/@ NA %/% NA @/@ level=0.9":         Row{Analysis: Mean, Item: "q", Level: 0.9}.KeyOf("", nil),
		"prop_net @/@ q %/% 4|5 @/@ NA %/% NA":                  Row{Analysis: PropNet, Item: "q", Values: []string{"4", "5"}}.KeyOf("", nil),
	} {
		if got != want {
			t.Errorf("key %q, want %q", got, want)
		}
	}
}

func TestPlanSheet(t *testing.T) {
	good := "\ufeffanalysis_type,analysis_var,group_var,level\nprop_select_one,hard,NA,0.95\n\nmean,hard,region,0.9\nprop_select_multiple,tools,\"region, hard\",NA\n"
	plan, findings := ReadSheet("plan.csv", []byte(good), sample(t))
	if len(findings) > 0 || len(plan.Rows) != 3 || plan.Rows[1].Level != 0.9 || len(plan.Rows[2].By) != 2 {
		t.Errorf("plan %+v, findings %v", plan, findings)
	}
	for name, c := range map[string]struct{ sheet, want string }{
		"an unknown analysis":      {"analysis_type,analysis_var\nmedian,staff\n", `row 2, column analysis_type: The analysis "median"`},
		"an unknown item":          {"analysis_type,analysis_var\nmean,stuff\n", `row 2, column analysis_var: The survey has no item "stuff"`},
		"an analysis of the wrong": {"analysis_type,analysis_var\nmean,words\n", "does not suit the item words"},
		"an unknown group":         {"analysis_type,analysis_var,group_var\nmean,staff,words\n", "column group_var"},
		"a level out of bounds":    {"analysis_type,analysis_var,level\nmean,staff,95\n", "column level"},
		"a missing column":         {"analysis_var\nstaff\n", "column analysis_type"},
		"nothing":                  {"", "no header"},
	} {
		_, findings := ReadSheet("plan.csv", []byte(c.sheet), sample(t))
		if len(findings) != 1 || !strings.Contains(findings[0].String(), c.want) {
			t.Errorf("%s: %v, want one with %q", name, findings, c.want)
		}
	}
}

func FuzzReadSheet(f *testing.F) {
	f.Add("analysis_type,analysis_var\nmean,staff\n")
	s, _ := survey.New(survey.Survey{Items: []survey.Item{{Name: "staff", Type: survey.Integer}}})
	f.Fuzz(func(_ *testing.T, sheet string) { ReadSheet("f", []byte(sheet), s) })
}
