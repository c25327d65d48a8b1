package code

import "github.com/soundings-survey/soundings/pipeline/language"

// Inflection. A word of a term stands for its commoner forms too: plurals in
// English, French and Spanish, the cases of Russian, in Arabic plurals in ات and
// the pronouns written onto a noun. A pattern then goes on with a sign that takes
// the rest of a word, if that is one of its endings. A star takes any rest.

// The signs of a pattern that take the rest of a word. Folded text has none of them.
const (
	anyEnding rune = -iota - 1
	englishEnding
	frenchEnding
	spanishEnding
	russianCase  // after the stem of a noun or an adjective
	russianShort // after a stem of three letters, which must not stand alone: тем is not тема
	russianVerb  // after the stem of a verb
	arabicEnding // pronouns
	arabicSpoken // after the stem of a noun in ة
)

// longestEnding is how many letters an ending has at most, but for that of a star.
const longestEnding = 5

// takes reports whether a sign takes the rest of a word.
func takes(sign rune, rest []rune) bool {
	if sign == anyEnding {
		return true
	}
	if len(rest) > longestEnding {
		return false
	}
	switch sign {
	case englishEnding:
		switch string(rest) {
		case "", "s", "es":
			return true
		}
	case frenchEnding:
		switch string(rest) {
		case "", "s", "x", "e", "es":
			return true
		}
	case spanishEnding:
		switch string(rest) {
		case "", "s", "es":
			return true
		}
	case russianCase:
		return russianNoun(rest)
	case russianShort:
		return len(rest) > 0 && russianNoun(rest)
	case russianVerb:
		return russianVerbal(rest)
	case arabicEnding:
		return pronoun(rest)
	case arabicSpoken:
		switch {
		case len(rest) == 1:
			return rest[0] == 'ه' || rest[0] == 'ت'
		case len(rest) >= 2 && rest[0] == 'ا' && rest[1] == 'ت':
			return pronoun(rest[2:])
		case len(rest) >= 2 && rest[0] == 'ت':
			return pronoun(rest[1:])
		}
	}
	return false
}

// pronoun reports whether letters are nothing or a pronoun that is written onto a noun.
func pronoun(rest []rune) bool {
	switch string(rest) {
	case "", "ه", "ها", "هم", "هن", "هما", "نا", "ك", "كم":
		return true
	}
	return false
}

// russianNoun reports whether letters are a case of a noun or an adjective,
// folded: ё is е, and й is и.
func russianNoun(rest []rune) bool {
	switch string(rest) {
	case "", "а", "я", "о", "е", "ы", "и", "у", "ю", "ь", "ью",
		"ом", "ем", "ам", "ям", "ах", "ях", "ами", "ями", "ов", "ев",
		"ои", "еи", "ою", "ею", "ыи", "ии", "ая", "яя", "ое", "ее", "ые", "ие", "ия", "ию", "иеи",
		"ого", "его", "ому", "ему", "ым", "им", "ых", "их", "ую", "юю", "ыми", "ими", "иям", "иях", "иями", "ием":
		return true
	}
	return false
}

// russianVerbal reports whether letters are what follows the stem of a verb.
func russianVerbal(rest []rune) bool {
	if len(rest) > 1 && isOneOf(rest[0], "аяиеу") {
		switch string(rest[1:]) {
		case "ть", "л", "ла", "ло", "ли", "в", "н", "на", "но", "ны", "ться", "лся", "лась", "лось", "лись", "ет", "ем", "ете", "ют", "ется", "ются":
			return true
		}
	}
	switch string(rest) {
	case "ю", "у", "и", "им", "ит", "ят", "ат", "ут", "ет", "ем", "ите", "ете", "ится", "ятся", "ется", "утся":
		return true
	}
	return false
}

// inflected lets the words of a pattern stand for their forms. In the pattern ة
// is not yet folded.
func inflected(p pattern, language string) pattern {
	var out pattern
	for begin := 0; begin < len(p); {
		end := begin
		for end < len(p) && p[end] >= 0 && kindOf(p[end]) == inWord {
			end++
		}
		word := p[begin:end]
		bent := end == len(p) || p[end] >= 0 // not followed by a star
		if stem, sign := stemOf(word, language); bent && sign != 0 {
			out = append(append(out, stem...), sign)
		} else {
			out = append(out, word...)
		}
		if end < len(p) {
			out = append(out, p[end])
			end++
		}
		begin = end
	}
	return out
}

// stemOf returns what stays of a word and the sign of its endings, 0 if it is
// not inflected.
func stemOf(word []rune, lang string) ([]rune, rune) {
	n := len(word)
	switch lang {
	case "en", "fr", "es":
		if n < 4 || language.Common(lang, string(word)) || word[n-1] == 's' || word[n-1] == 'x' || word[n-1] < 'a' || word[n-1] > 'z' {
			return nil, 0
		}
		switch lang {
		case "en":
			return word, englishEnding
		case "fr":
			return word, frenchEnding
		}
		return word, spanishEnding
	case "ru":
		return russianStem(word)
	case "ar":
		if n > 3 && word[n-1] == 'ة' {
			return word[:n-1], arabicSpoken
		}
		if n >= cliticRest && isArabic(word[0]) {
			return word, arabicEnding
		}
	}
	return nil, 0
}

// russianStem leaves four letters at least, or three where one vowel follows.
func russianStem(word []rune) ([]rune, rune) {
	n := len(word)
	if n < 4 || word[0] < 'а' || word[0] > 'я' {
		return nil, 0
	}
	for _, infinitive := range [...]string{"ться", "ть"} {
		vowel := n - len([]rune(infinitive)) - 1
		if vowel >= 4 && string(word[vowel+1:]) == infinitive && isOneOf(word[vowel], "аяиеу") {
			return word[:vowel], russianVerb
		}
	}
	for ending := min(4, n-4); ending > 0; ending-- {
		if russianNoun(word[n-ending:]) {
			return word[:n-ending], russianCase
		}
	}
	if n == 4 && russianNoun(word[3:]) {
		return word[:3], russianShort
	}
	return word, russianCase
}

func isOneOf(r rune, letters string) bool {
	for _, l := range letters {
		if r == l {
			return true
		}
	}
	return false
}
