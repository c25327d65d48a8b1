package multivariate

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Figures of R that analyses are checked against. A part of them, on synthetic
// answers, is kept with the package.
var references = []string{"testdata/reference", "../../../../shared/reference"}

type reference struct {
	ID     string `json:"id"`
	Kind   string `json:"kind"`
	Inputs struct {
		Data        string                 `json:"data"`
		Vars        []string               `json:"vars"`
		Count       string                 `json:"count"`
		K           int                    `json:"K"`
		Pi          []float64              `json:"start_pi"`
		Theta       map[string][][]float64 `json:"start_theta"`
		Levels      map[string][]any       `json:"levels"`
		Codes       []float64              `json:"recode_codes"`
		Recode      *recode                `json:"recode_missing"`
		Coordinates int                    `json:"nf"`
	} `json:"inputs"`
	Expected  map[string]any `json:"expected"`
	Tolerance struct {
		Rel float64 `json:"rel"`
		Abs float64 `json:"abs"`
	} `json:"tolerance"`
	Fields map[string]float64 `json:"field_tolerance"`
}

type recode struct {
	Columns []string  `json:"columns"`
	Codes   []float64 `json:"codes"`
}

var checks = map[string]func(*trial){"mca": checkCorrespondence, "lca_em": checkLatent}

func TestAgreesWithR(t *testing.T) {
	for _, dir := range references {
		t.Run(filepath.Base(filepath.Dir(dir)), func(t *testing.T) {
			raw, err := os.ReadFile(filepath.Join(dir, "multivariate", "expected.json"))
			if err != nil {
				t.Skipf("the reference figures in %s are not here", dir)
			}
			var all []reference
			if err := json.Unmarshal(raw, &all); err != nil {
				t.Fatal(err)
			}
			cases := 0
			for _, r := range all {
				if check := checks[r.Kind]; check != nil {
					cases++
					t.Run(r.ID, func(t *testing.T) {
						x := &trial{T: t, dir: dir, reference: r, seen: map[string]bool{"iterations_informative": true}}
						check(x)
						for name := range r.Expected {
							if !x.seen[name] {
								t.Errorf("%s was not compared", name)
							}
						}
					})
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

	items   []Item
	answers [][]int // of the rows of the data
}

// near compares what a field of the case holds, if it is there.
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
			t.Errorf("%s is %.15g, not %.15g", name, g, w)
		}
	case map[string]float64:
		w, _ := want.(map[string]any)
		if len(w) != len(g) {
			t.Errorf("%s has %d figures, not %d", name, len(g), len(w))
		}
		for k, x := range g {
			t.compare(name+" "+k, field, x, w[k])
		}
	case map[string][][]float64:
		w, _ := want.(map[string]any)
		for k, x := range g {
			t.compare(name+" "+k, field, x, w[k])
		}
	case []float64:
		w, is := want.([]any)
		if !is && want != nil {
			w = []any{want} // a list of one
		}
		if len(w) != len(g) {
			t.Errorf("%s has %d figures, not %d", name, len(g), len(w))
			return
		}
		for i := range w {
			t.compare(fmt.Sprintf("%s[%d]", name, i), field, g[i], w[i])
		}
	case [][]float64:
		w, _ := want.([]any)
		if len(w) != len(g) {
			t.Errorf("%s has %d rows, not %d", name, len(g), len(w))
			return
		}
		for i := range w {
			t.compare(fmt.Sprintf("%s[%d]", name, i), field, g[i], w[i])
		}
	default:
		t.Fatalf("%s is of a kind that is not compared", name)
	}
}

// load reads the data of the case.
func (t *trial) load() Patterns {
	t.Helper()
	path := filepath.Join(t.dir, "data", filepath.Base(t.Inputs.Data))
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := func(name string) []string {
		k := slices.Index(rows[0], name)
		if k < 0 {
			t.Fatalf("no column %s", name)
		}
		var out []string
		for _, r := range rows[1:] {
			out = append(out, r[k])
		}
		return out
	}
	levels := t.levels(path)
	t.answers = make([][]int, len(rows)-1)
	for _, name := range t.Inputs.Vars {
		cells := column(name)
		t.recode(name, cells)
		choices := levels[name]
		if choices == nil {
			choices = distinct(cells)
		}
		t.items = append(t.items, Item{name, choices})
		for r, cell := range cells {
			t.answers[r] = append(t.answers[r], slices.Index(choices, cell))
		}
	}
	tally := NewTally(t.items)
	for r, a := range t.answers {
		w := 1.0
		if t.Inputs.Count != "" {
			w, err = strconv.ParseFloat(column(t.Inputs.Count)[r], 64)
			if err != nil {
				t.Fatal(err)
			}
		}
		if !tally.Add(a, w) {
			t.Fatal("refused")
		}
	}
	return tally.Patterns()
}

func (t *trial) recode(name string, cells []string) {
	codes := t.Inputs.Codes
	if r := t.Inputs.Recode; r != nil && (r.Columns == nil || slices.Contains(r.Columns, name)) {
		codes = append(slices.Clone(codes), r.Codes...)
	}
	for i, c := range cells {
		if x, err := strconv.ParseFloat(c, 64); err == nil && slices.Contains(codes, x) {
			cells[i] = ""
		}
	}
}

// levels returns the choices of items: those of the case, else of the schema.
func (t *trial) levels(path string) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	raw, err := os.ReadFile(strings.TrimSuffix(path, ".csv") + ".schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Columns map[string]struct {
			Levels []string `json:"levels"`
		} `json:"columns"`
	}
	if err := json.Unmarshal(raw, &schema); err != nil {
		t.Fatal(err)
	}
	for name, c := range schema.Columns {
		if len(c.Levels) > 0 {
			out[name] = c.Levels
		}
	}
	for name, l := range t.Inputs.Levels {
		out[name] = nil
		for _, x := range l {
			out[name] = append(out[name], fmt.Sprint(x))
		}
	}
	return out
}

