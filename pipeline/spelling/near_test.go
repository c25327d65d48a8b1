package spelling

import (
	"testing"
)

func TestDistanceCountsLettersAndNearestSwaps(t *testing.T) {
	for _, c := range []struct {
		a, b           string
		plain, swapped int
	}{
		{"", "", 0, 0}, {"", "abc", 3, 3}, {"abc", "", 3, 3}, {"kitten", "sitting", 3, 3},
		{"form", "fomr", 2, 1}, {"région", "regoin", 3, 2}, {"ab", "ba", 2, 1}, {"abcd", "acbd", 2, 1},
	} {
		if got := Distance(c.a, c.b); got != c.plain {
			t.Errorf("Distance(%q, %q) = %d, want %d", c.a, c.b, got, c.plain)
		}
		if got := slips([]rune(c.b), []rune(c.a), true); got != c.swapped {
			t.Errorf("with swaps %q and %q are %d apart, want %d", c.a, c.b, got, c.swapped)
		}
	}
}

func TestNearestIsWhatWasProbablyMeant(t *testing.T) {
	words := []string{"region", "threshold", "wave"}
	for word, want := range map[string]string{"Regoin": "region", "treshold": "threshold", "wvae": "wave", "colour": "", "": ""} {
		if got := Nearest(word, words); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", word, got, want)
		}
	}
	if got := DidYouMean("wvae", words, "Correct it."); got != `Did you mean "wave"?` {
		t.Error(got)
	}
	if got := DidYouMean("colour", words, "Correct it."); got != "Correct it." {
		t.Error(got)
	}
}

func TestNearestIsOnlyWhatLooksLikeIt(t *testing.T) {
	for _, test := range []struct{ word, want string }{
		{"thresold", "threshold"}, {"af", "as"}, {"12", "1"}, {"tresholds", "threshold"},
		{"5", ""}, {"", ""}, {"x", ""}, {"anything else", ""},
	} {
		if got := Nearest(test.word, []string{"threshold", "as", "1", "2"}); got != test.want {
			t.Errorf("%q: got %q, want %q", test.word, got, test.want)
		}
	}
}
