package refi

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// internal begins the path of a file in the archive.
const internal = "internal://"

// mark is the byte order mark.
const mark = "\ufeff"

// Content returns the text of a source as it lies in the project, and whether
// it is there.
func (p *Project) Content(t *Text) ([]byte, bool) {
	if t.Content != nil {
		return []byte(*t.Content), true
	}
	name, inside := strings.CutPrefix(t.PlainPath, internal)
	name = strings.TrimPrefix(name, "/")
	if !inside {
		return nil, false
	}
	stem, ending, _ := strings.Cut(name, ".")
	for _, likely := range []string{name, strings.ToLower(name), strings.ToUpper(stem) + "." + ending} {
		if content, ok := p.Files[likely]; ok {
			return content, true
		}
	}
	var found []byte
	ok := false
	for file, content := range p.Files { // names differ in capitals; they are unique without them
		if strings.EqualFold(file, name) {
			found, ok = content, true
		}
	}
	return found, ok
}

// Counting says how a program counted positions, where it did not follow the
// standard: code points, two for CR LF, none for a byte order mark.
type Counting struct {
	Units bool // UTF-16 code units
	Lines bool // one for CR LF
	Mark  bool // one for the byte order mark
}

// String says what was counted otherwise, as in "CR LF counts as one".
func (c Counting) String() string {
	var parts []string
	if c.Units {
		parts = append(parts, "UTF-16 units are counted")
	}
	if c.Lines {
		parts = append(parts, "CR LF counts as one")
	}
	if c.Mark {
		parts = append(parts, "the byte order mark counts")
	}
	return strings.Join(parts, " and ")
}

// Span is a part of a text in bytes, if it was found.
type Span struct {
	Start, End int
	Found      bool
}

// Locate finds selections in a text. Programs do not all count as the standard
// says. Where the text has what they count in different ways, the names of the
// selections decide, as most programs begin them with the text selected, and
// after them how many lie in the text; in doubt the standard holds.
func Locate(content []byte, selections []Selection) ([]Span, Counting) {
	var best []Span
	var how Counting
	fit := -1
	for _, c := range countings(content) {
		at := offsets(content, c)
		spans := make([]Span, len(selections))
		score := 0
		for i, s := range selections {
			if spans[i] = locate(at, s); !spans[i].Found {
				continue
			}
			if score++; begins(string(content[spans[i].Start:spans[i].End]), s.Name) {
				score += len(selections) + 1
			}
		}
		if score > fit {
			best, how, fit = spans, c, score
		}
	}
	return best, how
}

// countings returns the ways to count that differ in a text, the standard first.
func countings(content []byte) []Counting {
	out := []Counting{{}}
	vary := func(differs bool, change func(*Counting)) {
		if !differs {
			return
		}
		for _, c := range out[:len(out):len(out)] {
			change(&c)
			out = append(out, c)
		}
	}
	vary(bytes.Contains(content, []byte("\r\n")), func(c *Counting) { c.Lines = true })
	vary(bytes.ContainsFunc(content, func(r rune) bool { return r > 0xffff }), func(c *Counting) { c.Units = true })
	vary(bytes.HasPrefix(content, []byte(mark)), func(c *Counting) { c.Mark = true })
	return out
}

// offsets returns the byte at which each position lies, that behind the last
// included; -1 where a position is within a sign.
func offsets(content []byte, c Counting) []int {
	out := make([]int, 0, len(content)+1)
	for i := 0; i < len(content); {
		r, size := utf8.DecodeRune(content[i:])
		switch {
		case i == 0 && r == 0xfeff && !c.Mark:
		case c.Lines && r == '\r' && i+1 < len(content) && content[i+1] == '\n':
			out, size = append(out, i), 2
		case c.Units && r > 0xffff:
			out = append(out, i, -1)
		default:
			out = append(out, i)
		}
		i += size
	}
	return append(out, len(content))
}

func locate(at []int, s Selection) Span {
	if s.Start < 0 || s.End < s.Start || int(s.End) >= len(at) || at[s.Start] < 0 || at[s.End] < 0 {
		return Span{}
	}
	return Span{Start: at[s.Start], End: at[s.End], Found: true}
}

// begins reports whether a text begins with a name that was made from it: blanks
// are one, and the name may be cut.
func begins(text, name string) bool {
	name = strings.Join(strings.Fields(name), " ")
	name = strings.TrimRight(strings.TrimSuffix(strings.TrimSuffix(name, "..."), "…"), " ")
	return name != "" && strings.HasPrefix(strings.Join(strings.Fields(text), " "), name)
}

// Positions returns the positions of a part of a text that is given in bytes,
// as the standard counts them.
func Positions(text string, start, end int) (Position, Position) {
	from := utf8.RuneCountInString(text[:start])
	return Position(from), Position(from + utf8.RuneCountInString(text[start:end]))
}
