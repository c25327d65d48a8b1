package fields

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/words"
)

// An index finds the names of terms in one language.
type index struct {
	language string
	words    map[string][]string // by the word as the lexicon has it
	stems    map[string][]string // by what is left of that without an ending
	phrases  map[string][]string // by the stems of several words
	longest  int                 // words of a phrase
}

func newIndex(language string) *index {
	return &index{language, map[string][]string{}, map[string][]string{}, map[string][]string{}, 0}
}

// enter puts in a term of one word or several.
func (x *index) enter(term [][]rune, names ...string) {
	put := func(into map[string][]string, key string) {
		for _, name := range names {
			if !slices.Contains(into[key], name) {
				into[key] = append(into[key], name)
			}
		}
	}
	switch len(term) {
	case 0:
	case 1:
		put(x.words, string(term[0]))
		for _, s := range bare(term[0], x.language) {
			put(x.stems, s)
		}
	default:
		x.longest = max(x.longest, len(term))
		var key strings.Builder
		for _, w := range term {
			key.WriteString(" " + string(words.Stem(w)))
		}
		put(x.phrases, key.String())
	}
}

// at returns the names of the longest term that words begin with, and how many
// words it has. Of single words, one as it stands in the lexicon goes before
// one that shares a stem with it, and the longest stem before shorter ones.
func (x *index) at(all [][]rune) (names []string, n int) {
	var key strings.Builder
	for i := 0; i < min(x.longest, len(all)); i++ {
		key.WriteString(" " + string(words.Stem(all[i])))
		if found := x.phrases[key.String()]; found != nil {
			names, n = found, i+1
		}
	}
	if n > 0 {
		return names, n
	}
	if found := x.words[string(all[0])]; found != nil {
		return found, 1
	}
	longest := 0
	for _, s := range bare(all[0], x.language) {
		if found := x.stems[s]; found != nil && len(s) > longest {
			names, n, longest = found, 1, len(s)
		}
	}
	return names, n
}
