package typeset

import (
	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
)

// An Op says what a Segment does.
type Op uint8

// The operations of a Segment, with the number of points each one uses.
const (
	MoveTo  Op = iota // 1: begins a contour, closing the one before it
	LineTo            // 1
	QuadTo            // 2: control, end
	CubicTo           // 3: control, control, end
)

// A Point is a place in points; Y grows downwards.
type Point struct{ X, Y float64 }

// A Segment is one step of an outline.
type Segment struct {
	Op   Op
	Args [3]Point
}

// Outline returns the contours of a line's glyphs, the left end of the baseline
// at the origin, to be filled as one path by the non-zero winding rule (joined
// letters overlap). A missing rune leaves a gap.
func (t *Typesetter) Outline(line Line) []Segment {
	w := t.borrow()
	defer t.giveBack(w)
	out := make([]Segment, 0, 32*len(line.Glyphs))
	for _, g := range line.Glyphs {
		if g.ID == 0 {
			continue
		}
		contours, ok := w.outline(g.font, ot.GID(g.ID))
		if !ok {
			continue
		}
		scale := line.Style.Size / float64(g.font.Upem())
		for _, s := range contours.Segments {
			segment := Segment{Op: op(s.Op)}
			for i, p := range s.ArgsSlice() {
				segment.Args[i] = Point{X: g.X + float64(p.X)*scale, Y: g.Y - float64(p.Y)*scale}
			}
			out = append(out, segment)
		}
	}
	return out
}

// shape is a glyph of a font.
type shape struct {
	font *font.Font
	id   ot.GID
}

// outlinesKept is how many outlines a worker keeps; a text in Chinese has some
// hundreds of glyphs, one in other scripts a hundred.
const outlinesKept = 2000

// outline returns the contours of a glyph, which are read from the font once.
func (w *worker) outline(f *font.Font, id ot.GID) (font.GlyphOutline, bool) {
	of := shape{f, id}
	if kept, ok := w.outlines[of]; ok {
		return kept, true
	}
	out, ok := w.face(f).GlyphDataOutline(id)
	if ok && len(w.outlines) < outlinesKept {
		w.outlines[of] = out
	}
	return out, ok
}

func op(o ot.SegmentOp) Op {
	switch o {
	case ot.SegmentOpLineTo:
		return LineTo
	case ot.SegmentOpQuadTo:
		return QuadTo
	case ot.SegmentOpCubeTo:
		return CubicTo
	default:
		return MoveTo
	}
}

// Points returns the points the segment uses.
func (s Segment) Points() []Point {
	switch s.Op {
	case QuadTo:
		return s.Args[:2]
	case CubicTo:
		return s.Args[:3]
	default:
		return s.Args[:1]
	}
}
