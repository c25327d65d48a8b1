package regression

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// person is a respondent with predictors, an outcome and a weight.
type person struct {
	x    []float64
	y, w float64
}

// fitted runs a fit to its end in plain sums.
func fitted(model Model, people []person) *Fit {
	var m Moments
	ordinal, steps := model.(Ordinal)
	if steps {
		m.Steps = make([]float64, ordinal.Steps)
	}
	for _, p := range people {
		m.Weight += p.w
		m.Outcome += p.w * p.y
		if steps {
			m.Steps[int(p.y)] += p.w
		}
	}
	f := NewFit(model, m)
	for f.State == Running {
		f.Step(totals(model, people, f.Theta))
	}
	if f.State == Converged {
		_, information, deviance := totals(model, people, f.Theta)
		f.Finish(information, deviance)
	}
	return f
}

func totals(model Model, people []person, theta []float64) (score, information []float64, deviance float64) {
	n := model.Width()
	score, information = make([]float64, n), make([]float64, Triangle(n))
	s, h := make([]float64, n), make([]float64, Triangle(n))
	for _, p := range people {
		deviance += p.w * model.Contribute(theta, p.x, p.y, s, h)
		for i, x := range s {
			score[i] += p.w * x
		}
		for i, x := range h {
			information[i] += p.w * x
		}
	}
	return score, information, deviance
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-10*max(1, math.Abs(want))) {
		t.Errorf("%s is %.15g, not %.15g", what, got, want)
	}
}

func TestALineThroughPointsOnALineIsFound(t *testing.T) {
	var people []person
	for i := range 20 {
		x := float64(i * i)
		people = append(people, person{[]float64{x}, 3 - 2*x, 1 + float64(i%3)})
	}
	f := fitted(Linear{Gaussian, 1}, people)
	if f.State != Converged {
		t.Fatal(f.State)
	}
	near(t, "intercept", f.Theta[0], 3)
	near(t, "slope", f.Theta[1], -2)
}

func TestASingleYesOrNoPredictorGivesTheLogOddsRatio(t *testing.T) {
	people := []person{
		{[]float64{0}, 0, 12}, {[]float64{0}, 1, 5}, {[]float64{1}, 0, 7.5}, {[]float64{1}, 1, 20},
	}
	f := fitted(Linear{Binomial, 1}, people)
	near(t, "log odds", f.Theta[0], math.Log(5.0/12))
	near(t, "log odds ratio", f.Theta[1], math.Log(20/7.5)-math.Log(5.0/12))
	near(t, "variance", f.Inverse()[1][1], 1/12.0+1/5.0+1/7.5+1/20.0)
	near(t, "null deviance", f.Null, -2*(25*math.Log(25/44.5)+19.5*math.Log(19.5/44.5)))
}

func TestASingleYesOrNoPredictorGivesTheLogRateRatio(t *testing.T) {
	people := []person{{[]float64{0}, 3, 2}, {[]float64{0}, 0, 1}, {[]float64{1}, 7, 1}, {[]float64{1}, 4, 1}}
	f := fitted(Linear{Poisson, 1}, people)
	near(t, "log rate", f.Theta[0], math.Log(2))
	near(t, "log rate ratio", f.Theta[1], math.Log(5.5)-math.Log(2))
}

func TestTwoStepsOfAScaleAreALogisticRegression(t *testing.T) {
	people := []person{
		{[]float64{0.5, 1}, 0, 1}, {[]float64{2, 0}, 1, 3}, {[]float64{-1, 1}, 1, 2}, {[]float64{1, 1}, 0, 2},
		{[]float64{3, 0}, 0, 1}, {[]float64{0, 0}, 1, 1}, {[]float64{1, 0}, 0, 1}, {[]float64{2, 1}, 1, 1},
	}
	a, b := fitted(Linear{Binomial, 2}, people), fitted(Ordinal{2, 2}, people)
	near(t, "first slope", b.Theta[0], a.Theta[1])
	near(t, "second slope", b.Theta[1], a.Theta[2])
	near(t, "cutpoint", b.Theta[2], -a.Theta[0])
	near(t, "deviance", b.Deviance, a.Deviance)
	near(t, "variance of a slope", b.Inverse()[1][1], a.Inverse()[2][2])
}

