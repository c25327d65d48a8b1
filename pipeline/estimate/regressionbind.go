package estimate

import (
	"fmt"
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/estimate/regression"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// families are the distributions of the outcomes of regressions whose outcome
// has no steps.
var families = map[table.Analysis]regression.Family{
	table.RegressionLinear:   regression.Gaussian,
	table.RegressionLogistic: regression.Binomial,
	table.RegressionPoisson:  regression.Poisson,
}

// bindRegression binds a regression, in each domain of the row.
func bindRegression(b *binder, r table.Row, item *survey.Item) (maker, bool) {
	of, ok := b.regression(r, item)
	if !ok {
		return nil, false
	}
	of.crossing = b.crossing(r.By)
	of.domains = b.crossings[of.crossing].size
	of.squares, of.replicates = b.frame.Squares(), b.frame.Replicated()
	return regressionMaker(b.estimator(newRegressionTally(of))), true
}

// regressionMaker makes the table of a regression from the estimator at a place.
type regressionMaker int

func (m regressionMaker) tally(t *Tally) *regressionTally {
	return t.estimators[t.ownAt+int(m)].(*regressionTally)
}

func (m regressionMaker) table(t *Tally, r table.Row) (*table.Table, []finding.Finding) {
	tally := m.tally(t)
	var findings []finding.Finding
	for _, f := range tally.fits {
		if f.lost {
			findings = append(findings, tooLarge(r.Item))
			break
		}
	}
	return t.regressionTable(r, tally), findings
}

// regression binds a regression, except for its crossing.
func (b *binder) regression(r table.Row, item *survey.Item) (*regressionItem, bool) {
	of := &regressionItem{family: families[r.Analysis]}
	var ok bool
	if of.outcome, of.ordered, ok = b.outcome(r, item); !ok {
		return nil, false
	}
	if r.Method != "" && r.Method != Categories {
		return nil, b.refuse(r.Item, "plan-method", fmt.Sprintf("The plan asks for a regression by the method %q, which is not known.", r.Method), "Use categories, or leave it empty.")
	}
	if of.predictors, ok = b.predictors(item.Name, r.With, r.Method == Categories); !ok {
		return nil, false
	}
	for _, p := range of.predictors {
		of.terms = append(of.terms, p.terms...)
	}
	return of, true
}

// outcome binds what a regression explains, and says how many steps it has when
// it is ordered.
func (b *binder) outcome(r table.Row, item *survey.Item) (quantity, int, bool) {
	choices := b.survey.Choices(item)
	number, counts := b.quantity(item)
	switch r.Analysis {
	case table.RegressionLinear:
		if counts {
			return number, 0, true
		}
	case table.RegressionPoisson:
		if counts {
			number.holds = regression.Poisson.Holds
			return number, 0, true
		}
	case table.RegressionLogistic:
		if item.Type.Numeric() {
			number.holds = regression.Binomial.Holds
			return number, 0, true
		}
		if item.Type.HasChoices() {
			columns, ok := b.net(r, item, choices)
			if !ok {
				return quantity{}, 0, false
			}
			return hits(item, choices, columns[0]), 0, true
		}
	case table.RegressionOrdinal:
		if item.Type == survey.SelectOne {
			q := steps(item, choices)
			if n := answered(q.codes); n >= 2 {
				return q, n, true
			}
		}
	}
	b.refuse(r.Item, "plan-analysis", fmt.Sprintf("The plan asks for %s of the item %s, which does not fit its type %s.", r.Analysis, r.Item, item.Type),
		"A linear or Poisson regression explains numbers or scores, a logistic one choices or numbers of 0 to 1, an ordinal one a single choice in steps.")
	return quantity{}, 0, false
}

// hits reads 1 for those who made any of some choices, and 0 for the others.
func hits(item *survey.Item, choices []survey.Choice, codes []int32) quantity {
	q := quantity{item: item.Name, multiple: several(item), codes: make([]float64, len(choices))}
	for code, c := range choices {
		switch {
		case slices.Contains(codes, int32(code)):
			q.codes[code] = 1
		case c.Missing != survey.Answered && !q.multiple:
			q.codes[code] = math.NaN()
		}
	}
	return q
}

// steps reads the place of a choice among those that are answers.
func steps(item *survey.Item, choices []survey.Choice) quantity {
	q := quantity{item: item.Name, codes: make([]float64, len(choices))}
	n := 0.0
	for code, c := range choices {
		q.codes[code] = math.NaN()
		if c.Missing == survey.Answered {
			q.codes[code] = n
			n++
		}
	}
	return q
}

func answered(codes []float64) int {
	n := 0
	for _, c := range codes {
		if !math.IsNaN(c) {
			n++
		}
	}
	return n
}

// names returns the names of the parameters: of an ordered outcome the slopes
// and then the cutpoints, else the intercept and then the slopes.
func (of *regressionItem) names(choices []survey.Choice) []string {
	var out []string
	if of.ordered == 0 {
		out = append(out, intercept)
	}
	for _, t := range of.terms {
		out = append(out, t.name)
	}
	last := ""
	for _, c := range choices {
		if of.ordered == 0 || c.Missing != survey.Answered {
			continue
		}
		if last != "" {
			out = append(out, last+"|"+c.Name)
		}
		last = c.Name
	}
	return out
}

// intercept is the name of what is expected where all predictors are 0.
const intercept = "(Intercept)"

// scoreTotals gives the variance what each group adds to the score.
type scoreTotals struct {
	cells   *cells
	parts   []sampling.Part
	width   int
	squares bool
}

// Width implements sampling.Influence.
func (s scoreTotals) Width() int { return s.width }

// Parts implements sampling.Influence.
func (s scoreTotals) Parts() int { return len(s.parts) }

// Part implements sampling.Influence.
func (s scoreTotals) Part(at int) (int32, int64) {
	return s.parts[at].Group, s.cells.count[s.parts[at].Block]
}

// Total implements sampling.Influence.
func (s scoreTotals) Total(at int, z []float64) {
	sums := s.cells.sumsAt(s.parts[at].Block)
	for i := range z {
		z[i] = sums[1+i].Float64()
	}
}

// Square implements sampling.Influence.
func (s scoreTotals) Square(at int, add func(i, j int, x float64)) {
	sums := s.cells.sumsAt(s.parts[at].Block)[1+s.width:]
	for i := range s.width {
		for j := range i + 1 {
			add(i, j, sums[i*(i+1)/2+j].Float64())
		}
	}
}

// Cross implements sampling.Influence.
func (s scoreTotals) Cross(at int, wz []float64) {
	sums := s.cells.sumsAt(s.parts[at].Block)[1+s.width+s.width*(s.width+1)/2:]
	for i := range wz {
		wz[i] = sums[i].Float64()
	}
}
