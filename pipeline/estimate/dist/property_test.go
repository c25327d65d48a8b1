package dist

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func near(got, want, rel float64) bool {
	return got == want || math.Abs(got-want) <= rel*math.Abs(want)
}

// TestQuantilesInvert draws probabilities down to 1e-250 in both tails.
func TestQuantilesInvert(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := math.Pow(10, -rapid.Float64Range(0.31, 250).Draw(t, "digits"))
		a := math.Pow(10, rapid.Float64Range(-0.7, 6).Draw(t, "a"))
		b := math.Pow(10, rapid.Float64Range(-0.7, 6).Draw(t, "b"))
		inf := math.Inf(1)
		check := func(name string, x float64, tail func(float64) float64) {
			if size := math.Abs(x); size < 1e-150 || size > 1e150 {
				return // its square is beyond floating point
			}
			if back := tail(x); !near(back, p, 1e-8) { // a quantile has 16 digits, its tail fewer
				t.Errorf("%s: the tail at the quantile of %v is %v", name, p, back)
			}
		}
		check("normal", NormalQuantile(p), Normal)
		check("normal upper", NormalUpperQuantile(p), NormalUpper)
		check("t", StudentQuantile(p, a), func(x float64) float64 { return Student(x, a) })
		check("t upper", StudentUpperQuantile(p, a), func(x float64) float64 { return StudentUpper(x, a) })
		check("chi-square", ChiSquareQuantile(p, a), func(x float64) float64 { return ChiSquare(x, a) })
		check("chi-square upper", ChiSquareUpperQuantile(p, a), func(x float64) float64 { return ChiSquareUpper(x, a) })
		check("F", FQuantile(p, a, b), func(x float64) float64 { return F(x, a, b) })
		check("F upper", FUpperQuantile(p, a, b), func(x float64) float64 { return FUpper(x, a, b) })
		check("F, large", FUpperQuantile(p, a, inf), func(x float64) float64 { return FUpper(x, a, inf) })
		check("beta upper", BetaUpperQuantile(p, b, a), func(x float64) float64 {
			if x > 0.9 {
				return p // too few digits are left to 1
			}
			return BetaUpper(x, b, a)
		})
		check("beta", BetaQuantile(p, a, b), func(x float64) float64 { return Beta(x, a, b) })
	})
}

// TestRelations compares distributions with one another.
func TestRelations(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := math.Pow(10, rapid.Float64Range(-3, 2).Draw(t, "x"))
		df := math.Pow(10, rapid.Float64Range(-1, 5).Draw(t, "df"))
		for name, pair := range map[string][2]float64{
			"t² is F":                     {StudentTwoSided(x, df), FUpper(float64(x*x), 1, df)},
			"chi-square of 1 is normal":   {ChiSquareUpper(float64(x*x), 1), NormalTwoSided(x)},
			"chi-square of 2 is exp":      {ChiSquareUpper(x, 2), math.Exp(-x / 2)},
			"F turned around":             {F(x, df, 3.5), FUpper(1/x, 3.5, df)},
			"t of 1 is Cauchy":            {StudentUpper(x, 1), math.Atan(1/x) / math.Pi},
			"beta of 1 is a power":        {Beta(x/(1+x), df, 1), math.Pow(x/(1+x), df)},
			"F of infinite df":            {FUpper(x, df, math.Inf(1)), ChiSquareUpper(float64(x*df), df)},
			"t of infinite df is normal":  {StudentUpper(x, math.Inf(1)), NormalUpper(x)},
			"t is symmetrical":            {Student(-x, df), StudentUpper(x, df)},
			"the normal quantile is that": {NormalQuantile(1e-12), StudentQuantile(1e-12, math.Inf(1))},
		} {
			if !near(pair[0], pair[1], 1e-10) {
				t.Errorf("%s: %v and %v at x = %v, df = %v", name, pair[0], pair[1], x, df)
			}
		}
	})
}

