package lang

import (
	"slices"
	"strings"
	"testing"
)

// catalogueOf is a catalogue of one message.
func catalogueOf(key, english, words string) string {
	return "# a comment\n\nmsgctxt \"" + key + "\"\nmsgid \"" + english + "\"\nmsgstr \"" + words + "\"\n"
}

func withOne(t *testing.T, name, content string) (map[string]*Language, []Trouble) {
	t.Helper()
	langs, err := Languages()
	if err != nil {
		t.Fatal(err)
	}
	laid, troubles := With(langs, map[string]string{name: content})
	out := map[string]*Language{}
	for _, l := range laid {
		out[l.Tag] = l
	}
	return out, troubles
}

func TestCataloguesOfAProjectAreLaidOver(t *testing.T) {
	langs, troubles := withOne(t, "words/fr.po", catalogueOf("notice.label", "Please note", "Attention"))
	if len(troubles) > 0 || langs["fr"].Say("notice.label") != "Attention" || langs["fr"].Say("nav.contents") == "⟨nav.contents⟩" || len(langs["fr"].Missing(langs["en"])) > 0 {
		t.Errorf("%v %q", troubles, langs["fr"].Say("notice.label"))
	}
	langs, troubles = withOne(t, "pt.po", catalogueOf("name", "English", "Português"))
	if len(troubles) > 0 || langs["pt"] == nil || langs["pt"].Name != "Português" || !slices.Contains(langs["pt"].Missing(langs["en"]), "notice.label") {
		t.Errorf("a new language: %v %+v", troubles, langs["pt"])
	}
}

func TestWordsThatDoNotFitAreMissing(t *testing.T) {
	for name, c := range map[string]struct{ content, says string }{
		"words have changed":   {catalogueOf("notice.label", "Note well", "Attention"), "have changed since"},
		"no such message":      {catalogueOf("no.such", "Words", "Mots"), ""},
		"a brace is lacking":   {catalogueOf("title.most", "Most often: {answer} ({share})", "Surtout {answer}"), "lacks {share}"},
		"a brace is invented":  {catalogueOf("notice.label", "Please note", "Attention {x}"), "has {x}"},
		"it is no catalogue":   {"what\n", "not a gettext catalogue"},
		"fuzzy is passed over": {"#, fuzzy\n" + catalogueOf("notice.label", "Please note", "Peut-être")[13:], ""},
	} {
		langs, troubles := withOne(t, "fr.po", c.content)
		if c.says == "" {
			if len(troubles) > 0 || langs["fr"].Say("notice.label") == "Peut-être" {
				t.Errorf("%s: %v", name, troubles)
			}
			continue
		}
		if len(troubles) != 1 || !strings.Contains(troubles[0].What, c.says) {
			t.Errorf("%s: %v", name, troubles)
		}
		if strings.Contains(c.content, "msgctxt") && (troubles[0].Line != 3 || len(langs["fr"].Missing(langs["en"])) != 1) {
			t.Errorf("%s: %+v, missing %v", name, troubles, langs["fr"].Missing(langs["en"]))
		}
	}
	if _, troubles := withOne(t, "what is this.po", ""); len(troubles) != 1 {
		t.Errorf("a file that is named after no language: %v", troubles)
	}
}

func TestTemplatesHaveWhatIsMissingFirst(t *testing.T) {
	own := catalogueOf("notice.label", "Note well", "Attention") + "\n" + catalogueOf("nav.contents", "Contents", "Table") + "\n" + catalogueOf("nav.top", "Back to contents", "")
	text, err := Template("fr", own)
	if err != nil {
		t.Fatal(err)
	}
	top, changed, done := strings.Index(text, `msgctxt "nav.top"`), strings.Index(text, `msgctxt "notice.label"`), strings.Index(text, `msgctxt "nav.contents"`)
	if !(top > 0 && top < changed && changed < done) {
		t.Errorf("the order is %d %d %d", top, changed, done)
	}
	for _, want := range []string{"#. label before the notice", "#, fuzzy\nmsgctxt \"notice.label\"\nmsgid \"Please note\"\nmsgstr \"Attention\"", "msgid \"Contents\"\nmsgstr \"Table\""} {
		if !strings.Contains(text, want) {
			t.Errorf("the template has no %q", want)
		}
	}
	langs, troubles := withOne(t, "fr.po", text)
	if len(troubles) > 0 || langs["fr"].Say("nav.contents") != "Table" {
		t.Errorf("the template does not read back: %v", troubles)
	}
	empty, err := Template("pt", "")
	if err != nil {
		t.Fatal(err)
	}
	fresh, troubles := withOne(t, "pt.po", empty)
	if len(troubles) > 0 || len(fresh["pt"].Missing(fresh["en"])) != len(fresh["en"].words) {
		t.Errorf("a new language is not empty: %v", troubles)
	}
	if _, err := Template("no language", ""); err == nil {
		t.Error("a name that is no language was taken")
	}
}
