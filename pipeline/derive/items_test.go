package derive

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// nested is a survey with two repeats, one in the other, and a third beside.
func nested(t testing.TB) *survey.Survey {
	t.Helper()
	s, findings := survey.New(survey.Survey{
		Default: "en", Languages: []survey.Language{{Tag: "en"}, {Tag: "fr"}},
		Items: []survey.Item{
			{Name: "region", Type: survey.SelectOne, List: "regions", Role: survey.Key},
			{Name: "many", Type: survey.SelectMultiple, List: "regions"},
			{Name: "n", Type: survey.Integer, Role: survey.Sensitive}, {Name: "x", Type: survey.Decimal}, {Name: "day", Type: survey.Date},
			{Name: "words", Type: survey.OpenText}, {Name: "who", Type: survey.OpenText, Role: survey.Identifying},
			{Name: "hours", Type: survey.Integer, Level: 1}, {Name: "visits", Type: survey.Integer, Level: 2}, {Name: "aside", Type: survey.Integer, Level: 3},
		},
		Lists: []*survey.ChoiceList{survey.NewChoiceList("regions", []survey.Choice{
			{Name: "a", Label: survey.Text{"en": "A", "fr": "Â"}}, {Name: "b", Label: survey.Text{"en": "B", "fr": "Bé"}}, {Name: "c", Label: survey.Text{"en": "C"}}, {Name: "dk", Missing: survey.DontKnow},
		})},
		Levels: []survey.Level{{Name: survey.RespondentLevel, Parent: -1}, {Name: "trips", Parent: 0}, {Name: "days", Parent: 1}, {Name: "other", Parent: 0}},
	})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return s
}

// filled builds a dataset: a line is a response, "item=answer" its answers, "-"
// not asked, "?" invalid; a repeat's line begins with the place of its parent.
// Batches hold rows responses.
func filled(t testing.TB, s *survey.Survey, rows int, levels ...[]string) *dataset.Dataset {
	t.Helper()
	d := &dataset.Dataset{Survey: s}
	for l := range s.Levels {
		layout := dataset.NewLayout(s, l, nil)
		b := dataset.NewBuilder(layout)
		var batches dataset.Memory
		var lines []string
		if l < len(levels) {
			lines = levels[l]
		}
		for _, line := range lines {
			words := strings.Fields(line)
			r := dataset.Response{Parent: -1, Weight: 1}
			if l > 0 {
				fmt.Sscan(words[0], &r.Parent)
				words = words[1:]
			}
			b.Begin(r)
			for _, w := range words {
				name, value, _ := strings.Cut(w, "=")
				fill(t, s, b.Column(name), value)
			}
			if b.Len() == rows {
				batches = append(batches, b.Batch())
			}
		}
		d.Levels = append(d.Levels, dataset.Level{Layout: layout, Rows: int64(len(lines)), Source: append(batches, b.Batch())})
	}
	return d
}

func fill(t testing.TB, s *survey.Survey, c *dataset.ColumnBuilder, value string) {
	t.Helper()
	var n int64
	var x float64
	codes := func() (out []int32) {
		for name := range strings.SplitSeq(value, "+") {
			code, ok := s.List(c.Item().List).Code(name)
			if ok {
				out = append(out, code)
			}
		}
		return out
	}
	switch {
	case value == "-":
		c.Missing(survey.NotAsked)
	case value == "?":
		c.Invalid("?")
	case c.Item().Type == survey.SelectOne:
		c.Code(codes()[0])
	case c.Item().Type.HasChoices():
		c.Choose(codes())
	case c.Item().Type == survey.Decimal:
		fmt.Sscan(value, &x)
		c.Float(x)
	case c.Item().Type == survey.OpenText:
		c.Text(value)
	default:
		refused, is := strings.CutSuffix(value, "!")
		fmt.Sscan(refused, &n)
		c.Int(n)
		if is {
			c.Reason(survey.Refused)
		}
	}
}

// items derives, and returns for each response of an item its answer or reason.
func items(t testing.TB, d *dataset.Dataset, item string, definitions ...Definition) ([]string, *dataset.Dataset, []finding.Finding) {
	t.Helper()
	out, findings, err := Items(context.Background(), engine.Engine{Dir: t.TempDir(), Workers: 2}, d, definitions)
	if err != nil {
		t.Fatal(err)
	}
	if finding.Refused(findings) {
		t.Fatal(findings)
	}
	it, ok := out.Survey.Item(item)
	if !ok {
		t.Fatalf("there is no item %s", item)
	}
	var got []string
	for b, err := range out.Batches(it.Level) {
		if err != nil {
			t.Fatal(err)
		}
		c := b.Column(item)
		for i := range b.Len() {
			if c.Reasons[i] != survey.Answered {
				got = append(got, c.Reasons[i].String())
				continue
			}
			got = append(got, c.Form(i, out.Survey.Choices(c.Item)))
		}
	}
	return got, out, findings
}

