package agreement

import "slices"

// Labels holds any number of codes of each coder for each unit, as a yes or no
// for each code.
type Labels struct {
	Units  []string // in alphabetical order
	Coders []string // in alphabetical order
	Codes  []string // in their order
	given  [][][]int
}

// The answers to whether a coder gave a code, beside None.
const (
	no  = 0
	yes = 1
)

// NewLabels sorts codings by unit and coder. A coder who has a coding for a
// unit, were it an empty code, has decided on every code there. Codes are in the
// order given, or as New orders them; a code that the order lacks, or that
// stands twice for a unit, is a *CodingError.
func NewLabels(codings []Coding, order []string) (*Labels, error) {
	var units, coders, used []string
	for _, c := range codings {
		units, coders = append(units, c.Unit), append(coders, c.Coder)
		if c.Code != "" {
			used = append(used, c.Code)
		}
	}
	if order == nil {
		order = ordered(distinct(used))
	}
	l := &Labels{Units: distinct(units), Coders: distinct(coders), Codes: order}
	l.given = decisions(len(l.Units), len(l.Coders), len(order))
	place := make(map[string]int, len(order))
	for k, c := range order {
		if _, twice := place[c]; twice {
			return nil, twiceInOrder(k)
		}
		place[c] = k
	}
	for at, c := range codings {
		i, _ := slices.BinarySearch(l.Units, c.Unit)
		j, _ := slices.BinarySearch(l.Coders, c.Coder)
		row := l.given[i][j]
		if slices.Contains(row, None) {
			clear(row)
		}
		if c.Code == "" {
			continue
		}
		k, known := place[c.Code]
		if !known {
			return nil, &CodingError{at, "the order of codes lacks its code"}
		}
		if row[k] == yes {
			return nil, &CodingError{at, "its coder has given its unit the same code before"}
		}
		row[k] = yes
	}
	return l, nil
}

// decisions makes room for decisions, none of them taken.
func decisions(units, coders, codes int) [][][]int {
	out := make([][][]int, units)
	for i := range out {
		out[i] = make([][]int, coders)
		for j := range out[i] {
			out[i][j] = slices.Repeat([]int{None}, codes)
		}
	}
	return out
}

// Of returns the labels of some units alone, with all coders and codes.
func (l *Labels) Of(in func(unit string) bool) *Labels {
	out := &Labels{Coders: l.Coders, Codes: l.Codes}
	for i, unit := range l.Units {
		if in(unit) {
			out.Units, out.given = append(out.Units, unit), append(out.given, l.given[i])
		}
	}
	return out
}

// codedBy counts the units that two coders have coded.
func (l *Labels) codedBy(first, second int) (n float64) {
	for _, unit := range l.given {
		if len(l.Codes) > 0 && unit[first][0] != None && unit[second][0] != None {
			n++
		}
	}
	return n
}

// Code returns the decisions on one code, by its place, as data with the codes
// "0" and "1".
func (l *Labels) Code(k int) *Data {
	d := &Data{Units: l.Units, Coders: l.Coders, Codes: []string{"0", "1"}}
	for _, unit := range l.given {
		row := make([]int, len(unit))
		for j, decided := range unit {
			row[j] = decided[k]
		}
		d.cells = append(d.cells, row)
	}
	return d
}

// Pooled returns all decisions, those on each code of a unit as those on a unit
// of its own. As they are not independent, intervals made of them are too narrow.
func (l *Labels) Pooled() *Data {
	d := &Data{Coders: l.Coders, Codes: []string{"0", "1"}}
	for i, unit := range l.given {
		for k := range l.Codes {
			row := make([]int, len(unit))
			for j, decided := range unit {
				row[j] = decided[k]
			}
			d.Units = append(d.Units, l.Units[i]+"\x00"+l.Codes[k])
			d.cells = append(d.cells, row)
		}
	}
	return d
}

// Positive returns the agreement on a code of a table of decisions (no, yes): of
// all that a coder gave it, the share where the other did too (Cicchetti and
// Feinstein 1990). It is undefined where nobody gave it.
func (t Table) Positive() Coefficient {
	if len(t) != 2 {
		return undefined(NotSquare)
	}
	both, one := 2*t[1][1], t[0][1]+t[1][0]
	if both+one == 0 {
		return undefined(NoVariance)
	}
	return point(both / (both + one))
}

// Sets says how alike the sets of codes are that units were given.
type Sets struct {
	Compared float64     // pairs of sets
	Jaccard  Coefficient // mean of codes in both over codes in either; 1 where both are empty
	Exact    Coefficient // share of equal sets
}

// Sets compares the sets of each pair of coders, over all units on which both
// decided on all codes (Jaccard 1912).
func (l *Labels) Sets() Sets {
	n, alike, equal := 0.0, 0.0, 0.0
	for _, unit := range l.given {
		for j, a := range unit {
			for _, b := range unit[:j] {
				if slices.Contains(a, None) || slices.Contains(b, None) {
					continue
				}
				both, either := 0.0, 0.0
				for k := range a {
					both += float64(a[k] & b[k])
					either += float64(a[k] | b[k])
				}
				n++
				if either == both {
					alike, equal = alike+1, equal+1
				} else {
					alike += both / either
				}
			}
		}
	}
	if n == 0 {
		return Sets{0, undefined(NoPairs), undefined(NoPairs)}
	}
	return Sets{n, point(alike / n), point(equal / n)}
}
