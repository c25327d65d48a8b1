package protect

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// audited is what attacks on some releases found.
type audited struct {
	leaks             []string
	targets, unsolved int
}

// attackStudy protects a study, attacks the release, and reports every withheld
// figure of which too much can be known.
func attackStudy(s *study, plan table.Plan, names []string, safe *Safe, out *audited) {
	a := newAttacker(s, names[0], names)
	a.read(s, safe)
	m, right := a.reduce()
	k := float64(safe.Threshold())
	for _, v := range safe.Views() {
		if _, whole := v.Whole(); whole {
			continue // what other tables leave open of it is as with a table that was never asked for
		}
		item, _ := s.survey.Item(v.Row().Item)
		exact := s.tabulate(v.Row())
		for d, domain := range v.Domains() {
			check := func(what string, f func(state) float64, count float64, need float64) {
				if need == 0 {
					return
				}
				out.targets++
				lo, hi, err := bounds(a.figure(v.Row(), domain.Values, f), m, right)
				if err != nil {
					out.unsolved++
					return
				}
				if hi-lo < need {
					out.leaks = append(out.leaks, fmt.Sprintf("%s %s in %v of %s: %g is known to be %g to %g, need %g", what, v.Row().Key(), domain.Values, v.Row().Analysis, count, lo, hi, need))
				}
			}
			base := float64(exact.Domains[d].Base.Answered())
			if v.Base(d).Status() == Withheld {
				check("base", func(st state) float64 { return truth(len(st.set) > 0) }, base, min(needed(base, k, false), float64(exact.Domains[d].Base.Total())))
			}
			if v.Row().Analysis == table.Mean {
				continue
			}
			for c, choice := range v.Choices() {
				if v.Count(d, c).Status() == Published {
					continue
				}
				n := float64(exact.Cells[d][c].Count)
				sensitive := item.Role == survey.Sensitive
				need := func(n float64) float64 {
					// A share on few is withheld whatever its count; a count that
					// is large enough may be known.
					if w := needed(n, k, sensitive && base >= k); base >= 2*k || w >= k {
						return w
					}
					return 0
				}
				check("choice "+choice, func(st state) float64 { return truth(counts(v.Row(), choice, st)) }, n, need(n))
				check("all but "+choice, func(st state) float64 { return truth(len(st.set) > 0 && !counts(v.Row(), choice, st)) }, base-n, need(base-n))
			}
			for _, r := range []survey.Reason{survey.NotAnswered, survey.Refused} {
				n := float64(exact.Domains[d].Base.Reasons[r])
				silent := float64(exact.Domains[d].Base.Total()) - base
				if v.Row().Item == names[0] && len(v.Row().By) == 0 && v.Missing(d, r).Status() == Withheld && silent >= k && n > 0 && n < k {
					check("reason", func(st state) float64 { return truth(len(st.set) == 0 && st.reason == r) }, n, k)
				}
			}
		}
	}
}

// needed is how wide what is known of a count must stay.
func needed(n, k float64, zero bool) float64 {
	switch {
	case n >= 1 && n < k || n == 0 && zero:
		return k
	case n > 0:
		return 1
	}
	return 0
}

// smallFamily draws a study of one analysed item and one or two items to divide
// it by, and a plan with what analysts ask for.
func smallFamily(t *rapid.T) (*study, table.Plan, []string) {
	return familyOf(t, rapid.Uint64().Draw(t, "seed"))
}

