package estimate

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// correlationItem says which correlations a correlationTally holds: of an item
// with others, each over those who answered both.
type correlationItem struct {
	item       quantity
	with       []quantity
	crossing   int
	domains    int
	squares    bool // respondents are the sampling units
	replicates int
}

// correlationTally holds correlations in three passes: means, squares and
// products about them, and what each group of the design adds to the figure
// when its respondents are counted anew. With replicate weights two are enough.
type correlationTally struct {
	of   *correlationItem
	pass int

	pairs   []answering // by further item
	mean    [][2]float64
	moments []comoments // by further item and domain, of the sample and its replicates
	cells   []cells     // by further item
	first   [][2]exact.Sum
	second  [][products]exact.Sum
	refused bool
}

// The sums of the second pass, about the means of the sample.
const (
	sumOne = iota
	sumX
	sumY
	sumXX
	sumYY
	sumXY
	products
)

// comoments is a correlation with what it is made of.
type comoments struct {
	weight, sx, sy, r float64 // r is NaN where one does not vary
}

func newCorrelationTally(of *correlationItem) *correlationTally {
	t := &correlationTally{of: of}
	for range of.with {
		t.pairs = append(t.pairs, newAnswering(of.domains))
	}
	t.first = make([][2]exact.Sum, len(of.with)*of.domains)
	return t
}

func (t *correlationTally) passes() int {
	if t.of.replicates > 0 {
		return 2
	}
	return 3
}

func (t *correlationTally) fresh(pass int) estimator {
	if pass == 0 {
		return newCorrelationTally(t.of)
	}
	out := *t
	out.pass = pass
	if pass == 1 {
		out.second = make([][products]exact.Sum, len(t.first)*(1+t.of.replicates))
		return &out
	}
	sums := 2 // Σw, Σz
	if t.of.squares {
		sums += 2 // Σz², Σwz
	}
	out.cells = make([]cells, len(t.of.with))
	for k := range out.cells {
		out.cells[k] = cells{domains: t.of.domains, counts: 1, sums: sums}
	}
	return &out
}

func (t *correlationTally) merge(other estimator, groups []int32) {
	o := other.(*correlationTally)
	ok := !o.refused
	switch t.pass {
	case 0:
		for k := range o.pairs {
			t.pairs[k].merge(&o.pairs[k])
		}
		for i := range o.first {
			for j := range o.first[i] {
				ok = t.first[i][j].Merge(o.first[i][j]) && ok
			}
		}
	case 1:
		for i := range o.second {
			for j := range o.second[i] {
				ok = t.second[i][j].Merge(o.second[i][j]) && ok
			}
		}
	default:
		for k := range o.cells {
			ok = t.cells[k].merge(&o.cells[k], groups) && ok
		}
	}
	t.refused = t.refused || !ok
}

func (t *correlationTally) add(v *view) {
	if v.replicate && t.pass != 1 {
		return
	}
	x := v.batch.Column(t.of.item.item)
	for k := range t.of.with {
		if t.pass == 2 {
			t.cells[k].grow(v.groups)
		}
		t.addPair(v, k, x, v.batch.Column(t.of.with[k].item))
	}
}

// addPair adds a batch to the correlation with one of the further items.
func (t *correlationTally) addPair(v *view, k int, x, y *dataset.Column) {
	in := v.in(t.of.crossing)
	for at, i := range in.row {
		d := in.domain[at]
		a, reason := t.of.item.read(x, i)
		b := 0.0
		if reason == survey.Answered {
			b, reason = t.of.with[k].read(y, i)
		}
		place := k*t.of.domains + int(d)
		w := 1.0
		if v.weight != nil {
			w = v.weight[i]
		}
		ok := true
		switch {
		case t.pass == 0:
			t.pairs[k].add(v, i, d, reason)
			if reason == survey.Answered {
				ok = t.first[place][0].Add(float64(w*a)) && t.first[place][1].Add(float64(w*b))
			}
		case reason != survey.Answered:
		case t.pass == 1:
			group := 0
			if v.replicate {
				group = int(in.place[at]) / t.of.domains
			}
			ok = t.product(&t.second[place*(1+t.of.replicates)+group], w, a-t.mean[place][0], b-t.mean[place][1])
		default:
			ok = t.influence(&t.cells[k], in.place[at], place, w, a, b)
		}
		if !ok {
			t.refused = true
		}
	}
}

func (*correlationTally) product(s *[products]exact.Sum, w, a, b float64) bool {
	wa, wb := float64(w*a), float64(w*b)
	ok := s[sumOne].Add(w)
	ok = s[sumX].Add(wa) && ok
	ok = s[sumY].Add(wb) && ok
	ok = s[sumXX].Add(float64(wa*a)) && ok
	ok = s[sumYY].Add(float64(wb*b)) && ok
	return s[sumXY].Add(float64(wa*b)) && ok
}

// influence adds to a block how far r changes with the weight of a response:
// w/W·(uv - r(u²+v²)/2), with u and v the standardised numbers (Devlin,
// Gnanadesikan and Kettenring 1975).
func (t *correlationTally) influence(c *cells, in int32, place int, w, a, b float64) bool {
	block := c.at(in)
	c.count[block]++
	if w == 0 {
		c.weightless(block)
		return true
	}
	sums := c.sumsAt(block)
	ok := sums[0].Add(w)
	m := t.moments[place]
	if math.IsNaN(m.r) {
		return ok
	}
	u, v := (a-t.mean[place][0])/m.sx, (b-t.mean[place][1])/m.sy
	z := float64(w/m.weight) * (float64(u*v) - float64(m.r/2*(float64(u*u)+float64(v*v))))
	ok = sums[1].Add(z) && ok
	if t.of.squares {
		ok = sums[2].Add(float64(z*z)) && ok
		ok = sums[3].Add(float64(w*z)) && ok
	}
	return ok
}

func (t *correlationTally) settle(pass int) {
	switch pass {
	case 0:
		t.mean = make([][2]float64, len(t.first))
		for place, s := range t.first {
			weight := exact.DoubleOf(t.pairs[place/t.of.domains].weight[place%t.of.domains])
			if !(weight.Hi > 0) {
				continue
			}
			for j := range s {
				t.mean[place][j] = exact.DoubleOf(s[j]).Over(weight).Float()
			}
		}
	case 1:
		all := make([]comoments, len(t.second))
		for i := range t.second {
			all[i] = momentsOf(&t.second[i])
		}
		t.moments = all
	}
}

// momentsOf returns the correlation from sums about numbers near the means.
func momentsOf(s *[products]exact.Sum) comoments {
	w := exact.DoubleOf(s[sumOne])
	if !(w.Hi > 0) {
		return comoments{r: math.NaN()}
	}
	about := func(of, a, b int) exact.Double {
		return exact.DoubleOf(s[of]).Minus(exact.DoubleOf(s[a]).Times(exact.DoubleOf(s[b])).Over(w))
	}
	xx, yy, xy := about(sumXX, sumX, sumX), about(sumYY, sumY, sumY), about(sumXY, sumX, sumY)
	m := comoments{weight: w.Float(), sx: math.Sqrt(xx.Over(w).Float()), sy: math.Sqrt(yy.Over(w).Float()), r: math.NaN()}
	if exact.Negligible(xx, exact.DoubleOf(s[sumXX])) || exact.Negligible(yy, exact.DoubleOf(s[sumYY])) {
		return m
	}
	m.r = max(-1, min(1, xy.Over(w).Float()/m.sx/m.sy))
	return m
}
