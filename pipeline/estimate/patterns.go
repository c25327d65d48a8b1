package estimate

import (
	"fmt"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/estimate/multivariate"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// mostPatterns is how many ways to answer some items are held at most.
const mostPatterns = 1 << 16

// Crowded is why there are no figures where respondents answered in too many ways.
const Crowded = "too many patterns of answers"

// patternItem says which items a patternTally looks at together.
type patternItem struct {
	items    []multivariate.Item
	places   [][]int // of each item: place of a choice among those that are answers, -1 for others
	first    []int   // of each item: where its choices begin among all
	choices  int     // of all items
	crossing int
	domains  int
	most     int
}

// patternTally counts in how many ways some single-choice items were answered
// together, by domain.
type patternTally struct {
	of       *patternItem
	who      answering
	made     [][]int64             // by domain: who made each choice, of those who answered all items
	patterns []*multivariate.Tally // by domain; nil where there are too many
}

// bindPatterns binds correspondences and latent classes.
func bindPatterns(b *binder, r table.Row, item *survey.Item) (maker, bool) {
	of := &patternItem{crossing: b.crossing(r.By), most: mostPatterns}
	of.domains = b.crossings[of.crossing].size
	items := []*survey.Item{item}
	for _, name := range r.With {
		more, ok := b.item(name)
		if !ok {
			return nil, false
		}
		items = append(items, more)
	}
	if len(items) < 2 {
		return nil, b.refuse(r.Item, "plan-with", fmt.Sprintf("The plan asks for %s of the item %s without further items.", r.Analysis, r.Item), "Name at least one further item.")
	}
	for _, item := range items {
		if item.Type != survey.SelectOne {
			return nil, b.refuse(r.Item, "plan-analysis", fmt.Sprintf("The plan asks for %s with the item %s, which does not fit its type %s.", r.Analysis, item.Name, item.Type), "Name items with a single choice.")
		}
		of.add(item.Name, b.survey.Choices(item))
	}
	if r.Classes < 0 || r.Classes > mostClasses {
		return nil, b.refuse(r.Item, "plan-classes", fmt.Sprintf("The plan asks for %d latent classes.", r.Classes), fmt.Sprintf("Ask for 1 to %d.", mostClasses))
	}
	return patternMaker(b.estimator(newPatternTally(of))), true
}

// mostClasses is how many latent classes may be looked for.
const mostClasses = 20

func (of *patternItem) add(name string, choices []survey.Choice) {
	item := multivariate.Item{Name: name}
	var places []int
	for _, c := range choices {
		if c.Missing != survey.Answered {
			places = append(places, -1)
			continue
		}
		places = append(places, len(item.Choices))
		item.Choices = append(item.Choices, c.Name)
	}
	of.items, of.places, of.first = append(of.items, item), append(of.places, places), append(of.first, of.choices)
	of.choices += len(item.Choices)
}

func newPatternTally(of *patternItem) *patternTally {
	t := &patternTally{of: of, who: newAnswering(of.domains)}
	for range of.domains {
		t.made = append(t.made, make([]int64, of.choices))
		t.patterns = append(t.patterns, multivariate.NewTally(of.items))
	}
	return t
}

func (t *patternTally) passes() int         { return 1 }
func (t *patternTally) settle(int)          {}
func (t *patternTally) fresh(int) estimator { return newPatternTally(t.of) }

func (t *patternTally) merge(other estimator, _ []int32) {
	o := other.(*patternTally)
	t.who.merge(&o.who)
	for d := range o.made {
		for c, n := range o.made[d] {
			t.made[d][c] += n
		}
	}
	for d, p := range o.patterns {
		switch {
		case t.patterns[d] == nil:
		case p == nil:
			t.patterns[d] = nil
		default:
			if !t.patterns[d].Merge(p) {
				t.who.refused = true
			}
			t.bound(d)
		}
	}
}

// bound gives a domain up whose respondents answered in too many ways. Whether
// it does hangs on all answers together, not on their order.
func (t *patternTally) bound(domain int) {
	if t.patterns[domain].Len() > t.of.most {
		t.patterns[domain] = nil
	}
}

func (t *patternTally) add(v *view) {
	if v.replicate {
		return
	}
	columns := make([]*dataset.Column, len(t.of.items))
	for k, item := range t.of.items {
		columns[k] = v.batch.Column(item.Name)
	}
	in := v.in(t.of.crossing)
	answers := make([]int, len(columns))
	for at, i := range in.row {
		d := in.domain[at]
		reason := t.read(columns, i, answers)
		w := t.who.add(v, i, d, reason)
		if reason != survey.Answered {
			continue
		}
		for k, place := range answers {
			t.made[d][t.of.first[k]+place]++
		}
		if w == 0 || t.patterns[d] == nil {
			continue
		}
		if !t.patterns[d].Add(answers, w) {
			t.who.refused = true
		}
		t.bound(int(d))
	}
}

// read fills in the places of the choices of response i, or says why it cannot.
func (t *patternTally) read(columns []*dataset.Column, i int32, answers []int) survey.Reason {
	for k, c := range columns {
		if reason := c.Reasons[i]; reason != survey.Answered {
			return reason
		}
		code := c.Codes[i]
		if uint(code) >= uint(len(t.of.places[k])) || t.of.places[k][code] < 0 {
			return survey.Invalid
		}
		answers[k] = t.of.places[k][code]
	}
	return survey.Answered
}

// patternMaker makes the table of patterns from the estimator at a place.
type patternMaker int

func (m patternMaker) table(t *Tally, r table.Row) (*table.Table, []finding.Finding) {
	tally := t.estimators[t.ownAt+int(m)].(*patternTally)
	look := model(axesOf(tally.of))
	if r.Analysis == table.LatentClasses {
		look = classesOf(tally.of, r.Classes)
	}
	out := t.emptyTable(r, t.crossings[tally.of.crossing], look.names())
	var findings []finding.Finding
	for d := range out.Domains {
		base := tally.who.base(d)
		out.Domains[d].Base = base
		why := tally.who.trouble(d)
		if why == "" && tally.patterns[d] == nil {
			why = Crowded
			findings = []finding.Finding{crowded(r.Item)}
		}
		if why == "" {
			var tests []table.Test
			out.Cells[d], tests, why = look.figures(tally.patterns[d].Patterns(), tally.made[d])
			for _, test := range tests {
				test.N, test.Between = base.Answered(), [2]int{d, d}
				out.Tests = append(out.Tests, test)
			}
		}
		if why != "" {
			out.Cells[d] = nil
			for range out.Choices {
				out.Cells[d] = append(out.Cells[d], without(why))
			}
		}
	}
	if tally.who.refused {
		findings = append(findings, tooLarge(r.Item))
	}
	return out, findings
}

// model is what is made of patterns: a figure for each name, each with the
// respondents that it speaks of, and how well they fit as tests.
type model interface {
	names() []string
	figures(p multivariate.Patterns, made []int64) (cells []table.Estimate, fit []table.Test, why string)
}

func crowded(item string) finding.Finding {
	return finding.Finding{
		Stage: stage, Kind: "too-many-patterns", Severity: finding.Warning, Place: finding.Place{Item: item},
		Problem: fmt.Sprintf("The items beside %s were answered in more than %d ways together.", item, mostPatterns),
		Remedy:  "Look at fewer items together, or merge choices.",
	}
}
