package chart

import (
	"fmt"

	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
)

// legend draws the names of the steps in their order, wrapped into lines, and
// returns the height it takes.
func (s *sheet) legend(names []string, colours []canvas.Colour) float64 {
	const box, gap, between, line = 9.0, 4.0, 12.0, 15.0
	area := s.page().Inset(canvas.Margin, s.top, inner, 1)
	x, y := 0.0, line/2
	for i, name := range names {
		w := box + gap + s.width(name, canvas.AxisSize, false)
		if x > 0 && x+w > inner {
			x, y = 0, y+line
		}
		s.draw(area,
			canvas.Rect{X: x, Y: y - box/2, W: box, H: box, Fill: colours[i], Edge: canvas.Muted, EdgeWidth: 0.4},
			canvas.Text{X: x + box + gap, Y: canvas.Baseline(y, canvas.AxisSize), Content: name, Size: canvas.AxisSize})
		x += w + between
	}
	return y + line/2 + 16
}

func stepsError(n int) error {
	return fmt.Errorf("a diverging chart takes 2 to 7 steps, not %d", n)
}
