package protect

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize/convex/lp"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// attacker works from what a Safe shows, and from how surveys are built: how
// many respondents there are of each combination of answers is unknown but not
// negative, and each published figure is a sum over combinations. It shares no
// code with the package: its unknowns are the cells of the full cross of all
// items, its bounds come from gonum's simplex.
type attacker struct {
	states [][]state // for each combination, the state of each item
	names  []string
	rows   [][]float64
	right  []float64
	ranges []span // sums known to lie between two values: of rounded means
	seen   map[string]bool
}

type span struct {
	row    []float64
	lo, hi float64
}

// state is what one respondent answered to one item.
type state struct {
	set    []string
	reason survey.Reason
}

func statesOf(s *survey.Survey, name string, reasons bool) []state {
	item, _ := s.Item(name)
	var out []state
	choices := s.Choices(item)
	if item.Type == survey.SelectMultiple {
		for bits := 1; bits < 1<<len(choices); bits++ {
			var set []string
			for i, c := range choices {
				if bits>>i&1 == 1 {
					set = append(set, c.Name)
				}
			}
			out = append(out, state{set: set})
		}
	} else {
		for _, c := range choices {
			out = append(out, state{set: []string{c.Name}})
		}
	}
	if !reasons {
		return append(out, state{reason: survey.NotAnswered})
	}
	for _, r := range []survey.Reason{survey.NotAnswered, survey.Refused, survey.DontKnow} {
		out = append(out, state{reason: r})
	}
	return out
}

func newAttacker(s *study, analysed string, names []string) *attacker {
	a := &attacker{names: names, states: [][]state{nil}, seen: map[string]bool{}}
	for _, name := range names {
		var next [][]state
		for _, have := range a.states {
			for _, st := range statesOf(s.survey, name, name == analysed) {
				next = append(next, append(slices.Clone(have), st))
			}
		}
		a.states = next
	}
	a.learn(a.sum(func([]state) float64 { return 1 }), float64(s.n))
	return a
}

func (a *attacker) sum(f func([]state) float64) []float64 {
	row := make([]float64, len(a.states))
	for i, st := range a.states {
		row[i] = f(st)
	}
	return row
}

func (a *attacker) learn(row []float64, right float64) {
	key := fmt.Sprint(row)
	if !a.seen[key] {
		a.seen[key] = true
		a.rows, a.right = append(a.rows, row), append(a.right, right)
	}
}

func (a *attacker) of(st []state, name string) state { return st[slices.Index(a.names, name)] }

// figure is the sum over combinations that a figure of a view is.
func (a *attacker) figure(row table.Row, domain []string, f func(state) float64) []float64 {
	return a.sum(func(st []state) float64 {
		for i, by := range row.By {
			if !slices.Contains(a.of(st, by).set, domain[i]) {
				return 0
			}
		}
		return f(a.of(st, row.Item))
	})
}

// read takes in everything that is published.
func (a *attacker) read(s *study, safe *Safe) {
	for _, v := range safe.Views() {
		row := v.Row()
		for d, domain := range v.Domains() {
			number := func(n Number, f func(state) float64) {
				if n.Status() == Published {
					a.learn(a.figure(row, domain.Values, f), n.value)
				}
			}
			number(v.Base(d), func(st state) float64 { return truth(len(st.set) > 0) })
			if slices.Contains(a.names, row.Item) && len(statesOf(s.survey, row.Item, true)) > 0 && row.Item == a.names[0] {
				for _, r := range []survey.Reason{survey.NotAnswered, survey.Refused, survey.DontKnow} {
					number(v.Missing(d, r), func(st state) float64 { return truth(len(st.set) == 0 && st.reason == r) })
				}
			}
			for c, choice := range v.Choices() {
				number(v.Count(d, c), func(st state) float64 { return truth(counts(row, choice, st)) })
			}
			if m := v.Mean(d); m.Status() == Published {
				a.readMean(s, v, d, m)
			}
		}
	}
}

