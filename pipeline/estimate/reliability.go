package estimate

import (
	"fmt"
	"math"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/estimate/scale"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// The names of the figures of a scale beside alpha itself, whose name is empty.
// Those of an item have its name after an equals sign.
const (
	AlphaStandard    = "standardised"
	AlphaCorrelation = "mean_correlation"
	AlphaDropped     = "dropped" // alpha of the other items
	AlphaRest        = "rest"    // correlation with the sum of the others
)

// MethodFeldt is the interval of alpha (Feldt 1965); NoInterval stands for
// figures that have none.
const (
	MethodFeldt = "feldt"
	NoInterval  = "no interval"
)

// Pairwise is the method of reliability that uses all who answered two items,
// where the default uses those alone who answered all.
const Pairwise = "pairwise"

// alphaTally holds the moments of the items of a scale by domain.
type alphaTally struct {
	of     *alphaItem
	who    answering
	scales []*scale.Tally // by domain
}

type alphaItem struct {
	items    []quantity
	crossing int
	domains  int
	pairwise bool
}

// bindAlpha binds the reliability of a scale.
func bindAlpha(b *binder, r table.Row, item *survey.Item) (maker, bool) {
	items, ok := b.quantities(r, item)
	if !ok {
		return nil, false
	}
	switch r.Method {
	case "", Pairwise:
	default:
		return nil, b.refuse(r.Item, "plan-method", fmt.Sprintf("The plan asks for the reliability %q, which is not known.", r.Method), "Use pairwise, or leave it empty.")
	}
	of := &alphaItem{items: items, crossing: b.crossing(r.By), pairwise: r.Method == Pairwise}
	of.domains = b.crossings[of.crossing].size
	return alphaMaker(b.estimator(newAlphaTally(of))), true
}

func newAlphaTally(of *alphaItem) *alphaTally {
	t := &alphaTally{of: of, who: newAnswering(of.domains)}
	for range of.domains {
		t.scales = append(t.scales, scale.NewTally(len(of.items)))
	}
	return t
}

func (t *alphaTally) passes() int         { return 1 }
func (t *alphaTally) settle(int)          {}
func (t *alphaTally) fresh(int) estimator { return newAlphaTally(t.of) }

func (t *alphaTally) merge(other estimator, _ []int32) {
	o := other.(*alphaTally)
	t.who.merge(&o.who)
	for d := range o.scales {
		if !t.scales[d].Merge(o.scales[d]) {
			t.who.refused = true
		}
	}
}

func (t *alphaTally) add(v *view) {
	if v.replicate {
		return
	}
	columns := make([]*dataset.Column, len(t.of.items))
	for k, q := range t.of.items {
		columns[k] = v.batch.Column(q.item)
	}
	in := v.in(t.of.crossing)
	answers := make([]float64, len(columns))
	for at, i := range in.row {
		missing := survey.Answered // the first reason why an item has no answer
		for k := range t.of.items {
			x, reason := t.of.items[k].read(columns[k], i)
			if answers[k] = x; reason != survey.Answered {
				answers[k] = math.NaN()
				if missing == survey.Answered {
					missing = reason
				}
			}
		}
		d := in.domain[at]
		t.who.add(v, i, d, missing)
		w := 1.0
		if v.weight != nil {
			w = v.weight[i]
		}
		if w > 0 && !t.scales[d].Add(w, answers) {
			t.who.refused = true
		}
	}
}

// alphaMaker makes the table of a scale from the estimator at a place.
type alphaMaker int

func (m alphaMaker) table(t *Tally, r table.Row) (*table.Table, []finding.Finding) {
	tally := t.estimators[t.ownAt+int(m)].(*alphaTally)
	choices := []string{"", AlphaStandard, AlphaCorrelation}
	for _, q := range tally.of.items {
		choices = append(choices, AlphaDropped+"="+q.item, AlphaRest+"="+q.item)
	}
	out := t.emptyTable(r, t.crossings[tally.of.crossing], choices)
	for d := range out.Domains {
		base := tally.who.base(d)
		out.Domains[d].Base = base
		for c, e := range tally.figures(d, r.Confidence()) {
			e.Count, e.Weighted = base.Answered(), base.Weighted
			out.Cells[d][c] = e
		}
	}
	if tally.who.refused {
		return out, []finding.Finding{tooLarge(r.Item)}
	}
	return out, nil
}

// figures returns the figures of a scale in a domain.
func (t *alphaTally) figures(domain int, level float64) []table.Estimate {
	m := t.scales[domain].Complete()
	if t.of.pairwise {
		m = t.scales[domain].Pairwise()
	}
	a := m.Alpha(level)
	why := t.who.trouble(domain)
	if t.of.pairwise && why == NoBase {
		why = ""
	}
	if why == "" {
		why = string(a.Undefined)
	}
	values := []float64{a.Value, a.Standard, a.Correlation}
	for k := range t.of.items {
		dropped, rest := math.NaN(), math.NaN()
		if k < len(a.Items) {
			dropped, rest = a.Items[k].Dropped, a.Items[k].Rest
		}
		values = append(values, dropped, rest)
	}
	out := make([]table.Estimate, len(values))
	for c, x := range values {
		if out[c] = without(why); why == "" {
			out[c] = plainly(x)
		}
	}
	if why == "" && !math.IsNaN(a.Lo) {
		out[0].Lo, out[0].Hi, out[0].Method = a.Lo, a.Hi, MethodFeldt
	}
	return out
}
