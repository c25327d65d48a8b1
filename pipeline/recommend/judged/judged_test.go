package judged_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/recommend"
	"github.com/soundings-survey/soundings/pipeline/recommend/judged"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// sample has an answer for each text; an empty one was not given.
func sample(t *testing.T, texts []string) *dataset.Dataset {
	t.Helper()
	one := 1.0
	two := 2.0
	s, findings := survey.New(survey.Survey{Default: "en", Items: []survey.Item{
		{Name: "quote", Path: "quote", Type: survey.OpenText, Role: survey.Sensitive, Label: survey.Text{"en": "Which one?"}},
		{Name: "name", Type: survey.OpenText, Role: survey.Identifying},
		{Name: "taken", Type: survey.SelectOne, List: "taken"},
		{Name: "told", Type: survey.SelectOne, List: "told"},
		{Name: "sets", Type: survey.SelectMultiple, List: "told"},
		{Name: "below", Type: survey.SelectOne, List: "told", Level: 1},
	}, Lists: []*survey.ChoiceList{
		survey.NewChoiceList("taken", []survey.Choice{{Name: "few", Score: &one}, {Name: "all", Score: &two}}),
		survey.NewChoiceList("told", []survey.Choice{{Name: "yes"}, {Name: "no"}}),
	}, Levels: []survey.Level{{Name: survey.RespondentLevel, Parent: -1}, {Name: "r", Parent: 0, Path: "r"}}})
	if finding.Refused(findings) {
		t.Fatal(findings)
	}
	layout := dataset.NewLayout(s, 0, nil)
	var batches dataset.Memory
	for at := 0; at < len(texts); at += 2 {
		b := dataset.NewBuilder(layout)
		for i := at; i < min(at+2, len(texts)); i++ {
			b.Begin(dataset.Response{ID: dataset.ID{byte(i)}, Parent: -1, Weight: 1})
			if texts[i] == "" {
				b.Column("quote").Missing(survey.Refused)
			} else {
				b.Column("quote").Text(texts[i])
			}
		}
		batches = append(batches, b.Batch())
	}
	return &dataset.Dataset{Survey: s, Levels: []dataset.Level{{Layout: layout, Rows: int64(len(texts)), Source: batches}}}
}

func judge(t *testing.T, d *dataset.Dataset, cfg judged.Config) (*dataset.Dataset, []finding.Finding) {
	t.Helper()
	out, findings, err := judged.Judge(context.Background(), engine.Engine{Workers: 2, Dir: t.TempDir()}, d, cfg)
	if err != nil {
		t.Fatal(err)
	}
	return out, findings
}

// shown gives what an item holds, response by response.
func shown(t *testing.T, d *dataset.Dataset, item string) []string {
	t.Helper()
	var out []string
	for b, err := range d.Batches(0) {
		if err != nil {
			t.Fatal(err)
		}
		c := b.Column(item)
		list := b.Layout.Survey.Choices(c.Item)
		for i := range b.Len() {
			var names []string
			switch {
			case !c.Answered(i):
				names = []string{c.Reasons[i].String()}
			case c.Item.Type == survey.SelectOne:
				names = []string{list[c.Codes[i]].Name}
			default:
				for _, code := range c.Set(i) {
					names = append(names, list[code].Name)
				}
			}
			out = append(out, strings.Join(names, "+"))
		}
	}
	return out
}

func TestAnswersGetRankChecksAndIssues(t *testing.T) {
	d := sample(t, []string{
		"Adopt by 2026 a law on access to information, to be carried out by the Ministry of Justice.",
		"Poursuivre les efforts pour protéger les journalistes.",
		"",
		"النظر في إلغاء عقوبة الإعدام",
		"Sunny weather.",
	})
	out, findings := judge(t, d, judged.Config{Items: []string{"quote"}})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	for item, want := range map[string][]string{
		"quote_rank":   {"5", "2", survey.Refused.String(), "3", survey.NotApplicable.String()},
		"quote_smart":  {"who+object+measure+when+single", "object+single", survey.Refused.String(), "object+measure+single", "single"},
		"quote_issues": {"opinion-expression+justice", "press", survey.Refused.String(), "death-penalty", ""},
	} {
		if got := shown(t, out, item); !slices.Equal(got, want) {
			t.Errorf("%s = %q, want %q", item, got, want)
		}
	}
	for _, suffix := range []string{judged.RankSuffix, judged.SmartSuffix, judged.IssueSuffix} {
		it, ok := out.Survey.Item("quote" + suffix)
		if !ok || it.Role != survey.Sensitive {
			t.Errorf("%s is not as careful as the item it is made of", suffix)
			continue
		}
		for _, language := range recommend.Languages() {
			for _, text := range append([]survey.Text{it.Label}, labels(out.Survey.Choices(it))...) {
				if label, ok := text.In(language, ""); !ok || label == "" {
					t.Errorf("%s lacks a label in %s", it.Name, language)
				}
			}
		}
	}
}

func labels(choices []survey.Choice) []survey.Text {
	var out []survey.Text
	for _, c := range choices {
		out = append(out, c.Label)
	}
	return out
}

func TestAllMistakesOfTheConfigAreFound(t *testing.T) {
	for name, c := range map[string]struct {
		cfg  judged.Config
		want []string
	}{
		"nothing is judged":          {judged.Config{Accepted: "taken"}, []string{"no-items"}},
		"items that do not fit":      {judged.Config{Items: []string{"qote", "taken", "name"}, Accepted: "sets"}, []string{"unknown-item", "not-open", "identifying", "not-one-choice"}},
		"unknown acceptance":         {judged.Config{Items: []string{"quote"}, Accepted: "takn"}, []string{"unknown-item"}},
		"acceptance of other levels": {judged.Config{Items: []string{"quote"}, Accepted: "below"}, []string{"other-level"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := sample(t, []string{"Adopt a law."})
			out, findings := judge(t, d, c.cfg)
			var kinds []string
			for _, f := range findings {
				kinds = append(kinds, f.Kind)
				if f.Severity != finding.Refusal || f.Remedy == "" {
					t.Errorf("%s does not refuse with a remedy", f.Kind)
				}
			}
			if !slices.Equal(kinds, c.want) || out != d {
				t.Errorf("found %q, want %q; the dataset must come back as it was", kinds, c.want)
			}
		})
	}
}

func TestRanksDivideWhatBecameOfRecommendations(t *testing.T) {
	d := sample(t, []string{"Adopt a law."})
	cfg := judged.Config{Items: []string{"quote"}, Accepted: "taken"}
	out, _ := judge(t, d, cfg)
	if rows := cfg.Plan(out.Survey); len(rows) != 1 || rows[0].Analysis != table.Mean || rows[0].Item != "taken" || !slices.Equal(rows[0].By, []string{"quote_rank"}) {
		t.Errorf("of an item with a scale the mean is wanted: %v", rows)
	}
	cfg.Accepted = "told"
	if rows := cfg.Plan(out.Survey); len(rows) != 1 || rows[0].Analysis != table.PropSelectOne {
		t.Errorf("of an item without a scale shares are wanted: %v", rows)
	}
	plan := cfg.WithoutRanks(table.Guess(out.Survey, []string{"told"}))
	for _, row := range plan.Rows {
		if row.Item == "quote_rank" && (len(row.By) > 0 || row.Analysis == table.Mean) {
			t.Errorf("the plan asks for %s of ranks by %v", row.Analysis, row.By)
		}
	}
	if !slices.ContainsFunc(plan.Rows, func(r table.Row) bool { return r.Item == "quote_rank" }) {
		t.Error("the plan asks nothing of ranks")
	}
}