func TestRules(t *testing.T) {
	s := nested(t)
	top := []string{
		"region=a many=a+c n=5 x=0.5 day=19000 words=w",
		"region=dk many=b n=12 x=-1",
		"region=c many= n=999! day=0",
		"region=- many=- n=- x=-",
		"region=? many=dk n=40",
		"",
	}
	below := []string{"0 hours=2", "0 hours=3", "1 hours=-", "4 hours=7", "4"}
	deeper := []string{"0 visits=1", "0 visits=2", "1 visits=4", "3 visits=8"}
	for _, c := range []struct {
		d    Definition
		want string
	}{
		{Definition{Type: "indicator", Expression: "${region} = 'a'"}, "yes|don't know|no|not asked|invalid|not answered"},
		{Definition{Type: "indicator", Expression: "${region} = 'a' or ${n} < 20"}, "yes|yes|refused|not asked|invalid|not answered"},
		{Definition{Type: "indicator", Expression: "${region} = 'a' and ${n} < 20"}, "yes|don't know|no|not asked|no|not answered"},
		{Definition{Type: "indicator", Expression: "selected(${many}, 'b')"}, "no|yes|no|not asked|don't know|not answered"},
		{Definition{Type: "indicator", Expression: "${region} = ''"}, "no|yes|no|yes|yes|yes"},
		{Definition{Type: "integer", Expression: "${n} * 2"}, "10|24|refused|not asked|80|not answered"},
		{Definition{Type: "integer", Expression: "coalesce(${n}, 0)"}, "5|12|0|0|40|0"},
		{Definition{Type: "decimal", Expression: "${x} div 2"}, "0.25|-0.5|not answered|not asked|not answered|not answered"},
		{Definition{Type: "decimal", Expression: "sqrt(${x} - 0.5)"}, "0|invalid|not answered|not asked|not answered|not answered"},
		{Definition{Type: "integer", Expression: "${x} * 1"}, "invalid|-1|not answered|not asked|not answered|not answered"},
		{Definition{Type: "text", Expression: "concat(${words}, '-', ${region})"}, "w-a|-|-c|-|-|-"},
		{Definition{Type: "date", Expression: "${day} + 1"}, "2022-01-09|not answered|1970-01-02|not answered|not answered|not answered"},
		{Definition{Type: "select_one", List: "regions", Expression: "if(${n} > 10, 'b', 'a')"}, "a|b|refused|not asked|b|not answered"},
		{Definition{Type: "select_one", Choices: []Choice{{Name: "p"}, {Name: "q"}}, Expression: "if(${n} > 10, 'q', '')"}, "not applicable|q|refused|not asked|q|not answered"},
		{Definition{Type: "select_one", Choices: []Choice{{Name: "p"}}, Expression: "if(${n} > 10, 'nobody', 'p')"}, "p|invalid|refused|not asked|invalid|not answered"},
		{Definition{Type: "select_multiple", List: "regions", Expression: "concat('c ', if(${n} > 10, 'b', 'a'))"}, "a c|b c|a c|a c|b c|a c"},
		{Definition{Type: "integer", Expression: "sum(${hours})"}, "5|0|0|0|7|0"},
		{Definition{Type: "integer", Expression: "count(${trips})"}, "2|1|0|0|2|0"},
		{Definition{Type: "integer", Expression: "count-non-empty(${hours}) + ${n}"}, "7|12|refused|not asked|41|not answered"},
		{Definition{Type: "integer", Expression: "max(${hours})"}, "3|not answered|not answered|not answered|7|not answered"},
		{Definition{Type: "integer", Expression: "sum(${visits})"}, "7|0|0|0|8|0"},
		{Definition{Type: "integer", Expression: "sum(${visits}) + ${hours}"}, "5|7|not asked|15|not answered"},
		{Definition{Type: "indicator", Expression: "${region} = 'a' and ${hours} > 2"}, "no|yes|don't know|invalid|invalid"},
		{Definition{Type: "integer", Level: "trips", Expression: "sum(${visits})"}, "3|4|0|8|0"},
		{Definition{Type: "integer", Expression: "${visits} + ${hours} + ${n}"}, "8|9|12|55"},
		{Definition{From: "region", Recode: map[string][]string{"north": {"b", "a"}, "south": {"c"}}}, "north|don't know|south|not asked|invalid|not answered"},
		{Definition{From: "region", Recode: map[string][]string{"north": {"a"}}}, "north|don't know|not applicable|not asked|invalid|not answered"},
		{Definition{From: "region", Else: "other", Recode: map[string][]string{"north": {"a"}}}, "north|don't know|other|not asked|invalid|not answered"},
		{Definition{From: "region", Else: "keep", Recode: map[string][]string{"said": {"dk"}}}, "a|don't know|c|not asked|invalid|not answered"},
		{Definition{From: "many", Recode: map[string][]string{"north": {"a", "b"}}}, "north|north||not asked|don't know|not answered"},
		{Definition{From: "n", Bands: []Band{{From: "0"}, {From: "10"}, {From: "40"}}}, "from_0_to_9|from_10_to_39|refused|not asked|from_40|not answered"},
		{Definition{From: "n", Bands: []Band{{}, {From: "10", Name: "more"}}}, "under_10|more|refused|not asked|more|not answered"},
		{Definition{From: "x", Bands: []Band{{From: "0"}, {From: "0.5"}}}, "from_0p5|invalid|not answered|not asked|not answered|not answered"},
		{Definition{From: "day", Bands: []Band{{From: "1970-01-01"}, {From: "2022-01-09"}}}, "from_1970_01_01_to_2022_01_09|not answered|from_1970_01_01_to_2022_01_09|not answered|not answered|not answered"},
	} {
		for _, rows := range []int{2, 100} {
			c.d.Name = "made"
			got, out, _ := items(t, filled(t, s, rows, top, below, deeper), "made", c.d)
			if strings.Join(got, "|") != c.want {
				t.Errorf("%+v in batches of %d:\n%s, want\n%s", c.d, rows, strings.Join(got, "|"), c.want)
			}
			for l, lines := range [][]string{top, below, deeper} {
				if out.Levels[l].Rows != int64(len(lines)) {
					t.Errorf("level %d has %d responses", l, out.Levels[l].Rows)
				}
			}
		}
	}
}

