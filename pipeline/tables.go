package pipeline

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/banner"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// bannerTables settles what the banner tables show, now that the survey and the
// plan are known. Of themselves they show what the plan has; a plan sheet is
// added to only where the config says something of tables.
func (c Config) bannerTables(s *survey.Survey, plan table.Plan) (banner.Config, []finding.Finding) {
	out := c.Tables
	findings := c.unknownInTables(s)
	out.Banner = c.folded(out.Banner)
	if len(out.Banner) == 0 {
		out.Banner = c.groupings(s, plan)
	}
	if out.Test == "" {
		out.Test = banner.Design
		if kind := c.Design.Filled().Kind; kind == table.Convenience || c.Plan.File != "" && !c.Tables.Asked() {
			out.Test = banner.None
		}
	}
	return out, findings
}

// addTables adds to the plan what the banner tables need, of items that the
// answers hold.
func (r *run) addTables(plan *table.Plan, s *survey.Survey, held func(item string) bool) []finding.Finding {
	var findings []finding.Finding
	r.tables, findings = r.config.bannerTables(s, *plan)
	if finding.Refused(findings) || r.config.Plan.File != "" && !r.config.Tables.Asked() {
		return findings
	}
	for _, row := range r.tables.Rows(s, *plan) {
		if held(row.Item) {
			plan.Rows = append(plan.Rows, row)
		}
	}
	return findings
}

// groupings returns the items by which the plan divides figures: the domains
// that the config names, or the first of the plan that make few columns.
func (c Config) groupings(s *survey.Survey, plan table.Plan) []string {
	var out []string
	for _, row := range plan.Rows {
		if len(row.By) != 1 || slices.Contains(out, row.By[0]) {
			continue
		}
		if item, ok := s.Item(row.By[0]); ok && item.Level == 0 && len(s.Choices(item)) <= mostDomainChoices {
			out = append(out, item.Name)
		}
	}
	if len(c.Domains) > 0 {
		return slices.DeleteFunc(c.folded(c.Domains), func(name string) bool { return !slices.Contains(out, name) })
	}
	return out[:min(len(out), mostDomains)]
}

// unknownInTables refuses names under tables that are no items of the kind.
func (c Config) unknownInTables(s *survey.Survey) []finding.Finding {
	var out []finding.Finding
	refuse := func(key, problem, remedy string) {
		out = append(out, finding.Finding{
			Stage: "plan", Kind: "unknown-item", Severity: finding.Refusal, Place: finding.Place{File: c.file, Row: c.line("tables." + key)},
			Problem: problem, Remedy: remedy,
		})
	}
	for _, name := range c.Tables.Banner {
		if item, ok := s.Item(name); !ok || !item.Type.HasChoices() || item.Level != 0 {
			refuse("banner", "The survey has no item with choices that is called "+name+".", "Correct the name under \"tables.banner\": columns are choices of a select item asked once of each respondent.")
		}
	}
	for _, name := range c.Tables.Items {
		if item, ok := s.Item(name); !ok || !slices.Contains(s.Tabulated(0), item) {
			refuse("items", "The survey has no item with choices or numbers that is called "+name+".", "Correct the name under \"tables.items\": rows are answers to items asked once of each respondent.")
		}
	}
	return out
}
