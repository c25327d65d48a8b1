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

// binder turns a plan into the tallies that serve it. Rows that analyse the
// same item by the same domains share one.
type binder struct {
	survey *survey.Survey
	layout dataset.Layout
	config Config
	frame  *sampling.Frame

	crossings  []crossing
	crossingAt map[string]int
	choices    []*choiceItem
	full       []bool // choices[i] needs Σw² by choice all the same
	numbers    []*numberItem
	tallyAt    map[string]int // item and crossing -> index among choices, or numbers
	own        []estimator    // of analyses that bind themselves
	outputs    []output
	findings   []finding.Finding
}

// output says how a row of the plan is read from a tally.
type output struct {
	row       table.Row
	at        int // which row of the plan it is
	crossing  int
	number    bool // from a numberTally
	tally     int  // index among the choice tallies or the number tallies
	choices   []string
	columns   [][]int32  // of a share: the columns of the tally that count, for each choice
	everybody int        // where the row is compatible: the tally of all respondents
	scores    []*float64 // of a mean of scores: that of each code, nil where it does not count

	made maker // of an analysis that binds itself
}

// An analysis that is not of shares or means binds itself: its binding appends
// the estimators it needs to those of the binder, and returns what makes the
// table from them. It returns false, after a finding, where the row does not fit.
type binding func(b *binder, r table.Row, item *survey.Item) (maker, bool)

// maker makes the table of a row of the plan, once all answers are in, and says
// what is wrong with it.
type maker interface {
	table(t *Tally, r table.Row) (*table.Table, []finding.Finding)
}

// bindings returns the analyses that bind themselves.
func bindings() map[table.Analysis]binding {
	return map[table.Analysis]binding{
		table.Ratio: bindRatio, table.Total: bindTotal, table.Variance: bindVariance,
		table.PropCombination: bindCombination,
		table.RankMean:        bindRankMean, table.RankFirst: bindRankFirst,
		table.TestIndependence: bindIndependence, table.Compare: bindCompare,
		table.TestMean: bindTestMean, table.TestRank: bindTestRank,
		table.TestPaired: bindTestPaired, table.TestRepeated: bindTestRepeated,
		table.Median: bindQuantile, table.Quantile: bindQuantile,
		table.Correlation: bindCorrelation, table.Alpha: bindAlpha,
		table.Correspondence: bindPatterns, table.LatentClasses: bindPatterns,
		table.RegressionLinear: bindRegression, table.RegressionLogistic: bindRegression,
		table.RegressionPoisson: bindRegression, table.RegressionOrdinal: bindRegression,
	}
}

func (b *binder) refuse(item, kind, problem, remedy string) bool {
	b.findings = append(b.findings, finding.Finding{
		Stage: stage, Kind: kind, Severity: finding.Warning, Place: finding.Place{Item: item}, Problem: problem, Remedy: remedy,
	})
	return false
}

