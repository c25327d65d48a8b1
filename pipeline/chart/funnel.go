package chart

import (
	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
	"github.com/soundings-survey/soundings/pipeline/protect"
)

// FunnelOptions say what stands beside the bars of a funnel.
type FunnelOptions struct {
	CommonBase bool // all stages rest on one base, which the source line names
}

// Funnel draws a bar a stage, in the order of the stages, and between two that
// are known how the bar of one narrows or widens to that of the next. A stage
// that is withheld has no length, and nothing leads to it or from it.
func Funnel(h Head, rows []Row, o FunnelOptions, pen *protect.Pen, ts *typeset.Typesetter) (*canvas.Figure, error) {
	s := newSheet(h, pen, ts)
	labels, labelWidth, rowHeight := s.labelsOf(rows, !o.CommonBase, 0.4*inner)
	rowHeight += 6 // room for what leads from bar to bar
	values, valueWidth := s.values(rows)
	greatest := s.greatest(valuesOf(rows))
	plot := inner - labelWidth - valueWidth - 22
	unit := 0.0
	if greatest > 0 {
		unit = plot / greatest
	}
	body := s.page().Inset(canvas.Margin, s.top, inner, 1)
	area := body.Inset(labelWidth+10, 0, plot, 1)
	const thick = canvas.RowHeight * canvas.BarShare
	before, known := 0.0, false
	for i, r := range rows {
		y := rowHeight * (float64(i) + 0.5)
		s.drawLabel(body, labels[i], y)
		v, shown := pen.Length(r.Value)
		s.draw(area, canvas.Text{X: plot + 12, Y: canvas.Baseline(y, canvas.ValueSize), Content: values[i], Size: canvas.ValueSize})
		width := v * unit
		if shown && known {
			top, bottom := y-rowHeight+thick/2, y-thick/2
			s.draw(area, canvas.Path{Points: []canvas.Point{{X: 0, Y: top}, {X: before, Y: top}, {X: width, Y: bottom}, {X: 0, Y: bottom}}, Fill: canvas.Sequential(5)[0]})
		}
		if shown {
			s.draw(area, canvas.Rect{X: 0, Y: y - thick/2, W: width, H: thick, Fill: canvas.Accent})
		}
		before, known = width, shown
	}
	height := rowHeight * float64(len(rows))
	s.draw(area, canvas.Line{X1: 0, Y1: 0, X2: 0, Y2: height, Colour: canvas.Ink, Width: 1})
	return s.finish(height), nil
}
