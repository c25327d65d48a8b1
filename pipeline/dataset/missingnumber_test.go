package dataset

import (
	"path/filepath"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

func TestNumbersThatStandForMissingAnswersAreKept(t *testing.T) {
	s, _ := survey.New(survey.Survey{Items: []survey.Item{
		{Name: "n", Type: survey.Integer, Missing: []survey.MissingNumber{{Number: 999, Reason: survey.Refused}}},
		{Name: "x", Type: survey.Decimal, Missing: []survey.MissingNumber{{Number: -1, Reason: survey.DontKnow}}},
	}})
	l := NewLayout(s, 0, nil)
	w, err := Create(filepath.Join(t.TempDir(), "a.arrow"), l)
	if err != nil {
		t.Fatal(err)
	}
	b := NewBuilder(l)
	for _, n := range []int64{999, 998} {
		b.Begin(Response{Parent: -1})
		b.Column("n").Int(n)
		b.Column("x").Float(float64(998 - n))
	}
	if err := w.Write(b.Batch()); err != nil {
		t.Fatal(err)
	}
	level, err := w.Close()
	if err != nil {
		t.Fatal(err)
	}
	for b, err := range level.Source.Batches() {
		if err != nil {
			t.Fatal(err)
		}
		n, x := b.Column("n"), b.Column("x")
		if n.Reasons[0] != survey.Refused || n.Reasons[1] != survey.Answered || x.Reasons[0] != survey.DontKnow || x.Reasons[1] != survey.Answered {
			t.Errorf("reasons %v %v", n.Reasons, x.Reasons)
		}
		if b.Form(0, "n") != "999" || b.Form(0, "x") != "-1" || b.Form(1, "n") != "998" {
			t.Errorf("the numbers became %q %q %q", b.Form(0, "n"), b.Form(0, "x"), b.Form(1, "n"))
		}
	}
}
