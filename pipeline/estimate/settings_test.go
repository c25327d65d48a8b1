package estimate

import (
	"math"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/estimate/hypothesis"
	"github.com/soundings-survey/soundings/pipeline/table"
)

func TestTestsAreAdjustedTogetherOrTableByTable(t *testing.T) {
	made := func() []*table.Table {
		of := func(a table.Analysis, p ...float64) *table.Table {
			out := &table.Table{Row: table.Row{Analysis: a}}
			for _, x := range p {
				out.Tests = append(out.Tests, table.Test{P: x, Adjusted: x})
			}
			return out
		}
		return []*table.Table{of(table.TestIndependence, 0.01, math.NaN()), of(table.Compare, 0.001, 0.02), of(table.TestMean, 0.04, 0.03)}
	}
	for _, tt := range []struct {
		tests Tests
		want  [3][2]float64
	}{
		{Tests{}, [3][2]float64{{0.01, math.NaN()}, {0.001, 0.02}, {0.04, 0.03}}},
		{Tests{Adjust: hypothesis.Bonferroni}, [3][2]float64{{0.03, math.NaN()}, {0.001, 0.02}, {0.12, 0.09}}},
		{Tests{Adjust: hypothesis.Holm}, [3][2]float64{{0.03, math.NaN()}, {0.001, 0.02}, {0.06, 0.06}}},
		{Tests{Adjust: hypothesis.BenjaminiHochberg, Across: AcrossTable}, [3][2]float64{{0.01, math.NaN()}, {0.001, 0.02}, {0.04, 0.04}}},
	} {
		tables := made()
		tt.tests.adjust(tables)
		for i, tb := range tables {
			for k, test := range tb.Tests {
				if w := tt.want[i][k]; math.Abs(test.Adjusted-w) > 1e-12 || math.IsNaN(w) != math.IsNaN(test.Adjusted) {
					t.Errorf("%+v: test %d of table %d has %v, want %v", tt.tests, k, i, test.Adjusted, w)
				}
			}
		}
	}
	if f := (Tests{Adjust: "x", Across: "y"}).Validate(); len(f) != 2 {
		t.Errorf("%v", f)
	}
}
