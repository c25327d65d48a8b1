package fields

import (
	"strings"
	"unicode/utf8"

	"github.com/soundings-survey/soundings/pipeline/words"
)

// Endings of the commoner forms of nouns, adjectives and verbs, folded; after >
// stands what comes in place of one. What is left of a word is a stem. A word may
// have several, and two words that share one are taken for forms of one word.
var endings = map[string][]ending{
	"en": parsed("s es ed d ing ings ies>y ied>y ly e"),
	"fr": parsed("s x e es ee ees er ent ant ants ante antes ait aient ont ons ez ions iez era eront ir it is i ie ies issent issant " +
		"l ux le les ur use urs uses f ve fs ves"),
	"es": parsed("s es o a os as ar er ir ado ada ados adas ido ida idos idas ando iendo aba aban ia ian io aron ieron an en e on " +
		"ara aran ero eron ces>z arse irse erse"),
	"ru": parsed(russian()),
}

// An ending is taken off a word.
type ending struct{ off, put string }

func parsed(list string) (all []ending) {
	for e := range strings.FieldsSeq(list) {
		off, put, _ := strings.Cut(e, ">")
		all = append(all, ending{off, put})
	}
	return all
}

// russian puts together the endings of cases, and those of verbs and participles
// behind each vowel of a stem.
func russian() string {
	all := "а я о е ы и у ю ь ью ом ем ам ям ах ях ами ями ов ев ои еи ою ею ыи ии ая яя ое ее ые ие ия ию иеи ого его ому ему " +
		"ым им ых их ую юю ыми ими иям иях иями ием ит ят ат ут ет ите ете ится ятся ется утся ти тись"
	for vowel := range strings.FieldsSeq("а я и е у ы о") {
		for behind := range strings.FieldsSeq("ть л ла ло ли в н на но ны ться лся лась лось лись ет ем ете ют ется ются " +
			"вшии вшая вшие нныи нная нное нные нного нных ющии ющая ющие ющих") {
			all += " " + vowel + behind
		}
	}
	return all
}

// How many letters a stem has at least: more before longer endings, which many
// short words have by chance, and of words of the lexicon, so that "ares" is not
// found in "are".
const (
	leastStem   = 4
	leastPlural = 3 // before plurals, where something comes in place of an ending, and in Russian
)

// bare returns the stems of a word: itself, and what is left without each ending
// that it has, of as many letters at least before a plural as short says. Of
// Arabic words what is written onto them is taken off.
func bare(word []rune, language string, short int) []string {
	all := []string{string(word)}
	if language == "ar" {
		if l := words.Light(word); len(l) < len(word) && len(l) >= short {
			all = append(all, string(l))
		}
		return all
	}
	for _, e := range endings[language] {
		least := leastStem
		switch {
		case language == "ru":
			least = leastPlural
		case e.put != "" || e.off == "s" || e.off == "es" || e.off == "x":
			least = short
		}
		left := len(word) - utf8.RuneCountInString(e.off)
		if left+len(e.put) < least || string(word[max(left, 0):]) != e.off {
			continue
		}
		all = append(all, string(word[:left])+e.put)
		if doubled := word[left-1] == word[left-2]; doubled && language == "en" && (e.off == "ed" || e.off == "ing") {
			all = append(all, string(word[:left-1])) // stopped, running
		}
	}
	return all
}
