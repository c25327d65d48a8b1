package expr

import (
	"fmt"
	"strings"
	"unicode"
)

type tokenKind uint8

const (
	tEnd    tokenKind = iota
	tNumber           // 12, .5
	tText             // 'yes'
	tItem             // ${name}
	tName             // selected, and, or, div, mod
	tSign             // ( ) , + - * = != < <= > >= . ..
	tWrong            // what cannot be read
)

type token struct {
	kind tokenKind
	text string
	at   int   // in characters
	err  error // of a tWrong
}

func (t token) sign(text string) bool { return t.kind == tSign && t.text == text }

// longest is how many characters an expression may have: as many as the cell of
// a workbook.
const longest = 32767

// scanner splits an expression into tokens.
type scanner struct {
	r   []rune
	at  int
	out []token
}

// scan splits an expression into tokens. Typographic quotation marks, spaces of
// all kinds and marks of direction, which word processors put into forms, are
// understood. What cannot be read is the last token but the end: the parser
// reports it, unless it finds something before.
func scan(source string) []token {
	s := scanner{r: []rune(source)}
	if len(s.r) > longest {
		problem := fmt.Sprintf("the expression is longer than %d characters", longest)
		return []token{{kind: tWrong, err: &SyntaxError{longest, problem, "split it into calculated items"}}}
	}
	for s.at < len(s.r) {
		if err := s.token(); err != nil {
			s.out = append(s.out, token{kind: tWrong, at: s.at, err: err})
			break
		}
	}
	return append(s.out, token{kind: tEnd, at: len(s.r)})
}

func (s *scanner) token() error {
	switch c := s.r[s.at]; {
	case blank(c):
		s.at++
		return nil
	case closing(c) != "":
		return s.text(closing(c))
	case c == '$':
		return s.item()
	case c == '.' && s.look(1) == '.' && s.look(2) == '/':
		return s.path(s.at)
	case c == '/' && s.opens():
		return s.path(s.at + 1)
	case digit(c) || c == '.' && digit(s.look(1)):
		return s.number()
	case unicode.IsLetter(c) || c == '_':
		return s.name()
	default:
		return s.sign()
	}
}

// look returns the character so far ahead, or 0.
func (s *scanner) look(ahead int) rune {
	if s.at+ahead >= len(s.r) {
		return 0
	}
	return s.r[s.at+ahead]
}

// put adds the token that reaches to end.
func (s *scanner) put(kind tokenKind, text string, end int) {
	s.out = append(s.out, token{kind: kind, text: text, at: s.at})
	s.at = end
}

func (s *scanner) fail(problem, remedy string) error { return &SyntaxError{s.at, problem, remedy} }

func (s *scanner) text(closers string) error {
	for end := s.at + 1; end < len(s.r); end++ {
		if strings.ContainsRune(closers, s.r[end]) {
			s.put(tText, string(s.r[s.at+1:end]), end+1)
			return nil
		}
	}
	return s.fail("a quotation mark is not closed", "close the text with the same mark")
}

func (s *scanner) item() error {
	if s.look(1) != '{' {
		return s.fail("a $ stands alone", "refer to an item as ${name}")
	}
	for end := s.at + 2; end < len(s.r); end++ {
		if s.r[end] != '}' {
			continue
		}
		name := strings.TrimFunc(string(s.r[s.at+2:end]), blank)
		switch {
		case strings.HasPrefix(name, "last-saved#"):
			return s.fail("${last-saved#...} refers to what the device kept from the response before", "it is not here; leave it out")
		case name == "" || strings.ContainsFunc(name, func(c rune) bool { return !inName(c) }):
			return s.fail("what stands in ${} is not the name of an item", "write ${name}")
		}
		s.put(tItem, name, end+1)
		return nil
	}
	return s.fail("the name of an item is not closed", "write ${name}")
}

