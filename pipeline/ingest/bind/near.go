package bind

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/soundings-survey/soundings/pipeline/spelling"
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

// longestLike is how many letters a name may have to be like another.
const longestLike = 100

// distance is how many letters must change.
func distance(a, b string) int {
	if utf8.RuneCountInString(a) > longestLike || utf8.RuneCountInString(b) > longestLike {
		return longestLike
	}
	return spelling.Distance(a, b)
}
