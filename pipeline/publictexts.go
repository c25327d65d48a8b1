package pipeline

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/brief"
	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/identity"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// publicText is wording that stands in published files whatever is answered.
type publicText struct {
	what  string   // in words, as "the label"
	names []string // by which identities.vouched may name it, the usual one first
	place finding.Place
	texts []string // in each language
}

// identitiesIn returns the classes of identities in texts, each once. The
// website of an organisation is none; somebody's profile is.
func identitiesIn(texts ...string) []string {
	var out []string
	for _, text := range texts {
		for _, m := range identity.Find(text) {
			if c := string(m.Class); m.Class != identity.URL && !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	slices.Sort(out)
	return out
}

// wordings returns the texts of several labels in a fixed order.
func wordings(texts ...survey.Text) []string {
	var out []string
	for _, t := range texts {
		for _, tag := range slices.Sorted(maps.Keys(t)) {
			out = append(out, t[tag])
		}
	}
	return out
}

// publicTexts returns what stands in pages, results and codebook of the form and
// of what is derived. Hints and messages are not among them: see withoutHints.
func (c Config) publicTexts(s *survey.Survey) []publicText {
	form := finding.Place{File: c.Survey.name()}
	var versions []string
	for _, l := range s.Languages {
		versions = append(versions, l.Name)
	}
	out := []publicText{{what: "the title, id, version or a language of the form", place: form, texts: append(append(wordings(s.Title), s.ID, s.Version), versions...)}}
	for _, g := range s.Groups {
		out = append(out, publicText{"the name or label of a group", []string{g.Name, g.Path}, form, append(wordings(g.Label), g.Name)})
	}
	for _, l := range s.Levels {
		out = append(out, publicText{"the name or label of a repeat", []string{l.Name, l.Path}, form, append(wordings(l.Label), l.Name)})
	}
	out = append(out, c.ownTexts()...)
	users := map[string][]*survey.Item{} // of lists
	for i := range s.Items {
		item := &s.Items[i]
		if !published(item) {
			continue
		}
		texts := append(wordings(item.Label, item.Short), item.Name, item.Chapter, item.Constraint, item.Filter, item.Calculate)
		texts = append(texts, item.Relevant...)
		for _, f := range item.Former {
			texts = append(append(texts, wordings(f.Label)...), f.Name)
		}
		out = append(out, publicText{"the name, label or a condition of the item", []string{item.Name, item.Derived}, item.Place, texts})
		if item.Type.HasChoices() {
			users[item.List] = append(users[item.List], item)
		}
	}
	for _, l := range s.Lists {
		for at, choice := range l.Choices {
			texts := append(wordings(choice.Label, choice.Short), choice.Name)
			for _, f := range choice.Former {
				texts = append(append(texts, wordings(f.Label)...), f.Name)
			}
			for _, item := range users[l.Name] {
				t := publicText{fmt.Sprintf("choice %d", at+1), []string{item.Name, l.Name, item.Derived}, item.Place, texts}
				if l.Name == code.ListName {
					t.place = finding.Place{File: c.Code.Codebook}
				}
				if !c.vouches(t) || len(identitiesIn(texts...)) == 0 {
					out = append(out, t)
					break // of a list that many items share, once
				}
			}
		}
	}
	return out
}

// published reports whether an item stands in published files.
func published(item *survey.Item) bool {
	return item.Type.HasAnswer() && item.Role != survey.Identifying
}

// vouches reports whether the config vouches for a text.
func (c Config) vouches(t publicText) bool {
	return slices.ContainsFunc(t.names, func(name string) bool { return name != "" && slices.Contains(c.Identities.Vouched, name) })
}

// identifyingTexts refuses texts that would be published and hold an identity.
// Neither the text nor a name that holds one is told.
func (c Config) identifyingTexts(stage string, texts []publicText) []finding.Finding {
	var out []finding.Finding
	for _, t := range texts {
		classes := identitiesIn(t.texts...)
		if len(classes) == 0 || c.vouches(t) {
			continue
		}
		place := t.place
		if place.File == "" {
			place.File = c.file
		}
		if len(identitiesIn(place.Item, place.Column)) > 0 {
			place.Item, place.Column = "", ""
		}
		what, remedy := t.what, "Take it out."
		if name := firstName(t.names); name != "" && len(identitiesIn(name)) == 0 {
			what += " " + name
			if strings.HasPrefix(t.what, "choice ") {
				what = t.what + " of the item " + name
			}
			remedy = "Take it out; if everybody may have it, as the number of a hotline, name " + name + " under identities.vouched in the config."
		}
		out = append(out, finding.Finding{
			Stage: stage, Kind: "identities-published", Severity: finding.Refusal, Place: place,
			Problem: fmt.Sprintf("A text that would be published holds what identifies somebody (%s): %s.", strings.Join(classes, ", "), what),
			Remedy:  remedy,
		})
	}
	return out
}

func firstName(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return names[0]
}

// ownWords warns of identities in the words of the report that analysts wrote
// themselves: an address for questions belongs there.
func (c Config) ownWords() []finding.Finding {
	var out []finding.Finding
	for _, w := range []struct {
		key  string
		text survey.Text
	}{{"title", c.Report.Title}, {"notice", c.Report.Notice}, {"source", c.Report.Source}, {"population", c.Report.Population},
		{"brand.name", c.Report.Brand.Name}, {"brand.logo_alt", c.Report.Brand.LogoAlt}, {"brand.funder", c.Report.Brand.Funder}, {"brand.licence", c.Report.Brand.Licence}, {"brand.contact", c.Report.Brand.Contact}, {"brand.authors", c.Report.Brand.Authors}} {
		if classes := identitiesIn(wordings(w.text)...); len(classes) > 0 {
			out = append(out, finding.Finding{
				Stage: "survey", Kind: "identities-in-words", Severity: finding.Warning, Place: c.at("report." + w.key),
				Problem: fmt.Sprintf("report.%s is published and holds what identifies somebody (%s).", w.key, strings.Join(classes, ", ")),
				Remedy:  "Leave it if it is the address for questions; otherwise take it out.",
			})
		}
	}
	return out
}

// withoutHints puts words in the place of identities in hints and messages of
// constraints. They stand in the codebook alone, often as an example of how to
// answer, and no answer is found by them.
func (c Config) withoutHints(s *survey.Survey) (*survey.Survey, []finding.Finding) {
	out := *s
	out.Items = slices.Clone(s.Items)
	var findings []finding.Finding
	for i := range out.Items {
		item := &out.Items[i]
		t := publicText{names: []string{item.Name, item.Derived}}
		classes := identitiesIn(wordings(item.Hint, item.Message)...)
		if !published(item) || len(classes) == 0 || c.vouches(t) {
			continue
		}
		item.Hint, item.Message = redacted(item.Hint), redacted(item.Message)
		place := item.Place
		if len(identitiesIn(place.Item, place.Column)) > 0 {
			place.Item, place.Column = "", ""
		}
		findings = append(findings, finding.Finding{
			Stage: "survey", Kind: "identities-in-hint", Severity: finding.Warning, Place: place,
			Problem: fmt.Sprintf("The hint or the message of a constraint holds what identifies somebody (%s); words stand in its place in the codebook.", strings.Join(classes, ", ")),
			Remedy:  "Nothing is to be done. To publish it as it is, name the item under identities.vouched in the config.",
		})
	}
	if len(findings) == 0 {
		return s, nil
	}
	changed, more := survey.New(out)
	return changed, append(findings, more...)
}

func redacted(t survey.Text) survey.Text {
	if t == nil {
		return nil
	}
	out := survey.Text{}
	for tag, text := range t {
		out[tag], _ = identity.Redact(text, tag)
	}
	return out
}

// publishable looks at the form before any answer is read.
func (c Config) publishable(s *survey.Survey) (*survey.Survey, []finding.Finding) {
	findings := append(c.identifyingTexts("survey", c.publicTexts(s)), c.ownWords()...)
	s, more := c.withoutHints(s)
	return s, append(findings, more...)
}

// publishableMade looks at what was derived and at the components, and refuses
// names under identities.vouched that nothing has: misspelt, they vouch for
// nothing.
func (c Config) publishableMade(s *survey.Survey, made *brief.Components) []finding.Finding {
	texts := c.publicTexts(s)
	if made != nil {
		for _, k := range made.Components {
			texts = append(texts, publicText{"the id, label or purpose of the component", []string{k.ID}, finding.Place{File: c.Brief.Components}, append(wordings(k.Label, k.Purpose), k.ID)})
		}
	}
	findings := c.identifyingTexts("plan", texts)
	known := map[string]bool{}
	for _, t := range texts {
		for _, name := range t.names {
			known[name] = true
		}
	}
	for _, l := range s.Lists {
		known[l.Name] = true
	}
	for i, name := range c.Identities.Vouched {
		if !known[name] || name == "" {
			findings = append(findings, finding.Finding{
				Stage: "plan", Kind: "unknown-item", Severity: finding.Refusal, Place: c.at("identities.vouched"),
				Problem: fmt.Sprintf("Entry %d of identities.vouched names no item, list of choices, group, repeat or component.", i+1),
				Remedy:  "Correct the name, or remove it: as it stands it vouches for nothing.",
			})
		}
	}
	return findings
}
