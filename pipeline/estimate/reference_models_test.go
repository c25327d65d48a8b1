package estimate

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// modelChecks are the kinds of references that models are checked against, by group.
var modelChecks = map[string]func(*modelTrial){
	"svyglm_gaussian": checkRegression, "svyglm_quasibinomial": checkRegression, "svyglm_quasipoisson": checkRegression,
	"replicate_glm": checkReplicated, "ordinal_logit": checkOrdinal,
	"correlation": checkCorrelation, "weighted_alpha": checkAlpha, "cronbach_alpha": checkAlpha,
	"mca": checkCorrespondence, "lca_em": checkClasses,
	"svyquantile": checkQuantiles, "replicate_weights": checkReplicates,
	"svyttest": checkTwoMeans, "svyranktest": checkRanks,
	"paired_numeric": checkPairs, "mcnemar": checkMcNemar, "bowker_stuart": checkSymmetry,
	"cochran_q": checkCochran, "friedman": checkFriedman,
}

// modelTrial is a case of a model. Its own inputs are beside those of other kinds.
type modelTrial struct {
	trial
	model     modelInputs
	tolerance struct{ Rel, Abs float64 }
	fields    map[string]float64
}

type modelInputs struct {
	Formula string          `json:"formula"`
	Derive  string          `json:"derive"`
	Terms   []string        `json:"test_terms"`
	Weights string          `json:"repweights"`
	Scale   float64         `json:"scale"`
	RScales json.RawMessage `json:"rscales"`
	MSE     bool            `json:"mse"`
	X       any             `json:"x"`
	Y       string          `json:"y"`
	Weight  string          `json:"weight"`
	Items   []string        `json:"items"`
	Vars    []string        `json:"vars"`
	Count   string          `json:"count"`
	Codes   []int           `json:"recode_codes"`
	Turned  []string        `json:"reversed"`
	TurnAt  float64         `json:"reverse_as"`
	Use     string          `json:"use"`
	K       int             `json:"K"`

	Quantiles []float64 `json:"quantiles"`
	Means     []string  `json:"means"`
	Share     string    `json:"prop_var"`
	Ratio     []string  `json:"ratio"`
	Quantile  string    `json:"quantile_var"`
	Cross     []string  `json:"chisq"`
	Group     string    `json:"group"`
	Part      any       `json:"level"`
	Pre       string    `json:"pre"`
	Post      string    `json:"post"`
}

