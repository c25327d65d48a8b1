package identity

import (
	"slices"
	"strings"
	"unicode"
)

// ByName says that the name or label of a column tells that it identifies, and
// by what. Names may be paths ("group/q_email"), in snake or camel case, and in
// any of the six languages. It is meant for the columns of questions: a column
// of a single choice, such as "channels/phone", is not told apart from one.
func ByName(column string) (Class, bool) {
	f := fold(column)
	name := string(f.written)
	if cut := strings.LastIndexAny(name, "/"); cut >= 0 && !strings.Contains(name, " ") {
		name = name[cut+1:]
	}
	words := wordsOf(name)
	joined := strings.Join(words, "")
	for _, t := range toolColumns {
		if slices.Contains(t.names, joined) {
			return t.class, true
		}
	}
	if len(words) == 0 || slices.ContainsFunc(words, asksOtherwise) {
		return "", false
	}
	spaced := " " + strings.Join(words, " ") + " "
	for _, row := range columnWords {
		for _, phrase := range row.phrases {
			chinese := unspaced([]rune(phrase)[0])
			if len(words) > longest(phrase) || chinese && len([]rune(joined)) > 20 {
				continue
			}
			if chinese && strings.Contains(joined, phrase) || strings.Contains(spaced, " "+phrase+" ") {
				return row.class, true
			}
		}
	}
	if len(words) <= 6 && naming(words) {
		return Name, true
	}
	return "", false
}

// longest gives how many words a name may have in which a word or phrase tells
// something: a longer one may use it in passing.
func longest(phrase string) int {
	switch phrase {
	case "mobile", "portable", "handle", "adresse", "placa", "run", "rut":
		return 3
	}
	if strings.Contains(phrase, " ") {
		return 20
	}
	return 9
}

// wordsOf parts a name into words in small letters: at signs, and where a
// capital follows a small letter. Numbers are no words.
func wordsOf(name string) []string {
	var out []string
	var word []rune
	end := func() {
		if len(word) > 0 {
			out = append(out, strings.ToLower(string(word)))
		}
		word = word[:0]
	}
	var before rune
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) {
			end()
		} else {
			if unicode.IsUpper(r) && unicode.IsLower(before) {
				end()
			}
			word = append(word, r)
		}
		before = r
	}
	end()
	return out
}

// asksOtherwise says that a word shows that a question is about having or using
// something, and not for the thing itself.
func asksOtherwise(word string) bool {
	return slices.Contains(otherwise[:], word)
}

// naming says that all words are about the name of somebody or of an organisation.
func naming(words []string) bool {
	name := false
	for _, w := range words {
		if slices.Contains(nameWords[:], w) {
			name = true
		} else if !slices.Contains(besideName[:], w) {
			return false
		}
	}
	return name
}
