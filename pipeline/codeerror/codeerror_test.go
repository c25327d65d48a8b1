package codeerror

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/agreement"
	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/coding"
	"github.com/soundings-survey/soundings/pipeline/misclassify"
	"github.com/soundings-survey/soundings/pipeline/quality"
)

// invent makes up a survey with two open items: in Arabic rules find half of what
// they find in English.
func invent(change func(i int, a *coding.Answer)) Request {
	q := Request{Codes: []Code{{ID: "a"}, {ID: "b", Sensitive: true}}, Least: 30, Interval: agreement.Bootstrap{Resamples: 50, Seed: 1, Level: 0.95}}
	counts := map[cell]*code.LanguageSummary{}
	whose := map[string]map[string]bool{}
	put := func(a coding.Answer) {
		for _, item := range []string{a.Item, ""} {
			for _, l := range []string{a.Language, code.AllOfThem} {
				at := cell{item, l}
				if counts[at] == nil {
					counts[at] = &code.LanguageSummary{Item: item, Language: l, Codes: []code.RuleCount{{Code: "a"}, {Code: "b"}}}
				}
				c := counts[at]
				once := func(what string) int64 {
					key := item + "|" + l + "|" + what
					if whose[key] == nil {
						whose[key] = map[string]bool{}
					}
					if whose[key][a.Response] {
						return 0
					}
					whose[key][a.Response] = true
					return 1
				}
				c.Answers++
				c.Respondents += once("")
				for k := range c.Codes {
					if slices.Contains(a.Rule, c.Codes[k].Code) {
						c.Codes[k].Answers++
						c.Codes[k].Respondents += once(c.Codes[k].Code)
					}
				}
			}
		}
	}
	for i := range 400 {
		language := []string{"en", "en", "ar", "ar", "fr"}[i%5]
		for k, item := range []string{"why", "what"} {
			a := coding.Answer{Unit: coding.Unit{Response: fmt.Sprint("r", i), Item: item}, Language: language, Sampled: (i/5)%4 == 0}
			n := i/5 + k
			has := n%3 == 0 // what people say
			if has && (language != "ar" || n%2 == 0) || n%20 == 1 {
				a.Rule = []string{"a"}
			}
			if has {
				a.Coders = []coding.ByCoder{{Coder: "x", Codes: []string{"a"}}}
			} else {
				a.Coders = []coding.ByCoder{{Coder: "x"}}
			}
			if i%2 == 0 {
				a.Coders = append(a.Coders, coding.ByCoder{Coder: "y", Codes: a.Coders[0].Codes})
			}
			if change != nil {
				change(i, &a)
			}
			put(a)
			if a.Sampled {
				q.ByPeople = append(q.ByPeople, a)
			}
		}
	}
	for _, c := range counts {
		q.ByRule = append(q.ByRule, *c)
	}
	slices.SortFunc(q.ByRule, func(a, b code.LanguageSummary) int {
		if a.Item != b.Item {
			if a.Item == "" || b.Item != "" && a.Item > b.Item {
				return 1
			}
			return -1
		}
		return lastEmpty(a.Language, b.Language)
	})
	return q
}

func rowOf(t *testing.T, e Error, item, code string, languages ...string) Row {
	t.Helper()
	for _, r := range e.Rows {
		if r.Item == item && r.Code == code && slices.Equal(r.Languages, languages) {
			return r
		}
	}
	t.Fatalf("no row %q %q %v", item, code, languages)
	return Row{}
}