// bind adds a row of the plan; a row that cannot be computed becomes a finding.
func (b *binder) bind(at int, r table.Row) {
	item, ok := b.item(r.Item)
	if !ok || !b.domains(r) || !b.confidence(r) {
		return
	}
	of := bindings()[r.Analysis]
	if r.Analysis == table.PropSelectMultiple && several(item) && r.Base != "" && r.Base != table.BaseAnswered {
		of = (*binder).bindBase
	}
	if of != nil {
		if made, ok := of(b, r, item); ok {
			b.outputs = append(b.outputs, output{row: r, at: at, made: made})
		}
		return
	}
	if isShare(r.Analysis) && r.Method != "" && !slices.Contains(intervals[:], Interval(r.Method)) {
		b.refuse(r.Item, "plan-method", fmt.Sprintf("The plan asks for the interval %q, which is not known.", r.Method), "Use "+knownIntervals+".")
		return
	}
	choices := b.survey.Choices(item)
	o := output{row: r, at: at, choices: []string{""}}
	switch {
	case r.Analysis == table.PropSelectOne && item.Type == survey.SelectOne:
		o.choices, o.columns = answers(choices, 0)
	case r.Analysis == table.PropSelectMultiple && several(item):
		o.choices, o.columns = answers(choices, 1)
	case r.Analysis == table.PropNet && item.Type.HasChoices():
		if o.columns, ok = b.net(r, item, choices); !ok {
			return
		}
	case r.Analysis == table.NetScore && item.Type == survey.SelectOne:
		if o.scores, ok = b.netScores(r, item, choices); !ok {
			return
		}
	case r.Analysis == table.Mean && item.Type.Numeric():
		o.number = true
	case r.Analysis == table.Mean && b.survey.Scaled(item):
		o.scores = scores(choices)
	default:
		b.refuse(r.Item, "plan-analysis", fmt.Sprintf("The plan asks for %s of the item %s, which does not fit its type %s.", r.Analysis, r.Item, item.Type),
			"Ask for prop_select_one, prop_select_multiple, prop_net or mean as the item allows; a mean needs numbers or choices with scores.")
		return
	}
	o.crossing = b.crossing(r.By)
	if o.number {
		o.tally = b.numberTally(item, o.crossing)
	} else {
		o.tally = b.choiceTally(item, o.crossing)
		if r.Analysis == table.PropNet && several(item) {
			o.columns = [][]int32{{b.netColumn(o.tally, o.columns[0])}}
		}
		if o.scores != nil && slices.ContainsFunc(choices, func(c survey.Choice) bool { return c.Score == nil && c.Missing == survey.Answered }) {
			b.full[o.tally] = true
		}
	}
	o.everybody = b.everybody(item, o)
	b.outputs = append(b.outputs, o)
}

// item finds an item of this level.
func (b *binder) item(name string) (*survey.Item, bool) {
	item, ok := b.survey.Item(name)
	switch {
	case !ok:
		return nil, b.refuse(name, "plan-item", "The plan names the item "+name+", which the survey does not have.", "Correct the name, or remove the row.")
	case item.Level != b.layout.Level:
		return nil, b.refuse(name, "plan-level", fmt.Sprintf("The plan uses the item %s of the level %s at the level %s.",
			name, b.survey.Levels[item.Level].Name, b.survey.Levels[b.layout.Level].Name), "Use items of one level in one row.")
	case !b.layout.Has(name):
		return nil, b.refuse(name, "plan-absent", "The plan names the item "+name+", which the answers do not hold.", "Remove the row, or check whether the item is set aside or absent from the file.")
	}
	return item, true
}

func (b *binder) domains(r table.Row) bool {
	for _, name := range r.By {
		item, ok := b.item(name)
		if !ok {
			return false
		}
		if !item.Type.HasChoices() {
			return b.refuse(name, "plan-by", "The plan divides by the item "+name+", which has no choices.", "Divide by an item with choices; put numbers into bands first.")
		}
	}
	size := 1
	for _, part := range newCrossing(b.survey, r.By).parts {
		if size *= len(part.names); size > b.config.Domains.Max {
			return b.refuse(r.Item, "plan-domains", fmt.Sprintf("The plan divides the item %s into more than %d domains.", r.Item, b.config.Domains.Max),
				"Combine fewer items, or raise estimate.domains in the config.")
		}
	}
	return true
}

func (b *binder) confidence(r table.Row) bool {
	if c := r.Confidence(); !(c > 0 && c < 1) {
		return b.refuse(r.Item, "plan-level", "The plan asks for a confidence level that is not between 0 and 1.", "Give 0.95, for instance.")
	}
	return true
}

