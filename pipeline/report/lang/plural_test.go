package lang

import (
	"slices"
	"strings"
	"testing"

	cldr "golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// cases are the forms of CLDR for whole numbers in the order in which gettext
// catalogues have them.
var cases = map[string][]cldr.Form{
	"en": {cldr.One, cldr.Other}, "es": {cldr.One, cldr.Other}, "fr": {cldr.One, cldr.Other}, "zh": {cldr.Other},
	"ru": {cldr.One, cldr.Few, cldr.Many}, "ar": {cldr.Zero, cldr.One, cldr.Two, cldr.Few, cldr.Many, cldr.Other},
}

// TestFormsAreThoseOfCLDR: the rule in the header of each catalogue is the one
// that CLDR has for the language.
func TestFormsAreThoseOfCLDR(t *testing.T) {
	for tag, l := range all(t) {
		if l.plural.forms != len(cases[tag]) {
			t.Fatalf("%s has %d forms, CLDR %d", tag, l.plural.forms, len(cases[tag]))
		}
		for n := range 10_000 {
			want := cldr.Cardinal.MatchPlural(language.Make(tag), n, 0, 0, 0, 0)
			if got := cases[tag][l.plural.form(int64(n))]; got != want {
				t.Errorf("%s, %d: form %v, CLDR has %v", tag, n, got, want)
			}
		}
	}
}

// TestCountsChooseTheirForm: what readers see.
func TestCountsChooseTheirForm(t *testing.T) {
	counts := []int64{0, 1, 2, 3, 5, 11, 21, 100}
	langs := all(t)
	for _, c := range []struct {
		tag, key string
		want     []string
	}{
		{"en", "alt.rows", []string{"0 rows", "1 row", "2 rows", "3 rows", "5 rows", "11 rows", "21 rows", "100 rows"}},
		{"es", "alt.rows", []string{"0 filas", "1 fila", "2 filas", "3 filas", "5 filas", "11 filas", "21 filas", "100 filas"}},
		{"fr", "alt.rows", []string{"0 ligne", "1 ligne", "2 lignes", "3 lignes", "5 lignes", "11 lignes", "21 lignes", "100 lignes"}},
		{"ru", "alt.rows", []string{"0 строк", "1 строка", "2 строки", "3 строки", "5 строк", "11 строк", "21 строка", "100 строк"}},
		{"ar", "alt.rows", []string{"0 صف", "صف واحد", "صفان", "3 صفوف", "5 صفوف", "11 صفاً", "21 صفاً", "100 صف"}},
		{"zh", "alt.rows", []string{"0 行", "1 行", "2 行", "3 行", "5 行", "11 行", "21 行", "100 行"}},
		{"fr", "silent.none", []string{"0 n’a pas répondu", "1 n’a pas répondu", "2 n’ont pas répondu", "3 n’ont pas répondu", "5 n’ont pas répondu", "11 n’ont pas répondu", "21 n’ont pas répondu", "100 n’ont pas répondu"}},
	} {
		l := langs[c.tag]
		var got []string
		for _, n := range counts {
			got = append(got, l.SayOf(n, c.key, Args{"n": l.Numbers.Count(n)}))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s %s: %q", c.tag, c.key, got)
		}
	}
	if got := langs["ru"].Say("alt.rows", Args{"n": "–"}); got != "– строк" {
		t.Errorf("without a number: %q", got)
	}
	if got := langs["ru"].SayOf(21, "nav.top"); got != langs["ru"].Say("nav.top") {
		t.Errorf("a message without forms: %q", got)
	}
}

func TestRulesOfFormsAreRead(t *testing.T) {
	for text, want := range map[string][]int{ // of 0, 1, 2, 5
		"nplurals=1; plural=0;":                            {0, 0, 0, 0},
		"nplurals=2; plural=n>1":                           {0, 0, 1, 1},
		"nplurals=2; plural=n != 1 ;":                      {1, 0, 1, 1},
		"nplurals=3; plural=n==0 ? 0 : (n==1 ? 1 : 2);":    {0, 1, 2, 2},
		"nplurals=2; plural=(n%2==1 || n==2) && n<5 ? 1:0": {0, 1, 1, 0},
		"nplurals=2; plural=n%0;":                          {0, 0, 0, 0}, // no number is divided by none
		"nplurals=2; plural=n;":                            {0, 1, 1, 1}, // what is too far is the last
	} {
		p, err := parsePlural(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		var got []int
		for _, n := range []int64{0, 1, 2, 5} {
			got = append(got, p.form(n))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
	for _, text := range []string{"", "plural=0", "nplurals=2;", "nplurals=0; plural=0", "nplurals=7; plural=n", "nplurals=2; plural=n !", "nplurals=2; plural=(n", "nplurals=2; plural=n ? 1", "nplurals=2; plural=m", "nplurals=2; plural=n n",
		"nplurals=2; plural=" + strings.Repeat("(", 200), "nplurals=2; plural=99999999999999999999"} {
		if _, err := parsePlural(text); err == nil {
			t.Errorf("%q is taken for a rule", text)
		}
	}
}

// TestAnEntryWithoutAllItsFormsIsMissing: half a translation is none.
func TestAnEntryWithoutAllItsFormsIsMissing(t *testing.T) {
	const content = `msgid ""
msgstr "Plural-Forms: nplurals=2; plural=(n > 1);\n"

msgctxt "a"
msgid "{n} row"
msgid_plural "{n} rows"
msgstr[0] "{n} ligne"
msgstr[1] "{n} "
"lignes"
`
	source := entry{context: "a", id: "{n} row", plural: "{n} rows"}
	for name, c := range map[string]struct {
		content string
		whole   bool
	}{
		"whole":           {content, true},
		"a form short":    {strings.Replace(content, "msgstr[1] \"{n} \"\n\"lignes\"\n", "", 1), false},
		"a form empty":    {strings.Replace(content, "{n} ligne\"", "\"", 1), false},
		"another wording": {strings.Replace(content, "{n} rows", "{n} lines", 1), false},
	} {
		entries, err := parsePO("fr.po", c.content)
		if err != nil || len(entries) != 2 {
			t.Fatalf("%s: %v %v", name, entries, err)
		}
		rule, err := pluralOf("fr.po", entries)
		if err != nil || rule.forms != 2 || rule.form(0) != 0 {
			t.Fatalf("%s: the rule %+v, %v", name, rule, err)
		}
		if got := entries[1].translated(source, rule.forms); got != c.whole {
			t.Errorf("%s: translated is %v", name, got)
		}
	}
	if _, err := parsePO("fr.po", strings.Replace(content, "msgstr[1]", "msgstr[2]", 1)); err == nil {
		t.Error("a form that follows none is taken")
	}
	if _, err := pluralOf("fr.po", []entry{{str: "Plural-Forms: nplurals=2; plural=oops\n"}}); err == nil {
		t.Error("a bad rule is taken")
	}
}

func FuzzParsePlural(f *testing.F) {
	f.Add("nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);")
	f.Add("nplurals=2; plural=((((n))))%(n%7)")
	f.Fuzz(func(t *testing.T, header string) {
		p, err := parsePlural(header)
		if err != nil {
			return
		}
		for _, n := range []int64{0, 1, 7, 1 << 62, -1 << 63} {
			if at := p.form(n); at < 0 || at >= p.forms {
				t.Errorf("%q, %d: form %d of %d", header, n, at, p.forms)
			}
		}
	})
}
