package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/agreement"
	"github.com/soundings-survey/soundings/pipeline/agreement/codings"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// AgreementRequest asks how far coders agree.
type AgreementRequest struct {
	File      string // a row for each code that a coder gave a unit
	Encoding  string // how a text is written, where it is not UTF-8
	Columns   codings.Columns
	Scale     agreement.Scale
	Order     []string // of the codes; nil: of their numbers, or the alphabet
	Multiple  bool     // units may have several codes
	Bootstrap agreement.Bootstrap
}

// AgreementReport is the answer.
type AgreementReport struct {
	Units     int                `json:"units"`
	Coders    int                `json:"coders"`
	Codes     []string           `json:"codes"`
	Level     float64            `json:"level"`
	Resamples int                `json:"resamples"`
	Seed      uint64             `json:"seed"`
	Figures   []agreement.Figure `json:"figures"`
}

// Agreement reads codes and says how far those who gave them agree. What is the
// matter with the file is a *RefusedError.
func Agreement(ctx context.Context, q AgreementRequest) (AgreementReport, error) {
	out := AgreementReport{Level: q.Bootstrap.Level, Resamples: q.Bootstrap.Resamples, Seed: q.Bootstrap.Seed}
	list, findings, err := readCodings(q)
	if err != nil {
		return out, err
	}
	refused := func(f []finding.Finding) error { return &RefusedError{Stage: "ingest", Findings: f} }
	if finding.Refused(findings) {
		return out, refused(findings)
	}
	if err := ctx.Err(); err != nil {
		return out, err
	}
	var wrong *agreement.CodingError
	if q.Multiple {
		labels, err := agreement.NewLabels(list.Codings, q.Order)
		if errors.As(err, &wrong) {
			return out, refused(misplaced(q, list, wrong))
		}
		if err != nil {
			return out, err
		}
		s := labels.Summarise(q.Bootstrap)
		out.Units, out.Coders, out.Codes, out.Figures = s.Units, s.Coders, labels.Codes, s.Figures()
		return out, nil
	}
	data, err := agreement.New(list.Codings, q.Order)
	if errors.As(err, &wrong) {
		return out, refused(misplaced(q, list, wrong))
	}
	if err != nil {
		return out, err
	}
	s := data.Summarise(q.Scale, q.Bootstrap)
	out.Units, out.Coders, out.Codes, out.Figures = s.Units, s.Coders, s.Codes, s.Figures()
	return out, nil
}

// misplaced finds the row of a coding that does not fit the others.
func misplaced(q AgreementRequest, list codings.List, e *agreement.CodingError) []finding.Finding {
	remedy := "Remove one of the two rows; where units may have several codes, say so with --multiple."
	if q.Order != nil {
		remedy = "Name all codes in --order, and each once; where units may have several codes, say so with --multiple."
	}
	return []finding.Finding{{
		Stage: "ingest", Kind: "coding", Severity: finding.Refusal, Count: 1,
		Place:   finding.Place{File: q.File, Row: list.Rows[e.At], Column: q.Columns.Code},
		Problem: "The row does not fit: " + e.Problem + ".", Remedy: remedy,
	}}
}

// readCodings opens the first table of a file that can be seen.
func readCodings(q AgreementRequest) (codings.List, []finding.Finding, error) {
	in, err := openPlain(q.File)
	if err != nil {
		return codings.List{}, nil, fmt.Errorf("open %s: %w", q.File, err)
	}
	defer in.Close()
	source := ingest.Source{File: q.File, Encoding: q.Encoding}
	err = declared(in, q.File, source)
	var sheets []records.Sheet
	if err == nil {
		sheets, err = ingest.Tables(in, source)
	}
	var list codings.List
	var findings []finding.Finding
	if err == nil {
		at := slices.IndexFunc(sheets, func(s records.Sheet) bool { return !s.Hidden })
		if at < 0 {
			err = &records.Fault{Kind: "no-sheet", Problem: "The workbook has no sheet that can be seen.", Remedy: "Show the sheet with the codes, and save the workbook."}
		} else {
			list, findings, err = codings.Read(q.File, sheets[at], q.Columns)
		}
	}
	var unread *RefusedError
	if errors.As(err, &unread) { // it is the codes that are refused, not a draft of a form
		for _, f := range unread.Findings {
			f.Stage = "ingest"
			findings = append(findings, f)
		}
		return list, findings, nil
	}
	var fault *records.Fault
	if errors.As(err, &fault) {
		return list, []finding.Finding{{Stage: "ingest", Kind: fault.Kind, Severity: finding.Refusal, Place: finding.Place{File: q.File}, Problem: fault.Problem, Remedy: fault.Remedy}}, nil
	}
	return list, findings, err
}
