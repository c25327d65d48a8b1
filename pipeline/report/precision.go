package report

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// indicative reports whether intervals promise less than they seem to: those of
// a sample that nobody drew.
func (c *composer) indicative() bool { return c.design == table.Convenience || c.design == "" }

// designWords are the kinds of design in keys of the catalogue.
var designWords = map[table.DesignKind]string{
	table.Simple: "simple", table.Stratified: "stratified", table.Cluster: "cluster", table.Replicate: "replicate",
}

// designKey returns the key of words about the design of the sample.
func (c *composer) designKey(before string) string {
	if word := designWords[c.design]; word != "" {
		return before + word
	}
	return before + "convenience"
}

// level writes the confidence level of the figures of a view.
func (c *composer) level(v *protect.View) string {
	level := table.Row{}.Confidence()
	if v != nil {
		level = v.Row().Confidence()
	}
	return c.confidence(level)
}

// confidence writes a confidence level as a percentage.
func (c *composer) confidence(level float64) string {
	decimals := 0
	if whole := 100 * level; math.Abs(whole-math.Round(whole)) > 1e-9 {
		decimals = 1
	}
	return c.l.Numbers.Percent(level, decimals)
}

// intervalHead heads a column of intervals. Without a random sample they are
// indicative and called nothing else.
func (c *composer) intervalHead(v *protect.View) string {
	if c.indicative() {
		return c.l.Say("table.interval_indicative")
	}
	return c.l.Say("table.interval_confidence", lang.Args{"level": c.level(v)})
}

// precisionNotes say in the source line of a figure how the sample was drawn and
// what its intervals are: those that are drawn, or those of its table.
func (c *composer) precisionNotes(n notes) []string {
	if !n.intervals && !n.tabled {
		return nil
	}
	where := "figure.table_"
	if n.intervals {
		where = "figure.interval_"
	}
	if c.indicative() {
		return []string{c.l.Say(where + "indicative")}
	}
	return []string{c.l.Say(c.designKey("figure.design_")), c.l.Say(where+"confidence", lang.Args{"level": c.level(n.of)})}
}