// net returns the columns of the choices of a net, those that stand for a
// missing answer or are unknown left out with a finding.
func (b *binder) net(r table.Row, item *survey.Item, choices []survey.Choice) ([][]int32, bool) {
	var codes []int32
	list := b.survey.List(item.List)
	for _, v := range r.Values {
		code, ok := list.Code(v)
		if !ok || choices[code].Missing != survey.Answered {
			b.refuse(r.Item, "plan-net", "The plan counts the choice "+v+" of the item "+r.Item+", which is not one of its answers.", "Correct the choice, or remove it.")
			continue
		}
		codes = append(codes, code)
	}
	if len(codes) == 0 {
		return nil, b.refuse(r.Item, "plan-net", "A net of the item "+r.Item+" has no choices.", "Name at least one choice.")
	}
	slices.Sort(codes)
	return [][]int32{slices.Compact(codes)}, true
}

// netScores returns what each choice counts in a net score: 1, -1 or 0.
func (b *binder) netScores(r table.Row, item *survey.Item, choices []survey.Choice) ([]*float64, bool) {
	out := make([]*float64, len(choices))
	for code, c := range choices {
		if c.Missing == survey.Answered {
			out[code] = new(float64)
		}
	}
	for by, values := range map[float64][]string{1: r.Values, -1: r.Against} {
		side := r
		side.Values = values
		columns, ok := b.net(side, item, choices)
		if !ok {
			return nil, false
		}
		for _, code := range columns[0] {
			*out[code] += by
		}
	}
	return out, true
}

// netColumn returns the column of a tally in which a net of several choices is counted.
func (b *binder) netColumn(tally int, codes []int32) int32 {
	of := b.choices[tally]
	n := make(net, of.choices)
	for _, code := range codes {
		n[code] = true
	}
	at := slices.IndexFunc(of.nets, func(have net) bool { return slices.Equal(have, n) })
	if at < 0 {
		at = len(of.nets)
		of.nets = append(of.nets, n)
	}
	return int32(1 + of.choices + at)
}

// weighted reports whether responses have weights: of their own, or those of
// replicates.
func (b *binder) weighted() bool { return b.layout.Weight || b.frame.Replicated() > 0 }

// estimator adds an estimator of an analysis that binds itself, and returns its place.
func (b *binder) estimator(e estimator) int {
	b.own = append(b.own, e)
	return len(b.own) - 1
}

func (b *binder) crossing(by []string) int {
	key := crossingKey(by)
	at, ok := b.crossingAt[key]
	if !ok {
		at = len(b.crossings)
		b.crossings = append(b.crossings, newCrossing(b.survey, by))
		b.crossingAt[key] = at
	}
	return at
}

func (b *binder) choiceTally(item *survey.Item, crossing int) int {
	return b.shared(item, crossing, func() int {
		b.choices = append(b.choices, &choiceItem{
			name: item.Name, crossing: crossing, domains: b.crossings[crossing].size,
			choices: len(b.survey.Choices(item)), multiple: several(item), weighted: b.weighted(),
		})
		b.full = append(b.full, false)
		return len(b.choices) - 1
	})
}

func (b *binder) numberTally(item *survey.Item, crossing int) int {
	return b.shared(item, crossing, func() int {
		b.numbers = append(b.numbers, &numberItem{name: item.Name, crossing: crossing, domains: b.crossings[crossing].size, weighted: b.weighted()})
		return len(b.numbers) - 1
	})
}

func (b *binder) shared(item *survey.Item, crossing int, create func() int) int {
	key := fmt.Sprintf("%d %s", crossing, item.Name)
	at, ok := b.tallyAt[key]
	if !ok {
		at = create()
		b.tallyAt[key] = at
	}
	return at
}

// several reports whether an item takes several choices.
func several(item *survey.Item) bool {
	return item.Type == survey.SelectMultiple || item.Type == survey.Rank
}

// answers returns the choices that are answers, and the column of each.
func answers(choices []survey.Choice, first int32) (names []string, columns [][]int32) {
	for code, c := range choices {
		if c.Missing == survey.Answered {
			names = append(names, c.Name)
			columns = append(columns, []int32{first + int32(code)})
		}
	}
	return names, columns
}

func scores(choices []survey.Choice) []*float64 {
	out := make([]*float64, len(choices))
	for code, c := range choices {
		if c.Missing == survey.Answered {
			out[code] = c.Score
		}
	}
	return out
}
