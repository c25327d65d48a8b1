package check

import (
	"errors"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	sheets "github.com/soundings-survey/soundings/pipeline/sheet"
)

// Rule is one line of a rule sheet. A response for which the expression holds
// is flagged.
type Rule struct {
	Row     int // of the sheet
	ID      string
	Says    string   // what is the matter, in words
	Perform string   // the expression
	Columns []string // the items to look at
}

// The columns of a rule sheet.
const (
	ruleID      = "check_id"
	ruleSays    = "description"
	rulePerform = "check_to_perform"
	ruleColumns = "columns_to_clean"
)

// ReadRules reads a rule sheet, CSV or the first sheet of an XLSX workbook.
// Everything that does not hold is a finding; expressions are looked at later,
// with the survey.
func ReadRules(file string, content []byte) (rules []Rule, findings []finding.Finding) {
	refuse := func(row int, column, problem, remedy string) {
		findings = append(findings, finding.Finding{Stage: stage, Kind: "rule-sheet", Severity: finding.Refusal,
			Place: finding.Place{File: file, Row: row, Column: column}, Problem: problem, Remedy: remedy})
	}
	rows, err := sheets.Read(content)
	var bad *sheets.Error
	if errors.As(err, &bad) {
		refuse(bad.Row, "", bad.Problem, "Save the rule sheet as CSV UTF-8 or as an XLSX workbook.")
		return nil, findings
	}
	if len(rows) == 0 {
		refuse(1, "", "The rule sheet has no header row.", "Begin with: check_id,description,check_to_perform,columns_to_clean")
		return nil, findings
	}
	columns := map[string]int{}
	for i, h := range rows[0].Cells {
		name := strings.ToLower(strings.TrimSpace(h))
		if _, twice := columns[name]; twice && name != "" {
			refuse(rows[0].Number, name, "The rule sheet has the column "+name+" twice.", "Keep one of them.")
		}
		columns[name] = i
	}
	for _, need := range [...]string{ruleID, ruleSays, rulePerform} {
		if _, ok := columns[need]; !ok {
			refuse(rows[0].Number, need, "The rule sheet has no column "+need+".", "Begin with: check_id,description,check_to_perform,columns_to_clean")
		}
	}
	if len(findings) > 0 {
		return nil, findings
	}
	seen := map[string]int{}
	for _, row := range rows[1:] {
		cell := func(name string) string {
			if i, ok := columns[name]; ok && i < len(row.Cells) {
				return strings.TrimSpace(row.Cells[i])
			}
			return ""
		}
		r := Rule{Row: row.Number, ID: cell(ruleID), Says: cell(ruleSays), Perform: cell(rulePerform)}
		for name := range strings.SplitSeq(cell(ruleColumns), ",") {
			if name = strings.TrimSpace(name); name != "" && name != "NA" {
				r.Columns = append(r.Columns, name)
			}
		}
		switch _, twice := seen[r.ID]; {
		case r.ID == "":
			refuse(row.Number, ruleID, "The rule has no id.", "Give it one: lines of the cleaning log are bound by it.")
		case twice:
			refuse(row.Number, ruleID, "Another rule has the same id.", "Give each rule an id of its own.")
		case own(r.ID):
			refuse(row.Number, ruleID, "The id is that of a check of the program.", "Give the rule another id.")
		}
		if r.Perform == "" {
			refuse(row.Number, rulePerform, "The rule does not say what to check.", "Write an expression that holds for the responses to be flagged.")
		}
		if r.Says == "" {
			refuse(row.Number, ruleSays, "The rule does not say what is the matter.", "Write it for whoever reads the cleaning log.")
		}
		seen[r.ID] = row.Number
		rules = append(rules, r)
	}
	return rules, findings
}

// own reports whether an id is that of a check of the program.
func own(id string) bool {
	for _, name := range [...]string{Constraint, Required, Relevant, Unknown, Unreadable, Outlier, Impossible, Speeder, StraightLine, Contradiction, Other, DateFuture, DateEarly, Identifier, SameOrganisation, Duplicate} {
		if id == name {
			return true
		}
	}
	return false
}
