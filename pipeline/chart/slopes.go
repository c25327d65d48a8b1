package chart

import (
	"cmp"
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
	"github.com/soundings-survey/soundings/pipeline/protect"
)

// SlopeOptions say which way time runs.
type SlopeOptions struct {
	Western bool // time runs from left to right in every language
}

// MostSlopes and MostWaves are how many lines and waves a chart of slopes can
// tell apart.
const (
	MostSlopes = 8
	MostWaves  = 6
)

const (
	slopeHeight = 30.0  // for each line
	slopeLeast  = 190.0 // of the plot
)

// Slopes draws a line a row from wave to wave, its name and last figure behind
// its end, its first figure before it. What is withheld has no dot, and no line
// leads over it; its mark stands where the figure would.
func Slopes(h Head, waves []Column, rows []HeatRow, o SlopeOptions, pen *protect.Pen, ts *typeset.Typesetter) (*canvas.Figure, error) {
	s := newSheet(h, pen, ts)
	p := slopePlot{sheet: s, o: o, waves: waves, rows: rows}
	p.measure()
	body := s.page().Inset(canvas.Margin, s.top, inner, 1)
	if o.Western {
		body = body.Unmirrored()
	}
	heads := p.drawHeads(body)
	area := body.Inset(p.before, heads+10, p.width, p.height)
	for k := range waves {
		s.draw(area, canvas.Line{X1: p.x(k), Y1: 0, X2: p.x(k), Y2: p.height, Colour: canvas.Rule, Width: canvas.RuleWidth})
	}
	for i, r := range rows {
		p.line(area, r, p.colour(i))
	}
	p.ends(area)
	return s.finish(heads + 10 + p.height + 4), nil
}

// slopePlot is the plot under construction.
type slopePlot struct {
	*sheet
	o                     SlopeOptions
	waves                 []Column
	rows                  []HeatRow
	low, high             float64
	before, width, height float64 // of the first figures, and of the plot
	names                 [][]typeset.Line
	firsts, lasts         []string
}

// measure finds the scale and the room for what stands beside the plot.
func (p *slopePlot) measure() {
	p.low, p.high = math.Inf(1), math.Inf(-1)
	names := 0.0
	for _, r := range p.rows {
		for _, n := range r.Cells {
			if v, shown := p.pen.Length(n); shown {
				p.low, p.high = min(p.low, v), max(p.high, v)
			}
		}
		first, last := bare(p.pen.Text(r.Cells[0])), bare(p.pen.Text(r.Cells[len(r.Cells)-1]))
		p.firsts, p.lasts = append(p.firsts, first), append(p.lasts, last)
		p.before = max(p.before, p.sheet.width(first, canvas.ValueSize, true)+14)
		wrapped := p.ts.Wrap(r.Label, p.fig.Style(canvas.LabelSize, false), 0.34*inner, 2)
		p.names = append(p.names, wrapped)
		for _, l := range wrapped {
			names = max(names, l.Width)
		}
	}
	if p.high < p.low {
		p.low, p.high = 0, 1
	}
	if p.high-p.low < 1e-9 {
		p.low, p.high = p.low-1, p.high+1
	}
	for _, w := range p.waves[:1] { // the head of the first wave stands over its line
		p.before = max(p.before, min(52, p.sheet.width(w.Label, canvas.LabelSize, true)/2))
		p.before = max(p.before, p.sheet.width(p.baseText(w.Base), canvas.SmallValue, false)/2)
	}
	p.width = inner - p.before - names - 52
	p.height = max(slopeLeast, slopeHeight*float64(len(p.rows)))
}

func (p *slopePlot) x(wave int) float64 {
	return p.width * float64(wave) / float64(max(1, len(p.waves)-1))
}

func (p *slopePlot) y(v float64) float64 {
	const edge = 10.0
	return edge + (p.height-2*edge)*(p.high-v)/(p.high-p.low)
}

// colour tells up to four lines apart; more have their names alone.
func (p *slopePlot) colour(row int) canvas.Colour {
	if colours := canvas.Categorical(len(p.rows)); len(p.rows) <= 4 && colours != nil {
		return colours[row]
	}
	return canvas.Accent
}

