package suppress

import (
	"math"
	"math/bits"
)

// prime is the modulus of the exact elimination, 2^61-1: an equation that holds
// of numbers holds of their remainders, so that no cell that follows from what
// is shown is missed; that a cell seems to follow and does not would take a
// determinant that happens to be a multiple of the prime.
const prime = 1<<61 - 1

// Determined returns the withheld cells, and those that stand nowhere and have
// a need, that follow from what is shown by the equations alone, also for
// somebody who knows one withheld count of a single respondent: their own.
func (s *System) Determined() []int {
	var out []int
	seen := map[int]bool{}
	add := func(cells []int) {
		for _, c := range cells {
			if !seen[c] {
				seen[c] = true
				out = append(out, c)
			}
		}
	}
	for _, p := range s.parts(func(i int) bool { return !s.Cells[i].still() }) {
		add(p.determined(s, -1))
		for _, i := range p.cells {
			if c := &s.Cells[i]; c.State == Hidden && c.Few && c.Count == 1 {
				add(p.determined(s, i))
			}
		}
	}
	for i := range s.Cells {
		if c := &s.Cells[i]; c.State == Hidden && c.Need > 0 && c.still() {
			add([]int{i})
		}
	}
	return out
}

// determined eliminates in exact arithmetic; without is the cell of a single
// respondent who knows it, or -1.
func (p *part) determined(s *System, without int) []int {
	known := -1
	if without >= 0 {
		known = p.at[without]
	}
	var rows []map[int]uint64
	var leads []int
	for _, e := range p.equations {
		r := map[int]uint64{}
		whole := true
		for _, t := range e {
			if t.Cell == known {
				continue
			}
			v, ok := residue(t.By)
			whole = whole && ok
			if v = addMod(r[t.Cell], v); v == 0 {
				delete(r, t.Cell)
			} else {
				r[t.Cell] = v
			}
		}
		if !whole || p.loose(s, e) {
			continue // a rounded sum: it fixes nothing exactly
		}
		for i, lead := range leads {
			if f := r[lead]; f != 0 {
				takeMod(r, rows[i], f)
			}
		}
		lead := -1
		for c := range r {
			if lead < 0 || c < lead {
				lead = c
			}
		}
		if lead < 0 {
			continue
		}
		inverse := invMod(r[lead])
		for c, v := range r {
			r[c] = mulMod(v, inverse)
		}
		for i := range rows {
			if f := rows[i][lead]; f != 0 {
				takeMod(rows[i], r, f)
			}
		}
		rows, leads = append(rows, r), append(leads, lead)
	}
	var out []int
	for i, r := range rows {
		c := &s.Cells[p.cells[leads[i]]]
		if len(r) == 1 && c.State == Hidden && c.Need > 0 && (without < 0 || c.Few) {
			out = append(out, p.cells[leads[i]])
		}
	}
	return out
}

// loose reports whether an equation holds a cell that is shown rounded.
func (p *part) loose(s *System, e []Term) bool {
	for _, t := range e {
		if s.Cells[p.cells[t.Cell]].State == Shown {
			return true
		}
	}
	return false
}

// residue returns a whole coefficient modulo the prime.
func residue(v float64) (uint64, bool) {
	if v != math.Trunc(v) || math.Abs(v) > 1<<52 {
		return 0, false
	}
	if v < 0 {
		return prime - uint64(-v), true
	}
	return uint64(v), true
}

func addMod(a, b uint64) uint64 {
	if a += b; a >= prime {
		a -= prime
	}
	return a
}

func mulMod(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	// a*b = hi*2^64 + lo, and 2^61 is 1 modulo the prime.
	return addMod(addMod(lo&prime, lo>>61), hi<<3%prime)
}

func invMod(a uint64) uint64 {
	out := uint64(1)
	for e := uint64(prime - 2); e > 0; e >>= 1 {
		if e&1 == 1 {
			out = mulMod(out, a)
		}
		a = mulMod(a, a)
	}
	return out
}

// takeMod takes f times another row from a row.
func takeMod(r, other map[int]uint64, f uint64) {
	minus := prime - f
	for c, v := range other {
		if n := addMod(r[c], mulMod(v, minus)); n == 0 {
			delete(r, c)
		} else {
			r[c] = n
		}
	}
}
