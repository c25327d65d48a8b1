package chart

import (
	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
	"github.com/soundings-survey/soundings/pipeline/protect"
)

// MultiplesOptions say what the panels are held against.
type MultiplesOptions struct {
	Everybody []protect.Number // a figure a row, drawn as a line in every panel; nil: none
	Label     string           // of that line
}

// MostPanels and MostPanelRows are how many groups and rows can be told apart.
const (
	MostPanels    = 9
	MostPanelRows = 8
)

const (
	panelsAbreast = 3
	panelRow      = 21.0
	panelGap      = 14.0
	panelBar      = 12.0
)

// Multiples draws a panel a group, all on one scale and with the same rows in
// the same order, and in each the figures of everybody as lines to hold it
// against. What is withheld has no bar, and its mark stands where the figure would.
func Multiples(h Head, groups []Column, rows []HeatRow, o MultiplesOptions, pen *protect.Pen, ts *typeset.Typesetter) (*canvas.Figure, error) {
	s := newSheet(h, pen, ts)
	names := make([]string, len(rows))
	top := 0.0
	for i, r := range rows {
		names[i] = r.Label
		top = max(top, s.greatest(r.Cells))
	}
	if top = max(top, s.greatest(o.Everybody)); top <= 0 {
		top = 1
	}
	labels, labelWidth, rowHeight := s.labels(names, nil, 0.26*inner)
	rowHeight = max(panelRow, rowHeight-4)
	abreast := min(panelsAbreast, len(groups))
	if len(groups) == 4 {
		abreast = 2
	}
	width := (inner - labelWidth - float64(abreast)*panelGap) / float64(abreast)
	body := s.page().Inset(canvas.Margin, s.top, inner, 1)
	y := s.lineKey(body, o)
	for first := 0; first < len(groups); first += abreast {
		some := groups[first:min(first+abreast, len(groups))]
		head := s.panelHeads(body, some, labelWidth, width, y)
		for i := range rows {
			s.drawLabel(body, labels[i], y+head+rowHeight*(float64(i)+0.5))
		}
		for k := range some {
			area := body.Inset(labelWidth+panelGap+float64(k)*(width+panelGap), y+head, width, rowHeight*float64(len(rows)))
			s.panel(area, rows, first+k, (width-24)/top, rowHeight, o)
		}
		y += head + rowHeight*float64(len(rows)) + panelGap
	}
	return s.finish(y - panelGap), nil
}

// lineKey says what the line in every panel is, and returns the room it takes.
func (s *sheet) lineKey(body canvas.Frame, o MultiplesOptions) float64 {
	if len(o.Everybody) == 0 {
		return 0
	}
	y := canvas.LineHeight(canvas.AxisSize) / 2
	s.draw(body,
		canvas.Line{X1: 2, Y1: y - 7, X2: 2, Y2: y + 7, Colour: canvas.Highlight, Width: 2},
		canvas.Text{X: 10, Y: canvas.Baseline(y, canvas.AxisSize), Content: o.Label, Size: canvas.AxisSize, Colour: canvas.Highlight})
	return canvas.LineHeight(canvas.AxisSize) + 8
}

// panelHeads names the groups of one line of panels, each with its base.
func (s *sheet) panelHeads(body canvas.Frame, groups []Column, labelWidth, width, y float64) float64 {
	heads := make([][]typeset.Line, len(groups))
	most := 0
	for k, g := range groups {
		heads[k] = s.ts.Wrap(g.Label, s.fig.Style(canvas.LabelSize, true), width, 2)
		most = max(most, len(heads[k]))
	}
	height := float64(most) * canvas.LineHeight(canvas.LabelSize)
	for k, g := range groups {
		x := labelWidth + panelGap + float64(k)*(width+panelGap)
		top := y + height - float64(len(heads[k]))*canvas.LineHeight(canvas.LabelSize)
		s.draw(body, canvas.Paragraph(heads[k], canvas.Text{X: x, Y: top, Size: canvas.LabelSize, Bold: true})...)
		if !g.NoBase {
			s.draw(body, canvas.Text{X: x, Y: y + height + canvas.SourceSize, Content: s.baseText(g.Base), Size: canvas.SourceSize, Colour: canvas.Muted})
		}
	}
	return height + canvas.LineHeight(canvas.SourceSize) + 4
}

// panel draws the bars of one group.
func (s *sheet) panel(area canvas.Frame, rows []HeatRow, group int, unit, rowHeight float64, o MultiplesOptions) {
	for i, r := range rows {
		y := rowHeight * (float64(i) + 0.5)
		n := r.Cells[group]
		v, shown := s.pen.Length(n)
		if shown {
			s.draw(area, canvas.Rect{X: 0, Y: y - panelBar/2, W: max(v*unit, 0), H: panelBar, Fill: canvas.Accent})
		}
		at := v * unit
		if i < len(o.Everybody) {
			if e, told := s.pen.Length(o.Everybody[i]); told {
				s.draw(area, canvas.Line{X1: e * unit, Y1: y - panelBar/2 - 2, X2: e * unit, Y2: y + panelBar/2 + 2, Colour: canvas.Highlight, Width: 2})
				if shown && at < e*unit && e*unit-at < 22 {
					at = e * unit // the figure stands behind the line
				}
			}
		}
		s.draw(area, canvas.Text{X: at + 4, Y: canvas.Baseline(y, canvas.SmallValue), Content: bare(s.pen.Text(n)), Size: canvas.SmallValue})
	}
	s.draw(area, canvas.Line{X1: 0, Y1: 0, X2: 0, Y2: rowHeight * float64(len(rows)), Colour: canvas.Ink, Width: 1})
}
