package xlsform

import "github.com/soundings-survey/soundings/pipeline/expr"

// items returns the names of the items that an expression refers to, or an
// error when it cannot be read.
func items(source string) ([]string, error) {
	parsed, err := expr.Parse(source)
	if err != nil {
		return nil, err
	}
	return parsed.Items(), nil
}
