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
		line(spoken(x.Text), stubStyle)
		if x.Heads != "" {
			line(x.Heads, noteStyle)
			line(spoken(x.Original), stubStyle)
		}
		if x.From != "" {
			line("— "+x.From, noteStyle)
		}
	}
	for _, note := range q.Notes {
		line(note, noteStyle)
	}
	return row + 1
}

// spoken is a text in the direction of its own language.
func spoken(s report.Spoken) string { return "\u2068" + s.Text + "\u2069" }
