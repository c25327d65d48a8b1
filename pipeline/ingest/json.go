package ingest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

// checkJSON looks at the lines of a file of JSON objects, which is refused in
// any case, and names those that are no good either: they would be lost in
// whatever converts the file.
func (u *input) checkJSON(head []byte) {
	for i, line := range bytes.Split(head, []byte("\n")) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] != '{' || line[len(line)-1] != '}' {
			continue
		}
		place := finding.Place{Row: i + 1}
		switch valid, twice := jsonObject(line); {
		case !valid:
			u.add("json-line", finding.Refusal, place, "The line is not valid JSON: a word such as NaN, a missing quote or comma.", "Mend the line before the file is converted.")
		case twice:
			u.add("json-line", finding.Refusal, place, "The line names a key twice, and readers disagree about which counts.", "Mend the line before the file is converted.")
		}
	}
}

// jsonObject reports whether a line is a JSON object, and whether it names a
// key of its top level twice.
func jsonObject(line []byte) (valid, twice bool) {
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	seen := map[string]bool{}
	depth, key := 0, false
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return depth == 0, twice
		}
		if err != nil {
			return false, twice
		}
		switch t := t.(type) {
		case json.Delim:
			if t == '{' || t == '[' {
				depth++
				key = depth == 1
				continue
			}
			depth--
			key = depth == 1
		case string:
			if depth == 1 && key {
				twice = twice || seen[t]
				seen[t] = true
				key = false
				continue
			}
			key = depth == 1
		default:
			key = depth == 1
		}
	}
}
