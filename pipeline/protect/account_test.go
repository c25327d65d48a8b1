package protect

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

func empty(t interface{ Fatal(...any) }, k int) *Safe {
	s, _ := survey.New(survey.Survey{})
	safe, _, err := Protect(s, table.Plan{}, nil, nil, Public, Config{Threshold: k})
	if err != nil {
		t.Fatal(err)
	}
	return safe
}

func shown(n Number) int64 {
	if !n.published {
		return -1
	}
	return int64(n.value)
}

// output is what a reader sees of reasons: which are told together, and how many.
func output(q Quality) string {
	out := fmt.Sprint(shown(q.Received), shown(q.Aside), shown(q.Analysed))
	for _, m := range q.Reasons {
		out += fmt.Sprint(m.Of, shown(m.Numbers[0]))
	}
	return out
}

// The attacker knows the rules and tries all accounts there could be: those
// that would be published as this one is are the possible ones. No number of
// fewer than k may be the same in all of them.
func TestNoSmallReasonIsGivenBack(t *testing.T) {
	const k, most, analysed = 5, 14, 40
	safe := empty(t, k)
	for _, n := range []int{1, 2, 3, 4} {
		low, high := map[string][]int64{}, map[string][]int64{}
		every(n, most, func(counts []int64) {
			key := output(safe.Account(accountOf(counts, analysed)))
			if low[key] == nil {
				low[key], high[key] = slices.Clone(counts), slices.Clone(counts)
			}
			for i, c := range counts {
				low[key][i], high[key][i] = min(low[key][i], c), max(high[key][i], c)
			}
		})
		every(n, most, func(counts []int64) {
			key := output(safe.Account(accountOf(counts, analysed)))
			for i, c := range counts {
				if slices.Max(counts) > most-k { // too near the end of what is tried
					break
				}
				if c >= 1 && c < k && high[key][i]-low[key][i] < k/2 {
					t.Fatalf("%v: reason %d lies between %d and %d, as published %s", counts, i, low[key][i], high[key][i], key)
				}
			}
		})
	}
}

func accountOf(counts []int64, analysed int64) quality.Account {
	a := quality.Account{Received: analysed, Analysed: analysed}
	for i, c := range counts {
		a.Received += c
		a.Aside = append(a.Aside, quality.Aside{Reason: quality.Reasons[i], Count: c})
	}
	return a
}

// every calls f with each row of n counts from 0 to most.
func every(n int, most int64, f func([]int64)) {
	counts := make([]int64, n)
	for {
		f(counts)
		i := 0
		for i < n && counts[i] == most {
			counts[i] = 0
			i++
		}
		if i == n {
			return
		}
		counts[i]++
	}
}

func TestWhatIsShownOfPartsAddsUpAndIsNeverSmall(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.Int64Range(5, 12).Draw(t, "k")
		width := rapid.IntRange(1, 3).Draw(t, "width")
		parts := rapid.SliceOfN(rapid.SliceOfN(rapid.Int64Range(0, 30), width, width), 0, 7).Draw(t, "parts")
		blocks, ok := merge(parts, k)
		if !ok {
			for c := range width {
				if n := total(parts, all(len(parts)), c); n >= 1 && n < k {
					return
				}
			}
			if len(parts) > 1 {
				t.Fatalf("%v could be told together and is not told", parts)
			}
			return
		}
		seen := map[int]bool{}
		for _, of := range blocks {
			for _, i := range of {
				if seen[i] {
					t.Fatalf("part %d is told twice", i)
				}
				seen[i] = true
			}
			for c := range width {
				if n := total(parts, of, c); n >= 1 && n < k {
					t.Fatalf("%v tells %d", blocks, n)
				}
			}
		}
		if len(seen) != len(parts) {
			t.Fatalf("%d of %d parts are told", len(seen), len(parts))
		}
	})
}

