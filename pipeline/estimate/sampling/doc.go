// Package sampling knows how the respondents came into the sample, and what
// that makes of the variance of a figure: strata, sampling units in one or more
// stages, finite populations, replicate weights, and weights that were fitted
// to known totals.
//
// A Frame gathers the design while answers are read. It gives each response a
// group: the smallest part of the design whose respondents need not be told
// apart. Estimators keep totals by group; once all answers are in, the frame
// turns what a figure's groups add up to into its variance, by linearisation
// (Taylor series) or from replicates.
//
// The definitions are those of R's survey package (Lumley 2010, Complex
// Surveys, chapter 2 and appendix A; Särndal, Swensson and Wretman 1992,
// chapters 4 and 5).
package sampling

const stage = "estimate"
