package expr

import (
	"errors"
	"regexp"
	"regexp/syntax"
	"strings"
	"sync/atomic"
)

// pattern compiles a regular expression of Java, which ODK applies to the whole
// text, for Go. Where the two would differ, or Go has nothing to match, it is
// refused; the error is a problem to be read by people.
func pattern(source string) (*regexp.Regexp, error) {
	translated, err := translatePattern(source)
	if err != nil {
		return nil, err
	}
	if _, err := regexp.Compile(translated); err != nil { // alone, so that brackets cannot reach out of the frame
		if known, is := errors.AsType[*syntax.Error](err); is {
			return nil, errors.New("its pattern has an " + known.Code.String())
		}
		return nil, err
	}
	return regexp.Compile(`\A(?:` + translated + `)\z`)
}

// translatePattern writes a pattern of Java as one of Go.
func translatePattern(source string) (string, error) {
	t := patternTranslator{r: []rune(source)}
	for t.at < len(t.r) {
		if err := t.step(); err != nil {
			return "", err
		}
	}
	return t.out.String(), nil
}

type patternTranslator struct {
	r     []rune
	at    int
	class bool // inside [...]
	fresh bool // right after [ or [^
	out   strings.Builder
}

func (t *patternTranslator) look(ahead int) rune {
	if t.at+ahead >= len(t.r) {
		return 0
	}
	return t.r[t.at+ahead]
}

func (t *patternTranslator) copy(n int) {
	t.out.WriteString(string(t.r[t.at : t.at+n]))
	t.at += n
}

func (t *patternTranslator) step() error {
	c := t.r[t.at]
	fresh := t.fresh
	t.fresh = false
	switch {
	case c == '\\':
		return t.escape()
	case t.class:
		return t.inClass(c, fresh)
	case c == '[':
		t.class, t.fresh = true, true
		t.copy(1)
		if t.look(0) == '^' {
			t.copy(1)
		}
		return nil
	case c == '(' && t.look(1) == '?':
		return t.group()
	case strings.ContainsRune("*+?}", c) && t.look(1) == '+':
		return errors.New("its pattern has a possessive quantifier (" + string(c) + "+)")
	}
	t.copy(1)
	return nil
}

func (t *patternTranslator) inClass(c rune, fresh bool) error {
	switch {
	case c == ']' && !fresh:
		t.class = false
	case c == '[' && t.look(1) == ':':
		for n := 2; t.look(n) != 0; n++ {
			if t.look(n) == ':' && t.look(n+1) == ']' {
				t.copy(n + 2)
				return nil
			}
		}
		return errors.New("its pattern has a class within a class")
	case c == '[':
		return errors.New("its pattern has a class within a class")
	case c == '&' && t.look(1) == '&':
		return errors.New("its pattern has an intersection of classes (&&)")
	}
	t.copy(1)
	return nil
}

func (t *patternTranslator) group() error {
	switch next, after := t.look(2), t.look(3); {
	case next == '=' || next == '!':
		return errors.New("its pattern looks ahead")
	case next == '<' && (after == '=' || after == '!'):
		return errors.New("its pattern looks back")
	case next == '>':
		return errors.New("its pattern has an atomic group")
	}
	t.copy(2)
	return nil
}

func (t *patternTranslator) escape() error {
	switch next := t.look(1); {
	case next >= '1' && next <= '9' && !t.class, next == 'k':
		return errors.New("its pattern refers back to a group")
	case next == 'u' && hexadecimal(t.r, t.at+2, 4):
		t.out.WriteString(`\x{` + string(t.r[t.at+2:t.at+6]) + `}`)
		t.at += 6
		return nil
	case next == 'h':
		if t.class {
			t.out.WriteString(`\t\p{Zs}`)
		} else {
			t.out.WriteString(`[\t\p{Zs}]`)
		}
		t.at += 2
		return nil
	case (next == 'p' || next == 'P') && t.look(2) == '{':
		return t.property()
	case next == 'Q' && t.class:
		return errors.New("its pattern quotes within a class")
	case next == 'Q':
		t.quoted()
		return nil
	case next == 0:
		return errors.New("its pattern ends in a backslash")
	}
	t.copy(2)
	return nil
}

// quoted copies \Q...\E.
func (t *patternTranslator) quoted() {
	rest := string(t.r[t.at+2:])
	text, _, closed := strings.Cut(rest, `\E`)
	t.out.WriteString(regexp.QuoteMeta(text))
	t.at += 2 + len([]rune(text))
	if closed {
		t.at += 2
	}
}

// property writes \p{...} with Go's names.
func (t *patternTranslator) property() error {
	end := t.at + 3
	for end < len(t.r) && t.r[end] != '}' {
		end++
	}
	if end == len(t.r) {
		return errors.New("its pattern has a property that is not closed")
	}
	name := string(t.r[t.at+3 : end])
	switch name {
	case "Alpha", "Lower", "Upper", "Digit", "Alnum", "Punct", "Graph", "Print", "Blank", "Cntrl", "XDigit", "Space", "ASCII":
		posix := "[:" + strings.ToLower(name) + ":]"
		if t.r[t.at+1] == 'P' {
			posix = "[:^" + strings.ToLower(name) + ":]"
		}
		if !t.class {
			posix = "[" + posix + "]"
		}
		t.out.WriteString(posix)
	case "IsAlphabetic":
		t.out.WriteString(`\` + string(t.r[t.at+1]) + `{L}`)
	default:
		script := strings.TrimPrefix(strings.TrimPrefix(name, "Is"), "script=")
		t.out.WriteString(`\` + string(t.r[t.at+1]) + `{` + script + `}`)
	}
	t.at = end + 1
	return nil
}

func hexadecimal(r []rune, from, n int) bool {
	if from+n > len(r) {
		return false
	}
	for _, c := range r[from : from+n] {
		if !strings.ContainsRune("0123456789abcdefABCDEF", c) {
			return false
		}
	}
	return true
}

// checkRegex refuses, when the form is read, a pattern that cannot be applied.
func checkRegex(args []node) (problem, remedy string) {
	lit, written := args[1].(literal)
	if !written {
		return "", ""
	}
	if _, err := pattern(lit.v.Str()); err != nil {
		return "regex() cannot be applied: " + err.Error(), "write the pattern without it, or use contains(), starts-with() and the like"
	}
	return "", ""
}

// lastPattern is the pattern that was applied last.
type lastPattern struct {
	source string
	re     *regexp.Regexp // nil where it cannot be applied
}

// regex compiles the test against a pattern. One that is not written out, but
// computed, is translated when it changes; where that fails the test does not
// hold.
func regex(_ compiler, nodes []node, args []compiled) compiled {
	text := args[0].asText()
	if lit, written := nodes[1].(literal); written {
		re, err := pattern(lit.v.Str())
		return compiled{truth: func(e Env) bool { return err == nil && re.MatchString(text(e)) }}
	}
	source := args[1].asText()
	last := new(atomic.Pointer[lastPattern])
	return compiled{truth: func(e Env) bool {
		s := source(e)
		p := last.Load()
		if p == nil || p.source != s {
			p = &lastPattern{source: s}
			if re, err := pattern(s); err == nil {
				p.re = re
			}
			last.Store(p)
		}
		return p.re != nil && p.re.MatchString(text(e))
	}}
}
