package attack

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// sort is a kind of respondent: what they answered, by variable.
type sort map[string]string

// in says whether such respondents are in all the categories named.
func (s sort) in(named map[string]Values, vars map[string]Variable) bool {
	for name, values := range named {
		ok := false
		for _, v := range values {
			lacks := slices.Contains(vars[name].Missing, s[name])
			ok = ok || v == "*" && !lacks || v == "_missing" && lacks || v == s[name]
		}
		if !ok {
			return false
		}
	}
	return true
}

// brute tries all numbers of respondents of each sort, and keeps those of which
// every published line would be published as it is.
type brute struct {
	sorts []sort
	vars  map[string]Variable
	n     int
}

func (b brute) count(n []int, named map[string]Values) int {
	sum := 0
	for i, s := range b.sorts {
		if n[i] > 0 && s.in(named, b.vars) {
			sum += n[i]
		}
	}
	return sum
}

// figure is what a line would say; false where there is no base.
func (b brute) figure(n []int, l Line) (Number, bool) {
	of := b.count(n, l.Of)
	at := b.count(n, l.At)
	switch l.Stat {
	case "count":
		return Number(strconv.Itoa(at)), true
	case "pct":
		return Number(strconv.FormatFloat(math.Round(100*float64(at)/float64(of))/100, 'f', 2, 64)), of > 0
	case "mean":
		sum := 0
		for i, s := range b.sorts {
			if s.in(l.At, b.vars) {
				score, _ := b.vars["a"].Scores[s["a"]].Int64()
				sum += n[i] * int(score)
			}
		}
		return Number(strconv.FormatFloat(math.Round(10*float64(sum)/float64(at))/10, 'f', 1, 64)), at > 0
	}
	return "", false
}

func (b brute) each(f func(n []int)) {
	n := make([]int, len(b.sorts))
	var walk func(i, left int)
	walk = func(i, left int) {
		if i == len(n)-1 {
			n[i] = left
			f(n)
			return
		}
		for v := range left + 1 {
			n[i] = v
			walk(i+1, left-v)
		}
	}
	walk(0, b.n)
}

// ranges returns the least and the greatest value of each withheld count.
func (b brute) ranges(l Ledger) map[string]interval {
	out := map[string]interval{}
	b.each(func(n []int) {
		for _, line := range l.Lines {
			if line.Status == Published {
				if v, ok := b.figure(n, line); !ok || v != line.Value {
					return
				}
			}
		}
		for _, line := range l.Lines {
			if line.Status == Withheld {
				v := int64(b.count(n, line.At))
				have, ok := out[line.Key]
				if !ok {
					have = interval{v, v}
				}
				out[line.Key] = interval{min(have.lo, v), max(have.hi, v)}
			}
		}
	})
	return out
}

// all returns all combinations of answers to independent variables.
func all(vars []Variable) []sort {
	out := []sort{{}}
	for _, v := range vars {
		var next []sort
		for _, s := range out {
			for _, state := range append(slices.Clone(v.Categories), v.Missing...) {
				t := sort{v.Name: state}
				for k, x := range s {
					t[k] = x
				}
				next = append(next, t)
			}
		}
		out = next
	}
	return out
}

// world is a small survey with tables of it of which some cells are withheld.
func world(t *rapid.T) (brute, Ledger) {
	shape := rapid.SampledFrom([]string{"two", "three", "options", "union", "skip"}).Draw(t, "shape")
	a := Variable{Name: "a", Item: "a", Categories: []string{"1", "2", "3"}, Scores: nil}
	b := Variable{Name: "b", Item: "b", Categories: []string{"x", "y"}}
	l := Ledger{Version: 2, Threshold: 3, Run: 1}
	w := brute{vars: map[string]Variable{}, n: rapid.IntRange(2, 9).Draw(t, "n")}
	crosses := [][]string{{"a"}, {"b"}, {"a", "b"}}
	l.Variables = []Variable{a, b}
	switch shape {
	case "two":
		a.Scores = map[string]json.Number{"1": "1", "2": "2", "3": "3"}
		a.Missing = []string{notAsked}
		l.Variables = []Variable{a, b}
		w.n = min(w.n, 6)
		w.sorts = all(l.Variables)
	case "three":
		a.Categories = []string{"1", "2"}
		c := Variable{Name: "c", Item: "c", Categories: []string{"u", "v"}}
		l.Variables = []Variable{a, b, c}
		crosses = append(crosses, []string{"b", "c"}, []string{"a", "c"}, []string{"c"})
		w.sorts = all(l.Variables)
	case "options":
		l.Variables = []Variable{b}
		w.sorts = optionSorts(all(l.Variables))
		for _, o := range []string{"p", "q", "r"} {
			l.Variables = append(l.Variables, Variable{Name: "m/" + o, Item: "m", Option: o, Categories: []string{"yes", "no"}, Missing: []string{"refused"}})
		}
		l.Variables = append(l.Variables, Variable{Name: "m/p|q", Item: "m", Net: []string{"p", "q"}, Categories: []string{"yes", "no"}, Missing: []string{"refused"}})
		crosses = [][]string{{"b"}, {"m/p"}, {"m/q"}, {"m/r"}, {"m/p|q"}}
		w.n = min(w.n, 3)
	case "union":
		u := Variable{Name: "u", Item: "u", Categories: []string{"low", "high"}}
		w.sorts = all(l.Variables)
		for _, s := range w.sorts {
			s["u"] = "low"
			if s["a"] == "3" {
				s["u"] = "high"
			}
		}
		l.Variables = append(l.Variables, u)
		low, high := Union{Variable: "u", Category: "low"}, Union{Variable: "u", Category: "high"}
		low.Is.Variable, low.Is.Categories = "a", []string{"1", "2"}
		high.Is.Variable, high.Is.Categories = "a", []string{"3"}
		l.Unions = []Union{low, high}
		crosses = append(crosses, []string{"u"}, []string{"u", "b"})
	case "skip":
		a.Categories, a.Missing = []string{"1", "2"}, []string{notAsked, "refused"}
		l.Variables = []Variable{a, b}
		w.sorts = slices.DeleteFunc(all(l.Variables), func(s sort) bool { return s["b"] == "x" && s["a"] != notAsked })
		l.Zeros = []Zero{{"a", map[string]Values{"b": {"x"}}}}
	}
	for _, v := range l.Variables {
		w.vars[v.Name] = v
	}
	l.Runs = []Run{{1, w.n}}
	truth := make([]int, len(w.sorts))
	for range w.n {
		truth[rapid.IntRange(0, len(truth)-1).Draw(t, "respondent")]++
	}
	for _, c := range crosses {
		w.tabulate(t, &l, truth, c)
	}
	return w, l
}

