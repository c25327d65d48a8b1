package protect

import (
	"strings"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// perParameter is how many respondents a model needs for each of its figures: a
// model with nearly as many figures as there are respondents repeats answers.
const perParameter = 10

// enough reports whether n respondents bear a model of so many figures.
func (g *gate) enough(n float64, parameters int) bool {
	return n >= 2*g.k && n >= perParameter*float64(parameters)
}

func (g *gate) anyDiscrete(names []string) bool {
	for _, name := range names {
		if item, ok := g.survey.Item(name); !ok || g.discrete(item) {
			return true
		}
	}
	return false
}

// reliability opens the reliability of a scale. Of items with few answers it
// would say how often they go together.
func (g *gate) reliability(t *table.Table, v *verdict) {
	names := append([]string{t.Row.Item}, t.Row.With...)
	open := g.openRows(t)
	if !g.allClean(t) || g.anyDiscrete(names) {
		v.whole = whyBeside
		return
	}
	for d, domain := range t.Domains {
		if open[d] && g.enough(effective(domain.Base), len(names)) {
			v.openRow(d)
			v.base[d] = g.baseTells(t, d)
		}
	}
}

// correlation opens the correlation of an item with each of some others: with
// one of few answers only where the cross of the two is shown whole.
func (g *gate) correlation(t *table.Table, v *verdict) {
	open := g.openRows(t)
	if len(t.Choices) != len(t.Row.With) {
		v.whole = whyUnknown
		return
	}
	for d, domain := range t.Domains {
		same := open[d] && g.baseTells(t, d) && g.enough(float64(domain.Base.Answered()), 1)
		for _, e := range t.Cells[d] {
			same = same && e.Count == domain.Base.Answered()
		}
		v.base[d] = same // where pairs rest on different bases none is shown
	}
	for c, other := range t.Row.With {
		pair := []string{t.Row.Item, other}
		one := &table.Table{Row: table.Row{Item: t.Row.Item, With: []string{other}, By: t.Row.By}, Level: t.Level}
		if !g.allClean(one) || g.anyDiscrete(pair) && (len(t.Row.By) > 0 || !g.crossed(t.Level, t.Row.Item, other)) {
			continue
		}
		for d := range t.Domains {
			if open[d] && g.enough(float64(t.Cells[d][c].Count), 1) {
				v.open(d, c)
			}
		}
	}
}

// model opens the coefficients of a regression, all or none: every category of
// every predictor, that of reference too, needs 2k respondents, since a model
// can give back what each category says of the outcome. Where outcome and
// predictor have few answers each, their cross must be shown whole; otherwise
// means of the outcome by the predictor, if the plan has them, must be.
func (g *gate) model(t *table.Table, item *survey.Item, v *verdict) {
	if len(t.Row.By) > 0 || len(t.Row.With) == 0 || !g.allClean(t) {
		v.whole = whyBeside
		return
	}
	base := t.Domains[0].Base
	if !g.openRows(t)[0] || !g.enough(effective(base), len(t.Choices)) || !g.categories(t) {
		v.whole = whyModel
		return
	}
	for _, name := range t.Row.With {
		with, _ := g.survey.Item(name)
		switch {
		case !g.discrete(with):
		case g.discrete(item):
			if !g.crossed(t.Level, item.Name, name) {
				v.whole = whyBeside
				return
			}
		case !g.clean(t.Level, item.Name, []string{name}):
			v.whole = whyBeside
			return
		}
	}
	v.openRow(0)
	v.base[0] = g.baseTells(t, 0)
}

// categories reports whether every category of the predictors of a model has 2k
// respondents. A coefficient's name begins with that of its predictor, and its
// count is that of its category; what has another name is a constant or, of a
// scale, the border of two steps.
func (g *gate) categories(t *table.Table) bool {
	left := map[string]float64{}
	for _, name := range t.Row.With {
		if item, _ := g.survey.Item(name); item.Type.HasChoices() {
			left[name] = float64(t.Domains[0].Base.Answered())
		}
	}
	seen := map[string]bool{}
	for c, coefficient := range t.Choices {
		of := predictor(coefficient, t.Row.With)
		if of == "" {
			if !constant(coefficient) {
				return false
			}
			continue
		}
		seen[of] = true
		n := float64(t.Cells[0][c].Count)
		if n < 2*g.k {
			return false
		}
		if _, has := left[of]; has && coefficient != of {
			left[of] -= n
		}
	}
	for _, name := range t.Row.With {
		item, _ := g.survey.Item(name)
		if rest, has := left[name]; !seen[name] || has && item.Type == survey.SelectOne && rest < 2*g.k {
			return false
		}
	}
	return true
}

// predictor returns the item that a coefficient belongs to: the longest name
// that its own begins with.
func predictor(coefficient string, items []string) string {
	best := ""
	for _, name := range items {
		if strings.HasPrefix(coefficient, name) && len(name) > len(best) {
			best = name
		}
	}
	return best
}

func constant(coefficient string) bool {
	return strings.EqualFold(strings.Trim(coefficient, "()"), "intercept") || strings.Contains(coefficient, "|")
}

// answers returns how many answers the items of a row have, taken together, and
// how many patterns they make; the second stops growing when it is large.
func (g *gate) answers(t *table.Table) (categories int, patterns float64) {
	patterns = 1
	for _, name := range append([]string{t.Row.Item}, t.Row.With...) {
		item, _ := g.survey.Item(name)
		n := 0
		for _, c := range g.survey.Choices(item) {
			if c.Missing == survey.Answered {
				n++
			}
		}
		categories += n
		patterns *= float64(max(n, 1))
	}
	return categories, patterns
}

// unseen is how many dimensions of a correspondence analysis must stay unshown.
// It is as much as the crosses of the items two by two; with all dimensions the
// crosses could be worked out.
const unseen = 3

// correspondence opens the coordinates of categories, all or none: each needs k
// respondents, and the dimensions shown must leave out several.
func (g *gate) correspondence(t *table.Table, v *verdict) {
	items := 1 + len(t.Row.With)
	categories, _ := g.answers(t)
	if len(t.Row.By) > 0 || items < 3 || !g.allClean(t) {
		v.whole = whyBeside
		return
	}
	shown := (len(t.Choices) + categories - 1) / max(categories, 1)
	if !g.openRows(t)[0] || !g.enough(effective(t.Domains[0].Base), categories-items) || categories-items < shown+unseen || !g.counted(t) {
		v.whole = whyModel
		return
	}
	v.openRow(0)
	v.base[0] = g.baseTells(t, 0)
}

// classes opens latent classes, all or none: each needs k respondents, and the
// model must be much simpler than the patterns of answers it describes.
func (g *gate) classes(t *table.Table, v *verdict) {
	classes := max(t.Row.Classes, 2)
	items := 1 + len(t.Row.With)
	categories, patterns := g.answers(t)
	parameters := classes - 1 + classes*(categories-items)
	if len(t.Row.By) > 0 || items < 3 || !g.allClean(t) {
		v.whole = whyBeside
		return
	}
	if !g.openRows(t)[0] || !g.enough(effective(t.Domains[0].Base), parameters) || patterns < 2*float64(parameters) || !g.counted(t) {
		v.whole = whyModel
		return
	}
	v.openRow(0)
	v.base[0] = g.baseTells(t, 0)
}

// counted reports whether every cell of a model says how many respondents it
// speaks of, and that is k at least.
func (g *gate) counted(t *table.Table) bool {
	for _, e := range t.Cells[0] {
		if float64(e.Count) < g.k {
			return false
		}
	}
	return true
}
