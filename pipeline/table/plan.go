// Package table holds what is asked of the answers and what is found: a Plan
// of analyses, the Tables of estimates that answer it, and the keys by which
// every figure is known from the results file to a sentence of the report.
package table

import "slices"

// Analysis is a kind of estimate. The names are those that analysts use in
// their analysis plans.
type Analysis string

// The analyses of one item.
const (
	PropSelectOne      Analysis = "prop_select_one"      // share of each choice of a single-choice item
	PropSelectMultiple Analysis = "prop_select_multiple" // share choosing each choice, on the base that Row.Base names
	PropNet            Analysis = "prop_net"             // share choosing any of some choices: a net, a top box, a theme
	NetScore           Analysis = "net_score"            // share choosing any of Values less that choosing any of Against
	Mean               Analysis = "mean"                 // mean of numbers, or of the scores of a scaled item
	Total              Analysis = "total"                // total of numbers in the population, or how many there make each choice
	Median             Analysis = "median"               // of numbers or scores
	Quantile           Analysis = "quantile"             // the one that Row.Prob names
	Variance           Analysis = "variance"             // of numbers or scores in the population
	RankMean           Analysis = "rank_mean"            // mean place of each choice of a ranking, among those who placed it
	RankFirst          Analysis = "rank_first"           // share placing each choice first
	PropCombination    Analysis = "prop_combination"     // share making exactly each set of choices of several
)

// The analyses of an item with others, which Row.With names.
const (
	Ratio              Analysis = "ratio"               // total of the item over that of another
	Alpha              Analysis = "alpha"               // reliability of the scale that the items make
	Correlation        Analysis = "correlation"         // of the item with each of the others
	RegressionLinear   Analysis = "regression_linear"   // of the item on the others
	RegressionLogistic Analysis = "regression_logistic" // of the odds of Values, on the others
	RegressionPoisson  Analysis = "regression_poisson"  // of a count on the others
	RegressionOrdinal  Analysis = "regression_ordinal"  // of the steps of a scale on the others
	Correspondence     Analysis = "mca"                 // multiple correspondence of the items
	LatentClasses      Analysis = "lca"                 // latent classes of the items; Row.Classes of them
)

// The tests. Those without further items compare the domains of Row.By.
const (
	TestIndependence Analysis = "test_independence" // of a select item from the groups
	TestMean         Analysis = "test_mean"         // equal means in the groups
	TestRank         Analysis = "test_rank"         // equal distributions in the groups, by ranks
	TestPaired       Analysis = "test_paired"       // of the item with another of the same respondents: before and after
	TestRepeated     Analysis = "test_repeated"     // of the item with several others of the same respondents
	Compare          Analysis = "compare"           // each group with each other, choice by choice: the letters of banner tables
)

// Row is one line of a plan: an analysis of an item, for everybody or by domain.
type Row struct {
	Analysis Analysis
	Item     string
	With     []string // further items: a denominator, the other time, predictors, the rest of a scale
	Values   []string // for PropNet, NetScore and RegressionLogistic, and TestPaired and TestRepeated where they are of these: the choices that count, in form order
	Against  []string // for NetScore: those that count against
	By       []string // items whose choices are the domains; several are combined; empty for everybody
	Level    float64  // confidence level of the interval; 0 means 0.95
	Prob     float64  // for Quantile: between 0 and 1
	Base     BaseKind // for PropSelectMultiple; empty means BaseAnswered
	Classes  int      // for LatentClasses; 0 means 2
	Method   string   // of the interval, test or quantile; empty for the default of the project
	Adjust   string   // for Compare: how p is adjusted for the pairs of a choice: "holm", "bonferroni", "bh"; empty for none
	NAToZero bool     // for Ratio: no numerator counts as 0
	DropZero bool     // for Ratio: respondents with a denominator of 0 are left out

	// Compatible asks for the intervals that users of R's analysistools expect:
	// symmetric, on Student's t, also of shares, with the degrees of freedom of
	// all who answered instead of the domain's. It is no part of the key, by
	// which they join results.
	Compatible bool

	// Along, for PropCombination, are the groupings by which sets of choices are
	// counted beside, so that protection knows what they tell of tables by groups.
	// It is no part of the key and never shown.
	Along [][]string `json:",omitempty"`
}

// BaseKind says what the shares of a select_multiple are shares of.
type BaseKind string

// The bases of an item with several choices.
const (
	BaseAnswered    BaseKind = "answered"    // respondents who were asked and gave an answer that counts
	BaseRespondents BaseKind = "respondents" // all respondents of the domain, whether they were asked or not
	BaseResponses   BaseKind = "responses"   // all choices made: the shares add up to 1
)

// Figures reports whether an analysis gives shares or means whose disclosure
// is controlled family by family; all others are controlled one by one.
func (a Analysis) Figures() bool {
	switch a {
	case PropSelectOne, PropSelectMultiple, PropNet, Mean:
		return true
	}
	return false
}

// Test reports whether an analysis is a hypothesis test: its tables have Tests
// and no cells.
func (a Analysis) Test() bool {
	switch a {
	case TestIndependence, TestMean, TestRank, TestPaired, TestRepeated, Compare:
		return true
	}
	return false
}

// Confidence returns the confidence level of the row.
func (r Row) Confidence() float64 {
	if r.Level == 0 {
		return 0.95
	}
	return r.Level
}

// Plan is what to compute.
type Plan struct{ Rows []Row }

// Add appends a row unless the plan has it already.
func (p *Plan) Add(r Row) {
	if !slices.ContainsFunc(p.Rows, func(have Row) bool { return have.Key() == r.Key() }) {
		p.Rows = append(p.Rows, r)
	}
}
