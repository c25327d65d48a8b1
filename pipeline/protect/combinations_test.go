package protect

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// combinations counts the table of the combinations of an item in a study, with
// a figure for each that was made by two or more.
func (s *study) combinations(row table.Row) *table.Table {
	item, _ := s.survey.Item(row.Item)
	var names []string
	for _, c := range s.survey.Choices(item) {
		names = append(names, c.Name)
	}
	if row.Values != nil { // fewer are combined than there are
		names = row.Values
		row.Values = nil
	}
	setOf := func(i int) (out table.Set) {
		for _, c := range s.answers[row.Item][i] {
			if at := slices.Index(names, c); at >= 0 {
				out |= 1 << at
			}
		}
		return out
	}
	count := func(in func(i int) bool) []table.SetCount {
		n := map[table.Set]int64{}
		for i := range s.n {
			if s.reason[row.Item][i] == survey.Answered && in(i) {
				n[setOf(i)]++
			}
		}
		var out []table.SetCount
		for _, set := range slices.Sorted(maps.Keys(n)) {
			out = append(out, table.SetCount{Set: set, N: n[set]})
		}
		slices.SortStableFunc(out, func(a, b table.SetCount) int { return cmp.Compare(b.N, a.N) })
		return out
	}
	of := s.tabulate(table.Row{Analysis: table.PropSelectMultiple, Item: row.Item})
	t := &table.Table{Row: row, Level: of.Level, Design: of.Design, Domains: of.Domains, Sets: &table.Sets{Choices: names}}
	t.Sets.Counts = count(func(int) bool { return true })
	for _, by := range row.Along {
		g := table.SetGroups{By: by}
		for _, values := range s.domains(by) {
			g.Counts = append(g.Counts, count(func(i int) bool { return s.in(i, by, values) }))
		}
		t.Sets.Groups = append(t.Sets.Groups, g)
	}
	base := of.Domains[0].Base.Answered()
	left, cells := base, []table.Estimate{}
	put := func(name string, n int64) {
		t.Choices = append(t.Choices, name)
		cells = append(cells, table.Estimate{Value: float64(n) / float64(base), Count: n, Weighted: float64(n)})
	}
	for _, c := range t.Sets.Counts {
		if c.N > 1 && c.Set != 0 && len(t.Sets.Shown) < 8 {
			t.Sets.Shown = append(t.Sets.Shown, c.Set)
			put(c.Set.Name(names), c.N)
			left -= c.N
		}
	}
	put(table.OtherSets, left)
	t.Cells = [][]table.Estimate{cells}
	return t
}

// combined adds the combinations of an item to the tables of a plan.
func (s *study) combined(plan table.Plan, item string, among ...string) (table.Plan, []*table.Table) {
	tables := s.tables(plan)
	plan.Rows = append(slices.Clone(plan.Rows), table.Row{Analysis: table.PropCombination, Item: item, Values: among})
	plan = plan.Alongside()
	return plan, append(tables, s.combinations(plan.Rows[len(plan.Rows)-1]))
}

func combinationsOf(safe *Safe) *View {
	for _, v := range safe.Views() {
		if v.Row().Analysis == table.PropCombination {
			return v
		}
	}
	return nil
}

// TestNothingFollowsFromCombinations attacks releases with combinations over the
// full cross of an item of several choices and of groups: no withheld figure may
// be known, and no combination, nor any in a group, and no pair of choices, may
// be known to be made by few.
func TestNothingFollowsFromCombinations(t *testing.T) {
	var found audited
	families, shown, few := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 3))
		k := []int{5, 10}[r.IntN(2)]
		kinds := []kind{{name: "x", choices: 2 + r.IntN(4), multiple: true}, {name: "b", choices: 2 + r.IntN(3), multiple: r.IntN(6) == 0}}
		if kinds[1].multiple {
			kinds[1].choices = 2
		}
		s := newStudy(t, 60+r.IntN(400), kinds...)
		s.fill(r, kinds[:1], []float64{0, 0.03, 0.2}[r.IntN(3)])
		s.fill(r, kinds[1:], []float64{0, 0, 0.1}[r.IntN(3)])
		if r.IntN(2) == 0 { // most make one choice alone, so that choices nearly add up
			for i, set := range s.answers["x"] {
				if len(set) > 1 && r.IntN(6) > 0 {
					s.answers["x"][i] = set[:1]
				}
			}
		}
		plan := table.Plan{Rows: []table.Row{{Analysis: table.PropSelectMultiple, Item: "x"}, {Analysis: table.PropSelectOne, Item: "b"}}}
		if kinds[1].multiple {
			plan.Rows[1].Analysis = table.PropSelectMultiple
		}
		if r.IntN(5) > 0 {
			plan.Rows = append(plan.Rows, table.Row{Analysis: table.PropSelectMultiple, Item: "x", By: []string{"b"}})
		}
		if r.IntN(4) == 0 && kinds[0].choices > 2 {
			plan.Rows = append(plan.Rows, table.Row{Analysis: table.PropNet, Item: "x", Values: choiceNames(2), By: [][]string{nil, {"b"}}[r.IntN(2)]})
		}
		var among []string
		if n := kinds[0].choices; n > 3 && r.IntN(2) == 0 {
			among = choiceNames(n - 1 - r.IntN(2))
		}
		plan, tables := s.combined(plan, "x", among...)
		safe, _, err := Protect(s.survey, plan, tables, nil, Public, Config{Threshold: k})
		families++
		var unsafe *NotSafe
		if errors.As(err, &unsafe) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		v := combinationsOf(safe)
		if _, whole := v.Whole(); whole {
			return
		}
		shown++
		before := len(found.leaks)
		few += attackSets(s, safe, v, &found)
		if len(found.leaks) > before {
			t.Fatalf("n=%d k=%d:\n%v\n%v", s.n, k, strings.Join(found.leaks[before:], "\n"), describe(safe))
		}
	})
	t.Logf("%d families, combinations shown in %d, %d withheld figures and %d counts of few attacked, %d unsolved, %d leaks", families, shown, found.targets, few, found.unsolved, len(found.leaks))
	if shown == 0 && os.Getenv("RAPID_FAILFILE") == "" {
		t.Error("combinations were never shown, so nothing was attacked")
	}
}