// A plain loop over the answers, with the definitions.
func TestErrorIsThatOfALoopOverAnswers(t *testing.T) {
	q := invent(nil)
	e, ok := Measure(q)
	if !ok || len(e.Rows) != 3*2*3 { // all and two items, two codes, all and two groups of languages
		t.Fatalf("%d rows", len(e.Rows))
	}
	if len(e.Coding.Languages) != 2 {
		t.Fatalf("groups %v", e.Coding.Languages)
	}
	english := rowOf(t, e, "", "a", "en")
	both, people, rules := 0.0, 0.0, 0.0
	for _, a := range q.ByPeople {
		if a.Language != "en" {
			continue
		}
		r, p := slices.Contains(a.Rule, "a"), slices.Contains(a.Coders[0].Codes, "a")
		if r {
			rules++
		}
		if p {
			people++
		}
		if r && p {
			both++
		}
	}
	if english.Sensitivity.Value != both/people || english.Precision.Value != both/rules || both == people && both == rules {
		t.Errorf("%+v, not %v and %v", english, both/people, both/rules)
	}
	arabic := rowOf(t, e, "", "a", "ar", "fr")
	if arabic.Corrected.ByRule > 0.8*english.Corrected.ByRule {
		t.Errorf("rules are to find less in Arabic: %v, %v", arabic.Corrected.ByRule, english.Corrected.ByRule)
	}
	if math.Abs(arabic.Corrected.Value-english.Corrected.Value) > 0.05 || !(arabic.Corrected.Lo < 1.0/3 && arabic.Corrected.Hi > 1.0/3) {
		t.Errorf("corrected %v and %v, where people say a third", arabic.Corrected, english.Corrected)
	}
	if b := rowOf(t, e, "what", "b"); b.Sensitivity.Undefined != misclassify.Nobody || b.Corrected.Value != 0 {
		t.Errorf("%+v", b)
	}
}

func TestWhatPeopleSay(t *testing.T) {
	codes := func(names ...string) coding.ByCoder { return coding.ByCoder{Codes: names} }
	none := []string{}
	for name, c := range map[string]struct {
		a    coding.Answer
		want float64
	}{
		"one":         {coding.Answer{Coders: []coding.ByCoder{codes("a")}}, 1},
		"split":       {coding.Answer{Coders: []coding.ByCoder{codes("a"), codes()}}, 0.5},
		"most":        {coding.Answer{Coders: []coding.ByCoder{codes("a"), codes("a"), codes("b")}}, 1},
		"fewest":      {coding.Answer{Coders: []coding.ByCoder{codes("a"), codes("b"), codes("b")}}, 0},
		"nobody":      {coding.Answer{Coders: []coding.ByCoder{codes("b"), codes()}, Rule: []string{"a"}}, 0},
		"adjudicated": {coding.Answer{Coders: []coding.ByCoder{codes("a"), codes("a")}, Adjudicated: &none}, 0},
	} {
		if got := c.a.ByPeople("a"); got != c.want {
			t.Errorf("%s: %v, not %v", name, got, c.want)
		}
	}
}

func TestAnswersNotDrawnAtRandomJudgeNoRules(t *testing.T) {
	q := invent(nil)
	before, _ := Measure(q)
	for i := range 40 {
		a := q.ByPeople[i]
		a.Response, a.Sampled, a.Coders = fmt.Sprint("more", i), false, []coding.ByCoder{{Coder: "x", Codes: []string{"a"}}}
		q.ByPeople = append(q.ByPeople, a)
	}
	after, _ := Measure(q)
	if !reflect.DeepEqual(before.Rows[:1], after.Rows[:1]) {
		t.Error("answers that were chosen moved a figure of the sample")
	}
	if after.Coding.Looked.Answers != before.Coding.Looked.Answers+40 {
		t.Errorf("looked at %v", after.Coding.Looked)
	}
}

func TestLanguagesSampledAtDifferentRatesWeighAsManyAsTheyAre(t *testing.T) {
	m := newMeasuring(invent(nil))
	equal := m.stratum("", []string{"ar", "fr"}, 0)
	if n := m.cross("", []string{"ar", "fr"}, 0); math.Abs(equal.Sample.Answers()-n.Answers()) > 1e-9 || math.Abs(equal.Sample.Both-n.Both) > 1e-9 {
		t.Errorf("at equal rates: %v, not %v", equal.Sample, n)
	}
	q := invent(func(i int, a *coding.Answer) { // all French answers are looked at
		a.Sampled = a.Sampled || a.Language == "fr"
	})
	m = newMeasuring(q)
	uneven := m.stratum("", []string{"ar", "fr"}, 0)
	if math.Abs(uneven.Sample.Precision(0.95).Value-equal.Sample.Precision(0.95).Value) > 0.05 {
		t.Errorf("precision %v, not about %v", uneven.Sample.Precision(0.95), equal.Sample.Precision(0.95))
	}
	if n := m.cross("", []string{"ar", "fr"}, 0).Answers(); uneven.Sample.Answers() >= n {
		t.Errorf("worth %v of %v", uneven.Sample.Answers(), n)
	}
}

