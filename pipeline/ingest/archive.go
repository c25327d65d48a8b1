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
	if err := u.hashAll(); err != nil {
		return err
	}
	if records.IsWorkbook(u.file, u.size) {
		return u.openBook()
	}
	encoded, err := records.EncodingOf(nil, u.source.Encoding)
	if errors.Is(err, records.ErrEncoding) {
		u.add("unknown-encoding", finding.Refusal, finding.Place{}, "The encoding that input.encoding names is not known.", "Leave it out if the files are UTF-8, as those of ODK are.")
		return nil
	}
	if err != nil {
		return err
	}
	delim, ok := delimiterOf(u.source.Delimiter)
	if !ok {
		delim = ','
	}
	a, err := records.OpenArchive(u.file, u.size, delim, encoded)
	if err != nil {
		return u.fault("", err)
	}
	u.checkName("a zip archive of CSV files", ".zip")
	u.report.Format, u.report.Encoding, u.report.Delimiter = "zip-csv", encoded.Name, string(rune(delim))
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
