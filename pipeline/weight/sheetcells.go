package weight

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/spelling"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// items returns the columns of items.
func (r *sheetReader) items(leave ...int) (names []string, columns []int) {
	for k, name := range r.Header {
		name = strings.TrimSpace(name)
		if slices.Contains(leave, k) || name == "" {
			continue
		}
		switch {
		case slices.Contains(names, name):
			r.refuse("frame", 1, name, "Two columns have the name "+name+".", "Rename one, or remove it.")
		case r.usable(name, 1, name):
			names, columns = append(names, name), append(columns, k)
		}
	}
	if len(names) == 0 && len(r.found) == 0 {
		r.refuse("frame", 1, "", "The frame names no item.", "Add a column for each item, or the columns item and value.")
	}
	return names, columns
}

// usable reports whether respondents have one answer to an item that cells can be made of.
func (r *sheetReader) usable(name string, line int, column string) bool {
	it, ok := r.survey.Item(name)
	switch {
	case !ok:
		r.refuse("frame-item", line, column, "The survey has no item "+name+".", spelling.DidYouMean(name, r.survey.ItemNames(), "Correct the name, or remove it."))
	case it.Level != 0:
		r.refuse("frame-item", line, column, "The item "+name+" is asked in a repeat.", "Use items that each respondent has once.")
	case it.Type != survey.SelectOne && !it.Type.Numeric():
		r.refuse("frame-item", line, column, "The item "+name+" has neither single choices nor numbers.", "Use single-choice items, or numeric ones.")
	default:
		return true
	}
	return false
}

// value returns a choice, by its name or its label, or a number.
func (r *sheetReader) value(name, word string) (float64, bool) {
	it, _ := r.survey.Item(name)
	if it.Type.Numeric() {
		v, err := strconv.ParseFloat(word, 64)
		return v + 0, err == nil && !math.IsNaN(v) && !math.IsInf(v, 0)
	}
	choices := r.survey.Choices(it)
	at := slices.IndexFunc(choices, func(c survey.Choice) bool { return c.Name == word })
	if at >= 0 {
		return float64(at), true
	}
	for i, c := range choices {
		for _, label := range c.Label {
			if label != word || at == i {
				continue
			}
			if at >= 0 {
				return 0, false // two choices have the label
			}
			at = i
		}
	}
	return float64(at), at >= 0
}

func choiceNames(s *survey.Survey, it *survey.Item) []string {
	var out []string
	for _, c := range s.Choices(it) {
		out = append(out, c.Name)
	}
	return out
}

// number reads a count, and refuses what is none.
func (r *sheetReader) number(word string, line int, column string) (float64, bool) {
	v, err := strconv.ParseFloat(word, 64)
	switch {
	case err != nil || math.IsNaN(v) || math.IsInf(v, 0) || v > largest:
		r.refuse("frame-total", line, column, "The cell is not a number.", "Write the number without spaces or separators.")
		return 0, false
	case v < 0 && !r.negative(line):
		r.refuse("frame-total", line, column, "The total is negative.", "Correct it.")
		return 0, false
	}
	return v, true
}

// negative reports whether the row is that of a numeric item, whose total may be.
func (r *sheetReader) negative(line int) bool {
	item, value := r.column("item"), r.column("value")
	at := slices.Index(r.Lines, line)
	return item >= 0 && value >= 0 && cell(r.Rows[at], item) != "" && cell(r.Rows[at], value) == ""
}

func (r *sheetReader) column(name string) int {
	return slices.IndexFunc(r.Header, func(h string) bool { return strings.EqualFold(strings.TrimSpace(h), name) })
}

func cell(cells []string, at int) string {
	if at < 0 || at >= len(cells) {
		return ""
	}
	return strings.TrimSpace(cells[at])
}
