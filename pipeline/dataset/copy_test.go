package dataset

import (
	"testing"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

func TestACopyOfAnInvalidAnswerHasRawTextOnlyWhereThereWasSome(t *testing.T) {
	l := NewLayout(sample(t), 0, nil)
	b := NewBuilder(l)
	b.Begin(Response{})
	b.Column("one").Missing(survey.Invalid)
	b.Column("n").Int(7)
	b.Column("n").Reason(survey.Invalid)
	b.Column("x").Invalid("raw")
	from := b.Batch()
	b.Copy(from, 0, ResponseOf(from, 0))
	got := b.Batch()
	for _, item := range []string{"one", "n", "x"} {
		if r := got.Column(item).Reasons[0]; r != survey.Invalid {
			t.Errorf("%s: reason %s", item, r)
		}
	}
	if _, ok := got.Raw(0, "one"); ok {
		t.Error("raw text where there was none")
	}
	if raw, ok := got.Raw(0, "x"); !ok || raw != "raw" {
		t.Errorf("raw text %q lost", raw)
	}
	if got.Column("n").Ints[0] != 7 {
		t.Error("the answer kept beside its reason was lost")
	}
}
