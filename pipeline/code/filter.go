package code

import (
	"unicode/utf8"

	"github.com/soundings-survey/soundings/pipeline/code/letters"
)

// filter finds the places of a text at which a pattern may begin, by the first word
// and how the second begins. It may name too many, since what it names is looked at;
// it never leaves one out. Nearly all words go no further than here, so this, spell.go,
// scan.go and the package letters are where the time is spent.
//
// A letter is a byte here, and what parts words is a space. At first sight a word is
// told from others by five letters, or a phrase by six signs. Then all its letters
// are looked at, and of a phrase how the second word begins: the filter holds all
// words that are patterns, of a term that is inflected all its forms. Where a star
// stands it holds four to eight of the letters before it.
type filter struct {
	alphabet *letters.Alphabet
	firsts   *letters.Firsts      // the first five letters of words, six signs of phrases
	words    bitmap               // words, and openings of phrases
	stems    stems                // the first letters of words that any ending may follow
	pairs    small                // the first two ideographs
	alone    [1 << 16 / 64]uint64 // ideographs that a pattern may begin with whatever follows
	leading  [1 << 16 / 64]uint64 // ideographs that may begin a pattern
	runes    [256]rune            // what letters are in patterns
	folds    folds
}

// The bytes of letters beyond ASCII.
const (
	russianBytes = 0x80
	arabicBytes  = letters.LowestAside
	endOfBytes   = 0xD0
)

// byteOf returns the byte of a folded letter, letters.Unknown if it has none.
func byteOf(r rune) byte {
	switch {
	case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
		return byte(r)
	case 'а' <= r && r <= 'я':
		return byte(russianBytes + r - 'а')
	case isArabic(r):
		return byte(arabicBytes + r - 'ء')
	}
	return letters.Unknown
}

func bytesOf(word string) (out []byte) {
	for _, r := range word {
		out = append(out, byteOf(r))
	}
	return out
}

// newFilter returns the filter of patterns.
func newFilter(all []pattern) *filter {
	f := &filter{folds: allFolds()}
	f.alphabet = letters.NewAlphabet(func(r rune) byte { return byteFor(f.folds[r]) })
	for r := 'я'; r >= '0'; r-- {
		f.runes[byteOf(r)] = r
	}
	for r := 'ي'; r >= 'ء'; r-- {
		f.runes[byteOf(r)] = r
	}
	f.runes[letters.Gap] = soft
	f.firsts = letters.NewFirsts(letters.Aside{
		Conjunctions: bytesOf("وف"), Prepositions: bytesOf("بلك"), Article: [2]byte(bytesOf("ال")),
	})
	for _, p := range all {
		if kindOf(p[0]) == ideograph {
			f.addSigns(p)
		} else {
			f.addWord(p)
		}
	}
	return f
}

// addSigns enters the beginning of a pattern without words, in simplified signs and
// in traditional ones. What folds does not know is looked at in any case.
func (f *filter) addSigns(p pattern) {
	if p[0] < firstSign || p[0] > lastSign {
		return
	}
	pair := len(p) > 1 && firstSign <= p[1] && p[1] <= lastSign
	for _, a := range spellings(p[0]) {
		f.leading[a>>6] |= 1 << (a & 63)
		if !pair {
			f.alone[a>>6] |= 1 << (a & 63)
			continue
		}
		for _, b := range spellings(p[1]) {
			f.pairs.set(hashPair(uint32(a), uint32(b)))
		}
	}
}

// addWord enters the first word of a pattern, and how the next begins.
func (f *filter) addWord(p pattern) {
	var stem []byte
	for len(stem) < len(p) && kindOf(p[len(stem)]) == inWord && p[len(stem)] >= 0 {
		stem = append(stem, byteOf(p[len(stem)]))
	}
	n := len(stem)
	switch rest := p[n:]; {
	case n == len(p) || rest[0] >= 0:
		f.enter(stem, literal(rest))
	case rest[0] == anyEnding:
		f.addStem(stem)
	default:
		behind := literal(rest[1:])
		for _, e := range endings(rest[0]) {
			word := stem[:n:n]
			for _, r := range e {
				word = append(word, byteOf(r))
			}
			f.enter(word, behind)
		}
	}
}

// literal returns the spaces and letters that a pattern begins with, up to what is
// neither.
func literal(p pattern) (signs []byte) {
	for _, r := range p {
		b := byteOf(r)
		if r == soft {
			b = letters.Gap
		}
		if r < 0 || b == letters.Unknown {
			break
		}
		signs = append(signs, b)
	}
	return signs
}

// enter enters a word with what certainly follows.
func (f *filter) enter(word, behind []byte) {
	signs := append(word[:len(word):len(word)], behind...)
	if len(word) < letters.WordSigns && len(signs) >= letters.PhraseSigns {
		f.firsts.AddPhrase(signs)
	} else {
		f.firsts.AddWord(word)
	}
	f.words.set(hashOpening(word, behind))
}

// addStem enters a stem that any ending may follow: one of three letters
// as a word, and with each letter that may follow.
func (f *filter) addStem(stem []byte) {
	switch n := len(stem); {
	case n < 3: // whatever begins so would be very many: every word is looked at
		for i := range f.stems {
			f.stems[i] = ^uint64(0)
		}
		f.firsts.AddAll()
	case n >= shortStem:
		f.firsts.AddStem(stem)
		f.stems.set(stem)
	default:
		f.enter(stem, nil)
		for c := '0'; c < endOfBytes; c++ {
			if c >= russianBytes || asciiWord(byte(c)) && c == c|0x20 || byte(c) == letters.Unknown {
				f.addStem(append(stem[:n:n], byte(c)))
			}
		}
	}
}

// pastWord returns where a word ends that goes on at i.
func (f *filter) pastWord(text string, i int) int {
	for i < len(text) {
		if c := text[i]; c < utf8.RuneSelf {
			if !asciiWord(c) {
				return i
			}
			i++
			continue
		}
		a, size := f.folds.at(text, i)
		if a == parts || isSign(a) || a == odd && !f.folds.letters(text, i, size) {
			return i
		}
		i += size
	}
	return i
}

func asciiWord(c byte) bool {
	return c-'0' < 10 || (c|0x20)-'a' < 26
}
