package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// ReadSheet reads a plan from a CSV sheet with the columns that analysts use:
// analysis_type, analysis_var, group_var (NA, "a", or "a, b" for a combination)
// and level (NA means 0.95). Everything that does not hold is a finding.
func ReadSheet(file string, content []byte, s *survey.Survey) (Plan, []finding.Finding) {
	sheet := sheetReader{file: file, survey: s}
	in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(content, []byte("\ufeff"))))
	in.FieldsPerRecord = -1
	header, err := in.Read()
	if err != nil {
		sheet.refuse(1, "", "The plan has no header row.", "Begin with: analysis_type,analysis_var,group_var,level")
		return Plan{}, sheet.findings
	}
	at := map[string]int{}
	for i, h := range header {
		at[strings.ToLower(strings.TrimSpace(h))] = i
	}
	for _, need := range []string{"analysis_type", "analysis_var"} {
		if _, ok := at[need]; !ok {
			sheet.refuse(1, need, "The plan has no column "+need+".", "Begin with: analysis_type,analysis_var,group_var,level")
		}
	}
	if len(sheet.findings) > 0 {
		return Plan{}, sheet.findings
	}
	var plan Plan
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			return plan, sheet.findings
		}
		if err != nil {
			var bad *csv.ParseError
			row := 0
			if errors.As(err, &bad) {
				row = bad.StartLine
			}
			sheet.refuse(row, "", "This row cannot be read as CSV.", "Check its quotation marks.")
			return plan, sheet.findings
		}
		row, _ := in.FieldPos(0)
		cell := func(name string) string {
			if i, ok := at[name]; ok && i < len(record) {
				if v := strings.TrimSpace(record[i]); v != missing {
					return v
				}
			}
			return ""
		}
		if strings.Join(record, "") != "" {
			sheet.row(&plan, row, cell)
		}
	}
}

type sheetReader struct {
	file     string
	survey   *survey.Survey
	findings []finding.Finding
}

func (r *sheetReader) refuse(row int, column, problem, remedy string) {
	r.findings = append(r.findings, finding.Finding{
		Stage: "plan", Kind: "plan-sheet", Severity: finding.Refusal,
		Place: finding.Place{File: r.file, Row: row, Column: column}, Problem: problem, Remedy: remedy,
	})
}

var analysisNames = []Analysis{PropSelectOne, PropSelectMultiple, Mean}

func (r *sheetReader) row(plan *Plan, row int, cell func(string) string) {
	before := len(r.findings)
	out := Row{Analysis: Analysis(cell("analysis_type")), Item: cell("analysis_var")}
	if !slices.Contains(analysisNames, out.Analysis) {
		r.refuse(row, "analysis_type", fmt.Sprintf("The analysis %q is not one that can be computed.", out.Analysis), "Use prop_select_one, prop_select_multiple or mean.")
	}
	item, ok := r.survey.Item(out.Item)
	switch {
	case !ok:
		r.refuse(row, "analysis_var", fmt.Sprintf("The survey has no item %q.", out.Item), "Use the item's name, not its label.")
	case len(r.findings) == before && !suits(r.survey, item, out.Analysis):
		r.refuse(row, "analysis_type", fmt.Sprintf("The analysis %s does not suit the item %s, which is of type %s.", out.Analysis, item.Name, item.Type), "prop_select_one needs a select_one, prop_select_multiple a select_multiple, mean a number or a scale with scores.")
	}
	for by := range strings.SplitSeq(cell("group_var"), ",") {
		by = strings.TrimSpace(by)
		if by == "" {
			continue
		}
		if g, ok := r.survey.Item(by); !ok || !g.Type.HasChoices() {
			r.refuse(row, "group_var", fmt.Sprintf("The survey has no item with choices that is called %q.", by), "A group is a select_one or select_multiple item, by its name.")
		}
		out.By = append(out.By, by)
	}
	if level := cell("level"); level != "" {
		v, err := strconv.ParseFloat(level, 64)
		if err != nil || v <= 0 || v >= 1 {
			r.refuse(row, "level", "The confidence level is not a number between 0 and 1.", "Write 0.95.")
		}
		out.Level = v
	}
	if len(r.findings) == before {
		plan.Add(out)
	}
}

func suits(s *survey.Survey, item *survey.Item, a Analysis) bool {
	switch a {
	case PropSelectOne:
		return item.Type == survey.SelectOne
	case PropSelectMultiple:
		return item.Type == survey.SelectMultiple || item.Type == survey.Rank
	default:
		return item.Type.Numeric() || s.Scaled(item)
	}
}
