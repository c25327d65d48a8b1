// Package xlsx writes banner tables and the tables of figures as a workbook to
// check and to calculate with: numbers are numbers, with the decimals they are
// published with. A sheet of contents leads to each table, which has a name of
// its own; each chapter has a sheet, with one banner over all its tables. There
// are no formulas. The same report gives the same bytes.
package xlsx

import (
	"fmt"

	"github.com/soundings-survey/soundings/pipeline/report"
	"github.com/soundings-survey/soundings/pipeline/sheet"
)

// FileName returns the name of the workbook of a language: "tables.en.xlsx".
func FileName(tag string) string { return "tables." + tag + ".xlsx" }

// Write returns the workbook of a report and its banner tables, which may be nil.
func Write(r *report.Report, t *report.Tables) ([]byte, error) {
	b := newBook(r)
	defer b.close()
	contents := b.sheet(r.Words.Contents)
	list := []entry{}
	if t != nil {
		b.reading(t)
		list = append(list, b.banners(t)...)
	}
	list = append(list, b.figures(r)...)
	b.contents(contents, r, list)
	content, err := b.bytes(r)
	if err == nil {
		content, err = sheet.Repack(content)
	}
	if err != nil {
		return nil, fmt.Errorf("write the workbook in %s: %w", r.Lang, err)
	}
	return content, nil
}

// entry is a line of the contents: a chapter, or a table of it.
type entry struct {
	chapter       bool
	label, detail string
	sheet         string
	row           int
}

// contents is the first sheet: title, notice, and where each table is.
func (b *book) contents(s *page, r *report.Report, list []entry) {
	s.width(1, 46)
	s.width(2, 90)
	s.text(1, 1, r.Title, titleStyle)
	s.high(1, 26)
	row := 2
	if r.Notice != "" {
		s.text(1, row, r.Words.Notice, headStyle)
		s.text(2, row, r.Notice, plainStyle)
		s.high(row, 15*lines(r.Notice, 90))
		row++
	}
	for _, e := range list {
		row++
		style := linkStyle
		if e.chapter {
			row, style = row+1, chapterLinkStyle
		}
		s.link(1, row, e.label, e.sheet, e.row, style)
		s.text(2, row, e.detail, plainStyle)
		s.high(row, 15*max(lines(e.label, 46), lines(e.detail, 90)))
	}
	s.finish(row, 2, 0, 0)
}

// reading is the sheet that says how to read the tables.
func (b *book) reading(t *report.Tables) {
	s := b.sheet(t.Reading.Title)
	s.width(1, 110)
	s.back(b)
	s.text(1, 2, t.Reading.Title, titleStyle)
	s.high(2, 26)
	row := 3
	for _, block := range t.Reading.Blocks {
		list, ok := block.(report.List)
		if !ok {
			continue
		}
		for _, item := range list.Items {
			s.text(1, row, item.Text, plainStyle)
			s.high(row, 15*lines(item.Text, 110)+4)
			row++
		}
	}
	s.finish(row, 1, 0, 0)
}
