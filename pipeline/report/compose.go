package report

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/banner"
	"github.com/soundings-survey/soundings/pipeline/brief"
	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/quotes"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Input is what a report is made of.
type Input struct {
	Survey     *survey.Survey
	Safe       *protect.Safe
	Components *brief.Components // nil: no chapter on the toolkit
	Language   *lang.Language    // of the report
	Languages  []*lang.Language  // all the report is made in, for the links
	Words      ProjectWords
	Quality    protect.Quality // the account of the answers' quality
	Reserved   []string        // items of which it is not told what nobody chose: countries and identities
	Domains    []string        // items by which figures are broken down; the first two at most are used
	Folded     []Fold          // items whose small groups are shown as one
	Funnel     Funnel          // stages of a process, in order; may be zero
	Priority   Priority        // two batteries set against each other; may be zero
	Tiles      Tiles           // groups as they lie on a map; may be zero
	Themes     Themes          // codes that are counted together
	Multiples  Multiples       // items whose breakdowns are shown in panels
	Acceptance Acceptance      // what became of recommendations, by how specific they are
	Judged     map[string]bool // items that judge recommendations
	TimeAxis   TimeAxis        // of waves, in languages that read from right to left
	Tables     banner.Config   // what the page of banner tables shows
	Hidden     map[string]bool // items left out of the report
	Weighted   bool            // weights were used
	Weights    protect.Weights // and how, where they were
	Coding     *protect.Coding // how open answers were coded; nil: no people did
	Frame      int64           // how many the frame of the weights counts; 0 where it is not known
	Typesetter *typeset.Typesetter
	Brand      Branding
	Own        Own               // what analysts wrote themselves
	Quotes     []quotes.Approved // words of respondents that may be published
}

// Fold says which choices of an item are one group.
type Fold struct {
	Item    string
	Choices []string
}

// ProjectWords are the words of the report that are the project's own.
type ProjectWords struct {
	Title, Notice, Source survey.Text
}

// Artifact returns the name under which the ledger has the report in a language.
func Artifact(tag string) string { return "report." + tag }

// Compose makes the report in one language. The findings say how many labels
// the language lacks.
func Compose(in Input) (*Report, []finding.Finding, error) {
	if in.Survey == nil || in.Safe == nil || in.Language == nil || in.Typesetter == nil {
		return nil, nil, errors.New("compose a report: survey, tables, language and typesetter are needed")
	}
	c := newComposer(in, Artifact(in.Language.Tag))
	r := &Report{
		Lang: in.Language.Tag, Dir: in.Language.Dir(), Languages: links(in), Words: c.words(),
		Title: c.projectText(in.Words.Title, in.Survey.Title), Notice: c.notice(),
	}
	if r.Title == "" {
		r.Title = in.Survey.ID
	}
	c.title = r.Title
	items, err := c.itemChapters()
	if err != nil {
		return nil, nil, fmt.Errorf("compose the report in %s: %w", in.Language.Tag, err)
	}
	needs, err := c.needs()
	if err != nil {
		return nil, nil, fmt.Errorf("compose the report in %s: %w", in.Language.Tag, err)
	}
	data, err := c.quality()
	if err != nil {
		return nil, nil, fmt.Errorf("compose the report in %s: %w", in.Language.Tag, err)
	}
	r.Chapters = append(r.Chapters, c.summary())
	r.Chapters = append(r.Chapters, needs...)
	r.Chapters = append(r.Chapters, items...)
	r.Chapters = append(r.Chapters, data)
	r.Chapters = append(r.Chapters, c.weights()...)
	coding, err := c.coding()
	if err != nil {
		return nil, nil, fmt.Errorf("compose the report in %s: %w", in.Language.Tag, err)
	}
	r.Chapters = append(r.Chapters, coding...)
	r.Chapters = append(r.Chapters, c.methods(), c.protection(), c.citation())
	for i, ch := range r.Chapters {
		r.Chapters[i].Figures = c.l.Say("workbook.figures", lang.Args{"chapter": ch.Title})
	}
	c.headFigures(r)
	c.placed(r.Chapters)
	r.Careful = c.l.Say(c.designKey("methods."))
	r.Explorer = c.explorer(data.ID)
	r.Brand = c.brand()
	coloured(r.Chapters, r.Brand.Colours.Accent)
	r.Told, r.Changed = c.own.told, c.own.changed
	return r, slices.Concat(c.labels.findings(), c.glyphs(r), c.ownFindings(), c.quoteFindings()), nil
}

