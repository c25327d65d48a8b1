package ingest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest/bind"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// openText settles encoding and delimiter of a text and reads its header.
func (u *input) openText(head []byte) error {
	encoded, err := records.EncodingOf(head, u.source.Encoding)
	if errors.Is(err, records.ErrEncoding) {
		if err := u.fault("", unknownEncoding()); err != nil {
			return err
		}
		return u.hashAll()
	}
	if err != nil {
		return err
	}
	u.report.Encoding, u.report.BOM = encoded.Name, encoded.BOM
	if name := records.BareUTF16(head); name != "" && !encoded.Declared && !encoded.BOM {
		u.add("utf-16", finding.Refusal, finding.Place{}, "The file is not UTF-8: every other byte of its beginning is zero, as in UTF-16 without a byte order mark.", fmt.Sprintf("Save it as UTF-8; or, if it was written as what it looks like, set \"input.encoding: %s\".", name))
		return u.hashAll()
	}
	if encoded.Name == "utf-16" && !encoded.Declared {
		u.add("utf-16", finding.Warning, finding.Place{}, "The file is written as UTF-16, as its byte order mark says; it was read so.", "Save it as UTF-8, or set \"input.encoding: utf-16\" to show that this is meant.")
	}
	if u.tellWide(head, encoded) {
		return u.hashAll()
	}
	plain, err := io.ReadAll(io.LimitReader(encoded.Reader(bytes.NewReader(head)), 4<<20))
	if err != nil {
		return err
	}
	if len(bytes.TrimSpace(plain)) == 0 {
		u.refuseContent(records.Nothing, nil)
		return u.hashAll()
	}
	hint, hinted := sepLine(plain)
	skip := 0
	if hinted {
		skip = bytes.IndexAny(plain, "\r\n")
		if skip >= 0 && bytes.HasPrefix(plain[skip:], []byte("\r\n")) {
			skip++
		}
		if skip++; skip == 0 {
			skip = len(plain)
		}
		u.add("sep-line", finding.Warning, finding.Place{Row: 1}, "The first row is a hint of a spreadsheet program (\"sep=\") that names the delimiter; it was followed and is not part of the answers.", "Nothing to do.")
	}
	t := &table{first: 1, text: true}
	if hinted {
		t.first = 2
	}
	delim, ok := u.delimiter(plain[skip:], hint, t)
	if !ok {
		return u.hashAll()
	}
	u.report.Delimiter = string(rune(delim))
	t.open = func() (records.Reader, error) {
		if _, err := u.file.Seek(0, io.SeekStart); err != nil {
			return nil, err
		}
		u.digest = sha256.New()
		in := encoded.Reader(io.TeeReader(u.file, u.digest))
		if _, err := io.CopyN(io.Discard, in, int64(skip)); err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		return records.NewScanner(in, delim, t.first), nil
	}
	t.first = firstRow(plain[skip:], delim, t.first)
	u.report.Format = textFormat(t.header)
	t.skip = 1
	if u.report.HXL = isHXL(t.header, second(plain[skip:], delim)); u.report.HXL {
		t.skip = 2
	}
	u.tables = append(u.tables, t)
	u.tellDelimiter(delim, hinted)
	return nil
}

func unknownEncoding() error {
	return &records.Fault{Kind: "unknown-encoding", Problem: "The encoding that input.encoding names is not known.", Remedy: "Name it as the web does, for example windows-1256, windows-1251, macintosh, gb18030 or utf-16le."}
}

// finish takes the digest of a text that was read, and of what is left of it
// when reading stopped before its end.
func (u *input) finish() error {
	if _, err := io.Copy(u.digest, u.file); err != nil {
		return err
	}
	u.report.SHA256 = hex.EncodeToString(u.digest.Sum(nil))
	size, err := u.file.Seek(0, io.SeekEnd)
	if err == nil && size != u.size {
		err = fmt.Errorf("%s changed while it was read: wait until it is written, and run again", u.source.File)
	}
	return err
}

// sepLine reads the hint "sep=;" with which a text may begin.
func sepLine(text []byte) (byte, bool) {
	line := text[:min(len(text), 16)]
	if end := bytes.IndexAny(line, "\r\n"); end >= 0 {
		line = line[:end]
	}
	line = bytes.Trim(line, "\"")
	if len(line) == 5 && strings.EqualFold(string(line[:4]), "sep=") {
		return line[4], true
	}
	return 0, false
}

