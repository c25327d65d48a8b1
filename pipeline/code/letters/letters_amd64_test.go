package letters

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// text draws a text: pieces of all kinds, some broken.
func text(r *rapid.T) string {
	pieces := []string{"a", "z", "Q", "0", "9", "@", "[", "`", "{", "/", ":", " ", ", ", "\x00", "\x01", "\x7f", "é", "ÿ", "×", "÷", "«", "»",
		"а", "я", "Ж", "ё", "ш", "ا", "ي", "لا", "،", "\u064b", "\u0301", "—", "字", "ł", "ß", "\xc3", "\x80", "\xd0", "\xff", "\xe4\xb8", "😀",
		"reunion", "réunion ", "государство", "الحكومة ", "a\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308b", "          ", strings.Repeat("\u064b", 40)}
	var b strings.Builder
	for range rapid.IntRange(0, 80).Draw(r, "n") {
		b.WriteString(rapid.SampledFrom(pieces).Draw(r, "piece"))
	}
	return b.String()
}

func requireQuick(t *testing.T) {
	if !quick {
		t.Skip("this processor has no AVX2")
	}
}

func TestAssemblySpellsAsGo(t *testing.T) {
	requireQuick(t)
	a := testAlphabet()
	rapid.Check(t, func(r *rapid.T) {
		s := text(r)
		much := rapid.IntRange(0, len(s)+40).Draw(r, "much")
		fast, slow := make([]byte, len(s)+128), make([]byte, len(s)+128)
		n := a.Spell(fast, s, much)
		if k := a.spellSlowly(slow, s, n); k < n || string(fast[:n]) != string(slow[:n]) {
			t.Fatalf("%q: spelt %q, in Go %q", s, fast[:n], slow[:k])
		}
		if n < min(much, len(s)) && a.spellSlowly(slow, s[n:], 1) > 0 && known(s[n:]) {
			t.Fatalf("%q: stopped at %d before what it knows", s, n)
		}
		if n > much+31 {
			t.Fatalf("%q: %d bytes, where %d were asked", s, n, much)
		}
	})
}

// known reports whether a text begins with what assembly knows.
func known(s string) bool { return s[0] < 0x80 || strings.IndexByte(quickLeads, s[0]) >= 0 }

func TestAssemblyFindsAsGo(t *testing.T) {
	requireQuick(t)
	rapid.Check(t, func(r *rapid.T) {
		f := NewFirsts(Aside{[]byte{0xA1}, []byte{0xA2, 0xA3}, [2]byte{0xA4, 0xA3}})
		bytes := []byte{' ', ' ', Fill, Fill, Ideographs, End, 'a', 'b', 'c', 'd', 'e', '0', 0x80, 0xA1, 0xA2, 0xA3, 0xA4, Unknown}
		if rapid.Bool().Draw(r, "latin") {
			bytes = bytes[:12]
		}
		var w Window
		seed := rapid.Uint64().Draw(r, "seed")
		random := rand.New(rand.NewPCG(seed, 1))
		for i := range w.Letters {
			w.Letters[i] = bytes[random.IntN(len(bytes))]
		}
		for range rapid.IntRange(0, 40).Draw(r, "words") {
			k := random.IntN(WindowBytes)
			if signs := w.Letters[k : k+PhraseSigns]; random.IntN(2) == 0 {
				f.AddPhrase(signs)
			} else {
				f.AddWord(signs[:1+random.IntN(5)])
			}
		}
		own := rapid.IntRange(1, WindowBytes+slack).Draw(r, "own")
		before := uint64(rapid.IntRange(0, 1).Draw(r, "before"))
		slow := w
		blocks := (own+block-1)/block + 1
		slow.sortSlowly(blocks, before)
		found, aside := slow.findSlowly(f, own)
		n, m := w.find(f, own, before)
		if w.words != slow.words || w.kept != slow.kept || w.starts != slow.starts {
			t.Fatal("assembly sorts bytes otherwise than Go")
		}
		if !slices.Equal(w.found[:n], slow.found[:found]) || !slices.Equal(w.aside[:m], slow.aside[:aside]) {
			t.Fatal("assembly finds other words than Go")
		}
		if aside > 0 {
			signs := make([]Signs, aside)
			w.packSlowly(w.aside[:aside], signs)
			if n, m := w.findBehind(f, signs), slow.behindSlowly(f, signs); !slices.Equal(w.behind[:n], slow.behind[:m]) {
				t.Fatal("assembly finds other words than Go behind what is left aside")
			}
		}
		places := make([]uint16, 20)
		for i := range places {
			places[i] = uint16(random.IntN(own))
		}
		exact := make([]Signs, len(places))
		fast := w.Pack(f, places, nil)
		w.packSlowly(places, exact)
		for i := range fast {
			if fast[i] != exact[i] {
				t.Fatalf("place %d: %q, in Go %q", places[i], fast[i][:], exact[i][:])
			}
		}
	})
}