// attackSets reads a release with its combinations, and returns how many counts
// of few it has tried to find.
func attackSets(s *study, safe *Safe, v *View, out *audited) (few int) {
	a := newAttacker(s, "x", []string{"x", "b"})
	a.read(s, safe)
	exactly := func(set []string) func(state) float64 { // among the choices that are combined
		return func(st state) float64 {
			return truth(len(st.set) > 0 && !slices.ContainsFunc(v.Combined(), func(c string) bool { return slices.Contains(st.set, c) != slices.Contains(set, c) }))
		}
	}
	for c, name := range v.Choices() {
		if name != table.OtherSets {
			a.learn(a.figure(v.Row(), nil, exactly(table.SetOf(name))), v.Count(0, c).value)
		}
	}
	m, right := a.reduce()
	k := float64(safe.Threshold())
	for _, w := range safe.Views() {
		if _, whole := w.Whole(); whole || w.Row().Item != "x" || w.Further() {
			continue
		}
		exact := s.tabulate(w.Row())
		for d, domain := range w.Domains() {
			for c, choice := range w.Choices() {
				if w.Count(d, c).Status() == Published {
					continue
				}
				base, n := float64(exact.Domains[d].Base.Answered()), float64(exact.Cells[d][c].Count)
				need := needed(n, k, false)
				if base < 2*k && need < k {
					continue
				}
				out.targets++
				lo, hi, err := bounds(a.figure(w.Row(), domain.Values, func(st state) float64 { return truth(counts(w.Row(), choice, st)) }), m, right)
				switch {
				case err != nil:
					out.unsolved++
				case hi-lo < need:
					out.leaks = append(out.leaks, fmt.Sprintf("%s in %v of %s: %g is known to be %g to %g", choice, domain.Values, w.Row().Key(), n, lo, hi))
				}
			}
		}
	}
	item, _ := s.survey.Item("b")
	groups := []table.Row{{Item: "x"}}
	domains := [][]string{nil}
	for _, c := range s.survey.Choices(item) {
		groups, domains = append(groups, table.Row{Item: "x", By: []string{"b"}}), append(domains, []string{c.Name})
	}
	names := v.Combined()
	try := func(what string, g int, f func(state) float64) {
		n := 0.0
		for i := range s.n {
			if s.in(i, groups[g].By, domains[g]) && s.reason["x"][i] == survey.Answered {
				n += f(state{set: s.answers["x"][i]})
			}
		}
		if n < 1 || n >= k {
			return
		}
		few++
		lo, hi, err := bounds(a.figure(groups[g], domains[g], f), m, right)
		switch {
		case err != nil:
			out.unsolved++
		case lo >= 1 && hi < k:
			out.leaks = append(out.leaks, fmt.Sprintf("%s in %v: %g is known to be %g to %g", what, domains[g], n, lo, hi))
		}
	}
	for g := range groups {
		for bits := 1; bits < 1<<len(names); bits++ {
			var set []string
			for i, name := range names {
				if bits>>i&1 == 1 {
					set = append(set, name)
				}
			}
			try("exactly "+strings.Join(set, "|"), g, exactly(set))
		}
	}
	for i, p := range names {
		for _, q := range names[:i] {
			try("both "+p+" and "+q, 0, func(st state) float64 { return truth(slices.Contains(st.set, p) && slices.Contains(st.set, q)) })
			try(p+" without "+q, 0, func(st state) float64 { return truth(slices.Contains(st.set, p) && !slices.Contains(st.set, q)) })
			try(q+" without "+p, 0, func(st state) float64 { return truth(!slices.Contains(st.set, p) && slices.Contains(st.set, q)) })
		}
	}
	return few
}
