package estimate

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

func people(n int, change func(i int, r *reply)) []reply {
	out := make([]reply, n)
	for i := range out {
		out[i] = reply{scale: []string{"low", "high"}[i%2], many: []string{"a"}, place: "north", n: int64(i % 5), x: float64(i), stratum: "s", unit: int64(i % 3), weight: 1}
		if change != nil {
			change(i, &out[i])
		}
	}
	return out
}

func TestSmallAndEmptySamples(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	for name, all := range map[string][]reply{
		"nobody":          {},
		"one respondent":  people(1, nil),
		"all missing":     people(5, func(_ int, r *reply) { r.scale, r.many, r.place, r.n = "", nil, "", -1 }),
		"no weight":       people(5, func(_ int, r *reply) { r.weight = 0 }),
		"one with weight": people(5, func(i int, r *reply) { r.weight = float64(min(i, 1) * (1 - min(max(i-1, 0), 1))) }),
		"one unit":        people(5, func(_ int, r *reply) { r.unit = 1 }),
		"all alike":       people(5, func(_ int, r *reply) { r.scale, r.n, r.x = "low", 3, 0.1 }),
	} {
		for _, design := range sampleDesigns {
			for _, factor := range []float64{0, 1} {
				t.Run(name+" "+string(design.Kind), func(t *testing.T) {
					tables := run(t, sample(t, s, all, 2, factor), samplePlan(), Config{Design: design}, 2)
					if len(tables) != len(samplePlan().Rows) {
						t.Fatalf("%d tables", len(tables))
					}
					for _, tb := range tables {
						for d, cells := range tb.Cells {
							for _, e := range cells {
								if base := tb.Domains[d].Base; base.Weighted > 0 && isNaN(e.Value) || base.Weighted == 0 && !isNaN(e.Value) {
									t.Errorf("%s of %s: %+v on %+v", tb.Row.Analysis, tb.Row.Item, e, base)
								}
								if !isNaN(e.Lo) && isNaN(e.SE) || e.Method == "" || math.IsInf(e.SE, 0) || math.IsInf(e.DEff, 0) {
									t.Errorf("%s of %s: %+v", tb.Row.Analysis, tb.Row.Item, e)
								}
							}
						}
					}
				})
			}
		}
	}
}

func TestSharesOfAllAndNoneHaveIntervals(t *testing.T) {
	all := people(20, func(_ int, r *reply) { r.scale = "low" })
	tb := run(t, sample(t, sampleSurvey(t, formOrder, false), all, 8, 0), table.Plan{Rows: []table.Row{{Analysis: table.PropSelectOne, Item: "scale"}}}, Config{}, 1)[0]
	yes, no := tb.Cells[0][0], tb.Cells[0][1]
	if yes.Value != 1 || yes.Hi != 1 || math.Abs(yes.Lo-0.8315665) > 1e-6 || yes.Method != string(Beta) {
		t.Errorf("%+v", yes)
	}
	if no.Value != 0 || no.Lo != 0 || math.Abs(no.Hi-0.1684335) > 1e-6 || no.SE != 0 {
		t.Errorf("%+v", no)
	}
}

func TestNumbersFarFromZeroKeepTheirSpread(t *testing.T) {
	all := people(50, func(i int, r *reply) { r.x, r.weight = 1e6+float64(i%2)/64, 1+float64(i%3)/7 })
	near := people(50, func(i int, r *reply) { r.x, r.weight = float64(i%2)/64, 1+float64(i%3)/7 })
	plan := table.Plan{Rows: []table.Row{{Analysis: table.Mean, Item: "x"}}}
	for _, design := range sampleDesigns {
		s := sampleSurvey(t, formOrder, false)
		far := run(t, sample(t, s, all, 16, 1), plan, Config{Design: design}, 1)[0].Cells[0][0]
		beside := run(t, sample(t, s, near, 16, 1), plan, Config{Design: design}, 1)[0].Cells[0][0]
		if math.Abs(far.SE-beside.SE) > 1e-9*beside.SE || !(beside.SE > 0) {
			t.Errorf("%+v: SE %v far from zero, %v near", design, far.SE, beside.SE)
		}
	}
}

func TestNumbersTooLargeAreReported(t *testing.T) {
	all := people(4, func(i int, r *reply) { r.x = 1e30 })
	tables, findings, err := Estimate(context.Background(), engine.Engine{Workers: 1}, sample(t, sampleSurvey(t, formOrder, false), all, 16, 1),
		table.Plan{Rows: []table.Row{{Analysis: table.Mean, Item: "x"}}}, Config{})
	if err != nil {
		t.Fatal(err)
	}
	mustHave(t, findings, "out-of-range")
	if e := tables[0].Cells[0][0]; !isNaN(e.Value) || e.Method != OutOfRange {
		t.Errorf("%+v", e)
	}
}

