package objects

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// token is a kind of token of JSON: its first sign, or one of those below.
type token byte

const (
	end    token = 0
	text   token = '"'
	number token = '0'
	yes    token = 't'
	no     token = 'f'
	null   token = 'n'
	word   token = 'w' // NaN, Infinity and the like, which are no JSON
)

// flaw is what is the matter with a token that could be read all the same.
type flaw uint8

const (
	notUTF8 flaw = 1 << iota
	loneSurrogate
	tooLong
)

// syntaxError says that the file stops being JSON at a line.
type syntaxError struct {
	line int64
	what string
}

func (e *syntaxError) Error() string { return fmt.Sprintf("line %d: %s", e.line, e.what) }

// lexer reads the tokens of JSON (RFC 8259). Unlike the decoder of the standard
// library it mends nothing: bytes that are no UTF-8 and halves of surrogate
// pairs are reported, the literal text of numbers is kept, and no token is
// longer in memory than a cell may be.
type lexer struct {
	in    *bufio.Reader
	line  int64
	bytes int // of texts and numbers since the count was last set to 0
	text  []byte
	flaw  flaw
	lined bool // a record is under way that must end on its line
}

func newLexer(in io.Reader) *lexer { return &lexer{in: bufio.NewReaderSize(in, 1<<16), line: 1} }

func (l *lexer) bad(what string) error { return &syntaxError{l.line, what} }

// blank passes over white space and returns the sign behind it; 0 at the end.
func (l *lexer) blank() (byte, error) {
	for {
		b, err := l.in.ReadByte()
		switch {
		case errors.Is(err, io.EOF):
			return 0, nil
		case err != nil:
			return 0, err
		case b == '\n' && l.lined:
			if err := l.in.UnreadByte(); err != nil {
				return 0, err
			}
			return 0, l.bad("it is not closed before the end of its line")
		case b == '\n':
			l.line++
		case b == ' ', b == '\t', b == '\r':
		case b == 0:
			return 0, l.bad("a NUL byte stands between values")
		default:
			return b, nil
		}
	}
}

// next reads a token. The text of one is good until the next call.
func (l *lexer) next() (token, error) {
	b, err := l.blank()
	if err != nil || b == 0 {
		return end, err
	}
	l.text, l.flaw = l.text[:0], 0
	switch {
	case b == '{', b == '}', b == '[', b == ']', b == ',', b == ':':
		return token(b), nil
	case b == '"':
		return text, l.quoted()
	case b == '-', b >= '0' && b <= '9':
		return l.number(b)
	case letter(b):
		return l.word(b)
	}
	return end, l.bad("a sign stands where a value should begin")
}

func letter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// add takes a part of a text, up to the most that a cell may hold.
func (l *lexer) add(part ...byte) {
	l.bytes += len(part)
	if len(l.text)+len(part) > records.MaxCell {
		l.flaw |= tooLong
		return
	}
	l.text = append(l.text, part...)
}

// quoted reads a text behind its opening quote.
func (l *lexer) quoted() error {
	for {
		b, err := l.in.ReadByte()
		switch {
		case errors.Is(err, io.EOF):
			return l.bad("a text is not closed")
		case err != nil:
			return err
		case b == '"':
			if !utf8.Valid(l.text) && l.flaw&tooLong == 0 {
				l.flaw |= notUTF8
			}
			return nil
		case b == '\\':
			if err := l.escape(); err != nil {
				return err
			}
		case b < 0x20:
			if err := l.in.UnreadByte(); err != nil {
				return err
			}
			return l.bad("a text is not closed before the end of its line, or holds a control character")
		default:
			l.add(b)
		}
	}
}

func (l *lexer) escape() error {
	b, err := l.in.ReadByte()
	if err != nil {
		return l.cut(err)
	}
	switch b {
	case '"', '\\', '/':
		l.add(b)
	case 'b':
		l.add('\b')
	case 'f':
		l.add('\f')
	case 'n':
		l.add('\n')
	case 'r':
		l.add('\r')
	case 't':
		l.add('\t')
	case 'u':
		return l.escaped()
	default:
		return l.bad("a backslash stands before a sign that it does not go with")
	}
	return nil
}

