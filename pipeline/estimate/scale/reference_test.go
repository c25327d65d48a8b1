package scale

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// Figures of R that estimates are checked against. A part of them, on synthetic
// answers, is kept with the package.
var references = []string{"testdata/reference", "../../../../shared/reference"}

type reference struct {
	ID     string `json:"id"`
	Kind   string `json:"kind"`
	Inputs struct {
		Data   string `json:"data"`
		Recode *struct {
			Columns []string  `json:"columns"`
			Codes   []float64 `json:"codes"`
		} `json:"recode_missing"`
		Codes     []float64 `json:"recode_codes"`
		Design    design    `json:"design"`
		Items     []string  `json:"items"`
		Reversed  []string  `json:"reversed"`
		ReverseAs float64   `json:"reverse_as"`
		Use       string    `json:"use"`
		Weight    string    `json:"weight"`
		Index     string    `json:"index_matrix"`
		A         string    `json:"a"`
		B         string    `json:"b"`
		Cut       *float64  `json:"cut"`
		Level     float64   `json:"level"`
		Subset    *struct {
			Var   string `json:"var"`
			Value any    `json:"value"`
		} `json:"subset"`
	} `json:"inputs"`
	Expected  map[string]any `json:"expected"`
	Tolerance struct {
		Rel float64 `json:"rel"`
		Abs float64 `json:"abs"`
	} `json:"tolerance"`
	Fields map[string]float64 `json:"field_tolerance"`
}

var checks = map[string]func(*trial){
	"cronbach_alpha": checkAlpha, "weighted_alpha": checkWeightedAlpha,
	"weighted_kappa_design": checkKappa, "rank_items": checkRanks,
}

func TestAgreesWithR(t *testing.T) {
	for _, dir := range references {
		t.Run(filepath.Base(filepath.Dir(dir)), func(t *testing.T) {
			if _, err := os.Stat(dir); err != nil {
				t.Skipf("the reference figures in %s are not here", dir)
			}
			cases := 0
			for _, group := range []string{"reliability", "scores"} {
				raw, err := os.ReadFile(filepath.Join(dir, group, "expected.json"))
				if err != nil {
					t.Fatal(err)
				}
				var all []reference
				if err := json.Unmarshal(raw, &all); err != nil {
					t.Fatal(err)
				}
				for _, r := range all {
					if check := checks[r.Kind]; check != nil {
						cases++
						t.Run(r.ID, func(t *testing.T) {
							x := &trial{T: t, dir: dir, reference: r, seen: map[string]bool{}}
							check(x)
							for name := range r.Expected {
								if !x.seen[name] {
									t.Errorf("%s was not compared", name)
								}
							}
						})
					}
				}
			}
			t.Logf("%d cases of %s", cases, dir)
			if cases == 0 {
				t.Error("no case was checked")
			}
		})
	}
}

// trial is one case under check.
type trial struct {
	*testing.T
	dir string
	reference
	seen map[string]bool
	rows []map[string]string
}

func (t *trial) level() float64 {
	if t.Inputs.Level > 0 {
		return t.Inputs.Level
	}
	return 0.95
}

// near compares what a field of the case holds, if it is there: a number, a list
// of them, lists of lists, or figures by the name of an item.
func (t *trial) near(field string, got any) {
	t.Helper()
	if want, ok := t.Expected[field]; ok {
		t.seen[field] = true
		t.compare(field, field, got, want)
	}
}

