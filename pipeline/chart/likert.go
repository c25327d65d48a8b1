package chart

import (
	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
	"github.com/soundings-survey/soundings/pipeline/protect"
)

// ScaleRow is one scaled item: the share at each step, from the low end to the
// high end, and the nets of the two sides.
type ScaleRow struct {
	Label     string
	Base      protect.Number
	Steps     []protect.Number
	Low, High protect.Number
}

// diverging is the geometry of a diverging chart: how much room each side takes.
type diverging struct {
	low, high, middle float64 // greatest shares of the sides and of the middle step
	unit              float64 // points for a share of 1
	zero              float64 // where the sides meet
	mid               float64 // where the column of the middle step begins
	width             float64
}

const netRoom = 30.0 // for the net figures at both ends

// Likert draws diverging bars: the low steps reach back from the zero line, the
// high ones forward, the nets stand in bold at both ends, and the middle step
// has a column of its own, so that it is not split across zero. A row of which
// any step is withheld shows its nets alone, as outlines.
func Likert(h Head, steps []string, rows []ScaleRow, neutral string, pen *protect.Pen, ts *typeset.Typesetter) (*canvas.Figure, error) {
	s := newSheet(h, pen, ts)
	colours := canvas.Diverging(len(steps))
	if colours == nil {
		return nil, stepsError(len(steps))
	}
	legend := s.legend(steps, colours)
	names, bases := make([]string, len(rows)), make([]protect.Number, len(rows))
	for i, r := range rows {
		names[i], bases[i] = r.Label, r.Base
	}
	labels, labelWidth, rowHeight := s.labels(names, bases, 0.36*inner)
	body := s.page().Inset(canvas.Margin, s.top+legend, inner, 1)
	d := s.diverging(rows, len(steps), labelWidth)
	height := rowHeight * float64(len(rows))
	if len(steps)%2 == 1 && d.middle > 0 {
		s.neutralHead(body, d, neutral)
	}
	for i, r := range rows {
		y := rowHeight * (float64(i) + 0.5)
		s.drawLabel(body, labels[i], y)
		s.divergingRow(body, d, r, colours, y)
	}
	s.draw(body, canvas.Line{X1: d.zero, Y1: 0, X2: d.zero, Y2: height, Colour: canvas.Ink, Width: 1})
	return s.finish(legend + height), nil
}

// diverging finds the scale on which every row fits.
func (s *sheet) diverging(rows []ScaleRow, steps int, labelWidth float64) diverging {
	var d diverging
	for _, r := range rows {
		low, _ := s.pen.Length(r.Low)
		high, _ := s.pen.Length(r.High)
		v, ok := s.lengths(r)
		if ok {
			low, high = sides(v)
		}
		d.low, d.high = max(d.low, low), max(d.high, high)
		if !ok {
			continue
		}
		if steps%2 == 1 {
			d.middle = max(d.middle, v[steps/2])
		}
	}
	start := labelWidth + 10 + netRoom
	gap := netRoom
	if d.middle > 0 {
		gap += 14
	}
	d.width = inner
	if all := d.low + d.high + d.middle; all > 0 {
		d.unit = (inner - start - gap) / all
	}
	d.zero = start + d.low*d.unit
	d.mid = inner - d.middle*d.unit
	return d
}

// lengths returns the shares of a row, and whether all of them may be shown.
func (s *sheet) lengths(r ScaleRow) ([]float64, bool) {
	out := make([]float64, len(r.Steps))
	for i, n := range r.Steps {
		v, ok := s.pen.Length(n)
		if !ok {
			return nil, false
		}
		out[i] = v
	}
	return out, true
}

// sides returns the sums below and above the middle.
func sides(v []float64) (low, high float64) {
	for i, share := range v {
		switch {
		case 2*i+1 < len(v):
			low += share
		case 2*i+1 > len(v):
			high += share
		}
	}
	return low, high
}

