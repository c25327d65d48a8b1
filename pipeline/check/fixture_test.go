package check

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// cells are the answers of a response by item, written as Form writes them; an
// answer that begins with "?" did not bind. "seconds" is how long it took.
type cells map[string]string

// score gives a choice its place on a scale.
func score(x float64) *float64 { return &x }

// sample is a survey with an item of each kind that checks look at.
func sample(t *testing.T) *survey.Survey {
	t.Helper()
	s, findings := survey.New(survey.Survey{
		Languages: []survey.Language{{Name: "English (en)", Tag: "en"}, {Name: "العربية (ar)", Tag: "ar"}}, Default: "en",
		Levels: []survey.Level{{Name: survey.RespondentLevel, Parent: -1}, {Name: "country", Parent: 0, Path: "country"}},
		Lists: []*survey.ChoiceList{
			survey.NewChoiceList("region", []survey.Choice{{Name: "africa", Label: survey.Text{"en": "Africa", "ar": "أفريقيا"}}, {Name: "asia", Label: survey.Text{"en": "Asia"}}, {Name: "other"}}),
			survey.NewChoiceList("tool", []survey.Choice{
				{Name: "guide", Label: survey.Text{"en": "A guide"}}, {Name: "video"}, {Name: "no_internet", Label: survey.Text{"en": "No internet"}},
				{Name: "nix", Label: survey.Text{"en": "None of the above"}}, {Name: "dk", Missing: survey.DontKnow}, {Name: "solo"},
			}),
			survey.NewChoiceList("ease", []survey.Choice{{Name: "1", Score: score(1)}, {Name: "2", Score: score(2)}, {Name: "3", Score: score(3)}, {Name: "dk", Missing: survey.DontKnow}}),
			survey.NewChoiceList("yn", []survey.Choice{{Name: "yes"}, {Name: "no"}}),
		},
		Items: []survey.Item{
			{Name: "region", Type: survey.SelectOne, List: "region", Required: true},
			{Name: "region_other", Type: survey.OpenText, Relevant: []string{"${region} = 'other'"}},
			{Name: "staff", Type: survey.Integer, Constraint: ". >= 0 and . < 100000"},
			{Name: "share", Type: survey.Decimal},
			{Name: "tools", Type: survey.SelectMultiple, List: "tool"},
			{Name: "founded", Type: survey.Date, Constraint: ". <= today()"},
			{Name: "name", Type: survey.OpenText},
			{Name: "story", Type: survey.OpenText},
			{Name: "e1", Path: "ease/e1", Type: survey.SelectOne, List: "ease"},
			{Name: "e2", Path: "ease/e2", Type: survey.SelectOne, List: "ease"},
			{Name: "note", Path: "ease/note", Type: survey.Note},
			{Name: "e3", Path: "ease/e3", Type: survey.SelectOne, List: "ease"},
			{Name: "e4", Path: "ease/e4", Type: survey.SelectOne, List: "ease"},
			{Name: "e5", Path: "ease/e5", Type: survey.SelectOne, List: "ease"},
			{Name: "y1", Path: "yn/y1", Type: survey.SelectOne, List: "yn"},
			{Name: "y2", Path: "yn/y2", Type: survey.SelectOne, List: "yn"},
			{Name: "visits", Level: 1, Path: "country/visits", Type: survey.Integer, Constraint: ". < 10"},
		},
	})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return s
}

