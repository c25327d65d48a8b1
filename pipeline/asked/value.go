package asked

import (
	"github.com/soundings-survey/soundings/pipeline/expr"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Value gives an answer as the expression language sees it on the device that
// collected it.
func Value(item *survey.Item, choices []survey.Choice, a Answer) expr.Value {
	v, _ := value(item, choices, a, false, nil)
	return v
}
