package estimate

import (
	"maps"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/estimate/hypothesis"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// profileItem says of which items a profileTally counts profiles.
type profileItem struct {
	read     []quantity
	crossing int
	domains  int
	most     int
}

// profileTally counts in which orders respondents put some items by their
// numbers, for tests of repeated answers. All that such tests know of a number
// is its place among those of the same respondent.
type profileTally struct {
	of   *profileItem
	who  answering
	held []map[string]int64 // by domain: a byte for each item; nil where there are too many
}

func newProfileTally(of *profileItem) *profileTally {
	t := &profileTally{of: of, who: newAnswering(of.domains)}
	for range of.domains {
		t.held = append(t.held, map[string]int64{})
	}
	return t
}

func (t *profileTally) passes() int         { return 1 }
func (t *profileTally) settle(int)          {}
func (t *profileTally) fresh(int) estimator { return newProfileTally(t.of) }

func (t *profileTally) add(v *view) {
	if v.replicate {
		return
	}
	read := make([]func(int32) (float64, survey.Reason), len(t.of.read))
	for k, q := range t.of.read {
		read[k] = q.of(v.batch)
	}
	numbers, profile := make([]float64, len(read)), make([]byte, len(read))
	in := v.in(t.of.crossing)
	for at, i := range in.row {
		d := in.domain[at]
		reason := survey.Answered
		for k := 0; k < len(read) && reason == survey.Answered; k++ {
			numbers[k], reason = read[k](i)
		}
		t.who.add(v, i, d, reason)
		if reason != survey.Answered || t.held[d] == nil {
			continue
		}
		places(numbers, profile)
		t.held[d][string(profile)]++
		t.bound(d)
	}
}

// places writes how many distinct numbers are smaller than each.
func places(numbers []float64, out []byte) {
	sorted := slices.Compact(slices.Sorted(slices.Values(numbers)))
	for k, x := range numbers {
		at, _ := slices.BinarySearch(sorted, x)
		out[k] = byte(at)
	}
}

func (t *profileTally) merge(other estimator, _ []int32) {
	o := other.(*profileTally)
	t.who.merge(&o.who)
	for d, from := range o.held {
		if t.held[d] == nil || from == nil {
			t.held[d] = nil
			continue
		}
		for p, n := range from { // whole numbers: the order does not matter
			t.held[d][p] += n
		}
		t.bound(int32(d))
	}
}

// bound gives a domain up that has too many profiles. Whether it does hangs on
// all answers together, not on their order.
func (t *profileTally) bound(domain int32) {
	if len(t.held[domain]) > t.of.most {
		t.held[domain] = nil
	}
}

// profiles returns the profiles of a domain in order.
func (t *profileTally) profiles(domain int) []hypothesis.Profile {
	var out []hypothesis.Profile
	for _, key := range slices.Sorted(maps.Keys(t.held[domain])) {
		p := hypothesis.Profile{N: t.held[domain][key]}
		for _, place := range []byte(key) {
			p.Values = append(p.Values, float64(place))
		}
		out = append(out, p)
	}
	return out
}
