package bind

import (
	"fmt"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/expr"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Exclude is a condition on the answers of a respondent under which the response
// is left out.
type Exclude struct {
	bound *expr.Bound
	items []int
}

// NewExclude reads a condition on items of the respondent level. Its error is in
// words for people.
func NewExclude(s *survey.Survey, source string) (*Exclude, error) {
	parsed, err := expr.Parse(source)
	if err != nil {
		return nil, err
	}
	if parsed.UsesSelf() || parsed.NeedsNested() {
		return nil, fmt.Errorf("it speaks of \".\" or of repeats, and must speak of items of the respondent")
	}
	e := &Exclude{}
	var unknown []string
	bound, err := parsed.Bind(func(name string) (int, bool) {
		for i := range s.Items {
			if item := &s.Items[i]; item.Name == name && item.Level == 0 && holds(item) {
				e.items = append(e.items, i)
				return i, true
			}
		}
		unknown = append(unknown, name)
		return 0, false
	})
	if err != nil {
		return nil, fmt.Errorf("the form has no such item of the respondent whose answers are kept: %s", strings.Join(unknown, ", "))
	}
	e.bound = bound
	return e, nil
}

func holds(item *survey.Item) bool {
	return item.Type.HasAnswer() && item.Role != survey.Identifying
}

// Excluded reports whether a condition holds for the response that was bound
// last. It does not hold where an answer that it hangs on cannot be read, and
// must not hang on the day.
func (b *Binder) Excluded(e *Exclude) bool {
	if e == nil || b.asked.unreadable(e.items) {
		return false
	}
	b.asked.clock = false
	return e.bound.True(&b.asked) && !b.asked.clock
}
