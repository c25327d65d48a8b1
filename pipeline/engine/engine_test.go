package engine

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

func count(n int) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		for i := range n {
			if !yield(i, nil) {
				return
			}
		}
	}
}

func TestOrderedKeepsTheOrderForAnyNumberOfWorkers(t *testing.T) {
	for _, workers := range []int{1, 2, 3, 16} {
		var got []int
		err := Ordered(context.Background(), Engine{Workers: workers}, count(500),
			func(i int) (int, error) { return i * i, nil },
			func(i int) error { got = append(got, i); return nil })
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != 500 || !slices.IsSorted(got) {
			t.Errorf("%d workers: %d results, sorted %v", workers, len(got), slices.IsSorted(got))
		}
	}
}

func TestOrderedStopsAtTheFirstError(t *testing.T) {
	boom := errors.New("boom")
	bad := func(at int) iter.Seq2[int, error] {
		return func(yield func(int, error) bool) {
			for i := range 100 {
				if i == at {
					yield(0, boom)
					return
				}
				if !yield(i, nil) {
					return
				}
			}
		}
	}
	for name, run := range map[string]func() error{
		"the source": func() error {
			return Ordered(context.Background(), Engine{Workers: 3}, bad(50), func(i int) (int, error) { return i, nil }, func(int) error { return nil })
		},
		"the function": func() error {
			return Ordered(context.Background(), Engine{Workers: 3}, count(100), func(i int) (int, error) {
				if i == 50 {
					return 0, boom
				}
				return i, nil
			}, func(int) error { return nil })
		},
		"what comes after": func() error {
			return Ordered(context.Background(), Engine{Workers: 3}, count(100), func(i int) (int, error) { return i, nil }, func(i int) error {
				if i == 50 {
					return boom
				}
				return nil
			})
		},
	} {
		if err := run(); !errors.Is(err, boom) {
			t.Errorf("an error of %s: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	err := Ordered(ctx, Engine{}, count(1000), func(i int) (int, error) { return i, nil }, func(int) error { return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// level returns n batches of three responses whose one item counts up.
func level(t *testing.T, n int) dataset.Level {
	t.Helper()
	s, findings := survey.New(survey.Survey{Items: []survey.Item{{Name: "n", Type: survey.Integer}}})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	l := dataset.NewLayout(s, 0, nil)
	var batches dataset.Memory
	for i := range n {
		b := dataset.NewBuilder(l)
		for j := range 3 {
			b.Begin(dataset.Response{Parent: -1})
			b.Column("n").Int(int64(3*i + j))
		}
		batches = append(batches, b.Batch())
	}
	return dataset.Level{Layout: l, Rows: int64(3 * n), Source: batches}
}

func TestMapStoresBatchesInOrderAndGathersInOrder(t *testing.T) {
	in := level(t, 40)
	var seen []int64
	out, err := Map(context.Background(), Engine{Workers: 4, Dir: t.TempDir()}, "stage", in, in.Layout,
		func(b *dataset.Batch) (*dataset.Batch, int64, error) { return b, b.Column("n").Ints[0], nil },
		func(first int64) error { seen = append(seen, first); return nil })
	if err != nil {
		t.Fatal(err)
	}
	var next int64
	for b, err := range out.Source.Batches() {
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range b.Column("n").Ints {
			if v != next {
				t.Fatalf("got %d, want %d", v, next)
			}
			next++
		}
	}
	if next != 120 || out.Rows != 120 || !slices.IsSorted(seen) || len(seen) != 40 {
		t.Errorf("%d responses, %d said, gathered %d", next, out.Rows, len(seen))
	}
}

func TestPanicOfAWorkerIsAnErrorThatNamesItsPlaceAlone(t *testing.T) {
	const secret = "what a respondent wrote"
	in := level(t, 10)
	for name, run := range map[string]func() error{
		"Ordered": func() error {
			return Ordered(context.Background(), Engine{Workers: 2}, count(10), func(int) (int, error) { panic(secret) }, func(int) error { return nil })
		},
		"the source": func() error {
			return Ordered(context.Background(), Engine{Workers: 2}, func(func(int, error) bool) { panic(secret) }, func(i int) (int, error) { return i, nil }, func(int) error { return nil })
		},
		"Tally": func() error {
			_, err := Tally(context.Background(), Engine{Workers: 2}, in, func() *int { return new(int) },
				func(*int, *dataset.Batch) error { panic(secret) }, func(_, _ *int) error { return nil })
			return err
		},
	} {
		err := run()
		if err == nil || strings.Contains(err.Error(), secret) || !strings.Contains(err.Error(), "engine.TestPanic") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTallyIsTheSameForAnyNumberOfWorkers(t *testing.T) {
	in := level(t, 40)
	for _, workers := range []int{1, 2, 7} {
		sum, err := Tally(context.Background(), Engine{Workers: workers}, in, func() *int64 { return new(int64) },
			func(s *int64, b *dataset.Batch) error {
				for _, v := range b.Column("n").Ints {
					*s += v
				}
				return nil
			},
			func(into, from *int64) error { *into += *from; return nil })
		if err != nil || *sum != 119*120/2 {
			t.Errorf("%d workers: %d, %v", workers, *sum, err)
		}
	}
	boom := errors.New("boom")
	_, err := Tally(context.Background(), Engine{Workers: 2}, in, func() *int { return new(int) },
		func(*int, *dataset.Batch) error { return boom }, func(_, _ *int) error { return nil })
	if !errors.Is(err, boom) {
		t.Errorf("error of add: %v", err)
	}
}
