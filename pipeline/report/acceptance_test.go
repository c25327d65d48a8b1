package report_test

import (
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/report"
)

// TestWhatBecameOfRecommendationsStandsByRank: in the sample the regions serve as
// ranks.
func TestWhatBecameOfRecommendationsStandsByRank(t *testing.T) {
	in := sample(t, "en")
	in.Domains = nil
	if _, ok := figures(compose(t, in))["f-threat-by-region"]; ok {
		t.Fatal("a breakdown stands there that nobody asked for")
	}
	in.Acceptance = report.Acceptance{Item: "threat", Ranks: []string{"region", "gone"}}
	f, ok := figures(compose(t, in))["f-threat-by-region"]
	if !ok || f.Folded {
		t.Fatalf("figure %v, folded %v: it is to stand open", ok, f.Folded)
	}
	var notes []string
	for _, n := range f.Notes {
		notes = append(notes, n.String())
	}
	if !strings.Contains(strings.Join(notes, " "), "accepted less often") {
		t.Errorf("the caution is missing: %q", notes)
	}
}
