package sampling

import "github.com/soundings-survey/soundings/pipeline/estimate/exact"

// Moments are exact sums over respondents with weights w and two numbers, a
// and b. For the mean of a number, b is 1.
type Moments struct {
	WA, WB, WAA      exact.Sum // Σwa, Σwb, Σwa²
	W2AA, W2AB, W2BB exact.Sum // Σw²a², Σw²ab, Σw²b²
}

func (m *Moments) merge(o Moments) {
	for _, p := range []struct{ to, from *exact.Sum }{
		{&m.WA, &o.WA}, {&m.WB, &o.WB}, {&m.WAA, &o.WAA}, {&m.W2AA, &o.W2AA}, {&m.W2AB, &o.W2AB}, {&m.W2BB, &o.W2BB},
	} {
		p.to.Merge(*p.from)
	}
}

// Square returns Σw²(a - m·b)².
func (m Moments) Square(by exact.Double) exact.Double { return quadratic(m.W2AA, m.W2AB, m.W2BB, by) }

// Numbers is the spread of numbers about a multiple of others: of a - m·b. With
// b = 1 it is that of a mean, else that of a ratio, Σwa/Σwb (Lumley 2010, §5.1).
type Numbers struct {
	of   *Base
	sums []Moments // of each part
	all  Moments   // of the sample
}

// NewNumbers returns the spread of numbers by their moments.
func NewNumbers(of *Base, sums func(block int) Moments) *Numbers {
	s := &Numbers{of: of}
	for at, p := range of.Parts {
		by := sums(p.Block)
		s.sums = append(s.sums, by)
		if of.InSample(at) {
			s.all.merge(by)
		}
	}
	return s
}

// Base implements Spread.
func (s *Numbers) Base() *Base { return s.of }

// SumY implements Spread.
func (s *Numbers) SumY() exact.Double { return exact.DoubleOf(s.all.WA) }

// SumB returns Σwb of the sample.
func (s *Numbers) SumB() exact.Double { return exact.DoubleOf(s.all.WB) }

// Deviation implements Spread, where b is 1.
func (s *Numbers) Deviation(m exact.Double) exact.Double {
	return quadratic(s.all.WAA, s.all.WA, s.all.WB, m)
}

// Moment implements Spread.
func (s *Numbers) Moment(at int, m exact.Double) exact.Double {
	return exact.DoubleOf(s.sums[at].WA).Minus(m.Times(exact.DoubleOf(s.sums[at].WB)))
}

// Square implements Spread.
func (s *Numbers) Square(at int, m exact.Double) exact.Double {
	return s.sums[at].Square(m)
}

// Cross implements Spread, where b is 1: Σw²(a-m).
func (s *Numbers) Cross(at int, m exact.Double) exact.Double {
	return exact.DoubleOf(s.sums[at].W2AB).Minus(m.Times(exact.DoubleOf(s.sums[at].W2BB)))
}

// Figure implements Spread.
func (s *Numbers) Figure(at int) exact.Double {
	return exact.DoubleOf(s.sums[at].WA).Over(exact.DoubleOf(s.sums[at].WB))
}

// quadratic returns c2 - 2m·c1 + m²·c0, which is Σk(a-mb)² when the sums are
// Σka², Σkab and Σkb².
func quadratic(c2, c1, c0 exact.Sum, m exact.Double) exact.Double {
	d0, d1, d2 := exact.DoubleOf(c0), exact.DoubleOf(c1), exact.DoubleOf(c2)
	out := d2.Minus(m.Times(d1.Plus(d1))).Plus(m.Squared().Times(d0))
	if exact.Negligible(out, d2) {
		return exact.Double{}
	}
	return out
}

// Total is the spread of a total instead of a mean or share.
type Total struct{ Spread }

// Figure implements Spread.
func (t Total) Figure(at int) exact.Double { return t.Moment(at, exact.Double{}) }
