package derive

import (
	"fmt"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/spelling"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// boundShare is a share whose items and choices have been found in the survey.
type boundShare struct {
	item  survey.Item
	parts []boundPart
}

type boundPart struct {
	item   string
	values []bool // by code: the choice is one of the values
}

// of returns the share of the parts that hold for response i, or why there is none.
func (s boundShare) of(columns []*dataset.Column, i int) (float64, survey.Reason) {
	asked, answered, holds := 0, 0, 0
	for k, c := range columns {
		if c.Reasons[i] != survey.NotAsked {
			asked++
		}
		if !c.Answered(i) {
			continue
		}
		answered++
		if s.parts[k].holds(c, i) {
			holds++
		}
	}
	switch {
	case asked == 0:
		return 0, survey.NotAsked
	case answered == 0:
		return 0, survey.NotAnswered
	}
	return float64(holds) / float64(answered), survey.Answered
}

func (p boundPart) holds(c *dataset.Column, i int) bool {
	if c.Item.Type == survey.SelectOne {
		return c.Codes[i] != dataset.NoCode && p.values[c.Codes[i]]
	}
	for _, code := range c.Set(i) {
		if p.values[code] {
			return true
		}
	}
	return false
}

// bind finds items and choices of all shares, and reports all that is not there.
func bind(d *dataset.Dataset, shares []Share) ([]boundShare, []finding.Finding) {
	b := binder{d: d}
	names := map[string]bool{}
	var out []boundShare
	for _, s := range shares {
		b.share = s.Name
		switch _, exists := d.Survey.Item(s.Name); {
		case s.Name == "":
			b.refuse("no-name", "has no name.", "Give it one.")
		case exists:
			b.refuse("duplicate-item", "has the name of an item of the survey.", "Give it a name of its own.")
		case names[s.Name]:
			b.refuse("duplicate-item", "stands twice.", "Give each derived item a name of its own.")
		case len(s.Parts) == 0:
			b.refuse("no-parts", "has no parts.", "Name at least one item and the choices that count.")
		}
		names[s.Name] = true
		out = append(out, b.bind(s))
	}
	return out, b.findings
}

type binder struct {
	d        *dataset.Dataset
	share    string
	findings []finding.Finding
}

func (b *binder) refuse(kind, problem, remedy string) { b.add(finding.Refusal, kind, problem, remedy) }

func (b *binder) add(severity finding.Severity, kind, problem, remedy string) {
	b.findings = append(b.findings, finding.Finding{
		Stage: "derive", Kind: kind, Severity: severity, Place: finding.Place{Item: b.share},
		Problem: strings.TrimSpace("The derived item "+b.share) + " " + problem, Remedy: remedy,
	})
}

func (b *binder) bind(s Share) boundShare {
	out := boundShare{item: survey.Item{Name: s.Name, Path: s.Name, Type: survey.Decimal, Label: s.Label, Derived: "share"}}
	for k, p := range s.Parts {
		item, ok := b.d.Survey.Item(p.Item)
		if !ok {
			b.refuse("unknown-item", "uses the item "+p.Item+", which the survey does not have.", didYouMean(p.Item, b.d.Survey.ItemNames()))
			continue
		}
		if !item.Type.HasChoices() {
			b.refuse("no-choices", "uses the item "+p.Item+", which has no choices.", "Use items with choices.")
			continue
		}
		if !b.d.Holds(item) {
			b.refuse("absent-item", "uses the item "+p.Item+", which the answers do not hold.", "Leave the part out, or add the column to the file of answers.")
			continue
		}
		if k > 0 && len(out.parts) > 0 && item.Level != out.item.Level {
			b.refuse("levels", fmt.Sprintf("mixes %s with items of another level.", p.Item), "Use items that are asked at one level.")
			continue
		}
		out.item.Level = item.Level
		if item.Role == survey.Sensitive {
			out.item.Role = survey.Sensitive
		}
		out.parts = append(out.parts, b.part(item, p))
	}
	return out
}

func (b *binder) part(item *survey.Item, p Part) boundPart {
	list := b.d.Survey.List(item.List)
	out := boundPart{item: item.Name, values: make([]bool, len(list.Choices))}
	if len(p.Values) == 0 {
		b.refuse("no-values", "names no choice of the item "+item.Name+".", "Name the choices that count.")
	}
	for _, v := range p.Values {
		code, ok := list.Code(v)
		switch {
		case !ok:
			b.refuse("unknown-choice", fmt.Sprintf("uses the choice %q, which the item %s does not have.", v, item.Name), didYouMean(v, list.Names()))
			continue
		case list.Choices[code].Missing != survey.Answered:
			b.add(finding.Warning, "missing-choice", fmt.Sprintf("uses the choice %q of the item %s, which stands for a missing answer and never counts.", v, item.Name), "Leave the choice out.")
		}
		out.values[code] = true
	}
	return out
}

func didYouMean(name string, among []string) string {
	return spelling.DidYouMean(name, among, "Correct the name, or leave the part out.")
}
