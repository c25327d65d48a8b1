package records

import (
	"strconv"
	"strings"
)

// Variable is what the data file of a statistics program says of a column.
type Variable struct {
	Label   string       // the question
	Values  []ValueLabel // values and what they stand for, in the order of the file
	Ordered bool         // the values stand on a scale
	Missing []Declared   // values that are no answer
}

// ValueLabel says what a value stands for. The value is written as in cells.
type ValueLabel struct{ Value, Label string }

// Declared is a value, or a range of values, that a file declares to be no
// answer. Low and High are written as in cells; an open end is "".
type Declared struct {
	Low, High string
	Range     bool
}

// IsMissing reports whether the file declares the value of a cell to be no answer.
func (v *Variable) IsMissing(cell string) bool {
	if cell == "" {
		return false
	}
	for _, d := range v.Missing {
		if !d.Range && cell == d.Low || d.Range && (d.Low == "" || !less(cell, d.Low)) && (d.High == "" || !less(d.High, cell)) {
			return true
		}
	}
	return false
}

// less compares numbers by their value, and dates, which are written so that
// their texts have their order, by their text.
func less(a, b string) bool {
	x, err1 := strconv.ParseFloat(a, 64)
	y, err2 := strconv.ParseFloat(b, 64)
	if err1 != nil || err2 != nil {
		return a < b
	}
	return x < y
}

// DeclaredMissing writes the declared values for people, as in "8, 90 to 99".
func (v *Variable) DeclaredMissing() string {
	var out []string
	for _, d := range v.Missing {
		switch {
		case !d.Range:
			out = append(out, Printable(d.Low))
		case d.Low == "":
			out = append(out, "up to "+Printable(d.High))
		case d.High == "":
			out = append(out, Printable(d.Low)+" and more")
		default:
			out = append(out, Printable(d.Low)+" to "+Printable(d.High))
		}
	}
	return strings.Join(out, ", ")
}
