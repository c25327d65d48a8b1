package report

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/commentary"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Own is what analysts wrote themselves for the report, and what is known of it
// from earlier runs.
type Own struct {
	Lines []commentary.Line // with their language

	// Seen has the figures that a line speaks of, by its fingerprint, as they were
	// when its text was first met. A line that it does not have is new.
	Seen map[string]Told
	// Changed names the lines whose figures have changed, where another edition
	// found it out: Seen is nil then.
	Changed map[string]bool
}

// Told is published figures as they are told, by key; a withheld one has the mark.
type Told map[table.Key]string

// Commentary is what analysts say about the figure above, or about the chapter
// or report it opens.
type Commentary struct {
	Label   string
	Text    []Prose // paragraphs
	Changed string  // says that the figures it speaks of have changed since; "" where they have not
	Notes   []Prose // what marks in it mean
}

func (Commentary) block() {}

// own places the lines of one language in a report under construction.
type own struct {
	lines   []commentary.Line // of the report's language
	numbers map[table.Key]protect.Number
	plain   *protect.Pen      // as figures stand in the results files
	figure  map[string]string // item -> id of its figure
	used    map[string]bool   // fingerprints of lines that stand in the report
	typed   map[string]int    // place -> numbers typed by hand so far
	told    map[string]Told   // fingerprint -> figures that the line speaks of
	changed map[string]bool
	bad     []commentary.Line // lines that cannot be filled
	strange []commentary.Line // lines with numbers that are no figures
	held    []commentary.Line // titles that would have a withheld figure
}

func newOwn(in Input) *own {
	o := &own{
		numbers: map[table.Key]protect.Number{}, figure: map[string]string{}, used: map[string]bool{}, typed: map[string]int{},
		told: map[string]Told{}, changed: map[string]bool{}, plain: in.Safe.Pen("results", nil),
	}
	for _, l := range in.Own.Lines {
		if l.Language == in.Language.Tag {
			o.lines = append(o.lines, l)
		}
	}
	if len(o.lines) == 0 {
		return o
	}
	for _, v := range in.Safe.Views() {
		row := v.Row()
		for d, domain := range v.Domains() {
			if base := row.KeyOf("", domain.Values); !o.has(base) {
				o.numbers[base] = v.Base(d)
			}
			for k, choice := range v.Choices() {
				o.numbers[row.KeyOf(choice, domain.Values)] = v.Figure(d, k)
			}
		}
	}
	return o
}

// stands notes in which figure items are.
func (o *own) stands(items []*survey.Item, blocks []Block) {
	for _, b := range blocks {
		id := ""
		switch b := b.(type) {
		case Figure:
			id = b.ID
		case Withheld:
			id = b.ID
		default:
			continue
		}
		for _, i := range items {
			o.figure[i.Name] = id
		}
		return
	}
}

func (o *own) has(k table.Key) bool { _, ok := o.numbers[k]; return ok }

// at returns the lines of a kind about a place: the id of a chapter or figure,
// which stands for its item too.
func (o *own) at(kind commentary.Kind, id string, items ...string) []commentary.Line {
	var out []commentary.Line
	for _, l := range o.lines {
		if l.Kind == kind && (l.Place == id || "f-"+l.Place == id || slices.Contains(items, l.Place)) {
			out = append(out, l)
		}
	}
	return out
}

// ownTitle returns the title that analysts gave a figure, or the one that was made. One
// that would tell a withheld figure is not used.
func (c *composer) ownTitle(id string, made Prose) Prose {
	for _, l := range c.own.at(commentary.Title, id) {
		c.own.used[l.Fingerprint()] = true
		marked := c.marked
		c.marked = false
		text, ok := c.filled(l)
		held := c.marked
		c.marked = marked
		switch {
		case held:
			c.own.held = append(c.own.held, l)
		case ok:
			return text
		}
	}
	return made
}

