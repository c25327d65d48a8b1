package check

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/engine"
)

// TestTheOrderOfRowsAndWorkersDoNotMatter: the same responses give the same
// proposals, in whatever order they stand and however many hands there are.
func TestTheOrderOfRowsAndWorkersDoNotMatter(t *testing.T) {
	s := sample(t)
	cfg := Default()
	cfg.Same, cfg.Rules = []string{"name"}, "rules.csv"
	cfg.Outliers.By = "region"
	rules := []byte("check_id,description,check_to_perform,columns_to_clean\nr,x,${staff} > 50 and ${region} = 'asia',\n")
	propose := func(rows []cells, workers int) []string {
		var out []string
		_, _, findings, err := Check(t.Context(), engine.Engine{Dir: t.TempDir(), Workers: workers}, given(t, s, rows, nil), cfg, Request{
			Now: noon(), Rules: rules,
			Propose: func(c cleaninglog.Change) error {
				if c.CheckID == Duplicate || c.CheckID == SameOrganisation { // these name rows, which differ
					c.Comment = ""
				}
				out = append(out, fmt.Sprintf("%+v", c))
				return nil
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		_ = findings
		return out
	}
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(rt, "responses")
		var rows []cells
		for i := range n {
			rows = append(rows, cells{
				"uuid":   "synthetic-" + strconv.Itoa(i),
				"region": rapid.SampledFrom([]string{"africa", "asia", "other", "?asai"}).Draw(rt, "region"),
				"staff":  strconv.Itoa(rapid.SampledFrom([]int{1, 2, 3, 4, 5, 60, 100000, -2}).Draw(rt, "staff")),
				"tools":  rapid.SampledFrom([]string{"guide", "guide nix", "dk"}).Draw(rt, "tools"),
				"name":   rapid.SampledFrom([]string{"Á b", "a B", "c", "call 020 7946 0958"}).Draw(rt, "name"),
				"e1":     "1", "e2": "1", "e3": "2", "e4": "1", "e5": rapid.SampledFrom([]string{"1", "2"}).Draw(rt, "e5"), "y1": "yes", "y2": "no",
				"seconds": strconv.Itoa(rapid.SampledFrom([]int{0, 10, 1000, 1100, 1200}).Draw(rt, "seconds")),
			})
		}
		first := propose(rows, 1)
		if again := propose(rows, 4); !slices.Equal(first, again) {
			rt.Fatalf("with four workers: %d proposals, %d with one", len(again), len(first))
		}
		slices.Reverse(rows)
		turned := propose(rows, 2)
		slices.Sort(first)
		slices.Sort(turned)
		if !slices.Equal(first, turned) {
			for i := range min(len(first), len(turned)) {
				if first[i] != turned[i] {
					rt.Fatalf("in another order:\n%s\n%s", first[i], turned[i])
				}
			}
			rt.Fatalf("in another order: %d proposals, not %d", len(turned), len(first))
		}
	})
}
