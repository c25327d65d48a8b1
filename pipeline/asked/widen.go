package asked

import (
	"fmt"
	"iter"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Widen returns the responses of a repeat with the answers to some items of the
// level above beside their own, so that expressions can speak of both. What is
// above may have been widened itself. Parents are read once, beside their
// repeat, where both stand in the same order, else anew for each batch; no more
// than a batch of either is held.
func Widen(repeat, above dataset.Level, items []string) dataset.Level {
	if len(items) == 0 {
		return repeat
	}
	w := widened{repeat: repeat, above: above, items: items}
	return dataset.Level{Layout: w.layout(), Rows: repeat.Rows, Source: w}
}

// widened is the Source of a widened repeat.
type widened struct {
	repeat, above dataset.Level
	items         []string
}

// layout is that of the repeat with more items. Of the two surveys it takes the
// longer: the level above may have got derived items since.
func (w widened) layout() dataset.Layout {
	l, s := w.repeat.Layout, w.above.Layout.Survey
	if len(l.Survey.Items) >= len(s.Items) {
		s = l.Survey
	}
	return l.With(s, w.items, l.UUID, l.Weight)
}

// Batches implements dataset.Source.
func (w widened) Batches() iter.Seq2[*dataset.Batch, error] {
	return func(yield func(*dataset.Batch, error) bool) {
		wide, above := w.layout(), w.above.Layout
		only := dataset.NewLayout(above.Survey, above.Level, func(*survey.Item) bool { return true }).With(above.Survey, w.items, false, false)
		parents := sweep{source: w.above.Source}
		defer parents.close()
		for b, err := range w.repeat.Source.Batches() {
			if err != nil {
				yield(nil, err)
				return
			}
			add, err := parents.beside(b, only)
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(b.Extend(wide, add, nil), nil) {
				return
			}
		}
	}
}

// sweep reads the responses of a level by their place, forwards, and begins
// anew when it must go back.
type sweep struct {
	source dataset.Source
	next   func() (*dataset.Batch, error, bool)
	stop   func()
	batch  *dataset.Batch
	base   int64 // place of the batch's first response
}

func (s *sweep) close() {
	if s.stop != nil {
		s.stop()
	}
}

// beside returns the answers of the parents of a batch, in the batch's order.
func (s *sweep) beside(b *dataset.Batch, l dataset.Layout) (*dataset.Batch, error) {
	places := make([]int64, b.Len())
	for i := range places {
		places[i] = b.Parent(i)
	}
	sorted := slices.Sorted(slices.Values(places))
	sorted = slices.Compact(sorted)
	picked := dataset.NewBuilder(l)
	at := make(map[int64]int, len(sorted))
	for _, place := range sorted {
		parent, i, err := s.to(place)
		if err != nil {
			return nil, err
		}
		at[place] = picked.Len()
		picked.Copy(parent, i, dataset.Response{Parent: -1})
	}
	once := picked.Batch()
	out := dataset.NewBuilder(l)
	for _, place := range places {
		out.Copy(once, at[place], dataset.Response{Parent: place})
	}
	return out.Batch(), nil
}

// to finds the response at a place.
func (s *sweep) to(place int64) (*dataset.Batch, int, error) {
	if s.next == nil || place < s.base {
		s.close()
		s.next, s.stop = iter.Pull2(s.source.Batches())
		s.batch, s.base = nil, 0
	}
	for {
		if s.batch != nil && place < s.base+int64(s.batch.Len()) && place >= s.base {
			return s.batch, int(place - s.base), nil
		}
		if s.batch != nil {
			s.base += int64(s.batch.Len())
		}
		batch, err, ok := s.next()
		switch {
		case err != nil:
			return nil, 0, err
		case !ok:
			s.batch = nil
			return nil, 0, fmt.Errorf("a response of a repeat belongs to none above it (place %d)", place)
		}
		s.batch = batch
	}
}
