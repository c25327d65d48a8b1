package bind

import (
	"github.com/soundings-survey/soundings/pipeline/asked"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Exclude is a condition on the answers of a respondent under which the response
// is left out.
type Exclude struct {
	scope *asked.Scope
	bound *asked.Expression
}

// NewExclude reads a condition on items of the respondent level. Its errors are
// those of asked.Scope.
func NewExclude(s *survey.Survey, source string) (*Exclude, error) {
	scope := &asked.Scope{Survey: s, Holds: func(name string) bool {
		item, ok := s.Item(name)
		return ok && item.Level == 0 && item.Type.HasAnswer() && item.Role != survey.Identifying
	}}
	bound, err := scope.Bind(source, "")
	if err != nil {
		return nil, err
	}
	return &Exclude{scope, bound}, nil
}

// Excluded reports whether a condition holds for the response that was bound
// last. It does not hold where an answer that it hangs on cannot be read.
func (b *Binder) Excluded(e *Exclude) bool {
	if e == nil {
		return false
	}
	if b.exclude == nil {
		b.exclude = e.scope.Evaluator()
	}
	b.exclude.Begin(&b.said)
	return b.exclude.Decide(e.bound) == asked.Asked
}
