// Package html writes a report as one page that stands by itself: no font,
// picture or style from elsewhere, one script of its own, and a content security
// policy that holds it to that. Without the script all but the explorer works.
// The same report gives the same bytes.
package html

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"regexp"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
	"github.com/soundings-survey/soundings/pipeline/report"
)

//go:embed page.gohtml
var page string

//go:embed tables.gohtml
var tables string

//go:embed explorer.gohtml
var explorer string

//go:embed summary.gohtml
var summary string

//go:embed style.css
var style string

//go:embed page.js
var script string

// FileName returns the name of the page of a language: "report.en.html". Pages
// lead to one another by these names.
func FileName(tag string) string { return "report." + tag + ".html" }

// TablesName returns the name of the page of banner tables in a language:
// "tables.en.html".
func TablesName(tag string) string { return "tables." + tag + ".html" }

// Writer writes reports and banner tables as pages.
type Writer struct {
	page *template.Template
	tabs *template.Template
	fit  *typeset.Typesetter
	held *regexp.Regexp // a number held to a width
}

// New returns a writer. With a typesetter, figures hold their texts to the
// widths they were laid out with, whatever fonts the reader has; nil leaves
// that to the reader's program.
func New(fit *typeset.Typesetter) (*Writer, error) {
	w := &Writer{fit: fit, held: regexp.MustCompile(heldNumber)}
	var err error
	w.page, err = template.New("page").Funcs(template.FuncMap{"svg": w.svg, "file": FileName, "tables": TablesName, "kind": kind, "columns": columns, "readon": readOn, "logo": logo, "long": long}).Parse(page + explorer + summary)
	if err != nil {
		return nil, fmt.Errorf("read the template of pages: %w", err)
	}
	w.tabs, err = template.New("tables").Funcs(template.FuncMap{"file": TablesName, "report": FileName, "kind": kind, "logo": logo}).Parse(tables)
	if err != nil {
		return nil, fmt.Errorf("read the template of tables: %w", err)
	}
	return w, nil
}

// Write returns the page of a report, with figures whose texts keep to their
// places whatever fonts the reader has. It fails if a figure is not valid.
func Write(r *report.Report) ([]byte, error) {
	fit, err := typeset.New()
	if err != nil {
		return nil, fmt.Errorf("measure the texts of the page in %s: %w", r.Lang, err)
	}
	w, err := New(fit)
	if err != nil {
		return nil, err
	}
	return w.Write(r)
}

// Write returns the page of a report. It fails if a figure is not valid.
func (w *Writer) Write(r *report.Report) ([]byte, error) {
	var data template.JS
	var around *exploring
	if r.Explorer != nil {
		var err error
		if data, err = shelved(r.Explorer); err != nil {
			return nil, err
		}
		around = newExploring(r)
	}
	look := styleOf(r.Brand) + printed(r.Title, r.Dir)
	var b bytes.Buffer
	err := w.page.Execute(&b, struct {
		*report.Report
		Exploring *exploring
		Data      template.JS
		Script    template.JS
		Style     template.CSS
		Policy    string
	}{r, around, data, template.JS(script), template.CSS(look), policy(look, script)})
	if err != nil {
		return nil, fmt.Errorf("write the page in %s: %w", r.Lang, err)
	}
	return b.Bytes(), nil
}

// WriteTables returns the page of banner tables.
func (w *Writer) WriteTables(t *report.Tables) ([]byte, error) {
	look := styleOf(t.Brand) + printed(t.Title, t.Dir)
	var b bytes.Buffer
	err := w.tabs.Execute(&b, struct {
		*report.Tables
		Style  template.CSS
		Policy string
	}{t, template.CSS(look), policy(look, "")})
	if err != nil {
		return nil, fmt.Errorf("write the tables in %s: %w", t.Lang, err)
	}
	return b.Bytes(), nil
}

// svg draws the chart of a figure; its text is escaped by canvas. Numbers are
// as wide in one font as in another: they are not held to a width, which makes
// heat maps smaller by a quarter.
func (w *Writer) svg(f report.Figure) (template.HTML, error) {
	out, err := canvas.SVG(f.Canvas, canvas.SVGOptions{Prefix: "svg-", Fit: w.fit})
	return template.HTML(w.held.ReplaceAll(out, []byte("$1"))), err
}

const heldNumber = ` textLength="[\d.]+" lengthAdjust="spacingAndGlyphs"(>[\d.,]*</text>)`

// kind names a block for the template.
func kind(b report.Block) (string, error) {
	switch b.(type) {
	case report.Heading:
		return "heading", nil
	case report.Paragraph:
		return "paragraph", nil
	case report.List:
		return "list", nil
	case report.Facts:
		return "facts", nil
	case report.Points:
		return "points", nil
	case report.Figure:
		return "figure", nil
	case report.Withheld:
		return "withheld", nil
	case report.Table:
		return "table", nil
	case report.Needs:
		return "needs", nil
	case report.Commentary:
		return "commentary", nil
	case report.Quotes:
		return "quotes", nil
	}
	return "", fmt.Errorf("a page cannot show a block of type %T", b)
}

// readOn returns the chapters that a reader should know before quoting a figure.
func readOn(r *report.Report) []report.Chapter {
	var out []report.Chapter
	for _, ch := range r.Chapters {
		if slices.Contains([]string{"responses", "weights", "methods", "protection", "cite"}, ch.ID) {
			out = append(out, ch)
		}
	}
	return out
}

// columns names the columns of a table of evidence.
func columns(w report.Words) []string { return []string{w.Evidence, w.Share, w.Interval, w.Base} }

// long reports whether a table is too long to stand open among what others read.
func long(t report.Table) bool {
	const most = 20 // rows: about a screen
	return len(t.Rows) > most
}
