package weight

import (
	"encoding/csv"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// baseItem holds the design weights in datasets of reference cases.
const baseItem = "base_weight"

func sortedNames[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// csvTable is a CSV file of R: an empty cell is a missing answer.
type csvTable struct {
	columns []string
	cells   map[string][]string
	levels  map[string][]string
	rows    int
}

func readCSV(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if os.IsNotExist(err) {
		t.Skipf("%s is not here", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func readTable(t *testing.T, path string, r reference) *csvTable {
	t.Helper()
	records := readCSV(t, path)
	s := &csvTable{columns: records[0], cells: map[string][]string{}, levels: map[string][]string{}, rows: len(records) - 1}
	for c, name := range records[0] {
		for _, row := range records[1:] {
			s.cells[name] = append(s.cells[name], row[c])
		}
	}
	var schema struct {
		Columns map[string]struct {
			Levels []string `json:"levels"`
		} `json:"columns"`
	}
	raw, err := os.ReadFile(strings.TrimSuffix(path, filepath.Ext(path)) + ".schema.json")
	if err == nil {
		err = json.Unmarshal(raw, &schema)
	}
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range schema.Columns {
		if len(c.Levels) > 0 {
			s.levels[name] = c.Levels
		}
	}
	if recode := r.Inputs.Recode; recode != nil {
		for _, name := range recode.Columns {
			for i, v := range s.cells[name] {
				if x, err := strconv.ParseFloat(v, 64); err == nil && slices.Contains(recode.Codes, x) {
					s.cells[name][i] = ""
				}
			}
		}
	}
	return s
}

// readWeights reads the last column of a file of weights.
func readWeights(t *testing.T, path string) []float64 {
	t.Helper()
	var out []float64
	for _, row := range readCSV(t, path)[1:] {
		x, err := strconv.ParseFloat(row[len(row)-1], 64)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, x)
	}
	return out
}

// choices returns the levels of a column, or its distinct values in order.
func (s *csvTable) choices(column string) []string {
	if l := s.levels[column]; l != nil {
		return l
	}
	met := map[string]bool{}
	for _, v := range s.cells[column] {
		if v != "" {
			met[v] = true
		}
	}
	out := sortedNames(met)
	slices.SortStableFunc(out, func(a, b string) int {
		x, _ := strconv.ParseFloat(a, 64)
		y, _ := strconv.ParseFloat(b, 64)
		return int(x - y)
	})
	return out
}

// columnFor finds the column that an estimate is of: by its name, or by that
// without "_total" and what follows it.
func (s *csvTable) columnFor(t *testing.T, name string) string {
	t.Helper()
	short := strings.TrimSuffix(name, "_total")
	for _, is := range []func(string) bool{
		func(c string) bool { return c == name }, func(c string) bool { return c == short },
		func(c string) bool { return strings.HasPrefix(c, short+"_") },
	} {
		if at := slices.IndexFunc(s.columns, is); at >= 0 {
			return s.columns[at]
		}
	}
	t.Fatalf("no column for the estimate %s", name)
	return ""
}

// numbers returns the values of a column, nil where there is none.
func (s *csvTable) numbers(t *testing.T, column string) []*float64 {
	t.Helper()
	out := make([]*float64, s.rows)
	for i, v := range s.cells[column] {
		if v == "" {
			continue
		}
		x, err := strconv.ParseFloat(v, 64)
		if err != nil {
			t.Fatal(err)
		}
		out[i] = &x
	}
	return out
}

func (s *csvTable) indicator(column, level string) []*float64 {
	out := make([]*float64, s.rows)
	for i, v := range s.cells[column] {
		x := 0.0
		if v == level {
			x = 1
		}
		if v != "" {
			out[i] = &x
		}
	}
	return out
}

// dataset makes single-choice items of columns with levels, and numbers of all others.
func (s *csvTable) dataset(t *testing.T, base []float64) *dataset.Dataset {
	t.Helper()
	var form survey.Survey
	for _, name := range s.columns {
		item := survey.Item{Name: name, Type: survey.Decimal}
		if levels := s.levels[name]; levels != nil {
			item.Type, item.List = survey.SelectOne, name
			var list []survey.Choice
			for _, c := range levels {
				list = append(list, survey.Choice{Name: c})
			}
			form.Lists = append(form.Lists, survey.NewChoiceList(name, list))
		}
		form.Items = append(form.Items, item)
	}
	form.Items = append(form.Items, survey.Item{Name: baseItem, Type: survey.Decimal})
	asked, findings := survey.New(form)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	layout := dataset.NewLayout(asked, 0, nil)
	var batches dataset.Memory
	b := dataset.NewBuilder(layout)
	for i := range s.rows {
		b.Begin(dataset.Response{Parent: -1, Weight: 1, Origin: dataset.Origin{Row: int64(i + 2)}})
		b.Column(baseItem).Float(base[i])
		for _, name := range s.columns {
			v := s.cells[name][i]
			if v == "" {
				continue
			}
			if s.levels[name] == nil {
				if x, err := strconv.ParseFloat(v, 64); err == nil {
					b.Column(name).Float(x)
				}
				continue
			}
			code, ok := asked.List(name).Code(v)
			if !ok {
				t.Fatalf("column %s has an unknown level in row %d", name, i+2)
			}
			b.Column(name).Code(code)
		}
		if b.Len() == 128 {
			batches = append(batches, b.Batch())
		}
	}
	batches = append(batches, b.Batch())
	return &dataset.Dataset{Survey: asked, Files: []string{"a.csv"}, Levels: []dataset.Level{{Layout: layout, Rows: int64(s.rows), Source: batches}}}
}
