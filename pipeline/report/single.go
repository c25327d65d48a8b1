package report

import (
	"cmp"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/chart"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// mostBars is how many choices a figure draws; its table has all of them. Where
// there are more, such as States, withheld ones are in neither: pages of marks
// would say nothing.
const mostBars = 15

// sharesOf returns the table of the shares of an item's choices, or nil.
func (c *composer) sharesOf(i *survey.Item) *protect.View {
	if v := c.view(table.PropSelectOne, i.Name); v != nil {
		return v
	}
	return c.view(table.PropSelectMultiple, i.Name)
}

// choices is the figure of one item with choices, and its breakdowns.
func (c *composer) choices(i *survey.Item, v *protect.View, under bool) ([]Block, error) {
	c.marked, c.earlier = false, false
	bars := c.choiceBars(i, v)
	label := c.labels.item(i)
	id := c.id(i.Name)
	if !anyShown(bars) {
		return c.nothing(id, label, under), nil
	}
	c.reported++
	one := v.Row().Analysis == table.PropSelectOne
	inFormOrder := one && c.s.Scaled(i)
	ranked := ranking(bars)
	if !inFormOrder {
		bars = ranked
	}
	var left []string
	if len(bars) > mostBars && !allShown(bars) {
		bars = slices.DeleteFunc(slices.Clone(bars), func(b bar) bool { return !b.shown })
		left = []string{c.l.Say("tables.rows_withheld")}
	}
	data := c.barTable(id, c.l.Say("table.answer"), c.l.Say("table.share"), bars, c.intervalHead(v))
	data.Caption = c.labels.question(i)
	drawn := bars[:min(len(bars), mostBars)]
	base := c.said(v.Base(0))
	title := c.titleOfMost(ranked, one)
	head := c.head(id, title, c.shareSubtitle(i, one), c.rowsAlt("alt.bars", len(drawn), c.detail(ranked)),
		c.source(notes{base: base, intervals: true, of: v, sum: one, silent: c.silent(i, v)}))
	fig, err := chart.Bars(head, chartRows(drawn), chart.BarOptions{Max: 1, Indicative: c.indicative(), CommonBase: true}, c.pen, c.in.Typesetter)
	if err != nil {
		return nil, err
	}
	blocks := []Block{Figure{ID: id, Under: under, Label: label, Canvas: fig, Table: data, Notes: c.proses(left)}}
	c.headlineOf(i, label, ranked[0])
	if i.Type == survey.SelectMultiple && i.Role == survey.Plain && i.Derived == "" && ranked[0].shown {
		c.found = append(c.found, Point{Topic: label, Figure: id, Text: c.prose(c.sentence(ranked))})
	}
	together, err := c.combinations(i, v, ranked, under)
	if err != nil {
		return nil, err
	}
	heat, err := c.choiceHeats(i, v, ranked, under)
	if err != nil {
		return nil, err
	}
	return slices.Concat(blocks, together, heat, c.quotes(i, v)), nil
}

// choiceBars returns the choices of an item with their shares, in form order.
func (c *composer) choiceBars(i *survey.Item, v *protect.View) []bar {
	var bars []bar
	for k, name := range v.Choices() {
		bars = append(bars, c.bar(name, c.labels.choice(c.s, i, name), v.Share(0, k), v.Base(0)))
	}
	return bars
}

// ranking sorts figures by what is published, the greatest first; withheld ones
// come last in the order of the form, so that their place says nothing.
func ranking(bars []bar) []bar {
	out := slices.Clone(bars)
	slices.SortStableFunc(out, func(a, b bar) int {
		if a.shown != b.shown {
			if a.shown {
				return -1
			}
			return 1
		}
		if !a.shown {
			return 0
		}
		return cmp.Compare(b.value, a.value)
	})
	return out
}

// titleOfMost says which answers were given most often. Where a figure is
// withheld, what is greatest among the others need not be greatest of all, and
// the title says so.
func (c *composer) titleOfMost(ranked []bar, one bool) string {
	if !ranked[0].shown {
		return c.l.Say("title.withheld")
	}
	first := lang.Args{"answer": ranked[0].label, "share": c.saidOf(ranked[0])}
	switch {
	case !allShown(ranked) && !(one && beyondDoubt(ranked)):
		return c.l.Say("title.most_shown", first)
	case !one && len(ranked) > 1 && ranked[1].shown:
		return c.l.Say("title.most_two", lang.Args{"first": ranked[0].label, "share1": c.saidOf(ranked[0]), "second": ranked[1].label, "share2": c.saidOf(ranked[1])})
	default:
		return c.l.Say("title.most", first)
	}
}

// beyondDoubt reports whether the first of some shares that add up to one is
// greater than all that is not shown together.
func beyondDoubt(ranked []bar) bool {
	const rounding = 0.01 // of each published share
	rest := 1.0
	for _, b := range ranked {
		if b.shown {
			rest -= b.value - rounding
		}
	}
	return ranked[0].value > rest
}

// sentence says the same as the title of a figure, as a sentence of the summary.
func (c *composer) sentence(ranked []bar) string {
	if !allShown(ranked) || len(ranked) < 2 {
		return c.l.Say("summary.shown", lang.Args{"answer": ranked[0].label, "share": c.saidOf(ranked[0])})
	}
	return c.l.Say("summary.two", lang.Args{"first": ranked[0].label, "share1": c.saidOf(ranked[0]), "second": ranked[1].label, "share2": c.saidOf(ranked[1])})
}

func (c *composer) shareSubtitle(i *survey.Item, one bool) string {
	key := "figure.share_multiple"
	switch {
	case c.in.Judged[i.Name]:
		key = "figure.share_judged"
	case i.Derived != "":
		key = "figure.share_codes" + c.read()
	case one:
		key = "figure.share"
	}
	return c.l.Say(key, lang.Args{"question": c.labels.question(i)})
}

// read is the end of a key about codes where people coded a part of the answers.
func (c *composer) read() string {
	if c.in.Coding == nil {
		return ""
	}
	return "_read"
}

// silent says how many did not answer a sensitive item: those at risk may be
// among them.
func (c *composer) silent(i *survey.Item, v *protect.View) string {
	if i.Role != survey.Sensitive {
		return ""
	}
	return c.l.Say("figure.silent", lang.Args{
		"asked": c.manySaid("silent.asked", v.Asked(0)), "none": c.manySaid("silent.none", v.Missing(0, survey.NotAnswered)),
		"refused": c.manySaid("silent.refused", v.Missing(0, survey.Refused)),
	})
}

// apart is apartCell in a sentence.
func (c *composer) apart(n protect.Number) string {
	return c.saidAs(c.apartCell(n).Text, n)
}

// apartCell is a number of those without an answer, or a dash where it is not told
// apart from others. It is no mark of a withheld count: all of them together
// follow from the base, which is shown.
func (c *composer) apartCell(n protect.Number) Cell {
	if n.Status() != protect.Published {
		return Cell{Text: "–"}
	}
	return c.number(n)
}

// barTable is the table beside a figure of bars. Without a heading for intervals
// it has none.
func (c *composer) barTable(id, rowHead, valueHead string, bars []bar, intervals string) Table {
	t := Table{ID: id + "-table", Header: []string{rowHead, valueHead}}
	if !c.anyInterval(bars) {
		intervals = ""
	}
	if intervals != "" {
		t.Header = append(t.Header, intervals)
	}
	t.Header = append(t.Header, c.l.Say("table.base"))
	for _, b := range bars {
		row := TableRow{Head: b.label, Cells: []Cell{b.cell()}}
		if intervals != "" {
			interval := c.intervalCell(b.number, b.text)
			if interval.Text == "" {
				interval.Text = "–"
			}
			row.Cells = append(row.Cells, interval)
		}
		row.Cells = append(row.Cells, c.number(b.base))
		t.Rows = append(t.Rows, row)
	}
	return t
}

// anyInterval reports whether there is an interval for a column of them: a
// figure of which there can be one is withheld, or one is told.
func (c *composer) anyInterval(bars []bar) bool {
	shown := 0
	for _, b := range bars {
		if b.number.Status() == protect.Withheld {
			continue
		}
		shown++
		if c.pen.Interval(b.number) != "" {
			return true
		}
	}
	return shown == 0
}

// nothing stands for a figure of which nothing may be published.
func (c *composer) nothing(id, label string, under bool) []Block {
	return []Block{Withheld{ID: id, Under: under, Label: label, Text: c.prose(c.l.Say("title.withheld"))}}
}
