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
	Files     []string // a row for each code that a coder gave a unit; of several files each is that of one coder
	Encoding  string   // how a text is written, where it is not UTF-8
	Columns   codings.Columns
	Scale     agreement.Scale
	Order     []string // of the codes; nil: of their numbers, or the alphabet
	Multiple  bool     // units may have several codes
	Paths     Paths    // what becomes of codes that stand under others
	Bootstrap agreement.Bootstrap
}

// Paths says what becomes of codes that stand under others, as in "harm->fear".
type Paths string

// What can become of them.
const (
	AsTheyAre   Paths = ""
	WithParents Paths = "parents" // who gave a code gave those above it too
	TopAlone    Paths = "top"     // codes are taken for those at the top of their paths
)

// AgreementReport is the answer.
type AgreementReport struct {
	Units     int                `json:"units"`
	Coders    int                `json:"coders"`
	Codes     []string           `json:"codes"`
	Level     float64            `json:"level"`
	Resamples int                `json:"resamples"`
	Seed      uint64             `json:"seed"`
	Figures   []agreement.Figure `json:"figures"` // of all units, then of each group of them
}

// Agreement reads codes and says how far those who gave them agree. What is the
// matter with the file is a *RefusedError.
func Agreement(ctx context.Context, q AgreementRequest) (AgreementReport, error) {
	out := AgreementReport{Level: q.Bootstrap.Level, Resamples: q.Bootstrap.Resamples, Seed: q.Bootstrap.Seed}
	list, findings, err := readAllCodings(q)
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
	groups := list.groups()
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
		for _, g := range groups {
			out.Figures = append(out.Figures, inGroup(g.name, labels.Of(g.holds).Summarise(q.Bootstrap).Figures())...)
		}
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
	for _, g := range groups {
		out.Figures = append(out.Figures, inGroup(g.name, data.Of(g.holds).Summarise(q.Scale, q.Bootstrap).Figures())...)
	}
	return out, nil
}

// misplaced finds the row of a coding that does not fit the others.
func misplaced(q AgreementRequest, list allCodings, e *agreement.CodingError) []finding.Finding {
	remedy := "Remove one of the two rows; where units may have several codes, say so with --multiple."
	if q.Order != nil {
		remedy = "Name all codes in --order, and each once; where units may have several codes, say so with --multiple."
	}
	return []finding.Finding{{
		Stage: "ingest", Kind: "coding", Severity: finding.Refusal, Count: 1,
		Place:   finding.Place{File: list.fileOf(e.At), Row: list.Rows[e.At], Column: q.Columns.Code},
		Problem: "The row does not fit: " + e.Problem + ".", Remedy: remedy,
	}}
}

// readCodings opens the first table of a file that can be seen.
func readCodings(q AgreementRequest, file string, columns codings.Columns) (codings.List, []finding.Finding, error) {
	in, err := openPlain(file)
	if err != nil {
		return codings.List{}, nil, fmt.Errorf("open %s: %w", file, err)
	}
	defer in.Close()
	source := ingest.Source{File: file, Encoding: q.Encoding}
	err = declared(in, file, source)
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
			list, findings, err = codings.Read(file, sheets[at], columns)
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
		return list, []finding.Finding{{Stage: "ingest", Kind: fault.Kind, Severity: finding.Refusal, Place: finding.Place{File: file}, Problem: fault.Problem, Remedy: fault.Remedy}}, nil
	}
	return list, findings, err
}
