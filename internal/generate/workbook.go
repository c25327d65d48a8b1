package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"sort"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
)

// workbook gives the form as an XLSForm workbook. The same form gives the same bytes.
func workbook(f *Form) ([]byte, error) {
	x := excelize.NewFile()
	defer func() { _ = x.Close() }()
	if err := x.SetSheetName("Sheet1", "survey"); err != nil {
		return nil, fmt.Errorf("name sheet: %w", err)
	}
	for _, s := range []struct {
		name string
		rows [][]any
	}{{"survey", surveySheet(f)}, {"choices", choicesSheet(f)}, {"settings", settingsSheet(f)}} {
		if err := fill(x, s.name, s.rows); err != nil {
			return nil, fmt.Errorf("sheet %s: %w", s.name, err)
		}
	}
	const day = "2022-03-31T00:00:00Z"
	if err := x.SetDocProps(&excelize.DocProperties{Creator: "Soundings", LastModifiedBy: "Soundings", Created: day, Modified: day,
		Title: f.Title["en"], Description: "Synthetic example survey, CC0"}); err != nil {
		return nil, fmt.Errorf("set properties: %w", err)
	}
	var b bytes.Buffer
	if err := x.Write(&b); err != nil {
		return nil, fmt.Errorf("write workbook: %w", err)
	}
	return still(b.Bytes())
}

// fill writes rows to a sheet, with a bold first row that stays in sight.
func fill(x *excelize.File, sheet string, rows [][]any) error {
	if i, _ := x.GetSheetIndex(sheet); i < 0 {
		if _, err := x.NewSheet(sheet); err != nil {
			return err
		}
	}
	for i := range rows {
		if err := x.SetSheetRow(sheet, "A"+strconv.Itoa(i+1), &rows[i]); err != nil {
			return err
		}
	}
	bold, err := x.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	if err := x.SetRowStyle(sheet, 1, 1, bold); err != nil {
		return err
	}
	if err := x.SetColWidth(sheet, "A", "B", 22); err != nil {
		return err
	}
	return x.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

// surveySheet gives the survey sheet, heads first.
func surveySheet(f *Form) [][]any {
	head := []any{"type", "name"}
	worded := []string{"label", "label_short", "hint", "constraint_message"}
	for _, w := range worded {
		for _, t := range f.Tongues {
			head = append(head, w+"::"+t.Header)
		}
	}
	head = append(head, "required", "relevant", "constraint", "calculation", "appearance", "role", "chapter", "why")
	rows := [][]any{head}
	for _, r := range f.Rows {
		kind := r.Type
		if r.List != "" {
			kind += " " + r.List
		}
		row := []any{kind, r.Name}
		for _, m := range []map[string]string{r.Label, r.Short, r.Hint, r.Message} {
			for _, t := range f.Tongues {
				row = append(row, m[t.Code])
			}
		}
		rows = append(rows, blank(append(row, r.Required, r.Relevant, r.Constraint, r.Calculation, r.Appearance, r.Role, r.Chapter, r.Why)))
	}
	return rows
}

// choicesSheet gives the choices sheet, heads first. Names are text, scores and order are numbers.
func choicesSheet(f *Form) [][]any {
	head := []any{"list_name", "name"}
	for _, t := range f.Tongues {
		head = append(head, "label::"+t.Header)
	}
	rows := [][]any{append(head, "score", "order")}
	for _, l := range f.Lists {
		for i, c := range l.Choices {
			row := []any{l.Name, c.Name}
			for _, t := range f.Tongues {
				row = append(row, c.Label[t.Code])
			}
			var score any
			if n, err := strconv.Atoi(c.Score); err == nil {
				score = n
			}
			rows = append(rows, append(row, score, i+1))
		}
	}
	return rows
}

// settingsSheet gives the settings sheet, heads first.
func settingsSheet(f *Form) [][]any {
	head := []any{"form_title", "form_id", "version", "default_language"}
	row := []any{f.Title["en"], "soundings_example", "2022-1", f.Tongues[0].Header}
	for _, t := range f.Tongues {
		head = append(head, "form_title::"+t.Header)
		row = append(row, f.Title[t.Code])
	}
	return [][]any{head, row}
}

// blank turns empty text into an empty cell.
func blank(row []any) []any {
	for i, v := range row {
		if v == "" {
			row[i] = nil
		}
	}
	return row
}

// still packs a zip file anew with its entries in order and without times.
func still(b []byte) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, fmt.Errorf("reread workbook: %w", err)
	}
	files := in.File
	sort.Slice(files, func(i, j int) bool { return files[i].Name < files[j].Name })
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, file := range files {
		r, err := file.Open()
		if err != nil {
			return nil, fmt.Errorf("reread %s: %w", file.Name, err)
		}
		h := &zip.FileHeader{Name: file.Name, Method: zip.Deflate}
		h.Modified = time.Time{}
		e, err := w.CreateHeader(h)
		if err != nil {
			return nil, fmt.Errorf("pack %s: %w", file.Name, err)
		}
		if _, err := io.Copy(e, r); err != nil {
			return nil, fmt.Errorf("pack %s: %w", file.Name, err)
		}
		_ = r.Close()
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("pack workbook: %w", err)
	}
	return out.Bytes(), nil
}
