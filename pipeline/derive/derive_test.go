package derive

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

func form(t testing.TB) *survey.Survey {
	t.Helper()
	s, findings := survey.New(survey.Survey{
		Items: []survey.Item{
			{Name: "hard", Type: survey.SelectOne, List: "l"},
			{Name: "needs", Type: survey.SelectMultiple, List: "l", Role: survey.Sensitive},
			{Name: "age", Type: survey.Integer},
			{Name: "inner", Type: survey.SelectOne, List: "l", Level: 1},
		},
		Lists:  []*survey.ChoiceList{survey.NewChoiceList("l", []survey.Choice{{Name: "lot"}, {Name: "some"}, {Name: "none"}, {Name: "dk", Missing: survey.DontKnow}})},
		Levels: []survey.Level{{Name: survey.RespondentLevel, Parent: -1}, {Name: "r", Parent: 0}},
	})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return s
}

// row is the answers of one respondent: "" not answered, "-" not asked.
type row struct{ hard, needs string }

func sample(t testing.TB, rows []row) *dataset.Dataset {
	t.Helper()
	s := form(t)
	l := dataset.NewLayout(s, 0, nil)
	list := s.List("l")
	b := dataset.NewBuilder(l)
	for _, r := range rows {
		b.Begin(dataset.Response{Parent: -1, Weight: 1})
		for name, cell := range map[string]string{"hard": r.hard, "needs": r.needs} {
			col := b.Column(name)
			switch cell {
			case "-":
				col.Missing(survey.NotAsked)
				continue
			case "":
				continue
			}
			var codes []int32
			for _, word := range strings.Fields(cell) {
				code, _ := list.Code(word)
				codes = append(codes, code)
			}
			if name == "hard" {
				col.Code(codes[0])
			} else {
				col.Choose(codes)
			}
		}
	}
	batch := b.Batch()
	below := dataset.NewLayout(s, 1, nil)
	rb := dataset.NewBuilder(below)
	rb.Begin(dataset.Response{Parent: 0})
	rb.Column("inner").Code(0)
	return &dataset.Dataset{Survey: s, Levels: []dataset.Level{
		{Layout: l, Rows: int64(len(rows)), Source: dataset.Memory{batch}},
		{Layout: below, Rows: 1, Source: dataset.Memory{rb.Batch()}},
	}}
}

func derived(t testing.TB, d *dataset.Dataset, shares ...Share) *dataset.Dataset {
	t.Helper()
	out, findings, err := Derive(context.Background(), engine.Engine{Workers: 2, Dir: t.TempDir()}, d, shares)
	if err != nil || finding.Refused(findings) {
		t.Fatal(err, findings)
	}
	return out
}

func values(t testing.TB, d *dataset.Dataset, level int, item string) []string {
	t.Helper()
	var out []string
	for b, err := range d.Batches(level) {
		if err != nil {
			t.Fatal(err)
		}
		c := b.Column(item)
		for i := range b.Len() {
			if c.Answered(i) {
				out = append(out, fmt.Sprint(c.Floats[i]))
			} else {
				out = append(out, c.Reasons[i].String())
			}
		}
	}
	return out
}

var bothParts = []Part{{Item: "hard", Values: []string{"lot", "some"}}, {Item: "needs", Values: []string{"lot"}}}

func TestAShareIsOfThePartsAskedAndAnswered(t *testing.T) {
	d := sample(t, []row{
		{"lot", "lot none"}, {"some", "none"}, {"none", "some"}, {"lot", "-"}, {"-", "lot"}, {"", "none"},
		{"-", "-"}, {"", "-"}, {"", ""}, {"dk", "dk"}, {"dk", "lot dk"},
	})
	out := derived(t, d, Share{Name: "need_x", Label: survey.Text{"en": "X"}, Parts: bothParts})
	want := []string{"1", "0.5", "0", "1", "1", "0", "not asked", "not answered", "not answered", "not answered", "1"}
	if got := values(t, out, 0, "need_x"); !slices.Equal(got, want) {
		t.Errorf("shares %v, want %v", got, want)
	}
	it, _ := out.Survey.Item("need_x")
	if it.Type != survey.Decimal || it.Role != survey.Sensitive || it.Derived == "" || it.Label["en"] != "X" {
		t.Errorf("the item is %+v", it)
	}
	if got := out.Levels[0].Layout.Items; got[len(got)-1] != "need_x" {
		t.Errorf("the layout holds %v", got)
	}
}

