package canvas

// A Sink writes figures in one format. Walk gives it marks in drawing order,
// in points from the left and top edges of the figure.
type Sink interface {
	Rect(Rect)
	Line(Line)
	Dot(Dot)
	Path(Path)
	Text(PlacedText)
	Open(Group) // the marks of the group follow, then Close
	Close()
}

// A PlacedText is a Text with everything it inherits worked out.
type PlacedText struct {
	Text       // Dir is LTR or RTL, Colour is set
	Side  Side // of the text that stands at X
	Order int  // place among the figure's texts, from 0
}

// A Side is a physical side.
type Side uint8

// Sides.
const (
	Left Side = iota
	Centre
	Right
)

// Walk checks the figure and gives its marks to the sink.
func Walk(f *Figure, s Sink) error {
	if err := f.Validate(); err != nil {
		return err
	}
	texts := 0
	f.walk(f.Marks, s, &texts)
	return nil
}

func (f *Figure) walk(marks []Mark, s Sink, texts *int) {
	for _, m := range marks {
		switch m := m.(type) {
		case Rect:
			m.EdgeWidth = edgeWidth(m.EdgeWidth)
			s.Rect(m)
		case Line:
			s.Line(m)
		case Dot:
			m.EdgeWidth = edgeWidth(m.EdgeWidth)
			s.Dot(m)
		case Path:
			m.EdgeWidth = edgeWidth(m.EdgeWidth)
			s.Path(m)
		case Text:
			s.Text(f.resolve(m, *texts))
			*texts++
		case Group:
			s.Open(m)
			f.walk(m.Marks, s, texts)
			s.Close()
		}
	}
}

func edgeWidth(w float64) float64 {
	if w == 0 {
		return EdgeRule
	}
	return w
}

func (f *Figure) resolve(t Text, order int) PlacedText {
	if t.Dir == Inherit {
		t.Dir = LTR
		if f.RTL() {
			t.Dir = RTL
		}
	}
	if t.Colour == "" {
		t.Colour = Ink
	}
	side := Left
	switch {
	case t.Anchor == Middle:
		side = Centre
	case (t.Anchor == End) != f.RTL():
		side = Right
	}
	return PlacedText{Text: t, Side: side, Order: order}
}
