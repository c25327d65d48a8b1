package pipeline

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// weights is what the report is to be told of the weights, before it is protected.
func (r *run) weights() quality.Weights {
	s, cfg := r.weighted.Summary, r.config.Weight
	out := quality.Weights{
		Column: cfg.Column != "", Method: string(s.Method), Asked: s.Asked, Trimmed: cfg.Trim.Upper > 0 || cfg.Trim.Lower > 0, Population: s.Population,
		Responses: s.Responses, Effective: s.Effective, DEff: s.DEff, Ratio: s.Ratio, Top1: s.Top1, Top5: s.Top5, Costly: s.Costly,
	}
	for _, b := range s.Balance {
		m := quality.Margin{Items: b.Items}
		for _, row := range b.Rows {
			m.Rows = append(m.Rows, quality.MarginRow(row))
		}
		out.Margins = append(out.Margins, m)
	}
	for _, n := range s.Numbers {
		out.Numbers = append(out.Numbers, n.Item)
	}
	return out
}

// population returns how many the frame of the weights counts, 0 where it does
// not: some frames hold shares.
func (r *run) population() int64 {
	n := r.weighted.Summary.Population
	if n < float64(r.weighted.Summary.Responses) || n > math.MaxInt32 {
		return 0
	}
	return int64(math.Round(n))
}

// unfittedReplicates warns that the weights of replicates stay as they came
// where those of the sample are changed.
func (c Config) unfittedReplicates() []finding.Finding {
	if c.Design.Kind != table.Replicate || !c.Weight.Fits() {
		return nil
	}
	f := finding.Finding{
		Stage: "weight", Kind: "replicates-not-fitted", Severity: finding.Warning, Place: finding.Place{Column: "design.replicates"},
		Problem: "The weights of the sample are fitted or bounded, but those of its replicates are not, so standard errors do not know of it.",
		Remedy:  "Fit the weights of the sample and of each replicate alike before, and give them with weight.column and design.replicates alone.",
	}
	if !c.Design.Replicates.Factors {
		f.Severity = finding.Refusal
		f.Problem = "The weights of the sample are fitted or bounded, but those of its replicates are not: figures of the two cannot be compared, and standard errors would be wrong."
	}
	return []finding.Finding{f}
}
