package pipeline

import (
	"testing"

	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

func TestCountsOfResponsesStandAndFallTogether(t *testing.T) {
	s, _ := survey.New(survey.Survey{})
	safe, _, err := protect.Protect(s, table.Plan{}, nil, nil, protect.Public, protect.Default())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		received, analysed int64
		shown, analysedToo bool
	}{
		{426, 415, true, true},   // eleven set aside
		{420, 415, false, true},  // five would be told
		{415, 415, true, true},   // nobody
		{30, 5, false, false},    // few analysed
		{400, 415, false, false}, // cannot be
	} {
		f := safe.Flow(c.received, c.analysed)
		if got := f.Received.Status() == protect.Published && f.Aside.Status() == protect.Published; got != c.shown {
			t.Errorf("%d of %d: received and set aside shown %v", c.analysed, c.received, got)
		}
		if got := f.Analysed.Status() == protect.Published; got != c.analysedToo {
			t.Errorf("%d of %d: analysed shown %v", c.analysed, c.received, got)
		}
	}
}
