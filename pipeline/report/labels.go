package report

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// labels gives the words of the form in a language and counts those it lacks.
type labels struct {
	l        *lang.Language
	fallback string
	missing  map[string]bool
}

// item returns the short label of an item.
func (b *labels) item(i *survey.Item) string {
	return b.of("item "+i.Name, i.Short, i.Label, i.Name)
}

// question returns the wording of an item.
func (b *labels) question(i *survey.Item) string {
	if s, ok := i.Label.In(b.l.Tag, b.fallback); s != "" {
		b.note("item "+i.Name, ok)
		return b.whole(s)
	}
	return b.item(i)
}

// choice returns the label of a choice of an item by its name.
func (b *labels) choice(s *survey.Survey, i *survey.Item, name string) string {
	for _, c := range s.Choices(i) {
		if c.Name == name {
			return b.of("choice "+i.List+" "+name, c.Short, c.Label, name)
		}
	}
	return name
}

// group returns the label of a group, "" when it has none.
func (b *labels) group(g survey.Group) string {
	s, ok := g.Label.In(b.l.Tag, b.fallback)
	if s != "" {
		b.note("group "+g.Path, ok)
	}
	return b.whole(s)
}

// text returns wording from elsewhere than the form, such as a component's.
func (b *labels) text(what string, t survey.Text) string {
	s, ok := t.In(b.l.Tag, b.fallback)
	if s == "" {
		s, _ = t.In("en", "")
	}
	b.note(what, ok)
	return b.whole(s)
}

func (b *labels) of(what string, short, label survey.Text, name string) string {
	b.note(what, strings.TrimSpace(short[b.l.Tag]) != "" || strings.TrimSpace(label[b.l.Tag]) != "")
	return b.whole(survey.Shorter(short, label, name, b.l.Tag, b.fallback))
}

func (b *labels) note(what string, has bool) {
	if !has {
		b.missing[what] = true
	}
}

// Isolates keep a label from changing the order of the sentence around it.
const (
	firstStrong = "\u2068"
	popIsolate  = "\u2069"
)

// whole isolates a label that reads against the direction of the report.
func (b *labels) whole(s string) string {
	for _, r := range s {
		if unicode.IsLetter(r) {
			if unicode.In(r, unicode.Arabic, unicode.Hebrew) == b.l.RTL {
				return s
			}
			return firstStrong + s + popIsolate
		}
	}
	return s
}

// bareLabel is a label without its isolates.
func bareLabel(s string) string {
	return strings.TrimSuffix(strings.TrimPrefix(s, firstStrong), popIsolate)
}

// findings says how many labels the language lacks.
func (b *labels) findings() []finding.Finding {
	if len(b.missing) == 0 {
		return nil
	}
	return []finding.Finding{{
		Stage: "report", Kind: "missing-labels", Severity: finding.Warning,
		Problem: fmt.Sprintf("The form lacks %d label(s) in the language %s; the report shows them in the default language, %s.", len(b.missing), b.l.Tag, b.fallback),
		Remedy:  "Add the labels to the form, or leave the language out of \"languages\".",
	}}
}
