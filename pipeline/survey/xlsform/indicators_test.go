package xlsform_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestIndicatorsAreReadUnlessTheyAreR(t *testing.T) {
	s, findings := readBytes(t, workbook(t, map[string][][]string{
		"survey": {
			{"type", "name", "label::English (en)", "label::Français (fr)"},
			{"select_one yn", "a", "A", "A"}, {"begin_repeat", "trips", "Trips", "Voyages"}, {"integer", "n", "N", "N"}, {"end_repeat"},
		},
		"choices": {{"list_name", "name", "label::English (en)", "label::Français (fr)"}, {"yn", "yes", "Yes", "Oui"}, {"yn", "no", "No", "Non"}},
		"indicator": {
			{"type", "fullname", "labelReport::Français (fr)", "listname", "frame", "calculation"},
			{"select_one", "same", "Pareil", "yn", "household", "${a}"},
			{"numeric", "long", "", "", "trips", "${n} * 2"},
			{"indicator", "is", "", "", "", "${a} = ‘yes’"},
			{"integer", "r_code", "", "", "", "ifelse(main$a == \"yes\", 1, 0)"},
			{"integer", "chained", "", "", "", "main %>% mutate(x = 1)"},
			{"integer", "empty", "", "", "", ""},
			{"whole", "odd", "", "", "", "1"},
			{"integer", "broken", "", "", "", "${a} +"},
		},
	}))
	var got, kinds []string
	for _, i := range s.Indicators {
		got = append(got, fmt.Sprintf("%s %s %s %q %s %d %s", i.Name, i.Type, i.List, i.Level, i.Expression, i.Place.Row, i.Label["fr"]))
	}
	want := []string{"same select_one yn \"\" ${a} 2 Pareil", "long decimal  \"trips\" ${n} * 2 3 ", "is indicator  \"\" ${a} = 'yes' 4 "}
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
	for _, f := range findings {
		if f.Place.Sheet == "indicator" {
			kinds = append(kinds, fmt.Sprintf("%d %s %s", f.Place.Row, f.Kind, f.Severity))
		}
		if f.Kind == "r-code" && !strings.Contains(f.Problem, "is R code") {
			t.Errorf("R code is not refused by name: %s", f.Problem)
		}
	}
	if want := []string{"5 r-code warning", "6 r-code warning", "7 no-calculation warning", "8 unknown-type refusal", "9 bad-expression refusal"}; !slices.Equal(kinds, want) {
		t.Errorf("%q, want %q", kinds, want)
	}
}