// distinct returns what cells hold, numbers in their order.
func distinct(cells []string) []string {
	out := slices.Clone(cells)
	slices.SortFunc(out, func(a, b string) int {
		x, wrong := strconv.ParseFloat(a, 64)
		y, too := strconv.ParseFloat(b, 64)
		if wrong != nil || too != nil {
			return strings.Compare(a, b)
		}
		return cmp.Compare(x, y)
	})
	return slices.DeleteFunc(slices.Compact(out), func(s string) bool { return s == "" })
}

func checkCorrespondence(t *trial) {
	p := t.load()
	c := p.Correspondence(max(2, t.Inputs.Coordinates))
	if c.Undefined != "" {
		t.Fatal(c.Undefined)
	}
	t.near("n", p.Weight)
	var names []string
	var mass []float64
	for _, k := range c.Categories {
		names = append(names, t.items[k.Item].Name+":"+t.items[k.Item].Choices[k.Choice])
		mass = append(mass, k.Mass)
	}
	t.seen["categories"] = true
	if want, ok := t.Expected["categories"]; ok && fmt.Sprint(want) != fmt.Sprint(names) {
		t.Errorf("the categories are %v, not %v", names, want)
	}
	t.near("mass", mass)
	t.near("total_inertia", c.Inertia)
	t.near("eigenvalues", c.Eigen)
	t.near("percent", c.Percent)
	t.near("benzecri_adjusted", c.Adjusted)
	t.near("benzecri_percent", c.AdjustedPercent)
	t.near("greenacre_total", c.Greenacre)
	t.near("greenacre_percent", c.GreenacrePercent)
	first := 0
	for first < 20 && t.Expected[fmt.Sprintf("row_coord_first%d_dim1", first)] == nil {
		first++
	}
	for axis := range c.Eta2 {
		dim := fmt.Sprintf("_dim%d", axis+1)
		coordinates, eta := map[string]float64{}, map[string]float64{}
		var contribution, cos2, rows []float64
		for a, k := range c.Categories {
			coordinates[names[a]] = k.Coordinates[axis]
			contribution, cos2 = append(contribution, k.Contribution[axis]), append(cos2, k.Cos2[axis])
		}
		for i, item := range t.items {
			eta[item.Name] = c.Eta2[axis][i]
		}
		for _, a := range t.answers {
			if x := c.Respondent(a); x != nil && len(rows) < first {
				rows = append(rows, x[axis])
			}
		}
		t.near("coord"+dim, coordinates)
		t.near("contrib"+dim, contribution)
		t.near("cos2"+dim, cos2)
		t.near("eta2"+dim, eta)
		t.near(fmt.Sprintf("row_coord_first%d%s", first, dim), rows)
	}
}

func checkLatent(t *trial) {
	p := t.load()
	start := Start{Shares: t.Inputs.Pi}
	for _, name := range t.Inputs.Vars {
		start.Conditional = append(start.Conditional, t.Inputs.Theta[name])
	}
	m := p.Latent(start, Search{})
	if m.Undefined != "" {
		t.Fatal(m.Undefined)
	}
	t.near("n", p.Weight)
	t.near("loglik", m.LogLikelihood)
	t.near("npar", float64(m.Parameters))
	t.near("df", m.DF)
	t.near("AIC", m.AIC)
	t.near("BIC", m.BIC)
	t.near("G2", m.G2)
	t.near("X2", m.X2)
	t.near("pi", m.Shares)
	theta := map[string][][]float64{}
	for i, name := range t.Inputs.Vars {
		theta[name] = m.Conditional[i]
	}
	t.near("theta", theta)
	t.near("entropy_R2", m.Entropy)
	if want, ok := t.Expected["loglik"].(float64); ok && math.Abs(m.LogLikelihood-want) > 1e-9*math.Abs(want) {
		t.Errorf("the log-likelihood is %.15g, not %.15g", m.LogLikelihood, want)
	}
}
