package dataset

import (
	"testing"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

func TestDigestsAreOfTheAnswersAlone(t *testing.T) {
	s, _ := survey.New(survey.Survey{Items: []survey.Item{{Name: "n", Type: survey.Integer, Path: "n"}}})
	l := NewLayout(s, 0, nil).With(s, nil, true, false)
	b := NewBuilder(l)
	for i, n := range []int64{7, 7, 8} {
		b.Begin(Response{ID: ID{byte(i)}, UUID: string(rune('a' + i)), Origin: Origin{Row: int64(i + 2)}, Parent: int64(i)})
		b.Column("n").Int(n)
	}
	batch := b.Batch()
	answers, whole := batch.Digests()
	if answers[0] != answers[1] || answers[0] == answers[2] {
		t.Error("the same answers must have the same digest, others another")
	}
	var h Hash
	h.Add(batch)
	if h != whole {
		t.Error("the hash of the batch must be that of Hash.Add")
	}
	again := batch.WithIDs([]ID{{9}, {8}, {7}})
	if again.ID(0) != (ID{9}) || again.Column("n").Ints[2] != 8 || again.UUID(1) != "b" || again.Origin(2).Row != 4 {
		t.Error("WithIDs must change the identifiers and nothing else")
	}
}