func TestDerivativesAreThoseOfTheDeviance(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		number := rapid.Float64Range(-2, 2)
		x := []float64{number.Draw(r, "x1"), number.Draw(r, "x2")}
		theta := []float64{number.Draw(r, "a"), number.Draw(r, "b"), number.Draw(r, "c")}
		cuts := append(theta[:2:2], -1.5, 0, 0.25)
		for i, c := range []struct {
			model Model
			theta []float64
			y     float64
		}{
			{Linear{Gaussian, 2}, theta, number.Draw(r, "y")},
			{Linear{Binomial, 2}, theta, rapid.Float64Range(0, 1).Draw(r, "share")},
			{Linear{Poisson, 2}, theta, float64(rapid.IntRange(0, 9).Draw(r, "count"))},
			{Ordinal{4, 2}, cuts, float64(rapid.IntRange(0, 3).Draw(r, "step"))},
		} {
			n := len(c.theta)
			score, information := make([]float64, n), make([]float64, Triangle(n))
			spare, up, down := make([]float64, Triangle(n)), make([]float64, n), make([]float64, n)
			c.model.Contribute(c.theta, x, c.y, score, information)
			const step = 1e-5
			for j := range n {
				moved := append([]float64(nil), c.theta...)
				moved[j] += step
				above := c.model.Contribute(moved, x, c.y, up, spare)
				moved[j] -= 2 * step
				below := c.model.Contribute(moved, x, c.y, down, spare)
				if got := (below - above) / (4 * step); math.Abs(got-score[j]) > 1e-6*max(1, math.Abs(got)) {
					r.Fatalf("model %d: score %d is %g, not %g", i, j, score[j], got)
				}
				for k := range j + 1 {
					if got := (down[k] - up[k]) / (2 * step); math.Abs(got-information[entry(j, k)]) > 1e-6*max(1, math.Abs(got)) {
						r.Fatalf("model %d: information %d, %d is %g, not %g", i, j, k, information[entry(j, k)], got)
					}
				}
			}
		}
	})
}

func TestAPredictorThatOthersMakeSuperfluousIsLeftOut(t *testing.T) {
	var people []person
	for i := range 30 {
		x := float64(i)
		people = append(people, person{[]float64{x, 5 - 3*x, math.Sin(x)}, math.Cos(x) + x, 1})
	}
	all, less := fitted(Linear{Gaussian, 3}, people), people[:0:0]
	for _, p := range people {
		less = append(less, person{[]float64{p.x[0], p.x[2]}, p.y, p.w})
	}
	want := fitted(Linear{Gaussian, 2}, less)
	if !all.Aliased[2] || all.Aliased[1] || all.Aliased[3] || all.Theta[2] != 0 {
		t.Errorf("%+v", all)
	}
	near(t, "a slope", all.Theta[1], want.Theta[1])
	near(t, "another", all.Theta[3], want.Theta[2])
	near(t, "a variance", all.Inverse()[3][3], want.Inverse()[2][2])
}

func TestAnOutcomeThatAPredictorGivesAwayHasNoOddsRatio(t *testing.T) {
	var people []person
	for i := range 10 {
		people = append(people, person{[]float64{float64(i)}, float64(i / 5), 1})
	}
	if f := fitted(Linear{Binomial, 1}, people); f.State != Lost {
		t.Errorf("%+v", f)
	}
}

func TestAnOutcomeThatDoesNotVaryHasNoFit(t *testing.T) {
	people := []person{{[]float64{1}, 1, 1}, {[]float64{0}, 1, 1}}
	for _, m := range []Model{Linear{Binomial, 1}, Ordinal{2, 1}} {
		if f := fitted(m, people); f.State != Constant {
			t.Errorf("%T: %+v", m, f)
		}
	}
}

func TestCentringChangesConstantsAlone(t *testing.T) {
	var people, centred []person
	centre := []float64{2020, 0.25}
	for i := range 40 {
		x := []float64{2010 + float64(i*7%20), float64(i % 2)}
		y := float64((i*i + i/3) % 4)
		people = append(people, person{x, y, 1 + float64(i%5)})
		centred = append(centred, person{[]float64{x[0] - centre[0], x[1] - centre[1]}, y, 1 + float64(i%5)})
	}
	for _, m := range []Model{Linear{Poisson, 2}, Ordinal{4, 2}} {
		a, b := fitted(m, people), fitted(m, centred)
		v := UncentredCovariance(m, b.Inverse(), centre)
		for i, x := range Uncentred(m, b.Theta, centre) {
			if math.Abs(x-a.Theta[i]) > 1e-7*math.Abs(x) {
				t.Errorf("%T: parameter %d is %g, not %g", m, i, x, a.Theta[i])
			}
			if w := a.Inverse()[i][i]; math.Abs(v[i][i]-w) > 1e-6*w {
				t.Errorf("%T: variance %d is %g, not %g", m, i, v[i][i], w)
			}
		}
	}
}

func TestWaldIsASumOfSquaresWhereParametersAreIndependent(t *testing.T) {
	v := [][]float64{{4, 0, 0}, {0, 1, 0}, {0, 0, 0.25}}
	if w, k, ok := Wald([]float64{2, 3, 1}, v, []int{0, 2}); !ok || k != 2 || math.Abs(w-5) > 1e-12 {
		t.Error(w, k, ok)
	}
	if _, _, ok := Wald([]float64{2, 3}, [][]float64{{1, 1}, {1, 1}}, []int{0, 1}); ok {
		t.Error("two parameters that vary as one are tested")
	}
}
