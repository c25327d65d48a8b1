package suppress

import (
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
)

// prime is the modulus of the exact elimination, 2^61-1: an equation that holds
// of numbers holds of their remainders, so that no cell that follows from what
// is shown is missed; that a cell seems to follow and does not would take a
// determinant that happens to be a multiple of the prime.
const prime = 1<<61 - 1

// found is a cell that follows from what is shown: for everybody, or, unless
// insider is -1, for the single respondent of that cell.
type found struct{ cell, insider int }

// Determined returns the withheld cells that follow from what is shown by the
// equations alone, also for somebody who knows one withheld count of a single
// respondent: their own.
func (s *System) Determined() []int {
	var out []int
	seen := map[int]bool{}
	in := map[int]bool{}
	for _, p := range s.parts(func(i int) bool { return !s.Cells[i].still() }) {
		for _, f := range p.determined(s) {
			if !seen[f.cell] {
				seen[f.cell] = true
				out = append(out, f.cell)
			}
		}
		for _, i := range p.cells {
			in[i] = true
		}
	}
	for i := range s.Cells {
		if c := &s.Cells[i]; c.State == Hidden && c.Need > 0 && !in[i] {
			out = append(out, i)
		}
	}
	return out
}

// determined eliminates in exact arithmetic. In the reduced rows a cell follows
// when it stands alone in a row. It follows from one other cell when the two
// stand alone in a row, or when each leads a row and the rests of both rows are
// multiples of each other.
func (p *part) determined(s *System) (out []found) {
	rows, leads := p.reduced(s)
	cell := func(j int) *Cell { return &s.Cells[p.cells[j]] }
	pair := func(a, b int) {
		for _, x := range [][2]int{{a, b}, {b, a}} {
			single, other := cell(x[0]), cell(x[1])
			if single.State == Hidden && single.Few && single.Count == 1 && other.State == Hidden && other.Need > 0 {
				out = append(out, found{p.cells[x[1]], p.cells[x[0]]})
			}
		}
	}
	rests := map[string][]int{} // leads of rows whose rests are alike
	for i, r := range rows {
		if c := cell(leads[i]); len(r) == 1 && c.State == Hidden && c.Need > 0 {
			out = append(out, found{p.cells[leads[i]], -1})
		}
		if len(r) == 2 {
			for c := range r {
				if c != leads[i] {
					pair(leads[i], c)
				}
			}
		}
		if len(r) > 1 {
			key := rest(r, leads[i])
			for _, lead := range rests[key] {
				pair(lead, leads[i])
			}
			rests[key] = append(rests[key], leads[i])
		}
	}
	return out
}

// rest writes what a row holds besides its lead, up to a factor.
func rest(r map[int]uint64, lead int) string {
	var columns []int
	for c := range r {
		if c != lead {
			columns = append(columns, c)
		}
	}
	slices.Sort(columns)
	by := invMod(r[columns[0]])
	out := make([]byte, 0, 12*len(columns))
	for _, c := range columns {
		out = binary.LittleEndian.AppendUint32(out, uint32(c))
		out = binary.LittleEndian.AppendUint64(out, mulMod(r[c], by))
	}
	return string(out)
}

// reduced returns the equations in reduced form, each with the column it leads.
func (p *part) reduced(s *System) (rows []map[int]uint64, leads []int) {
	for _, e := range p.equations {
		r := map[int]uint64{}
		whole := true
		for _, t := range e {
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
	return rows, leads
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
