package estimate

import (
	"context"
	"encoding/binary"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// sheet is a CSV file: an empty cell is a missing answer.
type sheet struct {
	rows   int
	cells  map[string][]string
	levels map[string][]string // choices of the columns that are categorical
}

func readSheet(t *testing.T, path string) *sheet {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	s := &sheet{rows: len(records) - 1, cells: map[string][]string{}, levels: map[string][]string{}}
	for c, name := range records[0] {
		for _, r := range records[1:] {
			s.cells[name] = append(s.cells[name], r[c])
		}
	}
	var schema struct {
		Columns map[string]struct {
			Levels []string `json:"levels"`
		} `json:"columns"`
	}
	raw, err := os.ReadFile(path[:len(path)-len(filepath.Ext(path))] + ".schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &schema); err != nil {
		t.Fatal(err)
	}
	for name, c := range schema.Columns {
		if len(c.Levels) > 0 {
			s.levels[name] = c.Levels
		}
	}
	return s
}

// choices returns the levels of a column, or its distinct numbers in order.
func (s *sheet) choices(column string) []string {
	if l := s.levels[column]; l != nil {
		return l
	}
	var out []string
	for _, v := range s.cells[column] {
		if v != "" && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	slices.SortFunc(out, func(a, b string) int {
		x, _ := strconv.ParseFloat(a, 64)
		y, _ := strconv.ParseFloat(b, 64)
		return int(x) - int(y)
	})
	return out
}

// questions says which items a dataset is made with. The item of numbers of a
// column x is "x_n", that of choices "x_c".
type questions struct {
	numbers  []string
	choices  []string
	multiple map[string][]string // select_multiple items made of indicator columns
	weight   string
	batch    int // rows in a batch; 0 means 128
}

// dataset builds the answers in memory. A choice that is a number is its own score.
func (s *sheet) dataset(t *testing.T, q questions) *dataset.Dataset {
	t.Helper()
	var form survey.Survey
	add := func(name string, kind survey.Type, choices []string) {
		form.Items = append(form.Items, survey.Item{Name: name, Type: kind, List: name})
		if choices == nil {
			return
		}
		var list []survey.Choice
		for _, c := range choices {
			choice := survey.Choice{Name: c}
			if x, err := strconv.ParseFloat(c, 64); err == nil {
				choice.Score = &x
			}
			list = append(list, choice)
		}
		form.Lists = append(form.Lists, survey.NewChoiceList(name, list))
	}
	for _, c := range q.numbers {
		add(c+"_n", survey.Decimal, nil)
	}
	for _, c := range q.choices {
		add(c+"_c", survey.SelectOne, s.choices(c))
	}
	for name, columns := range q.multiple {
		add(name, survey.SelectMultiple, columns)
	}
	asked, findings := survey.New(form)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	layout := dataset.NewLayout(asked, 0, nil).With(asked, nil, false, q.weight != "")
	if q.batch == 0 {
		q.batch = 128
	}
	var batches dataset.Memory
	b := dataset.NewBuilder(layout)
	for i := range s.rows {
		r := dataset.Response{Parent: -1, Origin: dataset.Origin{Row: int64(i + 2)}, Weight: 1}
		binary.BigEndian.PutUint64(r.ID[:], uint64(i)) // in the order of rows
		if q.weight != "" {
			r.Weight = s.number(t, q.weight, i)
		}
		b.Begin(r)
		s.fill(t, b, asked, q, i)
		if b.Len() == q.batch {
			batches = append(batches, b.Batch())
		}
	}
	batches = append(batches, b.Batch())
	return &dataset.Dataset{Survey: asked, Levels: []dataset.Level{{Layout: layout, Rows: int64(s.rows), Source: batches}}}
}

func (s *sheet) fill(t *testing.T, b *dataset.Builder, asked *survey.Survey, q questions, i int) {
	for _, c := range q.numbers {
		if s.cells[c][i] != "" {
			b.Column(c + "_n").Float(s.number(t, c, i))
		}
	}
	for _, c := range q.choices {
		if v := s.cells[c][i]; v != "" {
			code, ok := asked.List(c + "_c").Code(v)
			if !ok {
				t.Fatalf("column %s has an unknown choice in row %d", c, i+2)
			}
			b.Column(c + "_c").Code(code)
		}
	}
	for name, columns := range q.multiple {
		if s.cells[columns[0]][i] == "" {
			b.Column(name).Missing(survey.NotAsked)
			continue
		}
		set := []int32{}
		for code, c := range columns {
			if s.cells[c][i] == "1" {
				set = append(set, int32(code))
			}
		}
		b.Column(name).Choose(set)
	}
}

func (s *sheet) number(t *testing.T, column string, i int) float64 {
	x, err := strconv.ParseFloat(s.cells[column][i], 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// compute estimates a plan, and fails on any finding that refuses.
func compute(t *testing.T, d *dataset.Dataset, cfg Config, rows ...table.Row) []*table.Table {
	t.Helper()
	tables, findings, err := Estimate(context.Background(), engine.Engine{Workers: 2}, d, table.Plan{Rows: rows}, cfg)
	if err != nil {
		t.Fatal(err)
	}
	if finding.Refused(findings) || len(tables) != len(rows) {
		t.Fatalf("%d tables of %d, findings %v", len(tables), len(rows), findings)
	}
	return tables
}
