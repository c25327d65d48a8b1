package suppress

import (
	"math"
	"slices"
	"testing"
)

// rectangle is a table of two groups by two choices, withheld, with known sums.
func rectangle(n float64) *System {
	s := &System{}
	for range 4 {
		s.Add(Cell{Count: n, State: Hidden, Need: n})
	}
	whole := func() int { return s.Add(Cell{Count: 2 * n, State: Known}) }
	s.Sum(whole(), 0, 1)
	s.Sum(whole(), 2, 3)
	s.Sum(whole(), 0, 2)
	s.Sum(whole(), 1, 3)
	return s
}

// A world that does not fulfil an equation or a bound proves no range, whatever
// the search for it says.
func TestAWrongWorldProvesNothing(t *testing.T) {
	fresh := func() (*System, *part) {
		s := rectangle(6)
		p := s.parts(func(i int) bool { return !s.Cells[i].still() })[0]
		p.prepare(s)
		copy(p.program.value, []float64{3, -3, -3, 3})
		return s, p
	}
	if _, p := fresh(); !p.holds() {
		t.Fatal("a right world is refused")
	}
	for name, spoil := range map[string]func(v []float64){
		"a sum that changes":    func(v []float64) { v[0]++ },
		"a little that changes": func(v []float64) { v[3] += 1e-3 },
		"less than nobody":      func(v []float64) { copy(v, []float64{7, -7, -7, 7}) },
		"no number":             func(v []float64) { v[2] = math.NaN() },
		"without end":           func(v []float64) { copy(v, []float64{math.Inf(1), math.Inf(-1), math.Inf(-1), math.Inf(1)}) },
	} {
		_, p := fresh()
		if spoil(p.program.value); p.holds() {
			t.Errorf("%s: the world is taken as one that could be", name)
		}
	}
}

// The rows of the simplex are spoilt, so that it moves to worlds that are none:
// no range is proved, and so the cells count as narrow.
func TestASpoiltSearchLeavesCellsUnproved(t *testing.T) {
	s := rectangle(6)
	p := s.parts(func(i int) bool { return !s.Cells[i].still() })[0]
	known := map[int]span{}
	if lacks := p.lacks(s, 0, known, math.MaxInt); lacks > 0 {
		t.Fatalf("a rectangle that moves lacks %v", lacks)
	}
	p.prepare(s)
	for _, r := range p.program.rows {
		for j := range r {
			if p.program.row[j] < 0 && r[j] != 0 {
				r[j] *= 0.5
			}
		}
	}
	known = map[int]span{}
	if lacks := p.lacks(s, 0, known, math.MaxInt); lacks != 6 || len(known) > 0 && known[0] != (span{}) {
		t.Errorf("a search that went wrong proves %+v, and lacks %v", known[0], lacks)
	}
}

func TestAWorldMustKeepToBounds(t *testing.T) {
	s := rectangle(6)
	other := s.Add(Cell{Count: 4, State: Known})
	s.AtLeast(other, 0) // cell 0 is 4 at least
	p := s.parts(func(i int) bool { return !s.Cells[i].still() })[0]
	p.prepare(s)
	for _, c := range []struct {
		by   float64
		want bool
	}{{2, true}, {-2, true}, {-3, false}} {
		copy(p.program.value, []float64{c.by, -c.by, -c.by, c.by})
		if got := p.allowed(s); got != c.want {
			t.Errorf("a move by %v is allowed: %v", c.by, got)
		}
	}
	if found := s.Narrow(); len(found) > 0 {
		t.Errorf("cells %v are narrow: they can be 4 to 12", found)
	}
	for i := range 4 {
		s.Cells[i].Need = 9
	}
	if found := s.Narrow(); !slices.Equal(found, []int{0, 1, 2, 3}) {
		t.Errorf("cells %v are narrow, want all four: none can move by 9", found)
	}
}

func TestCountsThatContradictEachOtherHideNothing(t *testing.T) {
	for name, spoil := range map[string]func(s *System){
		"a sum":   func(s *System) { s.Sum(s.Add(Cell{Count: 5, State: Known}), 0, 1) },
		"a bound": func(s *System) { s.AtLeast(s.Add(Cell{Count: 50, State: Known}), 0, 1) },
	} {
		s := rectangle(6)
		spoil(s)
		if covers, failed := s.Hide(); len(covers) > 0 || !slices.Equal(failed, []int{0, 1, 2, 3}) {
			t.Errorf("%s: covers %v, failed %v", name, covers, failed)
		}
		if !slices.Equal(s.Narrow(), []int{0, 1, 2, 3}) {
			t.Errorf("%s: ranges are claimed of what contradicts itself", name)
		}
	}
}

