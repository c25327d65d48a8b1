package coding

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/language"
)

// words are what stands in a workbook besides answers and codes, in one language.
type words struct {
	unit, coder, question, language, answer, code, flag, note, suggested, learnt, rules, decision string

	none, unclear string // what a flag may say

	answers, codes, help string // names of the sheets

	group, definition, include, exclude string // heads of the sheet of codes

	notInList string   // what a program says of a code that is not in the list
	hint      string   // what suggestions are
	guide     []string // how to code
	judge     []string // how to decide
}

// wordsOf returns the words of a language, the English ones where it has none.
func wordsOf(language string) words {
	switch language {
	case "ar":
		return arabic()
	case "es":
		return spanish()
	case "fr":
		return french()
	case "ru":
		return russian()
	case "zh":
		return chinese()
	}
	return english()
}

// The columns of files that come back, by the names that files of other programs
// give them. Workbooks have words of their language in their place.
const (
	colUnit     = "unit"
	colUUID     = "_uuid"
	colItem     = "item"
	colCoder    = "coder"
	colLanguage = "language"
	colAnswer   = "answer"
	colCode     = "code"
	colCodes    = "codes"
	colFlag     = "flag"
	colNote     = "note"
	colDecision = "decision"
	colDrawn    = "drawn"
)

// column returns which column a head names, "" for one that is not read. Numbers
// behind it do not count: there may be several columns of codes.
func column(head string) string {
	head = strings.ToLower(strings.TrimSpace(head))
	if slices.Contains([]string{colUnit, colUUID, colItem, colCoder, colAnswer, colCodes, colFlag, colDrawn}, head) {
		return head
	}
	bare := strings.TrimRight(head, "0123456789 _")
	switch bare {
	case colCode, colDecision:
		return bare
	}
	for _, l := range language.All() {
		w := wordsOf(l)
		for _, c := range [...]struct{ word, column string }{{w.unit, colUnit}, {w.coder, colCoder}, {w.answer, colAnswer}, {w.flag, colFlag}} {
			if head == strings.ToLower(c.word) {
				return c.column
			}
		}
		for _, c := range [...]struct{ word, column string }{{w.code, colCode}, {w.decision, colDecision}} {
			if bare == strings.ToLower(c.word) {
				return c.column
			}
		}
	}
	return ""
}

// Flag is what a coder says in place of a code.
type Flag string

// The flags.
const (
	NoFlag  Flag = ""
	None    Flag = "none"    // no code fits
	Unclear Flag = "unclear" // it cannot be coded: not understood, or not legible
)

// flagOf reads a flag in any of the languages.
func flagOf(cell string) (Flag, bool) {
	cell = strings.ToLower(strings.TrimSpace(cell))
	switch cell {
	case "":
		return NoFlag, true
	case string(None):
		return None, true
	case string(Unclear):
		return Unclear, true
	}
	for _, l := range language.All() {
		w := wordsOf(l)
		switch cell {
		case strings.ToLower(w.none):
			return None, true
		case strings.ToLower(w.unclear):
			return Unclear, true
		}
	}
	return NoFlag, false
}
