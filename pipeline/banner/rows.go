package banner

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Rows returns what the tables need of a plan, some of which it may have: the
// figures of each item by each item of the banner, and comparisons of the groups.
//
// Items that are not named get what a plan made from the form would give them,
// where the plan has them at all. So a scale has its mean alone by group: the
// shares of its steps would be cells so small that most must be withheld, and
// the mean with them. An item that is named gets all its figures.
func (c Config) Rows(s *survey.Survey, plan table.Plan) []table.Row {
	var out table.Plan
	for _, row := range table.Guess(s, c.Banner).Rows {
		named := slices.Contains(c.Items, row.Item)
		switch {
		case named && len(row.By) == 0:
			out.Add(row)
			for _, by := range c.Banner {
				if by != row.Item {
					out.Add(table.Row{Analysis: row.Analysis, Item: row.Item, By: []string{by}})
				}
			}
		case !named && len(c.Items) == 0 && len(row.By) > 0 && has(plan, row):
			out.Add(row)
		}
	}
	if c.Test == None || c.Test == "" {
		return out.Rows
	}
	for _, row := range slices.Concat(plan.Rows, out.Rows) {
		if c.compares(s, row) {
			out.Add(table.Row{Analysis: table.Compare, Item: row.Item, By: row.By, Method: string(c.Test)})
		}
	}
	return out.Rows
}

// has reports whether a plan has the figures of everybody that a row divides.
func has(p table.Plan, row table.Row) bool {
	row.By = nil
	return slices.ContainsFunc(p.Rows, func(have table.Row) bool { return have.Key() == row.Key() })
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
