package report

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/chart"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// ChecksAlone are the kinds of checks of which each is told by itself: the
// share of respondents who gave one answer throughout a battery.
var ChecksAlone = [...]string{quality.StraightLining}

// quality is the chapter on how good the answers are.
func (c *composer) quality() (Chapter, error) {
	ch := Chapter{ID: "responses", Title: c.l.Say("section.response"), Blocks: []Block{Paragraph{Text: c.prose(c.l.Say("response.intro"))}}}
	marked, earlier := false, false
	for _, part := range []struct {
		id, heading string
		blocks      func() ([]Block, error)
	}{
		{"took-part", "quality.flow", c.flow},
		{"unanswered", "quality.missing", c.unanswered},
		{"silent", "quality.turning", func() ([]Block, error) { return c.turning(), nil }},
		{"signs", "quality.signs", func() ([]Block, error) { return c.signs(), nil }},
		{"versions", "quality.versions", func() ([]Block, error) { return c.versions(), nil }},
	} {
		c.marked, c.earlier = false, false
		blocks, err := part.blocks()
		if err != nil {
			return ch, err
		}
		marked, earlier = marked || c.marked, earlier || c.earlier
		if len(blocks) > 0 {
			ch.Blocks = append(append(ch.Blocks, Heading{ID: part.id, Text: c.l.Say(part.heading)}), blocks...)
		}
	}
	c.marked, c.earlier = marked, earlier
	for _, note := range c.markNotes("figure.withheld") {
		ch.Blocks = append(ch.Blocks, Paragraph{Text: c.prose(note)})
	}
	return ch, nil
}

// flow says what became of the responses that came in.
func (c *composer) flow() ([]Block, error) {
	q := c.in.Quality
	steps := []chart.Step{{Label: c.l.Say("response.received"), Value: q.Received}}
	for _, m := range q.Reasons {
		if n, shown := c.pen.Length(m.Numbers[0]); shown && n == 0 && len(m.Of) == 1 {
			continue // what nobody was set aside for needs no bar
		}
		steps = append(steps, chart.Step{Label: c.aside(m.Of), Value: m.Numbers[0], Less: true})
	}
	if len(q.Reasons) == 0 {
		steps = append(steps, chart.Step{Label: c.l.Say("response.aside_all"), Value: q.Aside, Less: true})
	}
	steps = append(steps, chart.Step{Label: c.l.Say("response.analysed"), Value: q.Analysed})
	data := Table{ID: "flow", Caption: c.l.Say("response.flow"), Header: []string{c.l.Say("table.step"), c.l.Say("table.base")}}
	for _, s := range steps {
		data.Rows = append(data.Rows, TableRow{Head: s.Label, Cells: []Cell{c.number(s.Value)}})
	}
	out := []Block{data}
	if q.Received.Status() == protect.Published && q.Analysed.Status() == protect.Published {
		title := c.l.Say("title.flow", lang.Args{"analysed": c.said(q.Analysed), "received": c.said(q.Received)})
		id := c.id("flow")
		head := c.head(id, title, c.l.Say("figure.flow"), c.l.Say("alt.flow", lang.Args{"title": title}), c.source(notes{where: "figure.source_only"}))
		fig, err := chart.Steps(head, steps, c.pen, c.in.Typesetter)
		if err != nil {
			return nil, err
		}
		out = []Block{Figure{ID: id, Under: true, Named: true, Label: data.Caption, Canvas: fig, Table: data}}
	}
	if t := c.groups(); len(t.Rows) > 0 {
		out = append(out, t)
	}
	if t := c.rates(); len(t.Rows) > 0 {
		out = append(out, t, Paragraph{Text: c.prose(c.l.Say("quality.rates_note"))})
	}
	return out, nil
}

// aside names reasons for which responses were set aside.
func (c *composer) aside(of []quality.Reason) string {
	names := make([]string, len(of))
	for i, r := range of {
		names[i] = c.l.Say("reason." + string(r))
	}
	return c.l.Say("response.aside", lang.Args{"reasons": strings.Join(names, c.l.Say("list.separator"))})
}

