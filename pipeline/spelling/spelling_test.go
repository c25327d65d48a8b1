package spelling

import "testing"

func TestDigitsOfAllScriptsHaveTheirWorth(t *testing.T) {
	for _, zero := range []rune{0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0x1040, 0xFF10, 0x1D7CE, 0x1A80, 0x1A90} {
		for n := range rune(10) {
			if got := DigitOf(zero + n); got != n {
				t.Errorf("U+%04X is %d, want %d", zero+n, got, n)
			}
		}
	}
}

func TestWordsThatDifferInSpellingAloneFoldToOneForm(t *testing.T) {
	for _, same := range [][]string{
		{"Réseau d'Élus", "reseau d elus", "RÉSEAU  D’ÉLUS", "Re\u0301seau d\u2010elus"},
		{"منظمة أهلية", "منظمه اهليه", "مُنَظَّمة أهليّة", "منظمـــة أهلية"},
		{"Ёлка", "елка"},
		{"ＮＧＯ １２", "ngo 12", "ngo ١٢"},
		{"Straße", "STRASSE"},
		{"カタカナ", "ｶﾀｶﾅ"},
	} {
		for _, s := range same[1:] {
			if Fold(s) != Fold(same[0]) {
				t.Errorf("%q folds to %q, %q to %q", s, Fold(s), same[0], Fold(same[0]))
			}
		}
	}
	for _, other := range [][2]string{{"हिंदी", "हंद"}, {"ngo 1", "ngo 2"}, {"мир", "mir"}} {
		if Fold(other[0]) == Fold(other[1]) {
			t.Errorf("%q and %q fold to one form", other[0], other[1])
		}
	}
	for _, s := range []string{"ß Œ", "كتـاب ١٢", "a – b", ""} {
		if f := Fold(s); Fold(f) != f {
			t.Errorf("folding %q twice gives %q", s, Fold(f))
		}
	}
}

func TestPlainKeepsLettersAndTakesWhatCannotBeSeen(t *testing.T) {
	if got := Plain("Ｔel\u200b ٠٧٧ é"); got != "Tel 077 é" {
		t.Errorf("got %q", got)
	}
}
