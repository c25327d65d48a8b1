package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/survey/draft"
	"github.com/soundings-survey/soundings/pipeline/survey/xlsform"
)

// formFor returns the survey of a new project and its workbook: the analyst's
// form, or one drafted from the answers.
func formFor(q InitRequest, answers []byte) (*survey.Survey, []byte, []finding.Finding, error) {
	if q.Form != "" {
		workbook, err := os.ReadFile(q.Form)
		if err != nil {
			return nil, nil, nil, fmt.Errorf("read the form: %w", cause(err))
		}
		asked, findings, err := xlsform.Read(xlsform.Files{Workbook: xlsform.File{Name: filepath.Base(q.Form), Content: workbook}})
		return asked, workbook, findings, err
	}
	name := filepath.Base(q.Answers)
	header, rows, err := recordsOf(answers)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("read %s: %w", name, err)
	}
	drafted, findings, err := draft.Draft(header, rows, draft.Options{File: name, ID: "draft", Title: "Survey"})
	if err != nil || finding.Refused(findings) {
		return nil, nil, findings, err
	}
	findings = append(findings, finding.Finding{
		Stage: "draft", Kind: "lists", Severity: finding.Warning, Place: finding.Place{File: "form.xlsx", Sheet: "choices"},
		Problem: "The choices of the drafted form are answers found in the data; their names are published even where their figures are withheld.",
		Remedy:  "Read the choices sheet before a run: join rare ones, and make an item a text where a choice could point to somebody.",
	})
	workbook, err := xlsform.Write(drafted)
	if err != nil {
		return nil, nil, findings, err
	}
	// What was written is what will be read: the draft is checked as a form.
	asked, more, err := xlsform.Read(xlsform.Files{Workbook: xlsform.File{Name: "form.xlsx", Content: workbook}})
	return asked, workbook, append(findings, more...), err
}

// recordsOf returns the header of an export and its rows, for drafting a form.
func recordsOf(content []byte) ([]string, iter.Seq2[[]string, error], error) {
	reader, err := recordReader(content)
	if err != nil {
		return nil, nil, err
	}
	first, err := reader.Next()
	if errors.Is(err, io.EOF) || err == nil && first.Len() == 0 {
		return nil, nil, errors.New("the file has no rows")
	}
	if err != nil {
		return nil, nil, err
	}
	return first.Strings(0), func(yield func([]string, error) bool) {
		chunk, from := first, 1
		for {
			for i := from; i < chunk.Len(); i++ {
				if !yield(chunk.Strings(i), nil) {
					return
				}
			}
			var err error
			if chunk, err = reader.Next(); err != nil {
				if !errors.Is(err, io.EOF) {
					yield(nil, err)
				}
				return
			}
			from = 0
		}
	}, nil
}

func recordReader(content []byte) (records.Reader, error) {
	switch records.ContentOf(content) {
	case records.Zip:
		book, err := records.OpenBook(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			return nil, err
		}
		for _, s := range book.Sheets {
			if !s.Hidden {
				return s.Open()
			}
		}
		return nil, errors.New("the workbook has no sheet that can be seen")
	case records.Text:
		encoded, err := records.EncodingOf(content, "")
		if err != nil {
			return nil, err
		}
		text, err := io.ReadAll(encoded.Reader(bytes.NewReader(content)))
		if err != nil {
			return nil, err
		}
		return records.NewScanner(bytes.NewReader(text), delimiterOf(text), 1), nil
	}
	return nil, errors.New("a form can be drafted from CSV or XLSX alone")
}

// delimiterOf returns the sign that cuts the header into the most columns.
func delimiterOf(text []byte) byte {
	best, most := byte(','), 0
	for _, sign := range []byte{',', ';', '\t', '|'} {
		chunk, err := records.NewScanner(bytes.NewReader(text[:min(len(text), 1<<20)]), sign, 1).Next()
		if err == nil && chunk.Len() > 0 && chunk.Width(0) > most {
			best, most = sign, chunk.Width(0)
		}
	}
	return best
}

// absentItems returns the items of the form that the answers lack, so that the
// config can say so. It reads the file as a run would.
func absentItems(ctx context.Context, asked *survey.Survey, answers string) ([]string, error) {
	work, err := os.MkdirTemp("", "soundings-init-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for answers under way: %w", err)
	}
	defer os.RemoveAll(work)
	key, err := newKey()
	if err != nil {
		return nil, err
	}
	all := make([]string, len(asked.Items)) // any of them may be absent
	for i, item := range asked.Items {
		all[i] = item.Name
	}
	_, report, _, err := ingest.Ingest(ctx, engine.Engine{Dir: work}, ingest.Request{
		Survey: asked, Key: key, Open: openPlain,
		Config: ingest.Config{Input: []ingest.Source{{File: answers, Absent: all}}},
	})
	if err != nil || len(report.Files) == 0 {
		return nil, err
	}
	return report.Files[0].Absent, nil
}
