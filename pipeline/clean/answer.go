package clean

import (
	"github.com/soundings-survey/soundings/pipeline/asked"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// answer is one answer, as it was read or as it was mended.
type answer struct {
	asked.Answer
	bound bool // mended to an answer, which may be a choice that stands for a missing one
}

// missing is the answer that is not there.
func missing(r survey.Reason) answer {
	return answer{Answer: asked.Answer{Reason: r, Code: dataset.NoCode}}
}

// bound is an answer that was mended.
func bound(a asked.Answer) answer { return answer{a, true} }

// answerOf is a choice as an answer.
func answerOf(list *survey.ChoiceList, code int32) asked.Answer {
	return asked.Answer{Reason: list.Choices[code].Missing, Code: code}
}

// setOf is a set of choices as an answer; at least one is chosen.
func setOf(list *survey.ChoiceList, codes []int32) asked.Answer {
	return asked.Answer{Reason: setReason(list, codes), Code: dataset.NoCode, Set: codes}
}

// put gives the answer to a column being built.
func (a answer) put(to *dataset.ColumnBuilder) {
	if !a.bound {
		to.Missing(a.Reason)
		return
	}
	switch to.Item().Type {
	case survey.SelectOne:
		to.Code(a.Code)
	case survey.SelectMultiple, survey.Rank:
		to.Choose(a.Set)
	case survey.Integer, survey.Date, survey.Time, survey.DateTime:
		to.Int(a.Whole)
	case survey.Decimal:
		to.Float(a.Number)
	default:
		to.Text(a.Text)
	}
}

// given reports whether an answer, of whatever kind, stands in a cell.
func given(r survey.Reason) bool {
	return r != survey.NotAsked && r != survey.NotAnswered
}
