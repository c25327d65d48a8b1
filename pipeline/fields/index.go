package fields

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/soundings-survey/soundings/pipeline/words"
)

// An index finds the names of terms in one language.
type index struct {
	language string
	words    map[string][]string // by the word as the lexicon has it
	stems    map[string][]string // by what is left of that without an ending
	phrases  map[string][]string // by the words of a phrase as the lexicon has them
	alike    map[string][]string // by what is left of each without endings
	begins   map[string]bool     // what is left of the first
	longest  int                 // words of a phrase
}

func newIndex(language string) *index {
	names := func() map[string][]string { return map[string][]string{} }
	return &index{language: language, words: names(), stems: names(), phrases: names(), alike: names(), begins: map[string]bool{}}
}

// ligatures are what the folding of words leaves joined.
var ligatures = strings.NewReplacer("œ", "oe", "Œ", "oe", "æ", "ae", "Æ", "ae", "ß", "ss", "ø", "o", "Ø", "o", "ł", "l", "Ł", "l")

// elided are French words that lose their vowel before another.
var elided = regexp.MustCompile(`(?i)(^|[^\pL])(l|d|j|m|n|s|t|c|qu|jusqu|lorsqu|puisqu|quelqu)['’]`)

// parted parts a text of the language into words. French ones are parted at
// apostrophes too, where a word before another is elided.
func (x *index) parted(text string) [][]rune {
	text = ligatures.Replace(text)
	if x.language == "fr" {
		text = elided.ReplaceAllString(text, "$1$2 ")
	}
	return words.Of(text)
}

// enter puts in a term of one word or several. A name, which begins with a
// capital letter, has no endings but in Russian.
func (x *index) enter(term string, names ...string) {
	put := func(into map[string][]string, key string) {
		for _, name := range names {
			if !slices.Contains(into[key], name) {
				into[key] = append(into[key], name)
			}
		}
	}
	all := x.parted(term)
	switch len(all) {
	case 0:
	case 1:
		if x.empty(all[0]) {
			return
		}
		put(x.words, string(all[0]))
		stems := bare(all[0], x.language, leastStem)
		if unicode.IsUpper([]rune(term)[0]) && x.language != "ru" {
			stems = stems[:1]
		}
		for _, s := range stems {
			put(x.stems, s)
		}
	default:
		short := x.shortest(all)
		x.longest = max(x.longest, len(all))
		x.begins[string(short[0])] = true
		put(x.phrases, joined(all))
		put(x.alike, joined(short))
	}
}

// shortest gives the shortest stem of each word.
func (x *index) shortest(all [][]rune) [][]rune {
	out := make([][]rune, len(all))
	for i, w := range all {
		out[i] = w
		for _, s := range bare(w, x.language, leastPlural) {
			if r := []rune(s); len(r) < len(out[i]) {
				out[i] = r
			}
		}
	}
	return out
}

func joined(all [][]rune) string {
	var key strings.Builder
	for _, w := range all {
		key.WriteString(string(w) + " ")
	}
	return key.String()
}

// at returns the names of the longest term that words begin with, and how many
// words it has; what stands in the lexicon word for word goes before what only
// shares stems with it. Short are the shortest stems of the words, of which there
// must be one.
func (x *index) at(all, short [][]rune) (names []string, n int) {
	if x.begins[string(short[0])] {
		for n := min(x.longest, len(all)); n > 1; n-- {
			if found := x.phrases[joined(all[:n])]; found != nil {
				return found, n
			}
			if found := x.alike[joined(short[:n])]; found != nil {
				return found, n
			}
		}
	}
	return x.word(all[0]), 1
}

// empty reports whether a word by itself tells nothing.
func (x *index) empty(word []rune) bool {
	return functionWords[x.language][string(word)] || len(word) < 2 && !words.Sign(word)
}

// word returns the names of a single word; of those that share a stem with it,
// the longest stem.
func (x *index) word(w []rune) (names []string) {
	if x.empty(w) {
		return nil
	}
	if found := x.words[string(w)]; found != nil {
		return found
	}
	longest := 0
	for _, s := range bare(w, x.language, leastPlural) {
		if found := x.stems[s]; found != nil && len(s) > longest {
			names, longest = found, len(s)
		}
	}
	return names
}
