package derive

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/expr"
)

// Needs returns the names that a definition speaks of; none where it cannot be
// read.
func (d Definition) Needs() []string {
	if d.From != "" {
		return []string{d.From}
	}
	parsed, err := expr.Parse(d.Expression)
	if err != nil {
		return nil
	}
	return parsed.Items()
}

// WithMade returns names with those of all items that are made of them: what
// says where or who a respondent is says so under another name too.
func WithMade(names []string, definitions []Definition) []string {
	out := slices.Clone(names)
	for {
		before := len(out)
		for _, d := range definitions {
			made := slices.ContainsFunc(d.Needs(), func(n string) bool { return slices.Contains(out, n) })
			if made && !slices.Contains(out, d.Name) {
				out = append(out, d.Name)
			}
		}
		if len(out) == before {
			return out
		}
	}
}
