package hypothesis

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// sheet is a CSV file: an empty cell is a missing answer.
type sheet struct {
	rows   int
	cells  map[string][]string
	levels map[string][]string // of columns that are categorical
}

func readSheet(t *testing.T, path string) *sheet {
	t.Helper()
	f, err := os.Open(path)
	if os.IsNotExist(err) {
		t.Skipf("the answers of %s are not here", filepath.Base(path))
	}
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
	if raw, err := os.ReadFile(strings.TrimSuffix(path, ".csv") + ".schema.json"); err == nil {
		if err := json.Unmarshal(raw, &schema); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range schema.Columns {
		if len(c.Levels) > 0 {
			s.levels[name] = c.Levels
		}
	}
	return s
}

// forget makes missing what has one of the codes in one of the columns.
func (s *sheet) forget(codes []float64, columns ...string) {
	for _, c := range columns {
		for i := range s.cells[c] {
			if slices.Contains(codes, s.number(c, i)) {
				s.cells[c][i] = ""
			}
		}
	}
}

// number returns a cell as a number, or its place among the levels; NaN where
// it is missing.
func (s *sheet) number(column string, i int) float64 {
	if l := s.levels[column]; l != nil {
		if place := slices.Index(l, s.cells[column][i]); place >= 0 {
			return float64(place)
		}
		return math.NaN()
	}
	x, err := strconv.ParseFloat(s.cells[column][i], 64)
	if err != nil {
		return math.NaN()
	}
	return x
}

// choices returns the levels of a column, or its distinct values in order.
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
		x, errX := strconv.ParseFloat(a, 64)
		y, errY := strconv.ParseFloat(b, 64)
		if errX != nil || errY != nil {
			return strings.Compare(a, b)
		}
		return cmp.Compare(x, y)
	})
	return out
}

// counts tabulates two columns; only levels that occur are kept unless all are
// asked for.
func (s *sheet) counts(row, col string, all bool) (Counts, []string, []string) {
	rows, cols := s.choices(row), s.choices(col)
	if !all {
		rows, cols = s.met(rows, row, col), s.met(cols, col, row)
	}
	c := NewCounts(len(rows), len(cols))
	for i := range s.rows {
		c.Add(slices.Index(rows, s.cells[row][i]), slices.Index(cols, s.cells[col][i]), 1)
	}
	return c, rows, cols
}

// met returns the levels of a column that occur where the other has an answer.
func (s *sheet) met(levels []string, column, other string) []string {
	var out []string
	for _, l := range levels {
		for i := range s.rows {
			if s.cells[column][i] == l && s.cells[other][i] != "" {
				out = append(out, l)
				break
			}
		}
	}
	return out
}

func (s *sheet) pairs(x, y, weight string) Pairs {
	var out []Pair
	for i := range s.rows {
		p := Pair{X: s.number(x, i), Y: s.number(y, i), N: 1, Weight: 1}
		if weight != "" {
			p.Weight = s.number(weight, i)
		}
		out = append(out, p)
	}
	return NewPairs(out)
}

func (s *sheet) profiles(columns []string) []Profile {
	var out []Profile
	for i := range s.rows {
		p := Profile{N: 1}
		for _, c := range columns {
			p.Values = append(p.Values, s.number(c, i))
		}
		out = append(out, p)
	}
	return out
}
