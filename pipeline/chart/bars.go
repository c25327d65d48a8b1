package chart

import (
	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
	"github.com/soundings-survey/soundings/pipeline/protect"
)

// Row is one bar.
type Row struct {
	Label string
	Value protect.Number
	Base  protect.Number
	Over  string // heads the rows from this one on; for dots
	Ring  bool   // drawn as a ring: what the next row corrects; for dots
}

// BarOptions say how bars are scaled and what their intervals mean.
type BarOptions struct {
	Max        float64 // value at the end of the scale: 1 for shares; 0 means from the data
	Indicative bool    // intervals are drawn lighter: they promise less
	CommonBase bool    // all rows rest on one base, which the source line names
}

// Bars draws a horizontal bar a row with its interval across the end, the
// figure behind it, and no length at all for what is withheld.
func Bars(h Head, rows []Row, o BarOptions, pen *protect.Pen, ts *typeset.Typesetter) (*canvas.Figure, error) {
	s := newSheet(h, pen, ts)
	labels, labelWidth, rowHeight := s.labelsOf(rows, !o.CommonBase, 0.42*inner)
	values, valueWidth := s.values(rows)
	plot := inner - labelWidth - valueWidth - 22
	top := s.scale(rows, o.Max)
	body := s.page().Inset(canvas.Margin, s.top, inner, 1)
	area := body.Inset(labelWidth+10, 0, plot, 1)
	height := rowHeight * float64(len(rows))
	s.grid(area, top, plot, height, o.Max > 0)
	for i, r := range rows {
		y := rowHeight * (float64(i) + 0.5)
		s.drawLabel(body, labels[i], y)
		s.bar(area, r.Value, y, plot/top, o)
		s.draw(area, canvas.Text{X: plot + 12, Y: canvas.Baseline(y, canvas.ValueSize), Content: values[i], Size: canvas.ValueSize})
	}
	s.draw(area, canvas.Line{X1: 0, Y1: 0, X2: 0, Y2: height, Colour: canvas.Ink, Width: 1})
	return s.finish(height + canvas.LineHeight(canvas.AxisSize) + 2), nil
}

// values are the figures behind the bars: "43 [38–47]".
func (s *sheet) values(rows []Row) (texts []string, width float64) {
	for _, r := range rows {
		text := bare(s.pen.Text(r.Value))
		if interval := s.pen.Interval(r.Value); interval != "" {
			text = canvas.Isolate(text + " [" + bare(interval) + "]")
		}
		texts = append(texts, text)
		width = max(width, s.width(text, canvas.ValueSize, false))
	}
	return texts, width
}

// scale returns the value at the end of the axis: a round number above every
// bar and interval.
func (s *sheet) scale(rows []Row, most float64) float64 {
	greatest := 0.0
	for _, r := range rows {
		if v, ok := s.pen.Length(r.Value); ok {
			greatest = max(greatest, v)
		}
		if _, hi, ok := s.pen.Bounds(r.Value); ok {
			greatest = max(greatest, hi)
		}
	}
	if most > 0 {
		for _, share := range []float64{0.25, 0.5, 0.75} {
			if greatest <= share*most {
				return share * most
			}
		}
		return most
	}
	return RoundUp(greatest)
}

// grid draws the lines of the scale. A scale of shares names them in per cent.
func (s *sheet) grid(area canvas.Frame, top, plot, height float64, shares bool) {
	const parts = 5
	for i := range parts + 1 {
		v := top * float64(i) / parts
		x := plot * float64(i) / parts
		s.draw(area, canvas.Line{X1: x, Y1: 0, X2: x, Y2: height, Colour: canvas.Rule, Width: canvas.RuleWidth})
		text := s.tick(v, shares)
		s.draw(area, canvas.Text{X: x, Y: height + canvas.AxisSize + 4, Content: text, Size: canvas.AxisSize, Colour: canvas.Muted, Anchor: canvas.Middle})
	}
}

// bar draws one bar and its interval.
func (s *sheet) bar(area canvas.Frame, n protect.Number, y, unit float64, o BarOptions) {
	v, shown := s.pen.Length(n)
	if !shown {
		return // the mark stands where the figure would
	}
	const thick = canvas.RowHeight * canvas.BarShare
	s.draw(area, canvas.Rect{X: 0, Y: y - thick/2, W: max(v*unit, 0), H: thick, Fill: canvas.Accent})
	lo, hi, shown := s.pen.Bounds(n)
	if !shown {
		return
	}
	colour, width := canvas.Ink, canvas.CIWidth
	if o.Indicative {
		colour, width = canvas.Missing, canvas.CIWidth
	}
	s.draw(area,
		canvas.Line{X1: lo * unit, Y1: y, X2: hi * unit, Y2: y, Colour: canvas.White, Width: width + 2},
		canvas.Line{X1: lo * unit, Y1: y, X2: hi * unit, Y2: y, Colour: colour, Width: width})
}
