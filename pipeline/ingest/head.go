package ingest

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest/bind"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// tellWide refuses a text of two or four bytes a character that is not declared
// so, and warns of one that is declared as something else than the UTF-8 it is.
func (u *input) tellWide(head []byte, encoded records.Encoded) bool {
	wide := records.Wide(head)
	switch {
	case wide == "utf-32":
		u.add("utf-32", finding.Refusal, finding.Place{}, "The file is written as UTF-32, which is not read.", "Save it as UTF-8.")
		return true
	case wide != "" && encoded.UTF8():
		u.add("utf-16", finding.Refusal, finding.Place{}, "The file looks like UTF-16 without a byte order mark: every second byte is a NUL.", fmt.Sprintf("Save it as UTF-8; or, if it was written as what it looks like, set \"input.encoding: %s\".", wide))
		return true
	case !encoded.UTF8() && encoded.Declared && wide == "" && isUTF8(head):
		u.add("declared-encoding", finding.Warning, finding.Place{}, "The file is UTF-8 as it stands, though the encoding that is declared for it (input.encoding) is another; it was read as declared, and letters with accents or of other scripts will be wrong.", "Leave input.encoding out, and look at the answers again.")
	}
	return false
}

// isUTF8 reports whether a text is UTF-8 and more than ASCII. The end of what
// was read may cut a character.
func isUTF8(head []byte) bool {
	for cut := range min(len(head), utf8.UTFMax) {
		if text := head[:len(head)-cut]; utf8.Valid(text) {
			return bytes.IndexFunc(text, func(r rune) bool { return r > 0x7F }) >= 0
		}
	}
	return false
}

// likelyHeader returns the row among the first that names at least two items
// of the form, 0 when none does.
func (u *input) likelyHeader(c *records.Chunk) int64 {
	for i := range min(c.Len(), 20) {
		if c.Width(i) > 2000 {
			continue
		}
		items := map[int]bool{}
		for _, column := range bind.Match(u.survey, 0, c.Strings(i), u.source.Columns, u.source.Ignore).Columns {
			if column.Role == bind.Answer {
				items[column.Item] = true
			}
		}
		if len(items) >= 2 {
			return c.Row(i)
		}
	}
	return 0
}

// tooWide reports whether the first record is longer than can be read.
func tooWide(text []byte, delim byte) bool {
	c, err := records.NewScanner(bytes.NewReader(text), delim, 1).Next()
	if err != nil {
		return false
	}
	for _, p := range c.Problems {
		if p.Kind == records.RecordTooLong && p.Row == 1 {
			return true
		}
	}
	return false
}

// headerAgain reports whether a row holds the names of the columns once more.
func (j *job) headerAgain(row record) bool {
	columns := j.table.header.Columns
	if row.chunk.Width(row.i) != len(columns) || len(columns) < 2 {
		return false
	}
	for k, c := range columns {
		if bind.Tidy(string(row.Cell(k))) != bind.Tidy(c.Name) {
			return false
		}
	}
	return true
}

// looksLikeUUID reports whether an identifier has the form of a UUID.
func looksLikeUUID(id []byte) bool {
	if len(id) != 36 {
		return false
	}
	for i, b := range id {
		switch {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if b != '-' {
				return false
			}
		case b >= '0' && b <= '9', b >= 'a' && b <= 'f', b >= 'A' && b <= 'F':
		default:
			return false
		}
	}
	return true
}
