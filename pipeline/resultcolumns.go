package pipeline

import (
	"math"
	"strconv"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// resultColumn is a column of the long table: texts, figures or counts.
type resultColumn struct {
	name   string
	text   func(table.Result) string
	figure func(table.Result) float64 // NaN where there is none
	count  func(table.Result) int64   // -1 where there is none
}

// resultColumns are the columns of the long table, in their order.
func resultColumns() []resultColumn {
	return []resultColumn{
		{name: "analysis_type", text: func(r table.Result) string { return string(r.Analysis) }},
		{name: "analysis_var", text: func(r table.Result) string { return r.Item }},
		{name: "analysis_var_value", text: func(r table.Result) string { return r.Value }},
		{name: "group_var", text: func(r table.Result) string { return r.Group }},
		{name: "group_var_value", text: func(r table.Result) string { return r.GroupValue }},
		{name: "stat", figure: func(r table.Result) float64 { return r.Stat }},
		{name: "stat_low", figure: func(r table.Result) float64 { return r.Lo }},
		{name: "stat_upp", figure: func(r table.Result) float64 { return r.Hi }},
		{name: "n", count: func(r table.Result) int64 { return r.N }},
		{name: "n_total", count: func(r table.Result) int64 { return r.NTotal }},
		{name: "n_w", figure: func(r table.Result) float64 { return r.NW }},
		{name: "n_w_total", figure: func(r table.Result) float64 { return r.NWTotal }},
		{name: "analysis_key", text: func(r table.Result) string { return string(r.Key) }},
		{name: "level", text: func(r table.Result) string { return r.Level }},
		{name: "se", figure: func(r table.Result) float64 { return r.SE }},
		{name: "df", figure: func(r table.Result) float64 { return r.DF }},
		{name: "deff", figure: func(r table.Result) float64 { return r.DEff }},
		{name: "ci_method", text: func(r table.Result) string { return r.CIMethod }},
		{name: "base_kind", text: func(r table.Result) string { return r.BaseKind }},
		{name: "wave", text: waveOf},
		{name: "status", text: func(r table.Result) string { return r.Status }},
		{name: "ndf", figure: func(r table.Result) float64 { return ofTest(r).NDF }},
		{name: "p", figure: func(r table.Result) float64 { return ofTest(r).P }},
		{name: "p_adjusted", figure: func(r table.Result) float64 { return ofTest(r).Adjusted }},
		{name: "adjustment", text: func(r table.Result) string { return ofTest(r).Adjust }},
		{name: "effect", figure: func(r table.Result) float64 { return ofTest(r).Effect }},
		{name: "effect_name", text: func(r table.Result) string { return ofTest(r).EffectName }},
		{name: "effect_low", figure: func(r table.Result) float64 { return ofTest(r).Lo }},
		{name: "effect_upp", figure: func(r table.Result) float64 { return ofTest(r).Hi }},
		{name: "prob", figure: probOf},
		{name: "held", text: func(r table.Result) string { return strconv.FormatBool(r.Held) }},
	}
}

// parquetColumns turns lines into columns for Parquet, under the same names.
func parquetColumns(results []table.Result) []dataset.ParquetColumn {
	var out []dataset.ParquetColumn
	for _, c := range resultColumns() {
		to := dataset.ParquetColumn{Name: c.name}
		switch {
		case c.text != nil:
			to.Texts = columnOf(results, c.text)
		case c.figure != nil:
			to.Figures = columnOf(results, c.figure)
		default:
			to.Counts = columnOf(results, c.count)
		}
		out = append(out, to)
	}
	return out
}

func columnOf[T any](results []table.Result, of func(table.Result) T) []T {
	out := make([]T, len(results))
	for i, r := range results {
		out[i] = of(r)
	}
	return out
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
