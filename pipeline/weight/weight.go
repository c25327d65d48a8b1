// Package weight gives every response a weight: 1, or the base weight that a
// numeric item of the survey holds. A weight that cannot be used is refused
// with its row; nothing is guessed or trimmed.
package weight

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

// Config says where weights come from.
type Config struct {
	Column string `yaml:"column"` // numeric item that holds the base weight; empty for weight 1
}

// Default returns the config that gives every response the weight 1.
func Default() Config { return Config{} }

// Summary describes the weights of the respondents.
type Summary struct {
	Responses int64   `json:"responses"`      // how many were weighted
	Min       float64 `json:"min"`            // smallest weight
	Max       float64 `json:"max"`            // largest weight
	Sum       float64 `json:"sum"`            // Σw, rounded once from the exact sum
	Effective float64 `json:"effective_base"` // Kish's effective base, (Σw)²/Σw² (Kish 1965, §11.7)
	DEff      float64 `json:"deff"`           // design effect of the weights, n Σw²/(Σw)²
}

// Weight returns the dataset with a weight beside each response. Responses of
// a repeat have the weight of their respondent where they stand in the order
// of the respondents, else 1 with a finding. After a refusal the dataset comes
// back as it was.
func Weight(ctx context.Context, e engine.Engine, d *dataset.Dataset, cfg Config) (*dataset.Dataset, Summary, []finding.Finding, error) {
	var found finding.List
	for _, f := range cfg.check(d) {
		found.Add(f)
	}
	if found.Len() > 0 {
		return d, Summary{}, found.All(), nil
	}
	out := &dataset.Dataset{Survey: d.Survey, Files: d.Files, Levels: make([]dataset.Level, len(d.Levels))}
	var sum summing
	var err error
	out.Levels[0], err = respondents(ctx, e, d, cfg, &sum, &found)
	if err != nil {
		return d, Summary{}, nil, fmt.Errorf("weight the respondents: %w", err)
	}
	if all := found.All(); finding.Refused(all) {
		return d, Summary{}, all, nil
	}
	for l := 1; l < len(d.Levels); l++ {
		out.Levels[l], err = repeat(ctx, e, d, out.Levels[0], l, cfg, &found)
		if err != nil {
			return d, Summary{}, nil, fmt.Errorf("weight the level %s: %w", d.Survey.Levels[l].Name, err)
		}
	}
	return out, sum.summary(), found.All(), nil
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

// respondents weights the first level, and reports each weight that cannot be used.
func respondents(ctx context.Context, e engine.Engine, d *dataset.Dataset, cfg Config, sum *summing, found *finding.List) (dataset.Level, error) {
	in := d.Levels[0]
	layout := in.Layout.With(d.Survey, nil, in.Layout.UUID, true)
	type read struct {
		weights []float64
		bad     []finding.Finding
	}
	return engine.Map(ctx, e, "weight", in, layout, func(b *dataset.Batch) (*dataset.Batch, read, error) {
		r := read{weights: make([]float64, b.Len())}
		for i := range r.weights {
			w, problem := weightOf(b, cfg.Column, i)
			if problem != "" {
				r.bad = append(r.bad, unusable(d, b, i, cfg.Column, problem))
			}
			r.weights[i] = w
		}
		return b.Extend(layout, nil, r.weights), r, nil
	}, func(r read) error {
		for _, w := range r.weights {
			sum.add(w)
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
	if cfg.Column != "" {
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
