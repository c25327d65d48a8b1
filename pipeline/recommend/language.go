package recommend

import "unicode"

// Language tells the language of a text by its script, its commonest words and
// whether it opens with a verb of the lists. Latin script without any of them is taken for English.
func (c *Checker) Language(text string) string {
	scripts := map[string]int{}
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Arabic, r):
			scripts["ar"]++
		case unicode.Is(unicode.Han, r):
			scripts["zh"] += 3 // a sign is about half a word
		case unicode.Is(unicode.Cyrillic, r):
			scripts["ru"]++
		case unicode.Is(unicode.Latin, r):
			scripts["latin"]++
		}
	}
	best := "latin"
	for _, s := range []string{"ar", "ru", "zh"} {
		if scripts[s] > scripts[best] {
			best = s
		}
	}
	if best != "latin" {
		return best
	}
	best, most := "en", 0
	for _, language := range []string{"en", "es", "fr"} {
		n, l, ts := 0, c.words[language], tokens(text)
		if at := l.skip(ts, 0); at < len(ts) {
			if _, opens := l.verbAt(ts, at); opens {
				n += opening
			}
		}
		for _, t := range ts {
			if l.common[t.text] {
				n++
			}
		}
		if n > most {
			best, most = language, n
		}
	}
	return best
}

// opening is how many common words a verb at the beginning counts for.
const opening = 3
