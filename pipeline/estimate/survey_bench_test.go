package estimate

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// The survey that R's survey package was timed with: a million respondents in
// 50 strata of 40 sampling units, with weights, and 40 items of 5 choices.
const (
	surveyRows   = 1_000_000
	surveyItems  = 40
	surveyStrata = 50
	surveyUnits  = 40
)

// sampled writes the survey to a file, as a stage of a run leaves it.
func sampled(b *testing.B, rows int) *dataset.Dataset {
	var form survey.Survey
	var choices []survey.Choice
	for i := range 5 {
		choices = append(choices, survey.Choice{Name: fmt.Sprint("c", i)})
	}
	form.Lists = []*survey.ChoiceList{survey.NewChoiceList("list", choices)}
	for i := range surveyItems {
		form.Items = append(form.Items, survey.Item{Name: fmt.Sprint("q", i), Type: survey.SelectOne, List: "list"})
	}
	form.Items = append(form.Items, survey.Item{Name: "stratum", Type: survey.Integer}, survey.Item{Name: "unit", Type: survey.Integer})
	s, _ := survey.New(form)
	layout := dataset.NewLayout(s, 0, nil).With(s, nil, false, true)
	file, err := dataset.Create(filepath.Join(b.TempDir(), "answers.arrow"), layout)
	if err != nil {
		b.Fatal(err)
	}
	builder := dataset.NewBuilder(layout)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range rows {
		builder.Begin(dataset.Response{Parent: -1, Origin: dataset.Origin{Row: int64(i)}, Weight: 0.3 + 3*r.Float64()})
		for q := range surveyItems {
			builder.Column(s.Items[q].Name).Code(int32(r.IntN(5)))
		}
		builder.Column("stratum").Int(int64(r.IntN(surveyStrata)))
		builder.Column("unit").Int(int64(r.IntN(surveyUnits)))
		if builder.Len() == dataset.BatchRows || i == rows-1 {
			if err := file.Write(builder.Batch()); err != nil {
				b.Fatal(err)
			}
		}
	}
	level, err := file.Close()
	if err != nil {
		b.Fatal(err)
	}
	return &dataset.Dataset{Survey: s, Levels: []dataset.Level{level}}
}

// surveyPlan asks for 40 weighted frequency tables with intervals, and 200
// weighted crosstabs with the test of Rao and Scott.
func surveyPlan() table.Plan {
	var p table.Plan
	for i := range surveyItems {
		p.Rows = append(p.Rows, table.Row{Analysis: table.PropSelectOne, Item: fmt.Sprint("q", i)})
	}
	for i := range surveyItems {
		for j := 1; j <= 5; j++ {
			item, by := fmt.Sprint("q", i), []string{fmt.Sprint("q", (i+j)%surveyItems)}
			p.Rows = append(p.Rows, table.Row{Analysis: table.PropSelectOne, Item: item, By: by}, table.Row{Analysis: table.TestIndependence, Item: item, By: by})
		}
	}
	return p
}

// BenchmarkSurvey computes them from answers in memory, and from a file, as a
// run does: there the reading counts too.
func BenchmarkSurvey(b *testing.B) {
	d, plan := sampled(b, surveyRows), surveyPlan()
	cfg := Config{Design: sampling.Design{Kind: table.Cluster, Strata: "stratum", PSU: "unit"}}
	measure := func(b *testing.B, d *dataset.Dataset) {
		for b.Loop() {
			if _, findings, err := Estimate(b.Context(), engine.Engine{Workers: 2}, d, plan, cfg); err != nil || len(findings) > 0 {
				b.Fatal(err, findings)
			}
		}
	}
	b.Run("file", func(b *testing.B) { measure(b, d) })
	b.Run("memory", func(b *testing.B) {
		var held dataset.Memory
		for batch, err := range d.Levels[0].Source.Batches() {
			if err != nil {
				b.Fatal(err)
			}
			held = append(held, batch)
		}
		level := d.Levels[0]
		level.Source = held
		measure(b, &dataset.Dataset{Survey: d.Survey, Levels: []dataset.Level{level}})
	})
}
