package code

import "slices"

// pattern is what the matcher looks for: folded letters, soft between words, and
// signs that take the rest of a word.
type pattern []rune

// parsePattern folds a term, a star for any ending of a word. It says what is
// wrong with a term that could never match.
func parsePattern(term string) (pattern, string) {
	p, problem := parseTerm(term)
	return foldTa(p), problem
}

// parseTerm is parsePattern, but for ة, which stays as it is: what may be written
// onto a word differs for it.
func parseTerm(term string) (pattern, string) {
	var f folded
	f.fold(term)
	var out pattern
	for i, r := range f.runes {
		switch {
		case r == soft || r == line:
			if len(out) > 0 && out[len(out)-1] != soft {
				out = append(out, soft)
			}
		case r == star:
			if len(out) == 0 || out[len(out)-1] == soft || out[len(out)-1] == anyEnding {
				return nil, "has a star that does not follow a letter"
			}
			if i+1 < len(f.runes) && kindOf(f.runes[i+1]) != between {
				return nil, "has a star inside a word"
			}
			if kindOf(out[len(out)-1]) == inWord { // ideographs need no star: they match anywhere
				out = append(out, anyEnding)
			}
		case r == stop || r == other:
			return nil, "holds a sign that is not a letter or digit"
		case r == 'ه' && term[f.start[i]:f.end[i]] == "ة":
			out = append(out, 'ة')
		default:
			out = append(out, r)
		}
	}
	for len(out) > 0 && out[len(out)-1] == soft {
		out = out[:len(out)-1]
	}
	if len(out) == 0 {
		return nil, "is empty"
	}
	return out, ""
}

// foldTa folds ة as in a text.
func foldTa(p pattern) pattern {
	out := slices.Clip(slices.Clone(p))
	for i, r := range out {
		if r == 'ة' {
			out[i] = 'ه'
		}
	}
	return out
}

// patterns returns what is looked for in place of a term: with its words
// inflected, and Arabic ones with the article and without.
func patterns(term, language string) []pattern {
	p, problem := parseTerm(term)
	if problem != "" {
		return nil
	}
	forms := articles(p)
	out := make([]pattern, 0, len(forms))
	for _, form := range forms {
		out = append(out, foldTa(inflected(form, language)))
	}
	return out
}

// isPhrase reports whether a pattern has several words.
func (p pattern) isPhrase() bool {
	return slices.Contains(p, soft)
}

// articles returns an Arabic pattern with the article at each of its words, and
// without it, as far as enough is left of the word. The first word is without
// it: there, what is written onto words in texts is left aside.
func articles(p pattern) []pattern {
	out := []pattern{nil}
	for begin := 0; begin <= len(p); {
		end := begin
		for end < len(p) && p[end] != soft {
			end++
		}
		word := p[begin:end]
		bare := word
		if hasArticle(word) {
			bare = word[2:]
		}
		forms := []pattern{word}
		switch {
		case len(bare) < cliticRest || !isArabic(bare[0]) || len(out) > 4:
		case begin > 0:
			forms = []pattern{bare, append(pattern{'ا', 'ل'}, bare...)}
		case len(bare) < len(word):
			forms = []pattern{bare}
		}
		var longer []pattern
		for _, o := range out {
			for _, f := range forms {
				l := slices.Clone(o)
				if begin > 0 {
					l = append(l, soft)
				}
				longer = append(longer, append(l, f...))
			}
		}
		out, begin = longer, end+1
	}
	return out
}

// hasArticle reports whether a word begins with the Arabic article, and enough
// is left without it.
func hasArticle(word pattern) bool {
	if len(word) < 2+cliticRest || word[0] != 'ا' || word[1] != 'ل' {
		return false
	}
	for _, r := range word[2 : 2+cliticRest] {
		if r < 0 {
			return false
		}
	}
	return true
}

func isArabic(r rune) bool { return 'ء' <= r && r <= 'ي' }

// isClitic reports whether a letter may be left aside at the beginning of an Arabic word.
func isClitic(r rune) bool {
	switch r {
	case 'و', 'ف', 'ب', 'ل', 'ك', 'ا':
		return true
	}
	return false
}

// cliticRest is how many letters must be left of a word without its clitics.
const cliticRest = 3

// clitics gives the places at which an Arabic word may begin when the
// conjunctions و and ف, the prepositions ب, ل and ك, and the article ال written
// onto it are left aside. Word is the folded word; the places are offsets in it,
// without 0, ascending.
func clitics(word []rune, places []int) []int {
	places = places[:0]
	add := func(i int) {
		if len(word)-i >= cliticRest && (len(places) == 0 || places[len(places)-1] != i) {
			places = append(places, i)
		}
	}
	i := 0
	if i < len(word) && (word[i] == 'و' || word[i] == 'ف') {
		i++
		add(i)
	}
	preposition := rune(0)
	if i < len(word) && (word[i] == 'ب' || word[i] == 'ل' || word[i] == 'ك') {
		preposition = word[i]
		i++
		add(i)
	}
	switch {
	case i+1 < len(word) && word[i] == 'ا' && word[i+1] == 'ل':
		add(i + 2)
	case preposition == 'ل' && i < len(word) && word[i] == 'ل': // لل stands for ل and ال
		add(i + 1)
	}
	return places
}
