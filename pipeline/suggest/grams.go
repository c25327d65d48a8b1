package suggest

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Kinds of grams. The same letters mean something else in each, so that the
// kind enters the hash of a gram.
const (
	words   = iota // one to three words, or signs of Chinese
	letters        // two to five letters within a word, its ends marked
	lead           // the first words, which in recommendations name the action
	pairs          // the first word with each further one
	extra          // what is known of a text besides
	kinds
)

// A gram is the hash of an n-gram.
type gram struct {
	hash uint64
	kind uint8
}

// tokens folds a text and parts it into words; each Chinese sign is one. Case,
// accents, vowel signs, the seats of hamza, ta marbuta and alef maqsura make no
// difference.
func tokens(text string) [][]rune {
	var all [][]rune
	var word []rune
	end := func() {
		if len(word) > 0 {
			all, word = append(all, word), nil
		}
	}
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(text, " ")) {
		switch {
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r), r == 'ـ':
		case unicode.Is(unicode.Han, r):
			end()
			all = append(all, []rune{r})
		case unicode.IsLetter(r), unicode.IsNumber(r), unicode.Is(unicode.Mc, r):
			word = append(word, folded(unicode.ToLower(r)))
		case r == '\'' || r == '’':
		default:
			end()
		}
	}
	end()
	return all
}

func folded(r rune) rune {
	switch r {
	case 'ة':
		return 'ه'
	case 'ى', 'ی':
		return 'ي'
	case 'ک':
		return 'ك'
	}
	return r
}

// A shape says which grams are looked at.
type shape struct {
	lead bool // the first words by themselves, and with each further word
}

// A source is what grams are made of.
type source struct {
	text  string
	extra []string
}

// grams calls put with every gram of a text.
func (s shape) grams(from source, put func(gram)) {
	for _, e := range from.extra {
		put(gram{add(begin(extra), []rune(e)), extra})
	}
	all := tokens(from.text)
	for i := range all {
		h := begin(words)
		for n := 0; n < 2 && i+n < len(all); n++ {
			h = add(h, all[i+n])
			put(gram{h, words})
		}
		if sign(all[i]) {
			h = begin(letters)
			for n := 0; n < 4 && i+n < len(all) && sign(all[i+n]); n++ {
				h = add(h, all[i+n])
				put(gram{h, letters})
			}
			continue
		}
		within(all[i], begin(letters), letters, put)
	}
	if !s.lead || len(all) == 0 {
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
	within(all[0], begin(lead)+2, lead, put)
	first := add(begin(pairs), all[0])
	for _, w := range all[1:] {
		put(gram{add(first, w), pairs})
	}
}

// sign reports whether a word is a sign of Chinese.
func sign(word []rune) bool { return len(word) == 1 && unicode.Is(unicode.Han, word[0]) }

// within puts the n-grams of letters of one word.
func within(word []rune, seed uint64, kind uint8, put func(gram)) {
	padded := append(append([]rune{' '}, word...), ' ')
	for i := range padded {
		h := seed
		for n := 0; n < 5 && i+n < len(padded); n++ {
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

// A vector is a text as numbers: features in ascending order, and their values.
type vector struct {
	at    []int32
	value []float32
}

// A space gives grams their places in vectors.
type space struct {
	shape  shape
	hashes []uint64  // ascending; the place of a gram is its place here
	kind   []uint8   // of each
	weight []float32 // inverse document frequency
	place  map[uint64]int32
}

// newSpace learns which grams two texts or more have, and how rare each is.
func newSpace(s shape, texts []source) *space {
	type seen struct {
		texts int32
		last  int32
		kind  uint8
	}
	count := make(map[uint64]*seen)
	for i, text := range texts {
		s.grams(text, func(g gram) {
			switch c := count[g.hash]; {
			case c == nil:
				count[g.hash] = &seen{1, int32(i), g.kind}
			case c.last != int32(i):
				c.texts++
				c.last = int32(i)
			}
		})
	}
	sp := &space{shape: s}
	for h, c := range count {
		if c.texts > 1 {
			sp.hashes = append(sp.hashes, h)
		}
	}
	slices.Sort(sp.hashes)
	for _, h := range sp.hashes {
		c := count[h]
		sp.kind = append(sp.kind, c.kind)
		sp.weight = append(sp.weight, float32(1+math.Log(float64(1+len(texts))/float64(1+c.texts))))
	}
	sp.index()
	return sp
}

func (sp *space) index() {
	sp.place = make(map[uint64]int32, len(sp.hashes))
	for i, h := range sp.hashes {
		sp.place[h] = int32(i)
	}
}

// length is what each kind of grams is brought to, so that none drowns the rest.
var length = [kinds]float32{words: 0.8, letters: 1, lead: 1, pairs: 0.5, extra: 1}

// vector gives a text's vector: logarithms of counts by rarity.
func (sp *space) vector(text source) vector {
	var at []int32
	sp.shape.grams(text, func(g gram) {
		if p, ok := sp.place[g.hash]; ok {
			at = append(at, p)
		}
	})
	slices.Sort(at)
	var v vector
	var squares [kinds]float64
	for i := 0; i < len(at); {
		j := i
		for j < len(at) && at[j] == at[i] {
			j++
		}
		x := (1 + math.Log(float64(j-i))) * float64(sp.weight[at[i]])
		v.at, v.value = append(v.at, at[i]), append(v.value, float32(x))
		squares[sp.kind[at[i]]] += float64(x * x)
		i = j
	}
	for i, p := range v.at {
		v.value[i] *= length[sp.kind[p]] / float32(math.Sqrt(squares[sp.kind[p]]))
	}
	return v
}