func TestModelsAgreeWithR(t *testing.T) {
	for _, dir := range references {
		t.Run(filepath.Base(filepath.Dir(dir)), func(t *testing.T) {
			if _, err := os.Stat(dir); err != nil {
				t.Skipf("the reference figures in %s are not here", dir)
			}
			cases := 0
			for _, group := range []string{"regression", "replicate", "tests", "reliability", "multivariate", "quantile", "svytests", "pilot"} {
				for _, c := range readModelReferences(t, dir, group) {
					if check := modelChecks[c.Kind]; check != nil {
						cases++
						t.Run(c.ID, func(t *testing.T) {
							c.T = t
							check(c)
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

func readModelReferences(t *testing.T, dir, group string) []*modelTrial {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, group, "expected.json"))
	if os.IsNotExist(err) {
		return nil
	}
	var all []struct {
		ID, Kind         string
		Inputs, Expected json.RawMessage
		Tolerance        struct{ Rel, Abs float64 }
		Fields           map[string]float64 `json:"field_tolerance"`
	}
	if err == nil {
		err = json.Unmarshal(raw, &all)
	}
	if err != nil {
		t.Fatal(err)
	}
	var out []*modelTrial
	for _, r := range all {
		if modelChecks[r.Kind] == nil {
			continue
		}
		c := &modelTrial{trial: trial{dir: dir, reference: reference{ID: r.ID, Kind: r.Kind, Expected: r.Expected}}, tolerance: r.Tolerance, fields: r.Fields}
		var fields map[string]json.RawMessage
		err := json.Unmarshal(r.Inputs, &fields)
		if err == nil {
			err = json.Unmarshal(r.Inputs, &c.model)
		}
		delete(fields, "x") // numbers elsewhere
		delete(fields, "level")
		if err == nil {
			raw, err = json.Marshal(fields)
		}
		if err == nil {
			err = json.Unmarshal(raw, &c.Inputs)
		}
		if err != nil {
			t.Fatalf("%s: %v", r.ID, err)
		}
		out = append(out, c)
	}
	return out
}

// close compares a figure within the tolerance of the case.
func (t *modelTrial) close(name, what string, got float64, want any) {
	t.Helper()
	w := asNumber(want)
	rel := t.tolerance.Rel
	if f, ok := t.fields[name]; ok {
		rel = f
	}
	if math.IsNaN(w) != math.IsNaN(got) || math.Abs(got-w) > max(t.tolerance.Abs, rel*math.Abs(w)) {
		t.Errorf("%s %s is %.15g, R has %.15g", name, what, got, w)
	}
}

func (t *modelTrial) closeAll(name string, got []float64, want any) {
	t.Helper()
	if want == nil {
		return
	}
	w := asNumbers(want)
	if len(got) != len(w) {
		t.Errorf("%s has %d figures, R has %d", name, len(got), len(w))
		return
	}
	for i := range w {
		t.close(name, fmt.Sprint(i), got[i], w[i])
	}
}

var derivation = regexp.MustCompile(`^(\w+) = 1 if (\w+) *== *'?([^']*?)'? else 0$`)

// prepare reads the data, and adds what the case derives and its replicates.
func (t *modelTrial) prepare() {
	t.Helper()
	t.load()
	for _, column := range t.columns() {
		for i, v := range t.sheet.cells[column] {
			n, err := strconv.Atoi(v)
			if err == nil && slices.Contains(t.model.Codes, n) {
				t.sheet.cells[column][i] = ""
			} else if err == nil && slices.Contains(t.model.Turned, column) {
				t.sheet.cells[column][i] = strconv.FormatFloat(t.model.TurnAt-float64(n), 'g', -1, 64)
			}
		}
	}
	if t.model.Derive != "" {
		m := derivation.FindStringSubmatch(t.model.Derive)
		if m == nil {
			t.Fatalf("the derivation %q is not understood", t.model.Derive)
		}
		made := make([]string, t.sheet.rows)
		for i, v := range t.sheet.cells[m[2]] {
			switch v {
			case "":
			case m[3]:
				made[i] = "1"
			default:
				made[i] = "0"
			}
		}
		t.sheet.cells[m[1]] = made
	}
	if t.model.Weights != "" {
		f, err := os.Open(filepath.Join(t.dir, "data", filepath.Base(t.model.Weights)))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		records, err := csv.NewReader(f).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for c, name := range records[0] {
			for _, r := range records[1:] {
				t.sheet.cells["rep"+name] = append(t.sheet.cells["rep"+name], r[c])
			}
		}
	}
	t.weigh()
}

// columns returns the columns that the case names.
func (t *modelTrial) columns() []string {
	out := slices.Concat(t.model.Items, t.model.Vars)
	if x, ok := t.model.X.(string); ok {
		out = append(out, x, t.model.Y)
	}
	return out
}

// weigh makes the weights that a finite population implies where there are none.
func (t *modelTrial) weigh() {
	d := &t.Inputs.Design
	if len(d.Weights) > 0 || len(d.FPC) == 0 {
		return
	}
	units := map[string]map[string]bool{}
	key := func(columns []string, i int, none string) string {
		if len(columns) == 0 {
			return none
		}
		return t.sheet.cells[columns[0]][i]
	}
	for i := range t.sheet.rows {
		h := key(d.Strata, i, "")
		if units[h] == nil {
			units[h] = map[string]bool{}
		}
		units[h][key(d.IDs, i, strconv.Itoa(i))] = true
	}
	for i := range t.sheet.rows {
		n := float64(len(units[key(d.Strata, i, "")]))
		t.sheet.cells["implied"] = append(t.sheet.cells["implied"], strconv.FormatFloat(t.sheet.number(t.T, d.FPC[0], i)/n, 'g', -1, 64))
	}
	d.Weights = []string{"implied"}
}

// estimated returns the table of a row, and the tally that it was made from.
func (t *modelTrial) estimated(cfg Config, q questions, r table.Row) (*table.Table, *Tally) {
	t.Helper()
	r.By = []string{"inside_c"}
	d := t.sheet.dataset(t.T, t.questions(q))
	tally, findings, err := tallied(context.Background(), engine.Engine{Workers: 2}, d, 0, table.Plan{Rows: []table.Row{r}}, cfg, nil)
	if err != nil || finding.Refused(findings) {
		t.Fatal(err, findings)
	}
	tables, more := tally.Tables()
	if len(tables) != 1 || finding.Refused(more) {
		t.Fatalf("%d tables, findings %v", len(tables), append(findings, more...))
	}
	return tables[0], tally
}

// formula returns the outcome of the case and its predictors as a plan has
// them, and what must be asked.
func (t *modelTrial) formula() (outcome string, with []string, q questions) {
	y, right, ok := strings.Cut(strings.ReplaceAll(t.model.Formula, " ", ""), "~")
	if !ok {
		t.Fatalf("the formula %q is not understood", t.model.Formula)
	}
	for _, x := range strings.Split(right, "+") {
		bare := strings.TrimSuffix(strings.TrimPrefix(x, "factor("), ")")
		if t.sheet.levels[bare] != nil || bare != x {
			q.choices = append(q.choices, bare)
			with = append(with, bare+"_c")
			continue
		}
		q.numbers = append(q.numbers, bare)
		with = append(with, bare+"_n")
	}
	return y, with, q
}

// replicateDesign returns the design of the replicate weights of the case.
func (t *modelTrial) replicateDesign(q *questions) Config {
	r := sampling.Replicates{Type: sampling.Other, Scale: t.model.Scale, MSE: t.model.MSE}
	for n := 1; t.sheet.cells[fmt.Sprintf("repr%d", n)] != nil; n++ {
		q.numbers = append(q.numbers, fmt.Sprintf("repr%d", n))
		r.Columns = append(r.Columns, fmt.Sprintf("repr%d_n", n))
	}
	if json.Unmarshal(t.model.RScales, &r.RScales) != nil {
		var one float64
		if err := json.Unmarshal(t.model.RScales, &one); err != nil {
			t.Fatal(err)
		}
		r.RScales = slices.Repeat([]float64{one}, len(r.Columns))
	}
	return Config{Design: sampling.Design{Kind: table.Replicate, Replicates: r}}
}
