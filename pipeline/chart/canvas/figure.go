// Package canvas is the figure layer under every chart: a list of drawing verbs
// without a format, and the sinks that write it as SVG or PNG.
//
// A chart draws once, in a Frame whose coordinates run from the reading start
// (left in English, right in Arabic); the Frame mirrors what it is given for
// right-to-left figures. Lengths are points, y grows downwards.
package canvas

import "github.com/soundings-survey/soundings/pipeline/chart/typeset"

// A Direction is the reading direction of a figure or a text.
type Direction uint8

// Directions. Inherit, for a text, is the direction of its figure; for a figure it is LTR.
const (
	Inherit Direction = iota
	LTR
	RTL
)

// A Figure is one picture with what a reader who cannot see it needs.
type Figure struct {
	ID            string // letters, digits, "-" and "_"; makes ids of the SVG unique in a page
	Width, Height float64
	Dir           Direction
	Lang          string // BCP 47
	Title         string // states the finding; required
	Description   string // kind of chart and two or three values; required
	Marks         []Mark // in drawing order, from the left and top edges
}

// A Mark is a drawing verb: Rect, Line, Dot, Path, Text or Group.
type Mark interface{ mark() }

// A Rect is a rectangle. An empty colour draws nothing.
type Rect struct {
	X, Y, W, H float64
	Fill       Colour
	Edge       Colour
	EdgeWidth  float64 // points; EdgeWidth 0 with an Edge means EdgeRule
	Hatch      Colour  // diagonal lines, for missing values
}

// A Line is a straight stroke with butt ends.
type Line struct {
	X1, Y1, X2, Y2 float64
	Colour         Colour
	Width          float64 // points
	Dash           float64 // length of dashes and gaps; 0 is solid
}

// A Dot is a circle.
type Dot struct {
	X, Y, R   float64
	Fill      Colour
	Edge      Colour
	EdgeWidth float64 // as in Rect
}

// A Path is a polygon, or an open line through its points when only Edge is given.
type Path struct {
	Points    []Point
	Fill      Colour // fills and closes the path
	Edge      Colour
	EdgeWidth float64 // as in Rect
}

// A Point is a place in points.
type Point struct{ X, Y float64 }

// An Anchor says which part of a text stands at its X, in the figure's reading direction.
type Anchor uint8

// Anchors.
const (
	Start Anchor = iota
	Middle
	End
)

// A Text is one line of words; wrap longer ones with typeset and Paragraph.
type Text struct {
	X, Y    float64 // Y is the baseline
	Content string
	Size    float64 // points
	Bold    bool
	Colour  Colour // empty means Ink
	Anchor  Anchor
	Dir     Direction
}

// A Group holds marks that belong together.
type Group struct {
	Role  string // ARIA role, may be empty
	Title string // shown on hover, may be empty
	Marks []Mark
}

func (Rect) mark()  {}
func (Line) mark()  {}
func (Dot) mark()   {}
func (Path) mark()  {}
func (Text) mark()  {}
func (Group) mark() {}

// RTL tells whether the figure reads from right to left.
func (f *Figure) RTL() bool { return f.Dir == RTL }

// Style returns how typeset must set a text of the figure to measure it.
func (f *Figure) Style(size float64, bold bool) typeset.Style {
	return typeset.Style{Size: size, Bold: bold, RTL: f.RTL(), Lang: f.Lang}
}

// style returns how typeset must set one text whose direction is resolved.
func (f *Figure) style(t Text) typeset.Style {
	return typeset.Style{Size: t.Size, Bold: t.Bold, RTL: t.Dir == RTL, Lang: f.Lang}
}
