package bind

import (
	"strings"
	"unicode"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// longestName is how many bytes the name of a column may have to be looked at;
// a longer one is of no item.
const longestName = 10_000

// Tidy takes off a name what cannot be seen: white space and marks at its ends,
// and everywhere marks without a width and byte order marks.
func Tidy(name string) string {
	name = strings.Map(func(r rune) rune {
		if r == '\u200b' || r == '\u2060' || r == '\ufeff' || r == '\u00ad' {
			return -1
		}
		return r
	}, name)
	return strings.TrimFunc(name, func(r rune) bool {
		return unicode.IsSpace(r) || r >= 0x200c && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
	})
}

// byCase gives a column that means nothing the item whose name differs only in
// capital letters: where no other column has that item, and no other is as like
// it.
func (h *Header) byCase(s *survey.Survey, level int) {
	has := map[string]int{}
	for _, c := range h.Columns {
		if c.Role == Unknown {
			has[strings.ToLower(c.As)]++
		}
	}
	items := map[string]int{}
	for i := range s.Items {
		item := &s.Items[i]
		if level >= 0 && item.Level != level || item.Derived != "" || item.Given != "" {
			continue
		}
		folded := strings.ToLower(item.Name)
		if _, twice := items[folded]; twice {
			items[folded] = ambiguous
		} else {
			items[folded] = i
		}
	}
	m := matcher{survey: s}
	for k := range h.Columns {
		c := &h.Columns[k]
		folded := strings.ToLower(c.As)
		if c.Role != Unknown || len(c.Means) > 0 || has[folded] != 1 {
			continue
		}
		if i, ok := items[folded]; ok && i != ambiguous {
			if !h.Has(i) {
				*c = m.item(*c, i)
				c.Otherwise = true
				h.Known++
				if c.Role == Answer {
					h.Bound++
				}
			}
		} else if role, ok := toolColumn(folded); ok && role != SetAside && h.Find(role) < 0 {
			c.Role, c.Otherwise = role, true
			h.Known++
		}
	}
}
