package agreement

import "math"

// Counts tells for each unit (row) how many coders gave it each code (column).
// Every unit has one code at least; how many may differ.
type Counts [][]float64

// profile is what the coefficients of many coders are made of.
type profile struct {
	shares    []float64 // of each code, mean over units
	agreement []float64 // of each unit: share of pairs of coders that agree; NaN where there is no pair
	mean      float64   // of agreement, over units with two codes or more
	pairable  float64   // units with two codes or more
}

func (c Counts) profile() (profile, Reason) {
	if len(c) == 0 {
		return profile{}, NoPairs
	}
	p := profile{shares: make([]float64, len(c[0])), agreement: make([]float64, len(c))}
	for i, unit := range c {
		n, same := 0.0, 0.0
		for _, x := range unit {
			n += x
			same += float64(x * (x - 1))
		}
		for k, x := range unit {
			p.shares[k] += x / n
		}
		p.agreement[i] = math.NaN()
		if n >= 2 {
			p.agreement[i] = same / float64(n*(n-1))
			p.mean += p.agreement[i]
			p.pairable++
		}
	}
	for k := range p.shares {
		p.shares[k] /= float64(len(c))
	}
	if p.pairable == 0 {
		return p, NoPairs
	}
	p.mean /= p.pairable
	return p, Defined
}

// used returns how many codes were given.
func (p profile) used() int {
	n := 0
	for _, s := range p.shares {
		if s > 0 {
			n++
		}
	}
	return n
}

// Agreement is the share of pairs of coders that agree on a unit, mean over the
// units with two codes or more.
func (c Counts) Agreement() Coefficient {
	p, why := c.profile()
	if why != Defined {
		return undefined(why)
	}
	return point(p.mean)
}

// Fleiss is Fleiss' kappa with what it is made of.
type Fleiss struct {
	Coefficient
	Agreement float64 // mean share of pairs that agree
	Expected  float64 // that by chance
	SE0       float64 // under chance; NaN where units differ in their number of coders
	Z         float64
	Codes     []float64 // kappa of each code against all others; NaN likewise, or where nobody used it
}

// Fleiss returns the kappa of many coders (Fleiss 1971) with its standard error
// under chance (Fleiss, Nee and Landis 1979). Where units differ in their number
// of coders, shares of codes are means over units, and agreement that of units
// with two codes or more (Gwet 2014).
func (c Counts) Fleiss() Fleiss {
	p, why := c.profile()
	f := Fleiss{Coefficient: undefined(why), Agreement: math.NaN(), Expected: math.NaN(), SE0: math.NaN(), Z: math.NaN()}
	if why != Defined {
		return f
	}
	f.Agreement, f.Expected = p.mean, 0
	for _, s := range p.shares {
		f.Expected += float64(s * s)
	}
	if p.used() < 2 {
		f.Undefined = NoVariance
		return f
	}
	f.Value = (f.Agreement - f.Expected) / (1 - f.Expected)
	coders, same := c.coders()
	if !same {
		return f
	}
	f.ofChance(p, coders, len(c))
	f.Codes = c.byCode(p, coders)
	return f
}

// coders returns how many coders each unit has, if all have as many.
func (c Counts) coders() (n float64, same bool) {
	for i, unit := range c {
		sum := 0.0
		for _, x := range unit {
			sum += x
		}
		if i > 0 && sum != n {
			return 0, false
		}
		n = sum
	}
	return n, true
}

func (f *Fleiss) ofChance(p profile, coders float64, units int) {
	spread, skew := 0.0, 0.0
	for _, s := range p.shares {
		pq := float64(s * (1 - s))
		spread += pq
		skew += float64(pq * (1 - 2*s))
	}
	pairs := float64(units) * float64(coders*(coders-1))
	f.SE0 = math.Sqrt2 * root(float64(spread*spread)-skew) / (spread * math.Sqrt(pairs))
	f.Z = f.Value / f.SE0
}

func (c Counts) byCode(p profile, coders float64) []float64 {
	out := make([]float64, len(p.shares))
	for k, s := range p.shares {
		apart := 0.0
		for _, unit := range c {
			apart += float64(unit[k] * (coders - unit[k]))
		}
		by := float64(len(c)) * float64(coders*(coders-1)) * float64(s*(1-s))
		out[k] = math.NaN()
		if by > 0 {
			out[k] = 1 - apart/by
		}
	}
	return out
}

// AC1 returns Gwet's AC1 of many coders, with codes missing (Gwet 2008), its
// standard error over units (Gwet 2014) and the normal interval of the
// level.
func (c Counts) AC1(level float64) Coefficient {
	p, why := c.profile()
	if why == Defined && len(p.shares) < 2 {
		why = OneCode
	}
	if why != Defined {
		return undefined(why)
	}
	others := float64(len(p.shares) - 1)
	expected := 0.0
	for _, s := range p.shares {
		expected += float64(s*(1-s)) / others
	}
	rest, n := 1-expected, float64(len(c))
	ac1 := (p.mean - expected) / rest
	squares := 0.0
	for i, unit := range c {
		coders, chance := 0.0, 0.0
		for k, x := range unit {
			coders += x
			chance += float64(x*(1-p.shares[k])) / others
		}
		own := 0.0
		if !math.IsNaN(p.agreement[i]) {
			own = (n / p.pairable) * (p.agreement[i] - expected) / rest
		}
		off := own - 2*(1-ac1)*(chance/coders-expected)/rest - ac1
		squares += float64(off * off)
	}
	if n < 2 {
		return point(ac1)
	}
	return normal(ac1, math.Sqrt(squares/(n*(n-1))), level)
}
