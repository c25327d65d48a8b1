package protect

import (
	"testing"

	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// marginSurvey has an item of each kind that rules tell apart.
func marginSurvey(t *testing.T) *survey.Survey {
	t.Helper()
	list := survey.NewChoiceList("ab", []survey.Choice{{Name: "a"}, {Name: "b"}, {Name: "c"}})
	s, findings := survey.New(survey.Survey{Lists: []*survey.ChoiceList{list}, Items: []survey.Item{
		{Name: "plain", Type: survey.SelectOne, List: "ab"}, {Name: "other", Type: survey.SelectOne, List: "ab"},
		{Name: "risk", Type: survey.SelectOne, List: "ab", Role: survey.Sensitive},
	}})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return s
}

func marginOf(item string, counts ...int64) quality.Margin {
	m := quality.Margin{Items: []string{item}}
	var n int64
	for _, c := range counts {
		n += c
	}
	for i, c := range counts {
		m.Rows = append(m.Rows, quality.MarginRow{Values: []string{string(rune('a' + i))}, N: c, Frame: 1 / float64(len(counts)), Before: float64(c) / float64(n), After: 1 / float64(len(counts))})
	}
	return m
}

func TestCountsOfMarginsAreOpenOrClosedTogether(t *testing.T) {
	s, safe := marginSurvey(t), empty(t, 10)
	for name, c := range map[string]struct {
		margin     quality.Margin
		responses  int64
		population float64
		reserved   string
		open       bool
	}{
		"all groups are large":                        {marginOf("plain", 60, 40), 100, 1000, "", true},
		"a group is small":                            {marginOf("plain", 60, 31, 9), 100, 1000, "", false},
		"a group is empty":                            {marginOf("plain", 60, 40, 0), 100, 1000, "", true},
		"a country nobody is from":                    {marginOf("plain", 60, 40, 0), 100, 1000, "plain", false},
		"a sensitive item":                            {marginOf("risk", 60, 40), 100, 1000, "", false},
		"an item that nobody knows":                   {marginOf("gone", 60, 40), 100, 1000, "", false},
		"few lack an answer":                          {marginOf("plain", 60, 40), 103, 1000, "", false},
		"enough lack an answer":                       {marginOf("plain", 60, 40), 110, 1000, "", true},
		"more in the margin than there are":           {marginOf("plain", 60, 40), 90, 1000, "", false},
		"all but few of a group in the population":    {marginOf("plain", 60, 40), 100, 126, "", false},
		"too few respondents":                         {marginOf("plain", 19), 19, 1000, "", false},
		"a frame of shares, whose population is no n": {marginOf("plain", 60, 40), 100, 1, "", true},
	} {
		w := quality.Weights{Method: "rake", Responses: c.responses, Effective: 50, DEff: 1.234, Ratio: 7, Population: c.population, Costly: "deff-above-2", Margins: []quality.Margin{c.margin}}
		got := safe.Weights(s, w, []string{c.reserved})
		for i, r := range got.Margins[0].Rows {
			if !r.Frame.published {
				t.Errorf("%s: the share of the population in row %d is withheld", name, i)
			}
			if r.N.published != c.open || r.Before.published != c.open || r.After.published != c.open {
				t.Errorf("%s: row %d: %v %v %v", name, i, r.N, r.Before, r.After)
			}
		}
		for _, n := range []Number{got.DEff, got.Effective, got.Ratio} {
			if n.published != c.open {
				t.Errorf("%s: %s is %v", name, n.stat, n)
			}
		}
		if (got.Costly != "") != c.open {
			t.Errorf("%s: the warning %q", name, got.Costly)
		}
	}
}

func TestUnevennessIsToldInFewDigits(t *testing.T) {
	s, safe := marginSurvey(t), empty(t, 10)
	w := quality.Weights{Column: true, Responses: 1234, Effective: 700, DEff: 1.7628, Ratio: 12.3, Top1: 0.0712, Top5: 0.2049}
	got := safe.Weights(s, w, nil)
	for name, c := range map[string]struct {
		n    Number
		want float64
	}{"design effect": {got.DEff, 1.8}, "effective base": {got.Effective, 680}, "range": {got.Ratio, 20}, "hundredth": {got.Top1, 0.07}, "twentieth": {got.Top5, 0.2}} {
		if !c.n.published || c.n.value != c.want {
			t.Errorf("%s: %v, %v", name, c.n.value, c.n)
		}
	}
	w.Responses = 999
	if got := safe.Weights(s, w, nil); got.Top1.published || !got.Top5.published {
		t.Error("the hundredth of fewer than 1,000 are fewer than 10")
	}
	w.Effective = 3.9
	if got := safe.Weights(s, w, nil); got.DEff.published || got.Ratio.published || got.Top5.published {
		t.Error("one respondent may have half of the weight")
	}
}

func TestJointMarginsNeedAllAnswers(t *testing.T) {
	s, safe := marginSurvey(t), empty(t, 10)
	m := quality.Margin{Items: []string{"plain", "other"}, Rows: []quality.MarginRow{
		{Values: []string{"a", "a"}, N: 50, Frame: 0.5, Before: 0.5, After: 0.5}, {Values: []string{"b", "a"}, N: 50, Frame: 0.5, Before: 0.5, After: 0.5}}}
	for _, c := range []struct {
		responses int64
		open      bool
	}{{100, true}, {120, false}} {
		got := safe.Weights(s, quality.Weights{Responses: c.responses, Effective: 90, DEff: 1, Ratio: 1, Margins: []quality.Margin{m}}, nil)
		if got.Margins[0].Rows[0].N.published != c.open {
			t.Errorf("of %d respondents: %v", c.responses, got.Margins[0].Rows[0].N)
		}
	}
}

func TestRangesAreRoundedUpAndBasesDown(t *testing.T) {
	for x, want := range map[float64]float64{1: 1, 1.0000000001: 1, 1.2: 2, 5: 5, 5.1: 10, 99: 100, 101: 200} {
		if got := roundAbove(x); got != want {
			t.Errorf("%v is at most %v, want %v", x, got, want)
		}
	}
	for x, want := range map[float64]int64{0.5: 0, 7.9: 7, 83.4: 83, 119.9: 110, 1999: 1900} {
		if got := twoDigits(x); got != want {
			t.Errorf("%v: %d, want %d", x, got, want)
		}
	}
}

// Where the table of an item holds a count back, so does its margin; and no
// difference between the two is of few.
func TestMarginsShowNoMoreThanTheTableOfTheirItem(t *testing.T) {
	row := table.Row{Analysis: table.PropSelectOne, Item: "x"}
	for name, c := range map[string]struct {
		inTable, inMargin []int
		lacking           int64
		open              string // of each choice
	}{
		"all is shown":                        {[]int{60, 40, 30}, []int{60, 40, 30}, 0, "yyy"},
		"a choice of few and its cover":       {[]int{60, 4, 30, 20}, []int{60, 4, 30, 20}, 0, "ynyn"},
		"a choice of few, and some lack more": {[]int{60, 4, 30, 20}, []int{50, 4, 30, 20}, 10, "nnnn"},
		"enough are in the table alone":       {[]int{60, 40, 30}, []int{50, 40, 30}, 10, "yyy"},
		"few are in the table alone":          {[]int{60, 40, 30}, []int{57, 33, 30}, 10, "nnn"},
		"counts that contradict the table":    {[]int{60, 40, 30}, []int{50, 50, 30}, 0, "nnn"},
	} {
		s := counted(t, kind{}, [][]int{c.inTable})
		safe := s.protect(t, table.Plan{Rows: []table.Row{row}}, Default())
		m := quality.Margin{Items: []string{"x"}}
		n := c.lacking
		for i, of := range c.inMargin {
			m.Rows = append(m.Rows, quality.MarginRow{Values: []string{choiceNames(len(c.inMargin))[i]}, N: int64(of), Frame: 0.2, Before: 0.2, After: 0.2})
			n += int64(of)
		}
		got := safe.Weights(s.survey, quality.Weights{Method: "post-stratify", Responses: n, Effective: 90, DEff: 1.1, Ratio: 2, Margins: []quality.Margin{m}}, nil)
		open := ""
		for _, r := range got.Margins[0].Rows {
			open += map[bool]string{true: "y", false: "n"}[r.N.published && r.Before.published && r.After.published]
		}
		if open != c.open {
			t.Errorf("%s: %s, want %s", name, open, c.open)
		}
		if got.DEff.published != (c.open == "yyy") {
			t.Errorf("%s: the design effect is %v", name, got.DEff)
		}
	}
}