// escaped reads a character written as \uXXXX, or as two of them.
func (l *lexer) escaped() error {
	r, err := l.hex()
	if err != nil {
		return err
	}
	if utf16.IsSurrogate(r) {
		second, err := l.in.Peek(2)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		low := rune(-1)
		if string(second) == `\u` && r < 0xDC00 {
			if _, err := l.in.Discard(2); err != nil {
				return err
			}
			if low, err = l.hex(); err != nil {
				return err
			}
		}
		if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
			l.flaw |= loneSurrogate
		}
	}
	l.add(utf8.AppendRune(nil, r)...)
	return nil
}

func (l *lexer) hex() (rune, error) {
	var r rune
	for range 4 {
		b, err := l.in.ReadByte()
		if err != nil {
			return 0, l.cut(err)
		}
		switch {
		case b >= '0' && b <= '9':
			r = r<<4 | rune(b-'0')
		case b|0x20 >= 'a' && b|0x20 <= 'f':
			r = r<<4 | rune(b|0x20-'a'+10)
		default:
			return 0, l.bad("a character that is written by its number has no such number")
		}
	}
	return r, nil
}

// cut turns the end of the file inside a token into an error of its syntax.
func (l *lexer) cut(err error) error {
	if errors.Is(err, io.EOF) {
		return l.bad("the file stops inside a value")
	}
	return err
}

// rest adds what follows of a number or word.
func (l *lexer) rest(b byte, more func(byte) bool) error {
	for {
		l.add(b)
		next, err := l.in.ReadByte()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if !more(next) {
			return l.in.UnreadByte()
		}
		b = next
	}
}

func (l *lexer) number(b byte) (token, error) {
	if err := l.rest(b, func(b byte) bool {
		return b >= '0' && b <= '9' || b == '+' || b == '-' || b == '.' || letter(b)
	}); err != nil {
		return end, err
	}
	switch {
	case isNumber(l.text):
		return number, nil
	case string(l.text) == "-Infinity", string(l.text) == "-NaN":
		return word, nil
	}
	return end, l.bad("a number is not written as JSON writes it")
}

// isNumber reports whether a text is a number of JSON.
func isNumber(s []byte) bool {
	digits := func() bool {
		n := 0
		for n < len(s) && s[n] >= '0' && s[n] <= '9' {
			n++
		}
		s = s[n:]
		return n > 0
	}
	if len(s) > 0 && s[0] == '-' {
		s = s[1:]
	}
	if len(s) > 1 && s[0] == '0' && s[1] >= '0' && s[1] <= '9' || !digits() {
		return false
	}
	if len(s) > 0 && s[0] == '.' {
		if s = s[1:]; !digits() {
			return false
		}
	}
	if len(s) > 0 && s[0]|0x20 == 'e' {
		if s = s[1:]; len(s) > 0 && (s[0] == '+' || s[0] == '-') {
			s = s[1:]
		}
		if !digits() {
			return false
		}
	}
	return len(s) == 0
}

func (l *lexer) word(b byte) (token, error) {
	if err := l.rest(b, letter); err != nil {
		return end, err
	}
	switch string(l.text) {
	case "true":
		return yes, nil
	case "false":
		return no, nil
	case "null":
		return null, nil
	case "NaN", "nan", "Infinity", "inf", "undefined", "None", "True", "False":
		return word, nil
	}
	return end, l.bad("a word stands where a value should")
}

// toNextLine passes over what is left of a line. It reports whether another
// follows.
func (l *lexer) toNextLine() (bool, error) {
	for {
		_, err := l.in.ReadSlice('\n')
		switch {
		case err == nil:
			l.line++
			return true, nil
		case errors.Is(err, io.EOF):
			return false, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return false, err
		}
	}
}
