package lang

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// Trouble is what is wrong with a catalogue: where, and what.
type Trouble struct {
	File string
	Line int
	What string
}

// With returns the languages with the catalogues of a project laid over them, by
// the name of their file, LANG.po: their words take the place of those that there
// are, and a new language is added. What is marked as fuzzy is passed over, as
// gettext does; a wording whose braces are not those of the English one is
// passed over too, and told.
func With(all []*Language, files map[string]string) ([]*Language, []Trouble) {
	out := slices.Clone(all)
	var troubles []Trouble
	for _, name := range slices.Sorted(maps.Keys(files)) {
		tag := strings.TrimSuffix(path.Base(name), ".po")
		if _, err := language.Parse(tag); err != nil {
			troubles = append(troubles, Trouble{name, 0, "The name of the file is not that of a language, as fr.po."})
			continue
		}
		entries, err := parsePO(name, withoutFuzzy(files[name]))
		if err != nil {
			troubles = append(troubles, Trouble{name, 0, "The file is not a gettext catalogue: " + strings.TrimPrefix(err.Error(), name+", ") + "."})
			continue
		}
		at := slices.IndexFunc(out, func(l *Language) bool { return l.Tag == tag })
		words := map[string]string{}
		if at >= 0 {
			words = maps.Clone(out[at].words)
		}
		lines := linesOf(files[name])
		english := all[0]
		for _, e := range entries {
			source, known := english.words[e.context]
			if !known || e.str == "" {
				continue
			}
			if source != e.id {
				troubles = append(troubles, Trouble{name, lines[e.context], fmt.Sprintf("The English words of %q have changed since.", e.context)})
				delete(words, e.context)
				continue
			}
			if what := braces(source, e.str); what != "" {
				troubles = append(troubles, Trouble{name, lines[e.context], fmt.Sprintf("The wording of %q %s.", e.context, what)})
				delete(words, e.context)
				continue
			}
			words[e.context] = e.str
		}
		made := newLanguage(tag, words)
		if at >= 0 {
			out[at] = made
		} else {
			out = append(out, made)
		}
	}
	return out, troubles
}

var inBraces = regexp.MustCompile(`\{\w+\}`)

// braces says which braces a wording lacks or has of its own, "" where they are
// those of the source.
func braces(source, wording string) string {
	want, got := inBraces.FindAllString(source, -1), inBraces.FindAllString(wording, -1)
	var lacks, invents []string
	for _, b := range want {
		if !slices.Contains(got, b) && !slices.Contains(lacks, b) {
			lacks = append(lacks, b)
		}
	}
	for _, b := range got {
		if !slices.Contains(want, b) && !slices.Contains(invents, b) {
			invents = append(invents, b)
		}
	}
	var said []string
	if len(lacks) > 0 {
		said = append(said, "lacks "+strings.Join(lacks, ", "))
	}
	if len(invents) > 0 {
		said = append(said, "has "+strings.Join(invents, ", ")+", which the English has not")
	}
	return strings.Join(said, " and ")
}

// blocks returns the messages of a catalogue as they are written: comments, keys
// and words of each.
func blocks(content string) []string {
	var out []string
	for _, b := range strings.Split(strings.ReplaceAll(content, "\r\n", "\n"), "\n\n") {
		if b = strings.Trim(b, "\n"); b != "" {
			out = append(out, b)
		}
	}
	return out
}

// contextOf returns the key of a message as it is written, "" for the header.
func contextOf(block string) string {
	for line := range strings.Lines(block) {
		if key, is := strings.CutPrefix(strings.TrimSpace(line), "msgctxt "); is {
			return strings.Trim(key, `"`)
		}
	}
	return ""
}

func isFuzzy(block string) bool {
	for line := range strings.Lines(block) {
		if strings.HasPrefix(line, "#,") && strings.Contains(line, "fuzzy") {
			return true
		}
	}
	return false
}

// withoutFuzzy empties the messages that are marked as fuzzy; lines stay where they are.
func withoutFuzzy(content string) string {
	parts := strings.Split(strings.ReplaceAll(content, "\r\n", "\n"), "\n\n")
	for i, b := range parts {
		if isFuzzy(b) {
			parts[i] = strings.Repeat("\n", strings.Count(b, "\n"))
		}
	}
	return strings.Join(parts, "\n\n")
}

// linesOf returns the line of each message.
func linesOf(content string) map[string]int {
	out := map[string]int{}
	n := 0
	for line := range strings.Lines(content) {
		n++
		if key, is := strings.CutPrefix(strings.TrimSpace(line), "msgctxt "); is {
			out[strings.Trim(key, `"`)] = n
		}
	}
	return out
}
