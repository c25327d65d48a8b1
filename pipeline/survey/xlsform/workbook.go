package xlsform

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

// errTooLarge says that a sheet has more rows or columns than a form has.
var errTooLarge = errors.New("too large")

// workbook reads the sheets of an XLSX workbook. A file that is no workbook
// gives no sheets and a finding.
func (r *reader) workbook(name string, content []byte) (book sheets) {
	place := finding.Place{File: name}
	defer func() {
		if recover() != nil { // the XLSX reader may panic on a damaged file
			r.unreadable(place)
			book = sheets{}
		}
	}()
	if !bytes.HasPrefix(content, []byte("PK")) {
		r.notWorkbook(place, content)
		return sheets{}
	}
	if !r.sound(name, content) {
		return sheets{}
	}
	f, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{UnzipSizeLimit: maxBytes, UnzipXMLSizeLimit: maxBytes})
	if err != nil {
		if strings.Contains(err.Error(), "unzip size exceeds") {
			r.tooLargeUnpacked(place)
			return sheets{}
		}
		r.unreadable(place)
		return sheets{}
	}
	defer f.Close()
	for _, title := range f.GetSheetList() {
		var into **sheet
		aliases := surveyColumn
		switch strings.ToLower(trim(title)) {
		case "survey":
			into = &book.survey
		case "choices", "choices and columns":
			into, aliases = &book.choices, choicesColumn
		case "settings":
			into, aliases = &book.settings, settingsColumn
		case "indicator", "indicators":
			into, aliases = &book.indicators, indicatorColumn
		}
		if into == nil {
			continue
		}
		at := finding.Place{File: name, Sheet: title}
		if *into != nil {
			r.add("sheet-twice", finding.Refusal, at, "The workbook has two sheets that are called "+strings.ToLower(trim(title))+" but for case and blanks.", "Delete or rename the one that does not count.")
			continue
		}
		if shown, err := f.GetSheetVisible(title); err == nil && !shown {
			r.add("hidden-sheet", finding.Warning, at, "The sheet is hidden; it was read all the same.", "Show it, and check that it is the one that was used.")
		}
		rows, err := sheetRows(f, title)
		place := finding.Place{File: name, Sheet: title}
		switch {
		case errors.Is(err, errTooLarge):
			r.tooLarge(place)
		case err != nil:
			r.unreadable(place)
		default:
			*into = r.newSheet(name, title, rows, aliases)
		}
	}
	if book.survey == nil && r.findings.Len() == 0 {
		r.add("no-survey-sheet", finding.Refusal, place, "The workbook has no sheet called survey.", "Name the sheet with the questions survey, and the one with the choices choices.")
	}
	return book
}

// sheetRows reads a sheet row by row and keeps the rows that hold something.
func sheetRows(f *excelize.File, title string) ([]row, error) {
	rows, err := f.Rows(title)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []row
	text := 0 // bytes: many cells may share one text
	for number := 1; rows.Next(); number++ {
		if number > maxRows {
			return nil, errTooLarge
		}
		cells, err := rows.Columns()
		if err != nil {
			return nil, err
		}
		for len(cells) > 0 && trim(cells[len(cells)-1]) == "" {
			cells = cells[:len(cells)-1]
		}
		for _, cell := range cells {
			text += len(cell)
		}
		if len(cells) > maxColumns || text > maxBytes/2 {
			return nil, errTooLarge
		}
		if len(cells) > 0 {
			out = append(out, row{number, append([]string(nil), cells...)})
		}
	}
	return out, rows.Error()
}

// notWorkbook says so when a file is no zip archive.
func (r *reader) notWorkbook(place finding.Place, content []byte) {
	if len(bytes.TrimSpace(content)) == 0 {
		r.add("unreadable-form", finding.Refusal, place, "The file is empty.", "Download the form again.")
		return
	}
	r.unreadable(place)
}

func (r *reader) unreadable(place finding.Place) {
	r.add("unreadable-form", finding.Refusal, place, "The file is not an XLSX workbook that can be read.", "Open it in a spreadsheet program and save it as XLSX, without a password; or export the sheets as CSV.")
}

func (r *reader) tooLarge(place finding.Place) {
	r.add("form-too-large", finding.Refusal, place, fmt.Sprintf("The sheet has more than %d rows or %d columns.", maxRows, maxColumns), "Delete the empty rows and columns after the last one in use, and check that this is the form and not the answers.")
}
