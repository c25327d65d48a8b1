package protect

import (
	"fmt"
	"testing"

	"github.com/soundings-survey/soundings/internal/attack"
	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// scalesBySix draws a survey of four scales of seven steps, and six items of 3 to
// 12 groups to divide them by. Their shares are asked for by the first alone, their
// means by all, so that most of the counts behind these stand in no table.
func scalesBySix(t testing.TB, n int) (*study, table.Plan) {
	groups := groupings(3, 4, 5, 7, 9, 12)
	var scales []kind
	for i := range 4 {
		scales = append(scales, kind{name: fmt.Sprintf("q%02d", i), choices: 7, scaled: true})
	}
	s := sloped(t, n, groups, scales)
	var plan table.Plan
	for _, k := range scales {
		plan.Add(table.Row{Analysis: table.PropSelectOne, Item: k.name})
		plan.Add(table.Row{Analysis: table.PropSelectOne, Item: k.name, By: []string{groups[0].name}})
		plan.Add(table.Row{Analysis: table.Mean, Item: k.name})
		for _, g := range groups {
			plan.Add(table.Row{Analysis: table.Mean, Item: k.name, By: []string{g.name}})
		}
	}
	for _, g := range groups {
		plan.Add(table.Row{Analysis: table.PropSelectOne, Item: g.name})
	}
	return s, plan
}

// wholeTables counts the tables of which nothing is told.
func wholeTables(s *Safe) (n int) {
	for _, v := range s.Views() {
		if _, whole := v.Whole(); whole {
			n++
		}
	}
	return n
}

// Means by many small groups are hard to protect, since counts that stand in no
// table must be whole numbers too. Most are shown even so, and nothing withheld
// can be known.
func TestMostMeansBySmallGroupsAreShown(t *testing.T) {
	for _, c := range []struct {
		n                int
		withheld, tables int // at most
	}{{400, 130, 2}, {250, 150, 2}, {150, 225, 9}} {
		s, plan := scalesBySix(t, c.n)
		safe := s.protect(t, plan, Config{Threshold: 10})
		all, primary, secondary := withheldShare(safe)
		tables := wholeTables(safe)
		t.Logf("%d respondents: of %d figures %d are withheld for themselves and %d as cover; of %d tables %d whole", c.n, all, primary, secondary, len(plan.Rows), tables)
		if primary+secondary > c.withheld || tables > c.tables {
			t.Errorf("%d respondents: %d figures and %d whole tables are withheld, want %d and %d at most", c.n, primary+secondary, tables, c.withheld, c.tables)
		}
		f := attack.Attack(s.read(t, safe, ledger.Links{}))
		if found := f.Of(taken...); f.Contradiction || len(f.Ignored) > 0 || f.Withheld == 0 || len(found) > 0 {
			t.Errorf("%d respondents: contradiction %v, ignored %v, %d counts attacked, %d found such as %+v", c.n, f.Contradiction, f.Ignored, f.Withheld, len(found), found[:min(3, len(found))])
		}
	}
}

func BenchmarkProtectMeansBySmallGroups(b *testing.B) {
	for _, n := range []int{400, 250, 150} {
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			s, plan := scalesBySix(b, n)
			tables := s.tables(plan)
			var primary, secondary, whole int
			for b.Loop() {
				safe, _, err := Protect(s.survey, plan, tables, nil, Public, Config{Threshold: 10})
				if err != nil {
					b.Fatal(err)
				}
				_, primary, secondary = withheldShare(safe)
				whole = wholeTables(safe)
			}
			b.ReportMetric(float64(primary), "itself")
			b.ReportMetric(float64(secondary), "cover")
			b.ReportMetric(float64(whole), "whole-tables")
		})
	}
}
