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
			{Name: "money", Type: survey.Decimal},
			{Name: "order", Type: survey.Rank, List: "region"},
			{Name: "again", Type: survey.SelectOne, List: "scale"},
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
		"mean @/@ money %/% NA @/@ NA %/% NA",
		"mean @/@ money %/% NA @/@ region %/% NA",
		"prop_select_multiple @/@ order %/% NA @/@ NA %/% NA",
		"rank_mean @/@ order %/% NA @/@ NA %/% NA",
		"rank_first @/@ order %/% NA @/@ NA %/% NA",
		"prop_select_multiple @/@ order %/% NA @/@ region %/% NA",
		"prop_select_one @/@ again %/% NA @/@ NA %/% NA",
		"mean @/@ again %/% NA @/@ NA %/% NA",
		"mean @/@ again %/% NA @/@ region %/% NA",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

func TestAGuessedPlanGrowsWithTheSample(t *testing.T) {
	p := Guess(sample(t), []string{"region"})
	count := func(p Plan, a Analysis) (n int) {
		for _, r := range p.Rows {
			if r.Analysis == a {
				n++
			}
		}
		return n
	}
	tests := p.WithTests()
	if shares, means := count(tests, TestIndependence), count(tests, TestMean); shares != 2 || means != 4 || len(tests.Rows) != len(p.Rows)+6 {
		t.Errorf("%d tests of shares, %d of means, %d rows of %d", shares, means, len(tests.Rows), len(p.Rows))
	}
	totals := p.WithTotals(sample(t))
	if n := count(totals, Total); n != 7 || len(totals.Rows) != len(p.Rows)+7 {
		t.Errorf("%d totals, want one of each item", n)
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
