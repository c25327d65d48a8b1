package bind

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// isLimeSurvey reports whether columns are those of a LimeSurvey export: it adds
// columns of its own, and writes parts of a question in brackets.
func isLimeSurvey(names []string) bool {
	own := 0
	for _, name := range names {
		switch name {
		case "submitdate", "lastpage", "startlanguage", "datestamp", "startdate":
			own++
		}
	}
	return own >= 2
}

// bracketed is a column of LimeSurvey for a part of a question, such as
// Q2[SQ001], Q4[SQ001_SQ002], Q6[SQ001][1] or Q1[other].
var bracketed = regexp.MustCompile(`^([\pL_][\pL\pN_]*)\[([^\[\]]+)\](?:\[([^\[\]]+)\])?$`)

// limeColumn says what a column of LimeSurvey means that has another name in a
// form, where names have no brackets.
func (m *matcher) limeColumn(items map[string]int, c Column) (Column, bool) {
	if limeOwn.MatchString(c.As) {
		c.Role = SetAside
		return c, true
	}
	parts := bracketed.FindStringSubmatch(c.As)
	if parts == nil {
		return c, false
	}
	base, inner, scale := parts[1], parts[2], parts[3]
	if scale != "" {
		inner += "_" + scale
	}
	whole, known := items[base]
	known = known && whole != ambiguous
	if inner == "filecount" {
		c.Role = SetAside
		return c, true
	}
	if known && scale == "" {
		if out, ok := m.limePart(items, c, whole, base, inner); ok {
			return out, true
		}
	}
	if i, ok := joinedName(items, base, inner); ok {
		return m.item(c, i), true
	}
	return c, false
}

// limeOwn are columns about the person and the machine that LimeSurvey can add.
var limeOwn = regexp.MustCompile(`^(interviewtime|groupTime\d+|firstname|lastname|email|attribute_\d+)$`)

// limePart finds what a part of a question with choices means: whether a choice
// was made, the place of a choice in an order, or the text beside "other".
func (m *matcher) limePart(items map[string]int, c Column, whole int, base, inner string) (Column, bool) {
	item := &m.survey.Items[whole]
	list := m.survey.List(item.List)
	if list == nil || !item.Type.HasChoices() {
		return c, false
	}
	if item.Role == survey.Identifying {
		c.Item, c.Role = whole, SetAside
		return c, true
	}
	code, isChoice := list.Code(inner)
	switch {
	case item.Type == survey.Rank:
		place, err := strconv.Atoi(inner)
		if err != nil || place < 1 || place > len(list.Choices) {
			return c, false
		}
		c.Role, c.Item, c.Code = Choice, whole, int32(place-1)
		return c, true
	case inner == "other":
		text, hasText := joinedName(items, base, inner)
		if hasText {
			c = m.item(c, text)
		}
		if item.Type == survey.SelectMultiple && isChoice {
			c.Marks = &Mark{Item: whole, Code: code}
			if !hasText {
				c.Role, c.Item, c.Code = Choice, whole, code
			}
			return c, true
		}
		return c, hasText
	case item.Type == survey.SelectMultiple && isChoice:
		c.Role, c.Item, c.Code = Choice, whole, code
		return c, true
	}
	return c, false
}

// joinedName finds the item of a form that stands for a part of a question.
func joinedName(items map[string]int, base, inner string) (int, bool) {
	for _, sep := range []string{"_", "", "-", ".", "/"} {
		if i, ok := items[base+sep+inner]; ok && i != ambiguous {
			return i, true
		}
	}
	return 0, false
}

// otherChoice lets the word by which LimeSurvey writes "other" stand for the
// choice of that name.
func (a *answer) otherChoice() {
	const word = "-oth-"
	if code, ok := a.codes["other"]; ok {
		if _, taken := a.codes[word]; !taken {
			a.codes[word] = code
		}
	}
}

// Mark is a choice of another item that a text speaks for: what was written
// beside "other" says that "other" was chosen.
type Mark struct {
	Item int // index in Survey.Items
	Code int32
}

// ranked reads an order from a column for each place in it.
func (a *answer) ranked(row cells, arena *[]int32) (Value, remark) {
	start := len(*arena)
	var all []string
	good, gap := true, false
	for _, c := range a.choices { // in the order of places
		cell := row.Cell(c.column)
		if strings.TrimSpace(string(cell)) == "" {
			gap = true
			continue
		}
		all = append(all, string(cell))
		code, ok := a.codes[string(cell)]
		if !ok {
			code, ok = a.labels[string(cell)]
			ok = ok && code >= 0
		}
		for _, before := range (*arena)[start:] {
			ok = ok && before != code
		}
		good = good && ok && !gap
		*arena = append(*arena, code)
	}
	switch {
	case len(all) == 0:
		return Value{Reason: survey.NotAnswered}, nothing
	case !good:
		return invalid([]byte(strings.Join(all, " "))), unlisted
	}
	return Value{Set: (*arena)[start:]}, nothing
}
