package chart

import (
	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
)

// namer puts names beside dots where there is room.
type namer struct {
	s             *sheet
	area          canvas.Frame
	width, height float64
	taken         []space
	lines         []space // the lines through the middle: names keep off them where they can
}

// space is a rectangle in which something stands.
type space struct{ left, top, right, bottom float64 }

func around(x, y, r float64) space { return space{x - r, y - r, x + r, y + r} }

func (a space) meets(b space) bool {
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

// free reports whether nothing stands in a space, and it lies in the map.
func (m *namer) free(a space, off []space) bool {
	if a.left < 2 || a.top < 2 || a.right > m.width-2 || a.bottom > m.height-2 {
		return false
	}
	for _, others := range [][]space{m.taken, off} {
		for _, b := range others {
			if a.meets(b) {
				return false
			}
		}
	}
	return true
}

const mostName = 118.0 // width of a name; longer ones have two lines

// name writes the name of a dot in the nearest room around it: beside it first,
// then farther off with a line that leads to it; off the lines through the middle
// where that is near enough. It reports whether there was any room.
func (m *namer) name(d placed) bool {
	return m.place(d, []float64{8, 14, 22}, m.lines) || m.place(d, []float64{8, 14, 22, 32, 44, 58}, nil)
}

func (m *namer) place(d placed, distances []float64, off []space) bool {
	lines := m.s.ts.Wrap(d.place.Label, m.s.fig.Style(canvas.AxisSize, false), mostName, 3)
	width := 0.0
	for _, l := range lines {
		width = max(width, l.Width)
	}
	height := mapLine * float64(len(lines))
	for _, away := range distances {
		for _, to := range []struct{ x, y float64 }{{1, 0}, {-1, 0}, {0, -1}, {0, 1}, {1, -1}, {-1, -1}, {1, 1}, {-1, 1}} {
			box := space{left: d.x + to.x*away, top: d.y + to.y*away}
			switch to.x {
			case -1:
				box.left -= width
			case 0:
				box.left -= width / 2
			}
			switch to.y {
			case -1:
				box.top -= height
			case 0:
				box.top -= height / 2
			}
			if to.x != 0 && to.y != 0 && away < 14 {
				box.top -= to.y * 5 // nearer to the dot than its corner
			}
			box.right, box.bottom = box.left+width, box.top+height
			if !m.free(box, off) {
				continue
			}
			m.write(lines, box, int(to.x))
			if away >= 14 {
				m.lead(d, box)
			}
			return true
		}
	}
	return false
}

// write draws the lines of a name, flush with the side on which its dot is.
func (m *namer) write(lines []typeset.Line, box space, side int) {
	anchor, x := canvas.Middle, (box.left+box.right)/2
	switch side {
	case 1:
		anchor, x = canvas.Start, box.left
	case -1:
		anchor, x = canvas.End, box.right
	}
	m.s.draw(m.area, canvas.Rect{X: box.left - 1, Y: box.top, W: box.right - box.left + 2, H: box.bottom - box.top, Fill: canvas.White})
	for i, l := range lines {
		y := box.top + mapLine*(float64(i)+0.5)
		m.s.draw(m.area, canvas.Text{X: x, Y: canvas.Baseline(y, canvas.AxisSize), Content: l.Text, Size: canvas.AxisSize, Anchor: anchor})
	}
	m.taken = append(m.taken, space{box.left - 3, box.top - 1, box.right + 3, box.bottom + 1})
}

// lead draws a thin line from a dot to its name.
func (m *namer) lead(d placed, box space) {
	x, y := min(max(d.x, box.left), box.right), min(max(d.y, box.top), box.bottom)
	m.s.draw(m.area, canvas.Line{X1: d.x, Y1: d.y, X2: x, Y2: y, Colour: canvas.Muted, Width: canvas.RuleWidth})
}

// corners writes in each corner what the stages there have more or less of.
func (m *namer) corners(w PriorityWords) {
	for _, c := range []struct {
		first, second string
		anchor        canvas.Anchor
		x, y          float64
	}{
		{w.UpMore, w.AcrossLess, canvas.Start, 5, 0}, {w.UpMore, w.AcrossMore, canvas.End, m.width - 5, 0},
		{w.UpLess, w.AcrossLess, canvas.Start, 5, m.height - 2*mapLine - 4}, {w.UpLess, w.AcrossMore, canvas.End, m.width - 5, m.height - 2*mapLine - 4},
	} {
		width := max(m.s.width(c.first, canvas.SourceSize, false), m.s.width(c.second, canvas.SourceSize, false))
		for i, text := range []string{c.first, c.second} {
			y := c.y + 3 + mapLine*(float64(i)+0.5)
			m.s.draw(m.area, canvas.Text{X: c.x, Y: canvas.Baseline(y, canvas.SourceSize), Content: text, Size: canvas.SourceSize, Colour: canvas.Muted, Anchor: c.anchor})
		}
		box := space{c.x, c.y, c.x + width, c.y + 2*mapLine + 6}
		if c.anchor == canvas.End {
			box.left, box.right = c.x-width, c.x
		}
		m.taken = append(m.taken, box)
	}
}
