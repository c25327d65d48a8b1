package reference

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// checkedIn says for each kind of case in which package its cases are run, each
// as a test of its own that bears its id.
var checkedIn = map[string]string{
	"freq": "estimate", "svymean_total": "estimate", "svyciprop": "estimate", "svyby": "estimate",
	"select_multiple": "estimate", "theme_counts": "estimate", "likert_scores": "estimate", "lonely_psu": "estimate",
	"svyquantile": "estimate", "svyratio": "estimate", "svychisq": "estimate", "svyttest": "estimate", "svyranktest": "estimate",
	"column_prop_z": "estimate", "column_prop_design": "estimate",
	"svyglm_gaussian": "estimate", "svyglm_quasibinomial": "estimate", "svyglm_quasipoisson": "estimate", "ordinal_logit": "estimate",
	"replicate_weights": "estimate", "replicate_glm": "estimate", "replicate_rake": "weight",
	"distribution_table": "estimate/dist",
	"binom_ci":           "estimate/hypothesis", "crosstab": "estimate/hypothesis", "group_tests": "estimate/hypothesis",
	"mann_whitney_exact": "estimate/hypothesis", "wilcoxon_exact": "estimate/hypothesis", "correlation": "estimate/hypothesis",
	"p_adjust": "estimate/hypothesis", "paired_numeric": "estimate/hypothesis", "mcnemar": "estimate/hypothesis",
	"cochran_q": "estimate/hypothesis", "friedman": "estimate/hypothesis", "bowker_stuart": "estimate/hypothesis",
	"cronbach_alpha": "estimate/scale", "weighted_alpha": "estimate/scale", "weighted_kappa_design": "estimate/scale", "rank_items": "estimate/scale",
	"mca": "estimate/multivariate", "lca_em": "estimate/multivariate",
	"two_coder_agreement": "agreement", "fleiss_kappa": "agreement", "multi_coder_agreement": "agreement", "multilabel_agreement": "agreement",
	"rake": "weight", "poststratify": "weight", "calibrate": "weight", "trim": "weight", "rake_trim": "weight",
}

func TestEveryKindOfReferenceIsChecked(t *testing.T) {
	index, err := os.Open(filepath.Join("..", "..", "..", "shared", "reference", "INDEX.tsv"))
	if err != nil {
		t.Skip("SKIPPED, NO CASE WAS COUNTED: the reference figures are not beside the checkout")
	}
	defer index.Close()
	in := csv.NewReader(index)
	in.Comma, in.LazyQuotes = '\t', true
	lines, err := in.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]int{}
	for _, line := range lines[1:] {
		cases[line[1]]++
	}
	var kinds []string
	for kind := range cases {
		kinds = append(kinds, kind)
	}
	slices.Sort(kinds)
	all := 0
	for _, kind := range kinds {
		where, ok := checkedIn[kind]
		if !ok {
			t.Errorf("nobody checks the %d cases of the kind %s", cases[kind], kind)
			continue
		}
		if !named(t, filepath.Join("..", "..", "pipeline", where), kind) {
			t.Errorf("no test of %s names the kind %s", where, kind)
		}
		t.Logf("%3d %-22s pipeline/%s", cases[kind], kind, where)
		all += cases[kind]
	}
	t.Logf("%3d cases of %d kinds", all, len(kinds))
	if all != len(lines)-1 {
		t.Errorf("%d of %d cases are checked", all, len(lines)-1)
	}
}

// named reports whether a test file of a package names a kind.
func named(t *testing.T, dir, kind string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(content), `"`+kind+`"`) {
			return true
		}
	}
	return false
}
