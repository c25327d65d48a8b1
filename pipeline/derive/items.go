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
	err = engine.Ordered(ctx, e, w.source(in), func(g asked.Gathered) (made, error) {
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

// source gives the batches of the level with all that their items need: answers
// of the levels above beside their own, responses of repeats below with them.
func (w *work) source(in dataset.Level) iter.Seq2[asked.Gathered, error] {
	above, below := map[int][]string{}, map[int]bool{}
	var items []string
	for _, one := range w.all {
		for _, name := range one.needs {
			item, ok := w.wide.Item(name)
			switch {
			case !ok:
				at, _ := w.wide.LevelIndex(name)
				below[at] = true
			case w.over(item.Level):
				above[item.Level] = append(above[item.Level], name)
			case item.Level != w.level:
				below[item.Level] = true
				items = append(items, name)
			}
		}
	}
	if len(above) > 0 {
		in = w.widened(w.level, above)
	}
	if len(below) == 0 {
		return func(yield func(asked.Gathered, error) bool) {
			for b, err := range in.Source.Batches() {
				if !yield(asked.Gathered{Batch: b}, err) {
					return
				}
			}
		}
	}
	repeats := map[int]dataset.Level{}
	for at := range below {
		repeats[at] = w.raised(at)
	}
	return asked.Gather(in, repeats, items)
}

// over reports whether a level lies above that of the work.
func (w *work) over(level int) bool {
	for at := w.wide.Levels[w.level].Parent; at >= 0; at = w.wide.Levels[at].Parent {
		if at == level {
			return true
		}
	}
	return false
}

// widened returns a level with the answers above it that are needed.
func (w *work) widened(level int, above map[int][]string) dataset.Level {
	parent := w.wide.Levels[level].Parent
	if parent < 0 {
		return w.d.Levels[level]
	}
	up := w.widened(parent, above)
	var take []string
	for at := parent; at >= 0; at = w.wide.Levels[at].Parent {
		for _, name := range above[at] {
			if up.Layout.Has(name) && !contains(take, name) {
				take = append(take, name)
			}
		}
	}
	return asked.Widen(w.d.Levels[level], up, take)
}

func contains(names []string, name string) bool {
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return false
}

// raised returns a repeat whose responses hold the place of theirs in the level
// of the work.
func (w *work) raised(at int) dataset.Level {
	out := w.d.Levels[at]
	for parent := w.wide.Levels[at].Parent; parent > 0 && parent != w.level; parent = w.wide.Levels[parent].Parent {
		out = asked.Raise(out, w.d.Levels[parent])
	}
	return out
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
	r := &response{work: w, gathered: g, made: map[int]asked.Answer{}}
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
		r.i = i
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
	*work
	gathered asked.Gathered
	i        int
	made     map[int]asked.Answer // items of this round, by place in the survey
}

// Answer implements asked.Row.
func (r *response) Answer(item int) asked.Answer {
	if a, ok := r.made[item]; ok {
		return a
	}
	c := r.gathered.Batch.Column(r.wide.Items[item].Name)
	if c == nil {
		return asked.Answer{Reason: survey.NotAnswered, Code: dataset.NoCode}
	}
	return asked.Read(c, r.i)
}

// Group implements asked.Grouped.
func (r *response) Group(item int) []asked.Answer {
	return r.gathered.Answers(&r.wide.Items[item], r.i)
}

// Responses implements asked.Grouped.
func (r *response) Responses(level int) int { return r.gathered.Responses(level, r.i) }
