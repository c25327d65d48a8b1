package pipeline

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/derive"
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
func (r *run) makePlan(d *dataset.Dataset) (table.Plan, []finding.Finding, error) {
	if r.config.Plan.File != "" {
		content, err := r.open(r.config.Plan.File)
		if err != nil {
			return table.Plan{}, nil, err
		}
		plan, findings := table.ReadSheet(r.config.Plan.File, content, d.Survey, r.config.Plan.mode())
		if len(plan.Rows) == 0 && !finding.Refused(findings) {
			findings = append(findings, finding.Finding{
				Stage: "plan", Kind: "no-rows", Severity: finding.Refusal, Place: finding.Place{File: r.config.Plan.File},
				Problem: "The plan asks for nothing.",
				Remedy:  "Add a row, such as prop_select_one,region,NA,0.95, or take \"plan\" out of the config to have one made from the form.",
			})
		}
		return plan, findings, nil
	}
	plan, findings := r.config.guess(d)
	return plan, findings, nil
}

// guess makes a plan from the survey: of the items that the answers hold, those
// out that stand in it once more as others. Samples drawn by chance have tests,
// and those whose weights stand for a population totals.
func (c Config) guess(d *dataset.Dataset) (table.Plan, []finding.Finding) {
	domains, findings := c.domains(d.Survey)
	plan, more := withoutSources(c.Recommendations.WithoutRanks(c.withoutFolds(table.Guess(d.Survey, domains))), d.Survey, c.Domains)
	plan = onlyHeld(plan, d.Levels[0].Layout)
	if c.Design.Filled().Kind != table.Convenience {
		plan = plan.WithTests()
		if c.Design.FPC != "" && c.Weight.Column != "" {
			plan = plan.WithTotals(d.Survey)
		}
	}
	return plan, append(findings, more...)
}

// withoutFolds takes out of a guessed plan the tables of items with folded
// groups: those of the items that they are made of tell all that they would.
func (c Config) withoutFolds(p table.Plan) table.Plan {
	return table.Plan{Rows: slices.DeleteFunc(p.Rows, func(row table.Row) bool {
		return slices.ContainsFunc(c.folds, func(d derive.Definition) bool { return d.Name == row.Item })
	})}
}

// onlyHeld takes out of a guessed plan the items that the answers do not hold:
// the config has named them absent, and nobody asked for them.
func onlyHeld(p table.Plan, held dataset.Layout) table.Plan {
	return table.Plan{Rows: slices.DeleteFunc(p.Rows, func(row table.Row) bool { return !held.Has(row.Item) })}
}

// asksShares reports whether a plan asks for the shares of an item for everybody.
func asksShares(p table.Plan, item string) bool {
	return slices.ContainsFunc(p.Rows, func(row table.Row) bool {
		return row.Item == item && row.Analysis == table.PropSelectOne && len(row.By) == 0
	})
}

// domains returns the items by whose choices the report breaks figures down,
// with folded groups where these were too small.
func (c Config) domains(s *survey.Survey) ([]string, []finding.Finding) {
	names, findings := c.domainItems(s)
	return c.folded(names), findings
}

// domainItems returns the items that make the domains: those the config names,
// or else the first key items of the form.
func (c Config) domainItems(s *survey.Survey) ([]string, []finding.Finding) {
	var findings []finding.Finding
	if len(c.Domains) > 0 {
		for _, name := range c.Domains {
			if item, ok := s.Item(name); !ok || !item.Type.HasChoices() || item.Level != 0 {
				findings = append(findings, finding.Finding{
					Stage: "plan", Kind: "unknown-domain", Severity: finding.Refusal, Place: finding.Place{File: c.file, Row: c.line("domains")},
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

// unprotected refuses a name under disclosure that no item has: misspelt, it
// would switch a protection off.
func (c Config) unprotected(s *survey.Survey) []finding.Finding {
	var out []finding.Finding
	for _, list := range []struct {
		key   string
		names []string
	}{{"country", c.Disclosure.Country}, {"identity", c.Disclosure.Identity}} {
		for _, name := range list.names {
			if _, ok := s.Item(name); !ok {
				out = append(out, finding.Finding{
					Stage: "plan", Kind: "unknown-item", Severity: finding.Refusal, Place: finding.Place{File: c.file, Row: c.line("disclosure." + list.key)},
					Problem: "The survey has no item " + name + ", which disclosure." + list.key + " is to protect.",
					Remedy:  "Correct the name, or remove it: as it stands it protects nothing.",
				})
			}
		}
	}
	return out
}

// repeatsInPlan warns of tables of repeats: a threshold in rows is no threshold
// in respondents, as one respondent may have given several of them.
func repeatsInPlan(p table.Plan, s *survey.Survey) []finding.Finding {
	var found []finding.Finding
	told := map[string]bool{}
	for _, row := range p.Rows {
		item, ok := s.Item(row.Item)
		if !ok || item.Level == 0 || told[item.Name] {
			continue
		}
		told[item.Name] = true
		found = append(found, finding.Finding{
			Stage: "plan", Kind: "repeat-rows", Severity: finding.Warning, Place: finding.Place{Item: item.Name},
			Problem: "The item " + item.Name + " stands in the repeat " + s.Levels[item.Level].Name + ": what is withheld of it is decided by rows of the repeat, and one respondent may have given several.",
			Remedy:  "Look at its figures yourself before you publish them, or take it out of the plan.",
		})
	}
	return found
}
