package suggest

import (
	"github.com/soundings-survey/soundings/pipeline/fields"
	"github.com/soundings-survey/soundings/pipeline/words"
)

// Kinds of grams. The same letters mean something else in each, so that the
// kind enters the hash of a gram.
const (
	phrases  = iota // one or two words, or signs of Chinese
	letters         // two to six letters within a word, its ends marked
	lead            // the first words, which in recommendations name the action
	pairs           // the first word with each further one
	extra           // what is known of a text besides
	groups          // no grams: what hashes of groups of texts begin with
	stems           // with few texts, the stem of each word
	radicals        // with few texts, the radicals of Chinese signs
	themes          // with few texts, the semantic fields of words, and their domains
	kinds
)

// A gram is the hash of an n-gram.
type gram struct {
	hash uint64
	kind uint8
}

// A shape says which kinds of grams are looked at.
type shape struct {
	lead bool // the first words by themselves, and with each further word
}

func (s shape) sees(kind uint8) bool { return s.lead || kind != lead && kind != pairs }

// A source is what grams are made of.
type source struct {
	text     string
	language string // that it is in if it does not tell it itself
	extra    []string
}

// longest is how many letters are looked at at once.
const longest = 6

// grams calls put with every gram of a text, those too that count with few texts alone.
func (from source) grams(few bool, put func(gram)) {
	most := longest
	if !few {
		most--
	}
	for _, e := range from.extra {
		put(gram{add(begin(extra), []rune(e)), extra})
	}
	all := words.Of(from.text)
	for i := range all {
		h := begin(phrases)
		for n := 0; n < 2 && i+n < len(all); n++ {
			h = add(h, all[i+n])
			put(gram{h, phrases})
		}
		if few {
			put(gram{add(begin(stems), words.Stem(all[i])), stems})
		}
		if words.Sign(all[i]) {
			if few {
				radicalGrams(all[i], nextSign(all, i), put)
			}
			h = begin(letters)
			for n := 0; n < 4 && i+n < len(all) && words.Sign(all[i+n]); n++ {
				h = add(h, all[i+n])
				put(gram{h, letters})
			}
			continue
		}
		within(all[i], most, begin(letters), letters, put)
	}
	if few {
		for _, f := range fields.Of(from.text, from.language) {
			put(gram{add(begin(themes), []rune(f)), themes})
		}
	}
	if len(all) == 0 {
		return
	}
	h := begin(lead)
	for n := 0; n < 4 && n < len(all); n++ {
		h = add(h, all[n])
		put(gram{h, lead})
	}
	for i := 1; i < min(len(all), 8); i++ { // where in the opening a word stands
		put(gram{add(begin(lead)+1, all[i]), lead})
	}
	within(all[0], longest-1, begin(lead)+2, lead, put)
	first := add(begin(pairs), all[0])
	for _, w := range all[1:] {
		put(gram{add(first, w), pairs})
	}
}

// nextSign is the sign of Chinese that follows a word; nil without one.
func nextSign(all [][]rune, i int) []rune {
	if i+1 < len(all) && words.Sign(all[i+1]) {
		return all[i+1]
	}
	return nil
}

// within puts the n-grams of letters of one word.
func within(word []rune, most int, seed uint64, kind uint8, put func(gram)) {
	padded := append(append([]rune{' '}, word...), ' ')
	for i := range padded {
		h := seed
		for n := 0; n < most && i+n < len(padded); n++ {
			h = (h ^ uint64(padded[i+n])) * prime
			if n > 0 {
				put(gram{h, kind})
			}
		}
	}
}

const prime = 1099511628211 // of FNV-1a

func begin(kind uint64) uint64 { return (14695981039346656037 ^ kind<<56) * prime }

func add(h uint64, word []rune) uint64 {
	for _, r := range word {
		h = (h ^ uint64(r)) * prime
	}
	return (h ^ 0x110000) * prime // no rune: the end of a word
}
