package pipeline

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// listOf is an item whose cells are lists, and the sign between their parts.
type listOf struct{ Item, Sign string }

// lists finds the items of the columns that the request calls lists, by their
// name or by the title that a draft made their label.
func (q InitRequest) lists(s *survey.Survey) []listOf {
	var out []listOf
	for _, column := range slices.Sorted(maps.Keys(q.Lists)) {
		for i := range s.Items {
			item := &s.Items[i]
			if item.Type == survey.SelectMultiple && (item.Name == column || item.Label[s.Default] == column) {
				out = append(out, listOf{item.Name, q.Lists[column]})
				break
			}
		}
	}
	return out
}

// source is the file of answers as a run would be told of it.
func (q InitRequest) source(s *survey.Survey, absent []string) ingest.Source {
	source := ingest.Source{File: q.Answers, Encoding: q.Encoding, Absent: absent, Lists: map[string]string{}}
	for _, l := range q.lists(s) {
		source.Lists[l.Item] = l.Sign
	}
	return source
}

// declared refuses a text that is not UTF-8 while nobody said how it was written.
func declared(in ingest.File, name string, source ingest.Source) error {
	text, err := io.ReadAll(io.NewSectionReader(in, 0, lookedAt))
	if err != nil || source.Encoding != "" || records.ContentOf(text) != records.Text {
		return err
	}
	if len(text) == lookedAt {
		text = text[:bytes.LastIndexByte(text, '\n')+1]
	}
	if encoded, err := records.EncodingOf(text, ""); err != nil || !encoded.UTF8() {
		return err
	}
	return notUTF8(name, text)
}

// lookedAt is how much of a text is looked at for its encoding.
const lookedAt = 64 << 20

// notUTF8 says how a text may be written that is not UTF-8, so that a form is
// never drafted from characters that were guessed.
func notUTF8(name string, text []byte) error {
	if like := records.BareUTF16(text); like != "" {
		return &RefusedError{Stage: "draft", Findings: []finding.Finding{encodingFinding(name, like)}}
	}
	if utf8.Valid(text) {
		return nil
	}
	var sample []byte
	for len(text) > 0 && len(sample) < 4096 {
		r, size := utf8.DecodeRune(text)
		if r == utf8.RuneError && size == 1 {
			sample = append(append(sample, text[:min(len(text), 40)]...), '\n')
			size = min(len(text), 40)
		}
		text = text[size:]
	}
	return &RefusedError{Stage: "draft", Findings: []finding.Finding{encodingFinding(name, records.LikelyEncoding(sample))}}
}

func encodingFinding(name, like string) finding.Finding {
	remedy := "Save it as UTF-8; or say how it was written, as in \"--encoding windows-1256\"."
	if like != "" {
		remedy = fmt.Sprintf("Save it as UTF-8; or, if it was written as what it looks like, add \"--encoding %s\".", like)
	}
	return finding.Finding{Stage: "draft", Kind: "encoding", Severity: finding.Refusal, Place: finding.Place{File: name}, Problem: "The file is not UTF-8.", Remedy: remedy}
}
