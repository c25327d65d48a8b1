package verify

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// answers makes a dataset of texts: uuid, then the answers to "a" and "b".
func answers(t *testing.T, rows ...[3]string) *dataset.Dataset {
	t.Helper()
	s, findings := survey.New(survey.Survey{Default: "en", Items: []survey.Item{{Name: "a", Type: survey.OpenText}, {Name: "b", Type: survey.OpenText}}})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	l := dataset.NewLayout(s, 0, nil).With(s, nil, true, false)
	b := dataset.NewBuilder(l)
	for i, r := range rows {
		b.Begin(dataset.Response{UUID: r[0], Parent: -1, Weight: 1, Origin: dataset.Origin{Row: int64(i + 2)}})
		b.Column("a").Text(r[1])
		b.Column("b").Text(r[2])
	}
	return &dataset.Dataset{Survey: s, Files: []string{"answers.csv"}, Levels: []dataset.Level{{Layout: l, Rows: int64(len(rows)), Source: dataset.Memory{b.Batch()}}}}
}

const head = "uuid,question,issue,old_value,change_type,new_value,check_id,comment,level,index,source\n"

func TestCleanAnswersAreHeldAgainstRawOnesAndTheLog(t *testing.T) {
	raw := [][3]string{{"u1", "x", "y"}, {"u2", "p", "q"}, {"u3", "r", ""}}
	const log = head + "u1,a,i,x,change_response,X,,,,,\nu1,a,i,X,change_response,XX,,,,,\nu2,,i,,remove_survey,,,,,,\nu3,a,i,r,blank_response,,,,,,\n"
	good := [][3]string{{"u1", "XX", "y"}, {"u3", "", ""}}
	for name, c := range map[string]struct {
		log   string
		clean [][3]string
		want  string // in the first difference; "" for equal
	}{
		"equal":                    {log, good, ""},
		"an answer differs":        {log, [][3]string{{"u1", "XX", "z"}, {"u3", "", ""}}, "answers.csv, row 2, item b: the clean answer is not"},
		"a removed response there": {log, [][3]string{{"u1", "XX", "y"}, {"u2", "p", "q"}, {"u3", "", ""}}, "answers.csv, row 4: the clean answers stand for other responses"},
		"a response is lacking":    {log, [][3]string{{"u1", "XX", "y"}}, "answers.csv, row 4: there are fewer clean rows"},
		"a response too many":      {log, append(append([][3]string{}, good...), [3]string{"u4", "", "k"}), "there are more clean rows"},
		"another old value":        {strings.Replace(log, "i,x,", "i,w,", 1), good, "answers.csv, row 2, item a: the old value in the log"},
		"a line about nobody":      {log + "u9,a,i,x,change_response,X,,,,,\n", good, "1 lines of the log are about rows that are not there"},
		"an item taken out":        {log + "all,b,i,,variable_removed,,,,,,\n", good, "item b: the log takes the item out"},
		"an item nobody has":       {log + "u1,c,i,,change_response,X,,,,,\n", good, "answers.csv, row 2, item c: the log changes an item"},
	} {
		t.Run(name, func(t *testing.T) {
			var file bytes.Buffer
			if err := answers(t, c.clean...).WriteRestricted(&file, 0); err != nil {
				t.Fatal(err)
			}
			r, err := Verify(Request{Raw: answers(t, raw...), Log: strings.NewReader(c.log), Clean: func(string) (dataset.Stored, error) { return bytes.NewReader(file.Bytes()), nil }})
			if err != nil {
				t.Fatal(err)
			}
			if c.want == "" {
				if !r.Equal() || r.Responses != 2 || r.Answers != 2 || r.Changes != 3 || r.Removed != 1 {
					t.Errorf("%+v", r)
				}
				return
			}
			if r.Equal() || !strings.HasPrefix(r.Differences[0].String(), c.want) {
				t.Errorf("%v, want %s", r.Differences, c.want)
			}
			for _, d := range r.Differences {
				if strings.ContainsAny(d.String(), "XYZ") || strings.Contains(d.String(), "u1") {
					t.Errorf("a difference holds an answer or an identifier: %v", d)
				}
			}
		})
	}
}

func TestLogsThatCannotBeVerifiedSaySo(t *testing.T) {
	if _, err := readLog(strings.NewReader(head + ",a,i,x,change_response,X,,,,,\n")); !errors.Is(err, ErrNoIdentifiers) {
		t.Errorf("a line without an identifier: %v", err)
	}
	for _, text := range []string{"", "uuid,question\n", head + "u1,\"a\n"} {
		if _, err := readLog(strings.NewReader(text)); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}
