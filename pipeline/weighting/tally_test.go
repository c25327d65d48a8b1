package weighting

import (
	"math"
	"reflect"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// batchOf has an answer to a single-choice item (-1: none), a number and a weight.
func batchOf(t *testing.T, codes []int32, numbers, weights []float64) *dataset.Batch {
	t.Helper()
	s, findings := survey.New(survey.Survey{
		Items:  []survey.Item{{Name: "a", Type: survey.SelectOne, List: "l"}, {Name: "x", Type: survey.Decimal}, {Name: "w", Type: survey.Decimal}},
		Lists:  []*survey.ChoiceList{{Name: "l", Choices: []survey.Choice{{Name: "one"}, {Name: "two"}, {Name: "three"}}}},
		Levels: []survey.Level{{Name: survey.RespondentLevel, Parent: -1}},
	})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	b := dataset.NewBuilder(dataset.NewLayout(s, 0, nil))
	for i, code := range codes {
		b.Begin(dataset.Response{Parent: -1, Weight: 1})
		if code >= 0 {
			b.Column("a").Code(code)
		}
		b.Column("x").Float(numbers[i])
		b.Column("w").Float(weights[i])
	}
	return b.Batch()
}

func TestCellsAreSortedAndThoseWhoLackAnAnswerAreOne(t *testing.T) {
	codes, numbers, weights := []int32{2, 0, -1, 2, -1}, []float64{1, 5, 7, 1, 8}, []float64{2, 2, 2, 4, 2}
	for name, by := range map[string]By{"by items": {Items: []string{"a", "x"}}, "by base weight too": {Items: []string{"a", "x"}, Base: "w"}} {
		b := batchOf(t, codes, numbers, weights)
		whole, first, second := NewTally(by), NewTally(by), NewTally(by)
		whole.Add(b, weights)
		first.Add(batchOf(t, codes[3:], numbers[3:], weights[3:]), weights[3:])
		second.Add(batchOf(t, codes[:3], numbers[:3], weights[:3]), weights[:3])
		first.Merge(second)
		cells, mass, err := whole.Cells()
		if err != nil {
			t.Fatal(err)
		}
		_, split, _ := first.Cells()
		if !reflect.DeepEqual(mass, split) {
			t.Errorf("%s: split tallies differ", name)
		}
		want := []int32{2, 1, 0, 2, 0}
		if by.Base != "" {
			want = []int32{2, 1, 0, 3, 0}
		}
		if got := cells.Cells(b); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: cells %v, want %v", name, got, want)
		}
		if !cells.Keys[0].Missing() || cells.Keys[1].Missing() || mass[0].N != 2 || mass[0].W.Float64() != 4 {
			t.Errorf("%s: %+v", name, cells.Keys)
		}
	}
}

func TestTooManyBaseWeightsAreForgottenAndTooManyCellsRefused(t *testing.T) {
	n := Finest + 1
	codes, numbers, weights := make([]int32, n), make([]float64, n), make([]float64, n)
	for i := range weights {
		weights[i] = 1 + float64(i)/float64(n)
		codes[i] = int32(i % 3)
	}
	b := batchOf(t, codes, numbers, weights)
	tally, other := NewTally(By{Items: []string{"a"}, Base: "w"}), NewTally(By{Items: []string{"a"}, Base: "w"})
	other.Add(batchOf(t, codes[:4], numbers[:4], weights[:4]), weights[:4])
	tally.Add(b, weights)
	other.Merge(tally)
	tally.Merge(other)
	for _, got := range []*Tally{tally, other} {
		cells, mass, err := got.Cells()
		if err != nil || cells.Base != "" || cells.Len() != 3 || !math.IsNaN(cells.Keys[0].Base) || mass[0].N < int64(n/3) {
			t.Fatal(err, cells)
		}
	}
	if _, _, err := func() (*Cells, []Mass, error) {
		many := NewTally(By{Items: []string{"w"}})
		many.Add(b, weights)
		return many.Cells()
	}(); err != ErrTooMany {
		t.Error(err)
	}
}
