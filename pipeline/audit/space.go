package audit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/ledger"
)

// set is a set of values of an axis.
type set []uint64

func newSet(n int) set { return make(set, (n+63)/64) }

func (s set) add(i int)      { s[i/64] |= 1 << (i % 64) }
func (s set) has(i int) bool { return s[i/64]>>(i%64)&1 == 1 }

func (s set) within(o set) bool {
	for w := range s {
		if s[w]&^o[w] != 0 {
			return false
		}
	}
	return true
}

// axis is a variable with its values: categories first, then reasons.
type axis struct {
	level     string
	values    map[string]int
	cats, n   int
	whether   int       // of an option: the axis of whether its item was answered; -1
	scores    []float64 // of all categories, or none
	item      string
	sensitive bool
	reserved  bool // a country or an identity
}

// space holds all axes.
type space struct {
	axes   []axis
	byName map[string]int
}

// newSpace makes an axis for each variable, and one for whether each item of
// several choices was answered, which its options and nets share.
func newSpace(variables []ledger.Variable) *space {
	s := &space{byName: map[string]int{}}
	whether := map[string]int{}
	for _, v := range variables {
		cats := v.Categories
		if v.Number {
			cats = []string{ledger.Answered}
		}
		a := axis{level: v.Level, whether: -1, item: v.Item, sensitive: v.Sensitive, reserved: v.Country || v.Identity}
		if v.Option != "" || len(v.Net) > 0 {
			at, there := whether[v.Item]
			if !there {
				at = len(s.axes)
				whether[v.Item] = at
				w := a
				w.fill([]string{ledger.Answered}, v.Missing)
				s.axes = append(s.axes, w)
			}
			a.whether = at
		}
		a.fill(cats, v.Missing)
		for _, c := range cats {
			if score, ok := v.Scores[c]; ok {
				a.scores = append(a.scores, score)
			}
		}
		if len(a.scores) < len(cats) {
			a.scores = nil
		}
		s.byName[v.Name] = len(s.axes)
		s.axes = append(s.axes, a)
	}
	return s
}

func (a *axis) fill(cats, missing []string) {
	a.values, a.cats, a.n = map[string]int{}, len(cats), len(cats)+len(missing)
	for i, v := range slices.Concat(cats, missing) {
		a.values[v] = i
	}
}

// all returns the set of the values from one to before another.
func (a *axis) all(from, to int) set {
	s := newSet(a.n)
	for i := from; i < to; i++ {
		s.add(i)
	}
	return s
}

func (a *axis) answered() set { return a.all(0, a.cats) }

// coords are the values to which axes are restricted. Axes that are not
// restricted are left out.
type coords map[int]set

// key is the same for the same coordinates.
func (c coords) key() string {
	var b strings.Builder
	for _, x := range c.axes() {
		fmt.Fprintf(&b, "%d:%x;", x, []uint64(c[x]))
	}
	return b.String()
}

func (c coords) axes() []int {
	out := make([]int, 0, len(c))
	for x := range c {
		out = append(out, x)
	}
	slices.Sort(out)
	return out
}

// within reports whether whoever is at the coordinates is at others too.
func (c coords) within(o coords) bool {
	for x, s := range o {
		if mine, there := c[x]; !there || !mine.within(s) {
			return false
		}
	}
	return true
}

// coords reads coordinates, and says what is counted at them; false where they
// name what is not defined, or what is not counted alike.
func (s *space) coords(at ledger.At) (out coords, level string, ok bool) {
	out = coords{}
	first := true
	for name, values := range at {
		x, known := s.byName[name]
		if !known || !first && s.axes[x].level != level {
			return nil, "", false
		}
		a := &s.axes[x]
		level, first = a.level, false
		in := newSet(a.n)
		for _, v := range values {
			switch i, known := a.values[v]; {
			case v == ledger.Answered:
				for i := range a.cats {
					in.add(i)
				}
			case v == ledger.Missing:
				for i := a.cats; i < a.n; i++ {
					in.add(i)
				}
			case known:
				in.add(i)
			default:
				return nil, "", false
			}
		}
		s.restrict(out, x, in)
	}
	for x, in := range out { // an option says more than whether its item was answered
		if w := s.axes[x].whether; w >= 0 && out[w] != nil {
			for i := range s.axes[x].n {
				if in.has(i) && !out[w].has(s.answer(x, i)) {
					in[i/64] &^= 1 << (i % 64)
				}
			}
			delete(out, w)
		}
	}
	for x, in := range out {
		if s.axes[x].all(0, s.axes[x].n).within(in) {
			delete(out, x)
		}
	}
	return out, level, true
}

// answer returns the value, on the axis of whether an item was answered, of a
// value of one of its options.
func (s *space) answer(option, value int) int {
	return max(0, value-s.axes[option].cats+1)
}

// restrict adds a restriction of an axis. One of an option that does not ask
// what was chosen is one of whether the item was answered.
func (s *space) restrict(to coords, x int, in set) {
	a := &s.axes[x]
	if a.whether >= 0 && in.has(0) == in.has(1) {
		w := &s.axes[a.whether]
		wide := newSet(w.n)
		for i := range a.n {
			if in.has(i) {
				wide.add(s.answer(x, i))
			}
		}
		x, in = a.whether, wide
	}
	if have, twice := to[x]; twice {
		for w := range in {
			in[w] &= have[w]
		}
	}
	to[x] = in
}
