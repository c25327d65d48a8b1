package weight

import (
	"fmt"
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/weighting"
)

// Summary describes the weights of the respondents. It is exact, and holds
// counts of small groups: what of it is shown is for protect to decide.
type Summary struct {
	Method     Method   `json:"method,omitempty"`     // empty: not fitted
	Asked      []string `json:"asked,omitempty"`      // items from which the chance to answer was worked out
	Population float64  `json:"population,omitempty"` // of the frame, or those asked; 0: neither is known
	Responses  int64    `json:"responses"`            // how many were weighted
	Spread              // of the final weights
	Base       *Spread  `json:"base,omitempty"` // of the base weights, where the final ones differ

	Balance    []Balance       `json:"balance,omitempty"` // of each margin that weights were fitted to
	Numbers    []NumberBalance `json:"numbers,omitempty"` // of each numeric item that they were fitted to
	LargestGap float64         `json:"largest_gap"`       // between shares of the frame and of base weights, in percentage points
	Costly     string          `json:"costly,omitempty"`  // why the weights may do more harm than good; see the constants
}

// Why weights may do more harm than good.
const (
	CostlyVariance  = "deff-above-2" // they cost more than half of the sample
	CostlyForLittle = "little-bias"  // they make estimates less precise, and mend less than one point
)

// Spread says how uneven weights are.
type Spread struct {
	Min       float64 `json:"min"`            // smallest weight
	Max       float64 `json:"max"`            // largest weight
	Ratio     float64 `json:"ratio"`          // largest over smallest
	Sum       float64 `json:"sum"`            // Σw, rounded once from the exact sum
	Effective float64 `json:"effective_base"` // Kish's effective base, (Σw)²/Σw² (Kish 1965, §11.7)
	DEff      float64 `json:"deff"`           // design effect of the weights, n Σw²/(Σw)²
	Top1      float64 `json:"top_1_percent"`  // share of Σw held by the hundredth of respondents with the largest weights; within a thousandth of itself
	Top5      float64 `json:"top_5_percent"`  // the same of the twentieth
}

// Balance compares respondents with the frame in one margin.
type Balance struct {
	Items []string     `json:"items"`
	Rows  []BalanceRow `json:"rows"`
}

// BalanceRow is one category of a margin: shares of those who have an answer to
// all items that weights were fitted to.
type BalanceRow struct {
	Values []string `json:"values"` // names of choices, one for each item
	N      int64    `json:"n"`      // respondents, unweighted
	Frame  float64  `json:"frame"`  // share in the frame
	Before float64  `json:"before"` // share of base weights
	After  float64  `json:"after"`  // share of final weights
}

// NumberBalance compares the mean of a numeric item with that of the frame.
type NumberBalance struct {
	Item   string  `json:"item"`
	Frame  float64 `json:"frame"`
	Before float64 `json:"before"`
	After  float64 `json:"after"`
}

// balance fills in how the respondents compare with what they were weighted to.
func (f *fitting) balance(t targets, before []float64, s *Summary) {
	bound, _ := t.bind(f.cells, f.survey)
	s.Population = t.size
	one := func(int) float64 { return 1 }
	everybody := weighting.Margin{Of: make([]int32, f.cells.Len()), Totals: make([]float64, 1)}
	for c, key := range f.cells.Keys {
		if key.Missing() {
			everybody.Of[c] = -1
		}
	}
	allBefore, allAfter := added(everybody, before, one)[0], added(everybody, f.weight, one)[0]
	for i, m := range bound.margins {
		from := bound.of[i]
		if from == nil {
			continue
		}
		b := Balance{Items: from.items}
		n, was, is := added(m, f.n, one), added(m, before, one), added(m, f.weight, one)
		for k, row := range from.rows {
			r := BalanceRow{N: int64(n[k]), Frame: row.total / t.size, Before: was[k] / allBefore, After: is[k] / allAfter}
			for j, item := range from.items {
				r.Values = append(r.Values, valueName(f.survey, item, row.values[j]))
			}
			s.LargestGap = max(s.LargestGap, 100*math.Abs(r.Frame-r.Before))
			b.Rows = append(b.Rows, r)
		}
		s.Balance = append(s.Balance, b)
	}
	for i, n := range bound.numbers {
		of := func(c int) float64 { return n.Of[c] }
		was, is := added(everybody, before, of)[0], added(everybody, f.weight, of)[0]
		s.Numbers = append(s.Numbers, NumberBalance{bound.named[i], n.Total / t.size, was / allBefore, is / allAfter})
	}
}

// added returns, for each category, what its cells weigh times a value of each.
func added(m weighting.Margin, weights []float64, of func(c int) float64) []float64 {
	sums := make([]exact.Sum, len(m.Totals))
	for c, k := range m.Of {
		if k >= 0 {
			sums[k].Add(float64(weights[c] * of(c)))
		}
	}
	out := make([]float64, len(sums))
	for k, sum := range sums {
		out[k] = sum.Float64()
	}
	return out
}

// judge says where weights make estimates worse than the bias that they mend is
// worth: a design effect above 2 halves the sample; and where no share was a
// point off, a loss of a tenth of the sample buys next to nothing.
func (s *Summary) judge() []finding.Finding {
	base := 1.0
	if s.Base != nil {
		base = s.Base.DEff
	}
	warn := func(problem, remedy string) []finding.Finding {
		return []finding.Finding{{Stage: stage, Kind: "costly-weights", Severity: finding.Warning, Problem: problem, Remedy: remedy}}
	}
	switch {
	case s.DEff > 2:
		s.Costly = CostlyVariance
		return warn(fmt.Sprintf("The weights are so uneven that %d respondents are worth %.0f (design effect %.2f).", s.Responses, s.Effective, s.DEff), "Trim the weights, or fit them to fewer or coarser margins.")
	case len(s.Balance) > 0 && s.LargestGap < 1 && s.DEff > 1.1*base:
		s.Costly = CostlyForLittle
		return warn(fmt.Sprintf("Before weighting no share was a percentage point from the frame, but the weights raise the design effect to %.2f.", s.DEff), "Consider leaving the weights out, or trimming them.")
	}
	return nil
}

// marginal returns the choices of each item by themselves, to compare those who
// answered with those who were asked.
func (in invited) marginal() targets {
	f := frame{file: in.file, margins: []*frameMargin{&in.frameMargin}}
	t := targets{file: in.file, size: in.sum()}
	for _, name := range in.items {
		m := f.summed([]string{name})
		slices.SortFunc(m.rows, func(a, b frameRow) int { return slices.Compare(a.values, b.values) })
		for i, row := range m.rows {
			m.at[valuesKey(row.values)] = i
		}
		t.margins = append(t.margins, m)
	}
	return t
}

func masses(mass []weighting.Mass) []float64 {
	out := make([]float64, len(mass))
	for c, m := range mass {
		out[c] = m.W.Float64()
	}
	return out
}
