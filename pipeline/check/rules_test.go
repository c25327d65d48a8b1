package check

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/soundings-survey/soundings/pipeline/finding"
	sheets "github.com/soundings-survey/soundings/pipeline/sheet"
)

func TestARuleGivesALineForEachColumnToClean(t *testing.T) {
	cfg := off()
	cfg.Rules = "rules.csv"
	sheet := "check_id,description,check_to_perform,columns_to_clean\n" +
		"r1,Many staff and a small share,\"${staff} > 100 and ${share} < 0.5\",\"staff, share\"\n" +
		"r2,Asia without a story,\"${region} = 'asia' and ${story} = ''\",\n" +
		",,,\n" +
		"r3,Many visits,${visits} > 5,visits\n"
	d := given(t, sample(t), []cells{
		{"staff": "500", "share": "0.1"}, {"staff": "500", "share": "0.9"}, {"staff": "500"}, {"region": "asia"}, {"region": "?asai"},
	}, []cells{{"of": "0", "visits": "3"}, {"of": "0", "visits": "6"}})
	got, sum, findings := checked(t, d, cfg, sheet)
	same(t, "proposals", brief(got), []string{
		"1 r1 staff=500", "1 r1 share=0.1", "4 r2 region=asia", "4 r2 story=", "1 r3 visits=6 in country 2",
	})
	if got[0].Issue != "Many staff and a small share" {
		t.Errorf("issue %q", got[0].Issue)
	}
	// An answer that does not bind leaves the second rule undecided.
	if a, b := count(sum, "r1", ""), count(sum, "r2", ""); a != [2]int64{5, 1} || b != [2]int64{4, 1} {
		t.Errorf("counts %v, %v", a, b)
	}
	if len(findings) != 3 || findings[0].Kind != "rule" {
		t.Errorf("findings %v", findings)
	}
	// The same rules in a workbook say the same.
	again, _, _ := checked(t, d, cfg, book(t, sheet))
	same(t, "from a workbook", brief(again), brief(got))
}

func book(t *testing.T, sheet string) string {
	t.Helper()
	rows, err := sheets.Read([]byte(sheet))
	if err != nil {
		t.Fatal(err)
	}
	f := excelize.NewFile()
	for _, r := range rows {
		cell, err := excelize.CoordinatesToCellName(1, r.Number)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("Sheet1", cell, &r.Cells); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestAllThatIsWrongWithARuleSheetIsSaidAtOnce(t *testing.T) {
	cfg := off()
	cfg.Rules = "rules.csv"
	d := given(t, sample(t), []cells{{"staff": "5"}}, nil)
	_, _, findings := checked(t, d, cfg, "check_id,description,check_to_perform,columns_to_clean\n"+
		"a,x,${staff} == 5,staff\n"+
		"b,x,\"region %in% c('asia')\",staff\n"+
		"c,x,is.na(${staff}) & ${share} > 1,staff\n"+
		"d,x,${stafff} > 5,\"staff, shares\"\n"+
		"e,x,${staff} > 5,\"staff, visits\"\n"+
		"f,x,1 = 1,\n"+
		"g,x,. > 5,staff\n"+
		"h,x,pulldata('a') = 1,staff\n")
	want := []struct {
		row        int
		what, cure string
	}{
		{2, "==", "write \"=\""}, {3, "", "${x} = 'a'"}, {4, "", "\"and\""}, {4, "", "${x} = ''"}, {5, "stafff", "staff?"}, {5, "shares", "share?"},
		{6, "staff", "each level"}, {7, "names no column", ""}, {8, "stands beside no item", "${name}"}, {9, "pulldata", ""},
	}
	for _, w := range want {
		found := false
		for _, f := range findings {
			found = found || f.Place.Row == w.row && f.Severity == finding.Refusal && strings.Contains(f.Problem, w.what) && strings.Contains(f.Remedy, w.cure)
		}
		if !found {
			t.Errorf("row %d: nothing says %q with the remedy %q", w.row, w.what, w.cure)
		}
	}
	for name, sheet := range map[string]string{
		"no header": "", "no column": "check_id,description\n", "no id": "check_id,description,check_to_perform\n,x,1=1\n", "twice": "check_id,description,check_to_perform\na,x,${staff}=1\na,x,${staff}=2\n",
		"ours": "check_id,description,check_to_perform\noutlier,x,${staff}=1\n", "no words": "check_id,description,check_to_perform\na,,${staff}=1\n", "nothing": "check_id,description,check_to_perform\na,x,\n",
		"not text": "\xff\xfe", "a quote": "check_id,description,check_to_perform\na,\"x,1\n", "no workbook": "PK\x03\x04",
	} {
		if _, _, findings := checked(t, d, cfg, sheet); !finding.Refused(findings) {
			t.Errorf("%s: not refused", name)
		}
	}
}

func FuzzReadRules(f *testing.F) {
	f.Add([]byte("check_id,description,check_to_perform,columns_to_clean\na,b,${c} = 1,c\n"))
	f.Add([]byte("\ufeffcheck_id;description;check_to_perform\n\"a"))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, content []byte) {
		rules, findings := ReadRules("rules", content)
		if len(rules) > 0 && !finding.Refused(findings) {
			for _, r := range rules {
				if r.ID == "" || r.Perform == "" {
					t.Errorf("an empty rule passed")
				}
			}
		}
	})
}
