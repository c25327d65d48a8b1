package pipeline

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
	"github.com/soundings-survey/soundings/pipeline/weight"
)

// weightSheets reads the sheets that the config of weights names.
func (r *run) weightSheets(s at) (weight.Sheets, error) {
	var out weight.Sheets
	for _, named := range []struct {
		file string
		to   **weight.Sheet
	}{{r.config.Weight.Frame, &out.Frame}, {r.config.Weight.Propensity.Frame, &out.Invited}} {
		if named.file == "" {
			continue
		}
		content, err := r.open(named.file)
		if err != nil {
			return out, err
		}
		sheet, err := weightSheet(named.file, content)
		var fault *records.Fault
		if errors.As(err, &fault) {
			s.found([]finding.Finding{{Stage: "weight", Kind: "frame", Severity: finding.Refusal, Place: finding.Place{File: named.file}, Problem: fault.Problem, Remedy: fault.Remedy}})
			continue
		}
		if err != nil {
			return out, fmt.Errorf("read %s: %w", named.file, err)
		}
		*named.to = sheet
	}
	return out, nil
}

// weightSheet reads the first sheet of a workbook that is not hidden, or a text.
func weightSheet(file string, content []byte) (*weight.Sheet, error) {
	in := listFile{bytes.NewReader(content)}
	source := ingest.Source{File: file}
	if err := declared(in, file, source); err != nil {
		return nil, err
	}
	sheets, err := ingest.Tables(in, source)
	if err != nil {
		return nil, err
	}
	out := &weight.Sheet{File: file}
	at := slices.IndexFunc(sheets, func(s records.Sheet) bool { return !s.Hidden })
	if at < 0 {
		return out, nil
	}
	reader, err := sheets[at].Open()
	if err != nil {
		return nil, err
	}
	defer records.Close(reader)
	for {
		chunk, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		for i := range chunk.Len() {
			if out.Header == nil {
				out.Header = chunk.Strings(i)
				continue
			}
			out.Rows, out.Lines = append(out.Rows, chunk.Strings(i)), append(out.Lines, int(chunk.Row(i)))
		}
	}
}
