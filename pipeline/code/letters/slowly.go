package letters

import (
	"encoding/binary"
	"math/bits"
)

// What assembly does, in Go: for other processors, and to compare.

// spellSlowly is Spell.
func (a *Alphabet) spellSlowly(dst []byte, text string, much int) int {
	i, end := 0, min(much, len(text))
	for i < end {
		for i+8 <= end { // of ASCII
			x := load(text[i : i+8])
			binary.LittleEndian.PutUint64(dst[i:i+8], x&(alphanumeric(x)>>7*0xFF)|lowerCase)
			n := bits.TrailingZeros64(x&highBits) / 8
			if i += n; n < 8 {
				break
			}
		}
		if i == end {
			break
		}
		c := text[i]
		if c < 0x80 {
			dst[i] = byte(uint64(c)&(alphanumeric(uint64(c))>>7*0xFF) | lowerCase&0xFF)
			i++
			continue
		}
		if c < 0xC2 || c >= 0xE0 || i+1 == len(text) || text[i+1]&0xC0 != 0x80 {
			break
		}
		b := a.two[rune(c&0x1F)<<6|rune(text[i+1]&0x3F)]
		if b == Unknown {
			break
		}
		dst[i], dst[i+1] = b, Fill
		i += 2
	}
	return i
}

const lowerCase = 0x20 * every

// alphanumeric returns the highest bit of each byte that is a letter or digit of ASCII.
func alphanumeric(x uint64) uint64 {
	low := x &^ highBits
	letters := low | lowerCase
	letters = (letters + (0x80-'a')*every) &^ (letters + (0x7F-'z')*every)
	digits := (low + (0x80-'0')*every) &^ (low + (0x7F-'9')*every)
	return (letters | digits) &^ x & highBits
}

// load returns eight bytes as one number.
func load(t string) uint64 {
	return uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 |
		uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56
}

// sortSlowly notes of what kind the bytes of so many blocks are. Before is 1 if a word
// goes on where the window begins.
func (w *Window) sortSlowly(blocks int, before uint64) {
	for j := range blocks {
		b := (*[block]byte)(w.Letters[j*block:])
		var letters, fills, ideographs uint64
		for k := 0; k < block; k += 8 {
			x := binary.LittleEndian.Uint64(b[k : k+8])
			letters |= gathered(lettersIn(x)) << k
			fills |= gathered(zeros(x^fill8)) << k
			ideographs |= gathered(zeros(x^ideographs8)) << k
		}
		run := fills & (letters<<1 | before)
		word := letters | fills&^(fills+run)
		past := word<<1 | before
		w.words[j] = word
		w.kept[j] = letters | ideographs | ^(letters|fills)&past
		w.starts[j] = letters &^ past
		before = word >> 63
	}
}

// findSlowly finds the words that may be of the set, and others that begin with what
// may be left aside.
func (w *Window) findSlowly(f *Firsts, own int) (found, aside int) {
	for j := 0; j*block < own; j++ {
		starts := w.starts[j]
		if rest := own - j*block; rest < block {
			starts &= 1<<rest - 1
		}
		for ; starts != 0; starts &= starts - 1 {
			k := j*block + bits.TrailingZeros64(starts)
			x := w.keyAt(k)
			word := bits.TrailingZeros64(^bitsAt(w.words[:], k))
			may := f.may(x, bits.OnesCount64(bitsAt(w.kept[:], k)&(1<<word-1)))
			switch {
			case may != 0 || byte(x>>(8*PhraseSigns-8)) == End || word >= ahead:
				w.found[found] = uint16(k)
				found++
			case f.aside[w.Letters[k]] != 0:
				w.aside[aside] = uint16(k)
				aside++
			}
		}
	}
	return found, aside
}

// behindSlowly finds those of the words in aside that may be of the set without what
// may be left aside. Signs are theirs.
func (w *Window) behindSlowly(f *Firsts, signs []Signs) (n int) {
	for i := range signs {
		s := &signs[i]
		a, b, c := f.Behind(s)
		if s.Few() || f.mayAt(s, a)|f.mayAt(s, b)|f.mayAt(s, c) != 0 {
			w.behind[n] = w.aside[i]
			n++
		}
	}
	return n
}

// keyAt returns the key of the signs that are kept of 16 bytes.
func (w *Window) keyAt(k int) uint64 {
	kept := bitsAt(w.kept[:], k)
	at := w.Letters[k : k+16]
	switch {
	case kept&0xFF == 0xFF:
		return binary.LittleEndian.Uint64(at)
	case kept&0xFFFF == 0x5555: // letters of two bytes
		return everyOther(binary.LittleEndian.Uint64(at)) | everyOther(binary.LittleEndian.Uint64(at[8:]))<<32
	}
	key, n := uint64(0), 0
	for kept &= 0xFFFF; kept != 0 && n < 64; kept &= kept - 1 {
		key |= uint64(at[bits.TrailingZeros64(kept)&15]) << n
		n += 8
	}
	return key
}

// everyOther packs four of eight bytes, the first among them.
func everyOther(x uint64) uint64 {
	x &= 0x00FF00FF00FF00FF
	x = (x | x>>8) & 0x0000FFFF0000FFFF
	return (x | x>>16) & 0xFFFFFFFF
}

// ahead is how many bits are looked at from any place on.
const ahead = 32

// bitsAt returns the bits from byte k on, ahead of them.
func bitsAt(of []uint64, k int) uint64 {
	low, high := of[k/block], of[k/block+1]
	return (low>>(k%block) | high<<1<<(63-k%block)) & (1<<ahead - 1)
}

// packSlowly is pack.
func (w *Window) packSlowly(places []uint16, out []Signs) {
	for i, k := range places {
		out[i] = Signs{}
		n := 0
		for kept := bitsAt(w.kept[:], int(k)); kept != 0; kept &= kept - 1 {
			out[i][n] = w.Letters[int(k)+bits.TrailingZeros64(kept)]
			n++
		}
	}
}
