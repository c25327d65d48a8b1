package report

import (
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// hasFurther reports whether the plan asks of an item for figures that have no
// chart: medians, ratios, models, tests of several items.
func (c *composer) hasFurther(item string) bool {
	for _, v := range c.in.Safe.Views() {
		if tabledAlone(v) && v.Row().Item == item {
			return true
		}
	}
	for _, v := range c.tests() {
		if v.Row().Item == item {
			return true
		}
	}
	return false
}

// tabledAlone reports whether the figures of a view stand in a table of further
// figures: combinations have a figure of their own.
func tabledAlone(v *protect.View) bool {
	return v.Further() && v.Row().Analysis != table.PropCombination
}

// furtherOf is the table of an item's further figures, with the tests of it and
// other items below.
func (c *composer) furtherOf(i *survey.Item) []Block {
	c.marked, c.earlier = false, false
	t := Table{ID: "more-" + strings.TrimPrefix(c.id(i.Name+"-more"), "f-"), Caption: c.l.Say("measure.caption", lang.Args{"item": c.labels.item(i)}),
		Header: []string{c.l.Say("measure.figure"), c.l.Say("measure.value"), c.intervalHead(nil), c.l.Say("table.base")}}
	for _, v := range c.in.Safe.Views() {
		if tabledAlone(v) && v.Row().Item == i.Name {
			t.Rows = append(t.Rows, c.furtherRows(i, v)...)
		}
	}
	var out []Block
	if len(t.Rows) > 0 {
		out = append(out, t)
	}
	var lines List
	for _, v := range c.tests() {
		row := v.Row()
		if row.Item != i.Name || c.told[row.Key()] {
			continue
		}
		if row.Analysis == table.Compare {
			if by, ok := c.s.Item(strings.Join(row.By, "")); ok {
				for _, compared := range c.comparisons(t.ID+"-"+by.Name, i, by) {
					out = append(out, compared)
				}
			}
			continue
		}
		for _, line := range c.testLines(v) {
			lines.Items = append(lines.Items, c.prose(c.l.Say("evidence.is", lang.Args{"item": c.testName(i, row), "answers": line})))
		}
	}
	if len(lines.Items) > 0 {
		out = append(out, lines)
	}
	for _, note := range c.markNotes("figure.withheld") {
		out = append(out, Paragraph{Text: c.prose(note)})
	}
	return out
}

// testName names what a test is of: an item by groups, or with others.
func (c *composer) testName(i *survey.Item, row table.Row) string {
	if len(row.With) > 0 {
		return c.l.Say("measure.with", lang.Args{"item": c.labels.item(i), "others": c.others(row.With)})
	}
	return c.l.Say("test.by", lang.Args{"item": c.labels.item(i), "group": c.others(row.By)})
}

// furtherRows are the rows of one table of further figures: one for a table that
// is withheld whole, else one for each figure.
func (c *composer) furtherRows(i *survey.Item, v *protect.View) []TableRow {
	if _, whole := v.Whole(); whole {
		mark := c.number(v.Figure(0, 0))
		return []TableRow{{Head: c.measure(i, v, ""), Cells: []Cell{mark, mark, mark}}}
	}
	var out []TableRow
	for d, domain := range v.Domains() {
		for k, choice := range v.Choices() {
			head := c.measure(i, v, choice)
			if by := v.Row().By; len(by) > 0 {
				group, _ := c.s.Item(by[0])
				head = c.l.Say("measure.group", lang.Args{"figure": head, "group": c.groupLabel(group, domain.Values)})
			}
			n := v.Figure(d, k)
			figure := c.number(n)
			interval := c.intervalCell(n, figure.Text)
			if v.Row().Confidence() != (table.Row{}).Confidence() && interval.Text != "" && !c.indicative() {
				interval.Note = c.level(v) // the heading names the usual one
			}
			out = append(out, TableRow{Head: head, Cells: []Cell{figure, interval, c.number(v.Base(d))}})
		}
	}
	return out
}

// measureWords are the keys of further figures.
var measureWords = map[table.Analysis]string{
	table.Median: "measure.median", table.Quantile: "measure.quantile", table.Ratio: "measure.ratio", table.NetScore: "measure.net",
	table.RankMean: "measure.rank_mean", table.RankFirst: "measure.rank_first", table.Alpha: "measure.alpha", table.Correlation: "measure.correlation",
	table.RegressionLinear: "measure.linear", table.RegressionLogistic: "measure.logistic", table.RegressionPoisson: "measure.poisson", table.RegressionOrdinal: "measure.ordinal",
	table.Correspondence: "measure.mca", table.LatentClasses: "measure.lca", table.Total: "measure.total", table.Variance: "measure.variance",
}

// measure names a further figure; of a table as a whole the choice is "".
func (c *composer) measure(i *survey.Item, v *protect.View, choice string) string {
	row := v.Row()
	key := measureWords[row.Analysis]
	if row.Analysis == table.PropSelectMultiple {
		key = "measure." + string(row.Base)
	}
	if !c.l.Has(key) {
		return c.labels.whole(string(row.Analysis))
	}
	args := lang.Args{
		"share": c.l.Numbers.Percent(row.Prob, percentPlaces(row.Prob)), "others": c.others(row.With), "other": c.others(row.With),
		"high": c.choiceNames(i, row.Values), "low": c.choiceNames(i, row.Against),
	}
	if row.Analysis == table.Correlation && choice != "" {
		args["other"] = c.others([]string{choice})
	}
	name := c.l.Say(key, args)
	if choice == "" || row.Analysis == table.Correlation {
		return name
	}
	return c.l.Say("evidence.is", lang.Args{"item": name, "answers": c.term(i, row, choice)})
}

// percentPlaces is how many decimals a probability has as a percentage: one at most.
func percentPlaces(p float64) int {
	if strings.Contains(strconv.FormatFloat(100*p, 'f', 1, 64), ".0") {
		return 0
	}
	return 1
}

// term names what a figure among several is of: a choice of the item, or a
// coefficient, that is an item or a choice of one.
func (c *composer) term(i *survey.Item, row table.Row, name string) string {
	if len(row.With) == 0 {
		return c.labels.choice(c.s, i, name)
	}
	of, choice, is := strings.Cut(name, "=")
	item, ok := c.s.Item(of)
	switch {
	case ok && is:
		return c.l.Say("evidence.is", lang.Args{"item": c.labels.item(item), "answers": c.labels.choice(c.s, item, choice)})
	case ok:
		return c.labels.item(item)
	case strings.EqualFold(strings.Trim(name, "()"), "intercept"):
		return c.l.Say("measure.constant")
	}
	return c.labels.whole(name)
}

func (c *composer) others(names []string) string {
	var out []string
	for _, name := range names {
		if item, ok := c.s.Item(name); ok {
			out = append(out, c.labels.item(item))
		}
	}
	return c.l.Join(out)
}

func (c *composer) choiceNames(i *survey.Item, names []string) string {
	var out []string
	for _, name := range names {
		out = append(out, c.labels.choice(c.s, i, name))
	}
	return c.l.Join(out)
}
