package clean

import (
	"fmt"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/spelling"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// gate lets through the responses that gave consent.
type gate struct {
	item   *survey.Item // nil: every response passes
	accept []int32      // codes that give consent
	words  []string     // texts that do, where the item takes text
}

func newGate(d *dataset.Dataset, cfg Consent) (gate, []finding.Finding) {
	var findings []finding.Finding
	add := func(severity finding.Severity, kind, problem, remedy string) {
		findings = append(findings, finding.Finding{Stage: "clean", Kind: kind, Severity: severity,
			Place: finding.Place{Item: cfg.Item}, Problem: problem, Remedy: remedy})
	}
	if bad := (Config{Consent: cfg}).Validate(); len(bad) > 0 {
		return gate{}, bad
	}
	if cfg.Item == "" {
		add(finding.Note, "no-consent-item", "The config names no item that asks for consent, so every response is used.", "Add \"consent: {item: ..., accept: ...}\" if the form asks for consent.")
		return gate{}, findings
	}
	item, ok := d.Survey.Item(cfg.Item)
	switch {
	case !ok:
		add(finding.Refusal, "unknown-item", "Consent is to be read from the item "+cfg.Item+", which the survey does not have.", "Correct \"consent.item\" in the config.")
		return gate{}, findings
	case item.Level != 0 || !d.Levels[0].Layout.Has(cfg.Item):
		add(finding.Refusal, "consent-absent", "The answers hold no column for consent, "+cfg.Item+".", "Without it nobody's consent is known: add the column to the file of answers.")
		return gate{}, findings
	}
	g := gate{item: item}
	switch item.Type {
	case survey.SelectOne, survey.SelectMultiple:
		list := d.Survey.List(item.List)
		for _, name := range cfg.Accept {
			code, ok := list.Code(name)
			if !ok {
				add(finding.Refusal, "consent-accept", fmt.Sprintf("The item %s has no choice %q.", cfg.Item, name), spelling.DidYouMean(name, list.Names(), "Correct the name."))
				continue
			}
			g.accept = append(g.accept, code)
		}
	case survey.OpenText, survey.Calculated:
		g.words = cfg.Accept
	default:
		add(finding.Refusal, "consent-type", "Consent cannot be read from "+cfg.Item+", which is neither a choice nor a text.", "Name the item that asks for consent.")
	}
	return g, findings
}

// passes reports whether response i gave consent.
func (g gate) passes(row row, i int) bool {
	if g.item == nil {
		return true
	}
	a := row.answer(g.item.Name, i)
	switch g.item.Type {
	case survey.SelectOne:
		return slices.Contains(g.accept, a.Code)
	case survey.SelectMultiple:
		return slices.ContainsFunc(a.Set, func(c int32) bool { return slices.Contains(g.accept, c) })
	}
	return a.Reason == survey.Answered && slices.Contains(g.words, a.Text)
}
