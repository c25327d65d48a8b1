package protect

import (
	"bytes"
	"math"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// coding is an invented account of coding: 300 respondents with one open answer
// each in two groups of languages, codes a (90 of them) and b (60).
func coding() quality.Coding {
	nan := math.NaN()
	share := func(n, of, sampled, people int64) quality.CodingShare {
		return quality.CodingShare{ByRule: quality.Coded{Answers: n, Respondents: n}, Parts: []int64{n}, Sampled: quality.Coded{Answers: sampled, Respondents: sampled},
			ByPeople: quality.Coded{Answers: people, Respondents: people}, Share: float64(n) / float64(of), Corrected: quality.CodingFigure{Value: 0.333, Lo: 0.251, Hi: 0.418}}
	}
	code := func(name string, one, two int64) quality.CodingCode {
		return quality.CodingCode{Code: name, All: share(one+two, 300, 120, 40), Languages: []quality.CodingShare{share(one, 200, 80, 25), share(two, 100, 40, 15)},
			Sensitivity: quality.CodingFigure{Value: 0.75, Lo: 0.6, Hi: 0.86}, Precision: quality.CodingFigure{Value: 0.7, Lo: 0.55, Hi: 0.82},
			ByPeople: quality.Coded{Answers: 60, Respondents: 60}, ByRule: quality.Coded{Answers: 50, Respondents: 50}, Alpha: 0.812}
	}
	return quality.Coding{
		Read: quality.Coded{Answers: 300, Respondents: 300}, Looked: quality.Coded{Answers: 130, Respondents: 130}, Sampled: quality.Coded{Answers: 120, Respondents: 120}, Twice: quality.Coded{Answers: 60, Respondents: 60},
		Coders: 2, Items: []string{"open_codes"},
		Agreement: []quality.CodingAgreement{
			{Statistic: quality.AlphaOfSets, Rests: quality.Coded{Answers: 60, Respondents: 60}, CodingFigure: quality.CodingFigure{Value: 0.784, Lo: 0.701, Hi: 0.853}},
			{Statistic: quality.AlphaOfSets, Group: 2, Rests: quality.Coded{Answers: 15, Respondents: 15}, CodingFigure: quality.CodingFigure{Value: 0.6, Lo: nan, Hi: nan}},
		},
		Languages: []quality.CodingLanguage{
			{Languages: []string{"en"}, Read: quality.Coded{Answers: 200, Respondents: 200}, Sampled: quality.Coded{Answers: 80, Respondents: 80}, ByPeople: 70, ByRule: 60, Sensitivity: quality.CodingFigure{Value: 0.91, Lo: 0.8, Hi: 0.95}, Precision: quality.CodingFigure{Value: 0.95, Lo: 0.9, Hi: 0.98}},
			{Languages: []string{"ar", ""}, Read: quality.Coded{Answers: 100, Respondents: 100}, Sampled: quality.Coded{Answers: 40, Respondents: 40}, ByPeople: 30, ByRule: 19, Sensitivity: quality.CodingFigure{Value: 0.5, Lo: 0.33, Hi: 0.67}, Precision: quality.CodingFigure{Value: 0.95, Lo: 0.8, Hi: 0.98}},
		},
		Codes: []quality.CodingCode{code("a", 60, 30), code("b", 40, 20)},
	}
}

// codedRelease is a release in which everybody's codes are shown: a 90, b 60, c 4.
func codedRelease(t *testing.T, releases ...Release) *Safe {
	s := newStudy(t, 300, kind{name: "open_codes", choices: 3, multiple: true})
	names := choiceNames(3)
	for i := range 300 {
		s.reason["open_codes"][i] = survey.Answered
		for c, n := range []int{90, 60, 4} {
			if i < n {
				s.answers["open_codes"][i] = append(s.answers["open_codes"][i], names[c])
			}
		}
	}
	plan := table.Plan{Rows: []table.Row{{Analysis: table.PropSelectMultiple, Item: "open_codes"}}}
	safe, _, err := Protect(s.survey, plan, s.tables(plan), releases, Public, Config{Threshold: 10})
	if err != nil {
		t.Fatal(err)
	}
	return safe
}

func named3(c quality.Coding) quality.Coding {
	for i, name := range choiceNames(3)[:len(c.Codes)] {
		c.Codes[i].Code = name
	}
	return c
}

func TestCodingIsToldWhereItSaysLittle(t *testing.T) {
	got := codedRelease(t).Coding(named3(coding()))
	for what, x := range map[string]struct {
		n    Number
		want float64 // -1: withheld
	}{
		"read": {got.Read, 300}, "looked": {got.Looked, 130}, "sampled": {got.Sampled, 120}, "twice": {got.Twice, 60},
		"alpha":                       {got.Agreement[0].Value, 0.78},
		"alpha on fifteen":            {got.Agreement[1].Value, -1},
		"alpha on fifteen, on":        {got.Agreement[1].Rests, -1},
		"read in English":             {got.Languages[0].Read, 200},
		"found in English":            {got.Languages[0].Found, 0.91},
		"right in English":            {got.Languages[0].Correct, 0.95},
		"found in others":             {got.Languages[1].Found, 0.5},
		"right in others, of 19":      {got.Languages[1].Correct, -1},
		"a by rules":                  {got.Codes[0].ByRule, 0.3},
		"a corrected":                 {got.Codes[0].Corrected, 0.33},
		"a found, 15 missed":          {got.Codes[0].Found, 0.75},
		"a right, 15 wrong":           {got.Codes[0].Correct, 0.7},
		"a, alpha":                    {got.Codes[0].Alpha, 0.81},
		"a in English":                {got.Codes[0].Languages[0].ByRule, 0.3},
		"a corrected in English":      {got.Codes[0].Languages[0].Corrected, 0.33},
		"a corrected in others":       {got.Codes[0].Languages[1].Corrected, 0.33},
		"b by rules in the languages": {got.Codes[1].Languages[1].ByRule, 0.2},
	} {
		if x.want < 0 && x.n.published || x.want >= 0 && (!x.n.published || x.n.value != x.want) {
			t.Errorf("%s: %v %v, not %v", what, x.n.published, x.n.value, x.want)
		}
	}
	if !got.Codes[0].Corrected.interval || got.Codes[0].ByRule.interval {
		t.Error("an estimate of a sample has an interval, a count of all has none")
	}
}

func TestCodingIsWithheldWhereItWouldGiveSomethingBack(t *testing.T) {
	few := quality.Coded{Answers: 30, Respondents: 9}
	for name, c := range map[string]struct {
		change func(*quality.Coding)
		gone   func(Coding) []Number
	}{
		"few respondents": {func(c *quality.Coding) { c.Read.Respondents = 19 }, func(c Coding) []Number { return []Number{c.Read, c.Agreement[0].Value, c.Codes[0].ByRule} }},
		"few in a language": {func(c *quality.Coding) { c.Languages[1].Read = few }, func(c Coding) []Number {
			return []Number{c.Languages[0].Read, c.Languages[1].Read, c.Languages[0].Found, c.Codes[0].Languages[0].ByRule}
		}},
		"few looked at": {func(c *quality.Coding) { c.Looked = few }, func(c Coding) []Number { return []Number{c.Looked} }},
		"few have a code in a language": {func(c *quality.Coding) { c.Codes[0].Languages[1].ByRule = few }, func(c Coding) []Number {
			return byLanguage(c)
		}},
		"few have it in an item": {func(c *quality.Coding) { c.Codes[0].Languages[1].Parts = []int64{30, 3} }, func(c Coding) []Number { return byLanguage(c) }},
		"nearly all have it":     {func(c *quality.Coding) { c.Codes[0].All.ByRule = quality.Coded{Answers: 295, Respondents: 295} }, func(c Coding) []Number { return []Number{c.Codes[0].ByRule, c.Codes[0].Corrected, c.Codes[0].Found} }},
		"a sensitive code":       {func(c *quality.Coding) { c.Codes[0].Sensitive = true }, func(c Coding) []Number { return byLanguage(c) }},
		"few of the sample have it": {func(c *quality.Coding) { c.Codes[0].All.ByPeople.Respondents = 9 }, func(c Coding) []Number {
			return []Number{c.Codes[0].Corrected, c.Codes[0].Found, c.Codes[0].Correct, c.Codes[0].Alpha}
		}},
		"a small sample in a language": {func(c *quality.Coding) { c.Codes[0].Languages[1].Sampled.Respondents = 19 }, func(c Coding) []Number { return []Number{c.Codes[0].Languages[1].Corrected} }},
		"few missed":                   {func(c *quality.Coding) { c.Codes[0].Sensitivity.Value = 0.95 }, func(c Coding) []Number { return []Number{c.Codes[0].Found} }},
		"a code withheld in its table": {func(c *quality.Coding) { c.Codes[0].Code = choiceNames(3)[2] }, func(c Coding) []Number { return []Number{c.Codes[0].ByRule, c.Codes[0].Corrected} }},
		"no table of codes":            {func(c *quality.Coding) { c.Items = []string{"other"} }, func(c Coding) []Number { return []Number{c.Codes[0].ByRule, c.Codes[1].Corrected} }},
		"not estimated":                {func(c *quality.Coding) { c.Codes[0].All.Corrected.Value = math.NaN() }, func(c Coding) []Number { return []Number{c.Codes[0].Corrected} }},
	} {
		told := named3(coding())
		before := codedRelease(t).Coding(told)
		for _, n := range c.gone(before) {
			if !n.published {
				t.Errorf("%s: withheld already", name)
			}
		}
		c.change(&told)
		for i, n := range c.gone(codedRelease(t).Coding(told)) {
			if n.published {
				t.Errorf("%s: number %d is shown", name, i)
			}
		}
	}
}

func TestCodingThatChangedByFewIsNotToldAgain(t *testing.T) {
	first := codedRelease(t)
	first.Coding(named3(coding()))
	record := first.Release(1)
	if record.Coding == nil || !record.Coding.Shown {
		t.Fatal("no record of what was told")
	}
	for more, want := range map[int64]bool{0: true, 3: false, 9: false, 10: true} {
		again := named3(coding())
		again.Codes[0].All.ByRule.Respondents += more
		if got := codedRelease(t, record).Coding(again); got.Kept != want || got.Codes[0].ByRule.published != want || got.Read.published != want {
			t.Errorf("%d more: kept %v", more, got.Kept)
		}
	}
	if !record.Withdraw(map[int]bool{1: true}) || !record.Revoked() {
		t.Error("who is forgotten was counted in it")
	}
	if got := codedRelease(t, record).Coding(named3(coding())); got.Kept {
		t.Error("it counts somebody who has been forgotten")
	}
}

func TestCodingStandsInTheLedger(t *testing.T) {
	safe := codedRelease(t)
	got := safe.Coding(named3(coding()))
	pen := safe.Pen("report.en", nil)
	for _, n := range []Number{got.Read, got.Languages[0].Read, got.Languages[1].Read, got.Twice, got.Codes[0].Corrected} {
		pen.Text(n)
	}
	var out bytes.Buffer
	if err := safe.WriteLedger(&out, ledger.Run{Run: 1}, nil, ledger.Links{}); err != nil {
		t.Fatal(err)
	}
	var lines []ledger.Line
	head, err := ledger.Read(&out, func(l ledger.Line) error {
		lines = append(lines, l)
		return nil
	})
	if err != nil || len(lines) != 5 {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	counts := 0
	for _, l := range lines {
		if l.Stat == ledger.Count {
			counts++
			if len(l.At["_language"]) == 0 {
				t.Errorf("%s has no place", l.Key)
			}
		}
	}
	if counts != 3 || len(head.Variables) == 0 {
		t.Errorf("%d counts with a place", counts)
	}
}

// byLanguage are the numbers of the first code by language.
func byLanguage(c Coding) []Number {
	var out []Number
	for _, x := range c.Codes[0].Languages {
		out = append(out, x.ByRule, x.Corrected)
	}
	return out
}

// The share of all answers is a sum over open items. Where the table of one of
// them withholds a code, the attacker takes those shown from the sum: what is
// left must be a range of k at least.
func TestTheSumOverItemsGivesNoWithheldCountBack(t *testing.T) {
	const k = 10
	s := newStudy(t, 300, kind{name: "why_codes", choices: 3, multiple: true}, kind{name: "open_codes", choices: 3, multiple: true})
	names := choiceNames(3)
	for i := range 300 {
		for item, counts := range map[string][]int{"why_codes": {4, 60, 60}, "open_codes": {90, 60, 60}} {
			s.reason[item][i] = survey.Answered
			for c, n := range counts {
				if i < n {
					s.answers[item][i] = append(s.answers[item][i], names[c])
				}
			}
		}
	}
	plan := table.Plan{Rows: []table.Row{{Analysis: table.PropSelectMultiple, Item: "why_codes"}, {Analysis: table.PropSelectMultiple, Item: "open_codes"}}}
	safe := s.protect(t, plan, Config{Threshold: k})
	for answers, want := range map[int64]float64{200: -1, 219: -1, 220: 0.05, 549: 0.05, 550: 0.02, 1099: 0.02, 1100: 0.01, 5000: 0.01} {
		step := safe.codeStep([]string{"why_codes", "open_codes"}, names[0], answers)
		if step != max(want, 0) {
			t.Errorf("%d answers: rounded to %v, not %v", answers, step, want)
		}
		if step == 0 {
			continue
		}
		for count := range answers + 1 { // what could it be that is told as this one is?
			told := math.Round(float64(count) / float64(answers) / step)
			low, high := count, count
			for low > 0 && math.Round(float64(low-1)/float64(answers)/step) == told {
				low--
			}
			for high < answers && math.Round(float64(high+1)/float64(answers)/step) == told {
				high++
			}
			if high-low < k && low > 0 && high < answers {
				t.Fatalf("%d of %d: known to lie between %d and %d", count, answers, low, high)
			}
		}
	}
	if step := safe.codeStep([]string{"why_codes", "open_codes"}, names[1], 300); step != onePercent {
		t.Errorf("nothing of it is withheld: rounded to %v", step)
	}
	if step := safe.codeStep([]string{"open_codes", "why_codes"}, names[0], 5000); step != 0 {
		t.Errorf("the table of all withholds it: rounded to %v", step)
	}
}
