package words

import (
	"reflect"
	"slices"
	"testing"
)

func TestWritingMakesNoDifference(t *testing.T) {
	for _, pair := range [][2]string{{"ÉLÈVE", "eleve"}, {"مدرسة إلى", "مدرسه الي"}, {"Ещё", "еще"}, {"ＡＢ", "ab"}} {
		if a, b := Of(pair[0]), Of(pair[1]); !reflect.DeepEqual(a, b) {
			t.Errorf("%q and %q give %q and %q", pair[0], pair[1], a, b)
		}
	}
	if got := Of("没有签证"); !slices.EqualFunc(got, []string{"没", "有", "签", "证"}, func(r []rune, s string) bool { return string(r) == s }) {
		t.Errorf("Chinese signs: %q", got)
	}
}

func TestFormsOfAWordHaveOneStem(t *testing.T) {
	for want, forms := range map[string][]string{
		"embas": {"embassy", "embassies", "Embassy’s"},
		"бежен": {"беженец", "беженцы", "беженка"},
		"educa": {"educación", "educativo"},
		"مدرس":  {"مدرسة", "المدرسة", "والمدرسة", "للمدرسة", "مدرسي", "المدرسين", "ومدرسات"},
		"签":     {"签"},
	} {
		for _, form := range forms {
			if got := string(Stem(Of(form)[0])); got != want {
				t.Errorf("the stem of %s is %s, want %s", form, got, want)
			}
		}
	}
}

func TestShortArabicWordsKeepTheirLetters(t *testing.T) {
	for _, word := range []string{"الي", "ولد", "بيت", "لنا", "ه", "هم", "فيها"} {
		if got := string(Light([]rune(word))); got != word {
			t.Errorf("the stem of %s is %s", word, got)
		}
	}
}
