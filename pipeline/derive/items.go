package derive

import (
	"context"
	"fmt"
	"iter"
	"math"

	"github.com/soundings-survey/soundings/pipeline/asked"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Items returns the dataset with the defined items at the end. Everything that
// is wrong with the definitions is found at once; after a refusal the dataset
// comes back as it was. Items are computed in rounds, so that one may sum up in
// the respondents' level what another computes in a repeat.
func Items(ctx context.Context, e engine.Engine, d *dataset.Dataset, definitions []Definition) (*dataset.Dataset, []finding.Finding, error) {
	if len(definitions) == 0 {
		return d, nil, nil
	}
	all, wide, findings := define(d, definitions)
	if finding.Refused(findings) {
		return d, findings, nil
	}
	rounds := 0
	for _, one := range all {
		rounds = max(rounds, one.round)
	}
	out := &dataset.Dataset{Survey: wide, Files: d.Files, Levels: append([]dataset.Level(nil), d.Levels...)}
	for round := range rounds + 1 {
		for l := range out.Levels {
			var here []*derivation
			for _, one := range all {
				if one.round == round && one.item.Level == l {
					here = append(here, one)
				}
			}
			if len(here) == 0 {
				continue
			}
			w := &work{d: out, wide: wide, level: l, all: here, unfit: make([]int64, len(here))}
			level, err := w.run(ctx, e, fmt.Sprintf("items-%d", round))
			if err != nil {
				return d, findings, fmt.Errorf("derive items of the level %s: %w", wide.Levels[l].Name, err)
			}
			out.Levels[l] = level
			findings = append(findings, w.tell()...)
		}
	}
	return out, findings, nil
}

// work computes the items of one level and round.
type work struct {
	d     *dataset.Dataset
	wide  *survey.Survey
	level int
	all   []*derivation
	unfit []int64 // by item: responses for which it came to nothing that fits its type
}

// run adds the items to the responses of the level.
func (w *work) run(ctx context.Context, e engine.Engine, stage string) (dataset.Level, error) {
	in := w.d.Levels[w.level]
	names := make([]string, len(w.all))
	for i, one := range w.all {
		names[i] = one.Name
	}
	layout := in.Layout.With(w.wide, names, in.Layout.UUID, in.Layout.Weight)
	added := dataset.Layout{Survey: w.wide, Level: w.level, Items: names}.With(w.wide, nil, false, false)
	out, err := dataset.Create(e.Path(stage, w.level), layout)
	if err != nil {
		return dataset.Level{}, err
	}
	type made struct {
		batch *dataset.Batch
		unfit []int64
	}
	err = engine.Ordered(ctx, e, w.source(), func(g asked.Gathered) (made, error) {
		add, unfit := w.compute(g, added)
		return made{own(g.Batch, in.Layout).Extend(layout, add, nil), unfit}, nil
	}, func(m made) error {
		for i, n := range m.unfit {
			w.unfit[i] += n
		}
		return out.Write(m.batch)
	})
	if err != nil {
		out.Abort()
		return dataset.Level{}, err
	}
	return out.Close()
}

// own takes back what was put beside the answers of a level.
func own(b *dataset.Batch, l dataset.Layout) *dataset.Batch {
	if len(b.Layout.Items) == len(l.Items) {
		return b
	}
	return b.Extend(l, nil, nil)
}

// source gives the batches of the level with all that their items need.
func (w *work) source() iter.Seq2[asked.Gathered, error] {
	var n asked.Needs
	for _, one := range w.all {
		n.Names = append(n.Names, one.needs...)
		n.Position = n.Position || one.parsed != nil && one.parsed.UsesPosition()
	}
	return asked.Along(w.wide, w.d.Levels, w.level, n)
}

// tell warns of results that do not fit their item.
func (w *work) tell() []finding.Finding {
	var out []finding.Finding
	for i, n := range w.unfit {
		if n == 0 {
			continue
		}
		one := w.all[i]
		place := one.Place
		place.Item = one.Name
		out = append(out, finding.Finding{
			Stage: "derive", Kind: "unfit-result", Severity: finding.Warning, Place: place, Count: n,
			Problem: "The derived item " + one.Name + " comes to something that does not fit its type or its choices, and counts as invalid.",
			Remedy:  "Look at the rule, and at the answers it speaks of: a whole number is wanted of an integer, the name of a choice of a select item, a band for each number.",
		})
	}
	return out
}

// compute returns the items of a batch, and for how many responses each came to
// nothing that fits.
func (w *work) compute(g asked.Gathered, layout dataset.Layout) (*dataset.Batch, []int64) {
	r := &response{asked.GatheredRow{Gathered: g, Survey: w.wide}, map[int]asked.Answer{}}
	out := dataset.NewBuilder(layout)
	unfit := make([]int64, len(w.all))
	evaluators := make([]*asked.Evaluator, len(w.all))
	places := make([]int, len(w.all))
	for k, one := range w.all {
		places[k], _ = w.wide.Index(one.Name)
		if one.scope != nil {
			evaluators[k] = one.scope.Evaluator()
		}
	}
	for i := range g.Batch.Len() {
		clear(r.made)
		r.I = i
		out.Begin(dataset.Response{Parent: g.Batch.Parent(i)})
		for k, one := range w.all {
			a := one.answer(r, evaluators[k])
			if !put(out.Column(one.Name), one.item.Type, &a) {
				unfit[k]++
			}
			if a.Reason == survey.Answered { // choices that stand for missing answers give their reason
				a.Reason = out.Column(one.Name).LastReason()
			}
			r.made[places[k]] = a
		}
	}
	return out.Batch(), unfit
}

// put hands an answer to its column; false if it is none that fits.
func put(c *dataset.ColumnBuilder, t survey.Type, a *asked.Answer) bool {
	switch {
	case a.Reason == survey.Invalid && a.Whole == unfit:
		c.Missing(survey.Invalid)
		return false
	case a.Reason != survey.Answered:
		c.Missing(a.Reason)
	case t == survey.SelectOne:
		c.Code(a.Code)
	case t.HasChoices():
		c.Choose(a.Set)
	case t == survey.Decimal:
		c.Float(a.Number)
	case t == survey.OpenText:
		c.Text(a.Text)
	default:
		c.Int(a.Whole)
	}
	return true
}

// unfit marks, in Whole, an answer that is invalid because its rule came to
// something that does not fit, not because what it is made of is invalid.
const unfit = math.MinInt64

// response is one as the rules of derived items read it.
type response struct {
	asked.GatheredRow
	made map[int]asked.Answer // items of this round, by place in the survey
}

// Answer implements asked.Row.
func (r *response) Answer(item int) asked.Answer {
	if a, ok := r.made[item]; ok {
		return a
	}
	return r.GatheredRow.Answer(item)
}
