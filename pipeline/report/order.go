package report

import (
	"slices"
	"strings"
	"unicode"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// part is a chapter of the form with its items in the order in which they are reported.
type part struct {
	only     bool   // there is no other
	word     string // the form's word for the chapter, "" when it has none
	sections []section
}

// section is the items of one group within a chapter.
type section struct {
	group string // path of the outermost group, "" outside all groups
	items []*survey.Item
}

// parts puts items into the chapters of the form, in order of first mention.
// Items without a chapter go by their outermost group; those without either
// come last.
func parts(items []*survey.Item) []part {
	var out []part
	var rest part
	at := map[string]int{}
	for _, i := range items {
		group, _, inGroup := strings.Cut(i.Path, "/")
		if !inGroup {
			group = ""
		}
		key := "chapter " + i.Chapter
		if i.Chapter == "" {
			key = "group " + group
		}
		if i.Chapter == "" && group == "" {
			rest.add(group, i)
			continue
		}
		n, known := at[key]
		if !known {
			n, at[key] = len(out), len(out)
			out = append(out, part{word: i.Chapter})
		}
		out[n].add(group, i)
	}
	if len(rest.sections) > 0 {
		rest.only = len(out) == 0
		out = append(out, rest)
	}
	return out
}

func (p *part) add(group string, i *survey.Item) {
	for k := range p.sections {
		if p.sections[k].group == group {
			p.sections[k].items = append(p.sections[k].items, i)
			return
		}
	}
	p.sections = append(p.sections, section{group: group, items: []*survey.Item{i}})
}

// inOrder returns the items of the survey with each derived item after the one
// it comes from; derived items that come from no item stay last.
func inOrder(s *survey.Survey) []*survey.Item {
	after := map[string][]*survey.Item{}
	for i := range s.Items {
		if from := s.Items[i].Derived; from != "" {
			if _, ok := s.Item(from); ok {
				after[from] = append(after[from], &s.Items[i])
			}
		}
	}
	var out []*survey.Item
	for i := range s.Items {
		it := &s.Items[i]
		if !slices.Contains(after[it.Derived], it) {
			out = append(out, it)
			out = append(out, after[it.Name]...)
		}
	}
	return out
}

// unit is what one figure shows: one item, or neighbouring items on one scale.
type unit []*survey.Item

// units groups neighbouring items of one scale in one group into batteries.
func units(s *survey.Survey, items []*survey.Item) []unit {
	var out []unit
	for _, i := range items {
		if n := len(out); n > 0 {
			before := out[n-1][0]
			if survey.SameBattery(before, i) && scaleOf(s, before) != nil && scaleOf(s, i) != nil {
				out[n-1] = append(out[n-1], i)
				continue
			}
		}
		out = append(out, unit{i})
	}
	return out
}

// chapterWord is the form's word for a chapter without its number.
func chapterWord(word string) string {
	return strings.TrimSpace(strings.TrimLeftFunc(word, func(r rune) bool {
		return unicode.IsDigit(r) || unicode.IsSpace(r) || r == '.' || r == ')'
	}))
}

// itemsToReport are the items of the survey that may have a figure.
func itemsToReport(s *survey.Survey, hidden map[string]bool) []*survey.Item {
	var out []*survey.Item
	for _, i := range inOrder(s) {
		if i.Role != survey.Identifying && !hidden[i.Name] && (i.Type.HasChoices() || i.Type.Numeric() || i.Type == survey.Calculated) {
			out = append(out, i)
		}
	}
	return out
}
