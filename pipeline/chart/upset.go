package chart

import (
	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
	"github.com/soundings-survey/soundings/pipeline/protect"
)

// Combination is some choices that were made together, and nothing else of those
// that the figure has.
type Combination struct {
	Value protect.Number
	Holds []bool // of each row, whether it is one of the choices
}

// upset is the layout of a figure of combinations: a column each, over a grid of
// dots with a row for each choice.
type upset struct {
	*sheet
	rows              []Row
	labels            []label
	row, column       float64 // height and width
	bars, values      float64 // width of the bars of choices, and of their figures
	names             float64 // width of the names
	above             float64 // height of the bars of combinations
	most, mostCombine float64 // greatest values
}

// UpSet draws which choices were made together: a bar for each combination, and
// beneath it a dot for each choice that it holds. Beside the name of a choice
// stands the share that made it, with whatever else. What is withheld is left
// out by whoever calls: that a combination occurs at all would say something.
func UpSet(h Head, rows []Row, combinations []Combination, pen *protect.Pen, ts *typeset.Typesetter) (*canvas.Figure, error) {
	u := upset{sheet: newSheet(h, pen, ts), rows: rows, above: 96}
	names := make([]string, len(rows))
	for i, r := range rows {
		names[i] = r.Label
		u.values = max(u.values, u.width(bare(pen.Text(r.Value)), canvas.ValueSize, false))
	}
	u.most = u.greatest(valuesOf(rows))
	for _, c := range combinations {
		u.mostCombine = max(u.mostCombine, u.greatest([]protect.Number{c.Value}))
	}
	u.labels, u.names, u.row = u.sheet.labels(names, nil, 0.32*inner)
	u.bars = 0.17 * inner
	left := u.values + 4 + u.bars + 10 + u.names + 10
	u.column = min((inner-left)/float64(max(len(combinations), 1)), 52)
	body := u.page().Inset(canvas.Margin, u.top, inner, 1)
	u.choices(body.Inset(0, u.above+10, inner, 1))
	area := body.Inset(left, 0, inner-left, 1)
	u.draw(area, canvas.Line{X1: 0, Y1: u.above, X2: u.column * float64(len(combinations)), Y2: u.above, Colour: canvas.Muted, Width: canvas.RuleWidth})
	for i, c := range combinations {
		u.combination(area, c, u.column*(float64(i)+0.5))
	}
	return u.finish(u.above + 10 + u.row*float64(len(rows))), nil
}

// choices draws the rows of the grid: the share of each choice, its bar, which
// grows away from the grid, and its name.
func (u upset) choices(area canvas.Frame) {
	const thick = 11.0
	for i, r := range u.rows {
		y := u.row * (float64(i) + 0.5)
		if i%2 == 0 {
			u.draw(area, canvas.Rect{X: 0, Y: y - u.row/2, W: inner, H: u.row, Fill: canvas.Suppressed})
		}
		v, shown := u.pen.Length(r.Value)
		end := u.values + 4 + u.bars
		from := end
		if shown && u.most > 0 {
			from = end - u.bars*v/u.most
			u.draw(area, canvas.Rect{X: from, Y: y - thick/2, W: end - from, H: thick, Fill: canvas.Sequential(5)[2]})
		}
		u.draw(area, canvas.Text{X: from - 4, Y: canvas.Baseline(y, canvas.ValueSize), Content: bare(u.pen.Text(r.Value)), Size: canvas.ValueSize, Colour: canvas.Muted, Anchor: canvas.End})
		u.drawLabel(area.Inset(end+10, 0, u.names, 1), u.labels[i], y)
	}
}

// combination draws a column: its bar with its figure, and its dots.
func (u upset) combination(area canvas.Frame, c Combination, x float64) {
	const room, radius = 16.0, 5.0 // over the highest bar, for its figure
	top := u.above
	if v, shown := u.pen.Length(c.Value); shown && u.mostCombine > 0 {
		height := (u.above - room) * v / u.mostCombine
		top = u.above - height
		width := 0.62 * u.column
		u.draw(area, canvas.Rect{X: x - width/2, Y: top, W: width, H: height, Fill: canvas.Accent})
	}
	u.draw(area, canvas.Text{X: x, Y: canvas.Baseline(top-8, canvas.ValueSize), Content: bare(u.pen.Text(c.Value)), Size: canvas.ValueSize, Bold: true, Anchor: canvas.Middle})
	first, last := -1, -1
	y := func(i int) float64 { return u.above + 10 + u.row*(float64(i)+0.5) }
	for i, holds := range c.Holds {
		if !holds {
			u.draw(area, canvas.Dot{X: x, Y: y(i), R: radius - 1, Fill: canvas.Rule})
			continue
		}
		if first < 0 {
			first = i
		}
		last = i
	}
	if last > first {
		u.draw(area, canvas.Line{X1: x, Y1: y(first), X2: x, Y2: y(last), Colour: canvas.Accent, Width: 2})
	}
	for i, holds := range c.Holds {
		if holds {
			u.draw(area, canvas.Dot{X: x, Y: y(i), R: radius, Fill: canvas.Accent})
		}
	}
}
