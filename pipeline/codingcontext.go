package pipeline

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/derive"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/spelling"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// contextItems returns the items that coders may see beside an answer. Only
// choices of respondents are shown: texts may name somebody, and what is
// sensitive, identifies or says from which country somebody is, is nobody's
// business who codes.
func (c Config) contextItems(s *survey.Survey) ([]*survey.Item, []finding.Finding) {
	var out []*survey.Item
	var findings []finding.Finding
	refuse := func(problem, remedy string) {
		findings = append(findings, finding.Finding{Stage: "survey", Kind: "coding-context", Severity: finding.Refusal, Place: c.at("coding.context"), Problem: problem, Remedy: remedy})
	}
	telling := derive.WithMade(slices.Concat(c.Disclosure.Country, c.Disclosure.Identity), c.definitions(s))
	var names []string
	for i := range s.Items {
		names = append(names, s.Items[i].Name)
	}
	for _, name := range c.Coding.Context {
		item, ok := s.Item(name)
		switch {
		case !ok:
			refuse("The item "+name+" of coding.context is not in the survey.", spelling.DidYouMean(name, names, "Correct the name under \"coding.context\"."))
		case item.Type != survey.SelectOne || item.Level != 0:
			refuse("The item "+name+" of coding.context is no single choice that respondents make once.", "Name such an item, or leave it out.")
		case item.Role == survey.Sensitive || item.Role == survey.Identifying || slices.Contains(telling, name):
			refuse("The item "+name+" of coding.context is sensitive or says who somebody is, or from which country: coders must not see it beside an answer.", "Leave it out.")
		default:
			out = append(out, item)
		}
	}
	return out, findings
}