func TestASharesLevelAndRoleAreThoseOfItsParts(t *testing.T) {
	out := derived(t, sample(t, []row{{"lot", ""}}),
		Share{Name: "a", Parts: []Part{{Item: "inner", Values: []string{"lot"}}}}, Share{Name: "b", Parts: bothParts[:1]})
	a, _ := out.Survey.Item("a")
	b, _ := out.Survey.Item("b")
	if a.Level != 1 || b.Level != 0 || b.Role != survey.Plain {
		t.Errorf("items %+v, %+v", a, b)
	}
	if got := values(t, out, 1, "a"); !slices.Equal(got, []string{"1"}) {
		t.Errorf("in the repeat %v", got)
	}
}

func TestWhatTheSurveyLacksIsAllReported(t *testing.T) {
	d := sample(t, []row{{"lot", ""}})
	out, findings, err := Derive(context.Background(), engine.Engine{Dir: t.TempDir()}, d, []Share{
		{Name: "hard", Parts: bothParts},
		{Name: "x", Parts: []Part{{Item: "haard", Values: []string{"lot"}}, {Item: "age", Values: []string{"1"}}, {Item: "hard", Values: []string{"lots", "dk"}}, {Item: "inner", Values: []string{"lot"}}, {Item: "needs"}}},
		{Name: "x", Parts: bothParts}, {Name: "y"}, {Parts: bothParts},
	})
	if err != nil || out != d || !finding.Refused(findings) {
		t.Fatal(err, findings)
	}
	var got []string
	for _, f := range findings {
		got = append(got, f.Kind)
	}
	want := []string{"duplicate-item", "unknown-item", "no-choices", "unknown-choice", "missing-choice", "levels", "no-values", "duplicate-item", "no-parts", "no-name"}
	if !slices.Equal(got, want) {
		t.Errorf("findings %v, want %v", got, want)
	}
	if findings[1].Remedy != `Did you mean "hard"?` || findings[3].Remedy != `Did you mean "lot"?` {
		t.Errorf("suggestions %q, %q", findings[1].Remedy, findings[3].Remedy)
	}
}

func TestNoSharesChangeNothing(t *testing.T) {
	d := sample(t, []row{{"lot", ""}})
	if out := derived(t, d); out != d {
		t.Error("another dataset came back")
	}
}

func TestSharesLieBetweenZeroAndOneAndFollowTheirRows(t *testing.T) {
	cells := []string{"", "-", "lot", "some", "none", "dk"}
	dir := t.TempDir()
	rapid.Check(t, func(r *rapid.T) {
		rows := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) row {
			return row{rapid.SampledFrom(cells).Draw(r, "hard"), rapid.SampledFrom(append(cells, "lot some", "none dk")).Draw(r, "needs")}
		}), 1, 8).Draw(r, "rows")
		all := func(rows []row) []string {
			out, findings, err := Derive(context.Background(), engine.Engine{Workers: 1, Dir: dir}, sample(t, rows), []Share{{Name: "s", Parts: bothParts}})
			if err != nil || len(findings) > 0 {
				r.Fatal(err, findings)
			}
			return values(t, out, 0, "s")
		}
		got := all(rows)
		for _, v := range got {
			if !slices.Contains([]string{"0", "0.5", "1", "not asked", "not answered"}, v) {
				r.Fatalf("share %s", v)
			}
		}
		back := slices.Clone(rows)
		slices.Reverse(back)
		turned := all(back)
		slices.Reverse(turned)
		if !slices.Equal(got, turned) {
			r.Fatalf("%v in order, %v in reverse", got, turned)
		}
	})
}
