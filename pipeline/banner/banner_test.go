package banner

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/strictyaml"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

func TestColumnsHaveLetters(t *testing.T) {
	for column, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 27: "AB", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA"} {
		if got := Letter(column); got != want {
			t.Errorf("column %d has the letter %s, not %s", column, got, want)
		}
	}
}

func TestLettersStandBesideTheLargerFigure(t *testing.T) {
	for name, c := range map[string]struct {
		columns int
		found   []Difference
		want    []string
	}{
		"nothing differs":                          {2, nil, []string{"", ""}},
		"capital at the first level":               {2, []Difference{{High: 1, Low: 0}}, []string{"", "A"}},
		"small at the second":                      {3, []Difference{{High: 0, Low: 2, Second: true}, {High: 0, Low: 1}}, []string{"Bc", "", ""}},
		"a column never exceeds itself or another": {2, []Difference{{High: 0, Low: 0}, {High: 0, Low: 7}, {High: 1, Low: -1}}, []string{"", ""}},
		"blanks where a letter has two signs": {28, []Difference{{High: 0, Low: 27, Second: true}, {High: 0, Low: 3}},
			append([]string{"D ab"}, make([]string, 27)...)},
	} {
		if got := Letters(c.columns, c.found); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// The order in which differences were found must not matter.
func TestLettersDoNotDependOnTheOrderOfDifferences(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.IntRange(2, 40).Draw(t, "columns")
		var found []Difference
		for a := range columns {
			for b := range a {
				switch rapid.IntRange(0, 3).Draw(t, "which") {
				case 1:
					found = append(found, Difference{High: a, Low: b, Second: rapid.Bool().Draw(t, "second")})
				case 2:
					found = append(found, Difference{High: b, Low: a})
				}
			}
		}
		mixed := rapid.Permutation(found).Draw(t, "mixed")
		if a, b := Letters(columns, found), Letters(columns, mixed); !slices.Equal(a, b) {
			t.Fatalf("%q and %q", a, b)
		}
	})
}

func TestItemsAreAListOrAll(t *testing.T) {
	for text, want := range map[string][]string{
		"items: all": nil, "items: [all]": nil, "items: [a, b]": {"a", "b"}, "items: a": {"a"}, "levels: [0.9]": nil,
	} {
		c := Default()
		if findings := strictyaml.Decode("config.yaml", []byte(text+"\n"), &c); len(findings) > 0 || !slices.Equal(c.Items, want) {
			t.Errorf("%s: %q, %v", text, c.Items, findings)
		}
	}
}

