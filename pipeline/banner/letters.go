package banner

import (
	"cmp"
	"slices"
	"strings"
)

// Letter returns the letter of a column, counted from 0 within its question of
// the banner: A to Z, then AA, AB and so on.
func Letter(column int) string {
	letter := string(rune('A' + column%26))
	if column < 26 {
		return letter
	}
	return Letter(column/26-1) + letter
}

// Difference says that the figure of one column is larger than that of another,
// by more than chance would give at the first level of confidence, or only at
// the second.
type Difference struct {
	High, Low int
	Second    bool
}

// Letters returns what stands beside the figures of one row under one question
// of the banner: for each column the letters of those that its figure exceeds,
// in their order, capital at the first level and small at the second. Blanks
// part them where some have two signs.
func Letters(columns int, found []Difference) []string {
	out := make([]string, columns)
	part := ""
	if columns > 26 {
		part = " "
	}
	for column := range out {
		var mine []Difference
		for _, d := range found {
			if d.High == column && d.Low != column && d.Low >= 0 && d.Low < columns {
				mine = append(mine, d)
			}
		}
		slices.SortStableFunc(mine, func(a, b Difference) int { return cmp.Compare(a.Low, b.Low) })
		var letters []string
		for _, d := range mine {
			letter := Letter(d.Low)
			if d.Second {
				letter = strings.ToLower(letter)
			}
			letters = append(letters, letter)
		}
		out[column] = strings.Join(letters, part)
	}
	return out
}