func TestOrderOfRepeatsDoesNotMatter(t *testing.T) {
	s := nested(t)
	top := []string{"n=0", "n=1", "n=2", "n=3", "n=4"}
	below := []string{"0 hours=1", "0 hours=2", "2 hours=4", "3 hours=8", "4 hours=16"}
	shuffled := []string{below[4], below[1], below[3], below[0], below[2]}
	for _, lines := range [][]string{below, shuffled} {
		got, _, _ := items(t, filled(t, s, 2, top, lines), "all", Definition{Name: "all", Type: "integer", Expression: "sum(${hours}) * 10 + ${n}"})
		if want := []string{"30", "1", "42", "83", "164"}; !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
		got, _, _ = items(t, filled(t, s, 2, top, lines), "each", Definition{Name: "each", Type: "integer", Expression: "${hours} * 10 + ${n}"})
		slices.Sort(got)
		if want := []string{"10", "164", "20", "42", "83"}; !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
	}
}

func TestItemsMayUseOthersWhateverTheirOrder(t *testing.T) {
	s := nested(t)
	d := filled(t, s, 2, []string{"n=1", "n=2", "n=3"}, []string{"0 hours=2", "0 hours=9", "2 hours=5"})
	got, out, _ := items(t, d, "last",
		Definition{Name: "last", Type: "text", Expression: "if(${busy} = 'yes', concat(${long_trips}, '!'), 'idle')"},
		Definition{Name: "busy", Type: "indicator", Expression: "${long_trips} > 0"},
		Definition{Name: "long_trips", Type: "integer", Expression: "sum(${long})"},
		Definition{Name: "long", Type: "integer", Expression: "if(${hours} + ${twice} > 8, 1, 0)"},
		Definition{Name: "twice", Type: "integer", Expression: "${n} * 2"},
	)
	if want := []string{"1!", "idle", "1!"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	for name, role := range map[string]survey.Role{"last": survey.Sensitive, "long": survey.Sensitive} { // n is
		if item, _ := out.Survey.Item(name); item.Role != role {
			t.Errorf("%s has the role %q", name, item.Role)
		}
	}
}

func TestLabelsComeFromTheFormOrTheDefinition(t *testing.T) {
	s := nested(t)
	d := filled(t, s, 9, []string{"region=a n=1"})
	score := 2.0
	_, out, _ := items(t, d, "region_merged",
		Merged("region", map[string]Merge{"ab": {Choices: []string{"a", "b"}}}, finding.Place{}),
		Banded("n", []Band{{From: "0", Label: survey.Text{"en": "few"}}, {From: "10"}}, finding.Place{}),
		Definition{Name: "young", Type: "indicator", Expression: "${n} < 5", Choices: []Choice{{Name: "no", Label: survey.Text{"en": "old"}}, {Name: "yes", Score: &score}}},
	)
	var got []string
	for _, name := range []string{"region_merged", "n_bands", "young"} {
		item, _ := out.Survey.Item(name)
		for _, c := range out.Survey.Choices(item) {
			got = append(got, fmt.Sprintf("%s %s/%s", c.Name, c.Label["en"], c.Label["fr"]))
		}
	}
	want := []string{"ab A / B/Â / Bé", "c C/", "dk /", "from_0_to_9 few/0–9", "from_10 ≥ 10/≥ 10", "no old/", "yes Yes/Oui"}
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
}

func TestEverythingWrongIsFoundAtOnce(t *testing.T) {
	s := nested(t)
	d := filled(t, s, 9, []string{"region=a"})
	var definitions []Definition
	var want []string
	for _, c := range []struct {
		d    Definition
		kind string
	}{
		{Definition{Name: "n", Type: "integer", Expression: "1"}, "duplicate-item"},
		{Definition{Name: "trips", Type: "integer", Expression: "1"}, "duplicate-item"},
		{Definition{Name: "a b", Type: "integer", Expression: "1"}, "name"},
		{Definition{Name: "d1"}, "no-rule"},
		{Definition{Name: "d2", Type: "integer", Expression: "1 +"}, "expression"},
		{Definition{Name: "d3", Type: "whole", Expression: "1"}, "type"},
		{Definition{Name: "d4", Type: "integer", Expression: "${nobody} + 1"}, "unknown-item"},
		{Definition{Name: "d5", Type: "integer", Expression: "string-length(${who})"}, "identifying-item"},
		{Definition{Name: "d6", Type: "integer", Expression: "${hours} + ${aside}"}, "levels"},
		{Definition{Name: "d7", Type: "integer", Expression: "${hours} + sum(${hours})"}, "levels"},
		{Definition{Name: "d8", Type: "integer", Expression: "today() - ${day}"}, "clock"},
		{Definition{Name: "d9", Type: "integer", Expression: ". + 1"}, "expression"},
		{Definition{Name: "d10", Type: "integer", Expression: "${d11} + 1"}, ""},
		{Definition{Name: "d11", Type: "integer", Expression: "${d12} + 1"}, ""},
		{Definition{Name: "d12", Type: "integer", Expression: "${d10} + 1"}, "circle"},
		{Definition{Name: "d13", Type: "select_one", Expression: "'a'"}, "list"},
		{Definition{Name: "d14", Type: "select_one", List: "nobody", Expression: "'a'"}, "unknown-list"},
		{Definition{Name: "d15", From: "region", Recode: map[string][]string{"x": {"zz"}}}, "unknown-choice"},
		{Definition{Name: "d16", From: "region", Recode: map[string][]string{"x": {"a"}, "y": {"a"}}}, "choice-twice"},
		{Definition{Name: "d17", From: "n", Recode: map[string][]string{"x": {"a"}}}, "no-choices"},
		{Definition{Name: "d18", From: "region", Bands: []Band{{From: "1"}}}, "no-number"},
		{Definition{Name: "d19", From: "n", Bands: []Band{{From: "5"}, {From: "1"}}}, "band"},
		{Definition{Name: "d20", From: "region", Recode: map[string][]string{"x": {"a", "dk"}}}, "missing-choice"},
		{Definition{Name: "d21", From: "region", Else: "drop", Recode: map[string][]string{"x": {"a"}}}, "else"},
		{Definition{Name: "d22", Type: "integer", Role: "none", Expression: "1"}, "role"},
		{Definition{Name: "d23", Type: "integer", Expression: "ifelse(df$n > 1, 1, 0)"}, "r-code"},
		{Definition{Name: "d24", Type: "integer", Expression: "position(..)"}, "position"},
	} {
		c.d.Place = finding.Place{File: "config.yaml", Row: len(definitions) + 1}
		definitions = append(definitions, c.d)
		if c.kind != "" {
			want = append(want, fmt.Sprintf("%s %s", c.d.Name, c.kind))
		}
	}
	out, findings, err := Items(context.Background(), engine.Engine{Dir: t.TempDir()}, d, definitions)
	if err != nil || out != d {
		t.Fatalf("error %v, or another dataset", err)
	}
	var got []string
	for _, f := range findings {
		if f.Severity != finding.Refusal || f.Place.Row == 0 || f.Remedy == "" {
			t.Errorf("%v", f)
		}
		got = append(got, definitions[f.Place.Row-1].Name+" "+f.Kind)
		if f.Kind == "circle" && !strings.Contains(f.Problem, "d10 → d11 → d12 → d10") {
			t.Errorf("the circle is not named: %s", f.Problem)
		}
	}
	for i, line := range want {
		if line == "d12 circle" {
			want[i] = "d10 circle"
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
