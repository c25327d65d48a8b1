package answers

import (
	"sort"
	"strings"
)

// flat is a text with LF at the ends of lines and without byte order marks before
// it, and where each of its bytes comes from.
type flat struct {
	text string
	at   []int // for each byte, and for the end, the byte of the text it was made from
}

func flatten(text string) flat {
	var out strings.Builder
	f := flat{at: make([]int, 0, len(text)+1)}
	for i := len(text) - len(strings.TrimLeft(text, "\ufeff")); i < len(text); i++ {
		c := text[i]
		f.at = append(f.at, i)
		if c == '\r' {
			if c = '\n'; i+1 < len(text) && text[i+1] == '\n' {
				i++
			}
		}
		out.WriteByte(c)
	}
	f.text = out.String()
	f.at = append(f.at, len(text))
	return f
}

// from returns the byte of the flat text at a byte of the text it was made from.
func (f flat) from(i int) int { return min(sort.SearchInts(f.at, i), len(f.text)) }

// to returns the byte of the text at a byte of the flat one.
func (f flat) to(i int) int { return f.at[min(i, len(f.at)-1)] }
