package table

import "github.com/soundings-survey/soundings/pipeline/survey"

// demand is what an analysis needs of its row.
type demand struct {
	item    kind // what the item must be
	with    kind // what further items must be
	fewest  int  // how many further items there must be
	most    int  // and may be
	groups  bool // whether it compares the choices of group_var, and needs one
	values  bool // whether it counts choices
	may     bool // whether it may count choices instead of what it does without
	against bool // and others against them
	prob    bool
	base    bool
	classes bool
	adjust  bool
}

// kind is a kind of item.
type kind int

const (
	none     kind = iota
	single        // a select_one
	several       // a select_multiple, or a ranking
	ranked        // a ranking
	combined      // a select_multiple of few choices
	choosing      // with choices
	stepped       // a scale: single choices with scores
	number        // numbers
	scored        // numbers, or a scale
	counted       // numbers, or with choices
)

// manyItems is how many further items a row may have.
const manyItems = 100

// demands says what each analysis needs. An analysis that is not here cannot be
// asked for.
func demands(a Analysis) (demand, bool) {
	switch a {
	case PropSelectOne:
		return demand{item: single}, true
	case PropSelectMultiple:
		return demand{item: several, base: true}, true
	case PropNet:
		return demand{item: choosing, values: true}, true
	case NetScore:
		return demand{item: single, values: true, against: true}, true
	case Mean, Median, Variance:
		return demand{item: scored}, true
	case Quantile:
		return demand{item: scored, prob: true}, true
	case Total:
		return demand{item: counted}, true
	case RankMean, RankFirst:
		return demand{item: ranked}, true
	case PropCombination:
		return demand{item: combined}, true
	case Ratio:
		return demand{item: scored, with: scored, fewest: 1, most: 1}, true
	case Alpha, Correlation:
		return demand{item: scored, with: scored, fewest: 1, most: manyItems}, true
	case RegressionLinear:
		return demand{item: scored, with: counted, fewest: 1, most: manyItems}, true
	case RegressionLogistic:
		return demand{item: choosing, with: counted, fewest: 1, most: manyItems, values: true}, true
	case RegressionPoisson:
		return demand{item: number, with: counted, fewest: 1, most: manyItems}, true
	case RegressionOrdinal:
		return demand{item: stepped, with: counted, fewest: 1, most: manyItems}, true
	case Correspondence:
		return demand{item: choosing, with: choosing, fewest: 1, most: manyItems}, true
	case LatentClasses:
		return demand{item: choosing, with: choosing, fewest: 1, most: manyItems, classes: true}, true
	case TestIndependence:
		return demand{item: choosing, groups: true}, true
	case TestMean, TestRank:
		return demand{item: scored, groups: true}, true
	case Compare:
		return demand{item: counted, groups: true, adjust: true}, true
	case TestPaired:
		return demand{item: counted, with: counted, fewest: 1, most: 1, may: true}, true
	case TestRepeated:
		return demand{item: counted, with: counted, fewest: 1, most: manyItems - 1, may: true}, true
	}
	return demand{}, false
}

// analysisNames are all analyses, in the order in which they are explained.
var analysisNames = [...]Analysis{
	PropSelectOne, PropSelectMultiple, PropNet, NetScore, Mean, Total, Median, Quantile, Variance, RankMean, RankFirst, PropCombination,
	Ratio, Alpha, Correlation, RegressionLinear, RegressionLogistic, RegressionPoisson, RegressionOrdinal, Correspondence, LatentClasses,
	TestIndependence, TestMean, TestRank, TestPaired, TestRepeated, Compare,
}

// regression reports whether an analysis predicts an item with others, of which
// factor(NAME) asks for the choices of a scale one by one.
func (a Analysis) regression() bool {
	switch a {
	case RegressionLinear, RegressionLogistic, RegressionPoisson, RegressionOrdinal:
		return true
	}
	return false
}

// fits reports whether an item is of a kind.
func fits(s *survey.Survey, item *survey.Item, k kind) bool {
	switch k {
	case single:
		return item.Type == survey.SelectOne
	case several:
		return item.Type == survey.SelectMultiple || item.Type == survey.Rank
	case ranked:
		return item.Type == survey.Rank
	case combined:
		return Combined(s, item)
	case choosing:
		return item.Type.HasChoices()
	case stepped:
		return s.Scaled(item)
	case number:
		return item.Type.Numeric()
	case scored:
		return item.Type.Numeric() || s.Scaled(item)
	case counted:
		return item.Type.Numeric() || item.Type.HasChoices()
	}
	return false
}

// String says what an item of the kind is.
func (k kind) String() string {
	switch k {
	case single:
		return "a select_one"
	case several:
		return "a select_multiple or a ranking"
	case ranked:
		return "a ranking"
	case combined:
		return "a select_multiple of 2 to 16 choices without \"|\" in their names"
	case choosing:
		return "an item with choices"
	case stepped:
		return "a scale, whose choices have scores"
	case number:
		return "a number"
	case scored:
		return "a number, or a scale whose choices have scores"
	}
	return "a number or an item with choices"
}
