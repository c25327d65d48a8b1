package suggest

import (
	"slices"
	"testing"
)

func TestFormsOfAWordHaveOneStem(t *testing.T) {
	for want, forms := range map[string][]string{
		"embas": {"embassy", "embassies", "Embassy’s"},
		"бежен": {"беженец", "беженцы", "беженка"},
		"educa": {"educación", "educativo"},
		"مدرس":  {"مدرسة", "المدرسة", "والمدرسة", "للمدرسة", "مدرسي", "المدرسين", "ومدرسات"},
		"签":     {"签"},
	} {
		for _, form := range forms {
			if got := string(stem(tokens(form)[0])); got != want {
				t.Errorf("the stem of %s is %s, want %s", form, got, want)
			}
		}
	}
}

func TestShortArabicWordsKeepTheirLetters(t *testing.T) {
	for _, word := range []string{"الي", "ولد", "بيت", "لنا", "ه", "هم", "فيها"} {
		if got := string(light([]rune(word))); got != word {
			t.Errorf("the stem of %s is %s", word, got)
		}
	}
}

// kindsOf counts the grams of each kind of a text.
func kindsOf(text string, few bool) (count [kinds]int) {
	for _, g := range gramsOf(source{text: text}, few) {
		count[g.kind]++
	}
	return count
}

func TestStemsAndRadicalsCountWithFewTextsAlone(t *testing.T) {
	const text = "two words 两个字 x"
	got, without := kindsOf(text, true), kindsOf(text, false)
	if got[stems] != 6 { // of three words and three signs
		t.Errorf("%d stems, want 6", got[stems])
	}
	if got[radicals] != 3+2*3 { // three alone, and three for each of two neighbours
		t.Errorf("%d radicals, want 9", got[radicals])
	}
	if n := slices.Max([]int{without[stems], without[radicals], got[groups]}); n > 0 {
		t.Errorf("%d n-grams that must not be", n)
	}
}
