package banner

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/table"
)

// letterCase is a reference case of the kind column_prop_z: shares of columns,
// p of each pair, and the letters that they come to.
type letterCase struct {
	ID, Kind string
	Inputs   struct {
		Data  string
		Alpha *float64
	}
	Expected struct {
		Rows, Cols        []any
		Prop              [][]*float64
		PRaw              [][]*float64 `json:"p_raw"`
		PHolm             [][]*float64 `json:"p_holm"`
		PBH               [][]*float64 `json:"p_bh"`
		PBonferroni       [][]*float64 `json:"p_bonferroni"`
		LettersRaw        [][]string   `json:"letters_raw"`
		LettersHolm       [][]string   `json:"letters_holm"`
		LettersBH         [][]string   `json:"letters_bh"`
		LettersBonferroni [][]string   `json:"letters_bonferroni"`
	}
	Tolerance struct{ Rel, Abs float64 }
}

// cases reads the cases of a folder of reference results.
func cases(t *testing.T, dir string) []letterCase {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(dir, "banner", "expected.json"))
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	var out []letterCase
	if err := json.Unmarshal(content, &out); err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(out, func(c letterCase) bool { return c.Kind != "column_prop_z" })
}

func TestLettersAndAdjustmentsAreThoseOfTheReference(t *testing.T) {
	all := cases(t, filepath.Join("..", "..", "..", "shared", "reference"))
	if all == nil {
		all = cases(t, filepath.Join("testdata", "reference"))
		t.Log("the cases on data that may not be copied are not here; those on synthetic data are tested alone")
	}
	for _, c := range all {
		t.Run(c.ID, c.test)
	}
	t.Logf("%d cases", len(all))
	if len(all) < 4 {
		t.Errorf("only %d cases", len(all))
	}
}

func (c letterCase) test(t *testing.T) {
	alpha := 0.05
	if c.Inputs.Alpha != nil {
		alpha = *c.Inputs.Alpha
	}
	e := c.Expected
	for _, way := range []struct {
		adjust  string
		p       [][]*float64
		letters [][]string
	}{{"none", e.PRaw, e.LettersRaw}, {"holm", e.PHolm, e.LettersHolm}, {"bh", e.PBH, e.LettersBH}, {"bonferroni", e.PBonferroni, e.LettersBonferroni}} {
		for row := range way.p {
			tests := c.tests(row)
			if err := (Config{Adjust: way.adjust}).adjust(tests); err != nil {
				t.Fatal(err)
			}
			var found []Difference
			for k, x := range tests {
				p := x.P
				if x.Adjust != "" {
					p = x.Adjusted
				}
				want := number(way.p[row][k])
				if !(math.IsNaN(p) && math.IsNaN(want)) && !(math.Abs(p-want) <= c.Tolerance.Abs+c.Tolerance.Rel*math.Abs(want)) {
					t.Errorf("%s, row %d, pair %d: p %v, want %v", way.adjust, row, k, p, want)
				}
				high, low := x.Between[0], x.Between[1]
				if x.Effect < 0 {
					high, low = low, high
				}
				if p < alpha && x.Effect != 0 {
					found = append(found, Difference{High: high, Low: low})
				}
			}
			if way.letters == nil {
				continue
			}
			if got := Letters(len(e.Prop[row]), found); !slices.Equal(got, plain(way.letters[row])) {
				t.Errorf("%s, row %d: letters %q, want %q", way.adjust, row, got, way.letters[row])
			}
		}
	}
}

// tests are the comparisons of a row of a case: its pairs run (1,2), (1,3), ...,
// (2,3), ...
func (c letterCase) tests(row int) []table.Test {
	var out []table.Test
	prop := c.Expected.Prop[row]
	for a := range prop {
		for b := a + 1; b < len(prop); b++ {
			out = append(out, table.Test{Pair: true, Between: [2]int{a, b}, P: number(c.Expected.PRaw[row][len(out)]), Effect: number(prop[a]) - number(prop[b])})
		}
	}
	return out
}

func number(v *float64) float64 {
	if v == nil {
		return math.NaN()
	}
	return *v
}

// plain are the letters of a row without what parts them.
func plain(letters []string) []string {
	out := make([]string, len(letters))
	for i, l := range letters {
		out[i] = strings.NewReplacer(" ", "", ",", "").Replace(l)
	}
	return out
}