// TestBinomialIsASum adds up masses that are computed one from another.
func TestBinomialIsASum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(1, 300).Draw(t, "n")
		p := rapid.Float64Range(0.001, 0.999).Draw(t, "p")
		mass, sum := math.Pow(1-p, float64(n)), 0.
		if mass < 1e-290 {
			return // the sum would begin with a number of few digits
		}
		for k := int64(0); k <= n; k++ {
			sum += mass
			if mass > 1e-290 {
				if !near(BinomialMass(k, n, p), mass, 1e-9) || !near(Binomial(k, n, p), sum, 1e-9) {
					t.Fatalf("%d of %d at %v: mass %v, not %v; sum %v, not %v", k, n, p, BinomialMass(k, n, p), mass, Binomial(k, n, p), sum)
				}
			}
			if q := BinomialQuantile(sum*(1-1e-9), n, p); sum > 1e-200 && mass > 1e-5*sum && q != k {
				t.Fatalf("the quantile is %d, not %d", q, k)
			}
			mass *= float64(n-k) / float64(k+1) * (p / (1 - p))
		}
	})
}

func TestNothingIsDefinedWithoutFreedom(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for name, got := range map[string]float64{
		"t quantile":          StudentQuantile(0.975, 0),
		"t of a negative df":  Student(1, -1),
		"t of NaN":            Student(nan, 3),
		"chi-square":          ChiSquareUpper(3, 0),
		"chi-square quantile": ChiSquareQuantile(0.5, 0),
		"F":                   FUpper(1, 2, 0),
		"F quantile":          FQuantile(0.5, 0, 2),
		"F of NaN":            F(nan, 2, 2),
		"beta":                Beta(0.5, 0, 1),
		"beta quantile":       BetaQuantile(nan, 2, 1),
		"probability above 1": NormalQuantile(1.5),
		"binomial":            Binomial(1, 2, nan),
		"infinite shapes":     F(1, inf, 3),
	} {
		if !math.IsNaN(got) {
			t.Errorf("%s is %v", name, got)
		}
	}
}

func TestEnds(t *testing.T) {
	inf := math.Inf(1)
	for name, pair := range map[string][2]float64{
		"normal 0":                  {NormalQuantile(0), -inf},
		"normal 1":                  {NormalQuantile(1), inf},
		"t 0":                       {StudentQuantile(0, 3), -inf},
		"t far out":                 {StudentUpper(1e150, 1), 1e-150 / math.Pi},
		"t at infinity":             {Student(inf, 2), 1},
		"chi-square 0":              {ChiSquareQuantile(0, 3), 0},
		"chi-square 1":              {ChiSquareQuantile(1, 3), inf},
		"chi-square at infinity":    {ChiSquareUpper(inf, 3), 0},
		"F 1":                       {FQuantile(1, 3, 4), inf},
		"F at infinity":             {FUpper(inf, 3, 4), 0},
		"beta without weight left":  {BetaQuantile(0.3, 0, 2), 0},
		"beta without weight right": {BetaQuantile(0.3, 2, 0), 1},
		"beta below 0":              {Beta(-1, 2, 2), 0},
		"beta above 1":              {BetaUpper(2, 2, 2), 0},
		"binomial below 0":          {Binomial(-1, 3, 0.5), 0},
		"binomial from 0":           {BinomialFrom(0, 3, 0.5), 1},
		"binomial all":              {Binomial(3, 3, 0.5), 1},
		"many degrees of freedom":   {StudentQuantile(0.975, 1e12), 1.959963984542427},
	} {
		if !near(pair[0], pair[1], 1e-12) {
			t.Errorf("%s: %v, not %v", name, pair[0], pair[1])
		}
	}
}

func BenchmarkStudentQuantile(b *testing.B) {
	for b.Loop() {
		StudentQuantile(0.975, 1950)
	}
}
