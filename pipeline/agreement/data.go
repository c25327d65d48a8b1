// Package agreement says how far coders agree who gave codes to the same units:
// two coders or many, one code a unit or several, with codes missing. What
// cannot be computed is undefined, with the reason; it is never a number.
package agreement

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
)

// Coding says that a coder gave a unit a code. With an empty code the coder has
// looked at the unit and found nothing, which counts where units have several
// codes, and is missing where they have one.
type Coding struct{ Unit, Coder, Code string }

// None stands for a code that a coder did not give.
const None = -1

// Data holds one code at most of each coder for each unit.
type Data struct {
	Units  []string // in alphabetical order
	Coders []string // in alphabetical order
	Codes  []string // in their order
	cells  [][]int  // by unit and coder; a place in Codes, or None
}

// New sorts codings by unit and coder. The order of codes is that given; where
// none is, that of their numbers if all are numbers, else of the alphabet. Two
// codes of a coder for a unit, and a code that the order lacks, are an error,
// which tells the place of the coding in the list (from 0) as *CodingError.
func New(codings []Coding, order []string) (*Data, error) {
	d := &Data{Codes: order}
	var used []string
	for _, c := range codings {
		d.Units = append(d.Units, c.Unit)
		d.Coders = append(d.Coders, c.Coder)
		if c.Code != "" {
			used = append(used, c.Code)
		}
	}
	d.Units, d.Coders = distinct(d.Units), distinct(d.Coders)
	if d.Codes == nil {
		d.Codes = ordered(distinct(used))
	}
	place := make(map[string]int, len(d.Codes))
	for k, c := range d.Codes {
		if _, twice := place[c]; twice {
			return nil, twiceInOrder(k)
		}
		place[c] = k
	}
	d.cells = make([][]int, len(d.Units))
	for i := range d.cells {
		d.cells[i] = slices.Repeat([]int{None}, len(d.Coders))
	}
	for at, c := range codings {
		if c.Code == "" {
			continue
		}
		k, known := place[c.Code]
		if !known {
			return nil, &CodingError{at, "the order of codes lacks its code"}
		}
		i, _ := slices.BinarySearch(d.Units, c.Unit)
		j, _ := slices.BinarySearch(d.Coders, c.Coder)
		if d.cells[i][j] != None {
			return nil, &CodingError{at, "its coder has coded its unit before"}
		}
		d.cells[i][j] = k
	}
	return d, nil
}

func twiceInOrder(k int) error {
	return fmt.Errorf("the order of codes names one twice, in place %d", k+1)
}

// CodingError says what is the matter with one coding of a list. It holds
// nothing of the coding.
type CodingError struct {
	At      int // place in the list, from 0
	Problem string
}

// Error gives the place and the problem.
func (e *CodingError) Error() string { return fmt.Sprintf("coding %d: %s", e.At+1, e.Problem) }

// Of returns the data of some units alone, with all coders and codes.
func (d *Data) Of(in func(unit string) bool) *Data {
	out := &Data{Coders: d.Coders, Codes: d.Codes}
	for i, unit := range d.Units {
		if in(unit) {
			out.Units, out.cells = append(out.Units, unit), append(out.cells, d.cells[i])
		}
	}
	return out
}

// Table counts units that both coders, by their places in Coders, have coded.
func (d *Data) Table(first, second int) Table {
	t := NewTable(len(d.Codes))
	for _, row := range d.cells {
		if a, b := row[first], row[second]; a != None && b != None {
			t[a][b]++
		}
	}
	return t
}

// Counts tells how many coders gave each unit each code, units without any left
// out.
func (d *Data) Counts() Counts {
	out, _ := d.counts()
	return out
}

func (d *Data) counts() (Counts, []string) {
	var out Counts
	var units []string
	for i, row := range d.cells {
		counts := make([]float64, len(d.Codes))
		some := false
		for _, k := range row {
			if k != None {
				counts[k]++
				some = true
			}
		}
		if some {
			out = append(out, counts)
			units = append(units, d.Units[i])
		}
	}
	return out, units
}

// Numbers returns the codes as numbers; false where one is none.
func (d *Data) Numbers() ([]float64, bool) { return numbers(d.Codes) }

func numbers(codes []string) ([]float64, bool) {
	out := make([]float64, len(codes))
	for i, c := range codes {
		x, err := strconv.ParseFloat(c, 64)
		if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
			return nil, false
		}
		out[i] = x
	}
	return out, true
}

func distinct(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}

// ordered puts codes that are all numbers in the order of their numbers.
func ordered(codes []string) []string {
	if _, all := numbers(codes); all {
		slices.SortStableFunc(codes, func(a, b string) int {
			x, _ := strconv.ParseFloat(a, 64)
			y, _ := strconv.ParseFloat(b, 64)
			return cmp.Compare(x, y)
		})
	}
	return codes
}
