// Package weight gives every response a weight: 1, or the base weight that a
// numeric item of the survey holds; and fits these to the known totals of a
// frame, bounds them, or divides them by the chance to have answered, where the
// config says so. A weight that cannot be used is refused with its row; nothing
// is guessed.
//
// Memory does not grow with the number of respondents: one pass over the
// answers adds up cells of respondents who are alike, the weights are worked
// out from these, and a second pass sets them.
package weight

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/weighting"
)

const stage = "weight"

// Outcome is what weighting came to, beside the dataset.
type Outcome struct {
	Summary Summary

	// Calibration describes weights that were fitted to known totals, for
	// standard errors; nil where they were not.
	Calibration *weighting.Calibration
}

// Weight returns the dataset with a weight beside each response: the base
// weight or, where the config says so, one that is fitted to the totals of a
// frame, bounded, or divided by the chance to have answered. Responses of a
// repeat have the weight of their respondent where they stand in the order of
// the respondents, else 1 with a finding. After a refusal the dataset comes
// back as it was.
func Weight(ctx context.Context, e engine.Engine, d *dataset.Dataset, cfg Config, sheets Sheets) (*dataset.Dataset, Outcome, []finding.Finding, error) {
	cfg = cfg.filled()
	var found finding.List
	found.AddAll(cfg.check(d))
	if found.Len() > 0 {
		return d, Outcome{}, found.All(), nil
	}
	p, findings := cfg.prepare(d, sheets)
	found.AddAll(findings)
	if finding.Refused(findings) {
		return d, Outcome{}, found.All(), nil
	}
	var outcome Outcome
	final := func(b *dataset.Batch, base []float64) []float64 { return base }
	if cfg.Fits() {
		fitted, findings, err := p.fitted(ctx, e, d)
		found.AddAll(findings)
		if err != nil || finding.Refused(findings) {
			return d, Outcome{}, found.All(), err
		}
		if fitted != nil {
			outcome = fitted.outcome
			final = fitted.weights
		}
	}
	out := &dataset.Dataset{Survey: d.Survey, Files: d.Files, Levels: make([]dataset.Level, len(d.Levels))}
	var before, after summing
	var err error
	out.Levels[0], err = respondents(ctx, e, d, cfg, final, &before, &after, &found)
	if err != nil {
		return d, Outcome{}, nil, fmt.Errorf("weight the respondents: %w", err)
	}
	if all := found.All(); finding.Refused(all) {
		return d, Outcome{}, all, nil
	}
	s := &outcome.Summary
	s.Method, s.Responses, s.Spread = cfg.Method, after.n, after.spread()
	if cfg.Fits() {
		base := before.spread()
		s.Base = &base
		found.AddAll(s.judge())
	}
	for l := 1; l < len(d.Levels); l++ {
		out.Levels[l], err = repeat(ctx, e, d, out.Levels[0], l, cfg, &found)
		if err != nil {
			return d, Outcome{}, nil, fmt.Errorf("weight the level %s: %w", d.Survey.Levels[l].Name, err)
		}
	}
	return out, outcome, found.All(), nil
}

// check reports what is wrong with the config for this dataset.
func (cfg Config) check(d *dataset.Dataset) []finding.Finding {
	if cfg.Column == "" {
		return nil
	}
	refuse := func(kind, problem, remedy string) []finding.Finding {
		return []finding.Finding{{Stage: "weight", Kind: kind, Severity: finding.Refusal,
			Place: finding.Place{Item: cfg.Column}, Problem: problem, Remedy: remedy}}
	}
	item, ok := d.Survey.Item(cfg.Column)
	switch {
	case !ok:
		return refuse("unknown-item", "The weights are to come from the item "+cfg.Column+", which the survey does not have.", "Correct \"weight.column\" in the config.")
	case item.Level != 0:
		return refuse("weight-level", "The weights are to come from "+cfg.Column+", which is asked in a repeat.", "Name an item that each respondent has once.")
	case !item.Type.Numeric():
		return refuse("weight-type", "The weights are to come from "+cfg.Column+", which does not hold numbers.", "Name an item of type integer or decimal.")
	case !d.Levels[0].Layout.Has(cfg.Column):
		return refuse("weight-absent", "The answers hold no column for the weights, "+cfg.Column+".", "Add the column to the file of answers.")
	}
	return nil
}

