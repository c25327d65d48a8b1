package xlsx

import "github.com/soundings-survey/soundings/pipeline/report"

// quotes writes what respondents wrote from a row on, and returns the row after
// it and an empty one.
func (s *page) quotes(row int, q report.Quotes) int {
	line := func(text string, style style) {
		s.across(1, row, 10, text, style)
		s.high(row, 15*lines(text, stubWidth+9*figureWidth))
		row++
	}
	line(q.Label, tableStyle)
	for _, x := range q.Quotes {
		line(x.Topic, noteStyle)
		line(x.Text.Text, stubStyle)
		if x.Heads != "" {
			line(x.Heads, noteStyle)
			line(x.Original.Text, stubStyle)
		}
		if x.From != "" {
			line("— "+x.From, noteStyle)
		}
	}
	line(q.Note, noteStyle)
	return row + 1
}
