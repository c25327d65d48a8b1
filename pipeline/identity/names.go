package identity

func (f *folded) names() []span { return nil }

func (f *folded) handle(i int) int {
	end, letters := i, 0
	for f.look(end) != hidden && (wordly(f.look(end)) || unspaced(f.look(end)) || f.look(end) == '.' && wordly(f.look(end+1))) && end-i < 40 {
		if !isDigit(f.look(end)) {
			letters++
		}
		end++
	}
	if letters == 0 || end-i < 2 {
		return 0
	}
	return end
}
