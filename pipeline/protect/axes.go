package protect

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// axes names the variables of a ledger and says where on them answers lie.
type axes struct {
	survey *survey.Survey
	config Config
	nets   map[string]ledger.Variable // of several choices, met so far
	extra  map[string]ledger.Variable // that are no items
	sets   map[string]bool            // items whose combinations were met
	unions []ledger.Union             // that tell of combinations which choices they hold
}

func newAxes(s *survey.Survey, cfg Config) *axes {
	return &axes{survey: s, config: cfg, nets: map[string]ledger.Variable{}, extra: map[string]ledger.Variable{}, sets: map[string]bool{}}
}

// categories returns values as they stand in coordinates.
func categories(values ...string) ledger.Values {
	out := make(ledger.Values, len(values))
	for i, v := range values {
		out[i] = ledger.Category(v)
	}
	return out
}

// choice returns where those stand who chose any of some values.
func (a *axes) choice(item *survey.Item, values ...string) (variable string, at ledger.Values) {
	if item.Type != survey.SelectMultiple {
		return item.Name, categories(values...)
	}
	name := ledger.Option(item.Name, values...)
	if len(values) > 1 {
		a.nets[name] = a.net(item, values)
	}
	return name, ledger.Values{"yes"}
}

func (a *axes) net(item *survey.Item, values []string) ledger.Variable {
	v := a.variable(item)
	v.Name, v.Net, v.Categories = ledger.Option(item.Name, values...), slices.Clone(values), []string{"yes", "no"}
	return v
}

// whoAnswered returns the variable that says whether an item was answered: of
// an item of several choices that of any option, since they share it.
func (a *axes) whoAnswered(item *survey.Item) string {
	if item.Type == survey.SelectMultiple {
		for _, c := range a.answers(item) {
			return ledger.Option(item.Name, c.Name)
		}
	}
	return item.Name
}

// answers returns the choices of an item that are answers.
func (a *axes) answers(item *survey.Item) []survey.Choice {
	return slices.DeleteFunc(slices.Clone(a.survey.Choices(item)), func(c survey.Choice) bool { return c.Missing != survey.Answered })
}

// variable returns what all variables of an item share.
func (a *axes) variable(item *survey.Item) ledger.Variable {
	v := ledger.Variable{
		Name: item.Name, Item: item.Name, Missing: ledger.Reasons(), Sensitive: item.Role == survey.Sensitive,
		Country: slices.Contains(a.config.Country, item.Name), Identity: slices.Contains(a.config.Identity, item.Name),
	}
	if item.Level > 0 && item.Level < len(a.survey.Levels) {
		v.Level = a.survey.Levels[item.Level].Name
	}
	return v
}

// variables returns the variables of every item that can be counted, in the
// order of the form, with the nets met after their options.
func (a *axes) variables() []ledger.Variable {
	if a.survey == nil {
		return nil
	}
	var out []ledger.Variable
	for i := range a.survey.Items {
		item := &a.survey.Items[i]
		v := a.variable(item)
		switch {
		case item.Type.Numeric():
			v.Number = true
			out = append(out, v)
		case item.Type == survey.SelectMultiple:
			for _, c := range a.answers(item) {
				v.Name, v.Option, v.Categories = ledger.Option(item.Name, c.Name), c.Name, []string{"yes", "no"}
				out = append(out, v)
			}
			for _, name := range sortedKeys(a.nets) {
				if a.nets[name].Item == item.Name {
					out = append(out, a.nets[name])
				}
			}
		case item.Type.HasChoices():
			for _, c := range a.answers(item) {
				name := categories(c.Name)[0]
				v.Categories = append(v.Categories, name)
				if c.Score != nil && item.Type == survey.SelectOne {
					if v.Scores == nil {
						v.Scores = map[string]float64{}
					}
					v.Scores[name] = *c.Score
				}
			}
			out = append(out, v)
		}
	}
	for _, name := range sortedKeys(a.extra) {
		out = append(out, a.extra[name])
	}
	return out
}

// need adds the net that a variable's name is of, where it is one.
func (a *axes) need(name string) {
	if a.survey == nil {
		return
	}
	for i := range a.survey.Items {
		item := &a.survey.Items[i]
		options, is := strings.CutPrefix(name, item.Name+"/")
		if !is || item.Type != survey.SelectMultiple {
			continue
		}
		if parts := strings.Split(options, "|"); len(parts) > 1 {
			a.nets[name] = a.net(item, parts)
		}
	}
}

func sortedKeys(m map[string]ledger.Variable) []string {
	out := make([]string, 0, len(m))
	for name := range m {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}
