package pipeline

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// byteOrderMark begins CSV files so that Excel reads Arabic and Chinese.
const byteOrderMark = "\ufeff"

// writeExact writes the unprotected results, for analysts only.
func (r *run) writeExact(tables []*table.Table) error {
	var all []table.Result
	for _, t := range tables {
		all = append(all, t.Results()...)
	}
	return writeResults(r.private, "results-exact", all)
}

// writePublic writes the protected results.
func (r *run) writePublic(safe *protect.Safe) error {
	return writeResults(r.public, "results", safe.Results(safe.Pen("results", nil)))
}

func writeResults(dir, name string, results []table.Result) error {
	if err := writeFile(filepath.Join(dir, name+".csv"), func(w io.Writer) error { return resultsCSV(w, results) }); err != nil {
		return err
	}
	return writeFile(filepath.Join(dir, name+".parquet"), func(w io.Writer) error {
		return dataset.WriteColumns(w, resultColumns(results))
	})
}

func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), cause(err))
	}
	err = write(f)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	return nil
}

// resultsCSV writes figures with as many digits as they need, and nothing where
// there is none.
func resultsCSV(w io.Writer, results []table.Result) error {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	if err := out.Write(table.Columns[:]); err != nil {
		return err
	}
	for _, r := range results {
		if err := out.Write([]string{
			string(r.Analysis), r.Item, r.Value, r.Group, r.GroupValue,
			number(r.Stat), number(r.Lo), number(r.Hi), count(r.N), count(r.NTotal), number(r.NW), number(r.NWTotal),
			string(r.Key), r.Level, number(r.SE), number(r.DF), number(r.DEff), r.CIMethod, r.BaseKind, waveOf(r), r.Status,
			number(ofTest(r).NDF), number(ofTest(r).P), number(ofTest(r).Adjusted), ofTest(r).Adjust,
			number(ofTest(r).Effect), ofTest(r).EffectName, number(ofTest(r).Lo), number(ofTest(r).Hi), number(probOf(r)),
		}); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// waveOf returns the wave that a figure speaks of: one by wave alone.
func waveOf(r table.Result) string {
	if r.Wave == "" && r.Group == string(survey.GivenWave) && r.Test == nil {
		return r.GroupValue
	}
	return r.Wave
}

// ofTest returns what a line of a test has beside its statistic; of a figure nothing.
func ofTest(r table.Result) table.Test {
	if r.Test == nil {
		nan := math.NaN()
		return table.Test{NDF: nan, P: nan, Adjusted: nan, Effect: nan, Lo: nan, Hi: nan}
	}
	return *r.Test
}

// probOf returns which quantile a line has.
func probOf(r table.Result) float64 {
	if r.Prob == 0 {
		return math.NaN()
	}
	return r.Prob
}

func number(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

func count(n int64) string {
	if n < 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// resultColumns turns lines into columns for Parquet, under the same names.
func resultColumns(results []table.Result) []dataset.ParquetColumn {
	texts := func(name string, f func(table.Result) string) dataset.ParquetColumn {
		c := dataset.ParquetColumn{Name: name, Texts: make([]string, len(results))}
		for i, r := range results {
			c.Texts[i] = f(r)
		}
		return c
	}
	figures := func(name string, f func(table.Result) float64) dataset.ParquetColumn {
		c := dataset.ParquetColumn{Name: name, Figures: make([]float64, len(results))}
		for i, r := range results {
			c.Figures[i] = f(r)
		}
		return c
	}
	counts := func(name string, f func(table.Result) int64) dataset.ParquetColumn {
		c := dataset.ParquetColumn{Name: name, Counts: make([]int64, len(results))}
		for i, r := range results {
			c.Counts[i] = f(r)
		}
		return c
	}
	return []dataset.ParquetColumn{
		texts("analysis_type", func(r table.Result) string { return string(r.Analysis) }),
		texts("analysis_var", func(r table.Result) string { return r.Item }),
		texts("analysis_var_value", func(r table.Result) string { return r.Value }),
		texts("group_var", func(r table.Result) string { return r.Group }),
		texts("group_var_value", func(r table.Result) string { return r.GroupValue }),
		figures("stat", func(r table.Result) float64 { return r.Stat }),
		figures("stat_low", func(r table.Result) float64 { return r.Lo }),
		figures("stat_upp", func(r table.Result) float64 { return r.Hi }),
		counts("n", func(r table.Result) int64 { return r.N }),
		counts("n_total", func(r table.Result) int64 { return r.NTotal }),
		figures("n_w", func(r table.Result) float64 { return r.NW }),
		figures("n_w_total", func(r table.Result) float64 { return r.NWTotal }),
		texts("analysis_key", func(r table.Result) string { return string(r.Key) }),
		texts("level", func(r table.Result) string { return r.Level }),
		figures("se", func(r table.Result) float64 { return r.SE }),
		figures("df", func(r table.Result) float64 { return r.DF }),
		figures("deff", func(r table.Result) float64 { return r.DEff }),
		texts("ci_method", func(r table.Result) string { return r.CIMethod }),
		texts("base_kind", func(r table.Result) string { return r.BaseKind }),
		texts("wave", waveOf),
		texts("status", func(r table.Result) string { return r.Status }),
		figures("ndf", func(r table.Result) float64 { return ofTest(r).NDF }),
		figures("p", func(r table.Result) float64 { return ofTest(r).P }),
		figures("p_adjusted", func(r table.Result) float64 { return ofTest(r).Adjusted }),
		texts("adjustment", func(r table.Result) string { return ofTest(r).Adjust }),
		figures("effect", func(r table.Result) float64 { return ofTest(r).Effect }),
		texts("effect_name", func(r table.Result) string { return ofTest(r).EffectName }),
		figures("effect_low", func(r table.Result) float64 { return ofTest(r).Lo }),
		figures("effect_upp", func(r table.Result) float64 { return ofTest(r).Hi }),
		figures("prob", probOf),
	}
}
