package protect

import (
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/table"
)

// split is a way in which groups divide all respondents: the domains of a
// grouping, and those in none of them. Of groups that overlap each is a split of
// its own, into the group and everybody else.
type split struct {
	by    []string
	parts []piece
}

// piece is one group of a split. The last one is everybody in no domain, which
// stands nowhere but follows by subtraction.
type piece struct {
	key    string // its coordinates
	domain int    // -1 for the last
	size   float64
	asked  float64 // of them, those who can have answered, as far as may be known
	silent bool    // its size is withheld
}

// splits returns how a table by groups divides the respondents.
func (f *family) splits(t *table.Table) []split {
	g := f.groups[groupKey(t)]
	var all []piece
	rest := f.all
	for d, domain := range t.Domains {
		key := ""
		for i, by := range t.Row.By {
			key += point(by, domain.Values[i])
		}
		p := piece{key: key, domain: d, size: float64(domain.Base.Total()), silent: g.silent[d]}
		p.asked = p.size
		if asked := float64(domain.Base.Asked()); f.follows && asked >= f.k {
			p.asked = asked // which other items may tell
		}
		all = append(all, p)
		rest -= p.size
	}
	none := func(key string, size float64) piece { return piece{key: key, domain: -1, size: size} }
	if !g.overlap {
		return []split{{t.Row.By, append(all, none(point(groupKey(t), "~"), rest))}}
	}
	var out []split
	for _, p := range all {
		out = append(out, split{t.Row.By, []piece{p, none(p.key+"~", f.all-p.size)}})
	}
	return out
}

// fewAsked reports whether of a group so few were asked, or so few were not, that
// what a release withholds of it rests on nobody knowing how many.
func (f *family) fewAsked() bool {
	return f.follows && slices.ContainsFunc(f.tables, func(t *table.Table) bool {
		return len(t.Row.By) > 0 && slices.ContainsFunc(t.Domains, func(d table.Domain) bool {
			asked := d.Base.Asked()
			return float64(asked) < f.k && asked < d.Base.Total() || f.tellsSkip(d, f.groups[groupKey(t)].overlap)
		})
	})
}

// point is the coordinates of an answer to an item.
func point(item, answer string) string { return "\x00" + item + "\x01" + answer }

// cross is the coordinates of an answer within a group, whichever of the two is
// analysed.
func cross(answer, group string) string {
	if group < answer {
		answer, group = group, answer
	}
	return answer + group
}

// anyAnswer stands for all answers to an item, in coordinates.
const anyAnswer = "*"

// silence withholds the sizes of groups that are small, with what covers them,
// in every table alike: as the figures of the items that make them do where the
// plan has these, else as they would.
func silence(groups map[string]*grouping, tables []*table.Table, families []*family, k float64) {
	hidden := map[string]bool{}
	for _, f := range families {
		if !f.groupsOthers {
			continue
		}
		f.everybodyAlone()
		if g := groups[f.level()+"\x00"+f.item.Name]; g != nil && !math.IsNaN(f.base) {
			g.none, g.told = f.all-f.base, true
		}
		if t, m := f.sharesTable(nil); t != nil {
			for c, choice := range t.Choices {
				hidden[f.level()+point(f.item.Name, choice)] = m.whole != "" || m.figures[0][c]
			}
		}
	}
	done := map[*grouping]bool{}
	for _, t := range tables {
		g := groups[groupKey(t)]
		if g == nil || done[g] || len(t.Row.By) == 0 {
			continue
		}
		done[g] = true
		known := len(t.Row.By) == 1
		for d, domain := range t.Domains {
			for i, by := range t.Row.By {
				h, has := hidden[t.Level+point(by, domain.Values[i])]
				g.silent[d] = g.silent[d] || h
				known = known && has
			}
		}
		if !known {
			silentSizes(t, g, k)
		}
		for d := range g.open {
			g.open[d] = g.open[d] && !g.silent[d]
		}
	}
}

// silentSizes decides which sizes are withheld of groups that no table tells of.
func silentSizes(t *table.Table, g *grouping, k float64) {
	var sizes []float64
	for _, domain := range t.Domains {
		sizes = append(sizes, float64(domain.Base.Total()))
	}
	r := rule{k: k}
	small := slices.ContainsFunc(sizes, r.small)
	if g.overlap || !small {
		for d, n := range sizes {
			g.silent[d] = g.silent[d] || r.small(n)
		}
		return
	}
	b := newSums(r)
	var cells []int
	total := 0.0
	for d, n := range sizes {
		cells = append(cells, b.count(point("", t.Domains[d].Values[0])+point("", string(rune(d))), n, g.silent[d] || r.small(n), everybodyCost))
		total += n
	}
	b.system.Sum(b.known("", total), cells...)
	b.system.Hide()
	for d, c := range cells {
		g.silent[d] = b.hidden(c)
	}
}
