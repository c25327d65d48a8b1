package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// mostPoints is how many findings the summary has.
const mostPoints = 8

// summary is the first chapter: key figures and the main findings.
func (c *composer) summary() Chapter {
	ch := Chapter{ID: "summary", Title: c.l.Say("section.summary"), Blocks: []Block{c.facts()}}
	points := slices.Clone(c.needed)
	points = append(points, c.strongest(mostPoints-len(points))...)
	if len(points) > 0 {
		ch.Blocks = append(ch.Blocks, Points{Points: points})
	}
	return ch
}

// strongest chooses findings for the summary: batteries and what speaks for the
// toolkit before the rest, then in the order of the report.
func (c *composer) strongest(most int) []Point {
	evidence := map[string]int{} // how much of it rests on a figure
	if c.in.Components != nil {
		for _, k := range c.in.Components.Components {
			parts, _ := c.in.Components.Parts(k, c.s)
			for _, p := range parts {
				evidence["f-"+p.Item]++
			}
		}
	}
	weight := func(p Point) int {
		if p.battery {
			return math.MaxInt
		}
		return evidence[p.Figure]
	}
	first := slices.Clone(c.found)
	slices.SortStableFunc(first, func(a, b Point) int { return cmp.Compare(weight(b), weight(a)) })
	chosen := map[string]bool{}
	for _, p := range first[:min(most, len(first))] {
		chosen[p.Figure] = true
	}
	var out []Point
	for _, p := range c.found {
		if chosen[p.Figure] {
			out = append(out, p)
		}
	}
	return out
}

// facts are the key figures at the top.
func (c *composer) facts() Facts {
	var f Facts
	f.Facts = append(f.Facts, Fact{Label: c.l.Say("facts.analysed"), Value: c.prose(c.said(c.in.Quality.Analysed))})
	f.Facts = append(f.Facts,
		Fact{Label: c.l.Say("facts.items"), Value: c.prose(fmt.Sprint(c.reported))},
		Fact{Label: c.l.Say("facts.languages"), Value: c.prose(fmt.Sprint(len(c.s.Languages)))})
	f.Facts = append(f.Facts, Fact{Label: c.l.Say("facts.sample"), Value: c.prose(c.l.Say(c.designKey("sample.")))})
	return f
}

var missingWords = [survey.Reasons]string{"missing.answered", "missing.notasked", "missing.notanswered", "missing.refused", "missing.dontknow", "missing.notapplicable", "missing.invalid"}

// missingTable says for each item how many answered, and why others did not.
func (c *composer) missingTable() Table {
	t := Table{ID: "missing", Caption: c.l.Say("response.missing"), Header: []string{c.l.Say("table.question")}}
	for _, w := range missingWords {
		t.Header = append(t.Header, c.l.Say(w))
	}
	for _, i := range c.tabulated() {
		v := c.sharesOf(i)
		if v == nil {
			v = c.view(table.Mean, i.Name)
		}
		if v == nil {
			continue
		}
		row := TableRow{Head: c.labels.item(i), Cells: []Cell{c.number(v.Base(0))}}
		for r := survey.Answered + 1; r < survey.Reasons; r++ {
			row.Cells = append(row.Cells, c.apartCell(v.Missing(0, r)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// methods is the chapter on how the figures were made.
func (c *composer) methods() Chapter {
	keys := []string{c.designKey("methods.")}
	if !c.indicative() {
		keys = append(keys, "methods.precision")
	}
	if len(c.tests()) > 0 {
		keys = append(keys, map[bool]string{true: "methods.tests_convenience", false: "methods.tests"}[c.indicative()])
	}
	keys = append(keys, "methods.answers")
	if c.in.Weighted {
		keys = append(keys, "methods.weighted")
	} else {
		keys = append(keys, "methods.unweighted")
	}
	keys = append(keys, "methods.cleaning")
	if c.coded() {
		if c.in.Coding != nil {
			keys = append(keys, "methods.coding_people")
		} else {
			keys = append(keys, "methods.coding")
		}
	}
	keys = append(keys, "methods.quotes")
	var list List
	for _, k := range keys {
		list.Items = append(list.Items, c.prose(c.l.Say(k)))
	}
	list.Items = append(list.Items, c.proses(c.foldedGroups())...)
	return Chapter{ID: "methods", Title: c.l.Say("section.methods"), Blocks: []Block{list}}
}

// foldedGroups says which groups are shown as one.
func (c *composer) foldedGroups() []string {
	var out []string
	for _, f := range c.in.Folded {
		item, ok := c.s.Item(f.Item)
		if !ok {
			continue
		}
		var groups []string
		for _, name := range f.Choices {
			groups = append(groups, c.labels.choice(c.s, item, name))
		}
		out = append(out, c.l.Say("methods.folded", lang.Args{"item": c.labels.item(item), "other": c.l.Say("groups.other"), "groups": c.l.Join(groups)}))
	}
	return out
}

// folds reports whether groups of an item are shown as one.
func (c *composer) folds(i *survey.Item) bool {
	return slices.ContainsFunc(c.in.Folded, func(f Fold) bool { return f.Item == i.Name })
}

// coded reports whether the report has codes of open answers.
func (c *composer) coded() bool {
	return slices.ContainsFunc(c.tabulated(), func(i *survey.Item) bool { return i.Derived != "" && i.Type.HasChoices() })
}

// protection is the chapter on what is withheld and why.
func (c *composer) protection() Chapter {
	k := int64(c.in.Safe.Threshold())
	n := c.l.Numbers
	return Chapter{ID: "protection", Title: c.l.Say("section.protection"), Blocks: []Block{List{Items: c.proses([]string{
		c.l.Say("protection.rule", lang.Args{"fewer": c.many("protection.fewer", k), "least": c.many("protection.least", 2*k)}),
		c.l.Say("protection.mark", lang.Args{"mark": n.Mark()}),
		c.l.Say("protection.silence"),
	})}}}
}