func (t *trial) compare(name, field string, got, want any) {
	t.Helper()
	switch g := got.(type) {
	case float64:
		rel := t.Tolerance.Rel
		if r, ok := t.Fields[field]; ok {
			rel = r
		}
		w, is := want.(float64)
		if !is {
			w = math.NaN()
		}
		if math.IsNaN(w) != math.IsNaN(g) || math.Abs(g-w) > max(t.Tolerance.Abs, rel*math.Abs(w)) {
			t.Errorf("%s is %.15g, R has %.15g", name, g, w)
		}
	case []float64:
		w, _ := want.([]any)
		if m, is := want.(map[string]any); is {
			for _, item := range t.Inputs.Items {
				w = append(w, m[item])
			}
		}
		if len(w) != len(g) {
			t.Errorf("%s has %d figures, R has %d", name, len(g), len(w))
			return
		}
		for i := range w {
			t.compare(fmt.Sprintf("%s[%d]", name, i), field, g[i], w[i])
		}
	case [][]float64:
		w, _ := want.([]any)
		if len(w) != len(g) {
			t.Errorf("%s has %d figures, R has %d", name, len(g), len(w))
			return
		}
		for i := range w {
			t.compare(fmt.Sprintf("%s[%d]", name, i), field, g[i], w[i])
		}
	}
}

