package acceptance

import (
	"bytes"
	"context"
	"encoding/csv"
	"math"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

// TestAWeightedPoll runs the FiveThirtyEight and Ipsos poll of non-voters of
// 2020 (CC BY 4.0; 5,836 respondents with weights), and holds every weighted
// figure against plain loops over the file, which share nothing with the
// pipeline: the linearised variance of a ratio of weighted sums, as survey
// textbooks have it (Lumley 2010, §2.2) and R's survey package computes it.
func TestAWeightedPoll(t *testing.T) {
	answers := shared(t, "data", "weighted-nonvoters", "nonvoters_data.csv")
	dir := filepath.Join(t.TempDir(), "project")
	findings, err := pipeline.Init(context.Background(), pipeline.InitRequest{Dir: dir, Answers: answers})
	if err != nil || finding.Refused(findings) {
		t.Fatalf("init: %v %v", err, findings)
	}
	configFrom(t, dir, "nonvoters.yaml", "")
	write(t, filepath.Join(dir, "plan.csv"), read(t, filepath.Join("testdata", "nonvoters-plan.csv")))
	f := run(t, dir)
	f.responses(t, 5836)

	people, _ := csv.NewReader(bytes.NewReader(read(t, answers))).ReadAll()
	at := map[string]int{}
	for i, name := range people[0] {
		at[name] = i
	}
	lines := records(t, f.restricted("results-exact.csv"))
	checked := 0
	for _, line := range lines {
		want := byLoops(people[1:], at, line)
		for column, w := range want {
			got, err := strconv.ParseFloat(line[column], 64)
			if err != nil || math.Abs(got-w) > 1e-9*max(1, math.Abs(w)) {
				t.Errorf("%s: %s is %s, plain loops have %.15g", line["analysis_key"], column, line[column], w)
			}
			checked++
		}
	}
	t.Logf("%d figures on %d lines", checked, len(lines))
	if len(lines) != 86 {
		t.Errorf("%d lines were checked, want 86", len(lines))
	}
}

// byLoops computes a line of results from the rows of the file.
func byLoops(people [][]string, at map[string]int, line map[string]string) map[string]float64 {
	level := 0.95
	if _, after, ok := strings.Cut(line["analysis_key"], " @/@ level="); ok {
		level, _ = strconv.ParseFloat(after, 64)
	}
	var groups, values []string
	if line["group_var"] != "NA" {
		groups, values = strings.Split(line["group_var"], " -/- "), strings.Split(line["group_var_value"], " -/- ")
	}
	share := line["analysis_type"] == "prop_select_one"
	type answer struct{ w, y float64 }
	var base []answer
	rows, hits := 0, 0.0
	var sw, sw2, swy float64
	for _, p := range people {
		rows++
		inside := true
		for i, g := range groups {
			inside = inside && named(p[at[g]]) == named(values[i])
		}
		cell := p[at[line["analysis_var"]]]
		if !inside || cell == "" || cell == "NA" {
			continue
		}
		w, _ := strconv.ParseFloat(p[at["weight"]], 64)
		var y float64
		if share {
			if named(cell) == named(line["analysis_var_value"]) {
				y = 1
			}
		} else {
			y, _ = strconv.ParseFloat(cell, 64)
		}
		base = append(base, answer{w, y})
		sw, sw2, swy = sw+w, sw2+w*w, swy+w*y
		hits += y
	}
	if len(base) < 2 {
		return map[string]float64{"n_total": float64(len(base)), "n_w_total": sw}
	}
	m, n := swy/sw, float64(len(base))
	var squares, sum, spread float64
	for _, a := range base {
		z := a.w * (a.y - m) / sw
		squares += z * z
		sum += z
		spread += a.w * (a.y - m) * (a.y - m) / sw
	}
	all := float64(rows)
	v := all / (all - 1) * (squares - sum*sum/all) // those outside the base count with z = 0
	se := math.Sqrt(v)
	q := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: n - 1}.Quantile(0.5 + level/2)
	out := map[string]float64{"stat": m, "se": se, "n_total": n, "n_w_total": sw, "df": n - 1}
	if sw > n {
		out["deff"] = v / (spread * n / (n - 1) / n * (1 - n/sw))
	}
	if !share {
		out["stat_low"], out["stat_upp"] = m-q*se, m+q*se
		return out
	}
	out["n"], out["n_w"] = hits, swy
	if m > 0 && m < 1 {
		d := q * se / (m * (1 - m))
		logit := math.Log(m / (1 - m))
		out["stat_low"], out["stat_upp"] = 1/(1+math.Exp(d-logit)), 1/(1+math.Exp(-d-logit))
	}
	return out
}

var notInNames = regexp.MustCompile(`[^a-z0-9]+`)

// named makes of an answer what the name of its choice is in the drafted form.
func named(cell string) string {
	return strings.Trim(notInNames.ReplaceAllString(strings.ToLower(cell), "_"), "_")
}
