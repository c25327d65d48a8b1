package strictyaml

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
)

// maxDepth is how deep lists and maps may stand in each other. The YAML reader
// calls itself for each.
const maxDepth = 100

// How much a file of settings may hold: the YAML reader takes time that grows
// with the square of the keys that stand side by side. A large codebook has a
// tenth of it.
const (
	maxSigns  = 200_000 // signs that could begin or end something
	maxTokens = 60_000
)

// tooMuch reports whether a file holds more than settings do.
func tooMuch(content []byte) bool {
	signs := 0
	for _, c := range content {
		if strings.IndexByte(":,-?[]{}#&*!|>\"'\n", c) >= 0 {
			signs++
		}
	}
	return signs > maxSigns || len(lexer.Tokenize(string(content))) > maxTokens
}

// plain returns the text of a file without its byte order mark and with one
// kind of line end.
func plain(content []byte) []byte {
	content = bytes.TrimPrefix(content, []byte("\xEF\xBB\xBF"))
	content = bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(content, []byte("\r"), []byte("\n"))
}

// trouble is what keeps a file from being looked at as YAML.
type trouble struct {
	row                   int
	kind, problem, remedy string
}

// textTrouble looks for what the YAML reader would pass over, or would be a
// long time over: bytes that are no text, marks that make a line look like
// another, tabs among the blanks that show what belongs to what, and brackets
// within brackets.
func textTrouble(content []byte) *trouble {
	if bytes.HasPrefix(content, []byte{0xFF, 0xFE}) || bytes.HasPrefix(content, []byte{0xFE, 0xFF}) {
		return &trouble{0, "encoding", "The file is UTF-16 and not UTF-8.", "Save it again as plain UTF-8 text."}
	}
	depth, row := 0, 0
	for text := range strings.SplitSeq(string(content), "\n") {
		row++
		switch {
		case strings.IndexByte(text, 0) >= 0:
			return &trouble{row, "nul", "The line holds a NUL byte.", "Save the file again as plain UTF-8 text."}
		case !utf8.ValidString(text):
			return &trouble{row, "encoding", "The line is not UTF-8.", "Save the file again as plain UTF-8 text."}
		case strings.IndexFunc(text, turns) >= 0:
			return &trouble{row, "turned-text", "The line holds invisible marks that turn the order of letters round, so that it looks like another than it is.", "Write the line anew."}
		case strings.Contains(text[:len(text)-len(strings.TrimLeft(text, " \t"))], "\t") && strings.TrimSpace(text) != "":
			return &trouble{row, "tab", "The line begins with a tab, which YAML does not take for indentation.", "Use blanks."}
		}
		if indicators(text) > maxDepth {
			return &trouble{row, "too-deep", "Lists stand more than 100 deep in each other.", "Check that this is the right file."}
		}
		if depth += strings.Count(text, "[") + strings.Count(text, "{") - strings.Count(text, "]") - strings.Count(text, "}"); depth > maxDepth {
			return &trouble{row, "too-deep", "Brackets stand more than 100 deep in each other.", "Close each bracket; check that this is the right file."}
		}
	}
	return nil
}

// indicators counts the signs at the beginning of a line that each begin a list
// or a key: as many stand in each other.
func indicators(text string) int {
	n := 0
	for {
		text = strings.TrimLeft(text, " \t")
		if len(text) < 2 || text[0] != '-' && text[0] != '?' && text[0] != ':' || text[1] != ' ' && text[1] != '\t' {
			return n
		}
		n, text = n+1, text[1:]
	}
}

// texts visits every key and value of a file.
type texts struct{ d *decoder }

// Visit implements ast.Visitor.
func (t texts) Visit(n ast.Node) ast.Visitor {
	switch v := n.(type) {
	case *ast.StringNode:
		t.d.text(n, v.Value)
	case *ast.LiteralNode:
		t.d.text(n, v.Value.Value)
		return nil
	}
	return t
}

// text refuses a text, also one spelt with escapes such as "\e" and "\u202e",
// that would steer a terminal or turn a page round.
func (d *decoder) text(n ast.Node, value string) {
	open := 0 // isolates that have begun and not ended
	for _, r := range value {
		switch {
		case turns(r), r >= 0x2066 && r <= 0x2069 && !isolates(r, &open):
			d.refuse(line(n), "turned-text", "The text holds invisible marks that turn the order of letters round, so that it looks like another than it is.", "Write it anew.")
			return
		case unicode.IsControl(r) && r != '\n' && r != '\t', r == '\ufffe', r == '\uffff':
			d.refuse(line(n), "control", "The text holds a control sign, which no page can show.", "Write it anew, without escapes such as \\e or \\0.")
			return
		}
	}
	if open > 0 {
		d.refuse(line(n), "turned-text", "The text begins an isolate, an invisible mark for the order of letters, and does not end it.", "End it with U+2069, or write the text anew.")
	}
}

// isolates counts a mark that begins or ends an isolate; false where it ends
// one that has not begun.
func isolates(r rune, open *int) bool {
	if r == 0x2069 {
		*open--
	} else {
		*open++
	}
	return *open >= 0
}

// turns reports whether a sign turns the order of what follows it round.
func turns(r rune) bool { return r >= 0x202a && r <= 0x202e }
