package dist

import "math"

// The masses of the binomial and the Poisson distribution, continued to real
// numbers, without the cancellation of large logarithms: after Loader, Fast and
// Accurate Computation of Binomial Probabilities (2000).

// stirlingError returns log Γ(n+1) less Stirling's approximation of it.
func stirlingError(n float64) float64 {
	if n < 16 {
		lg, _ := math.Lgamma(n + 1)
		return lg - float64((n+0.5)*math.Log(n)) + n - 0.5*math.Log(2*math.Pi)
	}
	nn := n * n
	return (1./12 - (1./360-(1./1260-(1./1680-(1./1188-691./360360/nn)/nn)/nn)/nn)/nn) / n
}

// deviance returns x·log(x/m) + m - x.
func deviance(x, m float64) float64 {
	d := x - m
	if math.Abs(d) >= 0.1*(x+m) {
		return float64(x*math.Log(x/m)) + m - x
	}
	v := d / (x + m) // log(x/m) = 2·artanh(v)
	sum, power, vv := float64(d*v), 2*x*v, float64(v*v)
	for k := 3.; ; k += 2 {
		power *= vv
		next := sum + power/k
		if next == sum {
			return sum
		}
		sum = next
	}
}

// binomialMass returns Γ(a+b+1)/(Γ(a+1)Γ(b+1))·x^a·y^b for y = 1-x and
// positive a and b.
func binomialMass(a, b, x, y float64) float64 {
	n := a + b
	l := stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n*x) - deviance(b, n*y)
	return math.Exp(l) * math.Sqrt(n/(2*math.Pi*a)/b)
}

// poissonMass returns m^a·exp(-m)/Γ(a+1) for positive a.
func poissonMass(a, m float64) float64 {
	return math.Exp(-stirlingError(a)-deviance(a, m)) / math.Sqrt(2*math.Pi*a)
}