// given makes a dataset of respondents and of the rows of the repeat, whose
// "of" is the place of their respondent. Rows of the file count from 2.
func given(t *testing.T, s *survey.Survey, rows, repeat []cells) *dataset.Dataset {
	t.Helper()
	d := &dataset.Dataset{Survey: s, Files: []string{"a.csv"}}
	for l, rows := range [][]cells{rows, repeat} {
		layout := dataset.NewLayout(s, l, nil).With(s, nil, true, false)
		b := dataset.NewBuilder(layout)
		var batches dataset.Memory
		for i, row := range rows {
			r := dataset.Response{UUID: row["uuid"], Origin: dataset.Origin{Row: int64(i + 2)}, Parent: -1, Weight: 1}
			if r.UUID == "" {
				r.UUID = "synthetic-" + strconv.Itoa(i+1)
			}
			who := i
			if of := row["of"]; of != "" {
				who, _ = strconv.Atoi(of)
				r.UUID, r.Parent = "synthetic-"+strconv.Itoa(who+1), int64(who)
			}
			copy(r.ID[:], fmt.Sprintf("%016d", who))
			if n, err := strconv.ParseInt(row["seconds"], 10, 64); err == nil {
				r.Took = dataset.Took{Known: true, Seconds: n}
			}
			b.Begin(r)
			for item, cell := range row {
				if c := b.Column(item); c != nil {
					answer(t, s, c, cell)
				}
			}
			if b.Len() == 7 { // so that there are several batches
				batches = append(batches, b.Batch())
			}
		}
		if b.Len() > 0 {
			batches = append(batches, b.Batch())
		}
		d.Levels = append(d.Levels, dataset.Level{Layout: layout, Rows: int64(len(rows)), Source: batches})
	}
	return d
}

func answer(t *testing.T, s *survey.Survey, c *dataset.ColumnBuilder, cell string) {
	t.Helper()
	if raw, invalid := strings.CutPrefix(cell, "?"); invalid {
		c.Invalid(raw)
		return
	}
	var codes []int32
	if c.Item().Type.HasChoices() {
		for _, name := range strings.Fields(cell) {
			code, ok := s.List(c.Item().List).Code(name)
			if !ok {
				t.Fatalf("no choice %s", name)
			}
			codes = append(codes, code)
		}
	}
	switch c.Item().Type {
	case survey.SelectOne:
		c.Code(codes[0])
	case survey.SelectMultiple:
		c.Choose(codes)
	case survey.Integer:
		n, err := strconv.ParseInt(cell, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		c.Int(n)
	case survey.Decimal:
		x, err := strconv.ParseFloat(cell, 64)
		if err != nil {
			t.Fatal(err)
		}
		c.Float(x)
	case survey.Date:
		day, err := time.Parse(time.DateOnly, cell)
		if err != nil {
			t.Fatal(err)
		}
		c.Int(day.Unix() / secondsADay)
	default:
		c.Text(cell)
	}
}

// off is a config in which nothing is looked for.
func off() Config {
	return Config{Outliers: Outliers{Off: true}, Durations: Durations{Off: true, Longest: 1}, Straight: Straight{Off: true}, Exclusive: Exclusive{Off: true}, Dates: Dates{Off: true}, Duplicates: Duplicates{Off: true}}
}

func noon() time.Time { return time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC) }

// checked runs the checks and returns what they propose, as
// "uuid question check old -> new".
func checked(t *testing.T, d *dataset.Dataset, cfg Config, rules string) ([]cleaninglog.Change, Summary, []finding.Finding) {
	t.Helper()
	var out []cleaninglog.Change
	_, sum, findings, err := Check(t.Context(), engine.Engine{Dir: t.TempDir(), Workers: 3}, d, cfg, Request{
		Now: noon(), Rules: []byte(rules),
		Propose: func(c cleaninglog.Change) error { out = append(out, c); return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range out {
		if c.Type != "" || c.Comment == "" || c.CheckID == "" || c.Issue == "" {
			t.Errorf("a proposal is incomplete: %+v", c)
		}
	}
	return out, sum, findings
}

// brief writes proposals shortly.
func brief(changes []cleaninglog.Change) []string {
	var out []string
	for _, c := range changes {
		s := strings.TrimPrefix(c.UUID, "synthetic-") + " " + c.CheckID + " " + c.Question + "=" + c.Old
		if c.New != "" {
			s += " -> " + c.New
		}
		if c.Level != "" {
			s += fmt.Sprintf(" in %s %d", c.Level, c.Index)
		}
		out = append(out, s)
	}
	return out
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n\t%s\nwant\n\t%s", what, strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

// count returns how many answers a check looked at and flagged.
func count(s Summary, check, item string) [2]int64 {
	for _, c := range s.Checks {
		if c.Check == check && c.Item == item {
			return [2]int64{c.Looked, c.Flagged}
		}
	}
	return [2]int64{-1, -1}
}
