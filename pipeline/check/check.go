// Package check looks at clean answers for what may be wrong with them and
// proposes what to do. It changes no answer: an analyst decides, in the cleaning
// log. It is the last stage that knows the collecting tool's identifiers.
package check

import (
	"context"
	"fmt"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
)

// Strip returns the dataset without the collecting tool's identifiers.
func Strip(ctx context.Context, e engine.Engine, d *dataset.Dataset) (*dataset.Dataset, error) {
	out := &dataset.Dataset{Survey: d.Survey, Files: d.Files, Levels: make([]dataset.Level, len(d.Levels))}
	for l, in := range d.Levels {
		layout := in.Layout.With(d.Survey, nil, false, in.Layout.Weight)
		level, err := engine.Map(ctx, e, "check", in, layout, func(b *dataset.Batch) (*dataset.Batch, struct{}, error) {
			return b.Extend(layout, nil, nil), struct{}{}, nil
		}, nil)
		if err != nil {
			return nil, fmt.Errorf("take identifiers out of the level %s: %w", d.Survey.Levels[l].Name, err)
		}
		out.Levels[l] = level
	}
	return out, nil
}
