package weight

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// person answers two items by the place of a choice, -1 for none, and a number.
type person struct {
	region, size int
	staff, base  float64
}

var regions, sizes = []string{"north", "south", "east"}, []string{"small", "large"}

// people makes answers, three to a batch. The choices of region stand in an order.
func people(t testing.TB, all []person, order []string) *dataset.Dataset {
	t.Helper()
	list := func(name string, names []string) *survey.ChoiceList {
		var choices []survey.Choice
		for _, n := range names {
			choices = append(choices, survey.Choice{Name: n, Label: survey.Text{"en": "The " + n}})
		}
		return survey.NewChoiceList(name, choices)
	}
	s, findings := survey.New(survey.Survey{
		Items: []survey.Item{
			{Name: "region", Type: survey.SelectOne, List: "region"}, {Name: "size", Type: survey.SelectOne, List: "size"},
			{Name: "staff", Type: survey.Decimal}, {Name: "base", Type: survey.Decimal}, {Name: "wish", Type: survey.OpenText},
		},
		Lists: []*survey.ChoiceList{list("region", order), list("size", sizes)},
	})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	layout := dataset.NewLayout(s, 0, nil)
	var batches dataset.Memory
	b := dataset.NewBuilder(layout)
	for i, p := range all {
		b.Begin(dataset.Response{Parent: -1, Weight: 1, Origin: dataset.Origin{Row: int64(i + 2)}})
		if p.region >= 0 {
			b.Column("region").Code(int32(slices.Index(order, regions[p.region])))
		}
		if p.size >= 0 {
			b.Column("size").Code(int32(p.size))
		}
		b.Column("staff").Float(p.staff)
		b.Column("base").Float(p.base)
		if b.Len() == 3 {
			batches = append(batches, b.Batch())
		}
	}
	batches = append(batches, b.Batch())
	return &dataset.Dataset{Survey: s, Files: []string{"a.csv"}, Levels: []dataset.Level{{Layout: layout, Rows: int64(len(all)), Source: batches}}}
}

// csvSheet reads the lines of a sheet.
func csvSheet(text string) *Sheet {
	s := &Sheet{File: "frame.csv"}
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if cells := strings.Split(line, ","); i == 0 {
			s.Header = cells
		} else {
			s.Rows, s.Lines = append(s.Rows, cells), append(s.Lines, i+1)
		}
	}
	return s
}

const margins = `item,value,total
region,north,120
region,The south,300
region,east,180
size,small,400
size,large,200`

func weigh(t testing.TB, d *dataset.Dataset, cfg Config, sheets Sheets) ([]float64, Outcome, []finding.Finding) {
	t.Helper()
	out, outcome, findings, err := Weight(context.Background(), engine.Engine{Workers: 2, Dir: t.TempDir()}, d, cfg, sheets)
	if err != nil {
		t.Fatal(err)
	}
	if finding.Refused(findings) {
		return nil, outcome, findings
	}
	return weightsOf(t, out, 0), outcome, findings
}

// drawPeople draws some of each cell, so that totals can be met.
func drawPeople(r *rapid.T) []person {
	var out []person
	for a := range regions {
		for b := range sizes {
			for range rapid.IntRange(2, 6).Draw(r, "n") {
				out = append(out, person{a, b, float64(rapid.IntRange(1, 40).Draw(r, "staff")), rapid.SampledFrom([]float64{0.5, 1, 1.25, 3}).Draw(r, "base")})
			}
		}
	}
	return rapid.Permutation(out).Draw(r, "order")
}

func TestNeitherOrderNorLabelsNorScaleOfBaseWeightsMatter(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		all := drawPeople(r)
		cfg := Config{Column: "base", Method: rapid.SampledFrom([]Method{Rake, Calibrate}).Draw(r, "method"), Frame: "frame.csv"}
		if cfg.Method == Calibrate {
			cfg.Distance = "raking"
		}
		sheets := Sheets{Frame: csvSheet(margins)}
		want, outcome, findings := weigh(t, people(t, all, regions), cfg, sheets)
		if want == nil {
			r.Skip(findings)
		}
		for _, b := range outcome.Summary.Balance {
			for _, row := range b.Rows {
				if math.Abs(row.After-row.Frame) > 1e-9 {
					r.Fatalf("the margin %v is not met: %+v", b.Items, row)
				}
			}
		}
		reversed := slices.Clone(all)
		slices.Reverse(reversed)
		got, _, _ := weigh(t, people(t, reversed, regions), cfg, sheets)
		slices.Reverse(got)
		if !slices.Equal(got, want) {
			r.Fatal("the order of rows changes weights")
		}
		relabelled, _, _ := weigh(t, people(t, all, []string{"east", "north", "south"}), cfg, sheets)
		for i := range all {
			all[i].base *= 7
		}
		scaled, _, _ := weigh(t, people(t, all, regions), cfg, sheets)
		for i, w := range want {
			if math.Abs(relabelled[i]-w) > 1e-8*w || math.Abs(scaled[i]-w) > 1e-8*w {
				r.Fatalf("%v relabelled, %v scaled, want %v", relabelled[i], scaled[i], w)
			}
		}
	})
}