// opens reports whether a / begins a path from the top of the form: a name
// follows, and no value stands before it, which it would divide.
func (s *scanner) opens() bool {
	if next := s.look(1); !unicode.IsLetter(next) && next != '_' {
		return false
	}
	if len(s.out) == 0 {
		return true
	}
	switch t := s.out[len(s.out)-1]; t.kind {
	case tName:
		return precedence(t) > 0
	case tSign:
		return t.text != ")" && t.text != "." && t.text != ".."
	default:
		return false
	}
}

// path reads a path from the item itself, such as ../name or ../../group/name,
// or from the top of the form, as /form/group/name, as the item at its end:
// names are not given twice, so the groups between do not matter. The first
// step of it stands at from.
func (s *scanner) path(from int) error {
	top, end, steps, name := from > s.at, from, 0, ""
	for {
		from := end
		for end < len(s.r) && (inName(s.r[end])) {
			end++
		}
		step := string(s.r[from:end])
		switch up := step == ".."; {
		case up && top:
			return s.fail("a path from the top of the form goes up again", "write ${name}")
		case up && name != "", !up && (step == "" || strings.HasPrefix(step, ".") || digit(s.r[from])):
			return s.fail("a path is not read here", "write ../name with the name of an item, or better ${name}")
		case !up:
			name = step
		}
		steps++
		if end >= len(s.r) || s.r[end] != '/' {
			break
		}
		end++
	}
	if name == "" || top && steps < 2 {
		return s.fail("a path ends at a group", "name an item, as ../name or ${name}")
	}
	s.put(tItem, name, end)
	return nil
}

func (s *scanner) number() error {
	end := s.at
	for end < len(s.r) && (digit(s.r[end]) || s.r[end] == '.') {
		end++
	}
	text := string(s.r[s.at:end])
	if strings.Count(text, ".") > 1 {
		return s.fail("a number has more than one point", "write it as 1.5")
	}
	if end < len(s.r) && (unicode.IsLetter(s.r[end]) || s.r[end] == '_') {
		return s.fail("a number runs into a word", "put a space between them, or quotation marks around both if it is the name of a choice")
	}
	s.put(tNumber, text, end)
	return nil
}

func (s *scanner) name() error {
	end := s.at
	for end < len(s.r) && (inName(s.r[end]) && s.r[end] != '.') {
		end++
	}
	s.put(tName, string(s.r[s.at:end]), end)
	return nil
}

func (s *scanner) sign() error {
	c, next := s.r[s.at], s.look(1)
	switch c {
	case '≠':
		s.put(tSign, "!=", s.at+1)
		return nil
	case '≤':
		s.put(tSign, "<=", s.at+1)
		return nil
	case '≥':
		s.put(tSign, ">=", s.at+1)
		return nil
	case '−', '–':
		s.put(tSign, "-", s.at+1)
		return nil
	}
	switch two := string(c) + string(next); two {
	case "!=", "<=", ">=", "..":
		s.put(tSign, two, s.at+2)
		return nil
	}
	if wrong, is := wrongSign(c, next); is {
		wrong.Offset = s.at
		return &wrong
	}
	if strings.ContainsRune("(),+-*=<>.", c) {
		s.put(tSign, string(c), s.at+1)
		return nil
	}
	return s.fail("there is a sign that does not belong in an expression", "remove it, or put quotation marks around the text in which it stands")
}

func digit(c rune) bool { return c >= '0' && c <= '9' }

func inName(c rune) bool {
	return unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) || strings.ContainsRune("_-:.", c)
}

// blank reports whether a character is a space, or a mark that is not seen.
func blank(c rune) bool {
	return unicode.IsSpace(c) || unicode.Is(unicode.Cf, c)
}

// closing returns the marks that can close a text opened by c.
func closing(c rune) string {
	switch c {
	case '\'', '"':
		return string(c)
	case '‘', '’', '‚', '‛':
		return "’‘"
	case '“', '”', '„', '‟':
		return "”“"
	case '«':
		return "»"
	default:
		return ""
	}
}
