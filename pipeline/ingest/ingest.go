// Package ingest reads answers from the files of collecting tools and binds
// them to the survey. It changes no answer: a cell that does not say exactly
// what the form admits keeps its text, counts as invalid, and is reported by
// row and column. Nothing is guessed, and nothing is dropped without a count.
package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest/bind"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

const stage = "ingest"

// Request says what to read.
type Request struct {
	Survey    *survey.Survey
	Config    Config
	Open      func(name string) (File, error)       // opens a file that the config names
	List      func(folder string) ([]string, error) // names the files in a folder of interviews; may be nil
	Views     map[string]*survey.Survey             // the survey as earlier versions of the form have it, by the name of the form
	Key       []byte                                // of respondents' identifiers
	Forgotten map[dataset.ID]bool                   // respondents to be left out, and not logged
	Log       *cleaninglog.Writer                   // takes the responses that are set aside; may be nil
	Aside     Aside                                 // takes what identifies; nil: it is dropped
}

// File is a file of answers.
type File interface {
	io.ReaderAt
	io.ReadSeeker
	io.Closer
}

// Ingest reads all files of a request into one dataset. What is wrong with the
// files is in the findings, all of it at once; where one of them is a refusal
// the dataset is nil. An error is for what is not the files' fault.
func Ingest(ctx context.Context, e engine.Engine, r Request) (*dataset.Dataset, Report, []finding.Finding, error) {
	in := &ingestion{ctx: ctx, engine: e, request: r, survey: r.Survey, views: r.Views, ids: newIdentities(r.Key)}
	in.found = append(r.Config.Validate(), r.Config.Filter.Validate()...)
	in.found = append(in.found, r.Config.Identities.Validate()...)
	in.exclude = in.exclusion()
	if finding.Refused(in.found) {
		return nil, Report{}, in.found, nil
	}
	defer in.close()
	if err := in.openAll(); err != nil {
		return nil, in.report(), in.findings(), err
	}
	if !finding.Refused(in.findings()) {
		in.checkFates()
	}
	d, err := in.readAll()
	if err != nil {
		return nil, in.report(), in.findings(), err
	}
	in.tellRepeats()
	in.nothingLeft(d)
	in.refuseUndeclared()
	if err := in.identify(d); err != nil {
		return nil, in.report(), in.findings(), err
	}
	findings := in.findings()
	if finding.Refused(findings) {
		in.discard()
		return nil, in.report(), findings, nil
	}
	return d, in.report(), findings, nil
}

// ingestion is one reading under way.
type ingestion struct {
	ctx     context.Context
	engine  engine.Engine
	request Request
	survey  *survey.Survey
	views   map[string]*survey.Survey // the survey as versions of the form have it
	inputs  []*input
	ids     *identities
	levels  []LevelReport
	found   []finding.Finding
	exclude *bind.Exclude // condition under which responses are left out; may be nil

	aside      int          // columns that are set aside of the level that is read
	undeclared []undeclared // columns that look identifying
}

// openAll opens every file and finds out what is in it.
func (in *ingestion) openAll() error {
	for i, source := range in.request.Config.Input {
		if isInterviews(source) {
			in.inputs = append(in.inputs, &input{number: i, source: source})
			continue
		}
		f, err := in.request.Open(source.File)
		if err != nil {
			return fmt.Errorf("open the answers in %s: %w", source.File, pathless(err))
		}
		in.inputs = append(in.inputs, &input{number: i, source: source, file: f})
	}
	if err := in.look(); err != nil {
		return err
	}
	if in.addSpoken() {
		if err := in.look(); err != nil {
			return err
		}
	}
	in.tellPages()
	in.joinInterviews()
	return nil
}

// look finds out what is in every file, as the survey knows it.
func (in *ingestion) look() error {
	for i, old := range in.inputs {
		u := &input{number: i, source: old.source, file: old.file, survey: in.survey}
		if view := in.views[u.source.Form]; view != nil {
			u.survey = view
		} else if u.source.Form != "" {
			u.add("unknown-form", finding.Refusal, finding.Place{}, "input.form names "+u.source.Form+", which is neither today's form nor one of the earlier ones.", "Name it under survey.earlier, or leave input.form out when the answers were given to today's form.")
		}
		u.report.Bound, u.report.SetAside, u.report.Unknown, u.report.Ignored, u.report.Absent = []string{}, []string{}, []string{}, []string{}, []string{}
		u.report.Name, u.report.Source, u.report.Wave, u.report.Form = u.source.File, u.source.Source, u.source.Wave, u.source.Form
		in.inputs[i] = u
		open := u.open
		if isInterviews(u.source) {
			open = func() error { return in.openInterviews(u) }
		}
		if err := open(); err != nil {
			return fmt.Errorf("read %s: %w", u.source.File, pathless(err))
		}
	}
	return nil
}

func (in *ingestion) close() {
	for _, u := range in.inputs {
		if u.file != nil {
			_ = u.file.Close()
		}
	}
}

// readAll reads the levels one after the other, so that parents are known when
// their repeats are read.
func (in *ingestion) readAll() (*dataset.Dataset, error) {
	d := &dataset.Dataset{Survey: in.survey}
	for _, u := range in.inputs {
		d.Files = append(d.Files, u.source.File)
	}
	for level := range in.survey.Levels {
		l, err := in.readLevel(level)
		if err != nil {
			return nil, err
		}
		d.Levels = append(d.Levels, l)
	}
	return d, nil
}

// findings gathers what was found in all files.
func (in *ingestion) findings() []finding.Finding {
	out := append([]finding.Finding(nil), in.found...)
	for _, u := range in.inputs {
		out = append(out, u.findings...)
	}
	finding.Sort(out)
	return out
}

func (in *ingestion) report() Report {
	r := Report{Files: []FileReport{}, Levels: append([]LevelReport{}, in.levels...)}
	for _, u := range in.inputs {
		r.Files = append(r.Files, u.report)
	}
	return r
}

// pathless strips the path from an error of the file system: the caller names
// the file as the config does.
func pathless(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
