package pipeline

import (
	"context"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/sheet"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// GuessPlan returns the plan that a run makes when the config names none, from
// the form and the config alone: no answer is read.
func GuessPlan(ctx context.Context, c Config, env Env) (table.Plan, []finding.Finding, error) {
	env.check = true
	c.Plan = PlanFile{}
	r, err := begin(ctx, c, env)
	if err != nil {
		return table.Plan{}, nil, err
	}
	defer r.end()
	asked := step(r, "survey", r.readSurvey)
	answers := step(r, "ingest", func(at) (*dataset.Dataset, error) { return c.unanswered(asked), nil })
	answers = step(r, "code", func(s at) (*dataset.Dataset, error) { return r.code(s, answers) })
	answers = step(r, "derive", func(s at) (*dataset.Dataset, error) { return r.derive(s, answers) })
	var found []finding.Finding
	plan := step(r, "plan", func(s at) (table.Plan, error) {
		plan, findings := r.config.guess(answers)
		s.found(findings)
		found = findings
		return plan, nil
	})
	return plan, found, r.err
}

// unanswered returns the answers to a survey before there are any.
func (c Config) unanswered(s *survey.Survey) *dataset.Dataset {
	d := &dataset.Dataset{Survey: s}
	for level := range s.Levels {
		layout := dataset.NewLayout(s, level, func(item *survey.Item) bool { return c.lacks(item.Name) })
		d.Levels = append(d.Levels, dataset.Level{Layout: layout, Source: dataset.Memory(nil)})
	}
	return d
}

// lacks reports whether every file of answers may lack an item.
func (c Config) lacks(item string) bool {
	if len(c.Input) == 0 {
		return false
	}
	for _, in := range c.Input {
		if !slices.Contains(in.Absent, item) {
			return false
		}
	}
	return true
}

// WritePlan writes a plan as a sheet: a workbook where the name of the file
// ends so, otherwise CSV.
func WritePlan(w io.Writer, name string, p table.Plan) error {
	if strings.EqualFold(filepath.Ext(name), ".xlsx") {
		return sheet.WriteBook(w, "plan", p.Sheet())
	}
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return err
	}
	return sheet.WriteCSV(w, p.Sheet())
}

// SavePlan writes a plan beside its place first, and puts it there whole. A
// file that is there is kept, and a number put behind the new one's name, unless
// force is given. It returns the name of the file.
func SavePlan(name string, p table.Plan, force bool) (string, error) {
	return save(name, force, func(w io.Writer) error { return WritePlan(w, name, p) })
}
