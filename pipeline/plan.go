package pipeline

import (
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// most is how many domain items a guessed plan takes from the form, and how
// many choices such an item may have: more would give tables nobody reads and
// cells too small to publish.
const (
	mostDomains       = 3
	mostDomainChoices = 15
)

// makePlan returns the analyst's plan, or one guessed from the survey.
func (r *run) makePlan(s *survey.Survey) (table.Plan, []finding.Finding, error) {
	if r.config.Plan != "" {
		content, err := r.open(r.config.Plan)
		if err != nil {
			return table.Plan{}, nil, err
		}
		plan, findings := table.ReadSheet(r.config.Plan, content, s)
		return plan, findings, nil
	}
	domains, findings := r.config.domains(s)
	return table.Guess(s, domains), findings, nil
}

// domains returns the items by whose choices the report breaks figures down:
// those the config names, or else the first key items of the form.
func (c Config) domains(s *survey.Survey) ([]string, []finding.Finding) {
	var findings []finding.Finding
	if len(c.Domains) > 0 {
		for _, name := range c.Domains {
			if item, ok := s.Item(name); !ok || !item.Type.HasChoices() || item.Level != 0 {
				findings = append(findings, finding.Finding{
					Stage: "plan", Kind: "unknown-domain", Severity: finding.Refusal, Place: finding.Place{File: c.file},
					Problem: "The survey has no item with choices that is called " + name + ".",
					Remedy:  "Correct the name under \"domains\": a domain is a select item asked once of each respondent.",
				})
			}
		}
		return c.Domains, findings
	}
	var names []string
	for _, item := range s.Tabulated(0) {
		if item.Role == survey.Key && item.Type == survey.SelectOne && len(s.Choices(item)) <= mostDomainChoices && len(names) < mostDomains {
			names = append(names, item.Name)
		}
	}
	if len(names) > 0 {
		findings = append(findings, finding.Finding{
			Stage: "plan", Kind: "guessed-domains", Severity: finding.Note, Place: finding.Place{File: c.file},
			Problem: "The config names no domains; figures are broken down by " + strings.Join(names, ", ") + ".",
			Remedy:  "Name others under \"domains\" if these do not suit.",
		})
	}
	return names, findings
}
