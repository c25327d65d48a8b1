package canvas

// Recolour puts one colour in the place of another wherever a figure has it.
func Recolour(f *Figure, from, to Colour) { f.Marks = recoloured(f.Marks, from, to) }

func recoloured(marks []Mark, from, to Colour) []Mark {
	swap := func(c *Colour) {
		if *c == from {
			*c = to
		}
	}
	out := make([]Mark, len(marks))
	for i, m := range marks {
		switch v := m.(type) {
		case Rect:
			swap(&v.Fill)
			swap(&v.Edge)
			m = v
		case Line:
			swap(&v.Colour)
			m = v
		case Dot:
			swap(&v.Fill)
			swap(&v.Edge)
			m = v
		case Path:
			swap(&v.Fill)
			swap(&v.Edge)
			m = v
		case Text:
			swap(&v.Colour)
			m = v
		case Group:
			v.Marks = recoloured(v.Marks, from, to)
			m = v
		}
		out[i] = m
	}
	return out
}
