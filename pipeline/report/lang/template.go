package lang

import (
	"fmt"
	"strings"

	"golang.org/x/text/language"
)

// Template returns the catalogue of a language for a translator: every message
// with its note and its English words, those that lack a translation first. A
// wording of English words that have changed since is marked as fuzzy. Words of
// own, a catalogue that a project has, take the place of those of the program;
// a language without either begins empty.
func Template(tag, own string) (string, error) {
	if _, err := language.Parse(tag); err != nil {
		return "", fmt.Errorf("write a catalogue: %q is not the tag of a language, as fr or pt-BR", tag)
	}
	pot, err := catalogue.ReadFile("catalogue/messages.pot")
	if err != nil {
		return "", fmt.Errorf("read the catalogue of words: %w", err)
	}
	have := map[string]string{}
	if content, err := catalogue.ReadFile("catalogue/" + tag + ".po"); err == nil {
		gather(string(content), have)
	}
	gather(own, have)
	var missing, fuzzy, done []string
	for _, block := range blocks(string(pot)) {
		key := contextOf(block)
		if key == "" {
			continue
		}
		notes, source, empty := split(block)
		_, from, words := split(have[key])
		switch {
		case strings.Trim(textOf(words), " ") == "":
			missing = append(missing, notes+source+empty)
		case from != source || isFuzzy(have[key]):
			fuzzy = append(fuzzy, notes+"#, fuzzy\n"+source+words)
		default:
			done = append(done, notes+source+words)
		}
	}
	header := fmt.Sprintf("# Words of the reports of Soundings: %s.\n# msgctxt is the key, msgid the English wording, msgstr the wording here.\n# Words in braces are filled in: keep them as they are.\n"+
		"# %d to translate come first, then %d whose English words have changed: take \"#, fuzzy\" away when they are right.\nmsgid \"\"\nmsgstr \"\"\n\"Language: %s\\n\"\n\"MIME-Version: 1.0\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Content-Transfer-Encoding: 8bit\\n\"\n", tag, len(missing), len(fuzzy), tag)
	all := append(append(append([]string{header}, missing...), fuzzy...), done...)
	return strings.Join(all, "\n"), nil
}

func gather(content string, to map[string]string) {
	for _, block := range blocks(content) {
		if key := contextOf(block); key != "" {
			to[key] = block
		}
	}
}

// split divides a message into its notes, its key with the English words, and
// the words of the language.
func split(block string) (notes, source, words string) {
	part := &notes
	for line := range strings.Lines(block) {
		line = strings.TrimRight(line, "\n") + "\n"
		switch {
		case strings.HasPrefix(line, "#"):
			if strings.HasPrefix(line, "#.") {
				notes += line
			}
			continue
		case strings.HasPrefix(line, "msgctxt"):
			part = &source
		case strings.HasPrefix(line, "msgstr"):
			part = &words
		}
		*part += line
	}
	return notes, source, words
}

// textOf returns what stands in quotation marks of words as they are written.
func textOf(words string) string {
	var out string
	for line := range strings.Lines(words) {
		if _, text, has := strings.Cut(strings.TrimSpace(line), `"`); has {
			out += strings.TrimSuffix(text, `"`)
		}
	}
	return out
}
