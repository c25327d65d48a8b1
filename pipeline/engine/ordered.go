package engine

import (
	"context"
	"errors"
	"iter"
	"sync"
)

// Ordered passes what source gives through f on several workers and hands the
// results to then in the order of the source. At most twice as many values as
// there are workers are under way, so memory is bounded.
func Ordered[A, B any](ctx context.Context, e Engine, source iter.Seq2[A, error], f func(A) (B, error), then func(B) error) error {
	return ordered(ctx, e.workers(), source, f, then)
}

// Each is a source of values that are there already.
func Each[A any](values []A) iter.Seq2[A, error] {
	return func(yield func(A, error) bool) {
		for _, v := range values {
			if !yield(v, nil) {
				return
			}
		}
	}
}

func ordered[A, B any](ctx context.Context, workers int, source iter.Seq2[A, error], f func(A) (B, error), then func(B) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	type job struct {
		in   A
		done chan B
	}
	jobs := make(chan job)
	queue := make(chan chan B, 2*workers)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for j := range jobs {
				var out B
				err := guarded(func() (err error) {
					out, err = f(j.in)
					return err
				})
				if err != nil {
					cancel(err)
					return
				}
				j.done <- out
			}
		})
	}
	read := func() error {
		for a, err := range source {
			if err != nil {
				return err
			}
			j := job{a, make(chan B, 1)}
			select {
			case queue <- j.done:
			case <-ctx.Done():
				return nil
			}
			select {
			case jobs <- j:
			case <-ctx.Done():
				return nil
			}
		}
		return nil
	}
	var readErr error
	wg.Go(func() {
		defer close(jobs)
		defer close(queue)
		if readErr = guarded(read); readErr != nil {
			cancel(readErr)
		}
	})
	thenErr := deliver(ctx, queue, then)
	if thenErr != nil {
		cancel(thenErr)
	}
	wg.Wait()
	if thenErr != nil {
		return thenErr
	}
	return errors.Join(readErr, func() error {
		if readErr != nil {
			return nil
		}
		return failure(ctx)
	}())
}

func deliver[B any](ctx context.Context, queue <-chan chan B, then func(B) error) error {
	for done := range queue {
		select {
		case out := <-done:
			if err := then(out); err != nil {
				return err
			}
		case <-ctx.Done():
			return nil
		}
	}
	return nil
}
