package report

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// usualP is the p under which a difference is called larger than chance.
const usualP = 0.05

// tests returns the views of tests of which the report tells: all but the
// comparisons that are letters on the page of banner tables.
func (c *composer) tests() []*protect.TestView {
	return slices.DeleteFunc(c.in.Safe.Tests(), func(v *protect.TestView) bool { return c.in.Tables.Letters(v.Row()) })
}

// testsOf returns the views of tests of an item by a grouping.
func (c *composer) testsOf(item string, by ...string) (out []*protect.TestView) {
	for _, v := range c.tests() {
		row := v.Row()
		if row.Item == item && strings.Join(row.By, "\x00") == strings.Join(by, "\x00") {
			out = append(out, v)
		}
	}
	return out
}

// testNotes are the lines under a figure by groups: one for each test of the
// same item by the same groups.
func (c *composer) testNotes(item *survey.Item, by *survey.Item) []string {
	var out []string
	for _, v := range c.testsOf(item.Name, by.Name) {
		if v.Row().Analysis == table.Compare {
			continue
		}
		out = append(out, c.testLines(v)...)
	}
	return out
}

// tell notes that the tests of an item by a grouping stand under a figure.
func (c *composer) tell(item, by string) {
	for _, v := range c.testsOf(item, by) {
		c.told[v.Row().Key()] = true
	}
}

// testLines are the lines of the tests of a view: one that says so where all are
// withheld.
func (c *composer) testLines(v *protect.TestView) []string {
	if _, whole := v.Whole(); whole {
		return []string{c.l.Say("test.withheld")}
	}
	var out []string
	for _, x := range v.Tests() {
		out = append(out, c.testLine(v, x))
	}
	return out
}

// testLine names a test with its statistic, degrees of freedom, p and effect. Of
// a sample that is not random it says what that means, and no more.
func (c *composer) testLine(v *protect.TestView, x protect.Tested) string {
	if x.P.Status() == protect.Withheld {
		return c.l.Say("test.withheld")
	}
	head := c.method(x.Method)
	if x.Choice != "" {
		item := v.Item()
		head = c.l.Say("evidence.is", lang.Args{"item": c.labels.choice(c.s, &item, x.Choice), "answers": head})
	}
	var parts []string
	if x.Statistic.Status() == protect.Published {
		parts = append(parts, c.l.Say("test.statistic", lang.Args{"value": c.said(x.Statistic)}))
	}
	switch {
	case has(x.NDF) && has(x.DDF):
		parts = append(parts, c.l.Say("test.df_two", lang.Args{"a": c.freedom(x.NDF), "b": c.freedom(x.DDF)}))
	case has(x.NDF):
		parts = append(parts, c.l.Say("test.df", lang.Args{"a": c.freedom(x.NDF)}))
	case has(x.DDF):
		parts = append(parts, c.l.Say("test.df", lang.Args{"a": c.freedom(x.DDF)}))
	}
	said := "test.p"
	if x.P.Below() {
		said = "test.p_below"
	}
	parts = append(parts, c.l.Say(said, lang.Args{"p": c.said(x.P)}))
	if x.Adjust != "" {
		parts = append(parts, c.l.Say("test.adjusted", lang.Args{"p": c.said(x.Adjusted), "how": c.named("adjust.", x.Adjust)}))
	}
	if has(x.Effect) {
		effect := c.said(x.Effect)
		if between := c.pen.Interval(x.Effect); between != "" {
			effect += " [" + c.saidAs(between, x.Effect) + "]"
		}
		parts = append(parts, c.l.Say("test.effect", lang.Args{"name": c.named("effect.", x.EffectName), "value": effect}))
	}
	line := c.l.Say("test.line", lang.Args{"method": head, "parts": strings.Join(parts, c.l.Say("list.separator"))})
	if word := c.chance(x); c.indicative() && word != "" {
		return line + " " + c.l.Say(word)
	}
	return line
}

func has(n protect.Number) bool { return n.Status() == protect.Published }

// chance says of a sample that is not random whether chance would give such a
// difference if it were: by the adjusted p, where there is one, and nothing where
// that is withheld.
func (c *composer) chance(x protect.Tested) string {
	p := x.P
	if x.Adjust != "" {
		p = x.Adjusted
	}
	switch v, shown := c.pen.Length(p); {
	case !shown:
		return ""
	case v < usualP:
		return "test.larger"
	}
	return "test.within"
}

// freedom writes degrees of freedom, whole ones without decimals.
func (c *composer) freedom(n protect.Number) string {
	text := c.text(n)
	for _, end := range []string{".00", ",00"} {
		text = strings.TrimSuffix(text, end)
	}
	return c.saidAs(text, n)
}

// method is the name of a test in the language, or the program's.
func (c *composer) method(name string) string { return c.named("method.", name) }

func (c *composer) named(kind, name string) string {
	key := kind + strings.ToLower(strings.NewReplacer("_", "-", " ", "-").Replace(name))
	if c.l.Has(key) {
		return c.l.Say(key)
	}
	return c.labels.whole(name)
}

// comparisons is the table of the groups compared two by two, nil where the plan
// asks for none or none may be shown.
func (c *composer) comparisons(id string, item, by *survey.Item) []Table {
	var out []Table
	for _, v := range c.testsOf(item.Name, by.Name) {
		if v.Row().Analysis != table.Compare {
			continue
		}
		t := Table{ID: id + "-compared", Caption: c.l.Say("test.compared"), Header: []string{c.l.Say("test.pair_head"), c.l.Say("test.p_head")}}
		if c.indicative() {
			t.Header[1] = c.l.Say("test.p_random")
		}
		groups := v.Domains()
		adjusted := false
		for _, x := range v.Tests() {
			adjusted = adjusted || x.Adjust != ""
		}
		if adjusted {
			t.Header = append(t.Header, c.l.Say("test.p_adjusted"))
		}
		for _, x := range v.Tests() {
			if !has(x.P) {
				continue
			}
			head := c.l.Say("test.pair", lang.Args{"a": c.groupLabel(by, groups[x.Between[0]].Values), "b": c.groupLabel(by, groups[x.Between[1]].Values)})
			if x.Choice != "" {
				head = c.l.Say("evidence.is", lang.Args{"item": c.labels.choice(c.s, item, x.Choice), "answers": head})
			}
			row := TableRow{Head: head, Cells: []Cell{c.number(x.P)}}
			if adjusted {
				cell := Cell{}
				if x.Adjust != "" {
					cell = c.number(x.Adjusted)
					cell.Note = c.named("adjust.", x.Adjust)
				}
				row.Cells = append(row.Cells, cell)
			}
			t.Rows = append(t.Rows, row)
		}
		if len(t.Rows) > 0 {
			out = append(out, t)
		}
	}
	return out
}
