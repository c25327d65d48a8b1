package estimate

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/estimate/dist"
	"github.com/soundings-survey/soundings/pipeline/estimate/hypothesis"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// plainPairedMaker makes the table of paired tests that know nothing of weights
// and design.
type plainPairedMaker struct {
	estimator int
	method    string
	steps     int // of choices that are compared
}

func (m plainPairedMaker) table(t *Tally, r table.Row) (*table.Table, []finding.Finding) {
	tally := t.estimators[t.ownAt+m.estimator].(*pairTally)
	out := t.emptyTable(r, t.crossings[tally.of.crossing], nil)
	var findings []finding.Finding
	for d := range out.Domains {
		out.Domains[d].Base = tally.who[0].base(d)
		pairs, held := tally.counted(0, d)
		test := untested(m.method, tally.who[0].trouble(d))
		switch {
		case !held:
			test.Why = Scattered
			findings = []finding.Finding{scattered(r.Item)}
		case test.Why == "":
			test = m.test(pairs, r.Confidence())
		}
		test.N, test.Between = out.Domains[d].Base.Answered(), [2]int{d, d}
		out.Tests = append(out.Tests, test)
	}
	return out, findings
}

func (m plainPairedMaker) test(pairs hypothesis.Pairs, level float64) table.Test {
	switch m.method {
	case McNemar, McNemarCorrected, McNemarExact, McNemarMidP:
		return mcNemar(m.method, hypothesis.McNemar(crossed(pairs, 2)), level)
	case Bowker:
		return classical(m.method, hypothesis.Symmetry(crossed(pairs, m.steps)).Bowker, math.NaN(), "")
	case StuartMaxwell:
		return classical(m.method, hypothesis.Symmetry(crossed(pairs, m.steps)).StuartMaxwell, math.NaN(), "")
	}
	p := hypothesis.ComparePairs(pairs, level)
	switch m.method {
	case PairedT:
		out := student(classical(m.method, p.T, p.Difference, "difference"), p.T.DF)
		out.SE, out.Lo, out.Hi = p.SD/math.Sqrt(float64(p.N)), p.Interval.Lo, p.Interval.Hi
		return out
	case SignedRankCorrected:
		return classical(m.method, p.WilcoxonCorrected, p.RankBiserial, "rank_biserial")
	case SignedRankExact:
		e, err := hypothesis.ExactWilcoxon(pairs)
		out := exactly(m.method, e.P, p.RankBiserial, "rank_biserial")
		if err != nil {
			out.Why = TooLarge
		}
		return out
	case SignTest:
		return exactly(m.method, p.SignP, p.Improved-p.Worse, "net_change")
	}
	return classical(m.method, p.Wilcoxon, p.RankBiserial, "rank_biserial")
}

// crossed returns the table of pairs of places among some steps.
func crossed(pairs hypothesis.Pairs, steps int) hypothesis.Counts {
	out := hypothesis.NewCounts(steps, steps)
	for _, p := range pairs {
		out.Add(int(p.X), int(p.Y), p.N)
	}
	return out
}

// mcNemar returns a test of those who changed. The effect is by how much the
// share of those who made the choice rose, with its normal interval.
func mcNemar(method string, m hypothesis.McNemarTest, level float64) table.Test {
	var out table.Test
	switch method {
	case McNemarExact:
		out = exactly(method, m.ExactP, m.Difference, "difference")
	case McNemarMidP:
		out = exactly(method, m.MidP, m.Difference, "difference")
	case McNemarCorrected:
		out = classical(method, m.Corrected, m.Difference, "difference")
	default:
		out = classical(method, m.Plain, m.Difference, "difference")
	}
	d := float64(dist.NormalQuantile(0.5+level/2) * m.SE)
	out.SE, out.Lo, out.Hi = m.SE, m.Difference-d, m.Difference+d
	return out
}
