package agreement

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Two codings of a hundred recommendations, with the agreement on each code as
// those who coded them published it.
const published = "../../../shared/data/double-coded-recommendations"

func TestAgreesWithWhatWasPublished(t *testing.T) {
	if _, err := os.Stat(published); err != nil {
		t.Skipf("the codings in %s are not here", published)
	}
	for dir, file := range map[string]string{"testing-1": "irr-after.csv", "testing-2": "irr-results-after.csv"} {
		t.Run(dir, func(t *testing.T) {
			figures := publishedColumns(t, filepath.Join(published, dir, file))
			a := publishedColumns(t, filepath.Join(published, dir, "erin-binary.csv"))
			b := publishedColumns(t, filepath.Join(published, dir, "sample-binary.csv"))
			checked, undefinedOnes := 0, 0
			for i, name := range figures["Variable"] {
				x, y := a[name], b[name]
				if x == nil || len(x) != len(y) {
					t.Errorf("%s was not found in both codings", name)
					continue
				}
				var list []Coding
				for u := range x {
					unit := strconv.Itoa(u)
					list = append(list, Coding{unit, "a", x[u]}, Coding{unit, "b", y[u]})
				}
				d, err := New(list, nil)
				if err != nil {
					t.Fatal(err)
				}
				s := d.Summarise(Nominal, Bootstrap{Level: 0.95})
				pair := s.Pairs[0]
				checked++
				for what, c := range map[string]Coefficient{
					"Cohen.s.Kappa": pair.Kappa.Coefficient, "Krippendorff.s.Alpha": s.Alpha.Coefficient, "Scott.s.Pi": pair.ScottPi,
				} {
					want, err := strconv.ParseFloat(figures[what][i], 64)
					switch {
					case err != nil && c.Undefined != NoVariance:
						t.Errorf("%s of %s is %v; published as undefined", what, name, c.Value)
					case err == nil && !(math.Abs(c.Value-want) <= 1e-5):
						t.Errorf("%s of %s is %v; published as %v", what, name, c.Value, want)
					}
				}
				if want, _ := strconv.ParseFloat(figures["Percent.Agreement"][i], 64); math.Abs(100*pair.Agreement.Value-want) > 1e-9 {
					t.Errorf("agreement on %s is %v; published as %v%%", name, pair.Agreement.Value, want)
				}
				if s.Alpha.Undefined != Defined {
					undefinedOnes++
				}
			}
			t.Logf("%d codes, %d of them undefined", checked, undefinedOnes)
			if checked < 100 || undefinedOnes == 0 {
				t.Error("too few codes were checked")
			}
		})
	}
}

// publishedColumns reads a CSV file, whatever ends its lines, with the names of
// columns as R makes them.
func publishedColumns(t *testing.T, path string) map[string][]string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(strings.ReplaceAll(string(raw), "\r\n", "\n"), "\r", "\n")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for k, name := range rows[0] {
		name = strings.NewReplacer("-", ".", " ", ".").Replace(name)
		name = strings.TrimRight(name, ".")
		if name != "" && name[0] >= '0' && name[0] <= '9' {
			name = "X" + name
		}
		for _, r := range rows[1:] {
			out[name] = append(out[name], r[k])
		}
	}
	return out
}
