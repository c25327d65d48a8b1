package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
	"github.com/soundings-survey/soundings/pipeline/publish"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/survey/draft"
	"github.com/soundings-survey/soundings/pipeline/survey/xlsform"
)

// formFor returns the survey of a new project and its workbook: the analyst's
// form, or one drafted from the answers.
func formFor(q InitRequest) (*survey.Survey, []byte, []finding.Finding, error) {
	if q.Form != "" {
		workbook, err := os.ReadFile(q.Form)
		if err != nil {
			return nil, nil, nil, fmt.Errorf("read the form: %w", cause(err))
		}
		asked, findings, err := xlsform.Read(xlsform.Files{Workbook: xlsform.File{Name: filepath.Base(q.Form), Content: workbook}})
		return asked, workbook, findings, err
	}
	return draftForm(q.Answers, ingest.Source{File: q.Answers, Encoding: q.Encoding, Lists: q.Lists})
}

// draftForm drafts a survey from a file of answers, and its workbook. The lists
// of the source are by the titles of columns.
func draftForm(answers string, source ingest.Source) (*survey.Survey, []byte, []finding.Finding, error) {
	name := filepath.Base(answers)
	in, err := openPlain(answers)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("read the answers: %w", cause(err))
	}
	defer in.Close()
	drafted, findings, err := draftFrom(in, name, source)
	if err != nil || finding.Refused(findings) {
		return nil, nil, findings, err
	}
	drafted, more := withoutIdentities(drafted)
	findings = append(findings, more...)
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

// draftFrom drafts a survey from the first table of a file that can be seen.
func draftFrom(in ingest.File, name string, source ingest.Source) (*survey.Survey, []finding.Finding, error) {
	refuse := func(kind, problem, remedy string) (*survey.Survey, []finding.Finding, error) {
		return nil, []finding.Finding{{Stage: "ingest", Kind: kind, Severity: finding.Refusal, Place: finding.Place{File: name}, Problem: problem, Remedy: remedy}}, nil
	}
	if err := declared(in, name, source); err != nil {
		return nil, nil, err
	}
	sheets, err := ingest.Tables(in, source)
	var fault *records.Fault
	if errors.As(err, &fault) {
		return refuse(fault.Kind, fault.Problem, fault.Remedy)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", name, err)
	}
	at := slices.IndexFunc(sheets, func(s records.Sheet) bool { return !s.Hidden })
	if at < 0 {
		return refuse("no-sheet", "The workbook has no sheet that can be seen.", "Show the sheet with the answers, and save the workbook.")
	}
	header, rows, err := recordsOf(sheets[at])
	if err == nil && header == nil {
		return refuse("no-responses", "The file has no rows.", "Export the answers again.")
	}
	var drafted *survey.Survey
	var findings []finding.Finding
	if err == nil {
		drafted, findings, err = draft.Draft(header, rows, draft.Options{File: name, ID: "draft", Title: "Survey", Columns: said(sheets[at].Variables), Lists: source.Lists})
	}
	if errors.As(err, &fault) {
		return refuse(fault.Kind, fault.Problem, fault.Remedy)
	}
	return drafted, findings, err
}

// said hands on what a file says of its columns.
func said(variables []records.Variable) []draft.Said {
	out := make([]draft.Said, len(variables))
	for i := range variables {
		v := &variables[i]
		out[i] = draft.Said{Label: v.Label, Ordered: v.Ordered, Missing: v.IsMissing}
		for _, l := range v.Values {
			out[i].Values = append(out[i].Values, draft.ValueLabel{Value: l.Value, Label: l.Label})
		}
	}
	return out
}

// recordsOf returns the header of a table and its rows; nil without any.
func recordsOf(sheet records.Sheet) ([]string, iter.Seq2[[]string, error], error) {
	reader, err := sheet.Open()
	if err != nil {
		return nil, nil, err
	}
	first, err := reader.Next()
	if errors.Is(err, io.EOF) || err == nil && first.Len() == 0 {
		records.Close(reader)
		return nil, nil, nil
	}
	if err != nil {
		records.Close(reader)
		return nil, nil, err
	}
	return first.Strings(0), func(yield func([]string, error) bool) {
		defer records.Close(reader)
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

// absentItems returns the items of the form that the answers lack, so that the
// config can say so. It reads the file as a run would.
func absentItems(ctx context.Context, asked *survey.Survey, q InitRequest) ([]string, error) {
	scratch, err := publish.NewScratch(q.Dir)
	if err != nil {
		return nil, err
	}
	defer scratch.Close()
	key, err := newKey()
	if err != nil {
		return nil, err
	}
	all := make([]string, len(asked.Items)) // any of them may be absent
	for i, item := range asked.Items {
		all[i] = item.Name
	}
	_, report, _, err := ingest.Ingest(ctx, engine.Engine{Dir: scratch.Dir}, ingest.Request{
		Survey: asked, Key: key, Open: openPlain,
		Config: ingest.Config{Input: []ingest.Source{q.source(asked, all)}},
	})
	if err != nil || len(report.Files) == 0 {
		return nil, err
	}
	return report.Files[0].Absent, nil
}
