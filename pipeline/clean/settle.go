package clean

import (
	"context"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/asked"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/expr"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// settle decides conditions over the repeats below a level, such as
// sum(${hours}) > 10, and those that ask which row of its repeat a response is,
// as position(..) > 1 does. Neither could be decided while answers were read:
// only now are all levels at hand, and clean. A blank answer that turns out not
// to have been asked for counts as not asked; nothing else changes.
func settle(ctx context.Context, e engine.Engine, d *dataset.Dataset, l int) (dataset.Level, error) {
	in := d.Levels[l]
	hanging, needs := leftOpen(d, l)
	if len(hanging) == 0 {
		return in, nil
	}
	has := func(item string) bool {
		it, ok := d.Survey.Item(item)
		return ok && d.Levels[it.Level].Layout.Has(item)
	}
	scope := &asked.Scope{Survey: d.Survey, Level: l, Holds: has, Below: has, Placed: true}
	conditions := asked.New(scope, hanging)
	w, err := dataset.Create(e.Path("settle", l), in.Layout)
	if err != nil {
		return in, err
	}
	err = engine.Ordered(ctx, e, asked.Along(d.Survey, d.Levels, l, needs), func(g asked.Gathered) (*dataset.Batch, error) {
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
		judge.Begin(asked.GatheredRow{Gathered: g, Survey: l.Survey, I: i})
		for _, item := range hanging {
			if g.Batch.Column(item).Reasons[i] == survey.NotAnswered && judge.Of(conditions.Of(item)) == asked.NotAsked {
				found[i] = append(found[i], item)
				changed = true
			}
		}
	}
	if !changed {
		return narrow(g.Batch, l)
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

// narrow takes back what was put beside the answers of a level.
func narrow(b *dataset.Batch, l dataset.Layout) *dataset.Batch {
	if len(b.Layout.Items) == len(l.Items) {
		return b
	}
	return b.Extend(l, nil, nil)
}

// leftOpen returns the items of a level with a condition that speaks of the
// repeats below it, or of the place of a row, and what all their conditions
// need.
func leftOpen(d *dataset.Dataset, l int) (hanging []string, needs asked.Needs) {
	for _, name := range d.Levels[l].Layout.Items {
		item, _ := d.Survey.Item(name)
		var names []string
		open, placed := false, false
		for _, source := range item.Relevant {
			parsed, err := expr.Parse(source)
			if err != nil {
				continue
			}
			names = append(names, parsed.Items()...)
			placed = placed || parsed.UsesPosition()
			open = open || placed || slices.ContainsFunc(parsed.Groups(), func(group string) bool { return liesBelow(d.Survey, group, l) })
		}
		if open {
			hanging = append(hanging, name)
			needs.Names = append(needs.Names, names...)
			needs.Position = needs.Position || placed
		}
	}
	return hanging, needs
}

// liesBelow reports whether a name is that of a repeat below a level, or of an
// item in one.
func liesBelow(s *survey.Survey, name string, l int) bool {
	at, _ := s.LevelIndex(name)
	if item, ok := s.Item(name); ok {
		at = item.Level
	}
	for at > 0 {
		if at = s.Levels[at].Parent; at == l {
			return true
		}
	}
	return false
}
