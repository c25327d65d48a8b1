package protect

import (
	"fmt"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

// Loss says how much one audience is shown, and what it loses. Figures are
// shares, means and what else stands in the cells of tables; tests count as
// tables only.
type Loss struct {
	Audience  Audience
	Threshold int
	Figures   int // that there are
	Shown     int
	Primary   int // withheld for what they say
	Secondary int // withheld because they would give others away
	Tables    int // that there are
	Whole     int // withheld whole
	Stricter  int // tables shown as for the audience before: see nest
}

// Losses returns a line for each audience, in the order given.
func Losses(releases []*Safe) []Loss {
	out := make([]Loss, len(releases))
	for i, s := range releases {
		out[i] = s.loss()
	}
	return out
}

func (s *Safe) loss() Loss {
	out := Loss{Audience: s.audience, Threshold: s.threshold, Tables: len(s.views) + len(s.tests), Stricter: s.stricter}
	for _, v := range s.views {
		shown := 0
		for d := range v.rows {
			out.Figures += len(v.rows[d].figures)
			for _, n := range v.rows[d].figures {
				if n.published {
					shown++
				}
			}
		}
		out.Shown += shown
		out.Secondary += v.secondary
		if v.reason != "" {
			out.Whole++
		}
	}
	for _, v := range s.tests {
		if v.reason != "" {
			out.Whole++
		}
	}
	out.Primary = out.Figures - out.Shown - out.Secondary
	return out
}

// finding tells the analyst of a loss.
func (l Loss) finding() finding.Finding {
	problem := fmt.Sprintf("With the threshold %d the audience %s is shown %d of %d figures: %d are withheld for what they say and %d because they would give others away. Of %d tables, %d are withheld whole.",
		l.Threshold, l.Audience, l.Shown, l.Figures, l.Primary, l.Secondary, l.Tables, l.Whole)
	if l.Stricter > 0 {
		problem += fmt.Sprintf(" To be safe beside what a wider audience is shown, %d are shown as there.", l.Stricter)
	}
	return finding.Finding{
		Stage: stage, Kind: "audience", Severity: finding.Note, Problem: problem,
		Remedy: "Nothing needs to be done. The same table is in audiences.csv; what it compares is for analysts only.",
	}
}
