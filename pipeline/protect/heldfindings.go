package protect

import (
	"fmt"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

// heldFindings tells the analyst how many tables stay as they were.
func (s *Safe) heldFindings() []finding.Finding {
	var stay, lost int
	count := func(asOf int, reason string) {
		if asOf > 0 {
			stay++
		}
		if reason == whyChanged || reason == whyWithdrawn {
			lost++
		}
	}
	for _, v := range s.views {
		count(v.asOf, v.reason)
	}
	for _, v := range s.tests {
		count(v.asOf, v.reason)
	}
	var out []finding.Finding
	if stay > 0 {
		out = append(out, finding.Finding{
			Stage: stage, Kind: "held", Severity: finding.Warning,
			Problem: fmt.Sprintf("%d tables are shown as they were in an earlier report, since 1 to %d respondents would follow from the difference.", stay, s.threshold-1),
			Remedy:  "They are marked. They change when more respondents have joined.",
		})
	}
	if lost > 0 {
		out = append(out, finding.Finding{
			Stage: stage, Kind: "held-back", Severity: finding.Warning,
			Problem: fmt.Sprintf("%d tables are withheld because too little has changed since an earlier report.", lost),
			Remedy:  "They are shown when more respondents have joined.",
		})
	}
	return out
}
