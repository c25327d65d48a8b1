package protect

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// NotSafe is the error of a release that cannot be made safe: nothing is
// published.
type NotSafe struct {
	Tables []table.Key // the tables at fault
	Why    string
}

// Error names the tables.
func (e *NotSafe) Error() string {
	keys := make([]string, len(e.Tables))
	for i, k := range e.Tables {
		keys[i] = string(k)
	}
	msg := "not safe to publish: " + e.Why
	if len(keys) > 0 {
		msg += ": " + strings.Join(keys, "; ")
	}
	return msg
}

// Protect decides of every figure of the tables whether it may be shown, and
// rounds what may. When that cannot be done the error is a *NotSafe, and
// nothing may be published.
func Protect(s *survey.Survey, plan table.Plan, tables []*table.Table, releases []Release, audience Audience, cfg Config) (*Safe, []finding.Finding, error) {
	findings := cfg.Validate()
	if finding.Refused(findings) {
		return nil, findings, &NotSafe{Why: "the disclosure settings do not hold"}
	}
	if audience != Public && audience != Partners && audience != Internal {
		return nil, findings, &NotSafe{Why: "the audience is not known"}
	}
	findings = append(findings, unknownItems(s, cfg)...)
	everything := narrowed(inPlanOrder(plan, tables), float64(cfg.Threshold))
	if err := known(s, everything); err != nil {
		return nil, findings, err
	}
	ordered := slices.DeleteFunc(slices.Clone(everything), func(t *table.Table) bool { return !inFamily(t) })
	if err := wellFormed(s, ordered); err != nil {
		return nil, findings, err
	}
	held, err := hold(s, everything, releases, audience, cfg)
	if err != nil {
		return nil, findings, err
	}
	held.drop(cfg.Dropped)
	groups := openGroups(s, ordered, float64(cfg.Threshold))
	grouped := furtherGroups(s, groups, ordered, everything, float64(cfg.Threshold))
	masks := map[*table.Table]*mask{}
	all := families(s, ordered)
	for _, f := range all {
		f.begin(cfg, groups, masks)
	}
	mutual(all)
	skips(all, cfg.Links.Zeros, cfg.Links.Unions)
	silence(groups, append(slices.Clone(ordered), grouped...), all, float64(cfg.Threshold))
	if err := coverAll(all, cfg.Links.Unions); err != nil {
		return nil, findings, err
	}
	held.settle(masks, everything)
	safe := &Safe{threshold: cfg.Threshold, audience: audience, byKey: map[table.Key]*View{}, book: newBook(s, cfg), silent: map[string][]bool{}, fewAsked: map[string]bool{}}
	for key, g := range groups {
		safe.silent[key] = g.silent
	}
	for _, f := range all {
		safe.fewAsked[f.item.Name] = f.fewAsked()
	}
	safe.add(newGate(s, cfg, groups, masks, all, everything))
	safe.remember(held)
	findings = append(findings, safe.findings()...)
	findings = append(findings, safe.heldFindings()...)
	finding.Sort(findings)
	return safe, findings, nil
}

// families gathers the tables of each item, in the order of the plan.
func families(s *survey.Survey, tables []*table.Table) []*family {
	var out []*family
	at := map[string]*family{}
	for _, t := range tables {
		key := t.Level + "\x00" + t.Row.Item
		f := at[key]
		if f == nil {
			item, _ := s.Item(t.Row.Item)
			f = &family{survey: s, item: item}
			at[key] = f
			out = append(out, f)
		}
		f.tables = append(f.tables, t)
	}
	return out
}

// inPlanOrder sorts tables as the plan has them; those not in it come last.
func inPlanOrder(plan table.Plan, tables []*table.Table) []*table.Table {
	at := map[table.Key]int{}
	for i, r := range plan.Rows {
		if _, twice := at[r.Key()]; !twice {
			at[r.Key()] = i
		}
	}
	place := func(t *table.Table) int {
		if i, ok := at[t.Row.Key()]; ok {
			return i
		}
		return len(at)
	}
	out := slices.Clone(tables)
	slices.SortStableFunc(out, func(a, b *table.Table) int {
		if c := place(a) - place(b); c != 0 {
			return c
		}
		return strings.Compare(string(a.Row.Key()), string(b.Row.Key()))
	})
	return out
}

func unknownItems(s *survey.Survey, cfg Config) []finding.Finding {
	var out []finding.Finding
	for _, list := range []struct {
		name  string
		items []string
	}{{"country", cfg.Country}, {"identity", cfg.Identity}} {
		for _, item := range list.items {
			if _, ok := s.Item(item); !ok {
				out = append(out, finding.Finding{
					Stage: stage, Kind: "unknown-item", Severity: finding.Warning, Place: finding.Place{Column: "disclosure." + list.name},
					Problem: "The item " + item + " of disclosure." + list.name + " is not one of the survey.",
					Remedy:  "Correct its name: as it stands it protects nothing.",
				})
			}
		}
	}
	return out
}