func TestRakingOfOneMarginIsPostStratification(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		d := people(t, drawPeople(r), regions)
		var want []float64
		for _, cfg := range []Config{{Method: PostStratify}, {Method: Rake}, {Method: Calibrate}} {
			cfg.Column, cfg.Frame, cfg.Margins = "base", "frame.csv", [][]string{{"region"}}
			got, _, findings := weigh(t, d, cfg, Sheets{Frame: csvSheet(margins)})
			if want == nil {
				want = got
			}
			for i := range want {
				if got == nil || math.Abs(got[i]-want[i]) > 1e-9*want[i] {
					r.Fatal(cfg.Method, findings)
				}
			}
		}
	})
}

var six = []person{{0, 0, 1, 1}, {0, 1, 2, 1}, {1, 0, 3, 1}, {1, 1, 4, 1}, {2, 0, 5, 1}, {2, 1, 6, 1}}

func TestWhatAFrameCannotHoldIsRefusedByItsPlace(t *testing.T) {
	for name, c := range map[string]struct {
		cfg   Config
		frame string
		want  string
	}{
		"no total":         {Config{Method: Rake}, "item,value\nregion,north", "row 1: The frame has no column total."},
		"unknown item":     {Config{Method: Rake}, "regoin,total\nnorth,3", "row 1, column regoin: The survey has no item regoin. Did you mean"},
		"unknown choice":   {Config{Method: Rake}, "region,total\nnort,3", "row 2, column region: The cell names no choice"},
		"open item":        {Config{Method: Rake}, "wish,total\na,3", "neither single choices nor numbers"},
		"no number":        {Config{Method: Rake}, "region,total\nnorth,many", "row 2, column total: The cell is not a number"},
		"negative":         {Config{Method: Rake}, "region,total\nnorth,-3", "row 2, column total: The total is negative"},
		"twice":            {Config{Method: Rake}, "region,total\nnorth,3\nThe north,3", "row 3: The frame has an earlier row"},
		"lacks a choice":   {Config{Method: Rake}, "region,total\nnorth,3\nsouth,3", "no total for: region=east. Add the row"},
		"nobody there":     {Config{Method: Rake}, "region,total\nnorth,3\nsouth,3\neast,0", "row 4: By the frame nobody is in region=east"},
		"number":           {Config{Method: Rake}, margins + "\nstaff,,90", "row 7: The total of the item staff is that of a number"},
		"two margins":      {Config{Method: PostStratify}, margins, "post-stratification takes one"},
		"other totals":     {Config{Method: Rake}, margins + "\nregion*size,north*small,3", "The totals of the margin region x size add up to 3"},
		"unknown margin":   {Config{Method: Rake, Margins: [][]string{{"regoin"}}}, margins, "weight.margins names regoin"},
		"margin not there": {Config{Method: Rake, Margins: [][]string{{"staff"}}}, margins, "no totals for the margin staff"},
		"parts":            {Config{Method: Rake}, "item,value,total\nregion*size,north,3", "not as many parts"},
		"below zero":       {Config{Method: Calibrate}, "item,value,total\nregion,north,1\nregion,south,1\nregion,east,1\nstaff,,0", "a weight of zero or less"},
		"cannot be met":    {Config{Method: Calibrate, Bounds: []float64{0.9, 1.1}}, margins, "do not meet these totals: region=north"},
		"no room":          {Config{Trim: Trim{Upper: 0.5, Strict: true}}, "", "within the bounds of weight.trim"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, findings := weigh(t, people(t, six, regions), c.cfg, Sheets{Frame: csvSheet(c.frame)})
			if !finding.Refused(findings) || !slices.ContainsFunc(findings, func(f finding.Finding) bool { return strings.Contains(f.String(), c.want) }) {
				t.Errorf("findings %v lack %q", findings, c.want)
			}
		})
	}
}

