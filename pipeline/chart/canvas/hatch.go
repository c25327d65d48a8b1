package canvas

// Hatching, in points.
const (
	hatchStep  = 4.5 // between lines, measured along the edge
	hatchWidth = 0.75
)

// hatch returns the diagonal lines of a hatched rectangle, rising to the right
// and cut at its edges, so that every sink draws the same.
func hatch(r Rect) []Line {
	var lines []Line
	for d := hatchStep / 2; d < r.W+r.H; d += hatchStep {
		// Points of the line have (x - X) + (y - Y) = d.
		x1, y1 := max(0, d-r.H), min(d, r.H)
		x2, y2 := min(d, r.W), max(0, d-r.W)
		lines = append(lines, Line{X1: r.X + x1, Y1: r.Y + y1, X2: r.X + x2, Y2: r.Y + y2, Colour: r.Hatch, Width: hatchWidth})
	}
	return lines
}
