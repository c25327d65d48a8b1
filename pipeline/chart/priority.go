package chart

import (
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
	"github.com/soundings-survey/soundings/pipeline/protect"
)

// Place is one point of a priority map: two shares of one stage or topic.
type Place struct {
	Label      string
	Across, Up protect.Number
}

// PriorityWords are the words of a priority map.
type PriorityWords struct {
	Across, Up         string // what the axes measure
	AcrossMore, UpMore string // "Difficulty: higher"
	AcrossLess, UpLess string
	Beneath            string // heads the list of what has no place or no label in the map
}

const (
	mapHeight = 300.0
	mapStart  = 30.0 // for the names of the grid lines
	mapLine   = canvas.AxisSize * 1.25
)

// Priority draws one share against another: a dot a stage with its name beside
// it, lines through the middle of what is shown, and words in the four corners.
// Names never stand on each other: one that finds no room, and every stage of
// which a share is withheld, is listed beneath.
func Priority(h Head, places []Place, w PriorityWords, pen *protect.Pen, ts *typeset.Typesetter) (*canvas.Figure, error) {
	s := newSheet(h, pen, ts)
	var dots []placed
	var beneath []Place
	for _, p := range places {
		x, also := pen.Length(p.Across)
		y, shown := pen.Length(p.Up)
		if also && shown {
			dots = append(dots, placed{place: p, x: x, y: y})
		} else {
			beneath = append(beneath, p)
		}
	}
	var xs, ys []float64
	for _, d := range dots {
		xs, ys = append(xs, d.x), append(ys, d.y)
	}
	plot := inner - mapStart
	across, up := mapAxis(xs, plot), mapAxis(ys, mapHeight)
	top := canvas.LineHeight(canvas.AxisSize) + 4
	area := s.page().Inset(canvas.Margin+mapStart, s.top+top, plot, 1)
	s.draw(s.page().Inset(canvas.Margin, s.top, inner, 1), canvas.Text{X: 0, Y: canvas.AxisSize, Content: w.Up, Size: canvas.AxisSize, Bold: true})
	s.mapGrid(area, across, up, plot)
	m := &namer{s: s, area: area, width: plot, height: mapHeight}
	if len(dots) > 0 {
		x, y := across.at(Median(xs)), mapHeight-up.at(Median(ys))
		s.draw(area,
			canvas.Line{X1: x, Y1: 0, X2: x, Y2: mapHeight, Colour: canvas.Highlight, Width: 1, Dash: 3},
			canvas.Line{X1: 0, Y1: y, X2: plot, Y2: y, Colour: canvas.Highlight, Width: 1, Dash: 3})
		m.lines = []space{{x - 2, 0, x + 2, mapHeight}, {0, y - 2, plot, y + 2}}
		m.corners(w)
	}
	for i := range dots {
		dots[i].x, dots[i].y = across.at(dots[i].x), mapHeight-up.at(dots[i].y)
		m.taken = append(m.taken, around(dots[i].x, dots[i].y, dotRadius+0.5))
	}
	for _, d := range dots {
		if !m.name(d) {
			beneath = append(beneath, d.place)
		}
	}
	for _, d := range dots {
		s.draw(area, canvas.Dot{X: d.x, Y: d.y, R: dotRadius, Fill: canvas.Accent, Edge: canvas.White, EdgeWidth: 1})
	}
	height := mapHeight + canvas.LineHeight(canvas.AxisSize) + 4
	s.draw(area, canvas.Text{X: plot, Y: height + canvas.AxisSize, Content: w.Across, Size: canvas.AxisSize, Bold: true, Anchor: canvas.End})
	height += canvas.LineHeight(canvas.AxisSize)
	below := s.page().Inset(canvas.Margin, s.top+top+height+8, inner, 1)
	list := s.beneath(below, w, beneath)
	return s.finish(top + height + list), nil
}

// placed is a stage with its place in the map.
type placed struct {
	place Place
	x, y  float64
}

// Median returns the middle of some numbers: of an even count, midway between
// the two in the middle. It is where a priority map has its lines.
func Median(v []float64) float64 {
	v = slices.Sorted(slices.Values(v))
	n := len(v)
	if n == 0 {
		return 0
	}
	return (v[(n-1)/2] + v[n/2]) / 2
}

// mapAxis is a scale of tenths around some shares, with room at its ends.
func mapAxis(v []float64, length float64) axis {
	a := axis{low: 0, high: 1}
	if len(v) > 0 {
		a.low = max(math.Floor((slices.Min(v)-0.04)*10)/10, 0)
		a.high = min(math.Ceil((slices.Max(v)+0.04)*10)/10, 1)
	}
	a.parts = int(math.Round((a.high - a.low) * 10))
	a.unit = length / (a.high - a.low)
	return a
}

func (s *sheet) mapGrid(area canvas.Frame, across, up axis, plot float64) {
	for i := range across.parts + 1 {
		v := across.low + float64(i)/10
		s.draw(area,
			canvas.Line{X1: across.at(v), Y1: 0, X2: across.at(v), Y2: mapHeight, Colour: canvas.Rule, Width: canvas.RuleWidth},
			canvas.Text{X: across.at(v), Y: mapHeight + canvas.AxisSize + 4, Content: s.tick(v, true), Size: canvas.AxisSize, Colour: canvas.Muted, Anchor: canvas.Middle})
	}
	for i := range up.parts + 1 {
		v := up.low + float64(i)/10
		y := mapHeight - up.at(v)
		s.draw(area,
			canvas.Line{X1: 0, Y1: y, X2: plot, Y2: y, Colour: canvas.Rule, Width: canvas.RuleWidth},
			canvas.Text{X: -6, Y: canvas.Baseline(y, canvas.AxisSize), Content: s.tick(v, true), Size: canvas.AxisSize, Colour: canvas.Muted, Anchor: canvas.End})
	}
}

// beneath lists the stages that have no place or no name in the map, each with
// its two figures or their marks, and returns the height it takes.
func (s *sheet) beneath(area canvas.Frame, w PriorityWords, list []Place) float64 {
	if len(list) == 0 {
		return 0
	}
	text := w.Beneath
	for i, p := range list {
		sep := " · "
		if i == 0 {
			sep = " "
		}
		text += sep + p.Label + " (" + canvas.Isolate(bare(s.pen.Text(p.Across))) + " / " + canvas.Isolate(bare(s.pen.Text(p.Up))) + ")"
	}
	lines := s.ts.Wrap(text, s.fig.Style(canvas.AxisSize, false), inner, 8)
	s.draw(area, canvas.Paragraph(lines, canvas.Text{Size: canvas.AxisSize})...)
	return 8 + float64(len(lines))*canvas.LineHeight(canvas.AxisSize)
}
