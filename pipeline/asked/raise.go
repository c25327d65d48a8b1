package asked

import (
	"iter"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/dataset"
)

// Raise returns the responses of a repeat as if they belonged to the level two
// above: each with the place of its parent's parent.
func Raise(repeat, above dataset.Level) dataset.Level {
	repeat.Source = raised{repeat.Source, above.Source}
	return repeat
}

type raised struct{ repeat, above dataset.Source }

// Batches implements dataset.Source.
func (r raised) Batches() iter.Seq2[*dataset.Batch, error] {
	return func(yield func(*dataset.Batch, error) bool) {
		parents := sweep{source: r.above}
		defer func() { parents.close() }()
		for b, err := range r.repeat.Batches() {
			if err != nil {
				yield(nil, err)
				return
			}
			places, err := parents.grandparents(b)
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(b.WithParents(places), nil) {
				return
			}
		}
	}
}

func (s *sweep) grandparents(b *dataset.Batch) ([]int64, error) {
	places := make([]int64, b.Len())
	for i := range places {
		places[i] = b.Parent(i)
	}
	of := make(map[int64]int64, len(places))
	for _, place := range slices.Compact(slices.Sorted(slices.Values(places))) {
		parent, i, err := s.to(place)
		if err != nil {
			return nil, err
		}
		of[place] = parent.Parent(i)
	}
	for i, place := range places {
		places[i] = of[place]
	}
	return places, nil
}
