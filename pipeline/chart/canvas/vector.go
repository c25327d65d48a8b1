package canvas

import (
	"image/color"
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
	"gonum.org/v1/plot/vg"
)

// A vector is the Sink on gonum's drawing canvas, whose origin is at the bottom.
type vector struct {
	canvas vg.Canvas
	figure *Figure
	ts     *typeset.Typesetter
}

func (v vector) at(x, y float64) vg.Point {
	return vg.Point{X: vg.Length(x), Y: vg.Length(v.figure.Height - y)}
}

// Rect implements Sink.
func (v vector) Rect(r Rect) {
	v.paint(v.polygon([]Point{{r.X, r.Y}, {r.X + r.W, r.Y}, {r.X + r.W, r.Y + r.H}, {r.X, r.Y + r.H}}, true), r.Fill, r.Edge, r.EdgeWidth)
	if r.Hatch != "" {
		for _, l := range hatch(r) {
			v.Line(l)
		}
	}
}

// Line implements Sink.
func (v vector) Line(l Line) {
	if l.Dash > 0 {
		v.canvas.SetLineDash([]vg.Length{vg.Length(l.Dash)}, 0)
		defer v.canvas.SetLineDash(nil, 0)
	}
	v.paint(v.polygon([]Point{{l.X1, l.Y1}, {l.X2, l.Y2}}, false), "", l.Colour, l.Width)
}

// Dot implements Sink.
func (v vector) Dot(d Dot) {
	var p vg.Path
	p.Move(v.at(d.X+d.R, d.Y))
	p.Arc(v.at(d.X, d.Y), vg.Length(d.R), 0, 2*math.Pi)
	p.Close()
	v.paint(p, d.Fill, d.Edge, d.EdgeWidth)
}

// Path implements Sink.
func (v vector) Path(p Path) {
	v.paint(v.polygon(p.Points, p.Fill != ""), p.Fill, p.Edge, p.EdgeWidth)
}

// glyphsAtOnce is how many glyphs are filled together: what a fill costs grows
// with the square of what stands in one row of pixels.
const glyphsAtOnce = 4

// Text implements Sink.
func (v vector) Text(t PlacedText) {
	line := v.ts.Line(t.Content, v.figure.style(t.Text))
	left := t.left(line.Width)
	for some := range slices.Chunk(line.Glyphs, glyphsAtOnce) {
		part := line
		part.Glyphs = some
		if p := v.outline(part, left, t.Y); len(p) > 0 {
			v.paint(p, t.Colour, "", 0)
		}
	}
}

// outline returns the contours of glyphs of a line whose left end stands at a place.
func (v vector) outline(line typeset.Line, left, y float64) vg.Path {
	segments := v.ts.Outline(line)
	p := make(vg.Path, 0, len(segments)+len(segments)/4)
	for i, s := range segments {
		at := func(k int) vg.Point { return v.at(left+s.Args[k].X, y+s.Args[k].Y) }
		switch s.Op {
		case typeset.MoveTo:
			if i > 0 {
				p.Close()
			}
			p.Move(at(0))
		case typeset.LineTo:
			p.Line(at(0))
		case typeset.QuadTo:
			p.QuadTo(at(0), at(1))
		case typeset.CubicTo:
			p.CubeTo(at(0), at(1), at(2))
		}
	}
	if len(p) > 0 {
		p.Close()
	}
	return p
}

// left returns the left end of a text of a given width.
func (t PlacedText) left(width float64) float64 {
	switch t.Side {
	case Centre:
		return t.X - width/2
	case Right:
		return t.X - width
	}
	return t.X
}

// Open implements Sink: a picture has no groups.
func (v vector) Open(Group) {}

// Close implements Sink.
func (v vector) Close() {}

func (v vector) polygon(points []Point, closed bool) vg.Path {
	var p vg.Path
	for i, q := range points {
		if i == 0 {
			p.Move(v.at(q.X, q.Y))
		} else {
			p.Line(v.at(q.X, q.Y))
		}
	}
	if closed {
		p.Close()
	}
	return p
}

func (v vector) paint(p vg.Path, fill, edge Colour, width float64) {
	if fill != "" {
		v.canvas.SetColor(fill.paint())
		v.canvas.Fill(p)
	}
	if edge != "" {
		v.canvas.SetColor(edge.paint())
		v.canvas.SetLineWidth(vg.Length(width))
		v.canvas.Stroke(p)
	}
}

// paint returns a colour that Validate has found well formed.
func (c Colour) paint() color.Color {
	rgb, _ := c.rgb()
	return rgb
}
