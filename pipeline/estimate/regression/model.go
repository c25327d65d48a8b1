// Package regression fits regression models to survey answers by Newton's
// method, from sums over respondents alone: linear, logistic and Poisson
// regression, and proportional odds for ordered outcomes. Standard errors are
// those of the design, by the sandwich formula (Binder 1983).
//
// It reads no answers. Its caller passes each respondent through a Model at the
// parameters of a Fit, adds up what comes out, and hands the sums to the fit,
// which says where to look next.
package regression

// Model is what a respondent adds to the score and the information of a model
// with parameters θ: some slopes, and constants that are not multiplied with
// anything.
type Model interface {
	// Width returns how many parameters there are.
	Width() int

	// Slopes returns the first parameter that is a slope. The slopes follow
	// each other in the order of the predictors.
	Slopes() int

	// Constants returns the range of the parameters that are constants, and the
	// sign with which a slope enters beside them.
	Constants() (from, to int, sign float64)

	// Start returns parameters to begin with: no predictor matters. It returns
	// false where the outcome does not vary as the model needs it.
	Start(m Moments) ([]float64, bool)

	// Contribute works out what a respondent with predictors x and outcome y
	// gives at θ, without weight: the first derivatives of the log likelihood by
	// each parameter, the lower triangle of the second ones with their sign
	// changed, and the deviance.
	Contribute(theta, x []float64, y float64, score, information []float64) (deviance float64)

	// Within reports whether the model can have such parameters.
	Within(theta []float64) bool
}

// Moments are the weighted totals that a start needs.
type Moments struct {
	Weight  float64   // Σw
	Outcome float64   // Σwy
	Steps   []float64 // Σw of those at each step of an ordered outcome
}

// Triangle returns how many entries the lower triangle of a matrix has.
func Triangle(n int) int { return n * (n + 1) / 2 }

// entry returns where an entry of a lower triangle is, j <= i.
func entry(i, j int) int { return i*(i+1)/2 + j }
