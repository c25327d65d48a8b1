package protect

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// What other combinations hold or lack, as categories.
const (
	othersWith    = table.OtherSets + " with"
	othersWithout = table.OtherSets + " without"
)

// combinations returns the variable of the combinations of choices of an item:
// its categories are those that have a figure, and all others together. For each
// choice there is a variable that tells the others apart by it, so that whoever
// reads the ledger can add combinations up to choices.
func (a *axes) combinations(item *survey.Item, among, names []string) string {
	base := ledger.Combinations(item.Name, "")
	if a.sets[item.Name] {
		return base
	}
	a.sets[item.Name] = true
	v := a.variable(item)
	v.Name, v.Categories = base, categories(names...)
	a.extra[base] = v
	sets := names[:len(names)-1]
	unite := func(variable, category, is string, of []string) {
		a.unions = append(a.unions, ledger.Union{Variable: variable, Category: category, Is: ledger.Is{Variable: is, Categories: of}})
	}
	for _, c := range among {
		w := a.variable(item)
		w.Name, w.Sets, w.Categories = ledger.Combinations(item.Name, c), base, append(categories(sets...), othersWith, othersWithout)
		a.extra[w.Name] = w
		with, without := []string{othersWith}, []string{othersWithout}
		for _, set := range sets {
			name := ledger.Category(set)
			unite(base, name, w.Name, []string{name})
			if slices.Contains(table.SetOf(set), c) {
				with = append(with, name)
			} else {
				without = append(without, name)
			}
		}
		unite(base, table.OtherSets, w.Name, []string{othersWith, othersWithout})
		unite(ledger.Option(item.Name, c), "yes", w.Name, with)
		unite(ledger.Option(item.Name, c), "no", w.Name, without)
	}
	return base
}
