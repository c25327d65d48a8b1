// Package lang holds the words of the reports and the way numbers are written,
// in each language. The words are a gettext catalogue (catalogue/*.po) that a
// translator can edit with the usual tools; the survey's own labels come from
// its form.
package lang

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

//go:embed catalogue
var catalogue embed.FS

// Language is one language of the reports.
type Language struct {
	Tag     string // BCP 47: "ar"
	Name    string // in itself
	RTL     bool
	Numbers Numbers

	words  map[string]string
	forms  map[string][]string // of messages that hold a count, in the order of plural
	plural plural
}

// Languages returns the languages of the catalogue, English first.
func Languages() ([]*Language, error) {
	english, err := load("messages.pot")
	if err != nil {
		return nil, err
	}
	source := map[string]entry{}
	en := newLanguage("en", map[string]string{})
	for _, e := range english {
		source[e.context] = e
		en.words[e.context] = e.id
		if e.plural != "" {
			en.words[e.context], en.forms[e.context] = e.plural, []string{e.id, e.plural}
		}
	}
	delete(en.words, "") // the header
	en.Name = en.words["name"]
	out := []*Language{en}
	files, err := catalogue.ReadDir("catalogue")
	if err != nil {
		return nil, fmt.Errorf("read the catalogue of words: %w", err)
	}
	for _, f := range files {
		tag, isPO := strings.CutSuffix(f.Name(), ".po")
		if !isPO {
			continue
		}
		entries, err := load(f.Name())
		if err != nil {
			return nil, err
		}
		rule, err := pluralOf(f.Name(), entries)
		if err != nil {
			return nil, err
		}
		l := newLanguage(tag, map[string]string{})
		l.plural = rule
		for _, e := range entries {
			if e.context != "" && e.translated(source[e.context], rule.forms) {
				l.words[e.context], l.forms[e.context] = e.words()
			}
		}
		l.Name = l.words["name"]
		out = append(out, l)
	}
	return out, nil
}

func load(name string) ([]entry, error) {
	content, err := catalogue.ReadFile(path.Join("catalogue", name))
	if err != nil {
		return nil, fmt.Errorf("read the catalogue of words: %w", err)
	}
	return parsePO(name, string(content))
}

func newLanguage(tag string, words map[string]string) *Language {
	l := &Language{Tag: tag, Name: words["name"], words: words, forms: map[string][]string{}, plural: germanic(), Numbers: numbersOf(tag)}
	script, _ := language.Make(tag).Script()
	l.RTL = slices.Contains([]string{"Arab", "Hebr", "Thaa", "Syrc", "Nkoo"}, script.String())
	return l
}

// Dir returns the direction of the language's script: "rtl" or "ltr".
func (l *Language) Dir() string {
	if l.RTL {
		return "rtl"
	}
	return "ltr"
}

// Missing returns the keys of the English catalogue that the language lacks:
// never written, or written for English words that have changed since.
func (l *Language) Missing(english *Language) []string {
	var out []string
	for key := range english.words {
		if _, ok := l.words[key]; !ok {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return out
}

// Has reports whether the language has a message.
func (l *Language) Has(key string) bool { _, ok := l.words[key]; return ok }

// Args are the words that fill the braces of a message.
type Args map[string]string

// Say returns a message with its braces filled. A key that the language lacks
// gives the key itself in angle brackets, which a test and the reader both see.
func (l *Language) Say(key string, args ...Args) string {
	text, ok := l.words[key]
	if !ok {
		return "⟨" + key + "⟩"
	}
	return fill(text, args)
}

// SayOf is Say of a message that holds a count: in the form that the language has
// for so many. How the count is written is among the words that fill the braces.
func (l *Language) SayOf(n int64, key string, args ...Args) string {
	forms := l.forms[key]
	if len(forms) == 0 {
		return l.Say(key, args...)
	}
	return fill(forms[l.plural.form(n)], args)
}

// fill fills the braces of a message.
func fill(text string, args []Args) string {
	for _, a := range args {
		pairs := make([]string, 0, 2*len(a))
		for name, value := range a {
			pairs = append(pairs, "{"+name+"}", value)
		}
		text = strings.NewReplacer(pairs...).Replace(text)
	}
	return text
}

// Join makes a list of words: "a, b and c".
func (l *Language) Join(words []string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	head := words[0]
	for _, w := range words[1 : len(words)-1] {
		head = l.Say("list.comma", Args{"a": head, "b": w})
	}
	return l.Say("list.and", Args{"a": head, "b": words[len(words)-1]})
}

// Choose returns the languages of the catalogue that a form has too, in the
// form's order. Tags are matched by language: "fr" of the catalogue serves "fr-CH".
func Choose(all []*Language, form []string) []*Language {
	var out []*Language
	for _, tag := range form {
		base, _ := language.Make(tag).Base()
		for _, l := range all {
			have, _ := language.Make(l.Tag).Base()
			if have == base && !slices.Contains(out, l) {
				out = append(out, l)
			}
		}
	}
	return out
}
