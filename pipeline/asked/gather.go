package asked

import (
	"iter"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Gathered is a batch with the responses of repeats below that belong to it.
type Gathered struct {
	Batch     *dataset.Batch
	below     map[int]group // by level
	positions []int         // of the responses in their repeat, from 1; nil where none asks
}

// group holds the responses of a repeat that belong to a batch, in the order of
// their parents; those of response i are at starts[i] to starts[i+1].
type group struct {
	batch  *dataset.Batch
	starts []int
}

// Responses returns how many responses of a repeat belong to response i.
func (g Gathered) Responses(level, i int) int {
	b, ok := g.below[level]
	if !ok {
		return 0
	}
	return b.starts[i+1] - b.starts[i]
}

// Answers returns the answers to an item of a repeat that belong to response i.
func (g Gathered) Answers(item *survey.Item, i int) []Answer {
	b, ok := g.below[item.Level]
	if !ok {
		return nil
	}
	c := b.batch.Column(item.Name)
	if c == nil {
		return nil
	}
	out := make([]Answer, 0, b.starts[i+1]-b.starts[i])
	for k := b.starts[i]; k < b.starts[i+1]; k++ {
		out = append(out, Read(c, k))
	}
	return out
}

// Gather returns the batches of a level, each with the answers to some items of
// the repeats below. Repeats hold the place of their parent in this level (see
// Raise). Where a repeat stands in the order of its parents it is read once;
// else it is read once for each batch of parents. What is held is a batch and
// its own responses of the repeats.
func Gather(level dataset.Level, below map[int]dataset.Level, items []string) iter.Seq2[Gathered, error] {
	return func(yield func(Gathered, error) bool) {
		readers := map[int]*gatherer{}
		for at, repeat := range below {
			g, err := newGatherer(repeat, items)
			if err != nil {
				yield(Gathered{}, err)
				return
			}
			defer func() { g.close() }()
			readers[at] = g
		}
		base := int64(0)
		for b, err := range level.Source.Batches() {
			if err != nil {
				yield(Gathered{}, err)
				return
			}
			out := Gathered{Batch: b, below: map[int]group{}}
			for at, g := range readers {
				if out.below[at], err = g.of(base, b.Len()); err != nil {
					yield(Gathered{}, err)
					return
				}
			}
			base += int64(b.Len())
			if !yield(out, nil) {
				return
			}
		}
	}
}

// gatherer reads a repeat for one batch of parents after the other.
type gatherer struct {
	source dataset.Source
	layout dataset.Layout
	sorted bool
	next   func() (*dataset.Batch, error, bool)
	stop   func()
	batch  *dataset.Batch
	at     int
}

func newGatherer(repeat dataset.Level, items []string) (*gatherer, error) {
	var held []string
	for _, name := range items {
		if repeat.Layout.Has(name) {
			held = append(held, name)
		}
	}
	l := repeat.Layout
	g := &gatherer{source: repeat.Source, sorted: true}
	g.layout = dataset.NewLayout(l.Survey, l.Level, func(*survey.Item) bool { return true }).With(l.Survey, held, false, false)
	last := int64(-1)
	for b, err := range g.source.Batches() {
		if err != nil {
			return nil, err
		}
		for i := range b.Len() {
			if b.Parent(i) < last {
				g.sorted = false
				return g, nil
			}
			last = b.Parent(i)
		}
	}
	return g, nil
}

func (g *gatherer) close() {
	if g.stop != nil {
		g.stop()
	}
}

// of returns the responses that belong to the n parents from a place on.
func (g *gatherer) of(base int64, n int) (group, error) {
	picked := dataset.NewBuilder(g.layout)
	var parents []int
	take := func(b *dataset.Batch, i int) {
		if b.Parent(i) < base {
			return
		}
		parents = append(parents, int(b.Parent(i)-base))
		picked.Copy(b, i, dataset.Response{Parent: b.Parent(i)})
	}
	if g.sorted {
		if err := g.forward(base+int64(n), take); err != nil {
			return group{}, err
		}
	} else {
		for b, err := range g.source.Batches() {
			if err != nil {
				return group{}, err
			}
			for i := range b.Len() {
				if p := b.Parent(i); p >= base && p < base+int64(n) {
					take(b, i)
				}
			}
		}
	}
	return order(picked.Batch(), g.layout, parents, n), nil
}

// forward takes the responses up to those of the parent at end.
func (g *gatherer) forward(end int64, take func(*dataset.Batch, int)) error {
	if g.next == nil {
		g.next, g.stop = iter.Pull2(g.source.Batches())
	}
	for {
		for ; g.batch != nil && g.at < g.batch.Len(); g.at++ {
			if g.batch.Parent(g.at) >= end {
				return nil
			}
			take(g.batch, g.at)
		}
		b, err, ok := g.next()
		if err != nil {
			return err
		}
		if g.batch, g.at = b, 0; !ok {
			g.batch = nil
			return nil
		}
	}
}

// order puts responses into the order of their parents; those of one parent
// stay in theirs.
func order(b *dataset.Batch, l dataset.Layout, parents []int, n int) group {
	g := group{batch: b, starts: make([]int, n+1)}
	for _, p := range parents {
		g.starts[p+1]++
	}
	for i := range n {
		g.starts[i+1] += g.starts[i]
	}
	if slices.IsSorted(parents) {
		return g
	}
	places := make([]int, len(parents))
	free := slices.Clone(g.starts)
	for i, p := range parents {
		places[free[p]] = i
		free[p]++
	}
	out := dataset.NewBuilder(l)
	for _, i := range places {
		out.Copy(b, i, dataset.Response{Parent: b.Parent(i)})
	}
	g.batch = out.Batch()
	return g
}