func (t *trial) read(name string) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join(t.dir, "data", filepath.Base(name)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// load reads the rows of the case, with its recodes.
func (t *trial) load() {
	t.Helper()
	table := t.read(t.Inputs.Data)
	recoded := func(column, cell string) bool {
		x, err := strconv.ParseFloat(cell, 64)
		if err != nil {
			return false
		}
		asked := append(slices.Clone(t.Inputs.Items), t.Inputs.A, t.Inputs.B)
		if slices.Contains(asked, column) && slices.Contains(t.Inputs.Codes, x) {
			return true
		}
		r := t.Inputs.Recode
		return r != nil && slices.Contains(r.Codes, x) && (slices.Contains(r.Columns, column) || r.Columns == nil && slices.Contains(asked, column))
	}
	for _, r := range table[1:] {
		row := map[string]string{}
		for k, name := range table[0] {
			if !recoded(name, r[k]) {
				row[name] = r[k]
			}
		}
		t.rows = append(t.rows, row)
	}
}

func (t *trial) number(row int, column string) float64 {
	x, err := strconv.ParseFloat(t.rows[row][column], 64)
	if err != nil {
		return math.NaN()
	}
	return x
}

// answers returns the answers to the items, turned where the case turns them.
func (t *trial) answers(row int) []float64 {
	out := make([]float64, len(t.Inputs.Items))
	for i, item := range t.Inputs.Items {
		out[i] = t.number(row, item)
		if slices.Contains(t.Inputs.Reversed, item) {
			out[i] = t.Inputs.ReverseAs - out[i]
		}
	}
	return out
}

// inside reports whether a row is in the domain of the case.
func (t *trial) inside(row int) bool {
	s := t.Inputs.Subset
	if s == nil {
		return true
	}
	values, is := s.Value.([]any)
	if !is {
		values = []any{s.Value}
	}
	return slices.ContainsFunc(values, func(v any) bool { return fmt.Sprint(v) == t.rows[row][s.Var] })
}

func checkAlpha(t *trial) {
	t.load()
	tally := NewTally(len(t.Inputs.Items))
	for r := range t.rows {
		if t.inside(r) && !tally.Add(1, t.answers(r)) {
			t.Fatal("refused")
		}
	}
	m := tally.Pairwise()
	if t.Inputs.Use != "" && t.Inputs.Use != "pairwise" {
		m = tally.Complete()
	}
	var n, sd, dropped, standard, rest []float64
	a := m.Alpha(t.level())
	for i, item := range a.Items {
		n = append(n, float64(m.N[i]))
		sd = append(sd, math.Sqrt(m.Covariance[i][i]))
		dropped, standard, rest = append(dropped, item.Dropped), append(standard, item.StandardDropped), append(rest, item.Rest)
	}
	t.near("n_complete", float64(m.Complete))
	t.near("n_rows", float64(m.Rows))
	t.near("item_n", n)
	t.near("item_mean", m.Mean)
	t.near("item_sd", sd)
	t.near("raw_alpha", a.Value)
	t.near("std_alpha", a.Standard)
	t.near("average_r", a.Correlation)
	t.near("raw_alpha_if_dropped", dropped)
	t.near("std_alpha_if_dropped", standard)
	t.near("r_drop", rest)
	t.near("feldt_ci95", []float64{a.Lo, a.Hi})
}

func checkWeightedAlpha(t *trial) {
	t.load()
	d := t.sample()
	tally := NewTally(len(t.Inputs.Items))
	for r := range t.rows {
		if t.inside(r) && !tally.Add(d.weight[r], t.answers(r)) {
			t.Fatal("refused")
		}
	}
	m := tally.Complete()
	t.near("n", float64(m.Complete))
	t.near("alpha", m.Alpha(t.level()).Value)
}

func checkKappa(t *trial) {
	t.load()
	d := t.sample()
	levels := []float64{0, 1}
	place := func(x float64) int {
		if c := t.Inputs.Cut; c != nil {
			if x >= *c {
				return 1
			}
			return 0
		}
		return slices.Index(levels, x)
	}
	if t.Inputs.Cut == nil {
		levels = nil
		for r := range t.rows {
			for _, c := range []string{t.Inputs.A, t.Inputs.B} {
				if x := t.number(r, c); !math.IsNaN(x) && !slices.Contains(levels, x) {
					levels = append(levels, x)
				}
			}
		}
		slices.Sort(levels)
	}
	n, total := 0.0, 0.0
	p := make([][]float64, len(levels))
	for i := range p {
		p[i] = make([]float64, len(levels))
	}
	cell := make([]Cell, len(t.rows))
	for r := range t.rows {
		a, b := t.number(r, t.Inputs.A), t.number(r, t.Inputs.B)
		cell[r] = Cell{-1, -1}
		if t.inside(r) && !math.IsNaN(a) && !math.IsNaN(b) {
			cell[r] = Cell{place(a), place(b)}
			n++
			total += d.weight[r]
			p[cell[r].Row][cell[r].Column] += d.weight[r]
		}
	}
	for i := range p {
		for j := range p[i] {
			p[i][j] /= total
		}
	}
	influence := func(c Cell) []float64 {
		z := make([]float64, len(t.rows))
		for r := range z {
			if cell[r].Row < 0 {
				continue
			}
			is := 0.0
			if cell[r] == c {
				is = 1
			}
			z[r] = d.weight[r] * (is - p[c.Row][c.Column]) / total
		}
		return z
	}
	k := KappaFromTable(p, nil, func(a, b Cell) float64 { return d.covariance(influence(a), influence(b)) })
	t.near("n", n)
	t.near("kappa", k.Value)
	t.near("se", k.SE)
}

func checkRanks(t *trial) {
	t.load()
	index := t.read(t.Inputs.Index)
	times := make([][]int, len(t.rows))
	for r := range times {
		times[r] = make([]int, len(index[0]))
	}
	for _, row := range index[1:] {
		for b, cell := range row {
			at, err := strconv.Atoi(cell)
			if err != nil {
				t.Fatal(err)
			}
			times[at-1][b]++
		}
	}
	tally := NewRankTally(len(t.Inputs.Items), len(index[0]), 0)
	for r := range t.rows {
		w := 1.0
		if t.Inputs.Weight != "" {
			w = t.number(r, t.Inputs.Weight)
		}
		if !tally.AddTimes(w, t.answers(r), times[r]) {
			t.Fatal("refused")
		}
	}
	out := tally.Ranks(t.level(), 3)
	var mean, rank, meanRank, se, first, top []float64
	var rankCI, meanCI [][]float64
	for _, k := range out.Items {
		mean, rank, meanRank = append(mean, k.Mean), append(rank, float64(k.Rank)), append(meanRank, k.MeanRank)
		se, first, top = append(se, k.SE), append(first, k.First), append(top, k.Top)
		rankCI, meanCI = append(rankCI, []float64{k.RankLo, k.RankHi}), append(meanCI, []float64{k.Lo, k.Hi})
	}
	t.near("B", float64(out.Resamples))
	t.near("mean", mean)
	t.near("rank", rank)
	t.near("mean_rank", meanRank)
	t.near("rank_ci95_type1", rankCI)
	t.near("mean_boot_se", se)
	t.near("mean_ci95_type7", meanCI)
	t.near("share_rank1", first)
	t.near("share_top3", top)
	t.near("kendall_tau_mean_vs_full", out.Tau)
}
