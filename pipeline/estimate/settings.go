package estimate

import (
	"fmt"

	"github.com/soundings-survey/soundings/pipeline/estimate/hypothesis"
	"github.com/soundings-survey/soundings/pipeline/estimate/orderstat"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Settings are what an analyst may choose of how figures are made. What is
// empty takes its default.
type Settings struct {
	Interval         Interval         `yaml:"interval"`
	DEff             DEff             `yaml:"deff"`
	Quantile         orderstat.Rule   `yaml:"quantile"`
	QuantileInterval QuantileInterval `yaml:"quantile_interval"`
	Domains          int              `yaml:"domains"` // how many domains a row of the plan may make
	Tests            Tests            `yaml:"tests"`
}

// Tests says how the p of tests is adjusted for how many there are. Comparisons
// of columns have their own adjustment, within a row.
type Tests struct {
	Adjust hypothesis.Adjustment `yaml:"adjust"` // none, bonferroni, holm or bh
	Across Across                `yaml:"across"`
}

// Across says which tests are made together.
type Across string

// The families of tests.
const (
	AcrossReport Across = "report" // all tests of the plan; the default
	AcrossTable  Across = "table"  // the tests of one row of the plan
)

// Config returns the configuration of a design with these settings.
func (s Settings) Config() Config {
	return Config{
		Interval: s.Interval, DEff: s.DEff, Quantile: s.Quantile, QuantileInterval: s.QuantileInterval,
		Domains: Domains{Max: s.Domains}, Tests: s.Tests,
	}
}

// Validate returns what is wrong with the adjustment.
func (t Tests) Validate() []finding.Finding {
	var out []finding.Finding
	switch t.Adjust {
	case "", hypothesis.Unadjusted, hypothesis.Bonferroni, hypothesis.Holm, hypothesis.BenjaminiHochberg:
	default:
		out = append(out, badConfig(fmt.Sprintf("The adjustment %q of tests is not known.", t.Adjust), "Use none, bonferroni, holm or bh."))
	}
	switch t.Across {
	case "", AcrossReport, AcrossTable:
	default:
		out = append(out, badConfig(fmt.Sprintf("Tests cannot be adjusted across %q.", t.Across), "Use report or table."))
	}
	return out
}

// adjust adjusts the p of all tests but the comparisons of columns, table by
// table or all together. Tests without p stay out of the family.
func (t Tests) adjust(tables []*table.Table) {
	if t.Adjust == "" || t.Adjust == hypothesis.Unadjusted {
		return
	}
	var family []*table.Test
	settle := func() {
		p := make([]float64, len(family))
		for i, test := range family {
			p[i] = test.P
		}
		if adjusted, err := hypothesis.Adjust(p, t.Adjust); err == nil { // Validate has refused others
			for i, test := range family {
				test.Adjusted, test.Adjust = adjusted[i], string(t.Adjust)
			}
		}
		family = nil
	}
	for _, tb := range tables {
		if tb.Row.Analysis == table.Compare {
			continue
		}
		for i := range tb.Tests {
			family = append(family, &tb.Tests[i])
		}
		if t.Across == AcrossTable {
			settle()
		}
	}
	settle()
}

// Validate returns what is wrong with the settings beside a design.
func (s Settings) Validate(d sampling.Design) []finding.Finding {
	c := s.Config()
	c.Design = d
	return c.Validate()[len(d.Validate()):] // those of the design come first
}
