package fields

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
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
		got := Of(s.text, "")
		for _, want := range s.want {
			if !slices.Contains(got, want) {
				t.Errorf("%s: %q has %v, not %s", s.language, s.text, got, want)
			}
		}
	}
}

// find enters a term and looks up a text.
func find(language, text string, terms ...string) (names []string, n int) {
	x := newIndex(language)
	for _, term := range terms {
		x.enter(term, term)
	}
	all := x.parted(text)
	return x.at(all, x.shortest(all))
}

func TestFormsOfAWordAreFound(t *testing.T) {
	for _, c := range []struct{ language, term, text string }{
		{"en", "city", "cities"}, {"en", "stop", "stopped"}, {"en", "train", "training"}, {"en", "sea", "seas"}, {"en", "Kenyan", "Kenyans"},
		{"fr", "actif", "actives"}, {"fr", "journal", "journaux"}, {"fr", "parler", "parlaient"}, {"fr", "île", "ILES"},
		{"fr", "sœur", "soeurs"}, {"fr", "coeur", "cœur"}, {"fr", "mœurs", "MŒURS"},
		{"es", "voz", "voces"}, {"es", "canción", "canciones"}, {"es", "viajar", "viajaron"}, {"es", "mar", "mares"},
		{"ru", "город", "городах"}, {"ru", "читать", "читали"}, {"ru", "новый", "новыми"}, {"ru", "гора", "горами"}, {"ru", "Москва", "Москве"},
		{"ar", "مدرسة", "والمدرسة"}, {"ar", "مهندس", "المهندسين"}, {"ar", "بيت", "البيت"},
		{"zh", "记者", "记者"}, {"zh", "鱼", "鱼"},
		{"en", "human right", "Human Rights"}, {"en", "visa fee", "visa fees"}, {"fr", "droit de l'homme", "droits de l’homme"}, {"ru", "железная дорога", "железной дороги"},
	} {
		if names, n := find(c.language, c.text, c.term); !slices.Equal(names, []string{c.term}) || n != len(newIndex(c.language).parted(c.text)) {
			t.Errorf("%s: %s is not found in %s", c.language, c.term, c.text)
		}
	}
}

func TestOtherWordsAreNotFound(t *testing.T) {
	for _, c := range []struct{ language, term, text string }{
		{"en", "car", "care"}, {"en", "ring", "r"}, {"en", "Ares", "are"}, {"en", "hiss", "his"}, {"fr", "mer", "merci"}, {"es", "mar", "marido"}, {"ru", "мир", "миг"},
		{"ar", "كتاب", "باب"}, {"ar", "علية", "علي"}, {"zh", "记者", "记住"}, {"en", "human rights", "human"},
		{"fr", "chaîne de montagnes", "chaîne de montage"}, {"en", "president elect", "presidential election"}, {"en", "Andes", "and"},
	} {
		if names, _ := find(c.language, c.text, c.term); names != nil {
			t.Errorf("%s: %s is found in %s", c.language, c.term, c.text)
		}
	}
}

func TestALongerTermGoesBeforeAShorterOne(t *testing.T) {
	for text, want := range map[string]string{
		"United Nations": "united nations", "united front": "united", "nations": "nation", "nationalised": "nationalised",
		"United Nation": "united nation", // word for word, before what shares its stems
	} {
		if names, _ := find("en", text, "united", "united nations", "united nation", "nation", "nationalised"); !slices.Equal(names, []string{want}) {
			t.Errorf("%s: %q, want %s", text, names, want)
		}
	}
}

// The lexicon has words that look like them: dice in French, the attic in Arabic.
func TestFunctionWordsHaveNoFields(t *testing.T) {
	for language, text := range map[string]string{
		"en": "and are his had of the her",
		"fr": "des, dans, sur, est, mais, qu'il, d'une, n'avait, son, ne, la",
		"es": "una sobre para por las que están podría",
		"ru": "могут того был была были при после поэтому",
		"ar": "على إلى أنه كما كانت مثل حيث لكن أنها",
		"zh": "的是在和也不",
	} {
		x := indexes[language]()
		for _, w := range x.parted(text) {
			if names := x.word(w); len(names) > 0 {
				t.Errorf("%s: %s has %v", language, string(w), names)
			}
		}
		if got := Of(text, language); len(got) > 0 {
			t.Errorf("%s: %q has %v", language, text, got)
		}
	}
}

func TestElidedFrenchWordsArePartedFromThoseBehind(t *testing.T) {
	for text, want := range map[string]string{
		"L'hôpital est fermé": "hospitals_medical_people", "il n’y a pas d’eau": "water", "les élèves de l’école": "school",
	} {
		if got := Of(text, "fr"); !slices.Contains(got, want) {
			t.Errorf("%s: %v, not %s", text, got, want)
		}
	}
}

func TestShortTextsAreInTheLanguageThatIsSpoken(t *testing.T) {
	if got := Of("pain", "fr"); !slices.Contains(got, "foods") {
		t.Errorf("French bread: %v", got)
	}
	if got := Of("pain", "en"); slices.Contains(got, "foods") {
		t.Errorf("English pain: %v", got)
	}
}

func TestATextOfNoLanguageHasNoFields(t *testing.T) {
	for _, text := range []string{"", "12 %", "ขอบคุณ", "\xff\xfe"} {
		if got := Of(text, "xx"); len(got) > 0 {
			t.Errorf("%q has %v", text, got)
		}
	}
}

func TestFieldsDoNotHangOnCaseOrMarks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom(sentences).Draw(t, "sentence")
		want := Of(s.text, s.language)
		mark := rapid.SampledFrom([]string{"", ",", " –", "!", " «"})
		var changed []string
		for i, w := range strings.Fields(s.text) {
			if rapid.Bool().Draw(t, fmt.Sprint("capitals ", i)) {
				w = strings.ToUpper(w)
			}
			changed = append(changed, w+mark.Draw(t, fmt.Sprint("mark ", i)))
		}
		if got := Of(strings.Join(changed, "  "), s.language); !slices.Equal(got, want) {
			t.Fatalf("%v, not %v", got, want)
		}
	})
}

// FuzzOf looks up anything: names come from the tables, and white space around
// a text makes no difference.
func FuzzOf(f *testing.F) {
	for _, s := range sentences {
		f.Add(s.text)
	}
	for _, s := range []string{"", "́", "ل", "وال", "ies ced oed ing", "стью ь", "🙂🙂", "กขค", "a\x00b\xff", strings.Repeat("ing", 300)} {
		f.Add(s)
	}
	known := map[string]bool{}
	for _, c := range read() {
		known[c.field], known[c.domain+":"] = true, true
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := Of(text, "fr")
		for _, name := range got {
			if !known[name] {
				t.Fatalf("%q is no field", name)
			}
		}
		if again := Of(" "+text+"\n", "fr"); !slices.Equal(got, again) {
			t.Fatalf("%v, and %v", got, again)
		}
	})
}
