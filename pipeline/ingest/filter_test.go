package ingest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// readFiltered is read with a filter.
func readFiltered(t testing.TB, s *survey.Survey, f Filter, content map[string]string, sources ...Source) result {
	t.Helper()
	var logged bytes.Buffer
	log, err := cleaninglog.NewWriter(&logged)
	if err != nil {
		t.Fatal(err)
	}
	d, report, findings, err := Ingest(context.Background(), engine.Engine{Workers: 2, Dir: t.TempDir()}, Request{
		Survey: s, Config: Config{Input: sources, Filter: f}, Key: testKey, Log: log,
		Open: func(name string) (File, error) { return inMemory{bytes.NewReader([]byte(content[name]))}, nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := log.Close(); err != nil && err != io.EOF {
		t.Fatal(err)
	}
	return result{d, report, findings, logged.String()}
}

const filterItems = "type,name,label::English (en)\nselect_one yn,took_part,Took part?\ninteger,n,Number\nbegin_repeat,rec,Recommendation\ntext,what,What?\nend_repeat,,\n"

func TestFilterLeavesOutByStatus(t *testing.T) {
	s := formOf(t, filterItems, ynChoices)
	json := `[{"_uuid":"a","took_part":"yes","n":1,"_validation_status":{"uid":"validation_status_approved"},"rec":[{"what":"x"}]},
{"_uuid":"b","took_part":"no","n":99,"_validation_status":{"uid":"validation_status_not_approved"},"rec":[{"what":"y"},{"what":"z"}]},
{"_uuid":"c","took_part":"no","n":3,"_validation_status":{}},
{"_uuid":"a","took_part":"no","n":4,"_validation_status":{"uid":"validation_status_on_hold"}}]`
	in := map[string]string{"a.json": json}
	r := readFiltered(t, s, Filter{Validation: []string{"approved", "none"}}, in, Source{File: "a.json"})
	if r.dataset == nil {
		t.Fatal(r.text())
	}
	f := r.report.Files[0]
	if got := fmt.Sprint(r.report.Levels[0].Rows, r.report.Levels[1].Rows, f.Rows, f.Kept, f.Excluded, f.OrphansDropped); got != "2 1 4 2 map[validation: not_approved:1 validation: on_hold:1] 2" {
		t.Error(got, r.text())
	}
	if !strings.Contains(r.log, "b,,validation: not_approved,,remove_survey,") || !strings.Contains(r.log, "a,,validation: on_hold,,remove_survey,") {
		t.Error(r.log)
	}
	if !strings.Contains(r.text(), "The filter left out 2 response(s): validation: not_approved 1, validation: on_hold 1.") {
		t.Error(r.text())
	}
	r = readFiltered(t, s, Filter{Exclude: "${n} = 99 or ${took_part} = 'maybe'"}, map[string]string{"a.json": strings.Replace(json, `"a","took_part":"no"`, `"d","took_part":"no"`, 1)}, Source{File: "a.json"})
	if r.dataset == nil || r.report.Levels[0].Rows != 3 || r.report.Levels[1].Rows != 1 || r.report.Files[0].Excluded["exclude"] != 1 || !strings.Contains(r.log, "b,,exclude,,remove_survey,") {
		t.Error(r.report, r.log, r.text())
	}
	if !strings.Contains(r.text(), "whose state in the tool speaks against them: validation: not_approved 1, validation: on_hold 1.") {
		t.Error(r.text())
	}
}

func TestStatusIsReadWhateverTheLanguage(t *testing.T) {
	for cell, want := range map[string]string{"Approved": "approved", "Not Approved": "not_approved", "On Hold": "on_hold", "validation_status_on_hold": "on_hold", "": "none", " hasIssues": "hasissues", "خطأ": "other"} {
		c := Filter{}.gate().checks[0]
		if want == "hasissues" {
			c = Filter{}.gate().checks[1]
		}
		if got := c.state([]byte(cell)); got != want {
			t.Errorf("%q: %s", cell, got)
		}
	}
}

func TestIncompleteResponsesCanBeLeftOut(t *testing.T) {
	s := formOf(t, limeItems, limeChoices)
	in := map[string]string{"a.csv": limeHeader + limeRows}
	r := readFiltered(t, s, Filter{Complete: true}, in, Source{File: "a.csv"})
	if r.dataset == nil || r.report.Levels[0].Rows != 4 || r.report.Files[0].Excluded["submission: incomplete"] != 1 {
		t.Error(r.text())
	}
	r = readFiltered(t, s, Filter{}, in, Source{File: "a.csv"})
	if r.report.Levels[0].Rows != 5 || !strings.Contains(r.text(), "submission: incomplete 1.") {
		t.Error(r.text())
	}
}

func TestReviewStateIsFiltered(t *testing.T) {
	s := formOf(t, odkItems, odkChoices)
	in := map[string]string{"a.zip": zipOf(t, "cso.csv", odkMain, "cso-rec.csv", odkRec, "cso-deed.csv", odkDeed)}
	r := readFiltered(t, s, Filter{Review: []string{"approved"}}, in, Source{File: "a.zip"})
	if r.dataset == nil {
		t.Fatal(r.text())
	}
	if got := fmt.Sprint(r.report.Levels[0].Rows, r.report.Levels[1].Rows, r.report.Levels[2].Rows, r.report.Files[0].OrphansDropped); got != "1 2 2 2" {
		t.Error(got, r.text())
	}
}

func TestFilterThatCannotBeUsedIsRefused(t *testing.T) {
	s := formOf(t, filterItems, ynChoices)
	in := map[string]string{"a.csv": "took_part,n\nyes,1\n"}
	for name, c := range map[string]struct {
		filter Filter
		absent []string
		want   string
	}{
		"no column":       {Filter{Validation: []string{"approved"}}, nil, "filter-column"},
		"column absent":   {Filter{Validation: []string{"approved"}}, []string{"_validation_status"}, ""},
		"no submit date":  {Filter{Complete: true}, nil, "filter-column"},
		"unknown word":    {Filter{Review: []string{"fine"}}, nil, "filter-word"},
		"unknown item":    {Filter{Exclude: "${m} = 1"}, nil, "filter-exclude"},
		"a repeat's item": {Filter{Exclude: "${what} = 'x'"}, nil, "filter-exclude"},
		"no expression":   {Filter{Exclude: "${n} ="}, nil, "filter-exclude"},
		"the day":         {Filter{Exclude: "${n} < today()"}, nil, "filter-exclude"},
		"nothing left":    {Filter{Exclude: "${n} = 1"}, nil, "nothing-left"},
	} {
		r := readFiltered(t, s, c.filter, in, Source{File: "a.csv", Absent: c.absent})
		if got := r.kinds(finding.Refusal); got != c.want || c.want == "" && r.kinds(finding.Warning) != "" {
			t.Errorf("%s: refused for %q, want %q\n%s", name, got, c.want, r.text())
		}
	}
}
