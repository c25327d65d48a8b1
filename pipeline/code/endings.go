package code

import "strings"

// endings returns what a sign takes, all that takes says yes to; not for a star.
func endings(sign rune) []string {
	const (
		pronouns = "ه ها هم هن هما نا ك كم"
		nouns    = "а я о е ы и у ю ь ью ом ем ам ям ах ях ами ями ов ев ои еи ою ею ыи ии ая яя ое ее ые ие ия ию иеи " +
			"ого его ому ему ым им ых их ую юю ыми ими иям иях иями ием"
		verbs  = "ю у и им ит ят ат ут ет ем ите ете ится ятся ется утся"
		vowels = "а я и е у"
		behind = "ть л ла ло ли в н на но ны ться лся лась лось лись ет ем ете ют ется ются"
	)
	out := []string{""}
	switch sign {
	case englishEnding, spanishEnding:
		out = append(out, "s", "es")
	case frenchEnding:
		out = append(out, "s", "x", "e", "es")
	case russianCase:
		out = append(out, strings.Fields(nouns)...)
	case russianShort:
		out = strings.Fields(nouns)
	case russianVerb:
		out = strings.Fields(verbs)
		for _, v := range strings.Fields(vowels) {
			for _, b := range strings.Fields(behind) {
				out = append(out, v+b)
			}
		}
	case arabicEnding:
		out = append(out, strings.Fields(pronouns)...)
	case arabicSpoken:
		out = []string{"ه", "ت", "ات"}
		for _, p := range strings.Fields(pronouns) {
			out = append(out, "ت"+p, "ات"+p)
		}
	}
	return out
}
