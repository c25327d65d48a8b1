package pipeline

import (
	"context"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Outcome is what a run came to.
type Outcome struct {
	Reports    map[string]string // language -> path of the page
	Default    string            // path of the page in the survey's default language
	Audiences  []Page            // pages of the closed audiences
	Restricted string            // folder with findings, logs, exact results and manifest
	Findings   []finding.Finding
	Manifest   Manifest
}

// Run takes a survey from the files an analyst has to a published report. A
// refusal is a *RefusedError, an unsafe publication a *protect.NotSafe; in both
// cases, as after any error, nothing that was there has changed.
func Run(ctx context.Context, c Config, env Env) (*Outcome, error) {
	r, err := begin(ctx, c, env)
	if err != nil {
		return nil, err
	}
	defer r.end()

	r.toPublish()
	return r.outcome()
}

// toPublish takes the run through its stages, in the order in which answers pass
// through them.
func (r *run) toPublish() {
	asked := step(r, "survey", r.readSurvey)
	answers := step(r, "ingest", func(s at) (*dataset.Dataset, error) { return r.ingest(s, asked) })
	answers = step(r, "clean", func(s at) (*dataset.Dataset, error) { return r.clean(s, answers) })
	answers = step(r, "check", func(s at) (*dataset.Dataset, error) { return r.check(s, answers) })
	answers = step(r, "code", func(s at) (*dataset.Dataset, error) { return r.code(s, answers) })
	answers = step(r, "derive", func(s at) (*dataset.Dataset, error) { return r.derive(s, answers) })
	answers = step(r, "weight", func(s at) (*dataset.Dataset, error) { return r.weight(s, answers) })
	answers = step(r, "fold", func(s at) (*dataset.Dataset, error) { return r.fold(s, answers) })
	step(r, "quotes", func(s at) (struct{}, error) { return r.quotes(s, answers) })
	r.account = step(r, "drift", func(s at) (*quality.Account, error) { return r.drift(s, answers) })
	plan := step(r, "plan", func(s at) (table.Plan, error) { return r.plan(s, answers) })
	tables := step(r, "estimate", func(s at) ([]*table.Table, error) { return r.estimate(s, answers, plan) })
	safe := step(r, "protect", func(s at) ([]*edition, error) { return r.protect(s, answers.Survey, plan, tables) })
	step(r, "report", func(s at) (struct{}, error) { return struct{}{}, r.report(s, answers.Survey, safe) })
	step(r, "audit", func(s at) (struct{}, error) { return struct{}{}, r.audit(s, tables) })
	step(r, "publish", func(s at) (struct{}, error) { return struct{}{}, r.publish(s) })
}

// Check does all that Run would do but publish, and leaves nothing behind: what
// it finds is what a run would refuse.
func Check(ctx context.Context, c Config, env Env) (*Outcome, error) {
	env.check = true
	return Run(ctx, c, env)
}
