package chart

import (
	"strconv"

	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
	"github.com/soundings-survey/soundings/pipeline/protect"
)

// Column is one group of a heat map.
type Column struct {
	Label  string
	Base   protect.Number
	NoBase bool // the group has no size of its own to be shown
}

// HeatRow is one answer or item of a heat map, with a figure a column.
type HeatRow struct {
	Label string
	Cells []protect.Number
}

// HeatOptions say which values have the lightest and the darkest colour.
type HeatOptions struct{ Low, High float64 }

const (
	narrowest = 52.0 // a column whose name does not fit gets a number and a key
	heatRow   = 24.0
)

// Heat draws a table of figures in which a darker cell is a greater figure. A
// withheld cell has the ground colour of all such cells and the mark.
func Heat(h Head, columns []Column, rows []HeatRow, o HeatOptions, pen *protect.Pen, ts *typeset.Typesetter) (*canvas.Figure, error) {
	s := newSheet(h, pen, ts)
	names := make([]string, len(rows))
	for i, r := range rows {
		names[i] = r.Label
	}
	labels, labelWidth, rowHeight := s.labels(names, nil, 0.34*inner)
	rowHeight = max(heatRow, rowHeight)
	cell := (inner - labelWidth - 10) / float64(max(len(columns), 1))
	body := s.page().Inset(canvas.Margin, s.top, inner, 1)
	area := body.Inset(labelWidth+10, 0, inner-labelWidth-10, 1)
	var key, top float64
	if cell < narrowest {
		key = s.key(columns)
		body, area = body.Inset(0, key, inner, 1), area.Inset(0, key, inner-labelWidth-10, 1)
		top = s.columnHeads(area, numbered(columns), cell, false)
	} else {
		top = s.columnHeads(area, columns, cell, true)
	}
	for i, r := range rows {
		y := top + rowHeight*float64(i)
		s.drawLabel(body, labels[i], y+rowHeight/2)
		for j, n := range r.Cells {
			s.cell(area, n, float64(j)*cell, y, cell, rowHeight, o)
		}
	}
	return s.finish(key + top + rowHeight*float64(len(rows))), nil
}

// columnHeads names the columns and their bases, and returns the height used.
func (s *sheet) columnHeads(area canvas.Frame, columns []Column, cell float64, bases bool) float64 {
	most := 0
	heads := make([][]typeset.Line, len(columns))
	for i, c := range columns {
		heads[i] = s.ts.Wrap(c.Label, s.fig.Style(canvas.AxisSize, false), cell-6, 4)
		most = max(most, len(heads[i]))
	}
	height := float64(most) * canvas.LineHeight(canvas.AxisSize)
	for i := range columns {
		top := height - float64(len(heads[i]))*canvas.LineHeight(canvas.AxisSize)
		x := (float64(i) + 0.5) * cell
		s.draw(area, canvas.Paragraph(heads[i], canvas.Text{X: x, Y: top, Size: canvas.AxisSize, Anchor: canvas.Middle})...)
		if bases && !columns[i].NoBase {
			s.draw(area, canvas.Text{X: x, Y: height + canvas.SourceSize, Content: s.baseText(columns[i].Base), Size: canvas.SourceSize, Colour: canvas.Muted, Anchor: canvas.Middle})
		}
	}
	if bases {
		height += canvas.LineHeight(canvas.SourceSize)
	}
	return height + 4
}

// key lists the columns that are only numbered in the chart, with their bases.
func (s *sheet) key(columns []Column) float64 {
	const perLine = 2
	line := canvas.LineHeight(canvas.AxisSize) + 1
	area := s.page().Inset(canvas.Margin, s.top, inner, 1)
	width := inner / perLine
	for i, c := range columns {
		text := strconv.Itoa(i+1) + "  " + c.Label
		if !c.NoBase {
			text += " (" + s.baseText(c.Base) + ")"
		}
		one := s.ts.Wrap(text, s.fig.Style(canvas.AxisSize, false), width-8, 1)
		s.draw(area, canvas.Paragraph(one, canvas.Text{
			X: float64(i%perLine) * width, Y: float64(i/perLine) * line, Size: canvas.AxisSize,
		})...)
	}
	return float64((len(columns)+perLine-1)/perLine)*line + 10
}

func numbered(columns []Column) []Column {
	out := make([]Column, len(columns))
	for i, c := range columns {
		out[i] = Column{Label: strconv.Itoa(i + 1), Base: c.Base}
	}
	return out
}

// cell draws one figure.
func (s *sheet) cell(area canvas.Frame, n protect.Number, x, y, width, height float64, o HeatOptions) {
	v, shown := s.pen.Length(n)
	fill, ink := canvas.Suppressed, canvas.Muted
	if shown {
		colours := canvas.Sequential(5)
		fill = colours[step(v, o, len(colours))]
		ink = canvas.LabelInk(fill)
	}
	s.draw(area,
		canvas.Rect{X: x, Y: y, W: width - 2, H: height - 2, Fill: fill},
		canvas.Text{X: x + (width-2)/2, Y: canvas.Baseline(y+(height-2)/2, canvas.ValueSize), Content: bare(s.pen.Text(n)), Size: canvas.ValueSize, Colour: ink, Anchor: canvas.Middle})
}

// step returns which of the colours a value has.
func step(v float64, o HeatOptions, colours int) int {
	if o.High <= o.Low {
		return 0
	}
	i := int(float64(colours) * (v - o.Low) / (o.High - o.Low))
	return min(max(i, 0), colours-1)
}