// readMean takes a published mean for what it says: the sum of scores lies
// between the sums that round to it. The interval, which would give the sum of
// squares, is taken as if it had not been rounded.
func (a *attacker) readMean(s *study, v *View, d int, m Number) {
	row := v.Row()
	base := float64(s.tabulate(row).Domains[d].Base.Answered())
	for power := 1.0; power <= 2; power++ {
		if power == 2 && !m.interval {
			break
		}
		var total float64
		score := func(st state) float64 {
			var n float64
			if len(st.set) == 0 {
				return 0
			}
			fmt.Sscanf(st.set[0], "c%f", &n)
			return math.Pow(n, power)
		}
		for i := range s.n {
			if s.in(i, row.By, v.Domains()[d].Values) {
				total += score(state{set: s.answers[row.Item][i]})
			}
		}
		if power == 2 {
			a.learn(a.figure(row, v.Domains()[d].Values, score), total)
			continue
		}
		half := 0.5 * math.Pow10(-m.decimals) * base
		a.ranges = append(a.ranges, span{a.figure(row, v.Domains()[d].Values, score), m.value*base - half, m.value*base + half})
	}
}

func counts(row table.Row, choice string, st state) bool {
	if row.Analysis == table.PropNet {
		return slices.ContainsFunc(st.set, func(v string) bool { return slices.Contains(row.Values, v) })
	}
	return slices.Contains(st.set, choice)
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// reduce drops the rows that follow from others, which the solver cannot bear.
func (a *attacker) reduce() (*mat.Dense, []float64) {
	var kept, work [][]float64
	var right []float64
	for i, row := range a.rows {
		r := slices.Clone(row)
		for _, w := range work {
			lead := slices.IndexFunc(w, func(v float64) bool { return v != 0 })
			if f := r[lead] / w[lead]; f != 0 {
				for j := range r {
					if r[j] -= f * w[j]; math.Abs(r[j]) < 1e-9 {
						r[j] = 0
					}
				}
			}
		}
		if slices.ContainsFunc(r, func(v float64) bool { return v != 0 }) {
			work, kept, right = append(work, r), append(kept, row), append(right, a.right[i])
		}
	}
	// A sum between two values is one equation for what it lacks to the upper
	// one, and one that bounds that.
	wide := len(a.states) + 2*len(a.ranges)
	out := mat.NewDense(len(kept)+2*len(a.ranges), wide, nil)
	for i, row := range kept {
		out.SetRow(i, append(slices.Clone(row), make([]float64, wide-len(row))...))
	}
	for i, r := range a.ranges {
		at := len(a.states) + 2*i
		lacks := append(slices.Clone(r.row), make([]float64, wide-len(r.row))...)
		lacks[at] = 1
		bound := make([]float64, wide)
		bound[at], bound[at+1] = 1, 1
		out.SetRow(len(kept)+2*i, lacks)
		out.SetRow(len(kept)+2*i+1, bound)
		right = append(right, r.hi, r.hi-r.lo)
	}
	return out, right
}

// bounds returns the least and greatest value a sum can have.
func bounds(row []float64, m *mat.Dense, right []float64) (lo, hi float64, err error) {
	solve := func(sign float64) (v float64) {
		defer func() {
			if r := recover(); r != nil {
				err = fmt.Errorf("solver: %v", r)
			}
		}()
		_, wide := m.Dims()
		c := make([]float64, wide)
		for i := range row {
			c[i] = sign * row[i]
		}
		// Columns that are empty in every equation cannot occur: N bounds all.
		v, _, e := lp.Simplex(c, m, right, 1e-9, nil)
		if e != nil && err == nil {
			err = e
		}
		return sign * v
	}
	lo, hi = solve(1), solve(-1)
	return math.Ceil(lo - 1e-6), math.Floor(hi + 1e-6), err
}
