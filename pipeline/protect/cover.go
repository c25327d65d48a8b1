package protect

import (
	"runtime"
	"slices"
	"sync"

	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/protect/suppress"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// coverAll decides on every table of the families: those that share counts are
// covered together, the others side by side. What goes wrong in it is an error
// without a word of the counts.
func coverAll(families []*family, unions []ledger.Union) error {
	var group sync.WaitGroup
	var lock sync.Mutex
	var wrong *NotSafe
	gate := make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, kin := range related(families, unions) {
		gate <- struct{}{}
		group.Go(func() {
			defer func() { <-gate }()
			defer func() {
				if recover() != nil {
					lock.Lock()
					defer lock.Unlock()
					if wrong == nil {
						wrong = &NotSafe{Why: "tables could not be covered for a fault of the program"}
					}
					for _, f := range kin {
						for _, t := range f.tables {
							wrong.Tables = append(wrong.Tables, t.Row.Key())
						}
					}
					slices.Sort(wrong.Tables)
				}
			}()
			coverRelated(kin, unions)
		})
	}
	group.Wait()
	if wrong != nil {
		return wrong
	}
	return nil
}

// related gathers families whose counts are the same or add up: two items that
// are each divided by the other, or of which one is made of the other.
func related(families []*family, unions []ledger.Union) [][]*family {
	at := map[string]int{}
	for i, f := range families {
		at[f.level()+point(f.item.Name, "")] = i
	}
	root := make([]int, len(families))
	for i := range root {
		root[i] = i
	}
	var of func(int) int
	of = func(i int) int {
		if root[i] != i {
			root[i] = of(root[i])
		}
		return root[i]
	}
	divides := func(f *family, by string) bool {
		return slices.ContainsFunc(f.tables, func(t *table.Table) bool {
			return slices.Equal(t.Row.By, []string{by}) && f.masks[t].whole == ""
		})
	}
	for i, f := range families {
		for _, t := range f.tables {
			if len(t.Row.By) != 1 {
				continue
			}
			if j, ok := at[t.Level+point(t.Row.By[0], "")]; ok && divides(f, t.Row.By[0]) && divides(families[j], f.item.Name) {
				root[of(j)] = of(i)
			}
			for j, g := range families { // of one that is made of what divides this one
				if f.level() == g.level() && recoded(unions, g.item.Name, t.Row.By[0]) && divides(f, t.Row.By[0]) && divides(g, f.item.Name) {
					root[of(j)] = of(i)
				}
			}
		}
	}
	for i, f := range families {
		for j := range i {
			if f.level() == families[j].level() && united(unions, f, families[j]) {
				root[of(j)] = of(i)
			}
		}
	}
	var out [][]*family
	place := map[int]int{}
	for i, f := range families {
		r := of(i)
		if _, have := place[r]; !have {
			place[r] = len(out)
			out = append(out, nil)
		}
		out[place[r]] = append(out[place[r]], f)
	}
	return out
}

// coverRelated withholds what is needed in the tables of families that belong
// together. A table that cannot be covered is withheld whole, and the others are
// tried again without it.
func coverRelated(kin []*family, unions []ledger.Union) {
	for {
		b := newSums(kin[0].rule)
		for _, f := range kin {
			f.closeEmpty()
			if !f.few() {
				f.enter(b)
			}
		}
		unite(b, unions)
		failed := hideAll(b, kin)
		if len(failed) == 0 {
			for _, f := range kin {
				f.write(b)
			}
			return
		}
		if !drop(kin, b, failed) {
			return
		}
	}
}

// hideAll covers what is withheld, and closes groups until no base is withheld
// beside its figures.
func hideAll(b *sums, kin []*family) (failed []int) {
	for {
		if _, failed = b.system.Hide(); len(failed) > 0 {
			return failed
		}
		again := false
		for _, f := range kin {
			again = f.closeBases(b) || again
		}
		if !again {
			return nil
		}
	}
}

// closeEmpty withholds tables by groups whole in which every group is closed.
func (f *family) closeEmpty() {
	if f.few() {
		return
	}
	f.margins()
	for _, t := range f.tables {
		if len(t.Row.By) > 0 && f.masks[t].whole == "" && f.sparse(t) {
			f.masks[t].whole = whySmall
		}
	}
}

// sparse reports whether fewer than a quarter of the figures of a table by groups
// could be shown: it would be a table of marks, and take others with it.
func (f *family) sparse(t *table.Table) bool {
	shown, all := 0, 0
	for d, closed := range f.closed(t.Row.By) {
		for _, e := range t.Cells[d] {
			all++
			if !closed && (t.Row.Analysis == table.Mean || !f.primary(float64(e.Count), float64(t.Domains[d].Base.Answered()))) {
				shown++
			}
		}
	}
	return 4*shown < all || shown == 0
}

// drop withholds whole what cannot be covered: the tables by groups that hold a
// count at fault, else all tables by groups, else everything. It reports whether
// there was anything left to withhold.
func drop(kin []*family, b *sums, failed []int) bool {
	dropped := false
	withhold := func(f *family, t *table.Table) {
		if f.masks[t].whole == "" {
			f.masks[t].whole, dropped = whyAudit, true
		}
	}
	at := map[int]bool{}
	for _, c := range failed {
		at[c] = true
	}
	each := func(is func(*family, *table.Table) bool) {
		for _, f := range kin {
			for _, t := range f.tables {
				if is(f, t) {
					withhold(f, t)
				}
			}
		}
	}
	holds := func(f *family, t *table.Table) bool {
		if slices.ContainsFunc(f.bases[t], func(c int) bool { return at[c] }) {
			return true
		}
		for _, row := range f.figures[t] {
			if slices.ContainsFunc(row, func(c int) bool { return at[c] }) {
				return true
			}
		}
		return slices.ContainsFunc(f.remainders[t], func(c int) bool { return at[c] })
	}
	each(func(f *family, t *table.Table) bool { return len(t.Row.By) > 0 && holds(f, t) })
	if !dropped {
		each(func(f *family, t *table.Table) bool { return len(t.Row.By) > 0 })
	}
	if !dropped {
		each(func(*family, *table.Table) bool { return true })
	}
	return dropped
}

// write takes the decisions of the system into the masks.
func (f *family) write(b *sums) {
	if f.few() {
		return
	}
	steps := false // a step of a scale is withheld somewhere
	for _, t := range f.tables {
		m := f.masks[t]
		if m.whole != "" {
			continue
		}
		var closed []bool
		if len(t.Row.By) > 0 {
			closed = f.closed(t.Row.By)
		}
		for d, domain := range t.Domains {
			base := float64(domain.Base.Answered())
			if closed != nil && f.bases[t] != nil {
				m.base[d] = b.hidden(f.bases[t][d])
			}
			for c := range t.Choices {
				cell := -1
				if f.figures[t] != nil {
					cell = f.figures[t][d][c]
				}
				shut := closed != nil && closed[d]
				m.primary[d][c] = m.primary[d][c] || shut || t.Row.Analysis != table.Mean && f.primary(float64(t.Cells[d][c].Count), base)
				m.figures[d][c] = m.figures[d][c] || shut || cell >= 0 && b.system.Cells[cell].State == suppress.Hidden
			}
		}
		steps = steps || t.Row.Analysis != table.Mean && m.any()
	}
	for _, t := range f.tables {
		// An interval tells the spread of a scale: with it the steps.
		f.masks[t].interval = t.Row.Analysis == table.Mean && steps
	}
}

// everybodyAlone decides on the figures of everybody before any by groups.
func (f *family) everybodyAlone() {
	if f.few() {
		return
	}
	b := newSums(f.rule)
	f.figures, f.bases = map[*table.Table][][]int{}, map[*table.Table][]int{}
	f.wanted = map[int]float64{}
	f.enterEverybody(b)
	f.enterMeans(b, true)
	if len(hideAll(b, nil)) > 0 {
		for _, t := range f.of(nil) {
			f.masks[t].whole = whyAudit
		}
	}
	for _, t := range f.of(nil) {
		for c, cell := range slices.Concat(f.figures[t]...) {
			f.masks[t].figures[0][c] = f.masks[t].figures[0][c] || cell >= 0 && b.hidden(cell)
		}
	}
	f.settled = true
}
