package agreement

// Pair is how far two coders agree.
type Pair struct {
	First, Second   string
	Units           float64 // coded by both
	Agreement       Coefficient
	Kappa           Kappa
	Linear          Kappa
	Quadratic       Kappa
	ScottPi         Coefficient
	BrennanPrediger Coefficient
	AC1             Coefficient
}

// Summary is how far all coders of a file agree.
type Summary struct {
	Units     int     // with a code
	Pairable  float64 // of them, those with two codes or more
	Coders    int
	Codes     []string
	Scale     Scale
	Agreement Coefficient
	Alpha     Alpha
	Fleiss    Fleiss
	AC1       Coefficient
	Pairs     []Pair
}

// Summarise computes all measures. Weighted kappas are to be read only where
// codes have an order.
func (d *Data) Summarise(scale Scale, b Bootstrap) Summary {
	counts := d.Counts()
	s := Summary{
		Units: len(counts), Coders: len(d.Coders), Codes: d.Codes, Scale: scale,
		Agreement: counts.Agreement(), Alpha: d.Alpha(scale, b), Fleiss: counts.Fleiss(), AC1: counts.AC1(b.Level),
	}
	if p, why := counts.profile(); why == Defined {
		s.Pairable = p.pairable
	}
	for i := range d.Coders {
		for j := i + 1; j < len(d.Coders); j++ {
			t := d.Table(i, j)
			s.Pairs = append(s.Pairs, t.pair(d.Coders[i], d.Coders[j], b.Level))
		}
	}
	return s
}

func (t Table) pair(first, second string, level float64) Pair {
	return Pair{
		First: first, Second: second, Units: t.Units(), Agreement: t.Agreement(),
		Kappa:     t.Kappa(Identity(len(t)), level),
		Linear:    t.Kappa(Linear(len(t)), level),
		Quadratic: t.Kappa(Quadratic(len(t)), level),
		ScottPi:   t.ScottPi(), BrennanPrediger: t.BrennanPrediger(), AC1: t.AC1(level),
	}
}

// CodeSummary is how far coders agree on whether a code applies.
type CodeSummary struct {
	Code     string // empty for all codes pooled
	Summary  Summary
	Positive Coefficient // of two coders; undefined for more
}

// LabelSummary is how far coders agree who give units several codes.
type LabelSummary struct {
	Units, Coders int
	Codes         []CodeSummary
	Pooled        CodeSummary
	Sets          Sets
	MASI, Jaccard Alpha // of whole sets
	Usage         []PairUsage
}

// PairUsage is how alike two coders use codes as a whole.
type PairUsage struct {
	First, Second string
	Units         float64 // coded by both
	Usage
}

// Summarise computes all measures for each code, and for all decisions pooled.
// Pooled decisions are drawn no interval of alpha.
func (l *Labels) Summarise(b Bootstrap) LabelSummary {
	s := LabelSummary{Units: len(l.Units), Coders: len(l.Coders), Sets: l.Sets(), MASI: l.SetAlpha(MASI, b), Jaccard: l.SetAlpha(Jaccard, b)}
	for i := range l.Coders {
		for j := i + 1; j < len(l.Coders); j++ {
			s.Usage = append(s.Usage, PairUsage{l.Coders[i], l.Coders[j], l.codedBy(i, j), l.Usage(i, j, b.Level)})
		}
	}
	for k, code := range l.Codes {
		s.Codes = append(s.Codes, onCode(code, l.Code(k), b))
	}
	b.Resamples = 0
	s.Pooled = onCode("", l.Pooled(), b)
	return s
}

func onCode(code string, d *Data, b Bootstrap) CodeSummary {
	out := CodeSummary{Code: code, Summary: d.Summarise(Nominal, b), Positive: undefined(NoPairs)}
	if len(d.Coders) == 2 {
		out.Positive = d.Table(0, 1).Positive()
	}
	return out
}
