package ingest

import (
	"errors"
	"fmt"
	"path"
	"regexp"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// openZip opens a workbook, or an archive of CSV files.
func (u *input) openZip() error {
	if f, _ := formatOf(records.Zip); records.IsWorkbook(u.file, u.size) {
		return u.openTables(f)
	}
	if err := u.hashAll(); err != nil {
		return err
	}
	a, err := openArchive(u.file, u.size, u.source)
	if err != nil {
		return u.fault("", err)
	}
	u.checkName("a zip archive of CSV files", ".zip")
	u.report.Format = "zip-csv"
	if err := u.openSheets(a.Sheets); err != nil {
		return err
	}
	for _, t := range u.tables {
		t.text = true
	}
	if main := u.table(0); main != nil && main.keyed {
		u.report.Format = "odk-zip"
	}
	if u.report.Media = int64(a.Media); a.Media > 0 {
		u.add("media", finding.Note, finding.Place{}, fmt.Sprintf("The archive holds %d file(s) beside its CSV files, such as recordings and pictures; they were not unpacked.", a.Media), "Nothing to do.")
	}
	return nil
}

// openArchive opens an archive of CSV files. A comma stands between cells unless
// the config says otherwise.
func openArchive(in File, size int64, source Source) (*records.Archive, error) {
	encoded, err := records.EncodingOf(nil, source.Encoding)
	if errors.Is(err, records.ErrEncoding) {
		return nil, unknownEncoding()
	}
	if err != nil {
		return nil, err
	}
	delim, ok := delimiterOf(source.Delimiter)
	if !ok {
		delim = ','
	}
	return records.OpenArchive(in, size, delim, encoded)
}

// archiveSheets returns the tables of an archive, for a form to be drafted.
func archiveSheets(in File, size int64, source Source) ([]records.Sheet, error) {
	a, err := openArchive(in, size, source)
	if err != nil {
		return nil, err
	}
	return a.Sheets, nil
}

var clash = regexp.MustCompile(`~\d+$`)

// namedAfter reports whether a table has the name of a repeat, as a sheet of a
// workbook has it, or as a file of an archive: form-repeat.csv.
func namedAfter(table, level string) bool {
	if sheetName(level) == sheetName(table) {
		return true
	}
	name, csv := strings.CutSuffix(strings.ToLower(path.Base(table)), ".csv")
	name = clash.ReplaceAllString(name, "")
	level = strings.ToLower(level)
	return csv && (name == level || strings.HasSuffix(name, "-"+level))
}
