package report

import (
	"strings"

	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
)

// weights is the chapter on the weights of the respondents, if they have any.
func (c *composer) weights() []Chapter {
	if !c.in.Weighted {
		return nil
	}
	w := c.in.Weights
	ch := Chapter{ID: "weights", Title: c.l.Say("section.weights"), Blocks: []Block{List{Items: c.proses(c.weighting(w))}}}
	c.marked, c.earlier = false, false
	for _, m := range w.Margins {
		ch.Blocks = append(ch.Blocks, c.balance(m))
	}
	unevenness := c.unevenness(w)
	for _, note := range c.markNotes("figure.withheld") {
		ch.Blocks = append(ch.Blocks, Paragraph{Text: c.prose(note)})
	}
	return []Chapter{{ID: ch.ID, Title: ch.Title, Blocks: append(ch.Blocks, unevenness...)}}
}

// weighting says in words how the weights were made.
func (c *composer) weighting(w protect.Weights) []string {
	var out []string
	if w.Column {
		out = append(out, c.l.Say("weights.column"))
	}
	if len(w.Asked) > 0 {
		out = append(out, c.l.Say("weights.propensity"), c.l.Say("weights.assumption", lang.Args{"items": c.itemNames(w.Asked)}))
	}
	if key := "weights." + w.Method; w.Method != "" && c.l.Has(key) {
		out = append(out, c.l.Say(key))
	}
	if len(w.Numbers) > 0 {
		out = append(out, c.l.Say("weights.numbers", lang.Args{"items": c.itemNames(w.Numbers)}))
	}
	if w.Trimmed {
		out = append(out, c.l.Say("weights.trimmed"))
	}
	return out
}

// balance compares respondents with the population, before and after weighting.
func (c *composer) balance(m protect.WeightMargin) Table {
	t := Table{ID: c.id("balance-" + strings.Join(m.Items, "-")), Caption: c.l.Say("weights.balance", lang.Args{"items": c.itemNames(m.Items)}),
		Header: []string{c.l.Say("table.group"), c.l.Say("weights.population"), c.l.Say("weights.before"), c.l.Say("weights.after"), c.l.Say("table.base")}}
	if c.in.Weights.Method == "" && len(c.in.Weights.Asked) > 0 {
		t.Header[1] = c.l.Say("weights.asked")
	}
	for _, r := range m.Rows {
		var names []string
		for i, name := range r.Values {
			if item, ok := c.s.Item(m.Items[i]); ok {
				name = c.labels.choice(c.s, item, name)
			}
			names = append(names, name)
		}
		t.Rows = append(t.Rows, TableRow{Head: strings.Join(names, c.l.Say("list.separator")), Cells: c.cells([]protect.Number{r.Frame, r.Before, r.After, r.N})})
	}
	return t
}

// unevenness says how uneven the weights are, and warns where that costs more
// than it mends.
func (c *composer) unevenness(w protect.Weights) []Block {
	if w.DEff.Status() != protect.Published {
		return []Block{Paragraph{Text: c.prose(c.l.Say("weights.hidden"))}}
	}
	var out []Block
	if key := "weights.costly_" + w.Costly; w.Costly != "" && c.l.Has(key) {
		out = append(out, Paragraph{Text: c.prose(c.l.Say(key))})
	}
	t := Table{ID: "uneven", Caption: c.l.Say("weights.uneven"), Header: []string{c.l.Say("weights.measure"), c.l.Say("weights.value")}}
	for _, row := range []struct {
		key string
		n   protect.Number
	}{{"weights.deff", w.DEff}, {"weights.effective", w.Effective}, {"weights.range", w.Ratio}, {"weights.top1", w.Top1}, {"weights.top5", w.Top5}} {
		if row.n.Status() == protect.Published {
			t.Rows = append(t.Rows, TableRow{Head: c.l.Say(row.key), Cells: c.cells([]protect.Number{row.n})})
		}
	}
	return append(out, Paragraph{Text: c.prose(c.l.Say("weights.deff_note"))}, t)
}

// itemNames lists the labels of items.
func (c *composer) itemNames(names []string) string {
	var out []string
	for _, name := range names {
		if item, ok := c.s.Item(name); ok {
			name = c.labels.item(item)
		}
		out = append(out, name)
	}
	return strings.Join(out, c.l.Say("list.separator"))
}
