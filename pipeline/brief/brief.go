package brief

import (
	"cmp"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Plan returns what must be estimated for the brief: the mean need for each
// component, and the share for which each piece of evidence holds.
func (c *Components) Plan(s *survey.Survey) []table.Row {
	var rows []table.Row
	for _, k := range c.Components {
		rows = append(rows, needRow(k))
		parts, _ := c.Parts(k, s)
		for _, p := range parts {
			rows = append(rows, p.row())
		}
	}
	return rows
}

func needRow(k Component) table.Row {
	return table.Row{Analysis: table.Mean, Item: k.ItemName()}
}

func (p Part) row() table.Row {
	return table.Row{Analysis: table.PropNet, Item: p.Item, Values: p.Values}
}

// Brief is the components in order of need.
type Brief struct{ Needs []Need }

// Need is one component with what speaks for it.
type Need struct {
	Component Component
	Rank      int            // 1 for the greatest; equal published scores share a rank; 0 when the score is withheld
	Score     protect.Number // mean share of its evidence that holds, as published
	Base      protect.Number // respondents the score rests on
	Evidence  []Shown
}

// Shown is a piece of evidence with its estimate.
type Shown struct {
	Part
	Share protect.Number
	Base  protect.Number
}

// Order puts the components in order of their published scores. Those whose
// score is withheld come last, in the order of the file. The pen records that
// the scores were used.
func Order(c *Components, s *survey.Survey, safe *protect.Safe, pen *protect.Pen) Brief {
	type scored struct {
		Need
		value float64
		shown bool
	}
	var all []scored
	for _, k := range c.Components {
		n := scored{Need: Need{Component: k}}
		if v, ok := safe.View(needRow(k)); ok {
			n.Score, n.Base = v.Mean(0), v.Base(0)
			n.value, n.shown = pen.Length(n.Score)
		}
		parts, _ := c.Parts(k, s)
		for _, p := range parts {
			if v, ok := safe.View(p.row()); ok {
				n.Evidence = append(n.Evidence, Shown{Part: p, Share: v.Share(0, 0), Base: v.Base(0)})
			}
		}
		all = append(all, n)
	}
	slices.SortStableFunc(all, func(a, b scored) int {
		if a.shown != b.shown {
			if a.shown {
				return -1
			}
			return 1
		}
		return cmp.Compare(b.value, a.value)
	})
	var out Brief
	for i, n := range all {
		if n.shown {
			n.Rank = i + 1
			if i > 0 && all[i-1].shown && all[i-1].value == n.value {
				n.Rank = out.Needs[i-1].Rank
			}
		}
		out.Needs = append(out.Needs, n.Need)
	}
	return out
}