// placed puts the commentary of analysts into the chapters: at the head of a
// chapter, and under figures.
func (c *composer) placed(chapters []Chapter) {
	if len(c.own.lines) == 0 {
		return
	}
	itemsOf := map[string][]string{} // of figures
	for _, i := range inOrder(c.s) {
		if id := c.own.figure[i.Name]; id != "" {
			itemsOf[id] = append(itemsOf[id], i.Name)
		}
	}
	for n := range chapters {
		ch := &chapters[n]
		var of []string
		var blocks []Block
		for _, b := range ch.Blocks {
			id := ""
			switch b := b.(type) {
			case Figure:
				id = b.ID
				if c.titleStale(id) {
					b.Notes = append(b.Notes, Plain(c.l.Say("commentary.changed_title")))
				}
				blocks = append(blocks, b)
			case Withheld:
				id = b.ID
				blocks = append(blocks, b)
			default:
				blocks = append(blocks, b)
			}
			if id == "" {
				continue
			}
			of = append(of, itemsOf[id]...)
			blocks = append(blocks, c.comments(c.own.at(commentary.Comment, id, itemsOf[id]...), itemsOf[id])...)
		}
		if ch.ID == "summary" {
			of = nil // everything
		}
		ch.Blocks = append(c.comments(c.own.at(commentary.Comment, ch.ID), of), blocks...)
	}
}

// comments makes blocks of lines. They speak of the items of their place, or of
// all where none are given.
func (c *composer) comments(lines []commentary.Line, items []string) []Block {
	var out []Block
	for _, l := range lines {
		items := items
		c.own.used[l.Fingerprint()] = true
		marked, earlier := c.marked, c.earlier
		c.marked, c.earlier = false, false
		text, ok := c.filled(l)
		if ok {
			b := Commentary{Label: c.l.Say("commentary.label"), Text: paragraphs(text)}
			if item, is := l.Item(c.s); is {
				items = []string{item.Name}
			}
			if c.stale(l, items) {
				b.Changed = c.l.Say("commentary.changed")
			}
			b.Notes = append(b.Notes, c.proses(c.markNotes("figure.withheld"))...)
			out = append(out, b)
			c.wonder(l, items)
		}
		c.marked, c.earlier = marked, earlier
	}
	return out
}

// titleStale reports whether the figures of a figure with a title of its own have
// changed since the title was written.
func (c *composer) titleStale(id string) bool {
	stale := false
	for _, l := range c.own.at(commentary.Title, id) {
		items := []string{strings.TrimPrefix(id, "f-")}
		stale = c.stale(l, items) || stale
		c.wonder(l, items)
	}
	return stale
}

// paragraphs divides a text at its line ends.
func paragraphs(p Prose) []Prose {
	var out []Prose
	start := 0
	for start <= len(p.Text) {
		end := strings.IndexByte(p.Text[start:], '\n')
		if end < 0 {
			end = len(p.Text)
		} else {
			end += start
		}
		part := Prose{Text: p.Text[start:end]}
		for _, m := range p.Numbers {
			if m.Start >= start && m.End <= end {
				part.Numbers = append(part.Numbers, Mention{m.Start - start, m.End - start, m.Key})
			}
		}
		if strings.TrimSpace(part.Text) != "" {
			out = append(out, part)
		}
		start = end + 1
	}
	return out
}

// labelled lays the short labels of analysts over those of the survey. What is
// read and computed keeps to the form.
func labelled(s *survey.Survey, lines []commentary.Line) *survey.Survey {
	out := *s
	out.Items, out.Lists = slices.Clone(s.Items), slices.Clone(s.Lists)
	any := false
	for _, l := range lines {
		item, ok := l.Item(s)
		if l.Kind != commentary.ShortLabel || !ok {
			continue
		}
		any = true
		if l.Choice == "" {
			for i := range out.Items {
				if out.Items[i].Name == item.Name {
					out.Items[i].Short = with(out.Items[i].Short, l.Language, l.Text)
				}
			}
			continue
		}
		for n, list := range out.Lists {
			if list.Name != item.List {
				continue
			}
			choices := slices.Clone(list.Choices)
			for k := range choices {
				if choices[k].Name == l.Choice {
					choices[k].Short = with(choices[k].Short, l.Language, l.Text)
				}
			}
			out.Lists[n] = survey.NewChoiceList(list.Name, choices)
		}
	}
	if !any {
		return s
	}
	made, _ := survey.New(out) // nothing of what it checks has changed
	return made
}

func with(t survey.Text, tag, text string) survey.Text {
	out := survey.Text{tag: text}
	for k, v := range t {
		if k != tag {
			out[k] = v
		}
	}
	return out
}
