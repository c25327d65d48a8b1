package acceptance

import (
	"bytes"
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestAPlanForAnalysistools runs the plans that R's analysistools comes with
// (MIT; random answers to the form of a household survey) as they are, and
// holds every row and column of the exact results against the tables that
// srvyr made of them.
func TestAPlanForAnalysistools(t *testing.T) {
	data := shared(t, "data", "analysis-plan")
	for _, c := range []struct {
		name, plan string
		rows       int
	}{
		{"no_ratio_results_table", "no_ratio_results_table_loa.csv", 143},
		{"with_ratio_results_table", "with_ratio_results_table_loa.csv", 147},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			config := read(t, filepath.Join("testdata", "loa.yaml"))
			for old, now := range map[string]string{
				"DATA": filepath.ToSlash(data), "PLAN": "analysistools_MSNA_template_" + c.plan, "ANSWERS": "analysistools_MSNA_template_" + c.name + "_dataset.csv",
			} {
				config = bytes.ReplaceAll(config, []byte(old), []byte(now))
			}
			write(t, filepath.Join(dir, "config.yaml"), config)
			f := run(t, dir)
			f.responses(t, 100)
			if len(f.says("plan-sheet")) != 1 {
				t.Errorf("it is not said that the plan is one of analysistools: %v", f.says("plan-sheet"))
			}
			want := records(t, filepath.Join(data, "analysistools_MSNA_template_"+c.name+"_results_table.csv"))
			if len(want) != c.rows {
				t.Errorf("the table has %d rows, want %d", len(want), c.rows)
			}
			likeTheirs(t, want, records(t, f.restricted("results-exact.csv")))
		})
	}
}

// likeTheirs compares results, row by row and column by column.
func likeTheirs(t *testing.T, want, got []map[string]string) {
	t.Helper()
	ours := map[string]map[string]string{}
	for _, line := range got {
		if ours[line["analysis_key"]] != nil {
			t.Errorf("two lines have the key %s", line["analysis_key"])
		}
		ours[line["analysis_key"]] = line
	}
	var missing []string
	same := 0
	for _, w := range want {
		key := w["analysis_key"]
		g := ours[key]
		if g == nil {
			missing = append(missing, key)
			continue
		}
		delete(ours, key)
		for column, value := range w {
			if !alike(value, g[column]) {
				t.Errorf("%s: %s is %q, want %q", key, column, g[column], value)
			}
		}
		same++
	}
	t.Logf("%d of %d rows were compared, in each of their columns", same, len(want))
	if len(missing) > 0 {
		t.Errorf("%d keys are missing:\n%s", len(missing), strings.Join(missing, "\n"))
	}
	// Choices that nobody made have no row of theirs.
	for key, line := range ours {
		if line["n"] != "0" {
			t.Errorf("their table has no %s, whose n is %s", key, line["n"])
		}
	}
}

// alike compares two cells: numbers within 1e-9, texts to the letter. Where
// they write nothing we write NA.
func alike(want, got string) bool {
	if want == "" {
		return got == "NA"
	}
	w, err := strconv.ParseFloat(want, 64)
	if err != nil {
		return got == want
	}
	g, err := strconv.ParseFloat(got, 64)
	return err == nil && math.Abs(g-w) <= 1e-9*max(1, math.Abs(w))
}
