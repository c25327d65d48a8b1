package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// plain takes out of what is printed all that could steer a terminal or make a
// line look like another: answers, labels, columns and files may be named so.
// All output of the command goes through one, but the line of progress on a
// terminal, which holds words of the program alone.
type plain struct {
	w    io.Writer
	json bool // signs are written as JSON escapes, which says the same to programs
}

// Write implements io.Writer.
func (p plain) Write(content []byte) (int, error) {
	var b strings.Builder
	for _, r := range string(content) { // bytes that are no text come out as U+FFFD
		switch {
		case !steers(r):
			b.WriteRune(r)
		case p.json:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(utf8.RuneError)
		}
	}
	if _, err := io.WriteString(p.w, b.String()); err != nil {
		return 0, err
	}
	return len(content), nil
}

// steers reports whether a sign steers a terminal, ends a line in the eyes of
// some programs, or turns the order of what is around it round.
func steers(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r >= 0x2028 && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// oneLine returns a message on one line, so that what it names cannot pretend
// to be a message of its own.
func oneLine(s string) string {
	return strings.NewReplacer("\n", " ", "\t", " ").Replace(s)
}

// forPrograms returns where JSON is printed.
func forPrograms(w io.Writer) io.Writer {
	if p, ok := w.(plain); ok {
		return plain{p.w, true}
	}
	return w
}

// beneath returns what a writer writes to in the end.
func beneath(w io.Writer) io.Writer {
	if p, ok := w.(plain); ok {
		return p.w
	}
	return w
}
