package code

import "slices"

// parsePattern folds a term to the runes the matcher looks for: letters, soft
// between words, star for any ending. It says what is wrong with a term that
// could never match.
func parsePattern(term string) ([]rune, string) {
	var f folded
	f.fold(term)
	var out []rune
	for i, r := range f.runes {
		switch {
		case r == soft || r == line:
			if len(out) > 0 && out[len(out)-1] != soft {
				out = append(out, soft)
			}
		case r == star:
			if len(out) == 0 || out[len(out)-1] == soft || out[len(out)-1] == star {
				return nil, "has a star that does not follow a letter"
			}
			if i+1 < len(f.runes) && kindOf(f.runes[i+1]) != between {
				return nil, "has a star inside a word"
			}
			if kindOf(out[len(out)-1]) == inWord { // ideographs need no star: they match anywhere
				out = append(out, star)
			}
		case r == stop || r == other:
			return nil, "holds a sign that is not a letter or digit"
		default:
			out = append(out, r)
		}
	}
	out = slices.Clip(out)
	for len(out) > 0 && out[len(out)-1] == soft {
		out = out[:len(out)-1]
	}
	if len(out) == 0 {
		return nil, "is empty"
	}
	return out, ""
}

// withoutArticle returns a pattern without the Arabic article at its start, or
// nil where there is none or too little would be left.
func withoutArticle(p []rune) []rune {
	if len(p) < 2+cliticRest || p[0] != 'ا' || p[1] != 'ل' {
		return nil
	}
	for _, r := range p[2 : 2+cliticRest] {
		if r == soft || r == star {
			return nil
		}
	}
	return p[2:]
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
