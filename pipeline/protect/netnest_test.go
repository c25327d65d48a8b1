package protect

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/soundings-survey/soundings/internal/attack"
	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// themeStudy draws a survey with codes, themes and a family of themes.
func themeStudy(t testing.TB, r *rand.Rand) (*study, table.Plan) {
	kinds := []kind{{name: "x", choices: 5, multiple: true}, {name: "b", choices: 2 + r.IntN(3)}}
	if r.IntN(2) == 0 {
		kinds[0].role = survey.Sensitive
	}
	s := newStudy(t, 60+r.IntN(250), kinds...)
	s.fill(r, kinds, []float64{0, 0.1}[r.IntN(2)])
	plan := table.Guess(s.survey, []string{"b"})
	c := choiceNames(5)
	for _, values := range [][]string{c[:2], c[2:4], c[:4], c[1:]} {
		for _, by := range [][]string{nil, {"b"}} {
			plan.Add(table.Row{Analysis: table.PropNet, Item: "x", Values: values, By: by})
		}
	}
	return s, plan
}

func TestNetsInNetsGiveNothingAway(t *testing.T) {
	withheld, shown := 0, 0
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 11))
		s, plan := themeStudy(t, r)
		safe, _, err := s.protectAudited(plan, ledger.Links{}, []int{5, 10}[r.IntN(2)])
		var unsafe *NotSafe
		if errors.As(err, &unsafe) {
			continue
		} else if err != nil {
			t.Fatal(err)
		}
		f := attack.Attack(s.read(t, safe, ledger.Links{}))
		if f.Contradiction || len(f.Ignored) > 0 {
			t.Fatalf("survey %d: the ledger was not understood: contradiction %v, ignored %v", seed, f.Contradiction, f.Ignored)
		}
		if found := f.Of(taken...); len(found) > 0 {
			t.Errorf("survey %d: %d claims, such as %+v", seed, len(found), found[0])
		}
		for _, d := range differences(safe) {
			t.Errorf("survey %d: %s", seed, d)
		}
		withheld += f.Withheld
		for _, v := range safe.Views() {
			if _, whole := v.Whole(); !whole && v.Row().Analysis == table.PropNet && len(v.Row().By) > 0 {
				shown++
			}
		}
	}
	if withheld < 100 || shown < 20 {
		t.Errorf("%d withheld counts were attacked beside %d tables of nets by groups: that proves little", withheld, shown)
	}
	t.Logf("%d withheld counts were attacked beside %d tables of nets by groups", withheld, shown)
}

// differences names the nets of which it is known that few are in them who are
// not in one of their choices, or in a net in them, both of which are shown.
func differences(safe *Safe) []string {
	type shown struct {
		values []string
		n      float64
	}
	at := map[string][]shown{}
	for _, v := range safe.Views() {
		if _, whole := v.Whole(); whole || v.Row().Item != "x" || !v.Row().Analysis.Figures() {
			continue
		}
		for d, domain := range v.Domains() {
			for c, choice := range v.Choices() {
				if v.Count(d, c).Status() != Published {
					continue
				}
				values := v.Row().Values
				if v.Row().Analysis != table.PropNet {
					values = []string{choice}
				}
				n, err := strconv.ParseFloat(safe.Pen("", nil).Text(v.Count(d, c)), 64)
				if err != nil {
					panic(err)
				}
				key := fmt.Sprint(v.Row().By, domain.Values)
				at[key] = append(at[key], shown{values, n})
			}
		}
	}
	var out []string
	k := float64(safe.Threshold())
	for key, all := range at {
		for _, a := range all {
			for _, b := range all {
				if len(a.values) > len(b.values) && among(b.values, a.values) && a.n-b.n >= 1 && a.n-b.n < k {
					out = append(out, fmt.Sprintf("%s: %v less %v are %g", key, a.values, b.values, a.n-b.n))
				}
			}
		}
	}
	return out
}