func TestAPostStratumWithoutRespondentsIsRefusedWithItsRow(t *testing.T) {
	_, _, findings := weigh(t, people(t, six[:4], regions), Config{Method: PostStratify}, Sheets{Frame: csvSheet("region,total\nnorth,3\nsouth,3\neast,3")})
	if len(findings) != 1 || !strings.Contains(findings[0].String(), "row 4: No respondent is in region=east, so its total cannot be met. Merge it") {
		t.Error(findings)
	}
}

func TestMarginsMayComeFromCellsAndSmallDifferencesAreScaled(t *testing.T) {
	cells := "region,size,total\nnorth,small,1\nnorth,large,3\nsouth,small,2\nsouth,large,2\neast,small,3\neast,large,1"
	got, _, findings := weigh(t, people(t, six, regions), Config{Method: Rake, Margins: [][]string{{"size"}, {"region"}}}, Sheets{Frame: csvSheet(cells)})
	if len(findings) > 0 || !slices.Equal(got, []float64{2, 2, 2, 2, 2, 2}) {
		t.Error(got, findings)
	}
	_, _, findings = weigh(t, people(t, six, regions), Config{Method: Rake}, Sheets{Frame: csvSheet(strings.Replace(margins, "400", "400.3", 1))})
	if len(findings) != 1 || findings[0].Kind != "frame-sum" || findings[0].Severity != finding.Warning {
		t.Error(findings)
	}
}

func TestThoseWhoLackAnAnswerAreRefusedOrCountAsTheAverage(t *testing.T) {
	all := append(slices.Clone(six), person{-1, 0, 3, 2})
	_, _, findings := weigh(t, people(t, all, regions), Config{Column: "base", Method: Rake}, Sheets{Frame: csvSheet(margins)})
	if len(findings) != 1 || findings[0].Kind != "weight-missing" || findings[0].Count != 1 || findings[0].Place.Item != "region" {
		t.Error(findings)
	}
	got, outcome, findings := weigh(t, people(t, all, regions), Config{Column: "base", Method: Rake, Missing: Keep}, Sheets{Frame: csvSheet(margins)})
	if len(findings) != 1 || math.Abs(outcome.Summary.Sum-600) > 1e-6 || math.Abs(got[6]-150) > 1e-9 {
		t.Error(findings, got, outcome.Summary.Sum)
	}
	if math.Abs(outcome.Summary.Balance[0].Rows[0].After-0.2) > 1e-9 {
		t.Errorf("%+v", outcome.Summary.Balance)
	}
}

func TestTheChanceToAnswerOfOneItemIsItsResponseRate(t *testing.T) {
	for name, sheet := range map[string]string{
		"counts of those invited":    "region,invited\nnorth,20\nsouth,10\neast,2",
		"counts of those who did":    "region,invited,answered\nnorth,20,2\nsouth,10,2\neast,2,2",
		"a row for each of the list": "region,answered\n" + strings.Repeat("north,no\n", 18) + strings.Repeat("south,0\n", 8) + strings.Repeat("north,yes\nsouth,1\neast,yes\n", 2),
	} {
		got, outcome, findings := weigh(t, people(t, six, regions), Config{Propensity: Propensity{Frame: "x"}}, Sheets{Invited: csvSheet(sheet)})
		want := []float64{10, 10, 5, 5, 1, 1}
		for i := range want {
			if got == nil || math.Abs(got[i]-want[i]) > 1e-6 {
				t.Fatal(name, got, findings)
			}
		}
		if !slices.ContainsFunc(findings, func(f finding.Finding) bool { return f.Kind == "propensity" }) || outcome.Calibration != nil {
			t.Error(name, findings)
		}
		if rows := outcome.Summary.Balance[0].Rows; math.Abs(rows[0].Frame-0.625) > 1e-12 || math.Abs(rows[0].Before-1.0/3) > 1e-12 || math.Abs(rows[0].After-0.625) > 1e-6 {
			t.Errorf("%s: %+v", name, rows)
		}
	}
}

