package ingest

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest/bind"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// openSheets finds the tables of a file that hold answers: that of the
// respondents, and one for each repeat.
func (u *input) openSheets(sheets []records.Sheet) error {
	var visible []*table
	for _, sheet := range sheets {
		if sheet.Hidden && sheet.Name != u.source.Sheet {
			u.report.HiddenSheets = append(u.report.HiddenSheets, records.Printable(sheet.Name))
			u.add("hidden-sheet", finding.Warning, finding.Place{Sheet: records.Printable(sheet.Name)}, "The workbook has a hidden sheet named "+records.Printable(sheet.Name)+"; it was not read.", "Name it as input.sheet if it holds the answers; otherwise delete it before the file is passed on.")
			continue
		}
		t, err := u.openSheet(sheet)
		if err != nil {
			return err
		}
		if t != nil {
			visible = append(visible, t)
		}
	}
	u.chooseSheets(visible)
	if main := u.table(0); main != nil {
		u.report.Sheet = main.sheet
	}
	return nil
}

// fault turns the refusal of a workbook into a finding; other errors pass.
func (u *input) fault(sheet string, err error) error {
	var f *records.Fault
	if errors.As(err, &f) {
		u.broken = true
		u.add(f.Kind, finding.Refusal, finding.Place{Sheet: sheet}, f.Problem, f.Remedy)
		return nil
	}
	return err
}

// openSheet reads the header of a sheet; nil when the sheet is empty or faulty.
func (u *input) openSheet(sheet records.Sheet) (*table, error) {
	r, err := sheet.Open()
	if err != nil {
		return nil, u.fault(sheet.Name, err)
	}
	defer records.Close(r)
	c, err := r.Next()
	if errors.Is(err, io.EOF) || err == nil && c.Len() == 0 {
		return nil, nil
	}
	if err != nil {
		return nil, u.fault(sheet.Name, err)
	}
	names := c.Strings(0)
	t := &table{sheet: sheet.Name, first: c.Row(0), skip: 1, says: sheet.Variables}
	t.level, t.header = u.levelOf(sheet.Name, names)
	t.keyed = t.header.Named("KEY") >= 0 && t.header.Find(bind.Index) < 0
	if t.header.Bound == 0 {
		t.likely = u.likelyHeader(c)
	}
	if c.Len() > 1 && isHXL(t.header, c.Strings(1)) {
		t.skip = 2
		u.report.HXL = u.report.HXL || t.level == 0
	}
	var under records.Reader
	t.open = func() (records.Reader, error) {
		var err error
		under, err = sheet.Open()
		return under, err
	}
	t.after = func(t *table) {
		if under == nil {
			return
		}
		records.Close(under)
		merger, ok := under.(records.Merger)
		if !ok {
			return
		}
		for _, ref := range merger.Merged() {
			u.add("merged-cells", finding.Refusal, finding.Place{Sheet: t.sheet}, "The cells "+ref+" are merged: only the first of them holds a value.", "Undo the merge and fill in each cell, then save the workbook.")
		}
	}
	return t, nil
}

// levelOf decides which level the rows of a sheet belong to: a sheet that points
// to parents is a repeat, by its name or else by its columns.
func (u *input) levelOf(name string, columns []string) (int, bind.Header) {
	match := func(level int) bind.Header {
		return bind.Match(u.survey, level, columns, u.source.Columns, u.source.Ignore)
	}
	main := match(0)
	if main.Find(bind.ParentIndex) < 0 {
		return 0, main
	}
	best, level, named := main, 0, false
	for i := 1; i < len(u.survey.Levels); i++ {
		h, called := match(i), u.called(i, name)
		called = called && h.Bound > 0
		if called && !named || called == named && h.Bound > best.Bound {
			best, level, named = h, i, called
		}
	}
	return level, best
}

// called reports whether a sheet has the name of a repeat, or its label in some
// language, as far as names of sheets go: two repeats may have the same one.
func (u *input) called(level int, sheet string) bool {
	l := u.survey.Levels[level]
	if namedAfter(sheet, l.Name) {
		return true
	}
	for _, label := range l.Label {
		if label != "" && sheetName(label) == sheetName(sheet) {
			return true
		}
	}
	return false
}

// sheetName writes the name of a repeat as a workbook can have it: at most 31
// characters, without those that are not allowed.
func sheetName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]*?:\/`, r) {
			return -1
		}
		return r
	}, name)
	runes := []rune(name)
	return string(runes[:min(31, len(runes))])
}

// chooseSheets keeps one sheet a level and says which were passed over.
func (u *input) chooseSheets(visible []*table) {
	best := map[int]*table{}
	for _, t := range visible {
		if t.level == 0 && u.source.Sheet != "" && t.sheet != u.source.Sheet {
			continue
		}
		if b := best[t.level]; t.header.Bound > 0 && (b == nil || t.header.Bound > b.header.Bound) {
			best[t.level] = t
		} else if b != nil && t.header.Bound == b.header.Bound && t.header.Bound > 0 {
			u.add("two-sheets", finding.Refusal, finding.Place{Sheet: t.sheet}, fmt.Sprintf("The sheets %s and %s have the same columns of the form.", records.Printable(b.sheet), records.Printable(t.sheet)), "Name the one with the answers as input.sheet, or give each file as an input of its own.")
		}
	}
	for level := range u.survey.Levels {
		if t := best[level]; t != nil {
			u.tables = append(u.tables, t)
		}
	}
	for _, t := range visible {
		if best[t.level] != t && t.sheet != "" {
			u.report.SheetsNotRead = append(u.report.SheetsNotRead, records.Printable(t.sheet))
			if t.header.Bound >= 2 {
				u.add("sheet-not-read", finding.Warning, finding.Place{Sheet: records.Printable(t.sheet)}, fmt.Sprintf("The sheet has %d columns of the form too, fewer than the one that was read; it was not read.", t.header.Bound), "Name it as input.sheet if it holds the answers; give it as a file of its own if it holds more of them.")
				continue
			}
			u.add("sheet-not-read", finding.Note, finding.Place{Sheet: records.Printable(t.sheet)}, "The sheet is not of the form and was not read.", "Nothing to do if it holds no answers.")
		}
	}
	if best[0] == nil && !finding.Refused(u.findings) {
		problem := "No sheet of the workbook has columns of the form in its first row."
		switch {
		case u.report.Format == "zip-csv":
			problem = "No CSV file of the archive has columns of the form in its first row."
		case strings.HasSuffix(u.report.Format, "json"):
			problem = "No key of the objects is of the form."
		case len(visible) == 1 && visible[0].sheet == "":
			problem = "No column of the file is of the form."
		}
		if u.source.Sheet != "" {
			problem = "The workbook has no sheet of the name that input.sheet gives, or it has no columns of the form."
		}
		for _, t := range visible {
			if t.likely > 0 {
				problem += fmt.Sprintf(" Row %d of the sheet %s looks like the header.", t.likely, records.Printable(t.sheet))
			}
		}
		u.add("unknown-header", finding.Refusal, finding.Place{}, problem, "Delete the rows above the header, if there are any. Check that the first row of the sheet holds the names of the columns and that the form is the one these answers belong to.")
	}
}

// levelName is the name of a level as people know it.
func levelName(s *survey.Survey, level int) string { return s.Levels[level].Name }
