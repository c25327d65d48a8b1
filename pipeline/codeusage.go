package pipeline

import (
	"io"
	"path/filepath"
	"strconv"

	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/code/usage"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/sheet"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// The files of how codes are used, in the restricted folder of a run.
const (
	togetherFile   = "codes-together.csv"
	saturationFile = "saturation.csv"
)

// codeUsage writes which codes are given together and how soon all are met, for
// analysts only: an item is never shown divided by itself.
func (r *run) codeUsage(d *dataset.Dataset) error {
	if r.env.check {
		return nil // it refuses nothing
	}
	var items []string
	for _, it := range codedItems(d) {
		items = append(items, it.Codes)
	}
	if d.Levels[0].Layout.Has(code.AllItem) {
		items = append(items, code.AllItem)
	}
	if len(items) == 0 {
		return nil
	}
	uses, err := usage.Count(r.ctx, r.engine, d, items)
	if err != nil {
		return err
	}
	together := [][]string{{"item", "code", "other", "both", "only_code", "only_other", "neither", "expected", "jaccard"}}
	met := [][]string{{"item", "answers", "codes_met", "codes_of_next"}}
	for _, u := range uses {
		for _, p := range u.Pairs() {
			together = append(together, []string{u.Item, p.A, p.B, count(p.Both), count(p.OnlyA), count(p.OnlyB), count(p.Neither), rounded(p.Expected(), 2), rounded(p.Jaccard(), 4)})
		}
		for _, m := range u.Saturation() {
			next := ""
			if m.Answers < u.Answers {
				next = rounded(m.New, 4)
			}
			met = append(met, []string{u.Item, count(m.Answers), rounded(m.Expected, 2), next})
		}
	}
	for name, rows := range map[string][][]string{togetherFile: together, saturationFile: met} {
		if err := writeFile(filepath.Join(r.private, name), func(w io.Writer) error {
			if _, err := io.WriteString(w, byteOrderMark); err != nil {
				return err
			}
			return sheet.WriteCSV(w, rows)
		}); err != nil {
			return err
		}
	}
	return nil
}

// codesByStage adds to a plan made from the form the codes of all open answers by
// the stages of the process that the config names.
func (r *run) codesByStage(plan *table.Plan, d *dataset.Dataset) {
	stages := r.config.Report.Funnel.Item
	if stages != "" && r.config.Plan.File == "" && d.Levels[0].Layout.Has(code.AllItem) && d.Levels[0].Layout.Has(stages) {
		plan.Add(table.Row{Analysis: table.PropSelectMultiple, Item: code.AllItem, By: []string{stages}})
	}
}

func rounded(v float64, decimals int) string { return strconv.FormatFloat(v, 'f', decimals, 64) }
