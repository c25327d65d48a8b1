package chart

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
	"github.com/soundings-survey/soundings/pipeline/protect"
)

// DotOptions say what the dots of groups are compared with, and on what scale.
type DotOptions struct {
	Overall    protect.Number // of everybody, drawn as a line; withheld: no line
	Label      string         // of the line
	Base       protect.Number // of everybody
	Shares     bool           // the figures are shares
	Low, High  float64        // ends of the scale of means; both 0: from the data
	Indicative bool           // intervals are drawn lighter: they promise less
	CommonBase bool           // rows have no base of their own; the source line says what they rest on
}

const dotRadius = 4.5

// Dots draws a dot a group with its interval as a line, the figure behind it,
// and the figure of everybody as a line through all of them. What is withheld
// has no dot, and its mark stands where the figure would.
func Dots(h Head, rows []Row, o DotOptions, pen *protect.Pen, ts *typeset.Typesetter) (*canvas.Figure, error) {
	s := newSheet(h, pen, ts)
	labels, labelWidth, rowHeight := s.labelsOf(rows, !o.CommonBase, 0.36*inner)
	values, valueWidth := s.values(rows)
	plot := inner - labelWidth - valueWidth - 30
	axis := s.dotAxis(rows, o, plot)
	head := 0.0
	if _, shown := pen.Length(o.Overall); shown {
		head = canvas.LineHeight(canvas.ValueSize) + 2
	}
	body := s.page().Inset(canvas.Margin, s.top+head, inner, 1)
	area := body.Inset(labelWidth+14, 0, plot, 1)
	places, height := dotRows(rows, rowHeight)
	s.dotGrid(area, axis, height, o.Shares)
	s.overall(area, axis, o, plot, height)
	for i, r := range rows {
		y := places[i]
		if r.Over != "" {
			s.draw(body, canvas.Text{X: 0, Y: canvas.Baseline(y-rowHeight/2-overHeight/2, canvas.AxisSize), Content: r.Over, Size: canvas.AxisSize, Bold: true, Colour: canvas.Muted})
		}
		s.drawLabel(body, labels[i], y)
		s.dot(area, axis, r, y, o.Indicative)
		s.draw(area, canvas.Text{X: plot + 16, Y: canvas.Baseline(y, canvas.ValueSize), Content: values[i], Size: canvas.ValueSize})
	}
	return s.finish(head + height + canvas.LineHeight(canvas.AxisSize) + 2), nil
}

const overHeight = 20.0 // of what heads several rows

// dotRows returns where the middle of each row lies, and the height of all.
func dotRows(rows []Row, rowHeight float64) (places []float64, height float64) {
	for _, r := range rows {
		if r.Over != "" {
			height += overHeight
		}
		places = append(places, height+rowHeight/2)
		height += rowHeight
	}
	return places, height
}

// axis is a scale on which figures have places.
type axis struct {
	low, high, unit float64
	parts           int
}

func (a axis) at(v float64) float64 { return (v - a.low) * a.unit }

// dotAxis finds the scale on which every dot, interval and the line fit.
func (s *sheet) dotAxis(rows []Row, o DotOptions, plot float64) axis {
	all := append([]Row{{Value: o.Overall}}, rows...)
	a := axis{low: o.Low, high: o.High, parts: 5}
	switch {
	case o.Shares:
		a.high = s.scale(all, 1)
	case o.Low == 0 && o.High == 0:
		a.high = s.scale(all, 0)
		least := 0.0
		for _, r := range all {
			if v, shown := s.pen.Length(r.Value); shown {
				least = min(least, v)
			}
			if lo, _, shown := s.pen.Bounds(r.Value); shown {
				least = min(least, lo)
			}
		}
		if least < 0 {
			unit := a.high / 5
			a.low = math.Floor(least/unit) * unit
			a.parts = int(math.Round((a.high - a.low) / unit))
		}
	default:
		if steps := a.high - a.low; steps == math.Trunc(steps) && steps <= 10 {
			a.parts = int(steps)
		}
	}
	if a.high <= a.low {
		a.high = a.low + 1
	}
	a.unit = plot / (a.high - a.low)
	return a
}

// dotGrid draws the lines of a scale and names them.
func (s *sheet) dotGrid(area canvas.Frame, a axis, height float64, shares bool) {
	for i := range a.parts + 1 {
		v := a.low + (a.high-a.low)*float64(i)/float64(a.parts)
		s.draw(area,
			canvas.Line{X1: a.at(v), Y1: 0, X2: a.at(v), Y2: height, Colour: canvas.Rule, Width: canvas.RuleWidth},
			canvas.Text{X: a.at(v), Y: height + canvas.AxisSize + 4, Content: s.tick(v, shares), Size: canvas.AxisSize, Colour: canvas.Muted, Anchor: canvas.Middle})
	}
}

// overall draws the figure of everybody as a line with its label above.
func (s *sheet) overall(area canvas.Frame, a axis, o DotOptions, plot, height float64) {
	v, shown := s.pen.Length(o.Overall)
	if !shown {
		return
	}
	text := o.Label + " " + canvas.Isolate(bare(s.pen.Text(o.Overall))) + " (" + s.baseText(o.Base) + ")"
	half := s.width(text, canvas.ValueSize, false) / 2
	x := min(max(a.at(v), half-8), plot-half+8)
	s.draw(area,
		canvas.Line{X1: a.at(v), Y1: -4, X2: a.at(v), Y2: height, Colour: canvas.Highlight, Width: 1.4},
		canvas.Text{X: x, Y: -8, Content: text, Size: canvas.ValueSize, Colour: canvas.Highlight, Anchor: canvas.Middle})
}

// dot draws the figure of one group with its interval, each with an edge of the
// ground, so that the line of everybody does not run into it.
func (s *sheet) dot(area canvas.Frame, a axis, r Row, y float64, indicative bool) {
	n := r.Value
	v, shown := s.pen.Length(n)
	if !shown {
		return
	}
	if lo, hi, shown := s.pen.Bounds(n); shown {
		colour := canvas.Accent
		if indicative {
			colour = canvas.Missing
		}
		lo, hi = max(lo, a.low), min(hi, a.high)
		s.draw(area, canvas.Line{X1: a.at(lo), Y1: y, X2: a.at(hi), Y2: y, Colour: colour, Width: canvas.CIWidth})
	}
	if r.Ring {
		s.draw(area, canvas.Dot{X: a.at(v), Y: y, R: dotRadius, Fill: canvas.White, Edge: canvas.Accent, EdgeWidth: canvas.CIWidth})
		return
	}
	s.draw(area, canvas.Dot{X: a.at(v), Y: y, R: dotRadius, Fill: canvas.Accent, Edge: canvas.White, EdgeWidth: 1})
}
