package spelling

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Nearest returns the word that was probably meant, whatever its letter case, or
// "" when none is near: at most one slip, and one more in four letters, with half
// of the letters in place. So no letter or digit alone is near to another, nor to
// "". A swap of neighbours is one slip.
func Nearest(word string, among []string) string {
	letters := utf8.RuneCountInString(word)
	best, least := "", letters/4+2
	for _, w := range among {
		d := slips([]rune(strings.ToLower(word)), []rune(strings.ToLower(w)), true)
		if d < least && 2*d <= max(letters, utf8.RuneCountInString(w)) {
			best, least = w, d
		}
	}
	return best
}

// DidYouMean names the word that was probably meant, or gives the remedy for
// when none is near.
func DidYouMean(word string, among []string, otherwise string) string {
	if near := Nearest(word, among); near != "" {
		return fmt.Sprintf("Did you mean %q?", near)
	}
	return otherwise
}

// Distance is the number of letters to be put in, taken out or exchanged
// (Levenshtein 1966).
func Distance(a, b string) int { return slips([]rune(a), []rune(b), false) }

// slips counts the letters to be put in, taken out or exchanged and, where swaps
// count as one, the neighbours that changed places (optimal string alignment).
func slips(a, b []rune, swaps bool) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, last, row = last, row, before
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if swaps && i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
	}
	return row[len(b)]
}
