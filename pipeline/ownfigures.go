package pipeline

import (
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/recommend/judged"
	"github.com/soundings-survey/soundings/pipeline/report"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// unfitFigures refuses figures that the config asks for and that do not fit the
// survey.
func (c Config) unfitFigures(s *survey.Survey) []finding.Finding {
	var out []finding.Finding
	refuse := func(key string, problems []string, remedy string) {
		for _, p := range problems {
			out = append(out, finding.Finding{
				Stage: "plan", Kind: "figure", Severity: finding.Refusal, Place: finding.Place{File: c.file, Row: c.line(key)},
				Problem: "The figure under " + key + " cannot be made. " + p, Remedy: remedy,
			})
		}
	}
	refuse("report.funnel", c.Report.Funnel.Wrong(s), "Name stages as in {item: stages, choices: [first, second]}, or in {items: [first, second], choice: \"yes\"}.")
	refuse("report.priority", c.Report.Priority.Wrong(s), "Name scaled items as in {across: [hard_a, hard_b], up: [useful_a, useful_b]}: the first of one list stands against the first of the other.")
	refuse("report.tiles", c.Report.Tiles.Wrong(s), "Name an item and where its choices lie, as in {item: region, rows: [[west, \"\", east], [\"\", south, \"\"]], show: [{item: stages, choice: submit}]}.")
	refuse("report.multiples", c.Report.Multiples.Wrong(s), "Name items with choices as in [formats, tools].")
	refuse("report.time_axis", c.Report.TimeAxis.Wrong(), "Write mirrored or western.")
	return out
}

// acceptance says by which items the report shows what became of recommendations.
func (c Config) acceptance() report.Acceptance {
	out := report.Acceptance{Item: c.Recommendations.Accepted}
	for _, name := range c.Recommendations.Items {
		out.Ranks = append(out.Ranks, name+judged.RankSuffix)
	}
	return out
}
