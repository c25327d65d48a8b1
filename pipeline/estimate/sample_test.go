package estimate

import (
	"context"
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// sampleSurvey asks a scale, several choices, a number and the design. Order
// is the order of the choices of the scale in the form, extra puts one more
// choice, which nobody makes, at the end of each list.
func sampleSurvey(t fataler, order []int, extra bool) *survey.Survey {
	t.Helper()
	score := func(x float64) *float64 { return &x }
	scale := []survey.Choice{
		{Name: "low", Score: score(1)}, {Name: "middle", Score: score(2.5)}, {Name: "high", Score: score(4)},
		{Name: "other"}, {Name: "dk", Missing: survey.DontKnow},
	}
	several := []survey.Choice{{Name: "a"}, {Name: "b"}, {Name: "c"}, {Name: "refused", Missing: survey.Refused}}
	place := []survey.Choice{{Name: "north"}, {Name: "south"}, {Name: "nowhere", Missing: survey.NotApplicable}}
	mixed := make([]survey.Choice, len(scale))
	for i, from := range order {
		mixed[i] = scale[from]
	}
	if extra {
		mixed = append(mixed, survey.Choice{Name: "new", Score: score(9)})
		several = append(several, survey.Choice{Name: "new"})
		place = append(place, survey.Choice{Name: "new"})
	}
	s, findings := survey.New(survey.Survey{
		Items: []survey.Item{
			{Name: "scale", Type: survey.SelectOne, List: "scale"},
			{Name: "many", Type: survey.SelectMultiple, List: "many"},
			{Name: "order", Type: survey.Rank, List: "many"},
			{Name: "place", Type: survey.SelectOne, List: "place"},
			{Name: "n", Type: survey.Integer},
			{Name: "x", Type: survey.Decimal},
			{Name: "stratum", Type: survey.OpenText},
			{Name: "unit", Type: survey.Integer},
			{Name: "size", Type: survey.Integer},
		},
		Lists: []*survey.ChoiceList{
			survey.NewChoiceList("scale", mixed), survey.NewChoiceList("many", several), survey.NewChoiceList("place", place),
		},
	})
	if len(findings) > 0 {
		t.Fatalf("%v", findings)
	}
	return s
}

var formOrder = []int{0, 1, 2, 3, 4}

type fataler interface {
	Helper()
	Fatalf(string, ...any)
}

// reply is one respondent's answers. An empty text is no answer.
type reply struct {
	scale   string
	many    []string // nil is no answer
	place   string
	n       int64 // below 0 is not asked
	x       float64
	stratum string
	unit    int64
	weight  float64
}

func replies() *rapid.Generator[[]reply] {
	one := rapid.Custom(func(t *rapid.T) reply {
		r := reply{
			scale:   rapid.SampledFrom([]string{"", "low", "middle", "high", "other", "dk"}).Draw(t, "scale"),
			many:    rapid.SampledFrom([][]string{nil, {}, {"a"}, {"a", "b"}, {"c", "a", "b"}, {"refused"}, {"b", "refused"}}).Draw(t, "many"),
			place:   rapid.SampledFrom([]string{"", "north", "south", "nowhere"}).Draw(t, "place"),
			n:       rapid.Int64Range(-2, 9).Draw(t, "n"),
			x:       float64(rapid.IntRange(-1e7, 1e7).Draw(t, "x")) / 1000,
			stratum: rapid.SampledFrom([]string{"s1", "s2", "s3"}).Draw(t, "stratum"),
			unit:    rapid.Int64Range(1, 4).Draw(t, "unit"),
			weight:  rapid.SampledFrom([]float64{0, 1, 1, 0.3, 2.7182818, 1.1}).Draw(t, "weight"),
		}
		return r
	})
	return rapid.SliceOfN(one, 1, 40)
}

// sample builds the replies into batches of the given size.
func sample(t fataler, s *survey.Survey, replies []reply, batch int, factor float64) *dataset.Dataset {
	t.Helper()
	layout := dataset.NewLayout(s, 0, nil).With(s, nil, false, factor != 0)
	b := dataset.NewBuilder(layout)
	code := func(item, choice string) int32 {
		it, _ := s.Item(item)
		c, ok := s.List(it.List).Code(choice)
		if !ok {
			t.Fatalf("no choice %s", choice)
		}
		return c
	}
	var batches dataset.Memory
	for i, r := range replies {
		b.Begin(dataset.Response{Parent: -1, Origin: dataset.Origin{Row: int64(i + 2)}, Weight: r.weight * factor})
		if r.scale != "" {
			b.Column("scale").Code(code("scale", r.scale))
		}
		if r.place != "" {
			b.Column("place").Code(code("place", r.place))
		}
		if r.many != nil {
			set := []int32{}
			for _, c := range r.many {
				set = append(set, code("many", c))
			}
			b.Column("many").Choose(set)
			b.Column("order").Choose(set)
		}
		if r.n < 0 {
			b.Column("n").Missing(survey.NotAsked)
		} else {
			b.Column("n").Int(r.n)
		}
		b.Column("x").Float(r.x)
		b.Column("stratum").Text(r.stratum)
		b.Column("unit").Int(r.unit)
		b.Column("size").Int(60)
		if b.Len() == batch {
			batches = append(batches, b.Batch())
		}
	}
	batches = append(batches, b.Batch())
	return &dataset.Dataset{Survey: s, Levels: []dataset.Level{{Layout: layout, Rows: int64(len(replies)), Source: batches}}}
}

// samplePlan asks for every kind of analysis by every kind of domain.
func samplePlan() table.Plan {
	var p table.Plan
	for _, by := range [][]string{nil, {"place"}, {"many"}, {"place", "scale"}} {
		p.Rows = append(p.Rows,
			table.Row{Analysis: table.PropSelectOne, Item: "scale", By: by},
			table.Row{Analysis: table.PropSelectMultiple, Item: "many", By: by},
			table.Row{Analysis: table.PropSelectMultiple, Item: "order", By: by},
			table.Row{Analysis: table.PropNet, Item: "scale", Values: []string{"middle", "high"}, By: by},
			table.Row{Analysis: table.PropNet, Item: "many", Values: []string{"a", "c"}, By: by},
			table.Row{Analysis: table.Mean, Item: "scale", By: by},
			table.Row{Analysis: table.Mean, Item: "n", By: by, Level: 0.9},
			table.Row{Analysis: table.Mean, Item: "x", By: by})
	}
	return p
}

var sampleDesigns = []sampling.Design{
	{Kind: table.Convenience},
	{Kind: table.Simple, FPC: "5000"},
	{Kind: table.Stratified, Strata: "stratum", FPC: "size", Lonely: sampling.LonelyAdjust},
	{Kind: table.Stratified, Strata: "stratum", Lonely: sampling.LonelyAverage, LonelyDomain: true},
	{Kind: table.Cluster, PSU: "unit"},
	{Kind: table.Cluster, Strata: "stratum", PSU: "unit", FPC: "size", Lonely: sampling.LonelyRemove},
}

func run(t fataler, d *dataset.Dataset, plan table.Plan, cfg Config, workers int) []*table.Table {
	t.Helper()
	tables, findings, err := Estimate(context.Background(), engine.Engine{Workers: workers}, d, plan, cfg)
	if err != nil || finding.Refused(findings) {
		t.Fatalf("%v %v", err, findings)
	}
	return tables
}

// difference returns the first figure in which tables differ by a bit, "" when none does.
func difference(a, b []*table.Table) string {
	if len(a) != len(b) {
		return fmt.Sprintf("%d tables and %d", len(a), len(b))
	}
	for i := range a {
		x, y := a[i], b[i]
		if len(x.Cells) != len(y.Cells) || fmt.Sprint(x.Choices, x.Row, x.Level, x.Design) != fmt.Sprint(y.Choices, y.Row, y.Level, y.Design) {
			return fmt.Sprintf("table %d is of another shape", i)
		}
		for d := range x.Cells {
			if l, r := fmt.Sprintf("%+v", x.Domains[d]), fmt.Sprintf("%+v", y.Domains[d]); l != r {
				return fmt.Sprintf("%+v: %s, not %s", x.Row, r, l)
			}
			for c := range x.Cells[d] {
				if l, r := fmt.Sprintf("%+v", x.Cells[d][c]), fmt.Sprintf("%+v", y.Cells[d][c]); l != r {
					return fmt.Sprintf("%+v %v: %s, not %s", x.Row, x.Domains[d].Values, r, l)
				}
			}
		}
	}
	return ""
}

func isNaN(x float64) bool { return math.IsNaN(x) }

func mustHave(t *testing.T, findings []finding.Finding, kind string) finding.Finding {
	t.Helper()
	for _, f := range findings {
		if f.Kind == kind {
			return f
		}
	}
	t.Fatalf("no finding %q in %v", kind, findings)
	return finding.Finding{}
}
