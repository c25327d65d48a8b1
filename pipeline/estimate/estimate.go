// Package estimate computes population figures from answers: shares, nets and
// means by domain, with the standard errors and intervals that the design of
// the sample allows.
//
// One pass over the answers serves a whole plan. Each batch is added to a
// Tally of exact totals, tallies are merged, and the tables are worked out from
// the totals at the end, so that neither the order of the answers nor the
// number of workers can change a digit.
//
// Missing answers of the analysed item leave the base, which is then a domain
// of the sample like any other: the sampling units outside it still count in
// the variance.
package estimate

import (
	"context"
	"fmt"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Estimate computes the tables of a plan, in its order. Rows that cannot be
// computed are left out, with a finding each.
func Estimate(ctx context.Context, e engine.Engine, d *dataset.Dataset, plan table.Plan, cfg Config) ([]*table.Table, []finding.Finding, error) {
	return estimated(ctx, e, d, plan, cfg, totalsAtOnce)
}

// estimated is Estimate with at most so many totals by sampling unit at once.
func estimated(ctx context.Context, e engine.Engine, d *dataset.Dataset, plan table.Plan, cfg Config, most int64) ([]*table.Table, []finding.Finding, error) {
	findings := cfg.Validate()
	plan = plan.Alongside()
	found := make([]*table.Table, len(plan.Rows))
	for level, rows := range byLevel(d, plan) {
		if len(rows) == 0 {
			continue
		}
		parts, frame, err := portions(ctx, e, d, level, plan, rows, cfg, most)
		for _, part := range parts {
			var more []finding.Finding
			if more, err = estimatePart(ctx, e, d, level, plan, part, cfg, frame, found); err != nil {
				break
			}
			findings = append(findings, more...)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("estimate the level %s: %w", d.Survey.Levels[level].Name, err)
		}
	}
	finding.Sort(findings)
	found = slices.DeleteFunc(found, func(t *table.Table) bool { return t == nil })
	cfg.Tests.adjust(found)
	return found, slices.Compact(findings), nil
}

// byLevel returns the indexes of the rows of the plan for each level; those of
// unknown items come with the respondents.
func byLevel(d *dataset.Dataset, plan table.Plan) [][]int {
	out := make([][]int, len(d.Levels))
	for i, r := range plan.Rows {
		level := 0
		if item, ok := d.Survey.Item(r.Item); ok && item.Level < len(out) {
			level = item.Level
		}
		out[level] = append(out[level], i)
	}
	return out
}

// estimatePart puts the tables of some rows of the plan where they belong in found.
func estimatePart(ctx context.Context, e engine.Engine, d *dataset.Dataset, level int, plan table.Plan, rows []int, cfg Config, frame *sampling.Frame, found []*table.Table) ([]finding.Finding, error) {
	part := table.Plan{Rows: make([]table.Row, len(rows))}
	for i, row := range rows {
		part.Rows[i] = plan.Rows[row]
	}
	t, findings, err := tallied(ctx, e, d, level, part, cfg, frame)
	if err != nil {
		return nil, err
	}
	tables, more, err := t.tablesOn(ctx, e)
	if err != nil {
		return nil, err
	}
	for i, o := range t.outputs {
		found[rows[o.at]] = tables[i]
	}
	return append(findings, more...), nil
}

// tallied reads the answers of a level as often as the plan's estimators ask.
// The frame may be known.
func tallied(ctx context.Context, e engine.Engine, d *dataset.Dataset, level int, plan table.Plan, cfg Config, frame *sampling.Frame) (*Tally, []finding.Finding, error) {
	t, findings := NewTally(d.Survey, d.Levels[level].Layout, plan, cfg)
	t.frame.Named(d.Files)
	if frame != nil {
		t.know(frame)
	}
	for pass := t; pass != nil; pass = t.Next() {
		var err error
		if t, err = engine.Tally(ctx, e, d.Levels[level], pass.Fresh, (*Tally).Add, (*Tally).Merge); err != nil {
			return nil, nil, err
		}
	}
	return t, findings, nil
}
