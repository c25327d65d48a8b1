package letters

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

// quick says whether the processor can do what assembly asks of it.
var quick = cpu.X86.HasAVX2 && cpu.X86.HasBMI1 && cpu.X86.HasBMI2 && cpu.X86.HasPOPCNT

//go:noescape
func spellBlocks(dst, src *byte, n int, leads *[len(quickLeads)][64]byte) int

//go:noescape
func sortBlocks(w *Window, blocks int, before uint64)

//go:noescape
func findWords(w *Window, f *Firsts, own int) (found, aside int)

//go:noescape
func findBehind(w *Window, f *Firsts, signs *Signs, n int) int

//go:noescape
func packSigns(w *Window, f *Firsts, places *uint16, n int, out *Signs)

// Spell spells a text up to what it does not know: what is not of ASCII or of two
// bytes, what is Unknown, and in assembly what does not begin as the letters of the
// six languages do. It stops behind so many bytes, or up to 31 more, and returns how
// many it has spelt. dst must have room for 64 bytes more than are asked.
func (a *Alphabet) Spell(dst []byte, text string, much int) int {
	if !quick {
		return a.spellSlowly(dst, text, much)
	}
	i := 0
	for i < min(much, len(text)) {
		_ = dst[min(len(text), much)+31]
		rest := text[i:min(len(text), much+31)]
		n := 0
		if len(rest) >= 32 {
			n = spellBlocks(&dst[i], unsafe.StringData(rest), len(rest), &a.leads)
		} else {
			var last [32]byte
			copy(last[:], rest)
			n = min(spellBlocks(&dst[i], &last[0], len(last), &a.leads), len(rest))
		}
		if n == 0 {
			break
		}
		i += n
	}
	return i
}

func (w *Window) find(f *Firsts, own int, before uint64) (found, aside int) {
	blocks := (own+block-1)/block + 1
	if !quick {
		w.sortSlowly(blocks, before)
		return w.findSlowly(f, own)
	}
	_, _ = w.Letters[blocks*block-1], w.words[blocks]
	sortBlocks(w, blocks, before)
	return findWords(w, f, own)
}

func (w *Window) findBehind(f *Firsts, signs []Signs) int {
	if !quick {
		return w.behindSlowly(f, signs)
	}
	return findBehind(w, f, &signs[0], len(signs))
}

func (w *Window) pack(f *Firsts, places []uint16, out []Signs) {
	if !quick {
		w.packSlowly(places, out)
		return
	}
	if len(places) > 0 {
		_ = out[len(places)-1]
		packSigns(w, f, &places[0], len(places), &out[0])
	}
}
