package protect

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/soundings-survey/soundings/internal/attack"
	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// readable draws a survey of 420 responses to 60 items, scales of five steps,
// single and several choices, by five regions, four types and three sizes.
func readable(t testing.TB) (*study, table.Plan) {
	by := []string{"region", "type", "size"}
	kinds := []kind{{name: "region", choices: 5}, {name: "type", choices: 4}, {name: "size", choices: 3}}
	for i := range 60 {
		k := kind{name: fmt.Sprintf("q%02d", i), choices: 5, scaled: true}
		switch i % 3 {
		case 1:
			k = kind{name: k.name, choices: 3 + i%2}
		case 2:
			k = kind{name: k.name, choices: 4 + i%3, multiple: true}
		}
		if i%12 == 11 {
			k.role = survey.Sensitive
		}
		kinds = append(kinds, k)
	}
	s := newStudy(t, 420, kinds...)
	r := rand.New(rand.NewPCG(420, 1))
	s.slope(r, kinds[:3], 0, 0.25)
	s.slope(r, kinds[3:], 0.05, 0.35)
	return s, table.Guess(s.survey, by)
}

// A report must still be worth reading: nearly all figures of everybody are
// shown, and most of those by groups, and none that is withheld can be known.
func TestAReportOfSixtyItemsIsWorthReading(t *testing.T) {
	s, plan := readable(t)
	for _, c := range []struct {
		k                 int
		everybody, groups float64 // shares that are shown at least
	}{{10, 0.95, 0.5}, {5, 0.95, 0.75}} {
		safe := s.protect(t, plan, Config{Threshold: c.k})
		var shown, all [2]float64
		for _, v := range safe.Views() {
			by := min(1, len(v.Row().By))
			for d := range v.Domains() {
				for i := range v.Choices() {
					all[by]++
					if v.Figure(d, i).Status() == Published {
						shown[by]++
					}
				}
			}
		}
		everybody, groups := shown[0]/all[0], shown[1]/all[1]
		t.Logf("threshold %d: of %v figures of everybody %.1f %% are shown, of %v by groups %.1f %%", c.k, all[0], 100*everybody, all[1], 100*groups)
		if everybody < c.everybody || groups < c.groups {
			t.Errorf("threshold %d: too few figures are shown", c.k)
		}
		f := attack.Attack(s.read(t, safe, ledger.Links{}))
		t.Logf("threshold %d: %d withheld counts attacked, %d programs given up", c.k, f.Withheld, f.Hard)
		if found := f.Of(taken...); f.Contradiction || len(f.Ignored) > 0 || f.Withheld == 0 || len(found) > 0 {
			t.Errorf("threshold %d: contradiction %v, ignored %v, %d counts attacked, %d found such as %+v", c.k, f.Contradiction, f.Ignored, f.Withheld, len(found), found[:min(3, len(found))])
		}
	}
}