// divergingRow draws the bars and nets of one row.
func (s *sheet) divergingRow(body canvas.Frame, d diverging, r ScaleRow, colours []canvas.Colour, y float64) {
	v, ok := s.lengths(r)
	if !ok {
		s.netsAlone(body, d, r, y)
		return
	}
	low, high := sides(v)
	at := d.zero - low*d.unit
	s.net(body, r.Low, at-5, y, canvas.End, canvas.Diverging(5)[0])
	for i, n := range r.Steps {
		if len(v)%2 == 1 && i == len(v)/2 {
			s.segment(body, n, d.mid, v[i]*d.unit, y, colours[i])
			continue
		}
		s.segment(body, n, at, v[i]*d.unit, y, colours[i])
		at += v[i] * d.unit
	}
	s.net(body, r.High, d.zero+high*d.unit+5, y, canvas.Start, canvas.Diverging(5)[4])
}

// netsAlone draws the row of an item of which a step is withheld: each side as
// an outline of its net, with the mark in place of the steps.
func (s *sheet) netsAlone(body canvas.Frame, d diverging, r ScaleRow, y float64) {
	const thick = canvas.RowHeight * (canvas.BarShare + 0.1)
	low, lowShown := s.pen.Length(r.Low)
	high, highShown := s.pen.Length(r.High)
	mark := canvas.Text{Y: canvas.Baseline(y, canvas.ValueSize), Content: s.firstMark(r), Size: canvas.ValueSize, Colour: canvas.Muted, Anchor: canvas.Middle}
	if !lowShown && !highShown {
		mark.X, mark.Anchor = d.zero+6, canvas.Start
		s.draw(body, mark)
		return
	}
	side := func(n protect.Number, share float64, shown bool, start float64, net float64, a canvas.Anchor, c canvas.Colour) {
		if !shown {
			return
		}
		s.draw(body, canvas.Rect{X: start, Y: y - thick/2, W: share * d.unit, H: thick, Fill: canvas.White, Edge: c, EdgeWidth: 1})
		if share*d.unit > 12 {
			mark.X = start + share*d.unit/2
			s.draw(body, mark)
		}
		s.net(body, n, net, y, a, c)
	}
	side(r.Low, low, lowShown, d.zero-low*d.unit, d.zero-low*d.unit-5, canvas.End, canvas.Diverging(5)[0])
	side(r.High, high, highShown, d.zero, d.zero+high*d.unit+5, canvas.Start, canvas.Diverging(5)[4])
}

// firstMark is the mark of the first withheld step of a row.
func (s *sheet) firstMark(r ScaleRow) string {
	for _, n := range r.Steps {
		if _, ok := s.pen.Length(n); !ok {
			return s.pen.Text(n)
		}
	}
	return ""
}

// segment draws one step with its figure inside, or an edge where the figure
// does not fit.
func (s *sheet) segment(body canvas.Frame, n protect.Number, x, width, y float64, fill canvas.Colour) {
	const thick = canvas.RowHeight * (canvas.BarShare + 0.1)
	if width <= 0 {
		return
	}
	box := canvas.Rect{X: x, Y: y - thick/2, W: width, H: thick, Fill: fill}
	text := bare(s.pen.Text(n))
	fits := s.width(text, canvas.SmallValue, false)+3 <= width
	if !fits {
		box.Edge, box.EdgeWidth = canvas.Ink, 0.4
	}
	s.draw(body, box)
	if fits {
		s.draw(body, canvas.Text{X: x + width/2, Y: canvas.Baseline(y, canvas.SmallValue), Content: text, Size: canvas.SmallValue, Colour: canvas.LabelInk(fill), Anchor: canvas.Middle})
	}
}

func (s *sheet) net(body canvas.Frame, n protect.Number, x, y float64, a canvas.Anchor, c canvas.Colour) {
	s.draw(body, canvas.Text{X: x, Y: canvas.Baseline(y, canvas.ValueSize), Content: bare(s.pen.Text(n)), Size: canvas.ValueSize, Bold: true, Colour: c, Anchor: a})
}

// neutralHead names the column of the middle step.
func (s *sheet) neutralHead(body canvas.Frame, d diverging, name string) {
	s.draw(body, canvas.Text{X: d.width, Y: -3, Content: name, Size: canvas.AxisSize, Colour: canvas.Muted, Anchor: canvas.End})
}
