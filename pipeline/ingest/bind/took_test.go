package bind

import (
	"testing"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

type line []string

func (l line) Cell(k int) []byte { return []byte(l[k]) }

func TestHowLongAResponseTookIsReadAndNothingElseOfIt(t *testing.T) {
	s, findings := survey.New(survey.Survey{Items: []survey.Item{{Name: "start", Type: survey.Metadata}, {Name: "endtime", Type: survey.Metadata}, {Name: "a", Type: survey.OpenText}}})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	known := func(n int64) dataset.Took { return dataset.Took{Known: true, Seconds: n} }
	for name, c := range map[string]struct {
		header, cells line
		want          dataset.Took
	}{
		"of the form":              {line{"start", "endtime", "a"}, line{"2022-04-02T10:00:00.000+02:00", "2022-04-02T10:20:30.900+02:00", "x"}, known(1230)},
		"across time zones":        {line{"start", "end"}, line{"2022-04-02T10:00:00+02:00", "2022-04-02T10:00:00Z"}, known(7200)},
		"backwards":                {line{"start", "end"}, line{"2022-04-02T10:00:00Z", "2022-04-02T09:59:59.500Z"}, known(-1)},
		"LimeSurvey":               {line{"startdate", "submitdate"}, line{"2022-04-02 10:00:00", "2022-04-02 10:01:00"}, known(60)},
		"in seconds":               {line{"_duration"}, line{"75"}, known(75)},
		"in seconds, with a point": {line{"interviewtime"}, line{"75.42"}, known(75)},
		"seconds where no moments": {line{"start", "end", "_duration"}, line{"", "", "75"}, known(75)},
		"no end":                   {line{"start"}, line{"2022-04-02T10:00:00Z"}, dataset.Took{}},
		"unreadable":               {line{"start", "end"}, line{"2/4/22", "3/4/22"}, dataset.Took{}},
		"neither":                  {line{"a"}, line{"2022-04-02T10:00:00Z"}, dataset.Took{}},
	} {
		var h Header
		for _, column := range c.header {
			col := Column{Name: column, As: column, Role: SetAside, Item: -1}
			for i := range s.Items {
				if s.Items[i].Name == column {
					col.Item = i
				}
			}
			if column == "a" {
				col.Role = Answer
			}
			if col.Item < 0 {
				col.Item = 0
			}
			h.Columns = append(h.Columns, col)
		}
		if got := NewClock(s, h).Took(c.cells); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
