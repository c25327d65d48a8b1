package estimate

import (
	"fmt"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

const stage = "estimate"

// Tally holds the totals that a plan needs at one level. Tallies made by
// NewTally or Fresh for the same plan can be merged in any order: the totals
// are exact, so the same answers give the same tables, bit for bit.
//
// A Tally belongs to one goroutine at a time.
type Tally struct {
	survey     *survey.Survey
	layout     dataset.Layout
	config     Config
	pass       int
	crossings  []crossing
	outputs    []output
	estimators []estimator // the choice tallies, then the number tallies, then those of analyses that bind themselves
	numbersAt  int         // where the number tallies begin
	ownAt      int         // where those of analyses that bind themselves begin
	frame      *sampling.Frame
	needed     map[string]int // items that are counted group by group, with how many choices they have
	chunk      chunk
	scratch    scratch
	quantiles  *quantiles
	known      bool              // the design is settled
	wrong      []finding.Finding // with it
}

// NewTally returns an empty tally for the rows of a plan that analyse items of
// the layout's level, and the findings of what cannot be computed: unknown
// items, analyses that do not fit an item, settings that contradict each other.
func NewTally(s *survey.Survey, layout dataset.Layout, plan table.Plan, cfg Config) (*Tally, []finding.Finding) {
	findings := cfg.Validate()
	cfg = cfg.filled()
	b := &binder{survey: s, layout: layout, config: cfg, crossingAt: map[string]int{}, tallyAt: map[string]int{}}
	d := b.design()
	t := &Tally{survey: s, layout: layout, config: cfg, frame: sampling.New(d, layout.Level, cfg.Fitted)}
	b.frame = t.frame
	for i, r := range plan.Rows {
		b.bind(i, r)
	}
	b.room()
	t.crossings, t.outputs, t.numbersAt = b.crossings, b.outputs, len(b.choices)
	for i, of := range b.choices {
		t.estimators = append(t.estimators, newChoiceTally(of, t.frame.Squares() || b.full[i]))
	}
	for _, of := range b.numbers {
		t.estimators = append(t.estimators, newNumberTally(of))
	}
	t.ownAt = len(t.estimators)
	t.estimators = append(t.estimators, b.own...)
	t.need()
	t.quantiles = &quantiles{known: map[[2]float64]float64{}}
	return t, append(findings, b.findings...)
}

// design returns the design with the items it names, those left out that the
// answers do not hold in a form that tells strata and units apart.
func (b *binder) design() sampling.Design {
	d := b.config.Design.Filled()
	if b.layout.Level > 0 {
		if d.Strata != "" || d.PSU != "" || d.FPC != "" || d.Kind == table.Replicate {
			b.findings = append(b.findings, finding.Finding{
				Stage: stage, Kind: "design-level", Severity: finding.Warning,
				Problem: fmt.Sprintf("Strata and sampling units of respondents are not known at the level %s; its standard errors take each respondent for a sampling unit.", b.survey.Levels[b.layout.Level].Name),
				Remedy:  "Read these intervals as approximate.",
			})
		}
		return d
	}
	for _, use := range d.Items() {
		fits := grouping
		if use.Number {
			fits = survey.Type.Numeric
		}
		item, ok := b.survey.Item(use.Item)
		if ok && b.layout.Has(use.Item) && fits(item.Type) {
			continue
		}
		b.findings = append(b.findings, finding.Finding{
			Stage: stage, Kind: "design-item", Severity: finding.Refusal, Place: finding.Place{Item: use.Item},
			Problem: fmt.Sprintf("The setting %s names %s, which is not an item of the answers that can be used so.", use.Setting, use.Item),
			Remedy:  "Name an item of the respondent level that the answers hold.",
		})
		d = d.Without(use.Item)
	}
	return d
}

// grouping reports whether items of a type tell strata or sampling units apart.
func grouping(t survey.Type) bool {
	switch t {
	case survey.SelectOne, survey.Integer, survey.Decimal, survey.OpenText, survey.Calculated, survey.Date:
		return true
	}
	return false
}

// know tells the tally a frame that is known already.
func (t *Tally) know(f *sampling.Frame) {
	t.frame = f
	for _, e := range t.estimators {
		if of, ok := e.(*choiceTally); ok {
			of.of.groups = f.Groups()
		}
	}
}

// Fresh returns an empty tally for the same plan and the same pass.
func (t *Tally) Fresh() *Tally { return t.at(t.pass) }

// at returns an empty tally for a pass, which knows what earlier passes found.
func (t *Tally) at(pass int) *Tally {
	out := *t
	out.pass, out.chunk, out.scratch = pass, chunk{}, scratch{}
	out.frame = t.frame.Fresh()
	out.estimators = make([]estimator, len(t.estimators))
	for i, e := range t.estimators {
		if pass < e.passes() {
			out.estimators[i] = e.fresh(pass)
		} else {
			out.estimators[i] = e
		}
	}
	return &out
}

// Next ends a pass and returns an empty tally for the next, or nil when every
// estimator has seen the answers as often as it needs and Tables can be asked for.
func (t *Tally) Next() *Tally {
	t.finish()
	more := false
	for _, e := range t.estimators {
		if t.pass < e.passes() {
			e.settle(t.pass)
			if f, ok := e.(foreseer); ok {
				f.foresee(t)
			}
			more = more || t.pass+1 < e.passes()
		}
	}
	if !more {
		return nil
	}
	t.frame.Keep()
	return t.at(t.pass + 1)
}

// Add counts the responses of a batch.
func (t *Tally) Add(b *dataset.Batch) error {
	for _, name := range t.layout.Items {
		if !b.Layout.Has(name) {
			return fmt.Errorf("tally answers: a batch lacks the item %s", name)
		}
	}
	if b.Layout.Weight != t.layout.Weight {
		return fmt.Errorf("tally answers: some batches have weights and others have not")
	}
	whole := t.frame.Weights(b)
	group := t.frame.Add(b, whole)
	if n := t.frame.Replicated(); n > 0 {
		t.count(t.view(b, group, whole), everyEstimator)
		t.replicates(b, n)
		return nil
	}
	if slow := func(i int) bool { return !t.quick(i) }; slices.ContainsFunc(t.numbered(), slow) {
		t.count(t.view(b, group, whole), slow)
	}
	if len(t.needed) > 0 && t.pass == 0 {
		t.chunk.gather(b, group, whole, t.needed)
		if t.chunk.rows > chunkRows-dataset.BatchRows {
			t.finish()
		}
	}
	return nil
}

// replicates counts a batch under the weights of each replicate.
func (t *Tally) replicates(b *dataset.Batch, n int) {
	weights := make([][]float64, n)
	group := make([]int32, b.Len())
	for r := range weights {
		weights[r] = t.frame.Replicate(b, r+1)
		for i := range group {
			group[i] = int32(r + 1)
		}
		v := t.view(b, group, weights[r])
		v.replicate = true
		t.count(v, everyEstimator)
	}
	t.frame.Spanned(b, weights)
}

func (t *Tally) view(b *dataset.Batch, group []int32, weight []float64) *view {
	v := &view{batch: b, groups: t.frame.Groups(), group: group, weight: weight, crossing: make([]incidence, len(t.crossings)), by: t.crossings}
	v.square, v.residue = squares(weight, t.frame.Stratified())
	return v
}

// count has estimators add a batch.
func (t *Tally) count(v *view, ask func(i int) bool) {
	for i, e := range t.estimators {
		if t.pass < e.passes() && ask(i) {
			e.add(v)
		}
	}
}

func everyEstimator(int) bool { return true }

// Finish counts what has been gathered and not been counted yet.
func (t *Tally) Finish() error {
	t.finish()
	return nil
}

// finish counts the responses that were gathered, group by group.
func (t *Tally) finish() {
	c := &t.chunk
	if c.rows == 0 {
		return
	}
	groups := t.frame.Groups()
	o, ordered := c.order(groups, t.frame.Stratified())
	for i := range t.estimators {
		if !t.quick(i) {
			continue
		}
		of := t.estimators[i].(*choiceTally)
		if by := t.crossings[of.of.crossing]; ordered {
			of.addOrdered(o, by, groups, &t.scratch)
		} else {
			of.addLoose(o, by, groups)
		}
	}
	c.clear()
}

// quick reports whether an estimator counts group by group.
func (t *Tally) quick(i int) bool {
	of, ok := t.estimators[i].(*choiceTally)
	return ok && t.frame.Replicated() == 0 && of.quick(t.crossings[of.of.crossing])
}

// numbered returns the numbers of the estimators that count in this pass.
func (t *Tally) numbered() []int {
	var out []int
	for i, e := range t.estimators {
		if t.pass < e.passes() {
			out = append(out, i)
		}
	}
	return out
}

// need notes the items that are counted group by group.
func (t *Tally) need() {
	t.needed = map[string]int{}
	for i, e := range t.estimators {
		if !t.quick(i) {
			continue
		}
		of := e.(*choiceTally).of
		t.needed[of.name] = of.choices
		if c := t.crossings[of.crossing]; len(c.items) > 0 {
			t.needed[c.items[0]] = len(c.parts[0].place)
		}
	}
}

// Merge counts in what another tally for the same plan and pass has counted.
// That tally must not be used afterwards.
func (t *Tally) Merge(o *Tally) error {
	if t.pass != o.pass || len(t.estimators) != len(o.estimators) || len(t.crossings) != len(o.crossings) {
		return fmt.Errorf("merge tallies: they were made for different plans or passes")
	}
	t.finish()
	o.finish()
	groups := t.frame.Merge(o.frame)
	for i, e := range t.estimators {
		if t.pass < e.passes() {
			e.merge(o.estimators[i], groups)
		}
	}
	return nil
}