// optionSorts crosses sorts with all answers to an item of the choices p, q, r.
func optionSorts(sorts []sort) []sort {
	var out []sort
	for _, s := range sorts {
		for bits := range 8 {
			t := sort{}
			for k, v := range s {
				t[k] = v
			}
			for i, o := range []string{"p", "q", "r"} {
				t["m/"+o] = []string{"no", "yes"}[bits>>i&1]
			}
			t["m/p|q"] = []string{"no", "yes"}[min(bits&3, 1)]
			if bits == 0 {
				for k := range t {
					if k[0] == 'm' {
						t[k] = "refused"
					}
				}
			}
			out = append(out, t)
		}
	}
	return out
}

// tabulate writes the lines of a cross: counts, shares or means, some withheld.
func (b brute) tabulate(t *rapid.T, l *Ledger, truth []int, c []string) {
	boxes := []map[string]Values{{}}
	for _, name := range c {
		var next []map[string]Values
		for _, have := range boxes {
			for _, state := range append(append([]string{"*"}, b.vars[name].Categories...), b.vars[name].Missing...) {
				m := map[string]Values{name: {state}}
				for k, v := range have {
					m[k] = v
				}
				next = append(next, m)
			}
		}
		boxes = next
	}
	for _, at := range boxes {
		line := Line{Artifact: "page", Key: fmt.Sprint(at), Run: 1, At: at, Of: map[string]Values{}, Stat: "count", Marker: "c"}
		for k, v := range at {
			line.Of[k] = v
		}
		line.Of[c[0]] = Values{"*"}
		switch draw := rapid.IntRange(0, 9).Draw(t, "line"); {
		case draw < 4:
			line.Status = Withheld
		case draw < 7:
			line.Status = Published
		case draw == 7 && at["a"] != nil && at["a"][0] == "*" && len(b.vars["a"].Scores) > 0:
			line.Status, line.Stat, line.Decimals = Published, "mean", 1
		default:
			line.Status, line.Stat = Published, "pct"
		}
		if line.Status == Published {
			v, ok := b.figure(truth, line)
			if !ok {
				continue
			}
			line.Value = v
		}
		l.Lines = append(l.Lines, line)
	}
}

// TestBoundsAreThoseOfTryingEverything holds the bounds against all answers that
// there could have been: never narrower, and in these small worlds hardly wider,
// neither by trying nor by linear programs.
func TestBoundsAreThoseOfTryingEverything(t *testing.T) {
	for name, c := range map[string]struct {
		attacker Attacker
		miss     int // of a thousand narrow ranges
	}{
		"trying": {Attacker{}, 5}, "linear programs": {Attacker{real: true}, 50},
	} {
		t.Run(name, func(t *testing.T) { hold(t, c.attacker, c.miss) })
	}
}

func hold(t *testing.T, a Attacker, miss int) {
	missed, narrow := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		w, l := world(t)
		f := a.Attack(l)
		if f.Contradiction || len(f.Ignored) > 0 || f.Hard > 0 {
			t.Fatalf("contradiction %v, ignored %v, hard %d", f.Contradiction, f.Ignored, f.Hard)
		}
		claimed := map[string]Claim{}
		truth := w.ranges(l)
		for _, c := range f.Of(Known, Narrow) {
			key := c.Place[len("page: "):]
			claimed[key] = c
			if r := truth[key]; c.Lower > r.lo || c.Upper < r.hi {
				t.Fatalf("%s: claimed %d to %d, may be %d to %d", key, c.Lower, c.Upper, r.lo, r.hi)
			}
		}
		for key, r := range truth {
			if r.hi-r.lo < int64(l.Threshold) {
				narrow++
				if c, ok := claimed[key]; !ok || c.Lower != r.lo || c.Upper != r.hi {
					missed++
				}
			}
		}
	})
	t.Logf("%d of %d narrow ranges were not found to the number", missed, narrow)
	if narrow < 500 || missed*1000 > miss*narrow {
		t.Errorf("that is more than %d of a thousand, or too few to say", miss)
	}
}
