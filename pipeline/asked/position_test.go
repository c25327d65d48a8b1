package asked

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/dataset"
)

// TestARowKnowsItsPlaceInItsRepeat compares with a count by hand, whatever the
// order of rows and the size of batches.
func TestARowKnowsItsPlaceInItsRepeat(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		parents := rapid.SliceOfN(rapid.Int64Range(0, 7), 0, 30).Draw(r, "parents")
		above, repeat := levels(t, 8, rapid.IntRange(1, 9).Draw(r, "rows of a batch"), parents...)
		var want, got []int
		met := map[int64]int{}
		for _, p := range parents {
			met[p]++
			want = append(want, met[p])
		}
		s := ScopeOf(repeat.Layout)
		s.Placed = true
		x, err := s.Bind("position(..)", "")
		if err != nil {
			t.Fatal(err)
		}
		var n Needs
		n.Add(x)
		v := s.Evaluator()
		for g, err := range Along(s.Survey, []dataset.Level{above, repeat}, 1, n) {
			if err != nil {
				t.Fatal(err)
			}
			for i := range g.Batch.Len() {
				v.Begin(GatheredRow{g, s.Survey, i})
				value, known := v.Value(x)
				if !known {
					r.Errorf("the place of a row is not known")
				}
				got = append(got, int(value.Num()))
			}
		}
		if !slices.Equal(got, want) {
			r.Errorf("places %v, want %v", got, want)
		}
	})
}

// TestAlongBringsWhatExpressionsNeed looks up and down from one row.
func TestAlongBringsWhatExpressionsNeed(t *testing.T) {
	above, repeat := levels(t, 4, 3, 2, 0, 2, 3, 2)
	all := []dataset.Level{above, repeat}
	for _, c := range []struct {
		level  int
		source string
		want   []float64
	}{
		{0, "count(${r}) + position(..)", []float64{2, 1, 4, 2}},
		{0, "sum(${inner})", []float64{1, 0, 606, 303}},
		{1, "${n} + position(..) * 100", []float64{112, 110, 212, 113, 312}},
		{1, "sum(${inner}) + sum(${n})", []float64{212, 11, 214, 316, 216}},
	} {
		has := func(string) bool { return true }
		s := &Scope{Survey: above.Layout.Survey, Level: c.level, Holds: has, Below: has, Placed: true}
		x, err := s.Bind(c.source, "")
		if err != nil {
			t.Fatal(err)
		}
		var n Needs
		n.Add(x)
		var got []float64
		v := s.Evaluator()
		for g, err := range Along(s.Survey, all, c.level, n) {
			if err != nil {
				t.Fatal(err)
			}
			for i := range g.Batch.Len() {
				v.Begin(GatheredRow{g, s.Survey, i})
				value, _ := v.Value(x)
				got = append(got, value.Num())
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s on level %d: %v, want %v", c.source, c.level, got, c.want)
		}
	}
}