// groups says what came in of each wave, source and version.
func (c *composer) groups() Table {
	t := Table{ID: "groups", Caption: c.l.Say("quality.groups"), Header: []string{c.l.Say("table.group"), c.l.Say("response.received"), c.l.Say("response.aside_all"), c.l.Say("response.analysed")}}
	for _, m := range c.in.Quality.Groups {
		names := make([]string, len(m.Of))
		for i, p := range m.Of {
			names[i] = c.part(p)
		}
		t.Rows = append(t.Rows, TableRow{Head: strings.Join(names, c.l.Say("list.separator")), Cells: c.cells(m.Numbers)})
	}
	return t
}

func (c *composer) part(p quality.Part) string {
	var words []string
	for _, w := range []struct{ key, name string }{{"quality.wave", p.Wave}, {"quality.source", p.Source}, {"quality.version", p.Version}} {
		if w.name != "" {
			words = append(words, c.l.Say(w.key, lang.Args{"name": c.labels.whole(w.name)}))
		}
	}
	if len(words) == 0 {
		return c.l.Say("quality.unnamed")
	}
	return strings.Join(words, " · ")
}

// rates says how many of those invited have responded.
func (c *composer) rates() Table {
	t := Table{ID: "rates", Caption: c.l.Say("quality.rates"), Header: []string{c.l.Say("table.group"), c.l.Say("table.invited"), c.l.Say("table.responded"), c.l.Say("table.rate")}}
	for _, m := range c.in.Quality.Rates {
		names := make([]string, len(m.Of))
		for i, name := range m.Of {
			if names[i] = c.labels.whole(name); name == "" {
				names[i] = c.l.Say("table.all_invited")
			}
		}
		t.Rows = append(t.Rows, TableRow{Head: strings.Join(names, c.l.Say("list.separator")), Cells: c.cells(m.Numbers)})
	}
	return t
}

// cells writes figures into cells.
func (c *composer) cells(numbers []protect.Number) []Cell {
	out := make([]Cell, len(numbers))
	for i, n := range numbers {
		out[i] = c.number(n)
	}
	return out
}

