// Package derive adds items that are computed from answers: those that the
// project defines, by expressions, recodings and bands; and shares, the part of
// several statements that holds for a respondent, which the tool-design brief
// uses as need scores. A derived item is an item like any other: it has a base,
// reasons for missing answers, and a role.
package derive

import (
	"context"
	"fmt"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Share is a derived decimal item between 0 and 1: of the parts that were asked
// and answered, the share that holds.
type Share struct {
	Name  string
	Label survey.Text
	Parts []Part
}

// Part is one statement: the answer to Item is, or contains, one of Values.
type Part struct {
	Item   string
	Values []string // names of choices
}

// Derive returns the dataset with the shares as new items at the end. Where no
// part was asked the share is missing as not asked; where none of those asked
// was answered, as not answered. After a refusal the dataset comes back as it was.
func Derive(ctx context.Context, e engine.Engine, d *dataset.Dataset, shares []Share) (*dataset.Dataset, []finding.Finding, error) {
	if len(shares) == 0 {
		return d, nil, nil
	}
	bound, findings := bind(d, shares)
	if finding.Refused(findings) {
		return d, findings, nil
	}
	items := make([]survey.Item, len(bound))
	for i, s := range bound {
		items[i] = s.item
	}
	wide, more := d.Survey.With(items, nil)
	if finding.Refused(more) {
		return d, append(findings, more...), nil
	}
	out := &dataset.Dataset{Survey: wide, Files: d.Files, Levels: append([]dataset.Level(nil), d.Levels...)}
	for l := range out.Levels {
		var here []boundShare
		for _, s := range bound {
			if s.item.Level == l {
				here = append(here, s)
			}
		}
		if len(here) == 0 {
			continue
		}
		level, err := extend(ctx, e, d.Levels[l], wide, here)
		if err != nil {
			return d, findings, fmt.Errorf("derive items of the level %s: %w", wide.Levels[l].Name, err)
		}
		out.Levels[l] = level
	}
	return out, findings, nil
}

// extend adds the shares of one level.
func extend(ctx context.Context, e engine.Engine, in dataset.Level, s *survey.Survey, shares []boundShare) (dataset.Level, error) {
	names := make([]string, len(shares))
	for i, share := range shares {
		names[i] = share.item.Name
	}
	layout := in.Layout.With(s, names, in.Layout.UUID, in.Layout.Weight)
	added := dataset.Layout{Survey: s, Level: in.Layout.Level, Items: names}.With(s, nil, false, false)
	return engine.Map(ctx, e, "derive", in, layout, func(b *dataset.Batch) (*dataset.Batch, struct{}, error) {
		add := dataset.NewBuilder(added)
		columns := make([][]*dataset.Column, len(shares))
		for k, share := range shares {
			for _, p := range share.parts {
				columns[k] = append(columns[k], b.Column(p.item))
			}
		}
		for i := range b.Len() {
			add.Begin(dataset.Response{Parent: b.Parent(i)})
			for k, share := range shares {
				value, reason := share.of(columns[k], i)
				if reason == survey.Answered {
					add.Column(share.item.Name).Float(value)
				} else {
					add.Column(share.item.Name).Missing(reason)
				}
			}
		}
		return b.Extend(layout, add.Batch(), nil), struct{}{}, nil
	}, nil)
}
