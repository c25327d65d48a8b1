package hypothesis

import "math"

// ties is how much more probable than the observed table one may be that still
// counts as no more probable.
const ties = 1e-7

// FisherTest is the exact test of independence in a table with given margins
// (Fisher 1935; Freeman and Halton 1951 for more than two rows or columns).
type FisherTest struct {
	P      float64 // sum of the probabilities of tables no more probable than this one
	Reason Reason

	// Of 2 x 2 tables; NaN for others.
	Less      float64 // one-sided, for an odds ratio below 1
	Greater   float64 // one-sided, for an odds ratio above 1
	OddsRatio float64 // conditional maximum likelihood estimate
	Interval  Interval
}

// Fisher tests a table exactly, with an interval of the given level for the
// odds ratio. Its error is ErrTooLarge for a table that would take too long.
func Fisher(c Counts, level float64) (FisherTest, error) {
	nan := math.NaN()
	out := FisherTest{P: nan, Less: nan, Greater: nan, OddsRatio: nan, Interval: noInterval}
	full, _, _ := c.filled()
	switch {
	case len(full.N) == 0:
		out.Reason = TooFew
		return out, nil
	case full.Rows < 2 || full.Cols < 2:
		out.Reason = NoVariation
		return out, nil
	case full.Rows > 2 || full.Cols > 2:
		p, err := freemanHalton(full)
		out.P = p
		return out, err
	}
	return fourfold(full, level)
}

// fourfold tests a 2 x 2 table.
func fourfold(c Counts, level float64) (FisherTest, error) {
	byRow, byCol, _ := c.margins()
	least := max(0, byRow[0]-byCol[1])
	most := min(byRow[0], byCol[0])
	if most-least > 5e6 {
		return FisherTest{P: math.NaN(), Interval: noInterval}, ErrTooLarge
	}
	h := hypergeometric{least: least, at: int(c.N[0] - least), log: make([]float64, most-least+1)}
	for i := range h.log[1:] {
		u := float64(least + int64(i))
		odds := (float64(byCol[0]) - u) / (u + 1) * ((float64(byRow[0]) - u) / (float64(byCol[1]-byRow[0]) + u + 1))
		h.log[i+1] = h.log[i] + math.Log(odds)
	}
	p := h.at1()
	out := FisherTest{}
	for i, v := range p {
		if i <= h.at {
			out.Less += v
		}
		if i >= h.at {
			out.Greater += v
		}
		if v <= p[h.at]*(1+ties) {
			out.P += v
		}
	}
	out.P, out.Less, out.Greater = min(out.P, 1), min(out.Less, 1), min(out.Greater, 1)
	out.OddsRatio = h.oddsRatio()
	out.Interval = h.interval(level)
	return out, nil
}

// freemanHalton tests a larger table by a network of partial tables.
func freemanHalton(c Counts) (float64, error) {
	if c.Rows > c.Cols {
		c = c.Transposed() // few rows make few nodes
	}
	byRow, byCol, n := c.margins()
	if n > 1e6 {
		return math.NaN(), ErrTooLarge
	}
	net := newNetwork(byRow, byCol, n)
	return net.tail(c.N)
}

// logChoose returns the logarithm of a binomial coefficient of n.
func logChoose(logFactorial []float64, n, k int64) float64 {
	return logFactorial[n] - logFactorial[k] - logFactorial[n-k]
}

// logFactorials returns log k! for k up to n.
func logFactorials(n int64) []float64 {
	out := make([]float64, n+1)
	for k := range out {
		out[k], _ = math.Lgamma(float64(k) + 1)
	}
	return out
}