// respondents weights the first level, and reports each base weight that cannot be used.
func respondents(ctx context.Context, e engine.Engine, d *dataset.Dataset, cfg Config, final func(*dataset.Batch, []float64) []float64, before, after *summing, found *finding.List) (dataset.Level, error) {
	in := d.Levels[0]
	layout := in.Layout.With(d.Survey, nil, in.Layout.UUID, true)
	type read struct {
		base, weights []float64
		bad           []finding.Finding
	}
	return engine.Map(ctx, e, stage, in, layout, func(b *dataset.Batch) (*dataset.Batch, read, error) {
		r := read{base: make([]float64, b.Len())}
		for i := range r.base {
			w, problem := weightOf(b, cfg.Column, i)
			if problem != "" {
				r.bad = append(r.bad, unusable(d, b, i, cfg.Column, problem))
			}
			r.base[i] = w
		}
		r.weights = final(b, r.base)
		return b.Extend(layout, nil, r.weights), r, nil
	}, func(r read) error {
		for i, w := range r.weights {
			if cfg.Fits() {
				before.add(r.base[i])
			}
			after.add(w)
		}
		found.AddAll(r.bad)
		return nil
	})
}

// weightOf returns the weight of response i, or what is wrong with it.
func weightOf(b *dataset.Batch, column string, i int) (float64, string) {
	if column == "" {
		return 1, ""
	}
	c := b.Column(column)
	if !c.Answered(i) {
		return 1, "is missing"
	}
	var w float64
	if c.Ints != nil {
		w = float64(c.Ints[i])
	} else {
		w = c.Floats[i]
	}
	switch {
	case math.IsNaN(w) || math.IsInf(w, 0):
		return 1, "is not a finite number"
	case w < 0:
		return 1, "is negative"
	case w == 0:
		return 1, "is zero"
	case w < smallest || w > largest:
		return 1, "is beyond any use"
	}
	return w, ""
}

// Weights beyond these bounds would overflow when squared; they are mistakes.
const smallest, largest = 1e-100, 1e100

func unusable(d *dataset.Dataset, b *dataset.Batch, i int, column, problem string) finding.Finding {
	at := b.Origin(i)
	place := finding.Place{Row: int(at.Row), Column: column}
	if at.File >= 0 && at.File < len(d.Files) {
		place.File = d.Files[at.File]
	}
	return finding.Finding{
		Stage: "weight", Kind: "bad-weight", Severity: finding.Refusal, Place: place,
		Problem: "The weight " + problem + ".",
		Remedy:  "Give the response a weight above zero, or leave the response out.",
	}
}

// repeat weights a level below the respondents.
func repeat(ctx context.Context, e engine.Engine, d *dataset.Dataset, parents dataset.Level, level int, cfg Config, found *finding.List) (dataset.Level, error) {
	in := d.Levels[level]
	layout := in.Layout.With(d.Survey, nil, in.Layout.UUID, true)
	if cfg.Column != "" || cfg.Fits() {
		j := joined{children: in.Source, parents: parents.Source, layout: layout}
		out, err := engine.Map(ctx, e, "weight", dataset.Level{Layout: layout, Rows: in.Rows, Source: j}, layout,
			func(b *dataset.Batch) (*dataset.Batch, struct{}, error) { return b, struct{}{}, nil }, nil)
		if err == nil || !errors.Is(err, errOrder) {
			return out, err
		}
		found.Add(finding.Finding{
			Stage: "weight", Kind: "repeat-unweighted", Severity: finding.Warning,
			Place:   finding.Place{Item: d.Survey.Levels[level].Name},
			Problem: "The responses of the repeat " + d.Survey.Levels[level].Name + " do not stand in the order of their respondents, so each counts with weight 1.",
			Remedy:  "Sort the file of the repeat as the file of respondents is sorted.",
		})
	}
	return engine.Map(ctx, e, "weight", in, layout, func(b *dataset.Batch) (*dataset.Batch, struct{}, error) {
		ones := make([]float64, b.Len())
		for i := range ones {
			ones[i] = 1
		}
		return b.Extend(layout, nil, ones), struct{}{}, nil
	}, nil)
}
