package report

import (
	"slices"
	"strconv"

	"github.com/soundings-survey/soundings/pipeline/chart"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// combinations is the figure of which choices of an item were made together, or
// nothing where that is not told. ranked are its choices by their shares.
func (c *composer) combinations(i *survey.Item, choices *protect.View, ranked []bar, under bool) ([]Block, error) {
	v := c.view(table.PropCombination, i.Name)
	if v == nil {
		return nil, nil
	}
	if _, whole := v.Whole(); whole {
		return nil, nil
	}
	c.marked, c.earlier = false, false
	among := v.Combined()
	rows := slices.DeleteFunc(slices.Clone(ranked), func(b bar) bool { return !slices.Contains(among, b.name) })
	var made []bar
	var drawn []chart.Combination
	for k, name := range v.Choices() {
		if name == table.OtherSets {
			made = append(made, c.bar(name, c.l.Say("combination.other"), v.Share(0, k), v.Base(0)))
			continue
		}
		of := table.SetOf(name)
		var labels []string
		var holds []bool
		for _, r := range rows {
			in := slices.Contains(of, r.name)
			if holds = append(holds, in); in {
				labels = append(labels, r.label)
			}
		}
		label := c.l.Say("combination.alone", lang.Args{"answer": c.l.Join(labels)})
		if len(labels) > 1 {
			label = c.l.Join(labels)
		}
		made = append(made, c.bar(name, label, v.Share(0, k), v.Base(0)))
		drawn = append(drawn, chart.Combination{Value: v.Share(0, k), Holds: holds})
	}
	id := c.id(i.Name + "-together")
	label := c.l.Say("combination.label", lang.Args{"item": c.labels.item(i)})
	data := c.barTable(id, c.l.Say("table.combination"), c.l.Say("table.share"), made, "")
	data.Caption = c.labels.question(i)
	alt := c.l.Say("alt.combinations", lang.Args{"rows": strconv.Itoa(len(rows)), "columns": strconv.Itoa(len(drawn)), "detail": c.detail(made)})
	head := c.head(id, c.combinationTitle(made, label), c.l.Say("figure.combinations", lang.Args{"question": c.labels.question(i)}), alt,
		c.source(notes{base: c.said(v.Base(0)), of: choices}))
	fig, err := chart.UpSet(head, chartRows(rows), drawn, c.pen, c.in.Typesetter)
	if err != nil {
		return nil, err
	}
	return []Block{Figure{ID: id, Under: under, Label: label, Canvas: fig, Table: data}}, nil
}

// combinationTitle names the choices that were made together most often. Those
// that are shown were made by more respondents than any that is not; where they
// do not count alike, the title only says what is shown.
func (c *composer) combinationTitle(made []bar, neutral string) string {
	if c.in.Weighted {
		return neutral
	}
	for _, b := range made {
		if len(table.SetOf(b.name)) > 1 && b.shown {
			return c.l.Say("title.combination", lang.Args{"answers": b.label, "share": c.saidOf(b)})
		}
	}
	if made[0].shown && made[0].name != table.OtherSets {
		return c.l.Say("title.combination_alone", lang.Args{"answer": made[0].label, "share": c.saidOf(made[0])})
	}
	return neutral
}
