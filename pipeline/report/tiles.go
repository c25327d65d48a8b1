package report

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/chart"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Tiles says how the choices of an item, such as regions, lie on a map: in rows
// from north to south, each from west to east, with "" for a gap. The map shows
// where responses are from, and the shares of some answers.
type Tiles struct {
	Item string     `yaml:"item"`
	Rows [][]string `yaml:"rows"`
	Show []Mapped   `yaml:"show"`
}

// Mapped is an answer whose share a map shows.
type Mapped struct {
	Item   string `yaml:"item"`
	Choice string `yaml:"choice"`
}

// mostTiles is how many tiles stand side by side: more could not be named.
const mostTiles = 8

// Wrong says in sentences what of a map of tiles does not fit the survey.
func (m Tiles) Wrong(s *survey.Survey) []string {
	if m.Item == "" && len(m.Rows) == 0 && len(m.Show) == 0 {
		return nil
	}
	i, ok := s.Item(m.Item)
	if !ok || i.Type != survey.SelectOne || i.Role == survey.Identifying || i.Role == survey.Sensitive {
		return []string{"The survey has no item with one choice that is called " + m.Item + " and divides the figures of a report."}
	}
	var out []string
	seen := map[string]bool{}
	for _, row := range m.Rows {
		if len(row) > mostTiles {
			out = append(out, "A row has more than eight tiles.")
		}
		for _, name := range row {
			switch {
			case name == "":
				continue
			case !answers(s, i, name):
				out = append(out, "The item "+m.Item+" has no answer "+name+".")
			case seen[name]:
				out = append(out, "The answer "+name+" has two tiles.")
			}
			seen[name] = true
		}
	}
	if len(seen) < 2 {
		out = append(out, "It needs two tiles at least.")
	}
	for _, show := range m.Show {
		of, ok := s.Item(show.Item)
		switch {
		case !ok || !of.Type.HasChoices() || of.Role == survey.Identifying || show.Item == m.Item:
			out = append(out, "The survey has no other item with choices that is called "+show.Item+" and may be reported.")
		case of.Role == survey.Sensitive:
			out = append(out, "The item "+show.Item+" is sensitive, so that its answers are not set on a map.")
		case !answers(s, of, show.Choice):
			out = append(out, "The item "+show.Item+" has no answer "+show.Choice+".")
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// answers reports whether a choice of an item is an answer.
func answers(s *survey.Survey, i *survey.Item, name string) bool {
	return slices.ContainsFunc(s.Choices(i), func(c survey.Choice) bool { return c.Name == name && c.Missing == survey.Answered })
}

// tiles are the maps that stand after the figures of some items: where responses
// are from, after that of the item of the map, and the answers asked for, after
// those of theirs.
func (c *composer) tiles(after unit, under bool) ([]Block, error) {
	m := c.in.Tiles
	by, ok := c.s.Item(m.Item)
	if !ok || c.in.Hidden[m.Item] || by.Role == survey.Sensitive {
		return nil, nil
	}
	var out []Block
	put := func(blocks []Block, err error) error {
		out = append(out, blocks...)
		return err
	}
	for _, i := range after {
		if i == by {
			if err := put(c.responseTiles(by, under)); err != nil {
				return nil, err
			}
		}
		for _, show := range m.Show {
			if show.Item == i.Name && i.Role != survey.Sensitive {
				if err := put(c.answerTiles(i, show.Choice, by, under)); err != nil {
					return nil, err
				}
			}
		}
	}
	return out, nil
}

// mapped is one map under construction.
type mapped struct {
	id, label, title, subtitle string
	by                         *survey.Item // of the map
	groups                     []bar        // named by choices of what divides the respondents
	of                         *protect.View
}

// responseTiles shows where responses are from.
func (c *composer) responseTiles(by *survey.Item, under bool) ([]Block, error) {
	v := c.view(table.PropSelectOne, by.Name)
	if v == nil {
		return nil, nil
	}
	c.marked, c.earlier = false, false
	m := mapped{id: c.id(by.Name + "-tiles"), label: c.l.Say("tiles.own", lang.Args{"group": c.labels.item(by)}), by: by, of: v}
	m.subtitle = c.l.Say("figure.tiles_own", lang.Args{"question": c.labels.question(by)})
	for k, name := range v.Choices() {
		m.groups = append(m.groups, c.bar(name, c.labels.choice(c.s, by, name), v.Share(0, k), v.Count(0, k)))
	}
	m.title = m.label
	return c.tileMap(m, under)
}

// answerTiles shows how many in each group gave an answer. It needs the figures
// of the report by these groups: folded ones where it folds them.
func (c *composer) answerTiles(i *survey.Item, choice string, by *survey.Item, under bool) ([]Block, error) {
	all := c.sharesOf(i)
	if all == nil {
		return nil, nil
	}
	name := c.folded([]string{by.Name})[0]
	v := c.view(all.Row().Analysis, i.Name, name)
	over, ok := c.s.Item(name)
	if v == nil || !ok {
		return nil, nil // the plan does not ask for it
	}
	at := slices.Index(v.Choices(), choice)
	if at < 0 {
		return nil, nil
	}
	c.marked, c.earlier = false, false
	answer := c.labels.choice(c.s, i, choice)
	m := mapped{id: c.id(i.Name + "-" + choice + "-tiles"), label: c.l.Say("tiles.label", lang.Args{"answer": answer, "item": c.labels.item(i), "group": c.labels.item(by)}), by: by, of: v}
	m.subtitle = c.l.Say("figure.tiles", lang.Args{"answer": answer, "question": c.labels.question(i)})
	for d, group := range v.Domains() {
		b := c.bar("", c.groupLabel(over, group.Values), v.Share(d, at), v.Base(d))
		if len(group.Values) == 1 {
			b.name = group.Values[0]
		}
		m.groups = append(m.groups, b)
	}
	row := heatRow{label: answer, cells: m.groups}
	m.title = c.heatTitle(heat{label: m.label, rows: []heatRow{row}, bases: true})
	return c.tileMap(m, under)
}

// tileMap draws a map, or gives nothing where less than a third of its groups may
// be published. Groups without a tile are listed beneath it.
func (c *composer) tileMap(m mapped, under bool) ([]Block, error) {
	shown := 0
	at := map[string]bar{}
	for _, b := range m.groups {
		at[b.name] = b
		if b.shown {
			shown++
		}
	}
	if shown == 0 || 3*shown < len(m.groups) {
		return nil, nil
	}
	rows := make([][]chart.Tile, len(c.in.Tiles.Rows))
	placed := map[string]bool{}
	for r, names := range c.in.Tiles.Rows {
		for _, name := range names {
			tile := chart.Tile{}
			if b, ok := at[name]; ok {
				tile = chart.Tile{Label: b.label, Value: b.number, Base: b.base}
				placed[name] = true
			} else if name != "" {
				tile = chart.Tile{Label: c.labels.choice(c.s, m.by, name), Folded: true}
			}
			rows[r] = append(rows[r], tile)
		}
	}
	var off []bar
	for _, b := range m.groups {
		if !placed[b.name] {
			b.label = c.withMembers(m.by, b)
			off = append(off, b)
		}
	}
	data := c.barTable(m.id, c.l.Say("table.group"), c.l.Say("table.share"), m.groups, c.intervalHead(m.of))
	data.Caption = m.label
	alt := c.rowsAlt("alt.tiles", len(m.groups), c.detail(m.groups))
	head := c.head(m.id, m.title, m.subtitle, alt, c.source(notes{where: "figure.source_groups", tabled: true, of: m.of}))
	fig, err := chart.Tiles(head, rows, chart.TilesOptions{Beneath: c.l.Say("tiles.beneath"), Off: chartRows(off)}, c.pen, c.in.Typesetter)
	if err != nil {
		return nil, err
	}
	return []Block{Figure{ID: m.id, Under: under, Label: m.label, Canvas: fig, Table: data}}, nil
}

// withMembers is the label of a group that several were folded into, with theirs.
func (c *composer) withMembers(by *survey.Item, b bar) string {
	if answers(c.s, by, b.name) {
		return b.label
	}
	for _, fold := range c.in.Folded {
		if fold.Item != by.Name {
			continue
		}
		var members []string
		for _, name := range fold.Choices {
			members = append(members, c.labels.choice(c.s, by, name))
		}
		return c.l.Say("evidence.is", lang.Args{"item": b.label, "answers": c.l.Join(members)})
	}
	return b.label
}
