package report

import (
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/chart"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// mostExplored is how many figures the explorer holds: a page must stay small
// enough for a poor connection. The page of tables has what it leaves out.
const mostExplored = 24000

// breakdown is an item by the groups of another.
type breakdown struct{ item, by string }

// explorer is all figures that a reader may choose from, nil where there is
// none. Of sensitive items it breaks down what the report itself does, and no
// more.
func (c *composer) explorer(before string) *Explorer {
	e := &Explorer{Before: before, Words: c.explorerWords()}
	held := 0
	for _, p := range parts(c.tabulated()) {
		ch := ExplorerChapter{Title: c.chapterTitle(p)}
		for _, sec := range p.sections {
			for _, i := range sec.items {
				item := ExplorerItem{Name: i.Name, Label: c.labels.item(i)}
				for _, view := range c.exploredViews(i) {
					size := len(view.Rows) * len(view.Groups)
					if view.By != "" && held+size > mostExplored {
						continue
					}
					held += size
					item.Views = append(item.Views, view)
				}
				if len(item.Views) > 0 {
					ch.Items = append(ch.Items, item)
				}
			}
		}
		if len(ch.Items) > 0 {
			e.Chapters = append(e.Chapters, ch)
		}
	}
	if len(e.Chapters) == 0 {
		return nil
	}
	return e
}

func (c *composer) explorerWords() ExplorerWords {
	l := c.l
	return ExplorerWords{
		Title: l.Say("explore.title"), Intro: l.Say("explore.intro"), Search: l.Say("explore.search"), None: l.Say("explore.none"),
		Item: l.Say("table.question"), Group: l.Say("explore.group"), Without: l.Say("explore.without"), Download: l.Say("explore.download"),
		Link: l.Say("explore.link"), Copied: l.Say("explore.copied"), Base: l.Say("table.base"), Interval: c.intervalHead(nil), All: l.Say("table.all"),
		RowHead: l.Say("table.answer"), GroupHead: l.Say("table.group"),
	}
}

// exploredViews are the views of an item of which something may be shown; there
// is none by groups where nothing may be shown of all respondents.
func (c *composer) exploredViews(i *survey.Item) []ExplorerView {
	of := c.explored(i)
	whole, ok := c.exploredView(of, nil, nil)
	if !ok {
		return nil
	}
	out := []ExplorerView{whole}
	for _, name := range c.in.Domains {
		by, ok := c.s.Item(name)
		if !ok || by == i || by.Role == survey.Identifying || i.Role == survey.Sensitive && !c.broken[breakdown{i.Name, name}] {
			continue
		}
		groups := c.view(of.analysis, i.Name, name)
		all := of
		if groups == nil && of.steps != nil { // a scale has its mean alone by groups
			all = c.exploredMean(i, of.steps)
			groups = c.view(table.Mean, i.Name, name)
		}
		if groups == nil {
			continue
		}
		if view, ok := c.exploredView(all, groups, by); ok {
			out = append(out, view)
		}
	}
	return out
}

// explored is an item with the figures of all respondents.
type explored struct {
	item     *survey.Item
	analysis table.Analysis
	all      *protect.View // nil where the plan has none
	steps    *scale        // nil where the item is no scale
	order    []bar         // the rows of all respondents
}

func (c *composer) explored(i *survey.Item) explored {
	v := c.sharesOf(i)
	if v == nil {
		return c.exploredMean(i, scaleOf(c.s, i))
	}
	order := c.choiceBars(i, v)
	if v.Row().Analysis != table.PropSelectOne || !c.s.Scaled(i) {
		order = ranking(order)
	}
	return explored{i, v.Row().Analysis, v, scaleOf(c.s, i), order}
}

func (c *composer) exploredMean(i *survey.Item, steps *scale) explored {
	v := c.view(table.Mean, i.Name)
	return explored{i, table.Mean, v, steps, []bar{c.bar("", c.l.Say("table.mean"), v.Mean(0), v.Base(0))}}
}

// exploredView is one view of an item, or of what it says by the groups of
// another. It is not ok where nothing in it may be shown.
func (c *composer) exploredView(of explored, groups *protect.View, by *survey.Item) (view ExplorerView, ok bool) {
	c.marked, c.earlier = false, false
	i := of.item
	view = ExplorerView{Title: c.labels.item(i), Measure: c.exploredMeasure(of), Value: c.l.Say("table.share"), Groups: []ExplorerGroup{{c.l.Say("table.all"), c.text(of.all.Base(0))}}}
	if of.analysis == table.Mean {
		view.Value = c.l.Say("table.mean")
	}
	rows := of.order
	base := ""
	var domains []protect.Domain
	if groups != nil {
		view.By, view.Group, view.Title = by.Name, c.labels.item(by), c.byLabel(c.labels.item(i), by)
		domains = groups.Domains()
		for d, g := range domains {
			view.Groups = append(view.Groups, ExplorerGroup{c.groupLabel(by, g.Values), c.text(groups.Base(d))})
		}
		if of.analysis != table.Mean {
			rows = c.drawnOrder(i, rows)
		}
	}
	if groups == nil {
		base = view.Groups[0].Base
	}
	var numbers [][]protect.Number
	for _, r := range rows {
		line := []protect.Number{r.number}
		for d := range domains {
			n := groups.Mean(d)
			if of.analysis != table.Mean {
				n = groups.Share(d, slices.Index(groups.Choices(), r.name))
			}
			line = append(line, n)
		}
		numbers = append(numbers, line)
	}
	low, high := c.span(of, numbers)
	view.Point = low != 0
	view.Low, view.High = c.end(of, low), c.end(of, high)
	for k, line := range numbers {
		row := ExplorerRow{Label: rows[k].label}
		for g, n := range line {
			cell := c.exploredCell(n, low, high)
			ok = ok || cell.Shown && (g > 0 || groups == nil)
			row.Cells = append(row.Cells, cell)
		}
		view.Rows = append(view.Rows, row)
	}
	view.Chart = c.l.Say("explore.chart", lang.Args{"title": view.Title})
	view.Notes = c.prose(c.source(notes{base: base, where: "figure.source_groups", intervals: true, of: of.all, sum: of.analysis == table.PropSelectOne && groups == nil, silent: c.silentOfAll(i)})).Text
	return view, ok
}

// silentOfAll says how many did not answer a sensitive item.
func (c *composer) silentOfAll(i *survey.Item) string {
	if v := c.tableOf(i); v != nil {
		return c.silent(i, v)
	}
	return ""
}

// exploredMeasure says what the figures of an item are.
func (c *composer) exploredMeasure(of explored) string {
	question := c.labels.question(of.item)
	switch {
	case of.analysis != table.Mean:
		return c.shareSubtitle(of.item, of.analysis == table.PropSelectOne)
	case of.steps != nil:
		low, high := of.steps.ends()
		return c.l.Say("explore.mean_scale", lang.Args{"low": c.l.Numbers.Decimal(low, 0), "high": c.l.Numbers.Decimal(high, 0), "question": question})
	default:
		return c.l.Say("figure.mean", lang.Args{"question": question})
	}
}

func (c *composer) exploredCell(n protect.Number, low, high float64) ExplorerCell {
	cell := ExplorerCell{Text: c.text(n), Interval: c.pen.Interval(n)}
	v, shown := c.pen.Length(n)
	if !shown {
		return cell
	}
	place := func(v float64) float64 { return math.Round(1e4*min(max((v-low)/(high-low), 0), 1)) / 1e4 }
	cell.Shown, cell.At = true, place(v)
	if from, to, ranged := c.pen.Bounds(n); ranged {
		cell.Ranged, cell.From, cell.To = true, place(from), place(to)
	}
	return cell
}

// span returns the ends of the scale on which figures stand: those of the
// item's own, or round numbers around all that is shown.
func (c *composer) span(of explored, numbers [][]protect.Number) (low, high float64) {
	if of.analysis == table.Mean && of.steps != nil {
		return of.steps.ends()
	}
	for _, n := range slices.Concat(numbers...) {
		v, shown := c.pen.Length(n)
		if !shown {
			continue
		}
		low, high = min(low, v), max(high, v)
		if from, to, ranged := c.pen.Bounds(n); ranged {
			low, high = min(low, from), max(high, to)
		}
	}
	if of.analysis != table.Mean {
		return 0, math.Ceil(4*max(high, 0.01)) / 4
	}
	if low < 0 {
		low = -chart.RoundUp(-low)
	}
	return low, chart.RoundUp(high)
}

// end writes the end of a scale.
func (c *composer) end(of explored, v float64) string {
	if of.analysis != table.Mean {
		return c.l.Numbers.Percent(v, 0)
	}
	decimals := 0
	for scaled := v; decimals < 3 && scaled != math.Trunc(scaled); decimals++ {
		scaled *= 10
	}
	return c.l.Numbers.Decimal(v, decimals)
}