// versions says what changed between versions of the form.
func (c *composer) versions() []Block {
	t := Table{ID: "changes", Caption: c.l.Say("quality.changes"), Header: []string{c.l.Say("table.question"), c.l.Say("table.change"), c.l.Say("table.version")}}
	for _, change := range c.in.Quality.Changes {
		head := change.Item
		if item, ok := c.s.Item(change.Item); ok {
			head = c.labels.item(item)
			if change.Choice != "" {
				head = c.l.Say("evidence.is", lang.Args{"item": head, "answers": c.labels.choice(c.s, item, change.Choice)})
			}
		} else if change.Choice != "" {
			head = c.l.Say("evidence.is", lang.Args{"item": head, "answers": change.Choice})
		}
		kind := change.Kind
		if c.l.Has("change." + kind) {
			kind = c.l.Say("change." + kind)
		}
		t.Rows = append(t.Rows, TableRow{Head: head, Cells: []Cell{{Text: kind}, {Text: change.Version}}})
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return []Block{Paragraph{Text: c.prose(c.l.Say("quality.versions_note"))}, t}
}

// signs are what an analyst looks at to judge a questionnaire and its answers.
func (c *composer) signs() []Block {
	out := []Block{Paragraph{Text: c.prose(c.l.Say("quality.signs_note"))}}
	if t := c.checks(); len(t.Rows) > 0 {
		out = append(out, t)
	}
	if t := c.straight(); len(t.Rows) > 0 {
		out = append(out, t)
	}
	out = append(out, c.shifts()...)
	return append(out, c.unused()...)
}

// checks says how many answers each kind of check has flagged.
func (c *composer) checks() Table {
	t := Table{ID: "checks", Caption: c.l.Say("quality.checks"), Header: []string{c.l.Say("table.check"), c.l.Say("table.looked"), c.l.Say("table.flagged")}}
	for _, m := range c.in.Quality.Checks {
		t.Rows = append(t.Rows, TableRow{Head: c.l.Say("check." + quality.KindOf(m.Of[0])), Cells: c.cells(m.Numbers)})
	}
	return t
}

// straight says of each battery how many gave one answer throughout.
func (c *composer) straight() Table {
	t := Table{ID: "straight", Caption: c.l.Say("quality.straight"), Header: []string{c.l.Say("table.battery"), c.l.Say("table.looked"), c.l.Say("table.share")}}
	for _, m := range c.in.Quality.Alone {
		t.Rows = append(t.Rows, TableRow{Head: c.batteryLabel(m.Of[0].Item), Cells: c.cells(m.Numbers)})
	}
	return t
}

// batteryLabel is the label of a battery, known by its first item: that of the
// group it stands in, or else of that item.
func (c *composer) batteryLabel(first string) string {
	item, ok := c.s.Item(first)
	if !ok {
		return first
	}
	if label := c.groupTitle(item.Folder()); label != "" {
		return label
	}
	return c.labels.item(item)
}

// shifts names the items that are answered otherwise in a language.
func (c *composer) shifts() []Block {
	q := c.in.Quality
	language, ok := c.s.Item(q.Language)
	if !ok {
		return nil
	}
	k := c.in.Safe.Threshold()
	note := c.l.Say("quality.shifts_plain", lang.Args{"least": c.l.Numbers.Count(int64(2 * k))})
	if within, ok := c.s.Item(q.Adjusted); ok {
		note = c.l.Say("quality.shifts_within", lang.Args{"least": c.l.Numbers.Count(int64(2 * k)), "group": c.labels.item(within)})
	}
	if len(q.Shifts) == 0 {
		return []Block{Paragraph{Text: c.prose(note + " " + c.l.Say("quality.shifts_none"))}}
	}
	t := Table{ID: "shifts", Caption: c.l.Say("quality.shifts"), Header: []string{c.l.Say("table.question")}}
	var bands []quality.Band
	for _, band := range []quality.Band{quality.Strong, quality.Moderate} {
		if slices.ContainsFunc(q.Shifts, func(s protect.Shift) bool { return s.Band == band }) {
			bands, t.Header = append(bands, band), append(t.Header, c.l.Say("band."+string(band)))
		}
	}
	said := map[string]map[quality.Band][]string{}
	for _, s := range q.Shifts {
		if said[s.Item] == nil {
			said[s.Item] = map[quality.Band][]string{}
		}
		said[s.Item][s.Band] = append(said[s.Item][s.Band], c.labels.choice(c.s, language, s.Language))
	}
	for k := range c.s.Items {
		i := &c.s.Items[k]
		if of := said[i.Name]; of != nil {
			row := TableRow{Head: c.labels.item(i)}
			for _, band := range bands {
				row.Cells = append(row.Cells, Cell{Text: strings.Join(of[band], c.l.Say("list.separator"))})
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return []Block{t, Paragraph{Text: c.prose(note)}}
}

// unused names the choices that nobody made, where it is safe to say so: of
// items that are not sensitive and say nothing of who or where respondents are,
// and as their figures show it.
func (c *composer) unused() []Block {
	var list List
	for _, i := range c.questions() {
		v := c.sharesOf(i)
		if v == nil || i.Role == survey.Sensitive || slices.Contains(c.in.Reserved, i.Name) {
			continue
		}
		var names []string
		for k, name := range v.Choices() {
			if n, shown := c.pen.Length(v.Count(0, k)); shown && n == 0 {
				names = append(names, c.labels.choice(c.s, i, name))
			}
		}
		if len(names) > 0 {
			list.Items = append(list.Items, c.prose(c.l.Say("evidence.is", lang.Args{"item": c.labels.item(i), "answers": strings.Join(names, c.l.Say("list.separator"))})))
		}
	}
	if len(list.Items) == 0 {
		return nil
	}
	return []Block{Paragraph{Text: c.prose(c.l.Say("quality.unused"))}, list}
}
