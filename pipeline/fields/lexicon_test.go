package fields

import (
	"fmt"
	"regexp"
	"slices"
	"testing"
	"unicode"
)

// TestTablesAreWellFormed looks at each cell: words are written in the script of
// their language, but for names such as GPS, and nothing else stands beside them.
func TestTablesAreWellFormed(t *testing.T) {
	scripts := map[string]*unicode.RangeTable{
		"en": unicode.Latin, "fr": unicode.Latin, "es": unicode.Latin, "ru": unicode.Cyrillic, "ar": unicode.Arabic, "zh": unicode.Han,
	}
	odd := regexp.MustCompile(`[^\p{L}\p{M}\p{N} '’.%&+–-]|^ | $|  `)
	seen, domains, rows := map[string]bool{}, map[string]string{}, map[string]int{}
	foreign := map[string]int{}
	for _, c := range read() {
		if !regexp.MustCompile(`^[a-z0-9_]+$`).MatchString(c.field) {
			t.Errorf("%s: the name of a field is %q", c.domain, c.field)
		}
		if d, ok := domains[c.field]; ok && d != c.domain {
			t.Errorf("%s stands in %s and %s", c.field, d, c.domain)
		}
		domains[c.field] = c.domain
		rows[c.field]++
		key := fmt.Sprint(c.field, c.cells)
		if seen[key] {
			t.Errorf("%s: twice %v", c.field, c.cells)
		}
		seen[key] = true
		for i, l := range columns {
			if len(slices.Collect(c.terms(i))) == 0 {
				t.Errorf("%s: %v has no %s word", c.field, c.cells, l)
			}
			for term := range c.terms(i) {
				if odd.MatchString(term) && !(l == "zh" && regexp.MustCompile(`^[\p{Han}·]+$`).MatchString(term)) {
					t.Errorf("%s, %s: %q", c.field, l, term)
				}
				for _, r := range term {
					if unicode.IsLetter(r) && !unicode.Is(scripts[l], r) {
						foreign[l]++
						break
					}
				}
			}
		}
	}
	for l, n := range foreign {
		if n > 40 {
			t.Errorf("%s: %d words in another script", l, n)
		}
	}
	for f, n := range rows {
		if n < 20 {
			t.Errorf("%s has %d concepts alone", f, n)
		}
	}
	// docs/methods.md and docs/coding.md tell how many there are.
	if len(rows) != 199 || len(seen) < 11350 || len(seen) > 11450 {
		t.Errorf("%d concepts in %d fields", len(seen), len(rows))
	}
}

// TestEachTermIsFound looks up what the tables have.
func TestEachTermIsFound(t *testing.T) {
	for _, c := range read() {
		for i, l := range columns {
			for term := range c.terms(i) {
				x := indexes[l]()
				all := x.parted(term)
				names, n := x.at(all, x.shortest(all))
				if len(all) == 1 && functionWords[l][string(all[0])] {
					continue // such as much and towards
				}
				if !slices.Contains(names, c.field) || !slices.Contains(names, c.domain+":") || n != len(all) {
					t.Errorf("%s, %s: %q gives %v", c.field, l, term, names)
				}
			}
		}
	}
}
