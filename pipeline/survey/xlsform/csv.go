package xlsform

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"unicode/utf8"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

// csv reads one sheet from a CSV file in UTF-8, separated by commas, semicolons
// or tabs: whichever the header has most of.
func (r *reader) csv(file, name string, content []byte) *sheet {
	place := finding.Place{File: file, Sheet: name}
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	if !utf8.Valid(content) || bytes.IndexByte(content, 0) >= 0 {
		r.add("form-encoding", finding.Refusal, place, "The file is not text in UTF-8.", "Save it as CSV UTF-8.")
		return nil
	}
	in := csv.NewReader(bytes.NewReader(content))
	in.Comma = separator(content)
	in.FieldsPerRecord = -1
	var rows []row
	for {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			var at *csv.ParseError
			if errors.As(err, &at) {
				place.Row = at.StartLine
			}
			r.add("unreadable-form", finding.Refusal, place, "The record cannot be read as CSV.", "Check the quotation marks from this line on.")
			return nil
		}
		if len(rows) >= maxRows || len(cells) > maxColumns {
			r.tooLarge(place)
			return nil
		}
		line, _ := in.FieldPos(0)
		rows = append(rows, row{line, cells})
	}
	aliases := surveyColumn
	switch name {
	case "choices":
		aliases = choicesColumn
	case "settings":
		aliases = settingsColumn
	}
	return r.newSheet(file, name, rows, aliases)
}

// separator returns the sign that separates the fields of the first line.
func separator(content []byte) rune {
	line, _, _ := bytes.Cut(content, []byte("\n"))
	best, most := ',', 0
	for _, sign := range []rune{',', ';', '\t'} {
		if n := bytes.Count(line, []byte(string(sign))); n > most {
			best, most = sign, n
		}
	}
	return best
}