func TestMistakesAreAllNamed(t *testing.T) {
	if found := Default().Validate(); len(found) > 0 {
		t.Errorf("the defaults: %v", found)
	}
	for name, c := range map[string]struct {
		change func(*Config)
		want   []string
	}{
		"three levels":   {func(c *Config) { c.Levels = []float64{0.99, 0.95, 0.9} }, []string{"tables.levels"}},
		"no level":       {func(c *Config) { c.Levels = nil }, []string{"tables.levels"}},
		"a percentage":   {func(c *Config) { c.Levels = []float64{95} }, []string{"tables.levels"}},
		"not a number":   {func(c *Config) { c.Levels = []float64{math.NaN()} }, []string{"tables.levels"}},
		"four decimals":  {func(c *Config) { c.Levels = []float64{0.9555} }, []string{"tables.levels"}},
		"levels upwards": {func(c *Config) { c.Levels = []float64{0.9, 0.95} }, []string{"tables.levels"}},
		"the same level": {func(c *Config) { c.Levels = []float64{0.9, 0.9} }, []string{"tables.levels"}},
		"an item twice":  {func(c *Config) { c.Banner, c.Items = []string{"a", "a"}, Items{"b", ""} }, []string{"tables.banner", "tables.items"}},
		"everything":     {func(c *Config) { c.Test, c.Adjust, c.MinimumBase = "z", "sidak", 1 }, []string{"tables.test", "tables.minimum_base", "tables.adjust"}},
	} {
		cfg := Default()
		c.change(&cfg)
		var got []string
		for _, f := range cfg.Validate() {
			got = append(got, f.Place.Column)
			if f.Severity != finding.Refusal || f.Problem == "" || f.Remedy == "" {
				t.Errorf("%s: %v", name, f)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func sample(t *testing.T) *survey.Survey {
	t.Helper()
	score := func(v float64) *float64 { return &v }
	s, findings := survey.New(survey.Survey{
		Items: []survey.Item{
			{Name: "region", Type: survey.SelectOne, List: "region", Role: survey.Key},
			{Name: "size", Type: survey.SelectOne, List: "region"},
			{Name: "hard", Type: survey.SelectOne, List: "scale"},
			{Name: "tools", Type: survey.SelectMultiple, List: "region"},
			{Name: "staff", Type: survey.Integer},
		},
		Lists: []*survey.ChoiceList{
			survey.NewChoiceList("region", []survey.Choice{{Name: "a"}, {Name: "b"}}),
			survey.NewChoiceList("scale", []survey.Choice{{Name: "1", Score: score(1)}, {Name: "2", Score: score(2)}, {Name: "3", Score: score(3)}, {Name: "4", Score: score(4)}, {Name: "5", Score: score(5)}}),
		},
	})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return s
}

func rowsOf(c Config, t *testing.T, plan table.Plan) string {
	var out []string
	for _, row := range c.Rows(sample(t), plan) {
		out = append(out, string(row.Key()))
	}
	return strings.Join(out, "\n")
}

func TestRowsAreWhatThePlanLacksForTheTables(t *testing.T) {
	s := sample(t)
	guessed := table.Guess(s, []string{"region"})
	for name, c := range map[string]struct {
		config Config
		plan   table.Plan
		want   []string
	}{
		"a scale that is not named has its mean alone": {Config{Banner: []string{"region"}, Test: None}, table.Plan{Rows: []table.Row{{Analysis: table.Mean, Item: "hard"}, {Analysis: table.PropSelectOne, Item: "hard"}, {Analysis: table.Mean, Item: "staff"}}}, []string{
			"mean @/@ hard %/% NA @/@ region %/% NA", "mean @/@ staff %/% NA @/@ region %/% NA"}},
		"an item that is named has all figures, and only it": {Config{Banner: []string{"region", "hard"}, Items: Items{"hard"}, Test: Design}, guessed, []string{
			"prop_select_one @/@ hard %/% NA @/@ region %/% NA",
			"compare @/@ hard %/% NA @/@ region %/% NA @/@ method=design"}},
		"items that the plan lacks stay out": {Config{Banner: []string{"size"}, Test: Effective, Adjust: "bh"}, table.Plan{Rows: []table.Row{{Analysis: table.Mean, Item: "staff"}}}, []string{
			"mean @/@ staff %/% NA @/@ size %/% NA", "compare @/@ staff %/% NA @/@ size %/% NA @/@ adjust=bh @/@ method=effective-base"}},
	} {
		if got, want := rowsOf(c.config, t, c.plan), strings.Join(c.want, "\n"); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
	}
	if got := rowsOf(Config{Banner: []string{"region"}, Test: None}, t, guessed); got != "" {
		t.Errorf("a plan that lacks nothing is given\n%s", got)
	}
}

func TestSmallGroupsAreNotComparedAndOthersAdjustedByRow(t *testing.T) {
	by := []string{"region"}
	domain := func(name string, n int64) table.Domain {
		d := table.Domain{Values: []string{name}}
		d.Base.Reasons[survey.Answered] = n
		return d
	}
	pair := func(choice string, a, b int, p float64) table.Test {
		return table.Test{Choice: choice, Pair: true, Between: [2]int{a, b}, P: p, Adjusted: p}
	}
	shares := &table.Table{Row: table.Row{Analysis: table.PropSelectOne, Item: "q", By: by}, Domains: []table.Domain{domain("a", 40), domain("b", 30), domain("c", 29)}}
	compare := &table.Table{Row: table.Row{Analysis: table.Compare, Item: "q", By: by, Method: "design", Adjust: "bonferroni"},
		Domains: []table.Domain{{Values: []string{"a"}}, {Values: []string{"b"}}, {Values: []string{"c"}}, {Values: []string{"d"}}},
		Tests:   []table.Test{pair("x", 0, 1, 0.01), pair("x", 0, 2, 0.01), pair("y", 0, 1, 0.04), pair("x", 1, 3, 0.04), {Choice: "x", P: 0.5}}}
	c := Config{Banner: by, Test: Design, MinimumBase: 30, Adjust: "bonferroni"}
	out, err := c.Settle([]*table.Table{shares, compare})
	if err != nil {
		t.Fatal(err)
	}
	var got []float64
	for _, x := range out[1].Tests {
		got = append(got, x.Adjusted)
	}
	if want := []float64{0.02, 0.04, 0.08, 0}; !slices.Equal(got, want) {
		t.Errorf("adjusted %v, want %v", got, want)
	}
	if len(compare.Tests) != 5 || compare.Tests[0].Adjust != "" || out[0] != shares {
		t.Error("the tables that were given have changed")
	}
	if again, err := c.Settle(out); err != nil || again[1].Tests[0].Adjusted != 0.02 {
		t.Error("what was adjusted is adjusted once more")
	}
	other := Config{Banner: []string{"size"}, Test: Design, MinimumBase: 30, Adjust: "holm"}
	if out, err := other.Settle([]*table.Table{shares, compare}); err != nil || out[1] != compare {
		t.Error("comparisons by another question have changed")
	}
	compare.Row.Adjust = "sidak"
	if _, err := (Config{Banner: by, Test: Design, Adjust: "sidak"}).Settle([]*table.Table{compare}); err == nil {
		t.Error("an unknown adjustment is no error")
	}
}

func TestOnlyComparisonsOfTheTablesAreLetters(t *testing.T) {
	c := Config{Banner: []string{"region"}, Items: Items{"q"}, Test: Design}
	own := table.Row{Analysis: table.Compare, Item: "q", By: []string{"region"}, Method: "design"}
	if !c.Letters(own) {
		t.Error("a comparison of the tables is none")
	}
	for name, change := range map[string]func(*table.Row){
		"another item":      func(r *table.Row) { r.Item = "z" },
		"another question":  func(r *table.Row) { r.By = []string{"size"} },
		"two questions":     func(r *table.Row) { r.By = []string{"region", "size"} },
		"everybody":         func(r *table.Row) { r.By = nil },
		"another adjusting": func(r *table.Row) { r.Adjust = "holm" },
		"another method":    func(r *table.Row) { r.Method = "" },
		"another analysis":  func(r *table.Row) { r.Analysis = table.TestMean },
	} {
		row := own
		if change(&row); c.Letters(row) {
			t.Errorf("%s: it is a letter", name)
		}
	}
	if c.Test = None; c.Letters(own) {
		t.Error("without a test there are letters")
	}
}
