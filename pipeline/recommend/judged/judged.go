// Package judged judges the recommendations that answers quote: each open item
// that the config names gets the rank of its action, what is there for somebody to
// follow it up, and the issues it touches, as items that are analysed and
// protected like any others. The rules of package recommend decide; nothing is
// trained.
package judged

import (
	"context"
	"fmt"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/recommend"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Config says which answers quote recommendations.
type Config struct {
	Items    []string `yaml:"items"`    // open items
	Accepted string   `yaml:"accepted"` // an item that says what became of them; empty for none
}

// What an item NAME is judged by stands in the items NAME_rank, NAME_smart and
// NAME_issues.
const (
	RankSuffix  = "_rank"
	SmartSuffix = "_smart"
	IssueSuffix = "_issues"
)

// Made returns the names of the items that judge recommendations.
func (c Config) Made() map[string]bool {
	out := map[string]bool{}
	for _, name := range c.Items {
		for _, suffix := range []string{RankSuffix, SmartSuffix, IssueSuffix} {
			out[name+suffix] = true
		}
	}
	return out
}

// The choice lists of these items.
const (
	rankList  = "action_rank"
	smartList = "recommendation_checks"
	issueList = "upr_issues"
)

// Judge returns the dataset with the judgements as new items at the end. An
// answer in which no verb says what is to be done has no rank: the question of
// rank is not applicable to it. After a refusal the dataset comes back as it was.
func Judge(ctx context.Context, e engine.Engine, d *dataset.Dataset, cfg Config) (*dataset.Dataset, []finding.Finding, error) {
	if len(cfg.Items) == 0 && cfg.Accepted == "" {
		return d, nil, nil
	}
	checker, err := recommend.New(nil)
	if err != nil {
		return d, nil, err
	}
	p, findings := newPlan(d, checker, cfg)
	if finding.Refused(findings) {
		return d, findings, nil
	}
	out := &dataset.Dataset{Survey: p.survey, Files: d.Files, Levels: slices.Clone(d.Levels)}
	for l := range out.Levels {
		var here []string
		for _, it := range p.open {
			if it.Level == l {
				here = append(here, it.Name)
			}
		}
		if len(here) == 0 {
			continue
		}
		level, err := p.level(ctx, e, d.Levels[l], checker, here)
		if err != nil {
			return d, findings, fmt.Errorf("judge the recommendations of the level %s: %w", d.Survey.Levels[l].Name, err)
		}
		out.Levels[l] = level
	}
	return out, findings, nil
}

// level judges the answers of one level to the open items.
func (p plan) level(ctx context.Context, e engine.Engine, in dataset.Level, checker *recommend.Checker, open []string) (dataset.Level, error) {
	var names []string
	for _, name := range open {
		names = append(names, name+RankSuffix, name+SmartSuffix, name+IssueSuffix)
	}
	layout := in.Layout.With(p.survey, names, in.Layout.UUID, in.Layout.Weight)
	added := dataset.Layout{Survey: p.survey, Level: in.Layout.Level, Items: names}.With(p.survey, nil, false, false)
	return engine.Map(ctx, e, "recommendations", in, layout, func(b *dataset.Batch) (*dataset.Batch, struct{}, error) {
		w := worker{checker: checker, issues: p.issues, add: dataset.NewBuilder(added)}
		for i := range b.Len() {
			w.add.Begin(dataset.Response{Parent: b.Parent(i)})
			for _, name := range open {
				if err := w.judge(name, b.Column(name), i); err != nil {
					return nil, struct{}{}, err
				}
			}
		}
		return b.Extend(layout, w.add.Batch(), nil), struct{}{}, nil
	}, nil)
}

// worker judges the answers of one batch.
type worker struct {
	checker *recommend.Checker
	issues  map[string]int32 // the place of each in its list
	add     *dataset.Builder
}

// judge judges the answer of response i.
func (w *worker) judge(name string, c *dataset.Column, i int) error {
	rank, smart, issues := w.add.Column(name+RankSuffix), w.add.Column(name+SmartSuffix), w.add.Column(name+IssueSuffix)
	if !c.Answered(i) {
		for _, column := range []*dataset.ColumnBuilder{rank, smart, issues} {
			column.Missing(c.Reasons[i])
		}
		return nil
	}
	a, err := w.checker.Assess(c.Text(i), "")
	if err != nil {
		return err
	}
	if a.Rank.Value == 0 {
		rank.Missing(survey.NotApplicable)
	} else {
		rank.Code(int32(a.Rank.Value - 1))
	}
	var met []int32
	for k, check := range told() {
		if slices.ContainsFunc(a.Results, func(r recommend.Result) bool { return r.Check == check && r.Met }) {
			met = append(met, int32(k))
		}
	}
	smart.Choose(met)
	var touched []int32
	for _, issue := range a.Issues {
		if at, ok := w.issues[issue.ID]; ok {
			touched = append(touched, at)
		}
	}
	slices.Sort(touched)
	issues.Choose(slices.Compact(touched))
	return nil
}
