// Package letters spells texts with a byte for each letter, and finds the words
// that a set of words and phrases may begin with, by their first letters.
//
// A spelt text has as many bytes as the text: what a letter of several bytes is
// stands at its first, and Fill at the others, so that a place in one is the place
// in the other. Fill also stands for what is nothing, such as accents of their own.
//
// On processors of the amd64 family with AVX2 the work is done for 32 bytes at
// once, in assembly; elsewhere in Go. Both do the same, but that assembly leaves
// rarer letters to the caller.
package letters

// What a byte of a spelt text says. Letters and digits are all bytes from '0' on,
// Unknown among them.
const (
	End        byte = 0    // the text is over
	Fill       byte = 1    // no sign of its own
	Ideographs byte = 2    // of ideographs
	Gap        byte = ' '  // it parts words
	Unknown    byte = 0x7F // a letter that has no byte
)

// IsLetter reports whether a byte of a spelt text is a letter.
func IsLetter(b byte) bool { return b >= '0' }

// Alphabet says what the runes of two bytes are in a spelt text: a letter, Gap,
// Fill, or Unknown. What is of ASCII is a small letter, a digit or Gap.
type Alphabet struct {
	two   [2048]byte                // by rune
	leads [len(quickLeads)][64]byte // of two, those of the commonest first bytes
}

// quickLeads are the first bytes of the runes of two bytes that are spelt fastest:
// those of French and Spanish, Russian, and Arabic.
const quickLeads = "\xC3\xD0\xD1\xD8\xD9"

// NewAlphabet returns the alphabet that a function gives.
func NewAlphabet(of func(r rune) byte) *Alphabet {
	a := &Alphabet{}
	for r := range rune(len(a.two)) {
		a.two[r] = Unknown
		if r >= 0x80 {
			a.two[r] = of(r)
		}
	}
	for i := range a.leads {
		copy(a.leads[i][:], a.two[int(quickLeads[i]&0x1F)<<6:])
	}
	return a
}
