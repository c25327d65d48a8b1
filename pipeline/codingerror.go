package pipeline

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/agreement"
	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/codeerror"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/sheet"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// codesErrorFile says how codes by rules err, in the restricted folder.
const codesErrorFile = "codes-error.csv"

// codesLevel and codesResamples are of the intervals of what is told of coding.
const (
	codesLevel     = 0.95
	codesResamples = 500
)

// measureCodes says how codes by rules err, where people coded some answers.
// Where an open item is sensitive all codes are.
func (r *run) measureCodes(asked *survey.Survey, book *code.Codebook, summary code.Summary) error {
	if r.env.check {
		return nil // it is told in the folder of a run, and in its report
	}
	q := codeerror.Request{
		ByRule: summary.Languages, ByPeople: r.codedByPeople, Least: 2 * int64(r.config.Disclosure.For(protect.Public).Threshold),
		Interval: agreement.Bootstrap{Resamples: codesResamples, Seed: r.config.Coding.Seed, Level: codesLevel},
	}
	sensitive := false
	for _, s := range summary.Languages {
		item, ok := asked.Item(s.Item)
		sensitive = sensitive || ok && item.Role == survey.Sensitive
	}
	for _, c := range book.Codes {
		q.Codes = append(q.Codes, codeerror.Code{ID: c.ID, Sensitive: c.Sensitive || sensitive})
	}
	out, ok := codeerror.Measure(q)
	if !ok {
		return nil
	}
	r.coding = &out.Coding
	return r.writeCodesError(out.Rows)
}

// codesErrorColumns heads the file.
func codesErrorColumns() []string {
	return []string{"item", "languages", "code", "answers", "by_rules", "coded", "both", "rules_only", "people_only", "neither",
		"sensitivity", "specificity", "precision", "share_by_rules", "corrected", "corrected_low", "corrected_high", "undefined",
		"by_sensitivity", "by_sensitivity_low", "by_sensitivity_high", "by_sensitivity_undefined"}
}

func (r *run) writeCodesError(rows []codeerror.Row) error {
	f, err := os.OpenFile(filepath.Join(r.private, codesErrorFile), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("write how codes err: %w", cause(err))
	}
	w := sheet.NewWriter(f)
	err = w.Write(codesErrorColumns())
	for _, row := range rows {
		if err == nil {
			err = w.Write(codesErrorRow(row))
		}
	}
	w.Flush()
	for _, e := range []error{w.Error(), f.Close()} {
		if err == nil {
			err = e
		}
	}
	if err != nil {
		return fmt.Errorf("write how codes err: %w", cause(err))
	}
	return nil
}

func codesErrorRow(row codeerror.Row) []string {
	number := func(x float64) string {
		if math.IsNaN(x) {
			return ""
		}
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	out := []string{row.Item, namedLanguages(row.Languages), row.Code, strconv.FormatInt(row.Answers, 10), strconv.FormatInt(row.ByRule, 10)}
	x, c, e := row.Sample, row.Corrected, row.ByError
	for _, v := range []float64{x.Answers(), x.Both, x.RuleOnly, x.PeopleOnly, x.Neither, row.Sensitivity.Value, row.Specificity.Value, row.Precision.Value, c.ByRule, c.Value, c.Lo, c.Hi} {
		out = append(out, number(v))
	}
	return append(out, string(c.Undefined), number(e.Value), number(e.Lo), number(e.Hi), string(e.Undefined))
}

// namedLanguages writes a group of languages into a cell; all are an empty one.
func namedLanguages(group []string) string {
	var out []string
	for _, l := range group {
		if l == "" {
			l = "unknown"
		}
		out = append(out, l)
	}
	return strings.Join(out, " ")
}
