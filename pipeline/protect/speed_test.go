package protect

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// fiveGroupings draws a survey of 60 items of 2 to 7 choices and five items of 3
// to 9 groups to divide them by. The plan has their 300 tables and nothing else
// by groups.
func fiveGroupings(t testing.TB, n int) (*study, table.Plan) {
	groups := groupings(3, 4, 5, 7, 9)
	var items []kind
	for i := range 60 {
		k := kind{name: fmt.Sprintf("q%02d", i), choices: 2 + i%6, multiple: i%4 == 3, scaled: i%4 == 0}
		if i%10 == 9 {
			k.role = survey.Sensitive
		}
		items = append(items, k)
	}
	s := sloped(t, n, groups, items)
	var plan table.Plan
	for _, k := range items {
		analysis := table.PropSelectOne
		if k.multiple {
			analysis = table.PropSelectMultiple
		}
		plan.Add(table.Row{Analysis: analysis, Item: k.name})
		for _, g := range groups {
			plan.Add(table.Row{Analysis: analysis, Item: k.name, By: []string{g.name}})
		}
	}
	for _, g := range groups {
		plan.Add(table.Row{Analysis: table.PropSelectOne, Item: g.name})
	}
	return s, plan
}

// groupings are items to divide others by, of so many groups.
func groupings(sizes ...int) (kinds []kind) {
	for i, groups := range sizes {
		kinds = append(kinds, kind{name: fmt.Sprintf("g%d", i), choices: groups})
	}
	return kinds
}

// sloped draws a survey with many small cells: of items to divide others by,
// which everybody answered, and of items of which some answers are missing.
func sloped(t testing.TB, n int, groups, items []kind) *study {
	s := newStudy(t, n, slices.Concat(groups, items)...)
	r := rand.New(rand.NewPCG(7, 3))
	s.slope(r, groups, 0, 0.3)
	s.slope(r, items, 0.05, 0.6)
	return s
}

// slope answers every item at random, each choice rarer than the one before by
// the same factor, so that many cells of crosses are small. Options are chosen
// independently of each other.
func (s *study) slope(r *rand.Rand, kinds []kind, skip, steep float64) {
	for _, k := range kinds {
		names := choiceNames(k.choices)
		chance, sum := make([]float64, len(names)), 0.0
		for c := range chance {
			chance[c] = math.Exp(-steep * float64(c))
			sum += chance[c]
		}
		for i := range s.n {
			if r.Float64() < skip {
				continue
			}
			c := 0
			for x := r.Float64() * sum; c < len(names)-1 && x > chance[c]; c++ {
				x -= chance[c]
			}
			set := []string{names[c]}
			for o := range names {
				if k.multiple && o != c && r.Float64() < chance[o]/2 {
					set = append(set, names[o])
				}
			}
			s.set(k.name, i, set...)
		}
	}
}

func BenchmarkProtect300Tables(b *testing.B) {
	s, plan := fiveGroupings(b, 2000)
	tables := s.tables(plan)
	for _, k := range []int{10, 5} {
		b.Run(fmt.Sprintf("k=%d", k), func(b *testing.B) {
			var all, primary, secondary int
			for b.Loop() {
				safe, _, err := Protect(s.survey, plan, tables, nil, Public, Config{Threshold: k})
				if err != nil {
					b.Fatal(err)
				}
				all, primary, secondary = withheldShare(safe)
			}
			b.ReportMetric(float64(len(plan.Rows)), "tables")
			b.ReportMetric(100*float64(primary)/float64(all), "%itself")
			b.ReportMetric(100*float64(secondary)/float64(all), "%cover")
		})
	}
}
