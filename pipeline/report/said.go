package report

import (
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/protect"
)

// A figure on its way into a sentence stands between marks, behind the place of
// its key in a list: translations put words in orders of their own, and figures
// must be found again in any of them. The marks are noncharacters, which stand
// in no text. prose takes all of them out again.
const (
	figureBegin = "\uFDD0"
	figureText  = "\uFDD1"
	figureEnd   = "\uFDD2"
)

// said writes a figure for a sentence, which prose must be made of.
func (c *composer) said(n protect.Number) string { return c.saidAs(c.text(n), n) }

// saidAs is said of a figure that is written already. A withheld one is no
// number.
func (c *composer) saidAs(text string, n protect.Number) string {
	if n.Status() != protect.Published {
		return text
	}
	figure, marked := strings.CutSuffix(text, earlierMark)
	at := len(c.keys)
	c.keys = append(c.keys, string(n.Key()))
	figure = figureBegin + strconv.Itoa(at) + figureText + figure + figureEnd
	if marked {
		figure += earlierMark
	}
	return figure
}

// saidOf writes the figure of a bar for a sentence.
func (c *composer) saidOf(b bar) string { return c.saidAs(b.text, b.number) }

// prose makes text of a sentence: the figures said in it are its mentions.
func (c *composer) prose(sentence string) Prose {
	var out Prose
	var text strings.Builder
	for {
		words, rest, more := strings.Cut(sentence, figureBegin)
		text.WriteString(withoutMarks(words))
		if !more {
			break
		}
		place, rest, _ := strings.Cut(rest, figureText)
		figure, rest, _ := strings.Cut(rest, figureEnd)
		start := text.Len()
		text.WriteString(withoutMarks(figure))
		if at, err := strconv.Atoi(place); err == nil && at >= 0 && at < len(c.keys) && text.Len() > start {
			out.Numbers = append(out.Numbers, Mention{Start: start, End: text.Len(), Key: c.keys[at]})
		}
		sentence = rest
	}
	out.Text = text.String()
	return out
}

// proses makes texts of sentences.
func (c *composer) proses(sentences []string) []Prose {
	out := make([]Prose, len(sentences))
	for i, s := range sentences {
		out[i] = c.prose(s)
	}
	return out
}

func withoutMarks(s string) string {
	if !strings.Contains(s, "\uFDD0"[:2]) { // what all of them begin with
		return s
	}
	return strings.NewReplacer(figureBegin, "", figureText, "", figureEnd, "").Replace(s)
}

// value returns a figure as a number, with its key also where it has none.
func (c *composer) value(n protect.Number) Value {
	out := Value{Key: string(n.Key())}
	v, decimals, shown := c.pen.Value(n)
	if !shown {
		return out
	}
	out.Number, out.Decimals = v, decimals
	switch stat := n.Stat(); {
	case stat.Counts():
		out.Kind = Count
	case stat.Share():
		out.Kind = Share
	default:
		out.Kind = Decimal
	}
	if n.AsOf() > 0 {
		out.Mark = earlierMark
	}
	return out
}

// number writes a figure into a cell.
func (c *composer) number(n protect.Number) Cell { return Cell{Text: c.text(n), Value: c.value(n)} }

// intervalCell writes the interval of a figure into a cell of its own.
func (c *composer) intervalCell(n protect.Number, figure string) Cell {
	return c.withEnds(Cell{Text: c.interval(n, figure), Value: Value{Key: string(n.Key())}}, n)
}

// withEnds adds the ends of the interval that a cell tells as text.
func (c *composer) withEnds(out Cell, n protect.Number) Cell {
	of := c.value(n)
	if low, high, shown := c.pen.Bounds(n); shown && of.Kind != None {
		out.Low, out.High = of, of
		out.Low.Number, out.High.Number = low, high
	}
	return out
}

// cell is the figure of a bar in a cell.
func (b bar) cell() Cell { return Cell{Text: b.text, Value: b.native} }
