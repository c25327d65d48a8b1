package pipeline

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/audit"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// audit reads the ledgers that were written, and refuses to publish what does
// not hold together or gives away what is withheld. Without a ledger nothing is
// published.
func (r *run) audit(s at, tables []*table.Table) error {
	files, err := filepath.Glob(filepath.Join(r.private, "ledger*.json"))
	if err != nil || len(files) == 0 {
		return errors.New("there is no disclosure ledger to be audited")
	}
	alone := singles(tables)
	var lines int64
	var unsafe protect.NotSafe
	var why []string
	for _, file := range files {
		found, n, err := auditFile(file, alone)
		if err != nil {
			return err
		}
		lines += n
		for _, f := range found.refused {
			if !slices.Contains(why, string(f.Rule)) {
				why = append(why, string(f.Rule))
			}
			for _, key := range f.Tables {
				if !slices.Contains(unsafe.Tables, table.Key(key)) {
					unsafe.Tables = append(unsafe.Tables, table.Key(key))
				}
			}
		}
		s.found(linkedFigures(found.linked))
	}
	s.counted(lines, lines, "lines of the ledger")
	if len(why) == 0 {
		return nil
	}
	slices.Sort(unsafe.Tables)
	unsafe.Why = strings.Join(why, "; ")
	return &unsafe
}

// audited are the faults of a release: those that stop it, and those that need
// more than its figures: what the form says of who was asked, how choices were
// merged, or what a single respondent knows. Protection does not cover these
// yet, so they are told to the analyst.
type audited struct{ refused, linked []audit.Fault }

func auditFile(file string, alone map[string]bool) (audited, int64, error) {
	f, err := os.Open(file)
	if err != nil {
		return audited{}, 0, fmt.Errorf("open the ledger: %w", cause(err))
	}
	defer f.Close()
	var lines []ledger.Line
	head, err := ledger.Read(f, func(l ledger.Line) error {
		lines = append(lines, l)
		return nil
	})
	if err != nil {
		return audited{}, 0, err
	}
	var out audited
	out.refused = audit.Audit(head, lines, audit.Config{Alone: func(key string) bool { return alone[key] }})
	if slices.ContainsFunc(out.refused, func(f audit.Fault) bool { return inferred(f.Rule) }) {
		head.Links = ledger.Links{}
		all := out.refused
		out.refused = audit.Audit(head, lines, audit.Config{})
		for _, f := range all {
			if inferred(f.Rule) && !slices.ContainsFunc(out.refused, func(o audit.Fault) bool { return o.Rule == f.Rule && slices.Equal(o.Tables, f.Tables) }) {
				out.linked = append(out.linked, f)
			}
		}
	}
	return out, int64(len(lines)), nil
}

// inferred reports whether a fault is found by adding up.
func inferred(r audit.Rule) bool {
	return r == audit.Known || r == audit.KnownToOne || r == audit.Narrow || r == audit.Contradictory
}

// singles returns the keys of the figures behind which a single respondent is.
func singles(tables []*table.Table) map[string]bool {
	out := map[string]bool{}
	for _, t := range tables {
		if !t.Row.Analysis.Figures() || t.Row.Analysis == table.Mean {
			continue
		}
		for d, domain := range t.Domains {
			for c, choice := range t.Choices {
				if d < len(t.Cells) && t.Cells[d][c].Count == 1 {
					out[string(t.Row.KeyOf(choice, domain.Values))] = true
				}
			}
		}
	}
	return out
}

// linkedFigures tells of withheld figures that can be worked out by what is
// known beside the figures.
func linkedFigures(faults []audit.Fault) []finding.Finding {
	byRule := map[audit.Rule][]string{}
	for _, f := range faults {
		for _, key := range f.Tables {
			if !slices.Contains(byRule[f.Rule], key) {
				byRule[f.Rule] = append(byRule[f.Rule], key)
			}
		}
	}
	var out []finding.Finding
	for rule, keys := range byRule {
		slices.Sort(keys)
		out = append(out, finding.Finding{
			Stage: "audit", Kind: "linked-figures", Severity: finding.Warning,
			Problem: "With what the form says of who was asked what, with merged choices, or for a single respondent who knows their own answer, " + string(rule) + ": " + strings.Join(keys, "; ") + ".",
			Remedy:  "Leave these items, or their breakdowns, out of the plan sheet before you publish; or those of the questions that follow from them.",
		})
	}
	finding.Sort(out)
	return out
}
