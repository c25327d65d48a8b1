package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/soundings-survey/soundings/pipeline/check"
	"github.com/soundings-survey/soundings/pipeline/clean"
	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest"
	"github.com/soundings-survey/soundings/pipeline/publish"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/survey/versions"
)

// IngestRequest asks to read one file of answers with its form.
type IngestRequest struct {
	Form     string // "": a form is drafted from the answers
	Answers  string
	Out      string // folder for answers.parquet and ingest.json
	Encoding string
	Absent   []string
	Columns  map[string]string
	Lists    map[string]string // items whose cells are lists
	Earlier  []string          // earlier versions of the form
	Renames  versions.Renames
	Identity map[string]string // what becomes of columns that look identifying: drop or keep
	Version  string            // the one of them that the answers were given to; today's when empty
}

// Ingest reads answers and writes them as Parquet, a file a level, with an
// account of the reading. After a refusal the folder holds what it held before.
func Ingest(ctx context.Context, q IngestRequest, env Env) (ingest.Report, []finding.Finding, error) {
	source := ingest.Source{File: q.Answers, Encoding: q.Encoding, Absent: q.Absent, Columns: q.Columns, Form: q.Version, Lists: q.Lists}
	form := Form{Form: q.Form, Earlier: q.Earlier, Renamed: q.Renames}
	asked, drafted, findings, err := q.form(source)
	if err != nil {
		return ingest.Report{}, nil, err
	}
	if asked != nil {
		q.fates().Declare(asked.Items)
	}
	merged, found, err := readEarlier(form, asked, ReadWhole)
	if err != nil {
		return ingest.Report{}, nil, fmt.Errorf("read an earlier form: %w", err)
	}
	if findings = append(findings, found...); finding.Refused(findings) {
		return ingest.Report{}, nil, &RefusedError{Stage: "survey", Findings: findings}
	}
	asked = merged.Survey
	scratch, err := publish.NewScratch(q.Out)
	if err != nil {
		return ingest.Report{}, nil, err
	}
	defer scratch.Close()
	work := scratch.Dir
	key, err := newKey()
	if err != nil {
		return ingest.Report{}, nil, err
	}
	log, err := cleaninglog.NewWriter(io.Discard)
	if err != nil {
		return ingest.Report{}, nil, err
	}
	answers, report, more, err := ingest.Ingest(ctx, engine.Engine{Workers: env.Workers, Dir: work}, ingest.Request{
		Survey: asked, Key: key, Log: log, Open: openPlain, Views: views(form, merged, asked),
		Config: ingest.Config{Input: []ingest.Source{source}, Identities: q.fates()},
	})
	findings = append(findings, more...)
	report.Changes = merged.Changes
	if err != nil {
		return report, findings, err
	}
	if finding.Refused(findings) {
		findings = append(findings, formForAnswers(q.Answers, func() (io.ReadCloser, error) { return os.Open(q.Answers) }, asked, q.Form)...)
	}
	if answers == nil || finding.Refused(findings) {
		return report, nil, &RefusedError{Stage: "ingest", Findings: findings}
	}
	more, err = cleanable(ctx, engine.Engine{Workers: env.Workers, Dir: work}, answers)
	if err != nil {
		return report, findings, err
	}
	return report, append(findings, more...), putAnswers(answers, report, drafted, work, q.Out)
}

// fates returns what becomes of columns that identify.
func (q IngestRequest) fates() ingest.Fates {
	out := ingest.Fates{}
	for name, fate := range q.Identity {
		out[name] = ingest.Fate(fate)
	}
	return out
}

