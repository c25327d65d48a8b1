package chart

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
	"github.com/soundings-survey/soundings/pipeline/protect"
)

// Tile is a group on a map of tiles. Without a label it is a gap. One that is
// shown as part of another group has no figure of its own.
type Tile struct {
	Label  string
	Value  protect.Number
	Base   protect.Number
	Folded bool // it has no figure of its own
}

// TilesOptions say what stands beneath a map of tiles.
type TilesOptions struct {
	Beneath string // heads the list of groups that have no place on the map
	Off     []Row  // these groups
}

const (
	tileWidth  = 112.0 // of the widest tile
	tileGap    = 4.0
	tilePad    = 4.0
	tileSteps  = 5
	legendStep = 34.0
)

// Tiles draws a map on which each group is a tile of one size: the greater its
// share, the darker. Tiles stand as on a map, so they are not mirrored where text
// reads from right to left. A withheld tile has the ground of all such cells and
// the mark.
func Tiles(h Head, rows [][]Tile, o TilesOptions, pen *protect.Pen, ts *typeset.Typesetter) (*canvas.Figure, error) {
	s := newSheet(h, pen, ts)
	columns, greatest := 1, 0.0
	for _, row := range rows {
		columns = max(columns, len(row))
		for _, t := range row {
			if v, shown := s.tileValue(t); shown {
				greatest = max(greatest, v)
			}
		}
	}
	step := tileStep(greatest)
	top := s.tileLegend(step)
	width := min(tileWidth, (inner+tileGap)/float64(columns)-tileGap)
	heads, lines := s.tileHeads(rows, width-2*tilePad)
	height := 2*tilePad + float64(lines)*canvas.LineHeight(canvas.AxisSize) + canvas.LineHeight(canvas.LabelSize) + canvas.LineHeight(canvas.SourceSize)
	across := float64(columns)*(width+tileGap) - tileGap
	area := s.page().Unmirrored().Inset(canvas.Margin+(inner-across)/2, s.top+top, across, 1)
	for r, row := range rows {
		for k, t := range row {
			if t.Label == "" {
				continue
			}
			box := canvas.Rect{X: float64(k) * (width + tileGap), Y: float64(r) * (height + tileGap), W: width, H: height}
			s.tile(area, t, heads[r][k], box, step)
		}
	}
	body := top + float64(len(rows))*(height+tileGap) - tileGap
	return s.finish(body + s.offMap(o, body+8)), nil
}

// tileValue is the share of a tile that may be shown.
func (s *sheet) tileValue(t Tile) (v float64, shown bool) {
	if t.Label == "" || t.Folded {
		return 0, false
	}
	return s.pen.Length(t.Value)
}

// tileStep is the width of a step of colour, a round share of which five hold the
// greatest value.
func tileStep(greatest float64) float64 {
	for _, step := range []float64{0.01, 0.02, 0.04, 0.05, 0.1} {
		if greatest <= step*tileSteps+1e-9 {
			return step
		}
	}
	return 0.2
}

// tileLegend draws the steps of colour with the shares between them, and returns
// the height that it takes.
func (s *sheet) tileLegend(step float64) float64 {
	const high = 9.0
	area := s.page().Inset(canvas.Margin, s.top, inner, 1)
	start := s.width(s.tick(0, true), canvas.AxisSize, false) / 2
	for k, colour := range canvas.Sequential(tileSteps) {
		s.draw(area, canvas.Rect{X: start + float64(k)*legendStep, Y: 0, W: legendStep, H: high, Fill: colour, Edge: canvas.Muted, EdgeWidth: 0.4})
	}
	for k := range tileSteps + 1 {
		s.draw(area, canvas.Text{
			X: start + float64(k)*legendStep, Y: canvas.Baseline(high+canvas.LineHeight(canvas.AxisSize)/2+1, canvas.AxisSize),
			Content: s.tick(math.Round(100*step*float64(k))/100, true), Size: canvas.AxisSize, Colour: canvas.Muted, Anchor: canvas.Middle,
		})
	}
	return high + canvas.LineHeight(canvas.AxisSize) + 14
}

// tileHeads wraps the names of tiles, and returns how many lines the longest has.
func (s *sheet) tileHeads(rows [][]Tile, width float64) (heads [][][]typeset.Line, lines int) {
	lines = 1
	for _, row := range rows {
		var of [][]typeset.Line
		for _, t := range row {
			wrapped := s.ts.Wrap(t.Label, s.fig.Style(canvas.AxisSize, false), width, 3)
			lines = max(lines, len(wrapped))
			of = append(of, wrapped)
		}
		heads = append(heads, of)
	}
	return heads, lines
}

// tile draws one tile: its name, its share and its base.
func (s *sheet) tile(area canvas.Frame, t Tile, head []typeset.Line, box canvas.Rect, step float64) {
	v, shown := s.tileValue(t)
	box.Fill = canvas.Suppressed
	ink, quiet := canvas.Ink, canvas.Muted
	if shown {
		colours := canvas.Sequential(tileSteps)
		box.Fill = colours[min(int(v/step+1e-9), tileSteps-1)]
		ink = canvas.LabelInk(box.Fill)
		quiet = ink
	}
	middle := box.X + box.W/2
	marks := []canvas.Mark{box}
	marks = append(marks, canvas.Paragraph(head, canvas.Text{X: middle, Y: box.Y + tilePad, Size: canvas.AxisSize, Colour: ink, Anchor: canvas.Middle})...)
	if !t.Folded {
		base := box.Y + box.H - tilePad - canvas.LineHeight(canvas.SourceSize)/2
		value := base - canvas.LineHeight(canvas.SourceSize)/2 - canvas.LineHeight(canvas.LabelSize)/2
		marks = append(marks,
			canvas.Text{X: middle, Y: canvas.Baseline(value, canvas.LabelSize), Content: bare(s.pen.Text(t.Value)), Size: canvas.LabelSize, Bold: shown, Colour: ink, Anchor: canvas.Middle},
			canvas.Text{X: middle, Y: canvas.Baseline(base, canvas.SourceSize), Content: s.baseText(t.Base), Size: canvas.SourceSize, Colour: quiet, Anchor: canvas.Middle})
	}
	s.draw(area, marks...)
}

// offMap lists the groups that have no place on the map, and returns the height
// that they take.
func (s *sheet) offMap(o TilesOptions, top float64) float64 {
	if len(o.Off) == 0 {
		return 0
	}
	area := s.page().Inset(canvas.Margin, s.top+top, inner, 1)
	line := canvas.LineHeight(canvas.AxisSize)
	y := 0.0
	write := func(text string, colour canvas.Colour) {
		wrapped := s.ts.Wrap(text, s.fig.Style(canvas.AxisSize, false), inner, 3)
		s.draw(area, canvas.Paragraph(wrapped, canvas.Text{X: 0, Y: y, Size: canvas.AxisSize, Colour: colour})...)
		y += float64(len(wrapped)) * line
	}
	write(o.Beneath, canvas.Muted)
	for _, r := range o.Off {
		write(r.Label+" – "+bare(s.pen.Text(r.Value))+" ("+s.baseText(r.Base)+")", canvas.Ink)
	}
	return y + 8
}
