package canvas

// A Frame is a part of a figure in logical coordinates: x runs from the reading
// start of the frame, y from its top. A chart works in frames and never asks
// which way it reads.
type Frame struct {
	X, Y, W, H float64   // the place in the figure, from its left and top edges
	Dir        Direction // of the figure
	Mirror     bool      // the reading start is the right edge
}

// Frame returns the whole figure as a frame.
func (f *Figure) Frame() Frame {
	return Frame{W: f.Width, H: f.Height, Dir: f.Dir, Mirror: f.RTL()}
}

// Inset returns the part of the frame that begins start points from its reading
// start and top points from its top.
func (f Frame) Inset(start, top, width, height float64) Frame {
	in := f
	in.X, in.Y, in.W, in.H = f.X+start, f.Y+top, width, height
	if f.Mirror {
		in.X = f.X + f.W - start - width
	}
	return in
}

// Unmirrored returns the frame with x running from its left edge in every
// language, for maps and for time axes that keep the western direction. Text in it still
// reads in the figure's direction.
func (f Frame) Unmirrored() Frame {
	f.Mirror = false
	return f
}

// At returns the distance from the figure's left edge of a place s points from the
// frame's reading start.
func (f Frame) At(s float64) float64 {
	if f.Mirror {
		return f.X + f.W - s
	}
	return f.X + s
}

// Draw adds marks in the logical coordinates of a frame to the figure. In
// right-to-left figures it isolates numbers and ranges, so that they keep
// their order.
func (f *Figure) Draw(in Frame, marks ...Mark) {
	f.Marks = append(f.Marks, in.place(marks)...)
}

func (f Frame) place(marks []Mark) []Mark {
	var out []Mark
	for _, m := range marks {
		switch m := m.(type) {
		case Rect:
			left := f.At(m.X)
			if f.Mirror {
				left = f.At(m.X + m.W)
			}
			m.X, m.Y = left, f.Y+m.Y
			out = append(out, m)
		case Line:
			m.X1, m.Y1, m.X2, m.Y2 = f.At(m.X1), f.Y+m.Y1, f.At(m.X2), f.Y+m.Y2
			out = append(out, m)
		case Dot:
			m.X, m.Y = f.At(m.X), f.Y+m.Y
			out = append(out, m)
		case Path:
			points := make([]Point, len(m.Points))
			for i, p := range m.Points {
				points[i] = Point{f.At(p.X), f.Y + p.Y}
			}
			m.Points = points
			out = append(out, m)
		case Text:
			out = append(out, f.placeText(m))
		case Group:
			m.Marks = f.place(m.Marks)
			out = append(out, m)
		}
	}
	return out
}

func (f Frame) placeText(m Text) Text {
	m.X, m.Y = f.At(m.X), f.Y+m.Y
	if f.Dir == RTL {
		if m.Dir != LTR {
			m.Content = IsolateNumbers(m.Content)
		}
		if !f.Mirror {
			m.Anchor = m.Anchor.opposite() // x runs against the reading direction
		}
	}
	return m
}

func (a Anchor) opposite() Anchor {
	switch a {
	case Start:
		return End
	case End:
		return Start
	}
	return a
}
