package ingest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
	"github.com/soundings-survey/soundings/pipeline/ingest/records/spss"
	"github.com/soundings-survey/soundings/pipeline/ingest/records/xls"
)

// format is a kind of file that holds tables, told by its content.
type format struct {
	content records.Content
	names   []string // as input.format has them; the first stands in the account
	what    string   // for people, as in "The file is ..."
	endings []string
	open    func(in File, size int64, source Source, warn warn) ([]records.Sheet, error)
}

// warn notes a warning about a file.
type warn func(kind, problem, remedy string)

// tabular lists the formats that are opened as tables.
func tabular() []format {
	return []format{
		{records.Zip, []string{"xlsx", "kobo-xlsx", "odk-zip"}, "an XLSX workbook", []string{".xlsx", ".xlsm"}, func(in File, size int64, source Source, warn warn) ([]records.Sheet, error) {
			if !records.IsWorkbook(in, size) {
				return archiveSheets(in, size, source)
			}
			book, err := records.OpenBook(in, size)
			if err != nil {
				return nil, err
			}
			if book.Behind > 0 {
				warn("behind-archive", fmt.Sprintf("%d bytes stand behind the end of the workbook; they were not read.", book.Behind), "Save the workbook anew in a spreadsheet program before it is passed on.")
			}
			return book.Sheets, nil
		}},
		{records.JSON, []string{"json", "kobo-json", "ndjson"}, "JSON", []string{".json", ".jsonl", ".ndjson"}, objectSheets},
		{records.Legacy, []string{"xls"}, "an .xls workbook", []string{".xls"}, func(in File, size int64, _ Source, _ warn) ([]records.Sheet, error) {
			return xls.Open(in, size)
		}},
		{records.SPSS, []string{"sav"}, "an SPSS file", []string{".sav", ".zsav"}, func(in File, size int64, source Source, _ warn) ([]records.Sheet, error) {
			return spss.Open(in, size, source.Encoding)
		}},
		{records.Parquet, []string{"parquet"}, "a Parquet file", []string{".parquet"}, openParquet},
		{records.Arrow, []string{"arrow"}, "an Arrow file", []string{".arrow", ".arrows", ".ipc", ".feather"}, openArrow},
	}
}

// formatOf returns the format of a content, false when it does not hold tables.
func formatOf(content records.Content) (format, bool) {
	all := tabular()
	i := slices.IndexFunc(all, func(f format) bool { return f.content == content })
	if i < 0 {
		return format{}, false
	}
	return all[i], true
}

// textFormats are the names that input.format has for texts.
var textFormats = []string{"csv", "tsv", "kobo-csv", "odk-csv", "limesurvey-csv"}

// formatNames lists what input.format may be.
func formatNames() []string {
	out := slices.Clone(textFormats)
	for _, f := range tabular() {
		out = append(out, f.names...)
	}
	return append(out, "interviews")
}

// declares reports whether input.format says something else than the content.
func (s Source) declares(content records.Content) bool {
	names := textFormats
	if f, ok := formatOf(content); ok {
		names = f.names
	}
	return s.Format == "" || slices.Contains(names, strings.ToLower(s.Format))
}

// openTables opens a file that holds tables.
func (u *input) openTables(f format) error {
	if err := u.hashAll(); err != nil {
		return err
	}
	sheets, err := f.open(u.file, u.size, u.source, func(kind, problem, remedy string) {
		u.add(kind, finding.Warning, finding.Place{}, problem, remedy)
	})
	if err != nil {
		return u.fault("", err)
	}
	u.checkName(f.what, f.endings...)
	if err := u.openSheets(sheets); err != nil {
		return err
	}
	u.report.Format = f.names[0]
	if main := u.table(0); main != nil && f.content == records.Zip && textFormat(main.header) == "kobo-csv" {
		u.report.Format = "kobo-xlsx"
	}
	return nil
}
