// Package clean corrects answers and takes out responses that may not be used.
// It mends only what has one meaning: white space, invisible marks, the form of
// letters that look and mean the same, and the letter case of a choice. What
// could mean two things stays invalid and is reported. Every change is a line
// of the cleaning log: the answers that came in and the log give the answers
// that go out.
package clean

import (
	"context"
	"fmt"

	"github.com/soundings-survey/soundings/pipeline/asked"
	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

// Clean returns the dataset cleaned and writes each change to the log in the
// order of the responses. Log may be nil. The identifiers of responses that were taken out are held in memory,
// nothing else grows with the number of responses. After a refusal the dataset
// comes back as it was.
func Clean(ctx context.Context, e engine.Engine, d *dataset.Dataset, cfg Config, log *cleaninglog.Writer) (*dataset.Dataset, Summary, []finding.Finding, error) {
	var found finding.List
	gate, findings := newGate(d, cfg.Consent)
	found.AddAll(findings)
	if finding.Refused(findings) {
		return d, Summary{}, found.All(), nil
	}
	spared, err := withRepeats(ctx, e, d, gate)
	if err != nil {
		return d, Summary{}, nil, fmt.Errorf("look for blank responses: %w", err)
	}
	out := &dataset.Dataset{Survey: d.Survey, Files: d.Files, Levels: make([]dataset.Level, len(d.Levels))}
	c := cleaning{dataset: d, out: out, gone: make([][]int64, len(d.Levels)), gate: gate, spared: spared, removed: map[dataset.ID]bool{}, log: log, found: &found, counts: newCounts()}
	for l := range d.Levels {
		if out.Levels[l], err = c.level(ctx, e, l); err != nil {
			return d, Summary{}, nil, fmt.Errorf("clean the level %s: %w", d.Survey.Levels[l].Name, err)
		}
	}
	for l := range out.Levels {
		if out.Levels[l], err = settle(ctx, e, out, l); err != nil {
			return d, Summary{}, nil, fmt.Errorf("decide what was asked on the level %s: %w", d.Survey.Levels[l].Name, err)
		}
	}
	return out, c.counts.summary(d.Respondents(), out.Respondents(), d.Survey), found.All(), nil
}

// cleaning is one dataset being cleaned.
type cleaning struct {
	dataset *dataset.Dataset
	out     *dataset.Dataset // what is done of it
	gone    [][]int64        // by level: places of responses that were taken out, ascending
	gate    gate
	spared  map[dataset.ID]bool // blank respondents who answered in a repeat
	removed map[dataset.ID]bool // respondents taken out; complete once their level is done
	log     *cleaninglog.Writer
	found   *finding.List
	counts  *counts
}

// cleaned is what became of a batch, apart from its answers.
type cleaned struct {
	changes   []cleaninglog.Change
	removed   []dataset.ID
	findings  []finding.Finding
	responses int
	left      []int // those that were left out
}

// level cleans one level.
func (c *cleaning) level(ctx context.Context, e engine.Engine, l int) (dataset.Level, error) {
	in := c.dataset.Levels[l]
	layout := in.Layout
	if l > 0 {
		in = c.beside(c.without(l), l)
	}
	conditions := asked.New(asked.ScopeOf(in.Layout), layout.Items)
	above := hangingAbove(layout, in.Layout, conditions)
	place := int64(0)
	return engine.Map(ctx, e, "clean", in, layout, func(b *dataset.Batch) (*dataset.Batch, cleaned, error) {
		w := worker{c: c, level: l, b: b, conditions: conditions, above: above}
		return w.clean(layout)
	}, func(got cleaned) error {
		for _, i := range got.left {
			c.gone[l] = append(c.gone[l], place+int64(i))
		}
		place += int64(got.responses)
		for _, id := range got.removed {
			c.removed[id] = true
		}
		c.found.AddAll(got.findings)
		for _, change := range got.changes {
			c.counts.add(change)
			if c.log == nil {
				continue
			}
			if err := c.log.Add(change); err != nil {
				return err
			}
		}
		return nil
	})
}
