package fields

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/words"
)

// The same in six languages, in forms that the lexicon does not have.
var sentences = []struct {
	language, text string
	want           []string
}{
	{"en", "The nurses gave vaccines to children in two villages.", []string{"hospitals_medical_people", "medicines_treatment", "children_youth", "cities_districts"}},
	{"fr", "Les infirmières ont vacciné les enfants de deux villages.", []string{"hospitals_medical_people", "medicines_treatment", "children_youth", "cities_districts"}},
	{"es", "Las enfermeras vacunaron a los niños de dos aldeas.", []string{"hospitals_medical_people", "medicines_treatment", "children_youth", "cities_districts"}},
	{"ru", "Медсестры провели вакцинацию детей в двух деревнях.", []string{"hospitals_medical_people", "medicines_treatment", "children_youth", "cities_districts"}},
	{"ar", "قامت الممرضات بتطعيم الأطفال في قريتين.", []string{"hospitals_medical_people", "medicines_treatment", "children_youth"}},
	{"zh", "护士给两个村庄的孩子接种疫苗。", []string{"hospitals_medical_people", "medicines_treatment", "children_youth", "cities_districts"}},

	{"en", "Journalists were arrested during the elections.", []string{"journalism", "media:", "law:", "elections", "state:"}},
	{"fr", "Des journalistes ont été arrêtés pendant les élections.", []string{"journalism", "media:", "law:", "elections", "state:"}},
	{"es", "Varios periodistas fueron detenidos durante las elecciones.", []string{"journalism", "media:", "law:", "elections", "state:"}},
	{"ru", "Во время выборов арестовали трёх журналистов.", []string{"journalism", "media:", "law:", "elections", "state:"}},
	{"ar", "تم اعتقال الصحفيين خلال الانتخابات.", []string{"journalism", "media:", "law:", "elections", "state:"}},
	{"zh", "选举期间有记者被逮捕。", []string{"journalism", "media:", "law:", "elections", "state:"}},
}

func TestASentenceHasTheSameFieldsInEveryLanguage(t *testing.T) {
	for _, s := range sentences {
		got := Of(s.text)
		for _, want := range s.want {
			if !slices.Contains(got, want) {
				t.Errorf("%s: %q has %v, not %s", s.language, s.text, got, want)
			}
		}
	}
}

func TestFormsOfAWordAreFound(t *testing.T) {
	for _, c := range []struct{ language, term, text string }{
		{"en", "city", "cities"}, {"en", "stop", "stopped"}, {"en", "train", "training"}, {"en", "sea", "seas"},
		{"fr", "actif", "actives"}, {"fr", "journal", "journaux"}, {"fr", "parler", "parlaient"}, {"fr", "île", "ILES"},
		{"es", "voz", "voces"}, {"es", "canción", "canciones"}, {"es", "viajar", "viajaron"}, {"es", "mar", "mares"},
		{"ru", "город", "городах"}, {"ru", "читать", "читали"}, {"ru", "новый", "новыми"}, {"ru", "гора", "горами"},
		{"ar", "مدرسة", "والمدرسة"}, {"ar", "مهندس", "المهندسين"},
		{"zh", "记者", "记者"},
		{"en", "human right", "Human Rights"}, {"fr", "droit de l'homme", "droits de l’homme"}, {"ru", "железная дорога", "железной дороги"},
	} {
		x := newIndex(c.language)
		x.enter(words.Of(c.term), "it")
		if names, n := x.at(words.Of(c.text)); !slices.Equal(names, []string{"it"}) || n != len(words.Of(c.text)) {
			t.Errorf("%s: %s is not found in %s", c.language, c.term, c.text)
		}
	}
}

func TestOtherWordsAreNotFound(t *testing.T) {
	for _, c := range []struct{ language, term, text string }{
		{"en", "car", "care"}, {"en", "ring", "r"}, {"fr", "mer", "merci"}, {"es", "mar", "marido"}, {"ru", "мир", "миг"},
		{"ar", "كتاب", "باب"}, {"zh", "记者", "记住"}, {"en", "human rights", "human"},
	} {
		x := newIndex(c.language)
		x.enter(words.Of(c.term), "it")
		if names, _ := x.at(words.Of(c.text)); names != nil {
			t.Errorf("%s: %s is found in %s", c.language, c.term, c.text)
		}
	}
}

func TestALongerTermGoesBeforeAShorterOne(t *testing.T) {
	x := newIndex("en")
	for _, term := range []string{"united", "united nations", "nation", "nationalised"} {
		x.enter(words.Of(term), term)
	}
	for text, want := range map[string]string{"United Nations": "united nations", "united front": "united", "nations": "nation", "nationalised": "nationalised"} {
		if names, _ := x.at(words.Of(text)); !slices.Equal(names, []string{want}) {
			t.Errorf("%s: %q, want %s", text, names, want)
		}
	}
}

func TestATextOfNoLanguageHasNoFields(t *testing.T) {
	for _, text := range []string{"", "12 %", "ขอบคุณ", "\xff\xfe"} {
		if got := Of(text); len(got) > 0 {
			t.Errorf("%q has %v", text, got)
		}
	}
}

func TestFieldsDoNotHangOnCaseOrMarks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom(sentences).Draw(t, "sentence").text
		marks := strings.Map(func(r rune) rune {
			if unicode.IsPunct(r) {
				return ' '
			}
			return r
		}, s)
		if got, want := Of(" "+marks+" "), Of(s); !slices.Equal(got, want) {
			t.Fatalf("%v and %v", got, want)
		}
		if got, want := Of(strings.ToUpper(s)), Of(s); !slices.Equal(got, want) {
			t.Fatalf("%v in capitals, %v otherwise", got, want)
		}
	})
}
