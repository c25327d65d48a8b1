package protect

import (
	"math"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// enter puts all counts of a family into a system: those of everybody, those by
// groups, and what means tell of them.
func (f *family) enter(b *sums) {
	f.figures, f.bases, f.remainders = map[*table.Table][][]int{}, map[*table.Table][]int{}, map[*table.Table][]int{}
	f.wanted = map[int]float64{}
	f.enterEverybody(b)
	var done [][]string
	for _, t := range f.tables {
		by := t.Row.By
		if len(by) == 0 || f.masks[t].whole != "" || slices.ContainsFunc(done, func(o []string) bool { return slices.Equal(o, by) }) {
			continue
		}
		done = append(done, by)
		for _, sp := range f.splits(t) {
			f.enterSplit(b, sp)
		}
		if f.groups[groupKey(t)].overlap {
			f.enterOverlaps(b, t)
		}
	}
	f.enterMeans(b, false)
}

// keep notes in which cell a figure stands.
func (f *family) keep(t *table.Table, d, c, cell int) {
	if f.figures[t] == nil {
		f.figures[t] = make([][]int, len(t.Domains))
		for i := range f.figures[t] {
			f.figures[t][i] = slices.Repeat([]int{-1}, len(t.Choices))
		}
	}
	f.figures[t][d][c] = cell
}

// no stands for those who did not choose an option, or none of a net.
func no(choice string) string { return "!" + choice }

func netName(t *table.Table) string { return "net:" + strings.Join(t.Row.Values, "|") }

// margins finds the counts of everybody: those of the table of everybody, or,
// where there is none, stand-ins that fit all tables by groups.
func (f *family) margins() {
	f.margin, f.linked = map[string]float64{}, true
	shares := f.shares(nil)
	if shares != nil {
		for c, choice := range shares.Choices {
			f.margin[choice] = float64(shares.Cells[0][c].Count)
		}
	}
	for _, t := range f.nets(nil) {
		f.margin[netName(t)] = float64(t.Cells[0][0].Count)
	}
	f.marginBase = f.base
	if !math.IsNaN(f.base) && shares != nil {
		f.netMargins()
		return
	}
	var bases float64
	for _, t := range f.tables {
		if len(t.Row.By) == 0 || f.masks[t].whole != "" {
			continue
		}
		base := 0.0
		g := f.groups[groupKey(t)]
		sums := make([]float64, len(t.Choices))
		for d, domain := range t.Domains {
			n := float64(domain.Base.Answered())
			if base += n; g.overlap {
				base = math.Max(base-n, n)
			}
			for c := range sums {
				n := float64(t.Cells[d][c].Count)
				if sums[c] += n; g.overlap {
					sums[c] = math.Max(sums[c]-n, n)
				}
			}
		}
		bases = math.Max(bases, base)
		for c, choice := range t.Choices {
			switch t.Row.Analysis {
			case table.Mean:
				continue
			case table.PropNet:
				choice = netName(t)
			}
			f.margin[choice] = math.Max(f.margin[choice], sums[c])
		}
	}
	if math.IsNaN(f.marginBase) {
		f.marginBase = bases
	}
	f.standIn()
	if math.IsNaN(f.all) {
		f.all = f.marginBase
		for _, t := range f.tables {
			n := 0.0
			for _, domain := range t.Domains {
				n += float64(domain.Base.Total())
			}
			f.all = math.Max(f.all, n)
		}
	}
}

// standIn makes the counts of everybody that no table tells of fit the base: who
// is in no group can have answered anything.
func (f *family) standIn() {
	if !f.single() || !f.item.Type.HasChoices() {
		return
	}
	sum := 0.0
	first := ""
	for _, c := range f.survey.Choices(f.item) {
		if n, have := f.margin[c.Name]; have {
			sum += n
			if first == "" {
				first = c.Name
			}
		}
	}
	switch {
	case first == "":
		return
	case math.IsNaN(f.base):
		f.marginBase = math.Max(f.marginBase, sum)
	case sum > f.marginBase:
		f.linked = false
	}
	f.margin[first] += math.Max(0, f.marginBase-sum)
}

// enterEverybody puts in the figures of all respondents.
func (f *family) enterEverybody(b *sums) {
	f.margins()
	name := f.item.Name
	base := b.known(point(name, anyAnswer), f.marginBase)
	put := func(t *table.Table, c int, choice string, cost float64) int {
		n := float64(t.Cells[0][c].Count)
		cell := b.count(point(name, choice), n, f.masks[t].figures[0][c] || f.primary(n, f.base), cost)
		if f.settled {
			b.fix(cell)
		}
		f.keep(t, 0, c, cell)
		return cell
	}
	shares := f.shares(nil)
	cells := map[string]int{}
	if shares != nil {
		var all []int
		for c, choice := range shares.Choices {
			cells[choice] = put(shares, c, choice, everybodyCost)
			all = append(all, cells[choice])
		}
		if f.single() {
			b.system.Sum(base, all...)
		} else {
			f.enterOptions(b, base, all, shares.Choices, "")
		}
	}
	if shares == nil {
		f.enterStandIns(b, base, cells)
	}
	f.netTotals(b, base, cells)
	if shares != nil {
		f.enterSkips(b, nil, 0, func(choice string) (int, bool) { cell, have := cells[choice]; return cell, have })
	}
	nets := f.nets(nil)
	var at []int
	for _, t := range nets {
		net := put(t, 0, netName(t), baseCost)
		at = append(at, net)
		if shares == nil && f.single() {
			sum := 0.0
			for _, v := range t.Row.Values {
				if cell, have := cells[v]; have {
					sum += b.n(cell)
				}
			}
			if len(cells) > 0 {
				f.wanted[net], b.system.Cells[net].Count = b.n(net), sum
			}
		}
		f.enterNet(b, t, base, net, cells, "")
	}
	f.enterNested(b, nets, func(i int) int { return at[i] }, cells, "")
}

// enterStandIns puts in counts of everybody that no table tells of.
func (f *family) enterStandIns(b *sums, base int, cells map[string]int) {
	var all []int
	for _, c := range f.survey.Choices(f.item) {
		if n, have := f.margin[c.Name]; have && f.linked {
			cells[c.Name] = b.free(point(f.item.Name, c.Name), n, false)
			all = append(all, cells[c.Name])
		}
	}
	if f.single() && len(all) > 0 {
		b.system.Sum(base, all...)
	}
}

// enterOptions tells of the options of an item of several choices in a group
// that each is chosen or not, and that whoever answered chose one at least.
func (f *family) enterOptions(b *sums, base int, options []int, names []string, group string) {
	sum := 0.0
	terms := []int{}
	for i, cell := range options {
		b.within(cell, base, func() int { return b.firm(cross(point(f.item.Name, no(names[i])), group), b.n(base)-b.n(cell)) })
		sum += b.n(cell)
		terms = append(terms, cell)
	}
	if sum >= b.n(base) && len(options) > 0 {
		b.system.AtLeast(base, terms...)
	}
}

// enterNet tells of a net what it is made of.
func (f *family) enterNet(b *sums, t *table.Table, base, net int, cells map[string]int, group string) {
	parts, whole := netParts(t, cells)
	if f.single() && whole {
		b.system.Sum(net, parts...)
		return
	}
	b.within(net, base, func() int { return b.firm(cross(point(f.item.Name, no(netName(t))), group), b.n(base)-b.n(net)) })
	if f.single() {
		return
	}
	sum := 0.0
	for _, v := range t.Row.Values {
		if p, have := cells[v]; have {
			sum += b.n(p)
			b.enterPart(net, p, cross(point(f.item.Name, netName(t)+butNot+v), group))
		}
	}
	if whole && sum >= b.n(net) {
		b.system.AtLeast(net, parts...)
	}
}

// scored returns the choices that have a score.
func (f *family) scored() (names []string, scores map[string]float64) {
	scores = map[string]float64{}
	for _, c := range f.survey.Choices(f.item) {
		if c.Missing == survey.Answered && c.Score != nil {
			names = append(names, c.Name)
			scores[c.Name] = *c.Score
		}
	}
	return names, scores
}

// cellOf returns a cell of a column, or -1.
func cellOf(column []int, i int) int {
	if i >= len(column) {
		return -1
	}
	return column[i]
}
