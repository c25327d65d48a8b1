package banner

import (
	"fmt"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/estimate/hypothesis"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Settle returns the tables with the comparisons that the settings want: none of
// a group whose base is below the minimum, and p of the others adjusted for how
// many pairs there are in a row of the tables, which is all of a choice under one
// question of the banner. Other tables stay as they are.
func (c Config) Settle(tables []*table.Table) ([]*table.Table, error) {
	out := slices.Clone(tables)
	for i, t := range out {
		if !c.Letters(t.Row) {
			continue
		}
		settled := *t
		settled.Tests = slices.DeleteFunc(slices.Clone(t.Tests), func(x table.Test) bool { return c.tooFew(t, x, tables) })
		if err := c.adjust(settled.Tests); err != nil {
			return nil, fmt.Errorf("compare %s by %s: %w", t.Row.Item, t.Row.By[0], err)
		}
		out[i] = &settled
	}
	return out, nil
}

// tooFew reports whether one of the groups compared has a base below the minimum.
func (c Config) tooFew(t *table.Table, x table.Test, tables []*table.Table) bool {
	for _, d := range x.Between {
		if !x.Pair || d < 0 || d >= len(t.Domains) {
			continue
		}
		if n, known := baseOf(t, t.Domains[d].Values, x.Choice == "", tables); known && n < int64(c.MinimumBase) {
			return true
		}
	}
	return false
}

// baseOf finds how many respondents the figure of a group rests on, in the table
// that shows it.
func baseOf(t *table.Table, group []string, mean bool, tables []*table.Table) (n int64, known bool) {
	for _, of := range tables {
		is := of.Row.Analysis == table.PropSelectOne || of.Row.Analysis == table.PropSelectMultiple
		if mean {
			is = of.Row.Analysis == table.Mean
		}
		if !is || of.Level != t.Level || of.Row.Item != t.Row.Item || !slices.Equal(of.Row.By, t.Row.By) || of.Row.Base != "" && of.Row.Base != table.BaseAnswered {
			continue
		}
		for _, d := range of.Domains {
			if slices.Equal(d.Values, group) {
				return d.Base.Answered(), true
			}
		}
	}
	return 0, false
}

// adjust adjusts p of the comparisons of each choice for how many they are, those
// that are left: whatever they were adjusted for before does not count.
func (c Config) adjust(tests []table.Test) error {
	if !c.adjusts() {
		return nil
	}
	var done []string
	for _, first := range tests {
		if slices.Contains(done, first.Choice) {
			continue
		}
		done = append(done, first.Choice)
		var at []int
		var p []float64
		for i, x := range tests {
			if x.Pair && x.Choice == first.Choice {
				at, p = append(at, i), append(p, x.P)
			}
		}
		adjusted, err := hypothesis.Adjust(p, hypothesis.Adjustment(c.Adjust))
		if err != nil {
			return err
		}
		for k, i := range at {
			tests[i].Adjust, tests[i].Adjusted = c.Adjust, adjusted[k]
		}
	}
	return nil
}