// cleanable returns what cleaning would say of answers that are written as they
// came in: which cells name no choice, and which would be mended.
func cleanable(ctx context.Context, e engine.Engine, d *dataset.Dataset) ([]finding.Finding, error) {
	_, _, findings, err := clean.Clean(ctx, e, d, clean.Config{}, nil)
	if err != nil {
		return nil, err
	}
	_, _, more, err := check.Check(ctx, e, d, check.Config{
		Outliers: check.Outliers{Off: true}, Durations: check.Durations{Off: true}, Straight: check.Straight{Off: true},
		Dates: check.Dates{Off: true}, Duplicates: check.Duplicates{Off: true},
	}, check.Request{})
	if err != nil {
		return nil, err
	}
	for _, f := range more {
		f.Remedy = "A run proposes them for correction; nothing was changed."
		findings = append(findings, f)
	}
	var out []finding.Finding
	for _, f := range findings {
		switch f.Kind {
		case "mended-cell":
			f.Severity, f.Remedy = finding.Warning, "It counts as invalid in the answers written here; a run mends it and logs it."
		case "no-consent-item": // a run asks for it; here all answers are read
			continue
		}
		out = append(out, f)
	}
	return out, nil
}

// DraftedForm is the name of a form that was drafted, in the folder of the answers.
const DraftedForm = "form.xlsx"

// form returns the survey to bind the answers to: the analyst's, or one drafted
// from the answers, with its workbook.
func (q IngestRequest) form(source ingest.Source) (*survey.Survey, []byte, []finding.Finding, error) {
	if q.Form == "" {
		if _, err := os.Stat(filepath.Join(q.Out, DraftedForm)); err == nil {
			return nil, nil, nil, fmt.Errorf("draft a form in %s: %w", q.Out, ErrFormThere)
		}
		asked, workbook, findings, err := draftForm(q.Answers, source)
		if err == nil && finding.Refused(findings) {
			err = &RefusedError{Stage: "ingest", Findings: findings}
		}
		return asked, workbook, findings, err
	}
	asked, findings, err := ReadForm(Form{Form: q.Form}, ReadWhole)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("read the form: %w", err)
	}
	if finding.Refused(findings) {
		return nil, nil, nil, &RefusedError{Stage: "survey", Findings: findings}
	}
	return asked, nil, findings, nil
}

// ErrFormThere says that a drafted form would take the place of one that was
// perhaps corrected.
var ErrFormThere = errors.New(DraftedForm + " is there already: use it as --form, or name another folder")

// putAnswers writes the files beside each other first and moves them in place
// when all are whole.
func putAnswers(d *dataset.Dataset, report ingest.Report, drafted []byte, work, out string) error {
	if _, err := os.Stat(filepath.Join(out, "manifest.json")); err == nil {
		return fmt.Errorf("%s is the folder of a report: answers must not lie in it", out)
	}
	if err := os.MkdirAll(out, 0o700); err != nil {
		return fmt.Errorf("make the folder for answers: %w", cause(err))
	}
	names := []string{"ingest.json"}
	if err := writeJSON(filepath.Join(work, "ingest.json"), report); err != nil {
		return err
	}
	if drafted != nil {
		if err := writeFile(filepath.Join(work, DraftedForm), func(w io.Writer) error { _, err := w.Write(drafted); return err }); err != nil {
			return err
		}
		names = append(names, DraftedForm)
	}
	for i, l := range d.Survey.Levels {
		name := "answers.parquet"
		if l.Name != survey.RespondentLevel {
			name = "answers-" + l.Name + ".parquet"
		}
		if err := writeFile(filepath.Join(work, name), func(w io.Writer) error { return d.WriteRestricted(w, i) }); err != nil {
			return err
		}
		names = append(names, name)
	}
	for _, name := range names {
		if err := move(filepath.Join(work, name), filepath.Join(out, name)); err != nil {
			return fmt.Errorf("put %s in place: %w", name, err)
		}
	}
	return nil
}

// move copies a file to a new place, on whatever disk that is, and renames it
// there, so that a reader sees a whole file.
func move(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return cause(err)
	}
	defer in.Close()
	if err := writeFile(to+".next", func(w io.Writer) error { _, err := io.Copy(w, in); return err }); err != nil {
		return err
	}
	return os.Rename(to+".next", to)
}
