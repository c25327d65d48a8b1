package ingest

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/survey/versions"
)

// TestAnswersUnderEarlierVersionsBindToTodaysForm: what was renamed, removed and
// even swapped, from files of names and of labels.
func TestAnswersUnderEarlierVersionsBindToTodaysForm(t *testing.T) {
	choices := func(yes, no string, more ...labelledChoice) []labelledChoice {
		return append([]labelledChoice{{"yn", "yes", [3]string{yes}}, {"yn", "no", [3]string{no}}}, more...)
	}
	then := hardForm(t, []asked{
		{kind: "begin_group", name: "old_group"},
		{kind: "select_one", list: "yn", name: "took", labels: [3]string{"Took part?"}},
		{kind: "end_group"},
		{kind: "select_multiple", list: "s", name: "stages", labels: [3]string{"Stages"}},
		{kind: "text", name: "dropped", labels: [3]string{"Anything else?"}},
	}, choices("No", "Yes", labelledChoice{"s", "a", [3]string{"Draft"}}, labelledChoice{"s", "gone", [3]string{"Hearing"}}))
	now := hardForm(t, []asked{
		{kind: "select_multiple", list: "s", name: "stages", labels: [3]string{"Stages"}},
		{kind: "select_one", list: "yn", name: "took_part", labels: [3]string{"Took part?"}},
		{kind: "integer", name: "staff", labels: [3]string{"Staff"}},
	}, choices("Yes", "No", labelledChoice{"s", "b", [3]string{"Follow-up"}}, labelledChoice{"s", "a", [3]string{"Draft"}}))
	renames := versions.Renames{Items: map[string]string{"took": "took_part"}}
	if _, findings := versions.Merge("now.xlsx", now, []versions.Edition{{File: "then.xlsx", Survey: then}}, renames); !finding.Refused(findings) {
		t.Fatal("a swap must be refused until it is declared")
	}
	renames.Choices = map[string]string{"yn.yes": "no", "yn.no": "yes"}
	merged, findings := versions.Merge("now.xlsx", now, []versions.Edition{{File: "then.xlsx", Survey: then}}, renames)
	if finding.Refused(findings) {
		t.Fatalf("refused: %v", findings)
	}
	for name, old := range map[string]string{
		"names":  "old_group/took,stages,dropped,__version__,_uuid\nyes,a gone,words,v1,synthetic-1\n",
		"labels": "Took part?,Stages,Anything else?,__version__,_uuid\nNo,Draft Hearing,words,v1,synthetic-1\n",
	} {
		files := map[string]string{
			"then.csv": old,
			"now.csv":  "stages,took_part,staff,__version__,_uuid\nb,yes,3,v2,synthetic-2\n",
		}
		d, report, findings, err := Ingest(context.Background(), engine.Engine{Workers: 2, Dir: t.TempDir()}, Request{
			Survey: merged.Survey, Key: testKey, Views: map[string]*survey.Survey{"then.xlsx": merged.View(merged.Survey, "then.xlsx")},
			Config: Config{Input: []Source{{File: "then.csv", Form: "then.xlsx"}, {File: "now.csv"}}},
			Open:   func(name string) (File, error) { return inMemory{bytes.NewReader([]byte(files[name]))}, nil },
		})
		if err != nil || d == nil {
			t.Fatalf("%s: %v %v", name, err, findings)
		}
		got := ""
		for b, err := range d.Batches(0) {
			if err != nil {
				t.Fatal(err)
			}
			for i := range b.Len() {
				took, stages, dropped, staff := b.Column("took_part"), b.Column("stages"), b.Column("dropped"), b.Column("staff")
				var set []string
				for _, code := range stages.Set(i) {
					set = append(set, merged.Survey.List("s").Choices[code].Name)
				}
				got += fmt.Sprintf("%s %v %s/%s %s; ", merged.Survey.List("yn").Choices[took.Codes[i]].Name, set, dropped.Text(i), dropped.Reasons[i], staff.Reasons[i])
			}
		}
		if want := "no [a gone] words/answered not asked; yes [b] /not asked answered; "; got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
		if v := fmt.Sprint(report.Files[0].Versions, report.Files[1].Versions); v != "map[v1:1] map[v2:1]" {
			t.Errorf("%s: versions %s", name, v)
		}
	}
	r := read(t, merged.Survey, map[string]string{"a.csv": "took_part,_uuid\nyes,synthetic-1\n"}, 1, Source{File: "a.csv", Form: "other.xlsx"})
	if r.kinds(finding.Refusal) != "unknown-form missing-columns" {
		t.Errorf("refusals %s", r.kinds(finding.Refusal))
	}
}
