package spelling

import (
	"strings"
	"unicode"
)

// DigitOf returns what a decimal digit of any script is worth: in Unicode the
// ten digits of a script stand one after the other.
func DigitOf(r rune) rune {
	for _, t := range unicode.Nd.R16 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return (r - rune(t.Lo)) % 10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return (r - rune(t.Lo)) % 10
		}
	}
	return 0
}

// alike returns the letter that a small letter looks like, or the letter itself.
func alike(r rune) rune {
	for _, set := range [...]struct {
		from string
		to   rune
	}{
		{"аαɑ", 'a'}, {"вβь", 'b'}, {"сϲⅽ", 'c'}, {"ԁⅾ", 'd'}, {"еεҽ", 'e'}, {"гᴦ", 'r'}, {"ɡց", 'g'}, {"нһհ", 'h'},
		{"іιıӏ", 'i'}, {"јϳ", 'j'}, {"кκ", 'k'}, {"мⅿ", 'm'}, {"ηпո", 'n'}, {"оοօσ", 'o'}, {"рρ", 'p'}, {"ԛզ", 'q'},
		{"ѕ", 's'}, {"тτ", 't'}, {"υսц", 'u'}, {"νѵ", 'v'}, {"ԝω", 'w'}, {"хχ", 'x'}, {"уγү", 'y'},
		{"‐‑‒–—―−", '-'}, {"‘’ʼ´`", '\''}, {"ىی", 'ي'}, {"کڪ", 'ك'}, {"ٱأإآ", 'ا'}, {"ةەہ", 'ه'},
	} {
		if strings.ContainsRune(set.from, r) {
			return set.to
		}
	}
	return r
}