func TestWeightsAndDesignsThatCannotBeUsedAreFindings(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	plan := table.Plan{Rows: []table.Row{{Analysis: table.Mean, Item: "n"}}}
	for kind, tt := range map[string]struct {
		change func(i int, r *reply)
		design sampling.Design
		row    int
		count  int64
	}{
		"bad-weight": {func(i int, r *reply) {
			if i > 2 {
				r.weight = []float64{-1, math.NaN()}[i%2]
			}
		}, sampling.Design{}, 5, 3},
		"no-stratum":  {func(i int, r *reply) { r.stratum = strings.Repeat("s", min(i, 2)) }, sampling.Design{Kind: table.Stratified, Strata: "stratum"}, 2, 1},
		"fpc-varies":  {nil, sampling.Design{Kind: table.Simple, FPC: "unit"}, 0, 1},
		"fpc-beyond":  {nil, sampling.Design{Kind: table.Simple, FPC: "3"}, 0, 1},
		"lonely-psu":  {func(i int, r *reply) { r.stratum = []string{"a", "b"}[min(i, 1)] }, sampling.Design{Kind: table.Stratified, Strata: "stratum"}, 0, 1},
		"design-item": {nil, sampling.Design{Kind: table.Cluster, PSU: "many"}, 0, 0},
		"bad-config":  {nil, sampling.Design{Kind: table.Cluster}, 0, 0},
	} {
		t.Run(kind, func(t *testing.T) {
			_, findings, err := Estimate(context.Background(), engine.Engine{Workers: 2}, sample(t, s, people(6, tt.change), 2, 1), plan, Config{Design: tt.design})
			if err != nil {
				t.Fatal(err)
			}
			f := mustHave(t, findings, kind)
			if f.Place.Row != tt.row || f.Count != tt.count {
				t.Errorf("%+v", f)
			}
			if kind != "lonely-psu" && !finding.Refused(findings) {
				t.Error("the run may go on")
			}
		})
	}
}

func TestPlansThatCannotBeComputedAreFindings(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	d := sample(t, s, people(6, nil), 2, 1)
	for kind, r := range map[string]table.Row{
		"plan-item":     {Analysis: table.Mean, Item: "nothing"},
		"plan-analysis": {Analysis: table.PropSelectOne, Item: "many"},
		"plan-by":       {Analysis: table.Mean, Item: "n", By: []string{"x"}},
		"plan-net":      {Analysis: table.PropNet, Item: "scale", Values: []string{"dk"}},
		"plan-domains":  {Analysis: table.Mean, Item: "n", By: []string{"scale", "place"}},
		"plan-level":    {Analysis: table.Mean, Item: "n", Level: 95},
	} {
		good := table.Row{Analysis: table.Mean, Item: "n"}
		tables, findings, err := Estimate(context.Background(), engine.Engine{}, d, table.Plan{Rows: []table.Row{r, good}}, Config{Domains: Domains{Max: 7}})
		if err != nil {
			t.Fatal(err)
		}
		mustHave(t, findings, kind)
		if len(tables) != 1 || tables[0].Row.Key() != good.Key() {
			t.Errorf("%s: %d tables", kind, len(tables))
		}
	}
}

func TestARankWithRefusedChoicesIsNoDomain(t *testing.T) {
	all := people(4, func(i int, r *reply) { r.many = [][]string{{"b", "refused"}, {"refused"}, {}, nil}[i] })
	tb := run(t, sample(t, sampleSurvey(t, formOrder, false), all, 16, 1), table.Plan{Rows: []table.Row{{Analysis: table.Mean, Item: "n", By: []string{"many"}}}}, Config{}, 1)[0]
	if len(tb.Domains) != 3 || tb.Domains[1].Base.Answered() != 1 || tb.Domains[0].Base.Total() != 0 {
		t.Errorf("%+v", tb.Domains)
	}
}

