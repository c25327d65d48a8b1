package ingest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"path"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest/bind"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
	"github.com/soundings-survey/soundings/pipeline/ingest/records/objects"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// input is one file of answers while it is read.
type input struct {
	number     int
	source     Source
	file       File
	size       int64
	survey     *survey.Survey
	report     FileReport
	findings   []finding.Finding
	tables     []*table // of the respondents first; a repeat each after it
	parents    map[int]map[int64]*parent
	digest     hash.Hash
	broken     bool            // a table could not be read to its end
	interviews *interviews     // nil for files of answers
	paging     *objects.Paging // of the pages of an API; nil otherwise
}

// table is the rows of one level in a file.
type table struct {
	level  int
	sheet  string // "" in a text
	header bind.Header
	says   []records.Variable // what the file says of each column; nil when nothing
	first  int64              // physical row of the header
	skip   int                // records before the first response
	open   func() (records.Reader, error)
	after  func(*table) // tells what is known after the last record; may be nil
	blanks int64
	apart  []apart // columns that identify: set aside or dropped
	judged []int   // columns whose content is looked at
	joined int     // columns behind those of the file, for what interviews answer
	text   bool    // the table is delimited text: every row must have as many cells as the header
	keyed  bool    // rows find their parents by the texts of KEY and PARENT_KEY, not by numbers
	keys   bool    // the table is of objects: no columns of letters, and no row of names
	likely int64   // row that looks like the header, when the first does not; else 0
}

// parent is what the rows of repeats need of the response they belong to.
type parent struct {
	position int64 // in its level, as kept; -1 when it was set aside
	id       dataset.ID
	uuid     string
	answers  map[int]bind.Value
}

// add notes a finding about the file.
func (u *input) add(kind string, severity finding.Severity, place finding.Place, problem, remedy string) {
	place.File = u.source.File
	u.findings = append(u.findings, finding.Finding{Stage: stage, Kind: kind, Severity: severity, Place: place, Problem: problem, Remedy: remedy})
}

// open finds out what the file is and what its columns mean.
func (u *input) open() error {
	size, err := u.file.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	u.size, u.report.Bytes = size, size
	head, err := headOf(u.file, size)
	if err != nil {
		return err
	}
	content := fileContent(head, u.source)
	if u.refuseContent(content, head) {
		return u.hashAll()
	}
	switch content {
	case records.Zip:
		return u.openZip()
	case records.JSON:
		return u.openObjects(head)
	}
	if f, ok := formatOf(content); ok {
		return u.openTables(f)
	}
	u.checkName("CSV text", ".csv", ".tsv", ".txt", ".tab")
	return u.openText(head)
}

// refuseContent refuses files that hold no tables, or are not what is declared.
func (u *input) refuseContent(content records.Content, head []byte) bool {
	kind, problem, remedy := notRead(content, head)
	if kind == "" && !u.source.declares(content) {
		kind, problem, remedy = "declared-format", "The file is not what input.format says.", "Correct input.format, or leave it out: the content decides."
	}
	if kind != "" {
		u.add(kind, finding.Refusal, finding.Place{}, problem, remedy)
	}
	return kind != ""
}

// notRead says why a content is not read; the kind is "" where it is.
func notRead(content records.Content, head []byte) (kind, problem, remedy string) {
	const export = "Export the answers as CSV, XLSX or JSON."
	switch content {
	case records.Nothing:
		if bytes.IndexByte(head, 0) >= 0 {
			return "empty-file", "The file is empty but for NUL bytes, as after a disk or a copy that failed.", "Copy or export the answers again; the last good report stays as it is."
		}
		return "empty-file", "The file is empty.", "Export the answers again; the last good report stays as it is."
	case records.Markup:
		return "markup", "The file holds XML or HTML: perhaps a page of the tool was saved in place of its export.", export
	case records.Packed:
		return "packed", "The file is packed.", "Unpack it first."
	case records.PDF:
		return "other-format", "The file is in a format that is not read.", export
	}
	return "", "", ""
}

// checkName says so when a file is named as something it is not.
func (u *input) checkName(what string, endings ...string) {
	ending := strings.ToLower(path.Ext(strings.ReplaceAll(u.source.File, "\\", "/")))
	if ending == "" || u.source.Format != "" {
		return
	}
	for _, e := range endings {
		if e == ending {
			return
		}
	}
	u.add("misnamed", finding.Warning, finding.Place{}, "The file is "+what+" though its name ends with "+records.Printable(ending)+"; it was read by its content.", "Give it a name that says what it is.")
}

// hashAll takes the digest of the file as it stands.
func (u *input) hashAll() error {
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(u.file, 0, u.size)); err != nil {
		return err
	}
	u.report.SHA256 = hex.EncodeToString(h.Sum(nil))
	return nil
}

// table returns the rows of a level, nil when the file has none.
func (u *input) table(level int) *table {
	for _, t := range u.tables {
		if t.level == level {
			return t
		}
	}
	return nil
}

// lacks reports whether an item is missing in the file.
func (t *table) lacks(item int) bool { return !t.header.Has(item) }
