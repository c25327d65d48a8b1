package banner

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Rows returns what the tables need and a plan lacks: the figures of each item by
// each item of the banner, and comparisons of the groups.
//
// Items that are not named get what a plan made from the form would give them,
// where the plan has them at all. So a scale has its mean alone by group: the
// shares of its steps would be cells so small that most must be withheld, and
// the mean with them. An item that is named gets all its figures.
func (c Config) Rows(s *survey.Survey, plan table.Plan) []table.Row {
	had := map[table.Key]bool{}
	for _, row := range plan.Rows {
		had[row.Key()] = true
	}
	var out []table.Row
	add := func(row table.Row) {
		if key := row.Key(); !had[key] {
			had[key] = true
			out = append(out, row)
		}
	}
	for _, row := range table.Guess(s, c.Banner).Rows {
		everybody := row
		everybody.By = nil
		switch {
		case slices.Contains(c.Items, row.Item) && len(row.By) == 0:
			add(row)
			for _, by := range c.Banner {
				if !table.SaysOf(s, by, row.Item) {
					add(table.Row{Analysis: row.Analysis, Item: row.Item, By: []string{by}})
				}
			}
		case len(c.Items) == 0 && len(row.By) > 0 && had[everybody.Key()]:
			add(row)
		}
	}
	if c.Test == None || c.Test == "" {
		return out
	}
	for _, row := range slices.Concat(plan.Rows, out) {
		if c.compares(s, row) {
			add(c.comparison(row))
		}
	}
	return out
}

// comparison is the row that compares the groups of a row of figures.
func (c Config) comparison(row table.Row) table.Row {
	out := table.Row{Analysis: table.Compare, Item: row.Item, By: row.By, Method: string(c.Test)}
	if c.adjusts() {
		out.Adjust = c.Adjust
	}
	return out
}

// adjusts reports whether p is adjusted for how many pairs there are.
func (c Config) adjusts() bool { return c.Adjust != "" && c.Adjust != "none" }

// Letters reports whether a row of a plan is a comparison that the tables show as
// letters.
func (c Config) Letters(row table.Row) bool {
	return c.Test != None && c.Test != "" && len(row.By) == 1 && slices.Contains(c.Banner, row.By[0]) &&
		(len(c.Items) == 0 || slices.Contains(c.Items, row.Item)) && row.Key() == c.comparison(row).Key()
}

// compares reports whether the groups of a row are to be compared.
func (c Config) compares(s *survey.Survey, row table.Row) bool {
	if len(row.By) != 1 || !slices.Contains(c.Banner, row.By[0]) || len(c.Items) > 0 && !slices.Contains(c.Items, row.Item) {
		return false
	}
	if item, ok := s.Item(row.Item); !ok || item.Level != 0 {
		return false
	}
	switch row.Analysis {
	case table.PropSelectOne, table.Mean:
		return true
	case table.PropSelectMultiple:
		return row.Base == "" || row.Base == table.BaseAnswered
	}
	return false
}
