package survey

import (
	"fmt"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

func TestFlatRepeatsAreGroups(t *testing.T) {
	s, _ := New(Survey{
		Levels: []Level{{Name: RespondentLevel, Parent: -1}, {Name: "a", Parent: 0, Path: "a"}, {Name: "b", Parent: 1, Path: "a/b"}, {Name: "c", Parent: 0, Path: "c"}},
		Items:  []Item{{Name: "i"}, {Name: "ia", Level: 1}, {Name: "ib", Level: 2}, {Name: "ic", Level: 3}},
	})
	for _, test := range []struct {
		flat []string
		want string
	}{
		{nil, "respondent:-1 a:0 b:1 c:0 / 0 1 2 3"},
		{[]string{"a"}, "respondent:-1 b:0 c:0 / 0 0 1 2"},
		{[]string{"b"}, "respondent:-1 a:0 c:0 / 0 1 1 2"},
		{[]string{"b", "a"}, "respondent:-1 c:0 / 0 0 0 1"},
	} {
		flat, findings := s.Flat(test.flat)
		got := ""
		for _, l := range flat.Levels {
			got += fmt.Sprintf("%s:%d ", l.Name, l.Parent)
		}
		got += "/"
		for _, i := range flat.Items {
			got += fmt.Sprint(" ", i.Level)
		}
		if got != test.want || finding.Refused(findings) {
			t.Errorf("%v: got %s, want %s", test.flat, got, test.want)
		}
	}
	if _, findings := s.Flat([]string{"respondent", "x"}); len(findings) != 2 {
		t.Errorf("findings %v", findings)
	}
}
