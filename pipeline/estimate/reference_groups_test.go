package estimate

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/soundings-survey/soundings/pipeline/estimate/dist"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// groups makes the column "group" of those that the case compares, the one
// that R subtracts from last. Respondents outside the subset are in none.
func (t *modelTrial) groups() {
	t.Helper()
	t.prepare()
	levels := slices.Clone(t.sheet.choices(t.model.Group))
	cells := slices.Clone(t.sheet.cells[t.model.Group])
	if t.model.Part != nil {
		part := fmt.Sprint(t.model.Part)
		for i, v := range cells {
			if v != "" {
				cells[i] = strconv.FormatBool(v == part)
			}
		}
		levels = []string{"false", "true"}
	}
	for i, in := range t.sheet.cells["inside"] {
		if in != "yes" {
			cells[i] = ""
		}
	}
	slices.Reverse(levels)
	t.sheet.cells["group"], t.sheet.levels["group"] = cells, levels
}

// tested makes a test of a column by the groups, of numbers and, where these
// are a few whole numbers, of a scale; both are handed to a check.
func (t *modelTrial) tested(column string, r table.Row, check func(table.Test)) {
	t.Helper()
	r.By = []string{"group_c"}
	q := questions{choices: []string{"group"}, numbers: []string{column}}
	r.Item = column + "_n"
	check(t.one(t.config(), q, r).Tests[0])
	if !t.few(column) {
		return
	}
	q.choices = append(q.choices, column)
	r.Item = column + "_c"
	check(t.one(t.config(), q, r).Tests[0])
}

// few reports whether a column has a few whole numbers.
func (t *modelTrial) few(column string) bool {
	for _, v := range t.sheet.cells[column] {
		if _, err := strconv.Atoi(v); v != "" && err != nil {
			return false
		}
	}
	return len(t.sheet.choices(column)) <= 12
}

func checkTwoMeans(t *modelTrial) {
	t.groups()
	want := t.expect()
	t.tested(t.model.Y, table.Row{Analysis: table.TestMean}, func(test table.Test) {
		t.close("diff", "", test.Effect, want["diff"])
		t.close("t", "", test.Statistic, want["t"])
		t.close("df", "", test.DDF, want["df"])
		t.close("p", "", test.P, want["p"])
		t.close("se", "", test.SE, want["se"])
		t.closeAll("ci95", []float64{test.Lo, test.Hi}, want["ci95"])
		if test.Method != MethodTwoMeans || test.Why != "" {
			t.Errorf("%+v", test)
		}
	})
}

var rankMethods = map[string]string{"wilcoxon": Wilcoxon, "vanderWaerden": VanDerWaerden, "median": MedianTest, "KruskalWallis": KruskalWallis}

// checkRanks compares tests of ranks. Among respondents with the same answer R
// takes for the mid-rank the unweighted mean of their places, which hangs on
// the order of the rows. Where that differs from the weighted mid-rank, R's
// figures are compared with the same test of R's rank scores, and the test of
// ranks with the same test of the weighted ones.
func checkRanks(t *modelTrial) {
	t.groups()
	want := t.expect()
	for name, method := range rankMethods {
		w, ok := want[name].(map[string]any)
		if !ok {
			continue
		}
		agrees := func(test table.Test) { t.ranked(name, test, w) }
		asR, asHere := t.ranks(false), t.ranks(true)
		if alike(asR, asHere) {
			t.tested(t.model.Y, table.Row{Analysis: table.TestRank, Method: method}, agrees)
			continue
		}
		t.scored("scores", asR, method)
		t.tested("scores", table.Row{Analysis: table.TestMean}, agrees)
		t.scored("scores", asHere, method)
		var same table.Test
		t.tested("scores", table.Row{Analysis: table.TestMean}, func(test table.Test) { same = test })
		t.tested(t.model.Y, table.Row{Analysis: table.TestRank, Method: method}, func(test table.Test) {
			for field, pair := range map[string][2]float64{
				"effect": {test.Effect, same.Effect}, "statistic": {test.Statistic, same.Statistic}, "p": {test.P, same.P},
				"ndf": {test.NDF, same.NDF}, "ddf": {test.DDF, same.DDF},
			} {
				t.close(name, field+" of weighted ranks", pair[0], pair[1])
			}
		})
	}
}

// ranked compares a test with that of R: of two groups by t, of more by F.
func (t *modelTrial) ranked(name string, test table.Test, w map[string]any) {
	t.Helper()
	t.close(name, "p", test.P, w["p"])
	if w["t"] != nil {
		t.close(name, "est", test.Effect, w["est"])
		t.close(name, "t", test.Statistic, w["t"])
		t.close(name, "df", test.DDF, w["df"])
		return
	}
	t.close(name, "F", test.Statistic, w["F"])
	t.close(name, "chisq", float64(test.Statistic*test.NDF), w["chisq"])
	t.close(name, "ndf", test.NDF, w["ndf"])
	t.close(name, "ddf", test.DDF, w["ddf"])
}

// ranks returns the mid-rank of each row over the sum of all weights, NaN where
// a row does not count: weighted, or as R has it.
func (t *modelTrial) ranks(weighted bool) []float64 {
	type row struct {
		at   int
		y, w float64
	}
	var all []row
	out := make([]float64, t.sheet.rows)
	for i := range t.sheet.rows {
		out[i] = math.NaN()
		if t.sheet.cells[t.model.Y][i] == "" || t.sheet.cells["group"][i] == "" {
			continue
		}
		r := row{at: i, y: t.sheet.number(t.T, t.model.Y, i), w: 1}
		if d := t.Inputs.Design; len(d.Weights) > 0 {
			r.w = t.sheet.number(t.T, d.Weights[0], i)
		}
		all = append(all, r)
	}
	slices.SortStableFunc(all, func(a, b row) int { return cmp.Compare(a.y, b.y) })
	total := 0.0
	for from := 0; from < len(all); {
		to, places, below := from, 0.0, total
		for ; to < len(all) && all[to].y == all[from].y; to++ {
			places += total + all[to].w/2
			total += all[to].w
		}
		rank := (below + total) / 2
		if !weighted {
			rank = places / float64(to-from)
		}
		for _, r := range all[from:to] {
			out[r.at] = rank
		}
		from = to
	}
	for i := range out {
		out[i] /= total
	}
	return out
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func alike(a, b []float64) bool {
	for i := range a {
		if math.Abs(a[i]-b[i]) > 1e-12 {
			return false
		}
	}
	return true
}

// scored makes a column of the scores of ranks.
func (t *modelTrial) scored(column string, ranks []float64, method string) {
	cells := make([]string, len(ranks))
	for i, r := range ranks {
		switch {
		case math.IsNaN(r):
			continue
		case method == MedianTest:
			r = float64(btoi(r > 0.5))
		case method == VanDerWaerden:
			r = dist.NormalQuantile(r)
		}
		cells[i] = strconv.FormatFloat(r, 'g', -1, 64)
	}
	t.sheet.cells[column] = cells
}
