package xlsx

import "github.com/soundings-survey/soundings/pipeline/report"

// figures writes a sheet for each chapter of the report that has figures or
// tables: what each shows, with intervals and bases.
func (b *book) figures(r *report.Report) []entry {
	var out []entry
	for _, ch := range r.Chapters {
		var s *page
		row, last := 3, 1
		put := func(label, detail string, notes []report.Prose, tables ...report.Table) {
			if s == nil {
				s = b.sheet(ch.Figures)
				s.width(1, stubWidth)
				s.back(b)
				s.text(1, 2, ch.Title, titleStyle)
				s.high(2, 26)
				out = append(out, entry{chapter: true, label: ch.Figures, sheet: s.name, row: 1})
				row = 4
			}
			if detail == label {
				detail = ""
			}
			first := row
			out = append(out, entry{label: label, detail: detail, sheet: s.name, row: first})
			s.text(1, row, label, tableStyle)
			s.high(row, max(18, 15*lines(label, stubWidth)))
			if detail != "" {
				row++
				s.across(1, row, 10, detail, captionStyle)
				s.high(row, 15*lines(detail, stubWidth+9*figureWidth))
			}
			widest := 1
			for _, t := range tables {
				row++
				if t.Caption != "" && t.Caption != label && t.Caption != detail {
					s.across(1, row, 10, t.Caption, captionStyle)
					s.high(row, 15*lines(t.Caption, stubWidth+9*figureWidth))
					row++
				}
				var columns int
				row, columns = s.table(r.Words, row, t)
				widest = max(widest, columns)
			}
			for _, n := range notes {
				row++
				s.across(1, row, 10, n.Text, noteStyle)
				s.high(row, 13*lines(n.Text, stubWidth+9*figureWidth))
			}
			last = max(last, widest)
			s.named("figure-"+tables[0].ID, first, row, widest)
			row += 2
		}
		for _, block := range ch.Blocks {
			switch x := block.(type) {
			case report.Figure:
				put(x.Label, x.Canvas.Title, x.Notes, append([]report.Table{x.Table}, x.More...)...)
			case report.Table:
				put(x.Caption, "", nil, x)
			case report.Quotes:
				if s != nil { // they stand under a figure
					row = s.quotes(row, x)
				}
			case report.Needs:
				for _, n := range x.Needs {
					if len(n.Evidence) > 0 {
						put(n.Label, n.Purpose, nil, evidence(r.Words, n))
					}
				}
			}
		}
		if s != nil {
			s.finish(row, max(last, 10), 2, 1)
		}
	}
	return out
}

// evidence is what speaks for a part of a toolkit, as a table.
func evidence(w report.Words, n report.Need) report.Table {
	t := report.Table{ID: n.ID, Header: []string{w.Evidence, w.Share, w.Interval, w.Base}}
	for _, e := range n.Evidence {
		t.Rows = append(t.Rows, report.TableRow{Head: e.Text, Cells: []report.Cell{
			{Text: e.Share, Value: e.ShareValue}, {Text: e.Interval, Value: report.Value{Key: e.ShareValue.Key}}, {Text: e.Base, Value: e.BaseValue},
		}})
	}
	return t
}

// parts says which columns a column of a table is spread over.
type parts struct{ note, base, ends bool }

func (p parts) wide() int {
	n := 1
	for _, has := range []bool{p.note, p.base, p.ends} {
		if has {
			n++
		}
	}
	return n
}

// table writes a table from a row on, and returns its last row and column. An
// interval whose ends are numbers takes two columns under one head; so do the
// interval and the base that stand in the cell of a figure on a page.
func (s *page) table(w report.Words, row int, t report.Table) (last, columns int) {
	spread := make([]parts, max(0, len(t.Header)-1))
	below := false
	for _, r := range t.Rows {
		for n, c := range r.Cells {
			if n < len(spread) {
				p := &spread[n]
				p.note, p.base, p.ends = p.note || c.Note != "", p.base || c.Base != "", p.ends || c.Low.Kind != report.None
				below = below || c.Note != "" || c.Base != ""
			}
		}
	}
	s.tableHead(w, row, t, spread, below)
	if below {
		row++
	}
	for _, r := range t.Rows {
		row++
		s.text(1, row, r.Head, stubStyle)
		s.high(row, 15*lines(r.Head, stubWidth))
		at := 2
		for n, c := range r.Cells {
			if n >= len(spread) {
				break
			}
			s.cell(at, row, c, spread[n])
			at += spread[n].wide()
		}
	}
	columns = 1
	for _, p := range spread {
		columns += p.wide()
	}
	return row, columns
}

// tableHead writes the heads of the columns, and of what a column is spread over.
func (s *page) tableHead(w report.Words, row int, t report.Table, spread []parts, below bool) {
	if len(t.Header) == 0 {
		return
	}
	s.text(1, row, t.Header[0], stubHeadCell)
	if below {
		s.text(1, row+1, "", stubHeadCell)
	}
	at, high := 2, lines(t.Header[0], stubWidth)
	for n, p := range spread {
		for k := range p.wide() {
			s.width(at+k, figureWidth+2)
		}
		s.across(at, row, at+p.wide()-1, t.Header[n+1], headCell)
		high = max(high, lines(t.Header[n+1], (figureWidth+2)*p.wide()))
		next := at + 1
		if below {
			for k := range p.wide() {
				s.text(at+k, row+1, "", headCell)
			}
		}
		if p.note {
			wide := 1
			if p.ends {
				wide = 2
			}
			s.across(next, row+1, next+wide-1, w.Interval, headCell)
			next += wide
		}
		if p.base {
			s.text(next, row+1, w.Base, headCell)
		}
		at += p.wide()
	}
	s.high(row, 15*high+3)
	if below {
		s.high(row+1, 15*lines(w.Interval, figureWidth+2)+3)
	}
}

// cell writes a cell of a table over its columns.
func (s *page) cell(at, row int, c report.Cell, p parts) {
	if p.note || !p.ends {
		s.figure(at, row, c.Text, c.Value, plainCell)
		at++
	}
	switch interval := c.Note; {
	case p.ends && c.Low.Kind != report.None:
		s.figure(at, row, c.Text+c.Note, c.Low, plainCell)
		s.figure(at+1, row, c.Text+c.Note, c.High, plainCell)
		at += 2
	case p.ends:
		of := c.Value
		if !p.note {
			interval = c.Text
		} else {
			of.Kind = report.None
		}
		s.figure(at, row, interval, of, plainCell)
		if interval != "" && of.Kind == report.None {
			s.figure(at+1, row, interval, of, plainCell)
		}
		at += 2
	case p.note:
		s.figure(at, row, interval, report.Value{}, plainCell)
		at++
	}
	if p.base {
		s.figure(at, row, c.Base, c.BaseValue, plainCell)
	}
}
