package language

import (
	"strings"
	"unicode/utf8"
)

// points is what speaks for each of the languages in Latin script.
type points struct{ en, es, fr int }

func (p *points) add(o points) {
	p.en, p.es, p.fr = p.en+o.en, p.es+o.es, p.fr+o.fr
}

// enough is by how many points a language must lead for the answer to be sure.
const enough = 3

// latin tells English, Spanish and French apart. What speaks for none of them
// is called English, and not sure.
func latin(text string) (string, bool) {
	var p points
	var word [24]byte
	for i := 0; i < len(text); {
		n, mark := 0, byte(0)
		for i < len(text) {
			c, size := plain(text, i)
			if c == 0 {
				mark = text[i]
				i += size
				if size == 3 && (text[i-1] == 0x99 || text[i-1] == 0x98) { // ’ and ‘
					mark = '\''
				} else if text[i-size] == 0xC2 && size == 2 && (text[i-1] == 0xBF || text[i-1] == 0xA1) { // ¿ and ¡
					p.es += 3
				}
				break
			}
			i += size
			if n < len(word) {
				word[n] = c
				n++
			}
			p.add(accent(c))
		}
		if n == 0 {
			continue
		}
		if mark == '\'' && elided(word[:n]) {
			p.fr += 3
			continue
		}
		w := common(word[:n])
		if w == (points{}) {
			w = ending(word[:n])
		}
		p.add(w)
	}
	switch {
	case p.fr > p.en && p.fr > p.es:
		return "fr", p.fr-max(p.en, p.es) >= enough
	case p.es > p.en && p.es > p.fr:
		return "es", p.es-max(p.en, p.fr) >= enough
	}
	return "en", p.en-max(p.es, p.fr) >= enough
}

// plain returns the letter at a place in lower case, in Latin-1, with how many
// bytes it takes; 0 where there is no letter.
func plain(text string, i int) (byte, int) {
	c := text[i]
	switch {
	case 'a' <= c && c <= 'z':
		return c, 1
	case 'A' <= c && c <= 'Z':
		return c + 'a' - 'A', 1
	case c < utf8.RuneSelf:
		return 0, 1
	}
	r, size := utf8.DecodeRuneInString(text[i:])
	switch {
	case r == 'œ' || r == 'Œ':
		return oe, size
	case 0xE0 <= r && r <= 0xFF && r != 0xF7:
		return byte(r), size
	case 0xC0 <= r && r <= 0xDE && r != 0xD7:
		return byte(r) + 0x20, size
	case 0x0100 <= r && r < 0x0250:
		return 'x', size
	}
	return 0, size
}

// Letters of Latin-1 with their accents; œ, which it lacks, takes the place of a sign.
const (
	aGrave, aAcute, aCircumflex = 0xE0, 0xE1, 0xE2
	cCedilla                    = 0xE7
	eGrave, eAcute, eCircumflex = 0xE8, 0xE9, 0xEA
	eDieresis                   = 0xEB
	iAcute, iCircumflex, iTrema = 0xED, 0xEE, 0xEF
	nTilde                      = 0xF1
	oAcute, oCircumflex         = 0xF3, 0xF4
	uGrave, uAcute, uCircumflex = 0xF9, 0xFA, 0xFB
	oe                          = 0x9C
)

// accent returns what a letter by itself speaks for.
func accent(c byte) points {
	switch c {
	case nTilde:
		return points{es: 3}
	case iAcute, oAcute, uAcute, aAcute:
		return points{es: 2}
	case eAcute:
		return points{es: 1, fr: 1}
	case cCedilla, eGrave, eCircumflex, eDieresis, aGrave, aCircumflex, iCircumflex, iTrema, oCircumflex, uGrave, uCircumflex, oe:
		return points{fr: 2}
	case 'w', 'k':
		return points{en: 1}
	}
	return points{}
}

// elided reports whether a word before an apostrophe is one that French cuts short.
func elided(word []byte) bool {
	switch string(word) {
	case "l", "d", "n", "s", "c", "j", "m", "t", "qu", "jusqu", "lorsqu", "puisqu", "quelqu", "aujourd", "presqu":
		return true
	}
	return false
}

// ending returns what the end of a word speaks for.
func ending(word []byte) points {
	n := len(word)
	if n < 4 {
		return points{}
	}
	for _, e := range endings[word[n-1]] {
		if n > len(e.letters) && string(word[n-len(e.letters):]) == e.letters {
			return e.points
		}
	}
	return points{}
}

// An end is how words of a language end, and what that speaks for.
type end struct {
	letters string
	points  points
}

// endings are the ends of words by their last letter. The first that a word has
// counts.
var endings = func() (by [256][]end) {
	for _, of := range []struct {
		ends   string
		points points
	}{
		{"ci\xf3n si\xf3n iones idad idades miento mientos mente ando iendo aron ieron amos imos emos aban \xedan ados adas idos idas", points{es: 2}},
		{"tions", points{en: 1, fr: 1}},
		{"eux aux eur eurs ments it\xe9 it\xe9s \xe9e \xe9es \xe9s aient ait ais entes elle elles ette oir oirs ique iques isme euse euses ons ez", points{fr: 2}},
		{"ing ings ly ness ed ship ful less ght th ty ties ies ck sh ry", points{en: 2}},
		{"tion ment er", points{en: 1, fr: 1}},
		{"ado ada ido ida os as", points{es: 2}},
		{"o a", points{es: 1}},
		{"e", points{en: 1, fr: 1}},
		{"y", points{en: 1}},
	} {
		for _, e := range strings.Split(of.ends, " ") {
			last := e[len(e)-1]
			by[last] = append(by[last], end{e, of.points})
		}
	}
	return by
}()
