package quality

// Weights is what is known of the weights of the respondents. Like an Account
// it is exact, and reaches a report through protect alone.
type Weights struct {
	Column     bool     // they start from a number that came with the answers
	Method     string   // how they were fitted to known totals, empty: they were not
	Asked      []string // items from which the chance to answer was worked out
	Trimmed    bool     // they were bounded
	Population float64  // sum of the known totals, or how many were asked; 0 where neither is known

	Responses int64
	Effective float64 // Kish's effective base
	DEff      float64 // design effect of the weights
	Ratio     float64 // largest weight over smallest
	Top1      float64 // share of the total held by the hundredth with the largest weights
	Top5      float64 // the same of the twentieth

	Margins []Margin
	Numbers []string // numeric items whose totals the weights meet
	Costly  string   // why the weights may do more harm than good, empty: they need not
}

// Margin compares respondents with the population by the choices of an item, or
// the joint choices of several.
type Margin struct {
	Items []string
	Rows  []MarginRow
}

// MarginRow is a choice of each item of a margin.
type MarginRow struct {
	Values               []string
	N                    int64   // respondents
	Frame, Before, After float64 // shares: of the population, of respondents before weighting, and after
}
