//go:build !amd64

package letters

// Spell spells a text up to what it does not know: what is not of ASCII or of two
// bytes, or is Unknown. It stops behind so many bytes, or up to 31 more, and
// returns how many it has spelt. dst must have room for 64 bytes more than are asked.
func (a *Alphabet) Spell(dst []byte, text string, much int) int {
	return a.spellSlowly(dst, text, much)
}

func (w *Window) find(f *Firsts, own int, before uint64) (found, aside int) {
	w.sortSlowly((own+block-1)/block+1, before)
	return w.findSlowly(f, own)
}

func (w *Window) findBehind(f *Firsts, signs []Signs) int { return w.behindSlowly(f, signs) }

func (w *Window) pack(_ *Firsts, places []uint16, out []Signs) { w.packSlowly(places, out) }
