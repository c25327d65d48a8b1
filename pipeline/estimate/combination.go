package estimate

import (
	"cmp"
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

const (
	mostSets  = 8 // that have a figure of their own
	mostAmong = 5 // choices that are combined: the most frequent ones
)

// combinationItem says of which item a combinationTally counts the sets of
// choices, and by which crossings beside everybody.
type combinationItem struct {
	name     string
	choices  []string
	places   []int // of each code: which of the choices it is, -1 for none
	crossing int   // of everybody
	along    []int // crossings
	sizes    []int // domains of each
}

// combinationTally counts who chose exactly which choices. An item has no more
// sets than 2 to the number of its choices, so that it needs no more memory for
// more respondents, and their order does not matter.
type combinationTally struct {
	of     *combinationItem
	who    answering
	sets   map[table.Set]*setTotal
	groups [][]map[table.Set]int64 // by crossing and domain
}

type setTotal struct {
	n int64
	w exact.Sum
}

// bindCombination binds the shares of the sets of choices of an item.
func bindCombination(b *binder, r table.Row, item *survey.Item) (maker, bool) {
	if !table.Combined(b.survey, item) || len(r.By) > 0 {
		return nil, b.refuse(r.Item, "plan-analysis", "The plan asks for combinations of choices of the item "+r.Item+", which cannot be counted so.",
			"Ask for them of a select_multiple of 2 to 16 choices, for everybody.")
	}
	of := &combinationItem{name: item.Name, crossing: b.crossing(nil)}
	for _, c := range b.survey.Choices(item) {
		if c.Missing != survey.Answered {
			of.places = append(of.places, -1)
			continue
		}
		of.places = append(of.places, len(of.choices))
		of.choices = append(of.choices, c.Name)
	}
	for _, by := range r.Along {
		if !b.domains(table.Row{Item: r.Item, By: by}) {
			return nil, false
		}
		at := b.crossing(by)
		of.along, of.sizes = append(of.along, at), append(of.sizes, b.crossings[at].size)
	}
	return combinationMaker(b.estimator(newCombinationTally(of))), true
}

func newCombinationTally(of *combinationItem) *combinationTally {
	t := &combinationTally{of: of, who: newAnswering(1), sets: map[table.Set]*setTotal{}}
	for _, size := range of.sizes {
		domains := make([]map[table.Set]int64, size)
		for d := range domains {
			domains[d] = map[table.Set]int64{}
		}
		t.groups = append(t.groups, domains)
	}
	return t
}

func (t *combinationTally) passes() int         { return 1 }
func (t *combinationTally) settle(int)          {}
func (t *combinationTally) fresh(int) estimator { return newCombinationTally(t.of) }

func (t *combinationTally) merge(other estimator, _ []int32) {
	o := other.(*combinationTally)
	t.who.merge(&o.who)
	for set, of := range o.sets {
		t.total(set).n += of.n
		if !t.total(set).w.Merge(of.w) {
			t.who.refused = true
		}
	}
	for g, domains := range o.groups {
		for d, counts := range domains {
			for set, n := range counts {
				t.groups[g][d][set] += n
			}
		}
	}
}

func (t *combinationTally) total(set table.Set) *setTotal {
	of := t.sets[set]
	if of == nil {
		of = &setTotal{}
		t.sets[set] = of
	}
	return of
}

func (t *combinationTally) add(v *view) {
	if v.replicate {
		return
	}
	column := v.batch.Column(t.of.name)
	set := func(i int32) (out table.Set) {
		for _, code := range column.Set(int(i)) {
			if k := placeOf(t.of.places, code); k >= 0 {
				out |= 1 << k
			}
		}
		return out
	}
	for _, i := range v.in(t.of.crossing).row {
		w := t.who.add(v, i, 0, column.Reasons[i])
		if column.Reasons[i] != survey.Answered {
			continue
		}
		of := t.total(set(i))
		of.n++
		if !of.w.Add(w) {
			t.who.refused = true
		}
	}
	for g, crossing := range t.of.along {
		in := v.in(crossing)
		for at, i := range in.row {
			if column.Reasons[i] == survey.Answered {
				t.groups[g][in.domain[at]][set(i)]++
			}
		}
	}
}

// combinationMaker makes the table of sets from the estimator at a place.
type combinationMaker int

// table gives a figure to each of the most frequent sets of which there are
// several respondents, and one to all others together.
func (m combinationMaker) table(t *Tally, r table.Row) (*table.Table, []finding.Finding) {
	tally := t.estimators[t.ownAt+int(m)].(*combinationTally)
	tally = tally.among()
	sets := &table.Sets{Choices: tally.of.choices, Counts: counted(tally.sets, func(x *setTotal) int64 { return x.n })}
	for g, domains := range tally.groups {
		of := table.SetGroups{By: r.Along[g]}
		for _, counts := range domains {
			of.Counts = append(of.Counts, counted(counts, func(n int64) int64 { return n }))
		}
		sets.Groups = append(sets.Groups, of)
	}
	for _, c := range sets.Counts {
		if len(sets.Shown) < mostSets && c.N > 1 && c.Set != 0 {
			sets.Shown = append(sets.Shown, c.Set)
		}
	}
	out := tally.shares(t, r, sets)
	if tally.who.refused {
		return out, []finding.Finding{tooLarge(r.Item)}
	}
	return out, nil
}

// among counts the sets of the most frequent choices alone. Of choices that are
// made equally often the first of the form are taken.
func (t *combinationTally) among() *combinationTally {
	made := make([]int64, len(t.of.choices))
	order := make([]int, len(made))
	for i := range made {
		order[i] = i
		for set, x := range t.sets {
			if set.Has(i) {
				made[i] += x.n
			}
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(made[b], made[a]) })
	order = order[:min(mostAmong, len(order))]
	slices.Sort(order)
	of := *t.of
	of.choices = nil
	for _, i := range order {
		of.choices = append(of.choices, t.of.choices[i])
	}
	out := newCombinationTally(&of)
	out.who = t.who
	for set, x := range t.sets {
		to := out.total(set.Only(order))
		to.n += x.n
		if !to.w.Merge(x.w) {
			out.who.refused = true
		}
	}
	for g, domains := range t.groups {
		for d, counts := range domains {
			for set, n := range counts {
				out.groups[g][d][set.Only(order)] += n
			}
		}
	}
	return out
}

// counted sorts sets by how many chose them, the most frequent first.
func counted[T any](of map[table.Set]T, n func(T) int64) []table.SetCount {
	out := make([]table.SetCount, 0, len(of))
	for set, x := range of {
		out = append(out, table.SetCount{Set: set, N: n(x)})
	}
	slices.SortFunc(out, func(a, b table.SetCount) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Set, b.Set)) })
	return out
}

// shares makes the table of the sets that have a figure.
func (t *combinationTally) shares(of *Tally, r table.Row, sets *table.Sets) *table.Table {
	var names []string
	for _, set := range sets.Shown {
		names = append(names, set.Name(sets.Choices))
	}
	out := of.emptyTable(r, of.crossings[t.of.crossing], append(names, table.OtherSets))
	out.Sets = sets
	base := t.who.base(0)
	out.Domains[0].Base = base
	why := t.who.trouble(0)
	left, all := base.Answered(), exact.DoubleOf(t.who.weight[0])
	rest := t.who.weight[0]
	for c := range out.Choices {
		e := without(cmp.Or(why, NoInterval))
		n, w := left, rest
		if c < len(sets.Shown) {
			n, w = t.sets[sets.Shown[c]].n, t.sets[sets.Shown[c]].w
			left, rest = left-n, rest.Minus(w)
		}
		e.Count, e.Weighted = n, w.Float64()
		if e.Value = math.NaN(); why == "" {
			e.Value = exact.DoubleOf(w).Over(all).Float()
		}
		out.Cells[0][c] = e
	}
	return out
}