// composer is a report under construction.
type composer struct {
	in     Input
	l      *lang.Language
	s      *survey.Survey
	pen    *protect.Pen
	views  map[table.Key]*protect.View
	labels *labels
	title  string
	ids    map[string]bool
	told   map[table.Key]bool // tests that stand under a figure
	keys   []string           // of the figures said in sentences
	drawn  map[string]heading // what stands around figures, by their id
	broken map[breakdown]bool // that have a figure
	own    *own
	quoted quoted

	design   table.DesignKind
	reported int     // items that have a figure
	earlier  bool    // a figure of an earlier report was, likewise
	marked   bool    // a withheld figure was written since the last figure began
	needed   []Point // the main findings on the toolkit
	found    []Point // the main findings on items

	headlines   []headline   // shares that titles state
	differences []difference // differences between groups that titles state
}

func newComposer(in Input, artifact string) *composer {
	in.Survey = labelled(in.Survey, in.Own.Lines)
	c := &composer{in: in, l: in.Language, s: in.Survey, views: map[table.Key]*protect.View{}, ids: map[string]bool{}, told: map[table.Key]bool{}, drawn: map[string]heading{}, broken: map[breakdown]bool{}}
	c.pen = in.Safe.Pen(artifact, in.Language.Numbers)
	c.own = newOwn(in)
	c.quoted = quoted{}
	c.labels = &labels{l: in.Language, fallback: in.Survey.Default, missing: map[string]bool{}}
	for _, v := range in.Safe.Views() {
		row := v.Row()
		row.Level = 0 // the first level asked for serves
		if _, ok := c.views[row.Key()]; !ok {
			c.views[row.Key()] = v
		}
		if c.design == "" {
			c.design = v.Design()
		}
	}
	return c
}

// view returns the table of an analysis, or nil when the plan has none.
func (c *composer) view(a table.Analysis, item string, by ...string) *protect.View {
	return c.views[table.Row{Analysis: a, Item: item, By: by}.Key()]
}

// net returns the table of the share choosing any of some values, or nil.
func (c *composer) net(item string, values []string) *protect.View {
	return c.views[table.Row{Analysis: table.PropNet, Item: item, Values: values}.Key()]
}

// text writes a figure, and notes whether it is withheld or of an earlier report.
func (c *composer) text(n protect.Number) string {
	if n.Status() == protect.Withheld {
		c.marked = true
	}
	if n.AsOf() > 0 {
		c.earlier = true
		return c.pen.Text(n) + earlierMark
	}
	return c.pen.Text(n)
}

// earlierMark stands at figures that are shown as they were in an earlier report.
const earlierMark = "†"

// markNotes say what the marks mean that were written since the last figure began.
func (c *composer) markNotes(withheld string) []string {
	var out []string
	if c.marked {
		out = append(out, c.l.Say(withheld, lang.Args{"mark": c.l.Numbers.Mark()}))
	}
	if c.earlier {
		out = append(out, c.l.Say("figure.earlier", lang.Args{"mark": earlierMark}))
	}
	return out
}

// interval writes the interval of a figure for a cell of its own. That of a
// figure that is withheld is withheld too, and says so: a blank cell would leave
// open whether there is one.
func (c *composer) interval(n protect.Number, figure string) string {
	if n.Status() == protect.Withheld {
		return figure
	}
	return c.pen.Interval(n)
}

// cell writes a figure with its interval.
func (c *composer) cell(n protect.Number) Cell {
	out := c.number(n)
	out.Note = c.pen.Interval(n)
	return c.withEnds(out, n)
}

// id makes the name of an item, or of several joined, an id that no other block has.
func (c *composer) id(name string) string {
	id := "f-" + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-' {
			return r
		}
		return '-'
	}, name)
	for c.ids[id] {
		id += "-"
	}
	c.ids[id] = true
	return id
}

func (c *composer) projectText(texts ...survey.Text) string {
	for _, t := range texts {
		if s, _ := t.In(c.l.Tag, c.s.Default); s != "" {
			return s
		}
	}
	return ""
}

func links(in Input) []Link {
	var out []Link
	for _, l := range in.Languages {
		out = append(out, Link{Tag: l.Tag, Name: l.Name, Dir: l.Dir(), Current: l.Tag == in.Language.Tag})
	}
	return out
}

func (c *composer) words() Words {
	l := c.l
	return Words{
		Notice: l.Say("notice.label"), Contents: l.Say("nav.contents"), Languages: l.Say("nav.languages"),
		Skip: l.Say("nav.skip"), Top: l.Say("nav.top"), ShowTable: l.Say("table.show"),
		Rank: l.Say("table.rank"), Share: l.Say("table.share"), Interval: c.intervalHead(nil), Base: l.Say("table.base"), Evidence: l.Say("table.evidence"),
		Tables: l.Say("tables.link"), FigureCaption: l.Say("caption.figure"), TableCaption: l.Say("caption.table"),
		Part: l.Say("table.component"), Score: l.Say("table.score"),
		Permalink: l.Say("nav.permalink"), ReadOn: l.Say("nav.read_on"),
	}
}
