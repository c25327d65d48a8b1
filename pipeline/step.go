package pipeline

import (
	"errors"
	"fmt"
	"time"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

// Progress is told what a run is doing. Begin is called when a stage starts,
// End when it is done.
type Progress interface {
	Begin(stage string)
	End(step StepRecord)
}

// StepRecord is one line of the manifest: what a stage did in this run.
type StepRecord struct {
	Stage    string  `json:"stage"`
	In       int64   `json:"in"`       // responses, tables or files that came in
	Out      int64   `json:"out"`      // and went out
	Unit     string  `json:"unit"`     // of what
	Findings int64   `json:"findings"` // things to look at
	Seconds  float64 `json:"seconds"`
}

// RefusedError says that a stage found something that must be mended first. The
// findings say what and where.
type RefusedError struct {
	Stage    string
	Findings []finding.Finding
}

// Error implements error.
func (e *RefusedError) Error() string {
	n := 0
	for _, f := range e.Findings {
		if f.Severity == finding.Refusal {
			n++
		}
	}
	if n == 1 {
		return e.Stage + ": one thing must be mended first"
	}
	return fmt.Sprintf("%s: %d things must be mended first", e.Stage, n)
}

// at is what a stage is given to say how it went.
type at struct {
	step     *StepRecord
	findings *finding.List
}

// found passes on the findings of a stage.
func (a at) found(f []finding.Finding) { a.findings.AddAll(f) }

// counted says how much came in and went out, and of what.
func (a at) counted(in, out int64, unit string) { a.step.In, a.step.Out, a.step.Unit = in, out, unit }

// step runs one stage: it times it, gathers its findings, writes its line in
// the manifest, and stops the run at the first error or refusal. After that,
// later steps do nothing, so that Run can be read from top to bottom.
func step[T any](r *run, stage string, f func(at) (T, error)) T {
	var none T
	if r.err != nil {
		return none
	}
	if r.err = r.ctx.Err(); r.err != nil {
		return none
	}
	r.env.Progress.Begin(stage)
	record := StepRecord{Stage: stage}
	var found finding.List
	start := time.Now()
	out, err := f(at{&record, &found})
	record.Seconds = time.Since(start).Seconds()
	record.Findings = found.Len()
	all := r.config.placed(found.All())
	r.findings = append(r.findings, all...)
	r.manifest.Steps = append(r.manifest.Steps, record)
	switch {
	case err != nil:
		var refused *RefusedError
		if !errors.As(err, &refused) {
			err = fmt.Errorf("%s: %w", stage, err)
		}
		r.err = err
	case finding.Refused(all):
		r.err = &RefusedError{Stage: stage, Findings: all}
	}
	r.env.Progress.End(record)
	if r.err != nil {
		return none
	}
	return out
}