func TestGroupsOfLanguagesHaveEnough(t *testing.T) {
	for least, want := range map[int64][][]string{
		10: {{"ar"}, {"en"}, {"fr"}}, 30: {{"en"}, {"ar", "fr"}}, 1000: {{"ar", "en", "fr"}},
	} {
		q := invent(nil)
		q.Least = least
		if got := newMeasuring(q).groups; !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("%d: %v, not %v", least, got, want)
		}
	}
}

func TestRespondentsOfSeveralLanguagesAreCountedWithinBounds(t *testing.T) {
	q := invent(func(i int, a *coding.Answer) {
		if i%10 == 2 && a.Item == "what" { // an Arabic one
			a.Language = "fr"
		}
	})
	m := newMeasuring(q)
	least, most := m.respondents("", []string{"ar", "fr"}, -1)
	truth := int64(240)
	if !(least <= truth && truth <= most) || least < 200 || most > 280 {
		t.Errorf("between %d and %d, not %d", least, most, truth)
	}
	if least, most := m.respondents("", []string{"ar", "en", "fr"}, -1); least != 400 || most != 400 {
		t.Errorf("between %d and %d of all", least, most)
	}
}

func TestAgreementRestsOnWhatSeveralCoded(t *testing.T) {
	e, _ := Measure(invent(nil))
	c := e.Coding
	if c.Twice.Answers != c.Agreement[0].Rests.Answers || c.Coders != 2 || c.Read.Answers != 800 || c.Read.Respondents != 400 || c.Sampled.Answers != 200 {
		t.Errorf("%+v", c)
	}
	var names []string
	for _, a := range c.Agreement {
		if a.Group == 0 {
			names = append(names, a.Statistic)
			if a.Value != 1 {
				t.Errorf("%s is %v, though all agree", a.Statistic, a.Value)
			}
		}
	}
	if want := []string{quality.AlphaOfSets, quality.AlphaOfCodes, quality.CohenKappa, quality.GwetAC1, quality.ShareOfDecision, quality.ShareOfSets}; !slices.Equal(names, want) {
		t.Errorf("%v", names)
	}
	for _, name := range names {
		if !slices.Contains(quality.Statistics[:], name) {
			t.Errorf("%s is not listed", name)
		}
	}
	if _, ok := Measure(Request{ByRule: invent(nil).ByRule}); ok {
		t.Error("nobody coded anything")
	}
}

// A code that rules give in one language alone: its errors are judged by all
// languages together, and no figure is left out for that.
func TestThinLanguagesAreJudgedTogether(t *testing.T) {
	q := invent(func(i int, a *coding.Answer) {
		if a.Language != "en" {
			a.Rule = nil
		} else if i%40 == 0 {
			a.Rule = append(a.Rule, "b")
		}
		if i == 2 || i == 4 { // rules gave it to two more, of which nobody looked at any
			a.Rule, a.Sampled = []string{"b"}, false
		}
	})
	m := newMeasuring(q)
	if got := m.collapsed("", 0); len(got) != 2 {
		t.Errorf("a: %v", got)
	}
	if got := m.collapsed("", 1); len(got) != 1 {
		t.Errorf("b: %v", got)
	}
	e, _ := Measure(q)
	if row := rowOf(t, e, "", "b"); row.Corrected.Undefined != misclassify.Defined {
		t.Errorf("%+v", row.Corrected)
	}
	if row := rowOf(t, e, "", "b", "ar", "fr"); row.Corrected.Undefined != misclassify.OneSide {
		t.Errorf("%+v", row.Corrected)
	}
}
