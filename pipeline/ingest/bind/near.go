package bind

import (
	"slices"
	"strings"
)

// Near returns the names most like a name, at most three, the nearest first:
// those that differ in case, signs or groups, or in a few letters.
func Near(name string, names []string) []string {
	type candidate struct {
		name string
		far  int
	}
	var found []candidate
	want := plainName(name)
	for _, other := range names {
		plain := plainName(other)
		far := distance(want, plain)
		if strings.HasSuffix(plain, want) && len(want) > 2 {
			far = min(far, 1)
		}
		if far <= max(1, len(want)/3) && plain != "" {
			found = append(found, candidate{other, far})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return a.far - b.far })
	var out []string
	for _, f := range found[:min(3, len(found))] {
		out = append(out, f.name)
	}
	return out
}

// plainName leaves of a name its letters and digits, in lower case.
func plainName(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" _-./:\ufeff\u00a0", r) {
			return -1
		}
		return r
	}, strings.ToLower(name))
}

// distance is Levenshtein's: how many letters must change.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x) > 100 || len(y) > 100 {
		return 100
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			cost := diagonal
			if x[i] != y[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(y)]
}
