package words

import "strings"

// stemmed is how many letters of a word are its stem.
const stemmed = 5

// Stem is the beginning of a folded word, which its forms have in common: that
// does for stemming in many languages. Arabic writes articles, conjunctions,
// prepositions and pronouns onto words, and these are taken off before, by
// light stemming: L. Larkey, L. Ballesteros and M. Connell, "Improving stemming
// for Arabic information retrieval", 2002.
func Stem(word []rune) []rune {
	word = Light(word)
	return word[:min(len(word), stemmed)]
}

// Light takes off what is written onto an Arabic word, before it and behind it
// once each, as long as three letters are left; or four, where it is one letter
// alone before it, with which many words begin. Other words stay as they are.
func Light(word []rune) []rune {
	if len(word) == 0 || word[0] < 'ء' || word[0] > 'ي' {
		return word
	}
	const (
		before = "وال بال كال فال لل ال"
		alone  = "وبلف"
		behind = "هما كما ات ون ين ان ها هم هن كم نا ته يه ه ي ك" // the longest first
	)
	s, left := string(word), len(word)
	taken := false
	for p := range strings.FieldsSeq(before) {
		n := len([]rune(p))
		if taken = left-n >= 3 && strings.HasPrefix(s, p); taken {
			s, left = s[len(p):], left-n
			break
		}
	}
	if !taken && left >= 5 && strings.ContainsRune(alone, word[0]) {
		s, left = strings.TrimPrefix(s, string(word[:1])), left-1
	}
	for e := range strings.FieldsSeq(behind) {
		if left-len([]rune(e)) >= 3 && strings.HasSuffix(s, e) {
			s = strings.TrimSuffix(s, e)
			break
		}
	}
	return []rune(s)
}
