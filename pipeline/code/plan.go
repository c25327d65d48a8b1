package code

import (
	"fmt"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// plan is what is coded, and the survey with the items that coding adds.
type plan struct {
	open   []*survey.Item // the open items, in survey order
	items  []codedItem
	survey *survey.Survey
}

// codedItem is a derived item of codes.
type codedItem struct {
	name  string
	open  string // the open item it comes from; empty for the union of all
	level int
}

func (p plan) atLevel(level int) []codedItem {
	var out []codedItem
	for _, it := range p.items {
		if it.level == level {
			out = append(out, it)
		}
	}
	return out
}

func newPlan(d *dataset.Dataset, cb *Codebook, cfg Config) (plan, []finding.Finding) {
	p := plan{survey: d.Survey}
	var findings []finding.Finding
	p.open, findings = openItems(d, cfg)
	if finding.Refused(findings) {
		return p, findings
	}
	if len(p.open) == 0 {
		return p, append(findings, note("no-open-items", finding.Place{}, "The survey has no open answers to be coded.", "Remove \"code\" from the config, or name the items to be coded."))
	}
	sensitive := slices.ContainsFunc(cb.Codes, func(t Theme) bool { return t.Sensitive })
	var items []survey.Item
	union := survey.Item{Name: AllItem, Path: AllItem, Type: survey.SelectMultiple, List: ListName, Label: cb.Title, Derived: ListName, Role: roleOf(sensitive)}
	respondents := false
	for _, it := range p.open {
		items = append(items, survey.Item{
			Name: it.Name + Suffix, Path: it.Path + Suffix, Type: survey.SelectMultiple, List: ListName,
			Level: it.Level, Label: it.Label, Short: it.Short, Chapter: it.Chapter, Derived: it.Name,
			Role: roleOf(sensitive || it.Role == survey.Sensitive),
		})
		p.items = append(p.items, codedItem{name: it.Name + Suffix, open: it.Name, level: it.Level})
		if it.Level == 0 {
			respondents = true
			if it.Role == survey.Sensitive {
				union.Role = survey.Sensitive
			}
		}
	}
	if respondents {
		items = append(items, union)
		p.items = append(p.items, codedItem{name: AllItem})
		if len(cb.Title) == 0 {
			findings = append(findings, note("no-title", finding.Place{File: cb.file}, "The codebook has no title, so the item "+AllItem+" is shown by its name.", "Add \"title\" with a label in each language."))
		}
	}
	if d.Survey.List(ListName) != nil {
		findings = append(findings, refuse("list-taken", finding.Place{}, "The survey already has a choice list "+ListName+".", "Rename the list in the form."))
		return p, findings
	}
	findings = append(findings, unlabelled(cb, d.Survey)...)
	wide, more := d.Survey.With(items, []*survey.ChoiceList{cb.list()})
	for _, f := range more {
		f.Stage = "code"
		findings = append(findings, f)
	}
	p.survey = wide
	return p, findings
}

func roleOf(sensitive bool) survey.Role {
	if sensitive {
		return survey.Sensitive
	}
	return survey.Plain
}

// list returns the codes as a choice list, in the order of the codebook.
func (cb *Codebook) list() *survey.ChoiceList {
	choices := make([]survey.Choice, len(cb.Codes))
	for i, c := range cb.Codes {
		choices[i] = survey.Choice{Name: c.ID, Label: c.Label}
	}
	return survey.NewChoiceList(ListName, choices)
}

// unlabelled reports codes without a label in the default language.
func unlabelled(cb *Codebook, s *survey.Survey) []finding.Finding {
	var out []finding.Finding
	for _, c := range cb.Codes {
		if _, ok := c.Label.In(s.Default, ""); !ok && s.Default != "" {
			f := note("no-label", finding.Place{File: cb.file}, fmt.Sprintf("The code %s has no label in the default language of the survey, %s.", c.ID, s.Default), "Add the label; until then its id is shown.")
			f.Severity = finding.Warning
			out = append(out, f)
		}
	}
	return out
}

// openItems returns the items to be coded, in survey order: those that the config
// names, or all that respondents are asked once.
func openItems(d *dataset.Dataset, cfg Config) ([]*survey.Item, []finding.Finding) {
	open, findings := d.Survey.OpenItems(d.Holds, cfg.Items, "code.items", "coded")
	return slices.DeleteFunc(open, func(it *survey.Item) bool {
		return len(cfg.Items) == 0 && it.Level > 0 || len(cfg.Items) > 0 && !slices.Contains(cfg.Items, it.Name)
	}), findings
}

func refuse(kind string, place finding.Place, problem, remedy string) finding.Finding {
	return finding.Finding{Stage: "code", Kind: kind, Severity: finding.Refusal, Place: place, Problem: problem, Remedy: remedy}
}

func note(kind string, place finding.Place, problem, remedy string) finding.Finding {
	return finding.Finding{Stage: "code", Kind: kind, Severity: finding.Note, Place: place, Problem: problem, Remedy: remedy}
}
