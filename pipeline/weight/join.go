package weight

import (
	"errors"
	"iter"

	"github.com/soundings-survey/soundings/pipeline/dataset"
)

// errOrder says that responses of a repeat do not stand in their respondents' order.
var errOrder = errors.New("the responses of the repeat do not stand in the order of the respondents")

// joined is a Source: the responses of a repeat with the weights of their
// respondents. Both are read once, side by side, so nothing is held in memory.
type joined struct {
	children, parents dataset.Source
	layout            dataset.Layout
}

// Batches implements Source.
func (j joined) Batches() iter.Seq2[*dataset.Batch, error] {
	return func(yield func(*dataset.Batch, error) bool) {
		next, stop := iter.Pull2(j.parents.Batches())
		defer stop()
		at := cursor{next: next}
		for b, err := range j.children.Batches() {
			if err != nil {
				yield(nil, err)
				return
			}
			weights := make([]float64, b.Len())
			for i := range weights {
				w, err := at.weight(b.ID(i))
				if err != nil {
					yield(nil, err)
					return
				}
				weights[i] = w
			}
			if !yield(b.Extend(j.layout, nil, weights), nil) {
				return
			}
		}
	}
}

// cursor stands at one respondent and only moves forward.
type cursor struct {
	next  func() (*dataset.Batch, error, bool)
	batch *dataset.Batch
	row   int
}

func (c *cursor) weight(id dataset.ID) (float64, error) {
	for {
		if c.batch != nil {
			for ; c.row < c.batch.Len(); c.row++ {
				if c.batch.ID(c.row) == id {
					return c.batch.Weights()[c.row], nil
				}
			}
		}
		batch, err, ok := c.next()
		if err != nil {
			return 0, err
		}
		if !ok {
			return 0, errOrder
		}
		c.batch, c.row = batch, 0
	}
}
