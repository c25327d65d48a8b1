package codings

import (
	"strings"

	"github.com/soundings-survey/soundings/pipeline/agreement"
)

// Arrow stands between a code and the one under it in a path, as in
// "harm->fear".
const Arrow = "->"

// WithParents returns the list with the codes above each code: who gives a unit
// "harm->fear" says "harm" of it too, whether or not that was written down. Each
// is given once. Spaces around arrows do not matter.
func (l List) WithParents() List {
	out := List{}
	given := map[agreement.Coding]bool{}
	for i, c := range l.Codings {
		c.Code = trimmed(c.Code)
		given[c] = true
		l.put(&out, i, c)
	}
	for i, c := range l.Codings {
		path := trimmed(c.Code)
		for at := strings.LastIndex(path, Arrow); at >= 0; at = strings.LastIndex(path, Arrow) {
			path = path[:at]
			c.Code = path
			if !given[c] {
				given[c] = true
				l.put(&out, i, c)
			}
		}
	}
	return out
}

// put adds the coding at a place of the list.
func (l List) put(out *List, at int, c agreement.Coding) {
	out.Codings, out.Rows = append(out.Codings, c), append(out.Rows, l.Rows[at])
	if l.By != nil {
		out.By = append(out.By, l.By[at])
	}
}

// Top returns the list with each code as the one at the top of its path, once a
// unit and coder.
func (l List) Top() List {
	out := List{}
	given := map[agreement.Coding]bool{}
	for i, c := range l.Codings {
		c.Code, _, _ = strings.Cut(trimmed(c.Code), Arrow)
		if !given[c] {
			given[c] = true
			l.put(&out, i, c)
		}
	}
	return out
}

func trimmed(path string) string {
	parts := strings.Split(path, Arrow)
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return strings.Join(parts, Arrow)
}
