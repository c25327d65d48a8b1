package language

import "unicode/utf8"

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

// ending returns what the beginning and the end of a word speak for.
func ending(word []byte) points {
	n := len(word)
	if n < 4 {
		return points{}
	}
	has := func(end string) bool { return n > len(end) && string(word[n-len(end):]) == end }
	switch {
	case has("ci\xf3n"), has("si\xf3n"), has("iones"), has("idad"), has("idades"), has("miento"), has("mientos"), has("mente"), has("ando"), has("iendo"),
		has("aron"), has("ieron"), has("amos"), has("imos"), has("emos"), has("aban"), has("\xedan"), has("ados"), has("adas"), has("idos"), has("idas"):
		return points{es: 2}
	case has("eux"), has("aux"), has("eur"), has("eurs"), has("ment" + "s"), has("it\xe9"), has("it\xe9s"), has("\xe9e"), has("\xe9es"), has("\xe9s"), has("aient"), has("ait"),
		has("ais"), has("ent" + "es"), has("elle"), has("elles"), has("ette"), has("oir"), has("oirs"), has("ique"), has("iques"), has("isme"), has("euse"), has("euses"), has("ons"), has("ez"):
		if has("tions") {
			return points{en: 1, fr: 1}
		}
		return points{fr: 2}
	case has("ing"), has("ings"), has("ly"), has("ness"), has("ed"), has("ship"), has("ful"), has("less"), has("ght"), has("th"), has("ty"), has("ties"), has("ies"), has("ck"), has("sh"), has("ry"):
		return points{en: 2}
	case has("tion"), has("ment"):
		return points{en: 1, fr: 1}
	case has("er"):
		return points{en: 1, fr: 1}
	case has("ado"), has("ada"), has("ido"), has("ida"), has("os"), has("as"):
		return points{es: 2}
	case has("o"), has("a"):
		return points{es: 1}
	case has("e"):
		return points{fr: 1, en: 1}
	case has("y"):
		return points{en: 1}
	}
	return points{}
}
