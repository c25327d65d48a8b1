package letters

import (
	"encoding/binary"
	"slices"
)

// How much of a text is spelt at once.
const (
	WindowBytes = 4096 // or a few more
	Ahead       = 64   // bytes that are spelt beyond them, at least

	block = 64
	slack = 40 // by how many bytes more may be spelt than asked
	room  = (WindowBytes+Ahead+2*slack+2*block)/block*block + block

	bitNumbers = room/block + 1 // how many numbers hold a bit for each byte
	mostWords  = room/2 + 1
)

// Window is a part of a text, spelt.
type Window struct {
	Letters [room]byte

	// A bit for each byte.
	words  [bitNumbers]uint64 // it belongs to a word
	kept   [bitNumbers]uint64 // it is a letter, of ideographs, or the first byte of what parts two words
	starts [bitNumbers]uint64 // a word begins

	found  [mostWords]uint16 // where words begin that may be of the set
	aside  [mostWords]uint16 // where others begin, with what may be left aside
	behind [mostWords]uint16 // those of them that may be of the set without it
	both   [mostWords]uint16 // found, and what was found besides
	forced []uint16
	signs  []Signs // of the words in aside
}

// Find returns where words begin, in the first own bytes of a window, of which one of
// a set may begin; and all that begin up to 32 bytes before places that are unclear.
// Before is 1 if a word goes on where the window begins. The places hold until the
// next call.
func (w *Window) Find(f *Firsts, own int, before uint64, unclear []int) []uint16 {
	found, aside := w.find(f, own, before)
	places := w.found[:found]
	if aside > 0 {
		w.signs = w.Pack(f, w.aside[:aside], w.signs)
		places = w.merged(places, w.behind[:w.findBehind(f, w.signs)])
	}
	if len(unclear) > 0 {
		places = w.merged(places, w.force(unclear, own))
	}
	return places
}

// GoesOn returns 1 if what stands before byte own of a window, after Find, belongs to
// a word, else 0.
func (w *Window) GoesOn(own int) uint64 { return w.words[(own-1)/block] >> ((own - 1) % block) & 1 }

// force returns where words begin up to 32 bytes before places, or there.
func (w *Window) force(unclear []int, own int) []uint16 {
	w.forced = w.forced[:0]
	k := 0
	for _, place := range unclear {
		for k = max(k, place-32); k <= min(place, own-1); k++ {
			if w.starts[k/block]>>(k%block)&1 != 0 {
				w.forced = append(w.forced, uint16(k))
			}
		}
	}
	return w.forced
}

// merged returns places of two lists in order, each once.
func (w *Window) merged(a, b []uint16) []uint16 {
	if len(b) == 0 {
		return a
	}
	if len(a) == 0 {
		return b
	}
	out := w.both[:0]
	if &a[0] == &w.both[0] {
		a = slices.Clone(a)
	}
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			out, a = append(out, a[0]), a[1:]
		case a[0] > b[0]:
			out, b = append(out, b[0]), b[1:]
		default:
			a = a[1:]
		}
	}
	return append(append(out, a...), b...)
}

// Signs is what a text goes on with at a place: letters and ideographs, with one Gap
// between words, as many as the next 32 bytes have, with zeros behind them. Where the
// text is over End stands, and behind that other signs: an End with another behind it
// says that more may follow.
type Signs [32]byte

// Key returns the key of the eight signs at a place, which is less than 16.
func (s *Signs) Key(k int) uint64 { return binary.LittleEndian.Uint64(s[k&15 : k&15+8]) }

// Few reports whether fewer signs are known than are looked at behind what may be left
// aside.
func (s *Signs) Few() bool { return s[certain] == End }

// certain is the last place of signs that is looked at behind what may be left aside.
const certain = 4 + WordLength

// Pack returns what stands at places of a window, in the memory of signs if it is
// enough.
func (w *Window) Pack(f *Firsts, places []uint16, signs []Signs) []Signs {
	signs = slices.Grow(signs[:0], len(places))[:len(places)]
	w.pack(f, places, signs)
	return signs
}
