package pipeline

import (
	"fmt"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/identity"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// withoutIdentities makes single-choice items of a drafted form texts where a
// choice holds an identity. Choices of a draft are answers, and would be
// published by name; another word in the place of one would bind no answer,
// while a text keeps them all and is published nowhere.
func withoutIdentities(drafted *survey.Survey) (*survey.Survey, []finding.Finding) {
	out := *drafted
	out.Items = slices.Clone(drafted.Items)
	var findings []finding.Finding
	used := map[string]bool{}
	for i := range out.Items {
		item := &out.Items[i]
		var classes []string
		for _, c := range drafted.Choices(item) {
			for _, text := range append(wordings(c.Label, c.Short), c.Name) {
				for _, m := range identity.Find(text) {
					if !slices.Contains(classes, string(m.Class)) {
						classes = append(classes, string(m.Class))
					}
				}
			}
		}
		if len(classes) > 0 && item.Type == survey.SelectOne {
			slices.Sort(classes)
			item.Type, item.List = survey.OpenText, ""
			place := item.Place
			if len(identitiesIn(place.Item, place.Column)) > 0 {
				place.Item, place.Column = "", ""
			}
			findings = append(findings, finding.Finding{
				Stage: "draft", Kind: "identities-in-choices", Severity: finding.Warning, Place: place,
				Problem: fmt.Sprintf("Some answers hold what identifies somebody (%s), so the item is drafted as a text and not as a choice.", strings.Join(classes, ", ")),
				Remedy:  "Give it the role identifying if it asks who somebody is. To have its figures, write a list of choices without them.",
			})
		}
		used[item.List] = true
	}
	if len(findings) == 0 {
		return drafted, nil
	}
	out.Lists = slices.DeleteFunc(slices.Clone(drafted.Lists), func(l *survey.ChoiceList) bool { return !used[l.Name] })
	made, more := survey.New(out)
	return made, append(findings, more...)
}
