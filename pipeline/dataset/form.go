package dataset

import (
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Form writes response i's answer to an item as text: names of choices with a
// blank between them, numbers with the digits they need, dates and times in ISO
// 8601, and as it came in what did not bind. It is "" where there is no answer
// and where the layout lacks the item. Cleaning logs speak of answers in this
// form. It belongs in restricted output only.
func (b *Batch) Form(i int, item string) string {
	c := b.Column(item)
	if c == nil {
		return ""
	}
	switch c.Reasons[i] {
	case survey.NotAsked, survey.NotAnswered:
		return ""
	case survey.Invalid:
		raw, _ := b.Raw(i, item)
		return raw
	}
	return c.Form(i, b.Layout.Survey.Choices(c.Item))
}

// Form writes the answer of response i, given the choices of the item.
func (c *Column) Form(i int, choices []survey.Choice) string {
	switch c.Item.Type {
	case survey.SelectOne:
		if c.Codes[i] == NoCode {
			return ""
		}
		return choices[c.Codes[i]].Name
	case survey.SelectMultiple, survey.Rank:
		names := make([]string, len(c.Set(i)))
		for k, code := range c.Set(i) {
			names[k] = choices[code].Name
		}
		return strings.Join(names, " ")
	case survey.Integer:
		return strconv.FormatInt(c.Ints[i], 10)
	case survey.Decimal:
		return strconv.FormatFloat(c.Floats[i], 'f', -1, 64)
	case survey.Date, survey.Time, survey.DateTime:
		return FormatTime(c.Item.Type, c.Ints[i])
	}
	return c.Text(i)
}
