package bind

import (
	"bytes"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/ingest/records"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Value is what the cells of an item came to. Only the part that belongs to the
// type of the item is filled.
type Value struct {
	Reason survey.Reason // Answered, NotAnswered, NotAsked or Invalid
	Code   int32
	Set    []int32
	Int    int64
	Float  float64
	Text   []byte // the answer; or the cell as it stood, when Invalid
}

// remark is what there is to say about a cell that was bound all the same, or
// was not.
type remark uint8

const (
	nothing       remark = iota
	unread               // Invalid: LookAt tells why
	unlisted             // Invalid: no choice of that name
	trimmedNumber        // a number that was written otherwise, such as 4.0
	trimmedDate          // a date with a midnight behind it, or a moment without a time
	byLabel              // the choice was named by its label
	contradiction        // summary and split columns disagree
	twoTexts             // transcripts in two languages
	chosenTwice          // a choice is named twice in one cell
	badMark              // a split column with something that is neither yes nor no
	manyMeanings         // Invalid: a label, or labels in a row, that may mean several choices
)

// cells gives the cells of one record.
type cells interface{ Cell(k int) []byte }

// bind reads the answer to an item from the cells of a record. Sets are kept in
// the arena, which must not be reused before the value is done with.
func (p *Plan) bind(a *answer, row cells, arena *[]int32) (Value, remark) {
	if a.given != nil {
		return Value{Code: *a.given}, nothing
	}
	if a.item.Type == survey.SelectMultiple {
		return p.multiple(a, row, arena)
	}
	if a.summary < 0 && a.item.Type == survey.Rank && a.present() {
		return a.ranked(row, arena)
	}
	if a.summary < 0 {
		return Value{Reason: survey.NotAsked}, nothing // another file has the item
	}
	cell := row.Cell(a.summary)
	if len(a.more) > 0 {
		return a.firstText(row)
	}
	if len(cell) == 0 || records.Blank(cell) {
		return Value{Reason: survey.NotAnswered}, nothing
	}
	switch a.item.Type {
	case survey.SelectOne:
		if a.labelled {
			if code, ok := a.label(cell); ok {
				return a.meant(code, cell)
			}
		}
		if code, ok := a.codes[string(cell)]; ok {
			return Value{Code: code}, nothing
		}
		if code, ok := a.label(cell); ok {
			return a.meant(code, cell)
		}
		return invalid(cell), unlisted
	case survey.Rank:
		set, said, ok := a.tokens(cell, arena)
		if said == manyMeanings {
			return invalid(cell), said
		}
		if !ok || slices.Contains(set[:max(0, len(set)-1)], last(set)) {
			return invalid(cell), unlisted
		}
		return Value{Set: set}, said
	case survey.Integer:
		v, trimmed, ok := wholeNumber(cell)
		return number(Value{Int: v}, cell, ok, trimmed, trimmedNumber)
	case survey.Decimal:
		v, exponent, ok := decimal(cell)
		return number(Value{Float: v}, cell, ok, exponent, nothing)
	case survey.Date:
		v, trimmed, ok := date(cell)
		return number(Value{Int: v}, cell, ok, trimmed, trimmedDate)
	case survey.Time:
		v, ok := timeOfDay(cell)
		return number(Value{Int: v}, cell, ok, false, nothing)
	case survey.DateTime:
		v, trimmed, ok := moment(cell)
		return number(Value{Int: v}, cell, ok, trimmed, trimmedDate)
	}
	return Value{Text: cell}, nothing
}

// firstText reads a text that stands in one of several columns.
func (a *answer) firstText(row cells) (v Value, said remark) {
	v.Reason = survey.NotAnswered
	for _, k := range append([]int{a.summary}, a.more...) {
		switch cell := row.Cell(k); {
		case len(cell) == 0 || records.Blank(cell):
		case v.Reason == survey.NotAnswered:
			v = Value{Text: cell}
		default:
			said = twoTexts
		}
	}
	return v, said
}

func invalid(cell []byte) Value { return Value{Reason: survey.Invalid, Text: cell} }

func number(v Value, cell []byte, ok, trimmed bool, said remark) (Value, remark) {
	switch {
	case !ok:
		return invalid(cell), unread
	case trimmed:
		return v, said
	}
	return v, nothing
}

func last(set []int32) int32 {
	if len(set) == 0 {
		return -1
	}
	return set[len(set)-1]
}

// label returns the code of the choice that has the label in a cell, with or
// without its markup; it is -1 when several have it.
func (a *answer) label(cell []byte) (int32, bool) {
	if code, ok := a.labels[string(cell)]; ok {
		return code, true
	}
	if !bytes.ContainsAny(cell, "<&*_\\[#\n\r\t ") {
		return 0, false
	}
	code, ok := a.labels[survey.PlainText(string(cell))]
	return code, ok
}

// meant returns the answer for a label.
func (a *answer) meant(code int32, cell []byte) (Value, remark) {
	if code < 0 {
		return invalid(cell), manyMeanings
	}
	return Value{Code: code}, byLabel
}

// tokens reads the choices named in a cell: names with blanks between them; or
// one label; or names or labels with a semicolon, bar or comma between them; or
// labels with blanks between them, where they can be told apart in one way only.
// Where the columns bear labels, labels go before names.
func (a *answer) tokens(cell []byte, arena *[]int32) (set []int32, said remark, ok bool) {
	start := len(*arena)
	if a.sign != "" {
		if a.joined(string(cell), a.sign, arena) {
			return (*arena)[start:], nothing, true
		}
		*arena = (*arena)[:start]
		return nil, unlisted, false
	}
	if a.labelled {
		switch ways := a.segment(cell, arena); ways {
		case 1:
			return (*arena)[start:], byLabel, true
		case 2:
			return nil, manyMeanings, false
		}
	}
	good := true
	for rest := cell; good; {
		rest = bytes.TrimLeft(rest, " ")
		if len(rest) == 0 {
			break
		}
		end := bytes.IndexByte(rest, ' ')
		if end < 0 {
			end = len(rest)
		}
		code, known := a.codes[string(rest[:end])]
		if good = known; known {
			*arena = append(*arena, code)
		}
		rest = rest[end:]
	}
	if good {
		return (*arena)[start:], nothing, true
	}
	*arena = (*arena)[:start]
	if code, ok := a.label(cell); ok && code >= 0 {
		*arena = append(*arena, code)
		return (*arena)[start:], byLabel, true
	}
	for _, sign := range []string{";", "|", ","} {
		if a.joined(string(cell), sign, arena) {
			return (*arena)[start:], byLabel, true
		}
		*arena = (*arena)[:start]
	}
	if !a.labelled {
		switch ways := a.segment(cell, arena); ways {
		case 1:
			return (*arena)[start:], byLabel, true
		case 2:
			return nil, manyMeanings, false
		}
	}
	return nil, unlisted, false
}

// joined reads names or labels with a sign between them, all or none.
func (a *answer) joined(cell, sign string, arena *[]int32) bool {
	if a.sign == "" && !strings.Contains(cell, sign) {
		return false
	}
	for part := range strings.SplitSeq(cell, sign) {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		code, ok := a.codes[part]
		if !ok {
			if code, ok = a.label([]byte(part)); !ok || code < 0 {
				return false
			}
		}
		*arena = append(*arena, code)
	}
	return true
}
