package lang

import (
	"regexp"
	"strings"
)

// Plain returns numbers as programs write them, with a decimal point.
func Plain() Numbers { return Numbers{decimal: ".", group: ",", percent: "%"} }

// Typed returns the numbers that somebody typed into a text, each with a decimal
// point and without its groups, as in "1234.5". Arabic digits are read as well
// as Western ones; a sign before a number is no part of it.
func (n Numbers) Typed(text string) []string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r >= '٠' && r <= '٩':
			return r - '٠' + '0'
		case r >= '۰' && r <= '۹':
			return r - '۰' + '0'
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		}
		return r
	}, text)
	group := "[" + regexp.QuoteMeta(n.group) + "\u00a0\u202f]"
	whole := regexp.MustCompile(`\d{1,3}(?:` + group + `\d{3})+(?:\D|$)|\d+`)
	var out []string
	for text != "" {
		at := whole.FindStringIndex(text)
		if at == nil {
			break
		}
		number := strings.TrimRightFunc(text[at[0]:at[1]], func(r rune) bool { return r < '0' || r > '9' })
		rest := text[at[0]+len(number):]
		number = regexp.MustCompile(`\D`).ReplaceAllString(number, "")
		if fraction, has := strings.CutPrefix(rest, n.decimal); has {
			if digits := leading(fraction); digits != "" {
				number += "." + digits
				rest = fraction[len(digits):]
			}
		}
		out = append(out, trimmed(number))
		text = rest
	}
	return out
}

// leading returns the digits with which a text begins.
func leading(s string) string {
	return s[:len(s)-len(strings.TrimLeft(s, "0123456789"))]
}

// trimmed takes away zeros before a whole part.
func trimmed(number string) string {
	whole, fraction, has := strings.Cut(number, ".")
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if has {
		return whole + "." + fraction
	}
	return whole
}