// drawHeads names the waves over their lines, each with its base, and returns
// how high they are.
func (p *slopePlot) drawHeads(body canvas.Frame) float64 {
	area := body.Inset(p.before, 0, p.width, 1)
	slot := p.width/float64(max(1, len(p.waves)-1)) - 10
	heads := make([][]typeset.Line, len(p.waves))
	most := 0
	for k, w := range p.waves {
		heads[k] = p.ts.Wrap(w.Label, p.fig.Style(canvas.LabelSize, true), min(slot, 2*p.before), 3)
		most = max(most, len(heads[k]))
	}
	height := float64(most) * canvas.LineHeight(canvas.LabelSize)
	for k, w := range p.waves {
		top := height - float64(len(heads[k]))*canvas.LineHeight(canvas.LabelSize)
		p.draw(area, canvas.Paragraph(heads[k], canvas.Text{X: p.x(k), Y: top, Size: canvas.LabelSize, Bold: true, Anchor: canvas.Middle})...)
		if !w.NoBase {
			p.draw(area, canvas.Text{X: p.x(k), Y: height + canvas.SmallValue + 2, Content: p.baseText(w.Base), Size: canvas.SmallValue, Colour: canvas.Muted, Anchor: canvas.Middle})
		}
	}
	return height + canvas.LineHeight(canvas.SmallValue) + 4
}

// line draws a row: dots where figures are shown, and lines between neighbours.
func (p *slopePlot) line(area canvas.Frame, r HeatRow, colour canvas.Colour) {
	last, drawn := canvas.Point{}, false
	var dots []canvas.Mark
	for k, n := range r.Cells {
		v, shown := p.pen.Length(n)
		at := canvas.Point{X: p.x(k), Y: p.y(v)}
		if shown {
			if drawn {
				p.draw(area, canvas.Line{X1: last.X, Y1: last.Y, X2: at.X, Y2: at.Y, Colour: colour, Width: 2})
			}
			dots = append(dots, canvas.Dot{X: at.X, Y: at.Y, R: dotRadius, Fill: colour, Edge: canvas.White, EdgeWidth: 1})
		}
		last, drawn = at, shown
	}
	p.draw(area, dots...)
}

// ends writes the first figures before the lines and the last ones and the names
// behind them, moved apart where they would collide. Rows without the figure
// stand below the others, so that their place says nothing.
func (p *slopePlot) ends(area canvas.Frame) {
	line := canvas.LineHeight(canvas.LabelSize)
	var before, behind []ending
	for i, r := range p.rows {
		before = append(before, p.ending(i, r.Cells[0], line))
		behind = append(behind, p.ending(i, r.Cells[len(r.Cells)-1], line*float64(len(p.names[i]))))
	}
	for _, e := range apart(before, p.height) {
		p.draw(area, canvas.Text{X: -10, Y: canvas.Baseline(e.y, canvas.ValueSize), Content: p.firsts[e.row], Size: canvas.ValueSize, Colour: p.colour(e.row), Anchor: canvas.End})
	}
	for _, e := range apart(behind, p.height) {
		p.draw(area, canvas.Text{X: p.width + 12, Y: canvas.Baseline(e.y, canvas.ValueSize), Content: p.lasts[e.row], Size: canvas.ValueSize, Bold: true, Colour: p.colour(e.row)})
		p.draw(area, canvas.Paragraph(p.names[e.row], canvas.Text{X: p.width + 44, Y: e.y - e.height/2, Size: canvas.LabelSize})...)
	}
}

// ending is what stands beside the end of a line.
type ending struct {
	row       int
	y, height float64 // its middle
}

func (p *slopePlot) ending(row int, n protect.Number, height float64) ending {
	v, shown := p.pen.Length(n)
	if !shown {
		return ending{row, p.height + 1 + float64(row), height}
	}
	return ending{row, p.y(v), height}
}

// apart moves endings from one another, as little as their order allows, within
// a height.
func apart(all []ending, height float64) []ending {
	out := slices.Clone(all)
	slices.SortStableFunc(out, func(a, b ending) int { return cmp.Or(cmp.Compare(a.y, b.y), cmp.Compare(a.row, b.row)) })
	top := 0.0
	for i := range out {
		out[i].y = max(out[i].y, top+out[i].height/2)
		top = out[i].y + out[i].height/2
	}
	bottom := height
	for i := len(out) - 1; i >= 0; i-- {
		out[i].y = min(out[i].y, bottom-out[i].height/2)
		bottom = out[i].y - out[i].height/2
	}
	return out
}
