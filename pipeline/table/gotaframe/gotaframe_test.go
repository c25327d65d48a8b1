package gotaframe

import (
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/table"
)

const lines = `prop_select_one,q,a,NA,NA,0.25,0.2,0.3,,40,,,k1,respondent,,,,logit,answered,,
prop_select_one,q,b,NA,NA,0.75,0.7,0.8,,40,,,k2,respondent,,,,logit,answered,,
prop_select_one,q,a,g,x,,,,,,,,k3,respondent,,,,,answered,,withheld
mean,m,NA,NA,NA,3.2,3,3.4,,40,,,k4,respondent,,,,t,answered,,
`

func show(t *testing.T, q Query) (string, error) {
	t.Helper()
	return Show(strings.NewReader("\ufeff"+strings.Join(table.Columns[:], ",")+"\n"+lines), q)
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
