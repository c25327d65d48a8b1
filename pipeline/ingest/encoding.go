package ingest

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest/bind"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// tellEncoding reports the first place that is no UTF-8.
func (j *job) tellEncoding(t bind.Trouble) {
	if j.encodingTold {
		return
	}
	j.encodingTold = true
	var all int64
	first := t
	for _, other := range j.problems.Troubles() {
		if other.Kind == string(records.NotUTF8) {
			if all += other.Count; other.Rows[0] < first.Rows[0] {
				first = other
			}
		}
	}
	first.Count = all
	j.one(first, finding.Refusal, "{cell} is the first that is not UTF-8.", j.encodingRemedy(all))
}

// encodingRemedy says what to do about text that is not UTF-8, by how much of
// it there is and what it looks like.
func (j *job) encodingRemedy(cells int64) string {
	name := records.LikelyEncoding(j.sample)
	switch {
	case !utf8.FullRune(lastBytes(j.sample)) && cells == 1:
		return "The text stops inside a character, as after a download that broke off: export the file again."
	case cells*4 < j.read:
		whole := "set input.encoding"
		if name != "" {
			whole = fmt.Sprintf("and as what it looks like, set \"input.encoding: %s\"", name)
		}
		return "Only some cells are so, as after pasting from another program: mend them there, and save the file as UTF-8. Where the whole file is written otherwise, " + whole + "."
	case name != "":
		return fmt.Sprintf("Save the file as UTF-8; or, if it was written as what it looks like, set \"input.encoding: %s\".", name)
	}
	return "Save the file as UTF-8; or set input.encoding to how it was written, for example windows-1256."
}

// lastBytes returns what follows the last whole character of a sample.
func lastBytes(sample []byte) []byte {
	sample = bytes.TrimSuffix(sample, []byte("\n"))
	for len(sample) > 0 {
		r, size := utf8.DecodeRune(sample)
		if r == utf8.RuneError && size == 1 {
			return sample
		}
		sample = sample[size:]
	}
	return []byte("a")
}
