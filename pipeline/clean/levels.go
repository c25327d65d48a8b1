package clean

import (
	"iter"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/asked"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/expr"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// kept is the Source of a repeat without the responses of respondents who were
// taken out. The places of parents are counted anew, as those are gone there.
type kept struct {
	source  dataset.Source
	removed map[dataset.ID]bool
	gone    []int64  // places of what was taken out of the level above, ascending
	here    *[]int64 // is given the places of what is left out here
}

// Batches implements dataset.Source.
func (k kept) Batches() iter.Seq2[*dataset.Batch, error] {
	return func(yield func(*dataset.Batch, error) bool) {
		*k.here = nil
		place := int64(0)
		for b, err := range k.source.Batches() {
			if err != nil {
				yield(nil, err)
				return
			}
			keep := make([]bool, b.Len())
			for i := range keep {
				if keep[i] = !k.removed[b.ID(i)]; !keep[i] {
					*k.here = append(*k.here, place+int64(i))
				}
			}
			place += int64(b.Len())
			b = b.Keep(keep)
			places := make([]int64, b.Len())
			for i := range places {
				before, _ := slices.BinarySearch(k.gone, b.Parent(i))
				places[i] = b.Parent(i) - int64(before)
			}
			if !yield(b.WithParents(places), nil) {
				return
			}
		}
	}
}

// without returns a repeat as it is once respondents have been taken out, and
// notes which of its places are gone.
func (c *cleaning) without(l int) dataset.Level {
	in, parent := c.dataset.Levels[l], c.dataset.Survey.Levels[l].Parent
	if len(c.gone[parent]) == 0 {
		return in
	}
	in.Source = kept{in.Source, c.removed, c.gone[parent], &c.gone[l]}
	return in
}

// beside returns a repeat with those answers of the levels above, as they are
// after cleaning, that its conditions speak of.
func (c *cleaning) beside(in dataset.Level, l int) dataset.Level {
	s := c.dataset.Survey
	parent := s.Levels[l].Parent
	if parent < 0 {
		return in
	}
	return asked.Widen(in, c.beside(c.out.Levels[parent], parent), c.spokenOf(l, parent))
}

// spokenOf returns the items of the levels above, from one upwards, that
// conditions of a repeat or of those below it speak of.
func (c *cleaning) spokenOf(l, from int) []string {
	s := c.dataset.Survey
	above := func(level, of int) bool {
		for at := of; at >= 0; at = s.Levels[at].Parent {
			if at == level {
				return true
			}
		}
		return false
	}
	var out []string
	for i := range s.Items {
		if !above(l, s.Items[i].Level) {
			continue
		}
		for _, source := range s.Items[i].Relevant {
			parsed, err := expr.Parse(source)
			if err != nil {
				continue
			}
			for _, name := range parsed.Items() {
				item, ok := s.Item(name)
				if ok && above(item.Level, from) && c.dataset.Levels[item.Level].Layout.Has(name) && !c.corrections.takenOut(name) && !slices.Contains(out, name) {
					out = append(out, name)
				}
			}
		}
	}
	return out
}

// fromAbove finds anew why blank cells of response i of a repeat are blank,
// where that hangs on the levels above, which have been cleaned since it was
// read. It reports whether anything changed.
func (w *worker) fromAbove(i int) bool {
	if len(w.above) == 0 {
		return false
	}
	now := w.conditions.Judge()
	now.Begin(&mendedRow{w, i})
	changed := false
	for _, item := range w.above {
		reason := w.answer(item, i).Reason
		switch verdict := now.Of(w.conditions.Of(item)); {
		case reason == survey.NotAnswered && verdict == asked.NotAsked:
			w.setReason(item, i, survey.NotAsked)
		case reason == survey.NotAsked && verdict == asked.Asked:
			w.setReason(item, i, survey.NotAnswered)
		default:
			continue
		}
		changed = true
	}
	return changed
}

// hangingAbove returns the items of a layout whose conditions speak of items
// that are not its own.
func hangingAbove(own, wide dataset.Layout, conditions *asked.Conditions) []string {
	var out []string
	for _, name := range wide.Items {
		if own.Has(name) {
			continue
		}
		for _, item := range conditions.Dependents(name) {
			if !slices.Contains(out, item) {
				out = append(out, item)
			}
		}
	}
	return out
}
