package chart

import (
	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
	"github.com/soundings-survey/soundings/pipeline/protect"
)

// Step is one bar of a flow: what there was at first or is left, or what went.
type Step struct {
	Label string
	Value protect.Number
	Less  bool // it was taken off: its bar hangs where the one before ended
}

// Steps draws how a number came down to another: a bar for what there was, one
// for each part that went, in its place, and one for what is left. Parts after
// one that is withheld have no known place and hang at the end of the last one
// known. What is withheld has no length.
func Steps(h Head, steps []Step, pen *protect.Pen, ts *typeset.Typesetter) (*canvas.Figure, error) {
	s := newSheet(h, pen, ts)
	rows := make([]Row, len(steps))
	for i, st := range steps {
		rows[i] = Row{Label: st.Label, Value: st.Value}
	}
	labels, labelWidth, rowHeight := s.labelsOf(rows, false, 0.42*inner)
	values, valueWidth := s.values(rows)
	greatest := s.greatest(valuesOf(rows))
	plot := inner - labelWidth - valueWidth - 22
	unit := plot / max(greatest, 1)
	body := s.page().Inset(canvas.Margin, s.top, inner, 1)
	area := body.Inset(labelWidth+10, 0, plot, 1)
	const thick = canvas.RowHeight * canvas.BarShare
	left := 0.0
	for i, st := range steps {
		y := rowHeight * (float64(i) + 0.5)
		s.drawLabel(body, labels[i], y)
		s.draw(area, canvas.Text{X: plot + 12, Y: canvas.Baseline(y, canvas.ValueSize), Content: values[i], Size: canvas.ValueSize, Bold: !st.Less})
		v, shown := pen.Length(st.Value)
		if !shown {
			continue
		}
		if !st.Less {
			left = v
			s.draw(area, canvas.Rect{X: 0, Y: y - thick/2, W: v * unit, H: thick, Fill: canvas.Accent})
			continue
		}
		if v > 0 {
			s.draw(area, canvas.Rect{X: (left - v) * unit, Y: y - thick/2, W: max(v*unit, 1.5), H: thick, Fill: canvas.Highlight})
		}
		s.draw(area, canvas.Line{X1: left * unit, Y1: y - rowHeight + thick/2, X2: left * unit, Y2: y - thick/2, Colour: canvas.Muted, Width: canvas.RuleWidth})
		left -= v
	}
	height := rowHeight * float64(len(steps))
	s.draw(area, canvas.Line{X1: 0, Y1: 0, X2: 0, Y2: height, Colour: canvas.Ink, Width: 1})
	return s.finish(height), nil
}
