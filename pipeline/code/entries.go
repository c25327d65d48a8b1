package code

import "github.com/soundings-survey/soundings/pipeline/code/letters"

// entries is where words lead by their first letters, so that these are looked up at
// once: a table by the hash of their bytes.
type entries struct {
	table []entry
	short bool // what matters ends before so many letters: words are followed from the root
}

type entry struct {
	key   uint32
	state int32 // 0: none
}

const entryLetters = 3

// newEntries returns the entries of an automaton.
func newEntries(a *automaton, runes *[256]rune) entries {
	var all []entry
	e := entries{}
	var follow func(at int32, key uint32, n int)
	follow = func(at int32, key uint32, n int) {
		if n == entryLetters {
			all = append(all, entry{key, at})
			return
		}
		e.short = e.short || a.haltAt(at).bends > 0
		for b, r := range runes {
			if to := a.child(at, r); to != 0 && letters.IsLetter(byte(b)) {
				follow(to, key|uint32(b)<<(8*n), n+1)
			}
		}
	}
	follow(0, 0, 0)
	size := 1
	for size < 2*len(all) {
		size *= 2
	}
	e.table = make([]entry, size)
	for _, one := range all {
		h := e.place(one.key)
		for e.table[h].state != 0 {
			h = (h + 1) & (size - 1)
		}
		e.table[h] = one
	}
	return e
}

func (e *entries) place(key uint32) int { return int(key*mix32>>8) & (len(e.table) - 1) }

// find returns where the first letters of a key of signs lead, 0 if nowhere; it does
// not know where there are fewer letters.
func (e *entries) find(key uint64) (state int32, known bool) {
	const first = 1<<(8*entryLetters) - 1
	key &= first
	if e.short || letters.InWord(key) < entryLetters || letters.HasUnknown(key) != 0 {
		return 0, false
	}
	for h := e.place(uint32(key)); ; h = (h + 1) & (len(e.table) - 1) {
		if one := e.table[h]; one.key == uint32(key) || one.state == 0 {
			return one.state, true
		}
	}
}