// delimiter proves the delimiter on the header: it is the one under which the
// form accounts for the most columns. A tie, or a header of which the form
// knows nothing, is refused.
func (u *input) delimiter(text []byte, hint byte, t *table) (byte, bool) {
	candidates := []byte{',', ';', '\t', '|'}
	if d, ok := delimiterOf(u.source.Delimiter); ok {
		candidates = []byte{d}
	} else if hint != 0 {
		candidates = []byte{hint}
	} else if strings.EqualFold(u.source.Format, "tsv") {
		candidates = []byte{'\t'}
	}
	var best byte
	var names []string
	tied := false
	for _, d := range candidates {
		cells, ok := firstRecord(text, d)
		if !ok {
			continue
		}
		h := bind.Match(u.survey, 0, cells, u.source.Columns, u.source.Ignore)
		switch {
		case best == 0 || h.Known > t.header.Known:
			best, names, t.header, tied = d, cells, h, false
		case h.Known == t.header.Known && h.Known > 0 && len(cells) != len(names):
			tied = true
		}
	}
	switch {
	case t.header.Bound == 0:
		likely := ""
		for _, d := range candidates {
			if c, err := records.NewScanner(bytes.NewReader(text), d, t.first).Next(); err == nil {
				if row := u.likelyHeader(c); row > 0 {
					likely = fmt.Sprintf(" Row %d looks like the header.", row)
					break
				}
			}
		}
		if len(bytes.TrimSpace(text)) == 0 {
			u.add("unknown-header", finding.Refusal, finding.Place{Row: int(t.first)}, "The file has no header and no responses.", "Export the answers again; the last good report stays as it is.")
			return 0, false
		}
		if tooWide(text, candidates[0]) {
			u.add(string(records.RecordTooLong), finding.Refusal, finding.Place{Row: int(t.first)}, fmt.Sprintf("The row has more columns than the limit of %d, or is longer than %d MB.", records.MaxColumns, records.MaxRecord>>20), "Export only the columns that are needed; check that this is a file of answers.")
			return 0, false
		}
		u.add("unknown-header", finding.Refusal, finding.Place{Row: int(t.first)}, "No column of the first row is of the form, under any delimiter (comma, semicolon, tab, bar)."+likely, "Delete the rows above the header, if there are any. Check that the first row holds the names of the columns and that the form is the one these answers belong to; set input.delimiter if it is another.")
		return 0, false
	case tied:
		u.add("ambiguous-delimiter", finding.Refusal, finding.Place{Row: int(t.first)}, "The first row can be read with two delimiters.", "Set input.delimiter to the one that is right.")
		return 0, false
	}
	return best, true
}

// tellDelimiter says so when a delimiter other than the comma was proven.
func (u *input) tellDelimiter(delim byte, hinted bool) {
	if delim == ',' || hinted || u.source.Delimiter != "" || u.source.Format != "" || u.report.Format == "kobo-csv" {
		return
	}
	name := map[byte]string{';': "a semicolon (;)", '\t': "a tab", '|': "a bar (|)"}[delim]
	u.add("delimiter", finding.Warning, finding.Place{}, fmt.Sprintf("The delimiter is %s: with it, and no other, the first row names columns of the form.", name), "Nothing to do; set input.delimiter to have it said.")
}

func firstRecord(text []byte, delim byte) ([]string, bool) {
	c, err := records.NewScanner(bytes.NewReader(text), delim, 1).Next()
	if err != nil || c.Len() == 0 {
		return nil, false
	}
	return c.Strings(0), true
}

func second(text []byte, delim byte) []string {
	c, err := records.NewScanner(bytes.NewReader(text), delim, 1).Next()
	if err != nil || c.Len() < 2 {
		return nil
	}
	return c.Strings(1)
}

func firstRow(text []byte, delim byte, first int64) int64 {
	c, err := records.NewScanner(bytes.NewReader(text), delim, first).Next()
	if err != nil || c.Len() == 0 {
		return first
	}
	return c.Row(0)
}

// textFormat names the tool that wrote a text, by the columns it adds.
func textFormat(h bind.Header) string {
	has := map[string]bool{}
	for _, c := range h.Columns {
		has[c.Name] = true
	}
	switch {
	case has["_id"] && has["_uuid"] && has["_submission_time"] && has["_index"]:
		return "kobo-csv"
	case has["KEY"] && has["SubmissionDate"]:
		return "odk-csv"
	case h.LimeSurvey:
		return "limesurvey-csv"
	}
	return "csv"
}
