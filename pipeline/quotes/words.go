package quotes

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// piece is a part of a text of a quote: words of the answer, and the note in
// square brackets after them.
type piece struct {
	said, note string
	noted      bool
}

// pieces parts a text at its square brackets.
func pieces(text string) []piece {
	var out []piece
	for text != "" {
		said, rest, cut := strings.Cut(text, "[")
		note, after, closed := strings.Cut(rest, "]")
		if !cut || !closed {
			return append(out, piece{said: plain(text)})
		}
		out = append(out, piece{plain(said), note, true})
		text = after
	}
	return out
}

// Own returns the words of a text that are the respondent's: those outside of
// square brackets.
func Own(text string) string {
	var said []string
	for _, p := range pieces(text) {
		said = append(said, p.said)
	}
	return plain(strings.Join(said, " "))
}

// Quotable reports whether the words of a text are those of an answer, piece by
// piece and in their order, each word whole. What stands in square brackets is the
// editor's: it must not be empty, nor more than the respondent's own.
func Quotable(answer, text string) bool {
	answer = plain(answer)
	at, own, added := 0, 0, 0
	for _, p := range pieces(text) {
		if p.said != "" {
			if at = after(answer, p.said, at); at < 0 {
				return false
			}
		}
		if p.noted && !strings.ContainsFunc(p.note, seen) {
			return false
		}
		own += letters(p.said)
		added += letters(p.note)
	}
	return own > 0 && added <= own
}

// after returns where in an answer words end that stand there from a place on
// without a word being cut, or -1.
func after(answer, words string, from int) int {
	for {
		i := strings.Index(answer[from:], words)
		if i < 0 {
			return -1
		}
		start, end := from+i, from+i+len(words)
		if !within(answer, start) && !within(answer, end) {
			return end
		}
		_, size := utf8.DecodeRuneInString(answer[start:])
		from = start + size
	}
}

// within reports whether a place of an answer is within a word: between letters or
// digits, also where an apostrophe, a hyphen or, in a number, a point stands
// between them. Chinese has no blanks between words: each character may be one.
func within(answer string, at int) bool {
	before, n := utf8.DecodeLastRuneInString(answer[:at])
	next, m := utf8.DecodeRuneInString(answer[at:])
	switch {
	case n == 0 || m == 0:
		return false
	case wordly(before) && wordly(next):
		return !unicode.Is(unicode.Han, before) && !unicode.Is(unicode.Han, next)
	case wordly(before):
		second, _ := utf8.DecodeRuneInString(answer[at+m:])
		return joins(before, next, second)
	case wordly(next):
		second, _ := utf8.DecodeLastRuneInString(answer[:at-n])
		return joins(second, before, next)
	}
	return false
}

// joins reports whether a sign makes one word of what stands on both sides.
func joins(before, sign, next rune) bool {
	switch {
	case strings.ContainsRune("'’‘`´-‐‑", sign):
		return wordly(before) && wordly(next)
	case strings.ContainsRune(".,:/٫٬", sign):
		return unicode.IsNumber(before) && unicode.IsNumber(next)
	}
	return false
}

func wordly(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

func seen(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsPunct(r)) && !unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}
