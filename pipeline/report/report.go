// Package report composes the report of a survey in one language: chapters of
// text, figures and tables, without a format. What it says is made of protected
// numbers only, and every one of them passes through the pen that records it.
// Its sub-packages write it: html makes a page of it.
package report

import "github.com/soundings-survey/soundings/pipeline/chart/canvas"

// Report is a report in one language.
type Report struct {
	Lang      string // BCP 47
	Dir       string // "ltr" or "rtl"
	Title     string
	Notice    string // shown at the top; may be empty
	Languages []Link // this language and the others the report is made in
	Tabled    bool   // there is a page of banner tables beside it
	Chapters  []Chapter
	Careful   string    // what a reader should know before quoting a figure
	Explorer  *Explorer // nil where there is nothing to explore
	Words     Words
	Brand     Brand

	// Of the commentary of analysts, by the fingerprint of a line: the figures it
	// speaks of as they were when it was first met, and whether they have changed.
	Told    map[string]Told
	Changed map[string]bool
}

// Words are what a format needs besides the contents, in the report's language.
type Words struct {
	Notice, Contents, Languages string
	Skip, Top                   string
	ShowTable                   string
	Rank, Share, Interval       string
	Base                        string // "n"
	Part, Score                 string // of a toolkit, and its need score
	Evidence                    string
	Tables                      string // leads to the page of banner tables
	FigureCaption, TableCaption string // of a document, with the braces {number} and {caption}
	Permalink                   string // leads to a figure
	ReadOn                      string // heads the links at the end of the summary
}

// Link leads to the report in another language.
type Link struct {
	Tag, Name, Dir string
	Current        bool
}

// Chapter is a part of the report with a heading of its own.
type Chapter struct {
	ID      string // unique in the report
	Title   string
	Figures string // heads the figures of the chapter in a workbook
	Blocks  []Block
}

// Block is a piece of a chapter: Heading, Paragraph, List, Facts, Points,
// Figure, Withheld, Table, Needs or Commentary.
type Block interface{ block() }

// Heading stands over the blocks that follow it, one level under the chapter.
type Heading struct{ ID, Text string }

// Paragraph is running text.
type Paragraph struct{ Text Prose }

// List is a list of sentences.
type List struct{ Items []Prose }

// Facts are key figures.
type Facts struct{ Facts []Fact }

// Fact is one key figure.
type Fact struct {
	Label string
	Value Prose
}

// Points are the main findings, each leading to the figure it comes from.
type Points struct{ Points []Point }

// Point is one finding.
type Point struct {
	Topic  string
	Text   Prose
	Figure string // id of the figure, may be empty

	battery bool // it compares several items
}

// Figure is a chart with the table of what it shows.
type Figure struct {
	ID     string // unique in the report
	Under  bool   // it stands under a Heading, so that its label is one level lower
	Folded bool   // a breakdown, shown on demand
	Named  bool   // the heading above says what its label says
	Label  string // what the figure is about, in a few words
	Title  Prose  // what it states, as it is drawn
	Source Prose  // the line under it, as it is drawn
	Canvas *canvas.Figure
	Table  Table
	Notes  []Prose // lines under it: tests of what it shows
	More   []Table // further tables of what it shows
}

// Withheld stands where a figure would be of which nothing may be published.
type Withheld struct {
	ID    string
	Under bool // as of a Figure
	Label string
	Text  Prose
}

// Table is a table of figures. The first column names the rows.
type Table struct {
	ID      string // unique in the report
	Caption string
	Header  []string
	Rows    []TableRow
}

// TableRow is a row of a table.
type TableRow struct {
	Head  string
	Cells []Cell
}

// Cell is a figure with its interval and, where the cells of a table rest on
// different bases, its base. Either may be empty.
type Cell struct {
	Text, Note, Base string
	Value            Value // of Text
	BaseValue        Value // of Base
	Low, High        Value // of the interval that Text or Note tells
}

// Needs are the parts of a toolkit in order of need.
type Needs struct{ Needs []Need }

// Need is one part of a toolkit with what speaks for it.
type Need struct {
	ID       string // unique in the report
	Rank     string // empty when the score is withheld
	Label    string
	Purpose  string
	Score    string
	Interval string
	Base     string
	Evidence []Evidence

	ScoreValue, BaseValue Value
}

// Evidence is one piece of what speaks for a part of a toolkit.
type Evidence struct {
	Text, Share, Interval, Base string
	ShareValue, BaseValue       Value
}

func (Heading) block()   {}
func (Paragraph) block() {}
func (List) block()      {}
func (Facts) block()     {}
func (Points) block()    {}
func (Figure) block()    {}
func (Table) block()     {}
func (Withheld) block()  {}
func (Needs) block()     {}