func all(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

func TestCountsOfResponsesStandAndFallTogether(t *testing.T) {
	safe := empty(t, 10)
	for _, c := range []struct {
		received, analysed int64
		shown, analysedToo bool
	}{
		{426, 415, true, true},   // eleven set aside
		{420, 415, false, true},  // five would be told
		{415, 415, true, true},   // nobody
		{30, 5, false, false},    // few analysed
		{400, 415, false, false}, // cannot be
	} {
		q := safe.Account(quality.Account{Received: c.received, Analysed: c.analysed, Aside: []quality.Aside{{Reason: quality.Duplicate, Count: 0}, {Reason: quality.Blank, Count: c.received - c.analysed}}})
		if got := q.Received.published && q.Aside.published; got != c.shown {
			t.Errorf("%d of %d: received and set aside shown %v", c.analysed, c.received, got)
		}
		if q.Analysed.published != c.analysedToo {
			t.Errorf("%d of %d: analysed shown %v", c.analysed, c.received, q.Analysed.published)
		}
		if !c.shown && (q.Reasons != nil || q.Groups != nil) {
			t.Errorf("%d of %d: reasons are shown", c.analysed, c.received)
		}
	}
}

func TestGroupsAndRatesAreMergedUntilTheyAreSafe(t *testing.T) {
	safe := empty(t, 10)
	q := safe.Account(quality.Account{
		Received: 200, Analysed: 180, Aside: []quality.Aside{{Reason: quality.NoConsent, Count: 20}},
		Groups: []quality.Group{{Part: quality.Part{Source: "a"}, Received: 100, Analysed: 88}, {Part: quality.Part{Source: "b"}, Received: 60, Analysed: 57}, {Part: quality.Part{Source: "c"}, Received: 40, Analysed: 35}},
		Rates:  []quality.Rate{{Group: "x", Invited: 400, Responded: 120}, {Group: "y", Invited: 30, Responded: 4}, {Group: "z", Invited: 90, Responded: 70}},
	})
	if q.Groups != nil { // b and c have eight set aside together, so that all groups are one
		t.Errorf("groups %v", q.Groups)
	}
	if len(q.Rates) != 2 || shown(q.Rates[0].Numbers[1]) != 120 || !slices.Equal(q.Rates[1].Of, []string{"y", "z"}) || shown(q.Rates[1].Numbers[1]) != 74 || q.Rates[1].Numbers[2].value != 0.62 {
		t.Errorf("rates %+v", q.Rates)
	}
}

func TestChecksAreToldByKindOrOneByOne(t *testing.T) {
	safe := empty(t, 10)
	q := safe.Account(quality.Account{Checks: []quality.Check{
		{Check: "outlier", Item: "a", Looked: 100, Flagged: 3}, {Check: "outlier", Item: "b", Looked: 100, Flagged: 9},
		{Check: "constraint", Item: "a", Looked: 100, Flagged: 3}, {Check: "line", Item: "grid", Looked: 80, Flagged: 20}, {Check: "line", Item: "rare", Looked: 15, Flagged: 11},
	}}, "line")
	if len(q.Checks) != 2 || shown(q.Checks[0].Numbers[1]) != 12 || q.Checks[1].Numbers[1].published {
		t.Errorf("checks %+v", q.Checks)
	}
	if len(q.Alone) != 2 || q.Alone[0].Numbers[1].value != 0.25 || q.Alone[1].Numbers[1].published {
		t.Errorf("lines %+v", q.Alone)
	}
}

func TestNonResponseSaysNoMoreThanCountsDo(t *testing.T) {
	s := newStudy(t, 300, kind{name: "x", choices: 2}, kind{name: "y", choices: 2})
	for i := range 240 {
		s.set("x", i, choiceNames(2)[i%2])
		s.set("y", i, choiceNames(2)[i%2])
	}
	for i := 240; i < 245; i++ {
		s.reason["y"][i] = survey.DontKnow // five: withheld, and with it those who gave no answer
	}
	plan := table.Plan{Rows: []table.Row{{Analysis: table.PropSelectOne, Item: "x"}, {Analysis: table.PropSelectOne, Item: "y"}}}
	safe := s.protect(t, plan, Default())
	x, _ := safe.View(plan.Rows[0])
	y, _ := safe.View(plan.Rows[1])
	if shown(x.Asked(0)) != 300 || x.Unanswered(0).value != 0.2 {
		t.Errorf("x: asked %v, not answered %v", x.Asked(0).value, x.Unanswered(0).value)
	}
	if y.Missing(0, survey.NotAnswered).published || y.Unanswered(0).published {
		t.Error("y: what is withheld as a count is shown as a share")
	}
	m := safe.Makeup("one", []*View{x, y, nil})
	if m.Items != 2 || shown(m.Asked) != 600 || m.Shares[survey.Answered].value != 0.8 || m.Shares[survey.NotAnswered].value != 0.1 || m.Shares[survey.DontKnow].published || m.Hidden.value != 0.1 {
		t.Errorf("makeup %+v", m)
	}
}