func familyOf(t rapid.TB, seed uint64) (*study, table.Plan, []string) {
	r := rand.New(rand.NewPCG(seed, 2))
	n := 30 + r.IntN(250)
	kinds := []kind{{name: "x", choices: 2 + r.IntN(3), scaled: r.IntN(2) == 0}}
	if r.IntN(3) == 0 {
		kinds[0] = kind{name: "x", choices: 2 + r.IntN(2), multiple: true}
	}
	if r.IntN(3) == 0 {
		kinds[0].role = survey.Sensitive
	}
	names := []string{"x"}
	dividing := 1 + r.IntN(2)
	for i := range dividing {
		k := kind{name: "b" + strconv.Itoa(i), choices: 2 + r.IntN(4-dividing), multiple: r.IntN(5) == 0}
		if k.multiple {
			k.choices = 2
		}
		kinds, names = append(kinds, k), append(names, k.name)
	}
	s := newStudy(t, n, kinds...)
	s.fill(r, kinds[:1], []float64{0, 0.03, 0.2}[r.IntN(3)])
	s.fill(r, kinds[1:], []float64{0, 0, 0.05, 0.2}[r.IntN(4)])
	plan := table.Guess(s.survey, names[1:])
	if r.IntN(2) == 0 && kinds[0].choices > 2 {
		by := [][]string{nil, {"b0"}}[r.IntN(2)]
		plan.Add(table.Row{Analysis: table.PropNet, Item: "x", Values: choiceNames(kinds[0].choices)[:2], By: by})
	}
	if r.IntN(12) == 0 && len(names) == 3 {
		a := table.PropSelectOne
		if kinds[0].multiple {
			a = table.PropSelectMultiple
		}
		plan.Add(table.Row{Analysis: a, Item: "x", By: []string{"b0", "b1"}})
	}
	// Some plans lack some tables.
	plan.Rows = slices.DeleteFunc(plan.Rows, func(table.Row) bool { return r.IntN(8) == 0 })
	return s, plan, names
}

// TestANetByGroupsAloneIsNoMoreThanItsChoices draws a case in which the net of a
// group was known to be 0 to 3: what everybody chose of it is at most the sum of
// two choices that are shown, and the other group is shown with nearly all of it.
func TestANetByGroupsAloneIsNoMoreThanItsChoices(t *testing.T) {
	var found audited
	s, plan, names := familyOf(t, 0x652de19)
	safe, _, err := Protect(s.survey, plan, s.tables(plan), nil, Public, Config{Threshold: 5})
	if err != nil {
		t.Fatal(err)
	}
	attackStudy(s, plan, names, safe, &found)
	if len(found.leaks) > 0 {
		t.Errorf("%v\n%v", found.leaks, describe(safe))
	}
}

func TestNothingWithheldIsRecovered(t *testing.T) {
	var found audited
	var all, primary, secondary, families, refused int
	rapid.Check(t, func(t *rapid.T) {
		s, plan, names := smallFamily(t)
		k := []int{5, 10}[rapid.IntRange(0, 1).Draw(t, "k")]
		safe, _, err := Protect(s.survey, plan, s.tables(plan), nil, Public, Config{Threshold: k})
		families++
		var unsafe *NotSafe
		if errors.As(err, &unsafe) {
			refused++
			return
		} else if err != nil {
			t.Fatal(err)
		}
		before := len(found.leaks)
		attackStudy(s, plan, names, safe, &found)
		a, p, q := withheldShare(safe)
		all, primary, secondary = all+a, primary+p, secondary+q
		if len(found.leaks) > before {
			if os.Getenv("PROTECT_COUNT") == "" {
				t.Fatalf("n=%d k=%d:\n%v\n%v", s.n, k, found.leaks[before:], describe(safe))
			}
		}
	})
	for i, l := range found.leaks {
		if i < 40 {
			t.Log(l)
		}
	}
	t.Logf("%d families, %d refused, %d withheld figures attacked, %d unsolved, %d leaks; of %d figures %.1f %% withheld as such and %.1f %% as cover",
		families, refused, found.targets, found.unsolved, len(found.leaks), all, 100*float64(primary)/float64(all), 100*float64(secondary)/float64(all))
}

// describe lists what a Safe shows, to look into a leak.
func describe(s *Safe) string {
	out := ""
	for _, v := range s.Views() {
		out += string(v.Row().Key()) + "\n"
		for d, domain := range v.Domains() {
			out += fmt.Sprint("  ", domain.Values, " base ", s.Pen("", nil).Text(v.Base(d)), ":")
			for c := range v.Choices() {
				out += " " + s.Pen("", nil).Text(v.Count(d, c)) + "/" + s.Pen("", nil).Text(v.Share(d, c)) + s.Pen("", nil).Text(v.Mean(d))
			}
			for r := survey.NotAsked; r < survey.Reasons; r++ {
				out += " m" + s.Pen("", nil).Text(v.Missing(d, r))
			}
			out += "\n"
		}
	}
	return out
}
