package pipeline

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/derive"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// deriveItems adds the items that the config and the form define.
func (r *run) deriveItems(s at, d *dataset.Dataset) (*dataset.Dataset, error) {
	definitions := r.config.definitions(d.Survey)
	out, findings, err := derive.Items(r.ctx, r.engine, d, definitions)
	s.found(findings)
	if err != nil || finding.Refused(findings) {
		return nil, err
	}
	r.config.Disclosure.Country = derive.WithMade(r.config.Disclosure.Country, definitions)
	r.config.Disclosure.Identity = derive.WithMade(r.config.Disclosure.Identity, definitions)
	return out, nil
}

// definitions returns what is to be derived: merged choices and bands of items,
// then the list of the config, then the form's sheet of indicators.
func (c Config) definitions(s *survey.Survey) []derive.Definition {
	var out []derive.Definition
	for _, name := range slices.Sorted(maps.Keys(c.Items)) {
		say := c.Items[name]
		if len(say.Merge) > 0 {
			out = append(out, derive.Merged(name, say.Merge, c.at("items."+name+".merge")))
		}
		if len(say.Bands) > 0 {
			out = append(out, derive.Banded(name, say.Bands, c.at("items."+name+".bands")))
		}
	}
	for i, d := range c.Derive {
		d.Place = c.at(fmt.Sprintf("derive[%d]", i))
		if d.Expression != "" {
			d.Place = c.at(fmt.Sprintf("derive[%d].expression", i))
		}
		out = append(out, d)
	}
	for _, i := range s.Indicators {
		out = append(out, derive.Definition{
			Name: i.Name, Label: i.Label, Type: i.Type, List: i.List, Expression: i.Expression, Level: i.Level, Place: i.Place,
		})
	}
	return out
}

func (c Config) at(key string) finding.Place {
	return finding.Place{File: c.file, Row: c.line(key)}
}

// derives reports whether a name is that of an item yet to be derived.
func (c Config) derives(name string, s *survey.Survey) bool {
	return slices.ContainsFunc(c.definitions(s), func(d derive.Definition) bool { return d.Name == name })
}

// onlyHides refuses what "items" says of a derived item beyond hiding it.
func (c Config) onlyHides(name string) []finding.Finding {
	say := c.Items[name]
	if say.Role == "" && len(say.Label) == 0 && len(say.Merge) == 0 && len(say.Bands) == 0 && len(say.Scores) == 0 {
		return nil
	}
	return []finding.Finding{{
		Stage: "survey", Kind: "derived-item", Severity: finding.Refusal, Place: c.at("items." + name),
		Problem: "The config says under \"items\" more than \"hide\" of " + name + ", which is a derived item.",
		Remedy:  "Say it where the item is derived: \"label\", \"role\" and the scores of \"choices\" stand there.",
	}}
}

// scored gives choices the scores that the config says. Items that share a list
// and its scores go on sharing one.
func (c Config) scored(s *survey.Survey) (*survey.Survey, []finding.Finding) {
	var findings []finding.Finding
	out := *s
	out.Items, out.Lists = slices.Clone(s.Items), slices.Clone(s.Lists)
	made := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(c.Items)) {
		scores := c.Items[name].Scores
		at, ok := s.Index(name)
		if len(scores) == 0 || !ok {
			continue
		}
		refuse := func(problem, remedy string) {
			findings = append(findings, finding.Finding{
				Stage: "survey", Kind: "scores", Severity: finding.Refusal, Place: c.at("items." + name + ".scores"), Problem: problem, Remedy: remedy,
			})
		}
		list := s.List(s.Items[at].List)
		if s.Items[at].Type != survey.SelectOne || list == nil {
			refuse("The config gives scores to the choices of "+name+", which is no single-choice item.", "Remove them.")
			continue
		}
		choices, key := slices.Clone(list.Choices), list.Name
		for i := range choices {
			choices[i].Score = nil
			if score, ok := scores[choices[i].Name]; ok {
				choices[i].Score = &score
			}
			key += fmt.Sprint(" ", scores[choices[i].Name], choices[i].Score != nil)
		}
		for _, choice := range slices.Sorted(maps.Keys(scores)) {
			if _, ok := list.Code(choice); !ok {
				refuse(fmt.Sprintf("The config gives a score to the choice %q, which %s does not have.", choice, name), "Correct the name of the choice.")
			}
		}
		if made[key] == "" {
			made[key] = list.Name + "_scored"
			for slices.ContainsFunc(out.Lists, func(l *survey.ChoiceList) bool { return l.Name == made[key] }) {
				made[key] += "_"
			}
			out.Lists = append(out.Lists, survey.NewChoiceList(made[key], choices))
		}
		out.Items[at].List = made[key]
	}
	wide, more := survey.New(out)
	return wide, append(findings, more...)
}

// withoutSources takes out of a guessed plan the items that stand in it once
// more with other choices: the figures of both together could give back what is
// withheld of either. Domains that the config names stay.
func withoutSources(p table.Plan, s *survey.Survey, domains []string) (table.Plan, []finding.Finding) {
	replaced := map[string]string{}
	for i := range s.Items {
		source, ok := s.Item(s.Items[i].Derived)
		if ok && source.Type.HasChoices() && s.Items[i].Type.HasChoices() && s.Items[i].List != source.List && s.Items[i].Place != (finding.Place{}) && !slices.Contains(domains, source.Name) {
			replaced[source.Name] = s.Items[i].Name
		}
	}
	var findings []finding.Finding
	left := map[string]bool{}
	p.Rows = slices.DeleteFunc(p.Rows, func(row table.Row) bool {
		for _, name := range append([]string{row.Item}, row.By...) {
			if replaced[name] != "" {
				left[name] = true
				return true
			}
		}
		return false
	})
	if len(left) > 0 {
		var pairs []string
		for _, name := range slices.Sorted(maps.Keys(left)) {
			pairs = append(pairs, name+" ("+replaced[name]+")")
		}
		findings = append(findings, finding.Finding{
			Stage: "plan", Kind: "replaced-items", Severity: finding.Note,
			Problem: "These items are left out of the plan, since the derived items in brackets have their answers in other choices: " + strings.Join(pairs, ", ") + ".",
			Remedy:  "Figures of both could together give back what is withheld. Write a plan sheet to choose otherwise.",
		})
	}
	return p, findings
}

// linked warns of derived items whose figures stand in the plan beside those of
// an item that they are made of: protection looks at each by itself.
func linked(p table.Plan, s *survey.Survey, definitions []derive.Definition) []finding.Finding {
	there := map[string]bool{}
	for _, row := range p.Rows {
		for _, name := range append([]string{row.Item}, row.By...) {
			if item, ok := s.Item(name); ok && item.Type.HasChoices() {
				there[name] = true
			}
		}
	}
	var pairs []string
	for _, d := range definitions {
		for _, need := range d.Needs() {
			if there[d.Name] && there[need] {
				pairs = append(pairs, d.Name+" and "+need)
			}
		}
	}
	if len(pairs) == 0 {
		return nil
	}
	return []finding.Finding{{
		Stage: "plan", Kind: "linked-items", Severity: finding.Warning,
		Problem: "Of these items one is made of the other, and the plan has both: " + strings.Join(pairs, ", ") + ". What is withheld of one may follow from the other, which nobody checks.",
		Remedy:  "Leave one of each two, or its breakdowns, out of the plan sheet.",
	}}
}
