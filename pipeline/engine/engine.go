// Package engine runs a function over every batch of a dataset, or tallies
// one, on all cores. It is the only place that knows of goroutines: stages give
// it a function of one batch. The results do not depend on the number of
// workers: batches are written in the order they were read, and tallies are
// exact sums, which may be merged in any order.
package engine

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/soundings-survey/soundings/pipeline/dataset"
)

// Engine is the machine a run uses: how many workers, and a folder of the run's
// own for answers on their way from stage to stage.
type Engine struct {
	Workers int    // 0 means one for each core
	Dir     string // restricted: holds answers
}

func (e Engine) workers() int {
	if e.Workers > 0 {
		return e.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// Path returns the file in which a stage keeps the answers of a level.
func (e Engine) Path(stage string, level int) string {
	return filepath.Join(e.Dir, fmt.Sprintf("%s-%d.arrow", stage, level))
}

// Map passes each batch of a level through f, which returns the batch to keep
// (of layout out) and anything to be gathered in order, and stores the result.
// gather, which may be nil, is called for one batch after the other, in order.
func Map[T any](ctx context.Context, e Engine, stage string, in dataset.Level, out dataset.Layout,
	f func(*dataset.Batch) (*dataset.Batch, T, error), gather func(T) error) (dataset.Level, error) {
	w, err := dataset.Create(e.Path(stage, out.Level), out)
	if err != nil {
		return dataset.Level{}, err
	}
	type made struct {
		batch *dataset.Batch
		extra T
	}
	err = ordered(ctx, e.workers(), in.Source.Batches(), func(b *dataset.Batch) (made, error) {
		batch, extra, err := f(b)
		return made{batch, extra}, err
	}, func(m made) error {
		if gather != nil {
			if err := gather(m.extra); err != nil {
				return err
			}
		}
		return w.Write(m.batch)
	})
	if err != nil {
		w.Abort()
		return dataset.Level{}, err
	}
	return w.Close()
}

// finisher is a tally that has work left when its last batch has been added.
type finisher interface{ Finish() error }

// Tally adds every batch of a level to tallies, one a worker, and merges them.
// A tally that is a finisher is asked to finish before.
func Tally[T any](ctx context.Context, e Engine, in dataset.Level, create func() T,
	add func(T, *dataset.Batch) error, merge func(into, from T) error) (T, error) {
	batches := make(chan *dataset.Batch)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	tallies := make([]T, e.workers())
	var wg sync.WaitGroup
	for i := range tallies {
		tallies[i] = create()
		wg.Go(func() {
			for b := range batches {
				if err := guarded(func() error { return add(tallies[i], b) }); err != nil {
					cancel(err)
					return
				}
			}
			if f, ok := any(tallies[i]).(finisher); ok {
				if err := guarded(f.Finish); err != nil {
					cancel(err)
				}
			}
		})
	}
	readErr := feed(ctx, in.Source.Batches(), batches)
	close(batches)
	wg.Wait()
	if err := errors.Join(readErr, failure(ctx)); err != nil {
		return tallies[0], err
	}
	for _, t := range tallies[1:] {
		if err := merge(tallies[0], t); err != nil {
			return tallies[0], err
		}
	}
	return tallies[0], nil
}

func feed(ctx context.Context, source iter.Seq2[*dataset.Batch, error], to chan<- *dataset.Batch) error {
	for b, err := range source {
		if err != nil {
			return err
		}
		select {
		case to <- b:
		case <-ctx.Done():
			return nil
		}
	}
	return nil
}

// failure returns why a context was cancelled, nil if it was not.
func failure(ctx context.Context) error {
	if ctx.Err() == nil {
		return nil
	}
	return context.Cause(ctx)
}
