package sampling

import "github.com/soundings-survey/soundings/pipeline/estimate/exact"

// Mass is a number of respondents and the exact total of their weights.
type Mass struct {
	N, Zero   int64     // how many, and how many of them have weight 0
	W, Square exact.Sum // Σw and Σw²; no square where sampling units are the groups
}

// Merge adds another mass.
func (m *Mass) Merge(o Mass) {
	m.N += o.N
	m.Zero += o.Zero
	m.W.Merge(o.W)
	m.Square.Merge(o.Square)
}

// Part is what one group of the design holds of a domain: Block is where its
// owner keeps the totals.
type Part struct {
	Group int32
	Block int
}

// Base is the base of a figure by the groups that it reaches.
type Base struct {
	Parts  []Part
	Masses []Mass         // of each part
	Weight []exact.Double // of each part
	Total  Mass           // of the sample
	DF     int64          // degrees of freedom

	Squares bool // respondents are the sampling units: Σw² are needed

	replicated bool // parts are the sample and its replicates
}

// Base keeps of the parts those in which anybody counts.
func (f *Frame) Base(parts []Part, of func(block int) Mass) *Base {
	b := &Base{Squares: f.Squares(), replicated: f.kind == replicates}
	for _, p := range parts {
		m := of(p.Block)
		if m.N == 0 {
			continue
		}
		b.Parts, b.Masses, b.Weight = append(b.Parts, p), append(b.Masses, m), append(b.Weight, exact.DoubleOf(m.W))
		if f.kind != replicates || p.Group == 0 {
			b.Total.Merge(m)
		}
	}
	b.DF = f.freedom(b)
	return b
}

// Spread is what a figure of one domain is computed from: how the analysed
// quantity y is spread over the groups of the design. For a share, y is 1 for
// those who count and 0 for the others.
type Spread interface {
	Base() *Base
	SumY() exact.Double                         // Σwy of the sample
	Deviation(m exact.Double) exact.Double      // Σw(y-m)² of the sample
	Moment(at int, m exact.Double) exact.Double // Σw(y-m) in a part
	Square(at int, m exact.Double) exact.Double // Σw²(y-m)² in a part; only where the base has squares
	Cross(at int, m exact.Double) exact.Double  // Σw²(y-m) in a part; only where the base has squares
	Figure(at int) exact.Double                 // the figure as a part has it; only where parts are replicates
}

// Share is the spread of a share.
type Share struct {
	of     *Base
	w      []exact.Double // Σw of those who count, by part
	others []exact.Sum    // Σw² of the others, and of those who count,
	hits   []exact.Sum    // where respondents are the sampling units
	Total  Mass           // those who count
}

// NewShare returns the spread of the share of those who count.
func NewShare(of *Base, hits func(block int) Mass) *Share {
	s := &Share{of: of, w: make([]exact.Double, len(of.Parts))}
	for i, p := range of.Parts {
		hit := hits(p.Block)
		if hit.N > 0 {
			s.w[i] = exact.DoubleOf(hit.W)
			if of.InSample(i) {
				s.Total.Merge(hit)
			}
		}
		if of.Squares {
			s.hits = append(s.hits, hit.Square)
			s.others = append(s.others, of.Masses[i].Square.Minus(hit.Square))
		}
	}
	return s
}

// InSample reports whether a part is of the sample, not of a replicate of it.
func (b *Base) InSample(at int) bool { return !b.replicated || b.Parts[at].Group == 0 }

// Base implements Spread.
func (s *Share) Base() *Base { return s.of }

// SumY implements Spread.
func (s *Share) SumY() exact.Double { return exact.DoubleOf(s.Total.W) }

// Deviation implements Spread.
func (s *Share) Deviation(m exact.Double) exact.Double {
	others := exact.DoubleOf(s.of.Total.W.Minus(s.Total.W))
	return exact.DoubleOf(s.Total.W).Times(exact.Number(1).Minus(m).Squared()).Plus(others.Times(m.Squared()))
}

// Moment implements Spread.
func (s *Share) Moment(at int, m exact.Double) exact.Double {
	return s.w[at].Minus(s.of.Weight[at].Times(m))
}

// Square implements Spread.
func (s *Share) Square(at int, m exact.Double) exact.Double {
	return exact.DoubleOf(s.hits[at]).Times(exact.Number(1).Minus(m).Squared()).Plus(exact.DoubleOf(s.others[at]).Times(m.Squared()))
}

// Cross implements Spread.
func (s *Share) Cross(at int, m exact.Double) exact.Double {
	return exact.DoubleOf(s.hits[at]).Times(exact.Number(1).Minus(m)).Minus(exact.DoubleOf(s.others[at]).Times(m))
}

// Figure implements Spread.
func (s *Share) Figure(at int) exact.Double { return s.w[at].Over(s.of.Weight[at]) }

// Scores is the spread of a y with a few values: the masses by value hold all
// there is to know, and no difference of large numbers is ever taken.
type Scores struct {
	of     *Base
	values []exact.Double // increasing
	masses [][]Mass       // masses[part][value]
	totals []Mass         // by value
}

// NewScores returns the spread of a y with the given values.
func NewScores(of *Base, values []exact.Double, masses func(block int) []Mass) *Scores {
	s := &Scores{of: of, values: values, totals: make([]Mass, len(values))}
	for at, p := range of.Parts {
		by := masses(p.Block)
		s.masses = append(s.masses, by)
		for i, m := range by {
			if of.InSample(at) {
				s.totals[i].Merge(m)
			}
		}
	}
	return s
}

// Base implements Spread.
func (s *Scores) Base() *Base { return s.of }

// SumY implements Spread.
func (s *Scores) SumY() exact.Double { return s.sum(s.totals, Mass.weight, identity) }

// Deviation implements Spread.
func (s *Scores) Deviation(m exact.Double) exact.Double {
	return s.sum(s.totals, Mass.weight, func(y exact.Double) exact.Double { return y.Minus(m).Squared() })
}

// Moment implements Spread.
func (s *Scores) Moment(at int, m exact.Double) exact.Double {
	return s.sum(s.masses[at], Mass.weight, func(y exact.Double) exact.Double { return y.Minus(m) })
}

// Square implements Spread.
func (s *Scores) Square(at int, m exact.Double) exact.Double {
	return s.sum(s.masses[at], Mass.squared, func(y exact.Double) exact.Double { return y.Minus(m).Squared() })
}

// Cross implements Spread.
func (s *Scores) Cross(at int, m exact.Double) exact.Double {
	return s.sum(s.masses[at], Mass.squared, func(y exact.Double) exact.Double { return y.Minus(m) })
}

// Figure implements Spread.
func (s *Scores) Figure(at int) exact.Double {
	return s.sum(s.masses[at], Mass.weight, identity).Over(s.of.Weight[at])
}

func (m Mass) weight() exact.Double        { return exact.DoubleOf(m.W) }
func (m Mass) squared() exact.Double       { return exact.DoubleOf(m.Square) }
func identity(y exact.Double) exact.Double { return y }

func (s *Scores) sum(masses []Mass, weight func(Mass) exact.Double, of func(y exact.Double) exact.Double) exact.Double {
	var sum exact.Double
	for i, y := range s.values {
		if masses[i].N > 0 {
			sum = sum.Plus(weight(masses[i]).Times(of(y)))
		}
	}
	return sum
}
