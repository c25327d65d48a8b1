package gotaframe

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/table"
)

const lines = `prop_select_one,q,a,NA,NA,0.25,0.2,0.3,,40,,,k1,respondent,,,,logit,answered,,
prop_select_one,q,b,NA,NA,0.75,0.7,0.8,,40,,,k2,respondent,,,,logit,answered,,
prop_select_one,q,a,g,x,,,,,,,,k3,respondent,,,,,answered,,withheld
mean,m,NA,NA,NA,3.2,3,3.4,,40,,,k4,respondent,,,,t,answered,,
test_mean,m,NA,h,NA,5.25,,,,40,,,k5,respondent,,38,,f,answered,,,1,0.0271,0.0271,,0.1,epsilon2,,,
`

func show(t *testing.T, q Query) (string, error) {
	t.Helper()
	var b strings.Builder
	b.WriteString("\ufeff" + strings.Join(table.Columns[:], ",") + "\n")
	for line := range strings.Lines(lines) {
		line = strings.TrimSuffix(line, "\n")
		b.WriteString(line + strings.Repeat(",", len(table.Columns)-1-strings.Count(line, ",")) + "\n")
	}
	return Show(strings.NewReader(b.String()), q)
}

func TestShowHasThePValueOfATest(t *testing.T) {
	got, err := show(t, Query{Item: "m", By: "h"})
	if err != nil || !strings.Contains(got, "0.0271") || !strings.Contains(got, "5.25") {
		t.Errorf("test: %v\n%s", err, got)
	}
	if got, _ = show(t, Query{Item: "m"}); strings.Contains(got, "prob") || strings.Contains(got, " p") {
		t.Errorf("a mean has no p value:\n%s", got)
	}
}

func TestShowGivesJSON(t *testing.T) {
	got, err := show(t, Query{Item: "q", JSON: true})
	var objects []map[string]any
	if err != nil || json.Unmarshal([]byte(got), &objects) != nil || len(objects) != 2 {
		t.Fatalf("%v\n%s", err, got)
	}
	if o := objects[0]; len(o) != len(table.Columns) || o["stat"] != 0.25 || o["n"] != nil || o["n_total"] != 40.0 || o["analysis_key"] != "k1" || o["status"] != nil {
		t.Errorf("%v", o)
	}
}

func TestShowReadsResultsOfEarlierVersions(t *testing.T) {
	var b strings.Builder
	b.WriteString(strings.Join(table.Columns[:21], ",") + "\n")
	for line := range strings.Lines(lines) {
		if !strings.HasPrefix(line, "test") {
			b.WriteString(line)
		}
	}
	if got, err := Show(strings.NewReader(b.String()), Query{Item: "q"}); err != nil || !strings.Contains(got, "75 %") {
		t.Errorf("%v\n%s", err, got)
	}
}

func TestShowChoosesAndSorts(t *testing.T) {
	got, err := show(t, Query{Item: "q", Sort: "share"})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Index(got, "75 %") > strings.Index(got, "25 %") || strings.Contains(got, "withheld") {
		t.Errorf("shown:\n%s", got)
	}
	got, err = show(t, Query{Item: "q", By: "g"})
	if err != nil || !strings.Contains(got, "withheld") || strings.Contains(got, "75") {
		t.Errorf("by group: %v\n%s", err, got)
	}
	if got, err = show(t, Query{Item: "m"}); err != nil || !strings.Contains(got, "3.2") || strings.Contains(got, "%") {
		t.Errorf("mean: %v\n%s", err, got)
	}
}

func TestShowRefusesWhatIsNotThere(t *testing.T) {
	for _, q := range []Query{{Item: "zz"}, {Item: "q", By: "zz"}, {Item: "q", Sort: "size"}} {
		if got, err := show(t, q); err == nil {
			t.Errorf("%+v shown:\n%s", q, got)
		}
	}
}
