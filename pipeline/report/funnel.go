package report

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/chart"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Funnel says which answers are the stages of a process, in their order: either
// choices of one item, or one choice of several items.
type Funnel struct {
	Item    string   `yaml:"item"`
	Choices []string `yaml:"choices"`
	Items   []string `yaml:"items"`
	Choice  string   `yaml:"choice"`
}

// IsZero reports whether no funnel is asked for.
func (f Funnel) IsZero() bool {
	return f.Item == "" && len(f.Choices) == 0 && len(f.Items) == 0 && f.Choice == ""
}

// stage is one stage of a funnel: a choice of an item.
type stage struct{ item, choice string }

// stages are the stages in order.
func (f Funnel) stages() []stage {
	var out []stage
	for _, name := range f.Choices {
		out = append(out, stage{f.Item, name})
	}
	for _, name := range f.Items {
		out = append(out, stage{name, f.Choice})
	}
	return out
}

// Wrong says in sentences what of a funnel does not fit the survey.
func (f Funnel) Wrong(s *survey.Survey) []string {
	if f.IsZero() {
		return nil
	}
	one, several := f.Item != "" && len(f.Choices) > 0, len(f.Items) > 0 && f.Choice != ""
	if one == several || one && (len(f.Items) > 0 || f.Choice != "") || several && (f.Item != "" || len(f.Choices) > 0) {
		return []string{"It needs either an item and its choices, or several items and the choice that counts."}
	}
	if len(f.stages()) < 2 {
		return []string{"It needs two stages at least."}
	}
	var out []string
	seen := map[stage]bool{}
	for _, st := range f.stages() {
		i, ok := s.Item(st.item)
		if !ok || !i.Type.HasChoices() || i.Role == survey.Identifying {
			out = append(out, "The survey has no item with choices that is called "+st.item+" and may be reported.")
			continue
		}
		if !slices.ContainsFunc(s.Choices(i), func(c survey.Choice) bool { return c.Name == st.choice && c.Missing == survey.Answered }) {
			out = append(out, "The item "+st.item+" has no answer "+st.choice+".")
		}
		if seen[st] {
			out = append(out, "One stage stands in it twice.")
		}
		seen[st] = true
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// funnel is the figure of the stages of a process: what share took part in each.
// It stands after the figure of the first item that it is made of.
func (c *composer) funnel(after unit, under bool) ([]Block, error) {
	stages := c.in.Funnel.stages()
	if len(stages) == 0 || !slices.ContainsFunc(after, func(i *survey.Item) bool { return i.Name == stages[0].item }) {
		return nil, nil
	}
	c.marked, c.earlier = false, false
	var bars []bar
	var items []*survey.Item
	n := notes{where: "figure.source_rows", tabled: true}
	one := len(c.in.Funnel.Items) == 0
	for _, st := range stages {
		i, ok := c.s.Item(st.item)
		if !ok || c.in.Hidden[st.item] {
			return nil, nil
		}
		v := c.sharesOf(i)
		if v == nil {
			return nil, nil // the plan does not ask for it
		}
		items = append(items, i)
		label := c.labels.item(i)
		if one {
			label = c.labels.choice(c.s, i, st.choice)
		}
		n.of = v
		bars = append(bars, c.bar(label, label, v.Share(0, slices.Index(v.Choices(), st.choice)), v.Base(0)))
	}
	if !anyShown(bars) {
		return nil, nil // the figures of the items say so
	}
	topic := c.labels.item(items[0])
	subtitle := c.l.Say("figure.funnel", lang.Args{"question": c.labels.question(items[0])})
	if !one {
		c.unlead(bars)
		topic = c.l.Join([]string{bars[0].label, bars[len(bars)-1].label})
		subtitle = c.l.Say("figure.funnel_items", lang.Args{"answer": c.labels.choice(c.s, items[0], c.in.Funnel.Choice)})
	} else {
		n.base, n.silent = c.said(bars[0].base), c.silent(items[0], n.of)
	}
	label := c.l.Say("funnel.label", lang.Args{"item": topic})
	id := c.id("funnel")
	data := c.barTable(id, c.l.Say("table.stage"), c.l.Say("table.share"), bars, c.intervalHead(n.of))
	data.Caption = label
	title := label
	if !anySensitive(items) {
		title = c.funnelTitle(bars, label)
	}
	alt := c.rowsAlt("alt.funnel", len(bars), c.detail(bars))
	fig, err := chart.Funnel(c.head(id, title, subtitle, alt, c.source(n)), chartRows(bars), chart.FunnelOptions{CommonBase: one}, c.pen, c.in.Typesetter)
	if err != nil {
		return nil, err
	}
	return []Block{Figure{ID: id, Under: under, Label: label, Canvas: fig, Table: data}}, nil
}

// funnelTitle names the two neighbouring stages between which most were lost,
// with the share of each. It is said of all stages, or not at all.
func (c *composer) funnelTitle(bars []bar, neutral string) string {
	if !allShown(bars) {
		return neutral
	}
	at, fall := 0, 0.0
	for k := range bars[1:] {
		if lost := bars[k].value - bars[k+1].value; lost > fall {
			at, fall = k, lost
		}
	}
	if fall == 0 {
		return neutral
	}
	return c.l.Say("title.funnel", lang.Args{"from": bars[at].label, "share1": c.saidOf(bars[at]), "to": bars[at+1].label, "share2": c.saidOf(bars[at+1])})
}

// unlead takes off labels what all of them begin with.
func (c *composer) unlead(bars []bar) {
	var labels []string
	for _, b := range bars {
		labels = append(labels, bareLabel(b.label))
	}
	lead := sharedLead(labels)
	for k := range bars {
		bars[k].label = c.labels.whole(labels[k][len(lead):])
	}
}

// stagesOf returns the item whose choices are stages, where the codes of open
// answers are shown by it.
func (c *composer) stagesOf(i *survey.Item) []*survey.Item {
	name := c.in.Funnel.Item
	by, ok := c.s.Item(name)
	if !ok || i.Derived == "" || slices.Contains(c.in.Domains, name) || c.view(table.PropSelectMultiple, i.Name, name) == nil {
		return nil
	}
	return []*survey.Item{by}
}
