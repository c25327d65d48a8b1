package report

import (
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// mostTurns is how many findings of a kind are told how they could turn round.
const mostTurns = 12

// headline is a share that a figure's title states of everybody.
type headline struct {
	label string
	bar   bar
}

// difference is a difference between two groups that a figure's title states.
type difference struct {
	label     string
	high, low bar
}

// headlineOf keeps the first share of a figure, if all known were asked the
// item: of others it is not known how many are silent.
func (c *composer) headlineOf(i *survey.Item, label string, b bar) {
	v := c.sharesOf(i)
	if v.Missing(0, survey.NotAsked).Status() != protect.Published {
		return
	}
	unasked, shown := c.pen.Length(v.Missing(0, survey.NotAsked))
	if b.shown && shown && unasked == 0 && i.Role != survey.Sensitive && i.Derived == "" {
		c.headlines = append(c.headlines, headline{c.l.Say("evidence.is", lang.Args{"item": label, "answers": b.label}), b})
	}
}

// known returns how many could have answered: those invited, or those whom the
// frame of the weights counts.
func (c *composer) known() (int64, bool) {
	if n, ok := c.in.Quality.Known(); ok {
		return n, true
	}
	return c.in.Frame, c.in.Frame > 0
}

// turning says how different the silent would have to be for a finding to turn
// round, from published figures alone.
func (c *composer) turning() []Block {
	known, ok := c.known()
	if !ok {
		return []Block{Paragraph{Text: c.prose(c.l.Say("turning.unknown"))}}
	}
	shares := Table{ID: "turning", Caption: c.l.Say("turning.shares"), Header: []string{c.l.Say("measure.figure"), c.l.Say("table.share"), c.l.Say("table.base"), c.l.Say("turning.silent")}}
	for _, h := range c.headlines {
		n, turn := c.in.Safe.Tipping(h.bar.number, h.bar.base, known)
		if row, ok := c.turn(h.label, n, turn, h.bar.cell(), c.number(h.bar.base)); ok && len(shares.Rows) < mostTurns {
			shares.Rows = append(shares.Rows, row)
		}
	}
	gaps := Table{ID: "turning-gaps", Caption: c.l.Say("turning.gaps"), Header: []string{c.l.Say("measure.figure"), c.l.Say("turning.groups"), c.l.Say("turning.apart")}}
	for _, d := range c.differences {
		of := func(b bar) protect.Group {
			n, _ := c.in.Quality.KnownOf(b.group)
			return protect.Group{Share: b.number, Base: b.base, Known: n}
		}
		n, turn := c.in.Safe.TippingGap(of(d.high), of(d.low))
		both := c.l.Join([]string{
			c.l.Say("summary.value", lang.Args{"label": d.high.label, "value": d.high.text}),
			c.l.Say("summary.value", lang.Args{"label": d.low.label, "value": d.low.text})})
		if row, ok := c.turn(d.label, n, turn, Cell{Text: both}); ok && len(gaps.Rows) < mostTurns {
			gaps.Rows = append(gaps.Rows, row)
		}
	}
	if len(shares.Rows)+len(gaps.Rows) == 0 {
		return []Block{Paragraph{Text: c.prose(c.l.Say("turning.none"))}}
	}
	out := []Block{Paragraph{Text: c.prose(c.l.Say("turning.note"))}}
	if len(shares.Rows) > 0 {
		out = append(out, shares)
	}
	if len(gaps.Rows) > 0 {
		out = append(out, gaps)
	} else if len(c.differences) > 0 {
		out = append(out, Paragraph{Text: c.prose(c.l.Say("turning.no_groups"))})
	}
	return out
}

// turn is a row of a finding: with the number at which it turns, or the word for
// never; none where it cannot be told.
func (c *composer) turn(label string, n protect.Number, turn protect.Turn, before ...Cell) (TableRow, bool) {
	if turn == protect.Unknown {
		return TableRow{}, false
	}
	last := Cell{Text: c.l.Say("turning.never")}
	if turn == protect.Turns {
		last = c.number(n)
	}
	return TableRow{Head: label, Cells: append(before, last)}, true
}
