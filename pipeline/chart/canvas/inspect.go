package canvas

import (
	"strings"

	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
)

// An Inspection says what would not read well in a figure. Texts are counted
// from 0 in drawing order, through all groups.
type Inspection struct {
	Missing     []rune   // characters no font has
	Outside     []int    // texts that leave the figure
	Overlapping [][2]int // pairs of texts that stand on each other
}

// OK tells whether nothing was found.
func (i Inspection) OK() bool {
	return len(i.Missing) == 0 && len(i.Outside) == 0 && len(i.Overlapping) == 0
}

// Inspect measures every text of a figure. It fails if the figure is not valid.
func Inspect(f *Figure, ts *typeset.Typesetter) (Inspection, error) {
	s := &inspector{figure: f, ts: ts}
	if err := Walk(f, s); err != nil {
		return Inspection{}, err
	}
	const slack = 0.01
	for i, a := range s.boxes {
		if a.left < -slack || a.top < -slack || a.right > f.Width+slack || a.bottom > f.Height+slack {
			s.found.Outside = append(s.found.Outside, i)
		}
		for j, b := range s.boxes[:i] {
			if a.left < b.right-slack && b.left < a.right-slack && a.top < b.bottom-slack && b.top < a.bottom-slack {
				s.found.Overlapping = append(s.found.Overlapping, [2]int{j, i})
			}
		}
	}
	return s.found, nil
}

// inspector is a Sink that measures texts.
type inspector struct {
	figure *Figure
	ts     *typeset.Typesetter
	boxes  []box
	found  Inspection
}

type box struct{ left, top, right, bottom float64 }

// Text implements Sink. The box holds the ink of the glyphs, all but blanks at the ends.
func (s *inspector) Text(t PlacedText) {
	line := s.ts.Line(t.Content, s.figure.style(t.Text))
	for _, r := range line.Missing {
		if !strings.ContainsRune(string(s.found.Missing), r) {
			s.found.Missing = append(s.found.Missing, r)
		}
	}
	left := t.left(line.Width)
	b, first := box{left: left, top: t.Y, right: left, bottom: t.Y}, true
	for _, segment := range s.ts.Outline(line) {
		x, y := left+segment.Args[0].X, t.Y+segment.Args[0].Y
		if first {
			b, first = box{x, y, x, y}, false
		}
		for _, p := range segment.Points() {
			x, y := left+p.X, t.Y+p.Y
			b = box{min(b.left, x), min(b.top, y), max(b.right, x), max(b.bottom, y)}
		}
	}
	s.boxes = append(s.boxes, b)
}

// Rect implements Sink; only texts are inspected.
func (s *inspector) Rect(Rect) {}

// Line implements Sink.
func (s *inspector) Line(Line) {}

// Dot implements Sink.
func (s *inspector) Dot(Dot) {}

// Path implements Sink.
func (s *inspector) Path(Path) {}

// Open implements Sink.
func (s *inspector) Open(Group) {}

// Close implements Sink.
func (s *inspector) Close() {}
