package protect

import (
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// mask says what of a table is withheld.
type mask struct {
	whole    string // why all of it is, or ""
	base     []bool
	figures  [][]bool
	primary  [][]bool // figures that are withheld for what they say themselves
	missing  [survey.Reasons]bool
	interval bool // intervals are withheld
}

func newMask(t *table.Table) *mask {
	m := &mask{base: make([]bool, len(t.Domains))}
	for range t.Domains {
		m.figures = append(m.figures, make([]bool, len(t.Choices)))
		m.primary = append(m.primary, make([]bool, len(t.Choices)))
	}
	return m
}

// any reports whether a figure of the table is withheld.
func (m *mask) any() bool {
	if m.whole != "" {
		return true
	}
	for _, row := range m.figures {
		for _, hidden := range row {
			if hidden {
				return true
			}
		}
	}
	return false
}

// rule is what is withheld for what it says itself.
type rule struct {
	k         float64
	sensitive bool
}

func (r rule) small(n float64) bool { return n >= 1 && n < r.k }

// primary reports whether a count in a base may not be shown: when few made the
// choice, when few did not, and of a sensitive item also when nobody did or
// everybody did, which says of each what they answered.
func (r rule) primary(n, base float64) bool {
	return r.small(n) || r.small(base-n) || r.sensitive && base > 0 && (n == 0 || n == base)
}
