package chart

import (
	"testing"

	"github.com/soundings-survey/soundings/pipeline/report/lang"
)

// TestFiguresAreBareOfSignsAndIsolates: a range of percentages comes isolated
// in each of its parts; what stays of that would turn "88 [86–91]" round.
func TestFiguresAreBareOfSignsAndIsolates(t *testing.T) {
	for in, want := range map[string]string{
		"\u2066\u206686%\u2069–\u206691%\u2069\u2069": "86–91",
		"\u206688%\u2069":     "88",
		"88\u202f%":           "88",
		"44.3–46.2":           "44.3–46.2",
		"86\u00a0%–91\u00a0%": "86–91",
	} {
		if got := bare(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestTicksAreNumbersThatPeopleRead(t *testing.T) {
	langs, err := lang.Languages()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		tag    string
		v      float64
		shares bool
		want   string
	}{
		{"en", 1e6, false, "1,000,000"}, {"en", 2e5, false, "200,000"}, {"en", 0.4, false, "0.4"},
		{"fr", 2e5, false, "200\u202f000"}, {"fr", 2.5, false, "2,5"}, {"en", 0.15, true, "15"}, {"en", 0.6000000000000001, true, "60"},
	} {
		s := &sheet{head: Head{Numbers: lang.Choose(langs, []string{c.tag})[0].Numbers}}
		if got := s.tick(c.v, c.shares); got != c.want {
			t.Errorf("%s: %v became %q, want %q", c.tag, c.v, got, c.want)
		}
	}
	if got := (&sheet{}).tick(1e6, false); got != "1000000" {
		t.Errorf("without a language: %q", got)
	}
}
