package audit

// unbounded is more than any count.
const unbounded = int64(1) << 40

// patience bounds how often one equation is looked at: bounds that creep towards
// each other for longer are left to a Bounder.
const patience = 40

// bound narrows the least and the greatest count of each cell by one equation
// after the other until none narrows any further. Cells with one count left are
// known. It returns how many it found.
func (s *system) bound(left []Equation) int {
	s.least, s.greatest = make([]int64, s.cells), make([]int64, s.cells)
	in := make([][]int32, s.cells)
	for c := range s.cells {
		s.greatest[c] = unbounded
	}
	todo := make([]int32, len(left))
	queued, looks := make([]bool, len(left)), make([]int, len(left))
	for i, e := range left {
		todo[i], queued[i] = int32(i), true
		for _, t := range e.Terms {
			in[t.Cell] = append(in[t.Cell], int32(i))
		}
	}
	for len(todo) > 0 {
		i := todo[0]
		todo = todo[1:]
		queued[i] = false
		if looks[i]++; looks[i] > patience {
			continue
		}
		for _, c := range s.tighten(left[i]) {
			for _, j := range in[c] {
				if !queued[j] {
					queued[j] = true
					todo = append(todo, j)
				}
			}
		}
	}
	found := 0
	for c := range s.cells {
		if _, known := s.value[c]; !known && len(in[c]) > 0 && s.least[c] == s.greatest[c] {
			s.value[c] = s.least[c]
			found++
		}
	}
	return found
}

// tighten narrows the cells of an equation by what the others leave, and returns
// those it narrowed. Bounds that contradict each other stay as they are.
func (s *system) tighten(e Equation) []int {
	var low, high int64 // of all terms, but for those without a bound
	var narrowed [][2]int64
	lows, highs := 0, 0 // how many those are
	ends := func(t Term) (int64, int64, bool) {
		lo, hi, open := s.least[t.Cell]*t.By, s.greatest[t.Cell]*t.By, s.greatest[t.Cell] >= unbounded
		if t.By < 0 {
			lo, hi = hi, lo
		}
		return lo, hi, open
	}
	for _, t := range e.Terms {
		lo, hi, open := ends(t)
		switch {
		case open && t.By > 0:
			low, highs = low+lo, highs+1
		case open:
			lows, high = lows+1, high+hi
		default:
			low, high = low+lo, high+hi
		}
	}
	var out []int
	for _, t := range e.Terms {
		lo, hi, open := ends(t)
		othersLow, othersHigh := lows, highs
		switch {
		case open && t.By > 0:
			othersHigh, hi = othersHigh-1, 0
		case open:
			othersLow, lo = othersLow-1, 0
		}
		// By times the cell lies between the sum less the most that the others can
		// be, and the sum less the least.
		least, greatest := s.least[t.Cell], s.greatest[t.Cell]
		if othersLow == 0 {
			if most := e.Sum - (low - lo); t.By > 0 {
				greatest = min(greatest, floor(most, t.By))
			} else {
				least = max(least, ceil(most, t.By))
			}
		}
		if othersHigh == 0 {
			if fewest := e.Sum - (high - hi); t.By > 0 {
				least = max(least, ceil(fewest, t.By))
			} else {
				greatest = min(greatest, floor(fewest, t.By))
			}
		}
		if least <= greatest && (least > s.least[t.Cell] || greatest < s.greatest[t.Cell]) {
			out = append(out, t.Cell)
			narrowed = append(narrowed, [2]int64{least, greatest})
		}
	}
	for i, c := range out {
		s.least[c], s.greatest[c] = narrowed[i][0], narrowed[i][1]
	}
	return out
}

func floor(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

func ceil(a, b int64) int64 { return -floor(-a, b) }

// between returns bounds of a sum of cells: a range in which it lies, if not the
// narrowest.
func (s *system) between(cells []int) (least, greatest int64) {
	for _, c := range cells {
		if v, known := s.value[c]; known {
			least, greatest = least+v, greatest+v
			continue
		}
		least, greatest = least+s.least[c], min(unbounded, greatest+s.greatest[c])
	}
	return least, greatest
}
