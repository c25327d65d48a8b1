package clean

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// cells are the cells of one row, by item and "uuid".
type cells map[string]string

func form(t testing.TB) *survey.Survey {
	t.Helper()
	s, findings := survey.New(survey.Survey{
		Default: "en",
		Items: []survey.Item{
			{Name: "consent", Type: survey.SelectOne, List: "yn"},
			{Name: "stage", Type: survey.SelectOne, List: "stage"},
			{Name: "hard", Type: survey.SelectMultiple, List: "stage", Relevant: []string{"${stage} = 'natl'"}},
			{Name: "order", Type: survey.Rank, List: "stage"},
			{Name: "staff", Type: survey.Integer},
			{Name: "share", Type: survey.Decimal},
			{Name: "day", Type: survey.Date},
			{Name: "story", Type: survey.OpenText, Relevant: []string{"selected(${hard}, 'geneva')"}},
			{Name: "calc", Type: survey.Calculated},
			{Name: "detail", Type: survey.OpenText, Level: 1},
		},
		Lists: []*survey.ChoiceList{
			survey.NewChoiceList("yn", []survey.Choice{{Name: "yes"}, {Name: "no"}}),
			survey.NewChoiceList("stage", []survey.Choice{{Name: "natl"}, {Name: "geneva", Label: survey.Text{"en": "In Geneva"}}, {Name: "été"}, {Name: "AA", Label: survey.Text{"en": "Two"}}, {Name: "aa", Label: survey.Text{"fr": "Two"}}, {Name: "dk", Missing: survey.DontKnow}}),
		},
		Levels: []survey.Level{{Name: survey.RespondentLevel, Parent: -1}, {Name: "visits", Parent: 0}},
	})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return s
}

// rowsOf makes a dataset of rows as they would be read: names that are exact
// bind, everything else stays as raw text.
func rowsOf(t testing.TB, rows []cells, repeat []cells) *dataset.Dataset {
	t.Helper()
	return rowsIn(t, form(t), rows, repeat)
}

func rowsIn(t testing.TB, s *survey.Survey, rows []cells, repeat []cells) *dataset.Dataset {
	t.Helper()
	d := &dataset.Dataset{Survey: s, Files: []string{"a.csv"}}
	for level, rows := range [][]cells{rows, repeat} {
		l := dataset.NewLayout(s, level, nil).With(s, nil, true, false)
		var batches dataset.Memory
		b := dataset.NewBuilder(l)
		for i, row := range rows {
			b.Begin(dataset.Response{ID: idOf(row["uuid"]), UUID: row["uuid"], Parent: int64(level - 1), Weight: 1, Origin: dataset.Origin{Row: int64(i + 2)}})
			for _, name := range l.Items {
				bindExactly(b.Column(name), s, row[name])
			}
			if i%3 == 2 {
				batches = append(batches, b.Batch())
			}
		}
		batches = append(batches, b.Batch())
		d.Levels = append(d.Levels, dataset.Level{Layout: l, Rows: int64(len(rows)), Source: batches})
	}
	return d
}

func idOf(uuid string) (id dataset.ID) {
	copy(id[:], uuid)
	return id
}

func bindExactly(c *dataset.ColumnBuilder, s *survey.Survey, cell string) {
	if cell == "" {
		return
	}
	if cell == "<not asked>" {
		c.Missing(survey.NotAsked)
		return
	}
	list := s.List(c.Item().List)
	switch c.Item().Type {
	case survey.SelectOne:
		if code, ok := list.Code(cell); ok {
			c.Code(code)
			return
		}
	case survey.SelectMultiple, survey.Rank:
		var codes []int32
		for _, word := range strings.Split(cell, " ") {
			code, ok := list.Code(word)
			if !ok {
				c.Invalid(cell)
				return
			}
			codes = append(codes, code)
		}
		c.Choose(codes)
		return
	case survey.Integer:
		if v, err := strconv.ParseInt(cell, 10, 64); err == nil {
			c.Int(v)
			return
		}
	case survey.Decimal:
		if v, err := strconv.ParseFloat(cell, 64); err == nil {
			c.Float(v)
			return
		}
	case survey.Date:
		if cell == "2024-02-29" {
			c.Int(19782)
			return
		}
	default:
		c.Text(cell)
		return
	}
	c.Invalid(cell)
}

// shown gives every response of a level as "item=answer" for what is there.
func shown(t testing.TB, d *dataset.Dataset, level int) []string {
	t.Helper()
	var out []string
	for b, err := range d.Batches(level) {
		if err != nil {
			t.Fatal(err)
		}
		for i := range b.Len() {
			id := b.ID(i)
			parts := []string{strings.TrimRight(string(id[:]), "\x00")}
			for _, name := range b.Layout.Items {
				if c := b.Column(name); c.Reasons[i] != survey.NotAnswered {
					parts = append(parts, name+"="+shownCell(b, c, i))
				}
			}
			out = append(out, strings.Join(parts, " "))
		}
	}
	return out
}

func shownCell(b *dataset.Batch, c *dataset.Column, i int) string {
	list := b.Layout.Survey.Choices(c.Item)
	switch {
	case c.Item.Type == survey.SelectOne && c.Codes[i] != dataset.NoCode:
		return list[c.Codes[i]].Name
	case c.Reasons[i] != survey.Answered && c.Reasons[i] != survey.DontKnow:
		return "<" + c.Reasons[i].String() + ">"
	case c.Item.Type == survey.SelectMultiple, c.Item.Type == survey.Rank:
		var names []string
		for _, code := range c.Set(i) {
			names = append(names, list[code].Name)
		}
		return strings.Join(names, "+")
	case c.Ints != nil:
		return fmt.Sprint(c.Ints[i])
	case c.Floats != nil:
		return fmt.Sprint(c.Floats[i])
	}
	return fmt.Sprintf("%q", c.Text(i))
}

// run cleans and returns what came of it with the lines of the log.
func run(t testing.TB, d *dataset.Dataset, cfg Config) (out *dataset.Dataset, sum Summary, findings []finding.Finding, log [][]string) {
	t.Helper()
	out, sum, findings, log, err := try(d, cfg, t.TempDir(), 2)
	if err != nil {
		t.Fatal(err)
	}
	return out, sum, findings, log
}

func try(d *dataset.Dataset, cfg Config, dir string, workers int) (*dataset.Dataset, Summary, []finding.Finding, [][]string, error) {
	var buf bytes.Buffer
	w, err := cleaninglog.NewWriter(&buf)
	if err != nil {
		return nil, Summary{}, nil, nil, err
	}
	out, sum, findings, err := Clean(context.Background(), engine.Engine{Workers: workers, Dir: dir}, d, cfg, w)
	if err != nil {
		return nil, Summary{}, nil, nil, err
	}
	if err := w.Close(); err != nil {
		return nil, Summary{}, nil, nil, err
	}
	lines, err := csv.NewReader(&buf).ReadAll()
	if err != nil {
		return nil, Summary{}, nil, nil, err
	}
	for i := range lines {
		lines[i] = lines[i][:6] // the rest is where a line comes from
	}
	return out, sum, findings, lines[1:], nil
}

func consenting() Config { return Config{Consent: Consent{Item: "consent", Accept: Names{"yes"}}} }

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
