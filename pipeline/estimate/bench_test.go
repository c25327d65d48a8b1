package estimate

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// wide builds a survey of 150 items (every tenth takes several choices, every
// tenth is a number, the others are scales) and its answers.
func wide(b *testing.B, rows int, weighted bool) *dataset.Dataset {
	var form survey.Survey
	var choices []survey.Choice
	for i := range 7 {
		x := float64(i)
		choices = append(choices, survey.Choice{Name: fmt.Sprint("c", i), Score: &x})
	}
	form.Lists = []*survey.ChoiceList{survey.NewChoiceList("list", choices)}
	for i := range 150 {
		kind := survey.SelectOne
		switch i % 10 {
		case 8:
			kind = survey.SelectMultiple
		case 9:
			kind = survey.Integer
		}
		form.Items = append(form.Items, survey.Item{Name: fmt.Sprint("q", i), Type: kind, List: "list"})
	}
	s, _ := survey.New(form)
	layout := dataset.NewLayout(s, 0, nil).With(s, nil, false, weighted)
	builder := dataset.NewBuilder(layout)
	r := rand.New(rand.NewPCG(1, 2))
	var batches dataset.Memory
	for i := range rows {
		builder.Begin(dataset.Response{Parent: -1, Origin: dataset.Origin{Row: int64(i)}, Weight: 0.3 + 3*r.Float64()})
		for _, item := range s.Items {
			c := builder.Column(item.Name)
			switch item.Type {
			case survey.SelectOne:
				c.Code(int32(r.IntN(7)))
			case survey.SelectMultiple:
				c.Choose([]int32{int32(r.IntN(7)), int32(r.IntN(7))})
			default:
				c.Int(int64(r.IntN(100)))
			}
		}
		if builder.Len() == dataset.BatchRows || i == rows-1 {
			batches = append(batches, builder.Batch())
		}
	}
	return &dataset.Dataset{Survey: s, Levels: []dataset.Level{{Layout: layout, Rows: int64(rows), Source: batches}}}
}

func BenchmarkEstimate(b *testing.B) {
	const rows = 100_000
	for _, weighted := range []bool{false, true} {
		d := wide(b, rows, weighted)
		plan := table.Guess(d.Survey, []string{"q0", "q1", "q2"})
		for _, cfg := range []Config{
			{},
			{Design: sampling.Design{Kind: table.Stratified, Strata: "q3"}},
			{Design: sampling.Design{Kind: table.Cluster, PSU: "q9", Strata: "q3"}},
		} {
			b.Run(fmt.Sprintf("%s/weighted=%v", cfg.filled().Design.Kind, weighted), func(b *testing.B) {
				for b.Loop() {
					if _, _, err := Estimate(b.Context(), engine.Engine{Workers: 1}, d, plan, cfg); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows/float64(150*4), "ns/answer")
				b.ReportMetric(float64(len(plan.Rows)), "tables")
			})
		}
	}
}

func BenchmarkRegression(b *testing.B) {
	const rows = 100_000
	d := wide(b, rows, true)
	for _, r := range []table.Row{
		{Analysis: table.RegressionLinear, Item: "q9", With: []string{"q0", "q1", "q19"}, Method: Categories},
		{Analysis: table.RegressionLogistic, Item: "q2", Values: []string{"c5", "c6"}, With: []string{"q0", "q1", "q19"}, Method: Categories},
		{Analysis: table.RegressionOrdinal, Item: "q2", With: []string{"q0", "q1", "q19"}},
	} {
		b.Run(string(r.Analysis), func(b *testing.B) {
			for b.Loop() {
				if _, _, err := Estimate(b.Context(), engine.Engine{Workers: 1}, d, table.Plan{Rows: []table.Row{r}}, Config{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
