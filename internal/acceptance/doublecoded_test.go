package acceptance

import (
	"context"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/agreement"
	"github.com/soundings-survey/soundings/pipeline/agreement/codings"
)

// TestDoubleCodedSurveyWithCodesUnderOthers reads the codings of a survey of
// which a second coder has coded a fifth, with codes as paths. The figures were
// worked out by a loop of another program over the units that both have coded.
// How often codes were used is another figure than agreement on units, by far.
func TestDoubleCodedSurveyWithCodesUnderOthers(t *testing.T) {
	for _, c := range []struct {
		question                         string
		paths                            pipeline.Paths
		both, codes                      int
		kappa, sets, usageKappa, overlap float64
	}{
		{"No Only - N2", pipeline.AsTheyAre, 5, 24, 0.8662207358, 0.6983240223, 0.3636363636, 0.7777777778},
		{"No Only - N2", pipeline.TopAlone, 5, 13, 0.9145860710, 0.8448275862, 0.5454545455, 0.8571428571},
		{"No Only - N3", pipeline.AsTheyAre, 20, 46, 0.8359756432, 0.8079883763, 0.4578313253, 0.7291666667},
		{"No Only - N3", pipeline.TopAlone, 20, 33, 0.8405103668, 0.8047603877, 0.5324675325, 0.7368421053},
		{"No Only - N3", pipeline.WithParents, 20, 47, 0.8361403132, 0.8079883763, 0.4578313253, 0.7291666667},
		{"No Only - N4", pipeline.AsTheyAre, 20, 55, 0.8068820225, 0.7177513588, 0.2439862543, 0.6842105263},
		{"No Only - N4", pipeline.TopAlone, 20, 45, 0.8275862069, 0.7464622642, 0.3047210300, 0.7142857143},
		{"Yes and No - Q5", pipeline.AsTheyAre, 24, 37, 0.7948785639, 0.7725455387, 0.3708737864, 0.7580645161},
		{"Yes and No - Q5", pipeline.WithParents, 24, 37, 0.8063291967, 0.7740367007, 0.3197674419, 0.7460317460},
	} {
		t.Run(c.question+" "+string(c.paths), func(t *testing.T) {
			request := pipeline.AgreementRequest{
				Columns: codings.Columns{Unit: "ResponseId", Code: "Code *"}, Multiple: true, Paths: c.paths,
				Scale: agreement.Nominal, Bootstrap: agreement.Bootstrap{Level: 0.95, Resamples: 200, Seed: 1},
			}
			for _, coder := range []string{"primary", "secondary"} {
				file := shared(t, "data", "double-coded-survey", "Qualitative Responses "+c.question+" ("+coder+").csv")
				request.Files = append(request.Files, file)
			}
			if c.question == "Yes and No - Q5" { // two answers bear one name
				if _, err := pipeline.Agreement(context.Background(), request); err == nil || !strings.Contains(reasons(err), "The unit has another row of the same coder") {
					t.Fatalf("a unit with two rows must be refused: %v %s", err, reasons(err))
				}
				for i := range request.Files {
					request.Files[i] = renamedUnits(t, request.Files[i])
				}
			}
			r, err := pipeline.Agreement(context.Background(), request)
			if err != nil {
				t.Fatalf("%v %s", err, reasons(err))
			}
			if r.Coders != 2 || len(r.Codes) != c.codes {
				t.Errorf("%d coders and %d codes, not 2 and %d", r.Coders, len(r.Codes), c.codes)
			}
			for _, want := range []struct {
				measure, scale string
				units, value   float64
			}{
				{"pooled_cohen_kappa", "", float64(c.both * c.codes), c.kappa},
				{"krippendorff_alpha_sets", "masi", float64(2 * c.both), c.sets},
				{"code_usage_kappa", "", float64(c.both), c.usageKappa},
				{"code_usage_overlap", "", float64(c.both), c.overlap},
			} {
				found := false
				for _, f := range r.Figures {
					if f.Measure != want.measure || f.Code != "" || want.scale != "" && string(f.Scale) != want.scale {
						continue
					}
					found = true
					if f.Value == nil || math.Abs(*f.Value-want.value) > 1e-9 || f.Units != want.units {
						t.Errorf("%s is %v on %v, not %v on %v", want.measure, f.Value, f.Units, want.value, want.units)
					}
				}
				if !found {
					t.Errorf("no %s", want.measure)
				}
			}
		})
	}
}

// renamedUnits writes the table with the second row of a unit named apart.
func renamedUnits(t *testing.T, file string) string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(string(read(t, file)))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, r := range rows {
		if seen[r[0]] {
			r[0] += " again"
		}
		seen[r[0]] = true
	}
	out := filepath.Join(t.TempDir(), filepath.Base(file))
	f, err := os.Create(out)
	if err != nil {
		t.Fatal(err)
	}
	w := csv.NewWriter(f)
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return out
}
