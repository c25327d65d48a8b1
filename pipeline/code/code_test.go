package code

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

// answers are made-up open answers: what, why (sensitive item).
type answers struct{ what, why string }

const notAsked = "\x00"

func sample(t *testing.T, rows []answers, change func(*survey.Survey)) *dataset.Dataset {
	t.Helper()
	def := survey.Survey{Default: "en", Items: []survey.Item{
		{Name: "what", Path: "g/what", Type: survey.OpenText, Label: survey.Text{"en": "What happened?"}},
		{Name: "age", Type: survey.Integer},
		{Name: "who", Type: survey.OpenText, Role: survey.Identifying},
		{Name: "why", Path: "g/why", Type: survey.OpenText, Role: survey.Sensitive},
		{Name: "detail", Type: survey.OpenText, Level: 1},
	}, Levels: []survey.Level{{Name: survey.RespondentLevel, Parent: -1}, {Name: "r", Parent: 0, Path: "r"}}}
	if change != nil {
		change(&def)
	}
	s, findings := survey.New(def)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	d := &dataset.Dataset{Survey: s, Files: []string{"a.csv"}}
	top := dataset.NewLayout(s, 0, nil)
	var batches dataset.Memory
	for at := 0; at < len(rows); at += 3 { // several small batches
		b := dataset.NewBuilder(top)
		for i := at; i < min(at+3, len(rows)); i++ {
			b.Begin(dataset.Response{ID: dataset.ID{byte(i)}, Parent: -1, Weight: 1})
			for name, text := range map[string]string{"what": rows[i].what, "why": rows[i].why} {
				if text == notAsked {
					b.Column(name).Missing(survey.NotAsked)
				} else {
					b.Column(name).Text(text)
				}
			}
		}
		batches = append(batches, b.Batch())
	}
	repeat := dataset.NewLayout(s, 1, nil)
	rb := dataset.NewBuilder(repeat)
	rb.Begin(dataset.Response{Parent: 0})
	rb.Column("detail").Text("visa")
	d.Levels = []dataset.Level{
		{Layout: top, Rows: int64(len(rows)), Source: batches},
		{Layout: repeat, Rows: 1, Source: dataset.Memory{rb.Batch()}},
	}
	return d
}

// show gives the codes of an item, response by response.
func show(t *testing.T, d *dataset.Dataset, level int, item string) []string {
	t.Helper()
	var out []string
	for b, err := range d.Batches(level) {
		if err != nil {
			t.Fatal(err)
		}
		c := b.Column(item)
		if c == nil {
			t.Fatalf("no column %s", item)
		}
		list := b.Layout.Survey.Choices(c.Item)
		for i := range b.Len() {
			if !c.Answered(i) {
				out = append(out, c.Reasons[i].String())
				continue
			}
			var names []string
			for _, code := range c.Set(i) {
				names = append(names, list[code].Name)
			}
			out = append(out, strings.Join(names, "+"))
		}
	}
	return out
}

func TestOpenAnswersGiveCodedItems(t *testing.T) {
	d := sample(t, []answers{
		{"The visa was refused", "threats"}, {"nothing", ""}, {"", notAsked}, {notAsked, notAsked}, {"no visa problem", "funding and visas"},
	}, nil)
	cb := testBook(t)
	out, sum, findings, err := Code(context.Background(), engine.Engine{Workers: 2, Dir: t.TempDir()}, d, cb, Config{})
	if err != nil || len(findings) > 0 {
		t.Fatal(err, findings)
	}
	for item, want := range map[string][]string{
		"what_codes": {"VISA", "", "not answered", "not asked", ""},
		"why_codes":  {"THREAT", "not answered", "not asked", "not asked", "VISA+MONEY"},
		AllItem:      {"VISA+THREAT", "", "not answered", "not asked", "VISA+MONEY"},
	} {
		if got := show(t, out, 0, item); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", item, got, want)
		}
	}
	what, _ := out.Survey.Item("what_codes")
	if what.Derived != "what" || what.Label["en"] != "What happened?" || what.Role != survey.Sensitive || what.Path != "g/what_codes" {
		t.Errorf("the coded item is %+v", what)
	}
	all, _ := out.Survey.Item(AllItem)
	if all.Label["fr"] != cb.Title["fr"] || all.Role != survey.Sensitive {
		t.Errorf("the item of all codes is %+v", all)
	}
	if _, ok := out.Survey.Item("detail_codes"); ok {
		t.Error("an item of a repeat was coded unasked")
	}
	if got := fmt.Sprint(sum.Items); got != "[{what_codes 3 1 1 [{VISA 1} {MONEY 0} {LOBBY 0} {RECS 0} {NOTRAIN 0} {THREAT 0}]} "+
		"{why_codes 2 2 0 [{VISA 1} {MONEY 1} {LOBBY 0} {RECS 0} {NOTRAIN 0} {THREAT 1}]} "+
		"{open_codes 3 2 1 [{VISA 2} {MONEY 1} {LOBBY 0} {RECS 0} {NOTRAIN 0} {THREAT 1}]}]" {
		t.Errorf("summary %s", got)
	}
}

func TestOnlyNamedItemsAreCoded(t *testing.T) {
	cb := testBook(t)
	cb.Codes = cb.Codes[:2] // none sensitive
	d := sample(t, []answers{{"visa", "visa"}}, nil)
	out, _, findings, err := Code(context.Background(), engine.Engine{Dir: t.TempDir()}, d, cb, Config{Items: []string{"detail", "what"}})
	if err != nil || len(findings) > 0 {
		t.Fatal(err, findings)
	}
	if got := show(t, out, 1, "detail_codes"); !slices.Equal(got, []string{"VISA"}) {
		t.Errorf("the repeat has %q", got)
	}
	if it, _ := out.Survey.Item("what_codes"); it.Role != survey.Plain {
		t.Errorf("role %q without a sensitive code", it.Role)
	}
	if _, ok := out.Survey.Item("why_codes"); ok {
		t.Error("an item that was not named was coded")
	}
}

func TestWhatCannotBeCodedIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		items  []string
		change func(*survey.Survey)
		want   []string
	}{
		"items that are not open": {[]string{"wat", "age", "who"}, nil, []string{"unknown-item", "not-open", "identifying"}},
		"a name that is taken":    {nil, func(s *survey.Survey) { s.Items[1].Name = AllItem }, []string{"duplicate-item"}},
		"a list that is taken":    {nil, func(s *survey.Survey) { s.Lists = []*survey.ChoiceList{survey.NewChoiceList(ListName, nil)} }, []string{"list-taken"}},
	} {
		d := sample(t, []answers{{"a", "b"}}, c.change)
		out, _, findings, err := Code(context.Background(), engine.Engine{Dir: t.TempDir()}, d, testBook(t), Config{Items: c.items})
		if err != nil || out != d || !finding.Refused(findings) {
			t.Errorf("%s: error %v, findings %v", name, err, findings)
		}
		var kinds []string
		for _, f := range findings {
			kinds = append(kinds, f.Kind)
		}
		if !slices.Equal(kinds, c.want) {
			t.Errorf("%s: findings %v, want %v", name, findings, c.want)
		}
	}
}

func TestItemsWithoutACodebookAreRefused(t *testing.T) {
	if f := (Config{Items: []string{"what"}}).Validate(); !finding.Refused(f) {
		t.Error("not refused")
	}
	for _, c := range []Config{Default(), {Codebook: "c.yaml"}, {Codebook: "c.yaml", Items: []string{"what"}}} {
		if f := c.Validate(); len(f) > 0 {
			t.Errorf("%+v: %v", c, f)
		}
	}
}
