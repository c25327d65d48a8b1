package pipeline

import (
	"github.com/soundings-survey/soundings/pipeline/audit"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// rounds bounds how often tables are withheld for what an audit found. What is
// at fault still then is found again by the audit of what was written, and
// nothing is published.
const rounds = 12

// safely protects the releases, audits the figures that they would show, and
// withholds whole what is at fault, until nothing is.
func (r *run) safely(asked *survey.Survey, plan table.Plan, tables []*table.Table) ([]*protect.Safe, []finding.Finding, error) {
	settings := r.config.Disclosure
	settings.Links = r.config.links(asked)
	settings.Dropped = map[table.Key]bool{}
	alone, of := singles(tables), tablesOf(tables)
	for round := 0; ; round++ {
		safe, findings, err := protect.Each(asked, plan, tables, r.earlier, settings)
		if err != nil || round == rounds {
			return safe, findings, err
		}
		before := len(settings.Dropped)
		for _, s := range safe {
			head, lines := s.Preview(ledger.Run{Respondents: r.account.Analysed}, settings.Links)
			for _, f := range audit.Audit(head, lines, audit.Config{Alone: func(key string) bool { return alone[key] }}) {
				dropFor(f, of, settings.Dropped)
			}
		}
		if len(settings.Dropped) == before {
			return safe, findings, nil
		}
	}
}

// tablesOf finds the table of a figure by its key.
func tablesOf(tables []*table.Table) map[string]*table.Table {
	out := map[string]*table.Table{}
	for _, t := range tables {
		out[string(t.Row.Key())] = t
		for _, d := range t.Domains {
			out[string(t.Row.KeyOf("", d.Values))] = t
			for _, c := range t.Choices {
				out[string(t.Row.KeyOf(c, d.Values))] = t
			}
		}
	}
	return out
}

// dropFor withholds the tables by groups that a fault names. Where it names
// tables of everybody alone, those by groups of the same items go, which say most
// of them; where they have gone, the tables themselves.
func dropFor(f audit.Fault, of map[string]*table.Table, dropped map[table.Key]bool) {
	for _, key := range f.Tables {
		t := of[key]
		if t == nil {
			continue
		}
		if len(t.Row.By) > 0 {
			dropped[t.Row.Key()] = true
			continue
		}
		more := false
		for _, o := range of {
			if o.Row.Item == t.Row.Item && len(o.Row.By) > 0 && !dropped[o.Row.Key()] {
				dropped[o.Row.Key()], more = true, true
			}
		}
		if !more {
			dropped[t.Row.Key()] = true
		}
	}
}
