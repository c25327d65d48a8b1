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

	none float64 // respondents in no group
	told bool    // and that is known
}

func groupKey(t *table.Table) string { return groupsOf(t.Level, t.Row.By) }

func groupsOf(level string, by []string) string { return level + "\x00" + strings.Join(by, "\x00") }

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

// mutual finds which items make groups, and withholds tables that divide one by
// another: three tables of three items two by two bound each other in ways that
// no sum shows.
func mutual(families []*family) {
	makes := map[string]bool{}
	for _, f := range families {
		for _, t := range f.tables {
			if f.masks[t].whole == "" {
				for _, by := range t.Row.By {
					makes[f.level()+point(by, "")] = true
				}
			}
		}
	}
	both := func(a, b string) bool { // an item that is divided by both
		return slices.ContainsFunc(families, func(f *family) bool {
			var by []string
			for _, t := range f.tables {
				by = append(by, t.Row.By...)
			}
			return slices.Contains(by, a) && slices.Contains(by, b)
		})
	}
	for _, f := range families {
		f.groupsOthers = makes[f.level()+point(f.item.Name, "")]
	}
	for _, f := range families {
		for _, t := range f.tables {
			if f.groupsOthers && slices.ContainsFunc(t.Row.By, func(by string) bool { return both(f.item.Name, by) }) && f.masks[t].whole == "" {
				f.masks[t].whole = whyTriangle
			}
		}
	}
}
