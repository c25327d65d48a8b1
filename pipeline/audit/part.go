package audit

// part is equations that share cells with no others, eliminated.
type part struct {
	cells     []int // by column, those in the fewest equations first
	column    map[int]int
	equations []Equation
	rows      []row // rows[c] begins with column c; empty: none does
	scratch   []uint64
}

// row is an equation that has been eliminated: its first entry is 1.
type row struct {
	column []int32
	by     []uint64
	sum    uint64
}

// eliminate brings the equations into a form in which each begins with a column
// of its own. Those that contradict others are left out.
func (p *part) eliminate() {
	p.rows = make([]row, len(p.cells))
	p.scratch = make([]uint64, len(p.cells))
	for _, e := range p.equations {
		first := len(p.cells)
		for _, t := range e.Terms {
			c := p.column[t.Cell]
			p.scratch[c] = addMod(p.scratch[c], mod(t.By))
			first = min(first, c)
		}
		sum := mod(e.Sum)
		lead := -1
		for c := first; c < len(p.scratch); c++ {
			if p.scratch[c] == 0 {
				continue
			}
			if p.rows[c].column == nil {
				lead = c
				break
			}
			sum = p.subtract(c, sum)
		}
		if lead < 0 {
			continue
		}
		scale := inverse(p.scratch[lead])
		r := row{sum: mulMod(sum, scale)}
		for c := lead; c < len(p.scratch); c++ {
			if v := p.scratch[c]; v != 0 {
				r.column, r.by = append(r.column, int32(c)), append(r.by, mulMod(v, scale))
				p.scratch[c] = 0
			}
		}
		p.rows[lead] = r
	}
}

// subtract clears a column of the scratch by the row that begins with it.
func (p *part) subtract(c int, sum uint64) uint64 {
	by := prime - p.scratch[c]
	r := &p.rows[c]
	for i, at := range r.column {
		p.scratch[at] = addMod(p.scratch[at], mulMod(by, r.by[i]))
	}
	return addMod(sum, mulMod(by, r.sum))
}

// reduce takes from a sum of cells what the equations account for. It returns
// the rest, which is the same for sums that differ by equations alone, and what
// was taken.
func (p *part) reduce(terms []Term) (rest map[int]uint64, sum uint64) {
	first := len(p.cells)
	for _, t := range terms {
		c := p.column[t.Cell]
		p.scratch[c] = addMod(p.scratch[c], mod(t.By))
		first = min(first, c)
	}
	taken := uint64(0)
	rest = map[int]uint64{}
	for c := first; c < len(p.scratch); c++ {
		switch {
		case p.scratch[c] == 0:
		case p.rows[c].column == nil:
			rest[p.cells[c]] = p.scratch[c]
			p.scratch[c] = 0
		default:
			taken = p.subtract(c, taken)
		}
	}
	return rest, (prime - taken) % prime
}
