package code

// scan notes the places of the text at which a pattern may begin, in order, for what
// begins in the window at from. Before is 1 if a word goes on there, else 0. It
// returns where the next window begins, and whether a word goes on there.
func (s *Scanner) scan(from int, before uint64) (next int, goesOn uint64) {
	w, f := &s.window, s.m.filter
	own := f.spell(s.text, from, w)
	places := w.Find(f.firsts, own, before, w.unclear)
	w.packed = w.Pack(f.firsts, places, w.packed)
	signs := w.signs[:w.found]
	for i, k := range places {
		hope := s.m.hopes(&w.packed[i])
		if hope == nothing {
			continue
		}
		n := 0
		for n < len(signs) && signs[n] < k {
			n++
		}
		s.noted(from, signs[:n])
		signs = signs[n:]
		s.note(from+int(k), hope)
	}
	s.noted(from, signs)
	return from + own, w.GoesOn(own)
}

// note notes a place and what may be found there.
func (s *Scanner) note(place int, h hope) {
	if h != nothing {
		s.found = append(s.found, place)
		s.hope = max(s.hope, h)
	}
}
