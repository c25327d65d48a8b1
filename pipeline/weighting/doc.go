// Package weighting fits weights to known totals of a population, and knows
// what that does to standard errors.
//
// Respondents who are alike in all that the weights are fitted to form a cell,
// and get the same factor. So a fit needs only what each cell weighs: its size
// does not grow with the number of respondents. Three fits are known:
// post-stratification, raking, and calibration to a distance (Deville and
// Särndal 1992).
//
// Weights that are fitted make figures more precise: what the known totals say
// about a figure does not vary any more. A Calibration keeps what is needed to
// take that part from the influence of each respondent.
package weighting
