package report

import (
	"fmt"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// itemChapters are the chapters of the form with a figure for each of their
// items of which there are tables.
func (c *composer) itemChapters() ([]Chapter, error) {
	var out []Chapter
	for n, p := range parts(c.tabulated()) {
		ch := Chapter{ID: fmt.Sprintf("chapter-%d", n+1), Title: c.chapterTitle(p)}
		under := len(p.sections) > 1
		for k, sec := range p.sections {
			topic := c.groupTitle(sec.group)
			if under && topic != "" {
				ch.Blocks = append(ch.Blocks, Heading{ID: fmt.Sprintf("%s-%d", ch.ID, k+1), Text: topic})
			}
			if mostlySensitive(sec.items) {
				ch.Blocks = append(ch.Blocks, Paragraph{Text: c.prose(c.l.Say("sensitive.note"))})
			}
			blocks, err := c.section(sec, topic, ch.Title, under && topic != "")
			if err != nil {
				return nil, err
			}
			ch.Blocks = append(ch.Blocks, blocks...)
		}
		out = append(out, ch)
	}
	return out, nil
}

// section is the figures of the items of one group.
func (c *composer) section(sec section, topic, title string, under bool) ([]Block, error) {
	var out []Block
	for k, u := range units(c.s, sec.items) {
		of := topic
		if 2*len(u) < len(sec.items) {
			of = "" // the group is about more than the battery
		}
		blocks, err := c.unit(u, of, k == 0 && (under || topic == title), under)
		if err != nil {
			return nil, err
		}
		out = append(out, blocks...)
		c.own.stands(u, blocks)
		for _, draw := range []func(unit, bool) ([]Block, error){c.funnel, c.priority, c.tiles} {
			blocks, err := draw(u, under)
			if err != nil {
				return nil, err
			}
			out = append(out, blocks...)
		}
		for _, i := range u {
			out = append(out, c.furtherOf(i)...)
		}
	}
	return out, nil
}

func (c *composer) unit(u unit, topic string, first, under bool) ([]Block, error) {
	i := u[0]
	if len(u) > 1 {
		return c.battery(u, topic, first && topic != "", under)
	}
	if v := c.sharesOf(i); v != nil {
		themes, err := c.themes(i, under)
		if err != nil {
			return nil, err
		}
		codes, err := c.choices(i, v, under)
		return append(themes, codes...), err
	}
	if v := c.view(table.Mean, i.Name); v != nil {
		return c.mean(i, v, under)
	}
	return nil, nil // further figures alone
}

// tabulated are the items that have a table for everybody. The needs for the
// parts of a toolkit have a chapter of their own.
func (c *composer) tabulated() []*survey.Item {
	skip := map[string]bool{}
	if c.in.Components != nil {
		for _, k := range c.in.Components.Components {
			skip[k.ItemName()] = true
		}
	}
	var out []*survey.Item
	for _, i := range itemsToReport(c.s, c.in.Hidden) {
		if !skip[i.Name] && (c.sharesOf(i) != nil || c.view(table.Mean, i.Name) != nil || c.hasFurther(i.Name)) {
			out = append(out, i)
		}
	}
	return out
}

// chapterTitle is the form's word for a chapter, which the form has in its
// default language; in others the labels of its groups serve.
func (c *composer) chapterTitle(p part) string {
	word := chapterWord(p.word)
	var groups []string
	for _, sec := range p.sections {
		if g := c.groupTitle(sec.group); g != "" {
			groups = append(groups, g)
		}
	}
	switch {
	case word != "" && (c.l.Tag == c.s.Default || len(groups) == 0):
		return word
	case len(groups) > 0:
		return strings.Join(groups, " · ")
	case p.only:
		return c.l.Say("section.only")
	default:
		return c.l.Say("section.other")
	}
}

func (c *composer) groupTitle(path string) string {
	for _, g := range c.s.Groups {
		if g.Path == path && path != "" {
			return c.labels.group(g)
		}
	}
	return ""
}

func mostlySensitive(items []*survey.Item) bool {
	n := 0
	for _, i := range items {
		if i.Role == survey.Sensitive {
			n++
		}
	}
	return 2*n > len(items)
}
