// Package clean corrects answers and takes out responses that may not be used.
// By itself it mends only what has one meaning: white space, invisible marks, the form of
// letters that look and mean the same, and the letter case of a choice. What
// could mean two things stays invalid and is reported, until an analyst decides
// in a log: its lines are followed where they still see the answer they saw, and
// else refused, all of them at once. Every change is a line
// of the cleaning log: the answers that came in and the log give the answers
// that go out.
package clean

import (
	"context"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/asked"
	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

// Clean returns the dataset cleaned and writes each change to the log in the
// order of the responses. Log may be nil. The identifiers of responses that were
// taken out, and the lines of analysts' logs, are held in memory; nothing else
// grows with the number of responses. After a refusal the dataset comes back as
// it was.
func Clean(ctx context.Context, e engine.Engine, d *dataset.Dataset, cfg Config, log cleaninglog.Recorder) (*dataset.Dataset, Summary, []finding.Finding, error) {
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
	lines := newCorrections(d, cfg)
	if err := lines.find(); err != nil {
		return d, Summary{}, nil, fmt.Errorf("look for the rows that the cleaning log is about: %w", err)
	}
	survey, layouts, err := lines.layouts()
	if err != nil || layouts == nil {
		return d, Summary{}, append(found.All(), lines.findings...), err
	}
	out := &dataset.Dataset{Survey: survey, Files: d.Files, Levels: make([]dataset.Level, len(d.Levels))}
	c := cleaning{dataset: d, out: out, gone: make([][]int64, len(d.Levels)), config: cfg, gate: gate, corrections: lines, spared: spared, removed: map[dataset.ID]bool{}, log: log, found: &found, counts: newCounts(),
		met: map[*cleaninglog.Line]bool{}, unbound: map[*cleaninglog.Line]bool{}, leftOut: map[string]bool{}}
	for l := range d.Levels {
		if out.Levels[l], err = c.level(ctx, e, l, layouts[l]); err != nil {
			return d, Summary{}, nil, fmt.Errorf("clean the level %s: %w", d.Survey.Levels[l].Name, err)
		}
	}
	for l := range out.Levels {
		if out.Levels[l], err = settle(ctx, e, out, l); err != nil {
			return d, Summary{}, nil, fmt.Errorf("decide what was asked on the level %s: %w", d.Survey.Levels[l].Name, err)
		}
	}
	if err := c.recordItems(); err != nil {
		return d, Summary{}, nil, err
	}
	counts, conflicts, findings := c.settleUp()
	all := append(found.All(), findings...)
	sum := c.counts.summary(d.Respondents(), out.Respondents(), d.Survey)
	sum.Log, sum.Conflicts = counts, conflicts
	if finding.Refused(all) {
		return d, sum, all, nil
	}
	return out, sum, all, nil
}

// cleaning is one dataset being cleaned.
type cleaning struct {
	dataset     *dataset.Dataset
	out         *dataset.Dataset // what is done of it
	gone        [][]int64        // by level: places of responses that were taken out, ascending
	config      Config
	gate        gate
	corrections *corrections
	spared      map[dataset.ID]bool // blank respondents who answered in a repeat
	removed     map[dataset.ID]bool // respondents taken out; complete once their level is done
	log         cleaninglog.Recorder
	found       *finding.List
	counts      *counts

	met, unbound map[*cleaninglog.Line]bool // lines that found their answer; that say no old value
	leftOut      map[string]bool            // identifiers of responses taken out, of those that lines speak of
	conflicts    []Conflict
}

// cleaned is what became of a batch, apart from its answers.
type cleaned struct {
	changes   []rowChange
	ids       []dataset.ID // of each row, where its index in its response must be counted
	removed   []dataset.ID
	findings  []finding.Finding
	responses int
	left      []int // those that were left out

	met, unbound []*cleaninglog.Line
	leftOut      []string
	conflicts    []Conflict
}

// rowChange is a line of the log, and the row of the batch that it is about.
type rowChange struct {
	cleaninglog.Change
	row int
}

// level cleans one level.
func (c *cleaning) level(ctx context.Context, e engine.Engine, l int, layout dataset.Layout) (dataset.Level, error) {
	in := c.dataset.Levels[l]
	own := in.Layout
	if l > 0 {
		in = c.beside(c.without(l), l)
	}
	conditions, calculations := asked.New(asked.ScopeOf(in.Layout), own.Items), calculations(own)
	above := hangingAbove(own, in.Layout, conditions)
	place := int64(0)
	counted := map[uint64]int32{} // rows of a repeat that each response had so far
	return engine.Map(ctx, e, "clean", in, layout, func(b *dataset.Batch) (*dataset.Batch, cleaned, error) {
		w := worker{c: c, level: l, b: b, conditions: conditions, above: above, calculations: calculations}
		return w.clean(layout)
	}, func(got cleaned) error {
		for _, i := range got.left {
			c.gone[l] = append(c.gone[l], place+int64(i))
		}
		place += int64(got.responses)
		return c.gather(got, counted)
	})
}

// gather takes over what became of a batch; batches come in order.
func (c *cleaning) gather(got cleaned, counted map[uint64]int32) error {
	index := make([]int64, len(got.ids))
	for i, id := range got.ids {
		key := binary.LittleEndian.Uint64(id[:])
		counted[key]++
		index[i] = int64(counted[key])
	}
	for _, id := range got.removed {
		c.removed[id] = true
	}
	c.found.AddAll(got.findings)
	for _, l := range got.met {
		c.met[l] = true
	}
	for _, l := range got.unbound {
		c.unbound[l] = true
	}
	for _, uuid := range got.leftOut {
		c.leftOut[uuid] = true
	}
	c.conflicts = append(c.conflicts, got.conflicts...)
	for _, change := range got.changes {
		if len(index) > 0 {
			change.Index = index[change.row]
		}
		if err := c.record(change.Change); err != nil {
			return err
		}
	}
	return nil
}

func (c *cleaning) record(change cleaninglog.Change) error {
	c.counts.add(change)
	if c.log == nil {
		return nil
	}
	return c.log.Add(change)
}

// recordItems writes which items the log added and took out.
func (c *cleaning) recordItems() error {
	for _, v := range c.corrections.added {
		change := v.line.Change
		change.UUID, change.Question, change.Type, change.Old, change.New = cleaninglog.Everybody, v.item.Name, cleaninglog.VariableAdded, "", ""
		if change.Issue == "" {
			change.Issue = string(cleaninglog.VariableAdded)
		}
		if err := c.record(change); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.corrections.removed)) {
		change := c.corrections.removed[name].Change
		change.Question, change.Old, change.New, change.Level, change.Index = name, "", "", "", 0
		if change.Issue == "" {
			change.Issue = string(cleaninglog.VariableRemoved)
		}
		if err := c.record(change); err != nil {
			return err
		}
	}
	return nil
}
