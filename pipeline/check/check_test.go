package check

import (
	"testing"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

func TestNoIdentifierOfTheToolLeavesTheChecks(t *testing.T) {
	s, findings := survey.New(survey.Survey{Items: []survey.Item{{Name: "n", Type: survey.Integer}}})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	layout := dataset.NewLayout(s, 0, nil).With(s, nil, true, false)
	b := dataset.NewBuilder(layout)
	b.Begin(dataset.Response{UUID: "synthetic-1", Parent: -1})
	b.Column("n").Int(4)
	dir := t.TempDir()
	w, err := dataset.Create(engine.Engine{Dir: dir}.Path("in", 0), layout)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write(b.Batch()); err != nil {
		t.Fatal(err)
	}
	level, err := w.Close()
	if err != nil {
		t.Fatal(err)
	}
	out, _, _, err := Check(t.Context(), engine.Engine{Dir: dir}, &dataset.Dataset{Survey: s, Levels: []dataset.Level{level}}, Default(), Request{})
	if err != nil {
		t.Fatal(err)
	}
	if out.Levels[0].Layout.UUID {
		t.Error("the layout still has the tool's identifiers")
	}
	for b, err := range out.Batches(0) {
		if err != nil || b.Len() != 1 || b.UUID(0) != "" || b.Form(0, "n") != "4" {
			t.Errorf("identifier %q, answer %q, %v", b.UUID(0), b.Form(0, "n"), err)
		}
	}
}
