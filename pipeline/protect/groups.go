package protect

import (
	"cmp"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// grouping says which of the groups that some items make are open: only open
// groups have figures, in any table. The others stay together with those who
// are in no group, so that subtraction gives figures of all of them at once.
type grouping struct {
	open    []bool
	silent  []bool // its size is withheld where the item has its own figures: so are its bases
	overlap bool   // a respondent may be in several groups: they do not add up
}

func groupKey(t *table.Table) string { return t.Level + "\x00" + strings.Join(t.Row.By, "\x00") }

// openGroups decides for each way of grouping which groups are open: those of
// at least 2k respondents, as long as those in none of them are nobody or at
// least k.
func openGroups(s *survey.Survey, tables []*table.Table, k float64) map[string]*grouping {
	total := map[string]float64{}
	for _, t := range tables {
		if len(t.Row.By) == 0 {
			total[t.Level] = float64(t.Domains[0].Base.Total())
		}
	}
	out := map[string]*grouping{}
	for _, t := range tables {
		if len(t.Row.By) == 0 || out[groupKey(t)] != nil {
			continue
		}
		g := &grouping{open: make([]bool, len(t.Domains)), silent: make([]bool, len(t.Domains))}
		for _, name := range t.Row.By {
			if by, ok := s.Item(name); !ok || by.Type != survey.SelectOne {
				g.overlap = true
			}
		}
		sizes := make([]float64, len(t.Domains))
		rest := total[t.Level]
		for d, domain := range t.Domains {
			sizes[d] = float64(domain.Base.Total())
			if g.open[d] = sizes[d] >= 2*k; g.open[d] {
				rest -= sizes[d]
			}
		}
		for !g.overlap && rest > 0 && rest < k {
			d := smallest(g.open, sizes)
			if d < 0 {
				break
			}
			g.open[d] = false
			rest += sizes[d]
		}
		out[groupKey(t)] = g
	}
	return out
}

// smallest returns the index of the smallest open group, -1 if there is none.
func smallest(open []bool, sizes []float64) int {
	var all []int
	for d, o := range open {
		if o {
			all = append(all, d)
		}
	}
	if len(all) == 0 {
		return -1
	}
	return slices.MinFunc(all, func(a, b int) int { return cmp.Compare(sizes[a], sizes[b]) })
}

// hushed closes the groups whose sizes are withheld in the figures of the items
// that make them.
func hushed(groups map[string]*grouping, tables []*table.Table, masks map[*table.Table]*mask) {
	hidden := map[string]bool{}
	for _, t := range tables {
		m := masks[t]
		if len(t.Row.By) > 0 || m == nil || t.Row.Analysis != table.PropSelectOne && t.Row.Analysis != table.PropSelectMultiple {
			continue
		}
		for c, choice := range t.Choices {
			if m.whole != "" || m.figures[0][c] {
				hidden[t.Level+"\x00"+t.Row.Item+"\x00"+choice] = true
			}
		}
	}
	for _, t := range tables {
		g := groups[groupKey(t)]
		for d, domain := range t.Domains {
			for i, by := range t.Row.By {
				if hidden[t.Level+"\x00"+by+"\x00"+domain.Values[i]] {
					g.open[d], g.silent[d] = false, true
				}
			}
		}
	}
}