// A count that stands nowhere may be known when it can be nobody; one that a
// mark is for as well may not.
func TestFirmCellsNeedTheirWholeRange(t *testing.T) {
	for _, c := range []struct {
		firm bool
		want []int
	}{{false, nil}, {true, []int{2}}} {
		s := &System{}
		base := s.Add(Cell{Count: 52, State: Known})
		chosen := s.Add(Cell{Count: 50, State: Hidden})
		others := s.Add(Cell{Count: 2, State: Free, Need: 5, Firm: c.firm})
		s.Sum(base, chosen, others)
		s.Cells[chosen].Least = 48
		if got := s.Narrow(); !slices.Equal(got, c.want) {
			t.Errorf("firm %v: narrow %v, want %v", c.firm, got, c.want)
		}
	}
}

// Two withheld cells that add up to a known sum tell each other's respondents:
// whoever is alone in one knows the other.
func TestASingleRespondentLearnsNothingOfOthers(t *testing.T) {
	for _, c := range []struct {
		counts []float64
		few    bool
		want   []int // cells that follow for a respondent of another
	}{
		{[]float64{1, 12}, true, []int{1}},
		{[]float64{1, 1}, true, []int{0, 1}},
		{[]float64{2, 12}, true, nil},
		{[]float64{1, 12}, false, nil},
		{[]float64{1, 12, 9}, true, nil},
	} {
		s := &System{}
		sum := 0.0
		var cells []int
		for _, n := range c.counts {
			cells = append(cells, s.Add(Cell{Count: n, State: Hidden, Need: 5, Few: c.few && n < 5}))
			sum += n
		}
		s.Sum(s.Add(Cell{Count: sum, State: Known}), cells...)
		got := s.Determined()
		if slices.Sort(got); !slices.Equal(got, c.want) {
			t.Errorf("counts %v: cells %v follow, want %v", c.counts, got, c.want)
		}
	}
	// A third cell covers the pair, where it can be withheld.
	s := &System{}
	s.Add(Cell{Count: 1, State: Hidden, Need: 5, Few: true})
	s.Add(Cell{Count: 12, State: Hidden, Need: 5})
	s.Add(Cell{Count: 30, State: Shown, Cost: 10, Need: 5})
	s.Sum(s.Add(Cell{Count: 43, State: Known}), 0, 1, 2)
	if covers, failed := s.Hide(); !slices.Equal(covers, []int{2}) || len(failed) > 0 {
		t.Errorf("covers %v, failed %v", covers, failed)
	}
}

// Reach gives counts that no table tells of a world that fits those that are told.
func TestReachFindsAWorldThatFits(t *testing.T) {
	build := func(told float64) (s *System, net int) {
		s = &System{}
		a, b := s.Add(Cell{Count: 10, State: Free}), s.Add(Cell{Count: 10, State: Free})
		c := s.Add(Cell{Count: 20, State: Free})
		s.Sum(s.Add(Cell{Count: 40, State: Known}), a, b, c)
		net = s.Add(Cell{Count: 20, State: Shown})
		s.Sum(net, a, b)
		return s, net
	}
	for _, c := range []struct {
		told float64
		want bool
	}{{20, true}, {33, true}, {0, true}, {41, false}} {
		s, net := build(c.told)
		if got := s.Reach(map[int]float64{net: c.told}); got != c.want {
			t.Errorf("%v of 40: reached %v", c.told, got)
			continue
		}
		if !c.want {
			continue
		}
		if math.Abs(s.Cells[net].Count-c.told) > 1e-6 {
			t.Errorf("%v is wanted, there are %v", c.told, s.Cells[net].Count)
		}
		for n, e := range s.equations {
			sum := 0.0
			for _, term := range e {
				sum += term.By * s.Cells[term.Cell].Count
			}
			if math.Abs(sum) > 1e-6 {
				t.Errorf("%v: equation %d is off by %v", c.told, n, sum)
			}
		}
	}
}

// An option is bounded by those who made another one: whoever answered chose one
// of them at least.
func TestBoundsNarrowWhatEquationsDoNot(t *testing.T) {
	build := func(bounded bool) *System {
		s := &System{}
		base := s.Add(Cell{Count: 60, State: Known})
		most := s.Add(Cell{Count: 58, State: Shown})
		rare := s.Add(Cell{Count: 3, State: Hidden, Need: 5, Few: true, Most: 6, Capped: true})
		if bounded {
			s.AtLeast(base, most, rare)
		}
		s.Sum(s.Add(Cell{Count: 60, State: Free}), rare, s.Add(Cell{Count: 57, State: Free}))
		return s
	}
	if found := build(false).Narrow(); len(found) > 0 {
		t.Errorf("cells %v are narrow: it can be 0 to 6", found)
	}
	if found := build(true).Narrow(); !slices.Equal(found, []int{2}) {
		t.Errorf("cells %v are narrow, want 2: it can be 2 to 6 only", found)
	}
}
