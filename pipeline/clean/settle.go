package clean

import (
	"context"

	"github.com/soundings-survey/soundings/pipeline/asked"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/expr"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// settle decides conditions over the repeats below a level, such as
// sum(${hours}) > 10, which could not be decided while its answers were read:
// only now are all levels at hand, and clean. A blank answer that turns out not
// to have been asked for counts as not asked; nothing else changes.
func settle(ctx context.Context, e engine.Engine, d *dataset.Dataset, l int) (dataset.Level, error) {
	in := d.Levels[l]
	below, items, hanging := overRepeats(d, l)
	if len(hanging) == 0 {
		return in, nil
	}
	scope := asked.ScopeOf(in.Layout)
	scope.Below = func(item string) bool {
		it, ok := d.Survey.Item(item)
		return ok && d.Levels[it.Level].Layout.Has(item)
	}
	conditions := asked.New(scope, hanging)
	w, err := dataset.Create(e.Path("settle", l), in.Layout)
	if err != nil {
		return in, err
	}
	err = engine.Ordered(ctx, e, asked.Gather(in, below, items), func(g asked.Gathered) (*dataset.Batch, error) {
		return settled(g, in.Layout, conditions, hanging), nil
	}, w.Write)
	if err != nil {
		w.Abort()
		return in, err
	}
	return w.Close()
}

// settled returns a batch with the reasons that its repeats decide.
func settled(g asked.Gathered, l dataset.Layout, conditions *asked.Conditions, hanging []string) *dataset.Batch {
	judge := conditions.Judge()
	found := make([][]string, g.Batch.Len())
	changed := false
	for i := range found {
		judge.Begin(&gatheredRow{g, l.Survey, i})
		for _, item := range hanging {
			if g.Batch.Column(item).Reasons[i] == survey.NotAnswered && judge.Of(conditions.Of(item)) == asked.NotAsked {
				found[i] = append(found[i], item)
				changed = true
			}
		}
	}
	if !changed {
		return g.Batch
	}
	out := dataset.NewBuilder(l)
	for i := range found {
		out.Copy(g.Batch, i, dataset.ResponseOf(g.Batch, i))
		for _, item := range found[i] {
			out.Column(item).Missing(survey.NotAsked)
		}
	}
	return out.Batch()
}

// overRepeats returns the repeats below a level that its conditions speak of,
// with the places of their parents in it; the items they name there; and the
// items of the level that hang on them.
func overRepeats(d *dataset.Dataset, l int) (below map[int]dataset.Level, items, hanging []string) {
	below = map[int]dataset.Level{}
	for _, name := range d.Levels[l].Layout.Items {
		item, _ := d.Survey.Item(name)
		for _, source := range item.Relevant {
			parsed, err := expr.Parse(source)
			if err != nil {
				continue
			}
			hangs := false
			for _, group := range parsed.Groups() {
				at, isLevel := d.Survey.LevelIndex(group)
				if it, ok := d.Survey.Item(group); ok {
					at, isLevel = it.Level, false
				} else if !isLevel {
					continue
				}
				repeat, ok := lifted(d, at, l)
				if !ok {
					continue
				}
				below[at], hangs = repeat, true
				if !isLevel {
					items = append(items, group)
				}
			}
			if hangs {
				hanging = append(hanging, name)
				break
			}
		}
	}
	return below, items, hanging
}

// lifted returns a repeat with the places of its parents in a level above it.
func lifted(d *dataset.Dataset, at, l int) (dataset.Level, bool) {
	out := d.Levels[at]
	for parent := d.Survey.Levels[at].Parent; parent >= 0; parent = d.Survey.Levels[parent].Parent {
		if parent == l {
			return out, true
		}
		out = asked.Raise(out, d.Levels[parent])
	}
	return dataset.Level{}, false
}

// gatheredRow is response i of a batch with its repeats.
type gatheredRow struct {
	g      asked.Gathered
	survey *survey.Survey
	i      int
}

// Answer implements asked.Row.
func (r *gatheredRow) Answer(item int) asked.Answer {
	return (&asked.Response{Batch: r.g.Batch, I: r.i}).Answer(item)
}

// Group implements asked.Grouped.
func (r *gatheredRow) Group(item int) []asked.Answer {
	return r.g.Answers(&r.survey.Items[item], r.i)
}

// Responses implements asked.Grouped.
func (r *gatheredRow) Responses(level int) int { return r.g.Responses(level, r.i) }
