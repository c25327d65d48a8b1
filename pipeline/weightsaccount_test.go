package pipeline

import (
	"testing"

	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/table"
	"github.com/soundings-survey/soundings/pipeline/weight"
)

func TestReplicatesThatAreNotFittedWithTheSampleAreSaid(t *testing.T) {
	rake, column := weight.Config{Method: weight.Rake, Frame: "frame.csv"}, weight.Config{Column: "w"}
	for name, c := range map[string]struct {
		design sampling.Design
		weight weight.Config
		want   finding.Severity
	}{
		"weights that came with the answers": {sampling.Design{Kind: table.Replicate}, column, ""},
		"no replicates":                      {sampling.Design{Kind: table.Simple}, rake, ""},
		"whole weights of replicates":        {sampling.Design{Kind: table.Replicate}, rake, finding.Refusal},
		"factors of the weights":             {sampling.Design{Kind: table.Replicate, Replicates: sampling.Replicates{Factors: true}}, rake, finding.Warning},
	} {
		found := Config{Design: c.design, Weight: c.weight}.unfittedReplicates()
		switch {
		case c.want == "" && len(found) > 0, c.want != "" && (len(found) != 1 || found[0].Severity != c.want):
			t.Errorf("%s: %+v", name, found)
		}
	}
}

func TestAFrameOfSharesDoesNotCountThePopulation(t *testing.T) {
	for population, want := range map[float64]int64{0: 0, 1: 0, 99.5: 0, 100: 100, 4000.4: 4000, 1e12: 0} {
		r := &run{}
		r.weighted.Summary.Responses, r.weighted.Summary.Population = 100, population
		if got := r.population(); got != want {
			t.Errorf("a frame of %v counts %d, want %d", population, got, want)
		}
	}
}
