package xlsform

import (
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// labelled is an item or a choice that should have a label in every language.
type labelled struct {
	label survey.Text
	place finding.Place
	name  string
}

// checkLabels warns of what has no label at all, one by one, and of what lacks
// it in one language: one finding a language, with the count and the first place.
func (r *reader) checkLabels(out *survey.Survey) {
	for _, each := range r.labels {
		if len(each.label) == 0 {
			r.add("missing-label", finding.Warning, each.place, "The "+each.name+" has no label.", "Write one; until then its name is shown.")
		}
	}
	for _, lang := range out.Languages {
		var first *labelled
		var count int64
		for i, each := range r.labels {
			if len(each.label) > 0 && each.label[lang.Tag] == "" {
				if count++; first == nil {
					first = &r.labels[i]
				}
			}
		}
		if count == 0 {
			continue
		}
		place := first.place
		place.Column = "label::" + lang.Name
		r.findings.Add(finding.Finding{Stage: "form", Kind: "missing-translation", Severity: finding.Warning, Place: place, Count: count,
			Problem: "A label is missing in " + lang.Name + ", first that of the " + first.name + ".",
			Remedy:  "Add the labels; until then those of another language are shown."})
	}
}

// labelTitle returns the title of the label column in a language.
func labelTitle(s *sheet, tag string) string {
	for _, i := range s.at["label"] {
		if s.columns[i].tag == tag {
			return s.columns[i].title
		}
	}
	return "label"
}
