package estimate

import (
	"fmt"
	"math"

	"github.com/soundings-survey/soundings/pipeline/estimate/hypothesis"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// The tests of several answers of the same respondents, which know nothing of
// weights and design. Without a method in the plan a yes or no has the first,
// numbers and scales have the second.
const (
	CochranQ = "cochran-q" // Cochran (1950)
	Friedman = "friedman"  // Friedman (1937)
)

// mostRepeated is how many items can be compared at once.
const mostRepeated = 100

// bindTestRepeated binds a test of an item with several others of the same
// respondents.
func bindTestRepeated(b *binder, r table.Row, item *survey.Item) (maker, bool) {
	if n := len(r.With); n < 1 || n >= mostRepeated {
		return nil, b.refuse(r.Item, "plan-with", fmt.Sprintf("The plan asks for %s of the item %s with %d further items.", r.Analysis, r.Item, n),
			fmt.Sprintf("Name 1 to %d further items.", mostRepeated-1))
	}
	switch r.Method {
	case "", CochranQ, Friedman:
	default:
		return nil, b.refuse(r.Item, "plan-method", fmt.Sprintf("The plan asks for the test of repeated answers %q, which is not known.", r.Method),
			"Leave the method empty, or use cochran-q or friedman.")
	}
	of, ok := b.again(r, item)
	switch {
	case !ok:
		return nil, false
	case of.how == byChoices:
		return nil, b.refuse(r.Item, "plan-analysis", fmt.Sprintf("The plan asks for %s of the item %s, whose choices have no scores.", r.Analysis, r.Item),
			"Name the choices that count under values, or give the choices scores.")
	case r.Method == "" && of.how == byHits:
		r.Method = CochranQ
	case r.Method == "":
		r.Method = Friedman
	}
	if !b.plainMethod(r) {
		return nil, false
	}
	crossing := b.crossing(r.By)
	ranks := &profileItem{read: of.read, crossing: crossing, domains: b.crossings[crossing].size, most: mostPatterns}
	return repeatedMaker{estimator: b.estimator(newProfileTally(ranks)), method: r.Method}, true
}

// repeatedMaker makes the table of such tests.
type repeatedMaker struct {
	estimator int
	method    string
}

func (m repeatedMaker) table(t *Tally, r table.Row) (*table.Table, []finding.Finding) {
	tally := t.estimators[t.ownAt+m.estimator].(*profileTally)
	out := t.emptyTable(r, t.crossings[tally.of.crossing], nil)
	var findings []finding.Finding
	for d := range out.Domains {
		out.Domains[d].Base = tally.who.base(d)
		test := untested(m.method, tally.who.trouble(d))
		switch {
		case tally.held[d] == nil:
			test.Why = Crowded
			findings = []finding.Finding{crowded(r.Item)}
		case test.Why == "":
			test = m.test(tally.profiles(d), len(tally.of.read))
		}
		test.N, test.Between = out.Domains[d].Base.Answered(), [2]int{d, d}
		out.Tests = append(out.Tests, test)
	}
	return out, findings
}

func (m repeatedMaker) test(profiles []hypothesis.Profile, items int) table.Test {
	if m.method == CochranQ {
		return classical(m.method, hypothesis.CochranQ(profiles, items).Q, math.NaN(), "")
	}
	f := hypothesis.Friedman(profiles, items)
	return classical(m.method, f.ChiSquare, f.KendallW, "kendall_w")
}