func TestThoseOfWhomNobodyAnsweredAreNamedAndImpossibleCountsRefused(t *testing.T) {
	_, _, findings := weigh(t, people(t, six[:4], regions), Config{Propensity: Propensity{Frame: "x"}}, Sheets{Invited: csvSheet("region,invited\nnorth,20\nsouth,10\neast,7")})
	if !slices.ContainsFunc(findings, func(f finding.Finding) bool { return strings.HasPrefix(f.Problem, "Of 7 of those asked") }) {
		t.Error(findings)
	}
	for sheet, want := range map[string]string{
		"region,invited\nnorth,1\nsouth,10\neast,7":           "row 2: More answered than the row allows.",
		"region,invited\nnorth,10\nsouth,10":                  "nobody of those asked has: region=east.",
		"region,answered\nnorth,perhaps":                      "row 2, column answered: The cell is neither yes nor no.",
		"region,number\nnorth,3":                              "neither a column invited nor a column answered",
		"region,invited\nelsewhere,3":                         "row 2, column region: The cell names no choice",
		"region,invited\nnorth,30\nnorth,3\nsouth,10\neast,7": "row 3: The sheet has an earlier row",
	} {
		_, _, findings := weigh(t, people(t, six, regions), Config{Propensity: Propensity{Frame: "x"}}, Sheets{Invited: csvSheet(sheet)})
		if !finding.Refused(findings) || !strings.Contains(findings[0].String(), want) {
			t.Errorf("findings %v lack %q", findings, want)
		}
	}
}

func TestTooManyNumbersAreRefusedWithTheRemedy(t *testing.T) {
	all := make([]person, 50_001)
	for i := range all {
		all[i] = person{0, 0, float64(i), 1}
	}
	_, _, findings := weigh(t, people(t, all, regions), Config{Method: Calibrate}, Sheets{Frame: csvSheet("item,value,total\n,,60000\nstaff,,1000000")})
	if len(findings) != 1 || findings[0].Kind != "weight-cells" {
		t.Error(findings)
	}
}

func TestCostlyWeightsAreWarnedOf(t *testing.T) {
	var all []person
	for i := range 40 {
		all = append(all, person{i % 2, 0, 1, 1})
	}
	_, outcome, findings := weigh(t, people(t, all, regions), Config{Method: PostStratify}, Sheets{Frame: csvSheet("region,total\nnorth,980\nsouth,20")})
	if outcome.Summary.Costly != "" || len(findings) > 0 || math.Abs(outcome.Summary.LargestGap-48) > 1e-9 {
		t.Errorf("%v %+v", findings, outcome.Summary)
	}
	all[0].base = 60
	_, outcome, findings = weigh(t, people(t, all, regions), Config{Column: "base", Trim: Trim{Lower: 0.5}}, Sheets{})
	if outcome.Summary.Costly != CostlyVariance || len(findings) != 1 || findings[0].Kind != "costly-weights" {
		t.Errorf("%v %+v", findings, outcome.Summary)
	}
}

func TestWeightsOfRepeatsFollowTheFit(t *testing.T) {
	d := sample(t, []float64{2, 4, 6, 8}, []int{0, 0, 2, 3, 3})
	var frame strings.Builder
	frame.WriteString("n,total\n")
	for i, n := range []int{2, 4, 6, 8} {
		frame.WriteString(strconv.Itoa(n) + "," + strconv.Itoa(10*(i+1)) + "\n")
	}
	out, _, findings, err := Weight(context.Background(), engine.Engine{Workers: 2, Dir: t.TempDir()}, d, Config{Method: PostStratify}, Sheets{Frame: csvSheet(frame.String())})
	if err != nil || len(findings) > 0 || !slices.Equal(weightsOf(t, out, 1), []float64{10, 10, 30, 40, 40}) {
		t.Error(err, findings, weightsOf(t, out, 1))
	}
}

func TestASecondFitFollowsTrimming(t *testing.T) {
	all := append(slices.Clone(six), person{0, 0, 1, 9})
	cfg := Config{Column: "base", Method: PostStratify, Margins: [][]string{{"region"}}, Trim: Trim{Upper: 100}}
	got, outcome, findings := weigh(t, people(t, all, regions), cfg, Sheets{Frame: csvSheet(margins)})
	if len(findings) > 0 || math.Abs(outcome.Summary.Sum-600) > 1e-9 || math.Abs(got[0]+got[1]+got[6]-120) > 1e-9 {
		t.Error(got, findings)
	}
	if ratio := got[6] / got[0]; !(ratio < 9) {
		t.Errorf("the ratio of weights is still %v", ratio)
	}
}
