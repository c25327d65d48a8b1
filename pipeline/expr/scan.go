package expr

import (
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
	tSign             // ( ) , + - * = != < <= > >= . .. | /
)

type token struct {
	kind tokenKind
	text string
	at   int // offset in characters
}

// scan splits an expression into tokens. Typographic quotation marks and spaces
// of all kinds, which word processors put into forms, are understood.
func scan(source string) ([]token, error) {
	r := []rune(source)
	var out []token
	for i := 0; i < len(r); {
		c := r[i]
		switch {
		case unicode.IsSpace(c) || c == '\u200b' || c == '\ufeff':
			i++
		case closing(c) != "":
			end := i + 1
			for end < len(r) && !strings.ContainsRune(closing(c), r[end]) {
				end++
			}
			if end == len(r) {
				return nil, &SyntaxError{i, "a quotation mark is not closed", "close the text with the same mark"}
			}
			out = append(out, token{tText, string(r[i+1 : end]), i})
			i = end + 1
		case c == '$' && i+1 < len(r) && r[i+1] == '{':
			end := i + 2
			for end < len(r) && r[end] != '}' {
				end++
			}
			name := strings.TrimSpace(string(r[min(i+2, len(r)):end]))
			if end == len(r) || name == "" || strings.ContainsAny(name, "${}()'\" ") {
				return nil, &SyntaxError{i, "the name of an item is not closed or not a name", "write it as ${name}"}
			}
			name = strings.TrimPrefix(name, "last-saved#")
			out = append(out, token{tItem, name, i})
			i = end + 1
		case unicode.IsDigit(c) && c < 0x80 || c == '.' && i+1 < len(r) && r[i+1] >= '0' && r[i+1] <= '9':
			end := i
			for end < len(r) && (r[end] >= '0' && r[end] <= '9' || r[end] == '.') {
				end++
			}
			text := string(r[i:end])
			if strings.Count(text, ".") > 1 {
				return nil, &SyntaxError{i, "a number has more than one point", "write it as 1.5"}
			}
			out = append(out, token{tNumber, text, i})
			i = end
		case unicode.IsLetter(c) || c == '_':
			end := i
			for end < len(r) && (unicode.IsLetter(r[end]) || unicode.IsDigit(r[end]) || strings.ContainsRune("_-:", r[end])) {
				end++
			}
			out = append(out, token{tName, string(r[i:end]), i})
			i = end
		default:
			text := string(c)
			if i+1 < len(r) {
				if two := string(r[i : i+2]); two == "!=" || two == "<=" || two == ">=" || two == ".." || two == "==" {
					text = two
				}
			}
			switch text {
			case "≠":
				out = append(out, token{tSign, "!=", i})
			case "≤":
				out = append(out, token{tSign, "<=", i})
			case "≥":
				out = append(out, token{tSign, ">=", i})
			case "(", ")", ",", "+", "-", "*", "=", "!=", "<", "<=", ">", ">=", ".", "..", "/", "|":
				out = append(out, token{tSign, text, i})
			case "−", "–":
				out = append(out, token{tSign, "-", i})
			case "==":
				return nil, &SyntaxError{i, "there is no operator ==", "write ="}
			case "&":
				return nil, &SyntaxError{i, "there is no operator &", "write and"}
			default:
				return nil, &SyntaxError{i, "there is a sign that does not belong in an expression", "remove it"}
			}
			i += len([]rune(text))
		}
	}
	return append(out, token{tEnd, "", len(r)}), nil
}

// closing returns the marks that can close a text opened by c.
func closing(c rune) string {
	switch c {
	case '\'':
		return "'"
	case '"':
		return "\""
	case '‘', '’', '‚':
		return "’‘"
	case '“', '”', '„':
		return "”“"
	default:
		return ""
	}
}