func TestDefaultsAreValidAndMistakesAreAllNamed(t *testing.T) {
	if f := Default().Validate(); len(f) > 0 {
		t.Error(f)
	}
	if f := (Config{}).Validate(); len(f) > 0 {
		t.Error(f)
	}
	bad := Config{Design: sampling.Design{Kind: "x", Lonely: "x", FPC: "-3"}, Interval: "x", DEff: "x", Domains: Domains{Max: -1}}
	if f := bad.Validate(); len(f) != 6 || !finding.Refused(f) {
		t.Errorf("%d findings: %v", len(f), f)
	}
	for _, d := range []sampling.Design{
		{Kind: table.Convenience, Strata: "a"}, {Kind: table.Simple, PSU: "a"}, {Kind: table.Convenience, FPC: "a"},
		{Kind: table.Stratified}, {Kind: table.Stratified, Strata: "a", PSU: "b"}, {Kind: table.Cluster},
	} {
		if f := (Config{Design: d}).Validate(); len(f) != 1 {
			t.Errorf("%+v: %v", d, f)
		}
	}
}

func TestBatchesOfAnotherLayoutAreRefused(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	weighted, plain := sample(t, s, people(2, nil), 2, 1), sample(t, s, people(2, nil), 2, 0)
	tally, _ := NewTally(s, weighted.Levels[0].Layout, samplePlan(), Config{})
	for b := range plain.Batches(0) {
		if tally.Add(b) == nil {
			t.Error("a batch without weights was added")
		}
	}
	other, _ := NewTally(s, weighted.Levels[0].Layout, table.Plan{}, Config{})
	if tally.Merge(other) == nil {
		t.Error("a tally of another plan was merged")
	}
}

func TestARepeatTakesItsRespondentsForSamplingUnits(t *testing.T) {
	s, findings := survey.New(survey.Survey{
		Levels: []survey.Level{{Name: survey.RespondentLevel, Parent: -1}, {Name: "visit", Path: "visit"}},
		Items:  []survey.Item{{Name: "region", Type: survey.Integer}, {Name: "cost", Type: survey.Decimal, Level: 1}},
	})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	var levels []dataset.Level
	for level, rows := range []int{3, 6} {
		layout := dataset.NewLayout(s, level, nil)
		b := dataset.NewBuilder(layout)
		for i := range rows {
			b.Begin(dataset.Response{Parent: int64(i/2)*int64(level) - int64(1-level)})
			if level == 1 {
				b.Column("cost").Float([]float64{1, 2, 4, 5, 9, 3}[i])
			}
		}
		levels = append(levels, dataset.Level{Layout: layout, Rows: int64(rows), Source: dataset.Memory{b.Batch()}})
	}
	d := &dataset.Dataset{Survey: s, Levels: levels}
	tables, found, err := Estimate(context.Background(), engine.Engine{Workers: 1}, d, table.Plan{Rows: []table.Row{{Analysis: table.Mean, Item: "cost"}}}, Config{Design: sampling.Design{Kind: table.Stratified, Strata: "region"}})
	if err != nil {
		t.Fatal(err)
	}
	mustHave(t, found, "design-level")
	e := tables[0].Cells[0][0]
	// Influences of the three respondents are (3-8)/6, (9-8)/6, (12-8)/6; V = 3/2·Σz².
	if want := math.Sqrt(1.5 * (25 + 1 + 16) / 36); math.Abs(e.SE-want) > 1e-12 || e.DF != 2 || e.Value != 4 || tables[0].Level != "visit" {
		t.Errorf("%+v, SE should be %v", e, want)
	}
}

// TestWeightsThatAddUpToOneAreAddedToo looks at weights so small that their
// squares have bits below the least of an exact sum.
func TestWeightsThatAddUpToOneAreAddedToo(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	all := people(40, func(i int, r *reply) {
		r.scale, r.place, r.weight = []string{"low", "high"}[i%2], []string{"north", "south"}[i/2%2], (1+float64(i%7)/3)/1e4
	})
	d := sample(t, s, all, 16, 1)
	for _, design := range sampleDesigns {
		for _, tb := range run(t, d, table.Plan{Rows: []table.Row{
			{Analysis: table.PropSelectOne, Item: "scale", By: []string{"place"}},
			{Analysis: table.TestIndependence, Item: "scale", By: []string{"place"}},
			{Analysis: table.Compare, Item: "scale", By: []string{"place"}},
		}}, Config{Design: design}, 2) {
			for _, cells := range tb.Cells {
				for _, e := range cells[:min(1, len(cells))] {
					if e.Method == OutOfRange || isNaN(e.Value) {
						t.Errorf("%+v: %+v", tb.Row, e)
					}
				}
			}
			for _, test := range tb.Tests {
				if test.Why == OutOfRange {
					t.Errorf("%+v: %+v", tb.Row, test)
				}
			}
		}
	}
}
