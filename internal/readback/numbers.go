// Package readback reads the files of a report back as their readers meet them
// and finds every number in them, so that a test can ask the ledger for each.
// It shares no code with what writes them.
package readback

import (
	"strings"
	"unicode"
)

// Sign is how a language writes numbers.
type Sign struct{ Decimal, Group string } // Group holds every sign that parts thousands

// SignOf returns how numbers are written in a language.
func SignOf(tag string) Sign {
	switch tag {
	case "fr", "es", "ru":
		return Sign{Decimal: ",", Group: "\u202f\u00a0"}
	}
	return Sign{Decimal: ".", Group: ","}
}

// Numbers returns the numbers of a text in order, as a program writes them: with
// a decimal point and without signs between thousands, whatever digits they are
// written in. A sign before a number is not part of it.
func (s Sign) Numbers(text string) []string {
	r := []rune(text)
	var out []string
	for i := 0; i < len(r); {
		if digit(r[i]) < 0 {
			i++
			continue
		}
		var b strings.Builder
		for i < len(r) {
			if d := digit(r[i]); d >= 0 {
				b.WriteByte(byte('0' + d))
				i++
				continue
			}
			if strings.ContainsRune(s.Group, r[i]) && thousands(r[i+1:]) {
				i++
				continue
			}
			break
		}
		if i+1 < len(r) && string(r[i]) == s.Decimal && digit(r[i+1]) >= 0 {
			b.WriteByte('.')
			for i++; i < len(r) && digit(r[i]) >= 0; i++ {
				b.WriteByte(byte('0' + digit(r[i])))
			}
		}
		out = append(out, b.String())
	}
	return out
}

// digit returns what a digit of any script is worth, -1 for other signs.
func digit(r rune) int {
	if r < 0x80 {
		if r >= '0' && r <= '9' {
			return int(r - '0')
		}
		return -1
	}
	if !unicode.Is(unicode.Nd, r) {
		return -1
	}
	zero := r
	for unicode.Is(unicode.Nd, zero-1) && r-zero < 9 {
		zero--
	}
	return int(r - zero)
}

// thousands reports whether a group of exactly three digits begins a text.
func thousands(r []rune) bool {
	if len(r) < 3 {
		return false
	}
	for _, d := range r[:3] {
		if digit(d) < 0 {
			return false
		}
	}
	return len(r) == 3 || digit(r[3]) < 0
}
