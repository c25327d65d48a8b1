package ingest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// zipOf makes an archive of parts, each a name and its content.
func zipOf(t testing.TB, parts ...string) string {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, parts[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

const odkItems = `type,name,label::English (en)
select_one yn,took_part,Took part?
begin_group,org,Organisation
text,story,Story
select_multiple abc,stages,Which?
geopoint,where,Where?
begin_repeat,rec,Recommendation
integer,n,Number
begin_repeat,deed,What was done
text,what,What?
end_repeat,,
end_repeat,,
end_group,,
`

const odkChoices = "list_name,name,label::English (en)\nyn,yes,Yes\nyn,no,No\nabc,a,A\nabc,b,B\nabc,c,C\n"

// The export of Central: split columns for the choices seen, and 0 where
// nothing was answered.
const odkMain = `SubmissionDate,meta-instanceID,took_part,org-story,org-stages,org-stages/a,org-stages/b,org-where-Latitude,org-where-Longitude,org-where-Altitude,org-where-Accuracy,KEY,SubmitterID,SubmitterName,AttachmentsPresent,AttachmentsExpected,Status,ReviewState,DeviceID,Edits,FormVersion
2022-04-02T10:11:12.000Z,uuid:k1,yes,"first, long",a b,1,1,1.0,2.0,0,5,uuid:k1,1,x,0,0,,approved,,0,v1
2022-04-02T10:11:13.000Z,uuid:k2,no,,,0,0,,,,,uuid:k2,1,x,0,0,,,,0,v1
2022-04-02T10:11:14.000Z,uuid:k3,no,third,b,0,1,,,,,uuid:k3,1,x,0,0,,rejected,,0,v1
`

const odkRec = `n,PARENT_KEY,KEY
1,uuid:k1,uuid:k1/org/rec[1]
2,uuid:k1,uuid:k1/org/rec[2]
3,uuid:k3,uuid:k3/org/rec[1]
`

const odkDeed = `what,PARENT_KEY,KEY
x,uuid:k1/org/rec[2],uuid:k1/org/rec[2]/deed[1]
y,uuid:k1/org/rec[2],uuid:k1/org/rec[2]/deed[2]
z,uuid:k3/org/rec[1],uuid:k3/org/rec[1]/deed[1]
`

func TestArchiveOfODKCentralIsReadWithItsRepeats(t *testing.T) {
	s := formOf(t, odkItems, odkChoices)
	content := zipOf(t, "cso.csv", odkMain, "cso-rec.csv", odkRec, "cso-deed~1.csv", odkDeed, "media/1.m4a", "sound", "media/2.jpg", "picture")
	r := read(t, s, map[string]string{"a.zip": content}, 2, Source{File: "a.zip"})
	if r.dataset == nil {
		t.Fatal(r.text())
	}
	if got := r.kinds(finding.Warning); got != "" {
		t.Errorf("warnings %s\n%s", got, r.text())
	}
	if f := r.report.Files[0]; f.Format != "odk-zip" || f.Media != 2 || f.GroupSeparator != "-" || f.ChoiceSeparator != "/" {
		t.Errorf("%+v", f)
	}
	for level := range 3 {
		if r.report.Levels[level].Rows != 3 {
			t.Errorf("level %d: %+v", level, r.report.Levels[level])
		}
	}
	b, stages := r.column(t, 0, "stages")
	if got := fmt.Sprint(stages.Reasons, stages.Set(0), stages.Set(2), b.UUID(0), b.UUID(2)); got != "[answered not answered answered] [0 1] [1]k1k3" {
		t.Error(got)
	}
	recs, _ := r.column(t, 1, "n")
	deeds, _ := r.column(t, 2, "what")
	if got := fmt.Sprint(recs.Parent(0), recs.Parent(1), recs.Parent(2), deeds.Parent(0), deeds.Parent(1), deeds.Parent(2), deeds.UUID(2)); got != "0 0 2 1 1 2k3" {
		t.Error(got)
	}
	if deeds.ID(2) != b.ID(2) {
		t.Error("a row of a repeat has another respondent than its parent")
	}
}

// TestODKAnswersAreThoseOfJSON: the same responses out of two tools' exports
// are the same answers, however the columns are named.
func TestODKAnswersAreThoseOfJSON(t *testing.T) {
	s := formOf(t, odkItems, odkChoices)
	json := `[{"_uuid":"k1","took_part":"yes","org/story":"first, long","org/stages":"a b","org/rec":[{"org/rec/n":1},{"org/rec/n":2,"org/rec/deed":[{"org/rec/deed/what":"x"},{"org/rec/deed/what":"y"}]}]},
{"_uuid":"k2","took_part":"no"},{"_uuid":"k3","took_part":"no","org/story":"third","org/stages":"b","org/rec":[{"org/rec/n":3,"org/rec/deed":[{"org/rec/deed/what":"z"}]}]}]`
	want := read(t, s, map[string]string{"a.json": json}, 2, Source{File: "a.json"})
	if want.dataset == nil {
		t.Fatal(want.text())
	}
	flat := strings.NewReplacer("org-", "").Replace(odkMain)
	for name, main := range map[string]string{"with groups": odkMain, "without groups": flat} {
		r := read(t, s, map[string]string{"a.zip": zipOf(t, "cso-rec.csv", odkRec, "cso.csv", main, "cso-deed.csv", odkDeed)}, 2, Source{File: "a.zip"})
		if r.dataset == nil {
			t.Fatalf("%s: %s", name, r.text())
		}
		for level := range r.report.Levels {
			if r.report.Levels[level].Hash != want.report.Levels[level].Hash {
				t.Errorf("%s: level %d differs", name, level)
			}
		}
	}
	plain := readText(t, s, odkMain, Source{})
	if plain.dataset == nil || plain.report.Levels[0].Hash != want.report.Levels[0].Hash || plain.report.Files[0].Format != "odk-csv" {
		t.Errorf("the CSV alone: %s", plain.text())
	}
	if _, c := plain.column(t, 0, "stages"); c.Reasons[1] != survey.NotAnswered {
		t.Error("an unanswered select_multiple of ODK is not answered, not none")
	}
}

func TestFaultyArchivesAreRefused(t *testing.T) {
	s := formOf(t, odkItems, odkChoices)
	good := zipOf(t, "cso.csv", odkMain, "cso-rec.csv", odkRec, "cso-deed.csv", odkDeed)
	bomb := zipOf(t, "cso.csv", odkMain+strings.Repeat("0", 70<<20))
	damaged := []byte(good)
	copy(damaged[40:], "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff")
	for name, c := range map[string]struct{ content, want string }{
		"outside":       {zipOf(t, "../cso.csv", odkMain), "unsafe-archive"},
		"twice":         {zipOf(t, "cso.csv", odkMain, "CSO.csv", odkMain), "duplicate-part"},
		"bomb":          {bomb, "too-large"},
		"damaged":       {string(damaged), "damaged-archive"},
		"cut":           {good[:len(good)/2], "damaged-workbook"},
		"of other form": {zipOf(t, "x.csv", "a,b\n1,2\n"), "unknown-header"},
		"orphan":        {zipOf(t, "cso.csv", odkMain, "cso-rec.csv", odkRec+"4,uuid:gone,uuid:gone/org/rec[1]\n", "cso-deed.csv", odkDeed), "orphan"},
		"ragged":        {zipOf(t, "cso.csv", odkMain, "cso-rec.csv", odkRec+"4,uuid:k1\n", "cso-deed.csv", odkDeed), "ragged"},
		"no key":        {zipOf(t, "cso.csv", odkMain, "cso-rec.csv", odkRec+"4,,uuid:k1/org/rec[4]\n", "cso-deed.csv", odkDeed), "no-index orphan"},
	} {
		r := read(t, s, map[string]string{"a.zip": c.content}, 2, Source{File: "a.zip"})
		if got := r.kinds(finding.Refusal); got != c.want {
			t.Errorf("%s: refused for %q, want %q\n%s", name, got, c.want, r.text())
		}
	}
}
