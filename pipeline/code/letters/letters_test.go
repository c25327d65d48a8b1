package letters

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func testAlphabet() *Alphabet {
	return NewAlphabet(func(r rune) byte {
		switch {
		case 'а' <= r && r <= 'я':
			return byte(0x80 + r - 'а')
		case 'А' <= r && r <= 'Я':
			return byte(0x80 + r - 'А')
		case 'ء' <= r && r <= 'ي':
			return byte(0xA0 + r - 'ء')
		case 0x300 <= r && r < 0x370, 0x64B <= r && r < 0x660:
			return Fill
		case r == '«' || r == '»' || r == '،' || r == '×':
			return Gap
		case 0xE0 <= r && r < 0x100:
			return "aaaaaaaceeeeiiiidnooooo/ouuuuyty"[r-0xE0]
		}
		return Unknown
	})
}

// spell spells a text of ASCII and of two bytes, and what stands behind it.
func spell(t interface{ Fatalf(string, ...any) }, a *Alphabet, w *Window, text string) {
	for i := 0; i < len(text); {
		n := a.Spell(w.Letters[i:], text[i:], len(text)-i)
		if n == 0 { // assembly knows only the commonest
			n = a.spellSlowly(w.Letters[i:], text[i:], 1)
		}
		if n == 0 {
			t.Fatalf("%q is spelt up to %d", text, i)
		}
		i += n
	}
	tail := w.Letters[len(text):]
	for i := range tail {
		tail[i] = '0'
	}
	tail[0] = End
}

func TestSpelling(t *testing.T) {
	a := testAlphabet()
	for text, want := range map[string]string{
		"The NGO's 3 visas.": "the ngo s 3 visas ",
		"[@`{/:":             "      ",
		"Réunion":            "re\x01union",
		"«да»":               " \x01\x84\x01\x80\x01 \x01",
		"a\u0301b":           "a\x01\x01b",
	} {
		var w Window
		spell(t, a, &w, text)
		if got := string(w.Letters[:len(text)]); got != want {
			t.Errorf("%q is spelt %q, want %q", text, got, want)
		}
	}
}

// Words, stems and phrases are found wherever they stand, also behind what is written
// onto them.
func TestWhatWasAddedIsFound(t *testing.T) {
	a := testAlphabet()
	words := []string{"no", "visa", "review", "reunion", "да", "отказ", "государство", "سفر", "حكومة", "سفارات"}
	gaps := []string{" ", ", ", ".", "\u00ab", "  "}
	rapid.Check(t, func(r *rapid.T) {
		f := NewFirsts(Aside{[]byte{0xA0 + 'و' - 'ء'}, []byte{0xA0 + 'ب' - 'ء', 0xA0 + 'ل' - 'ء'}, [2]byte{0xA0 + 'ا' - 'ء', 0xA0 + 'ل' - 'ء'}})
		var w Window
		sought := rapid.SampledFrom(words).Draw(r, "sought")
		spell(r, a, &w, sought)
		signs := slices.DeleteFunc(slices.Clone(w.Letters[:len(sought)]), func(b byte) bool { return b == Fill })
		behind := ""
		switch rapid.IntRange(0, 2).Draw(r, "kind") {
		case 0:
			f.AddWord(signs)
		case 1:
			if len(signs) < StemSigns {
				r.Skip("too short for a stem")
			}
			f.AddStem(signs)
			behind = rapid.SampledFrom([]string{"", "s", "ions", "я"}).Draw(r, "ending")
		case 2:
			if len(signs) >= WordSigns {
				r.Skip("too long for the first word of a phrase")
			}
			f.AddPhrase(append(slices.Clone(signs), " nations"...))
			behind = rapid.SampledFrom([]string{" ", ", ", "   "}).Draw(r, "gap") + "nations"
		}
		var text strings.Builder
		some := func() {
			for range rapid.IntRange(0, 5).Draw(r, "n") {
				text.WriteString(rapid.SampledFrom(words).Draw(r, "word") + rapid.SampledFrom(gaps).Draw(r, "gap"))
			}
		}
		some()
		place := uint16(text.Len())
		if sought[0] >= 0xD8 && rapid.Bool().Draw(r, "aside") {
			text.WriteString(rapid.SampledFrom([]string{"و", "ب", "ال", "وال", "وب", "وبال", "لل"}).Draw(r, "aside"))
		}
		text.WriteString(sought + behind + rapid.SampledFrom(gaps).Draw(r, "gap"))
		some()
		spell(r, a, &w, text.String())
		if found := w.Find(f, text.Len(), 0, nil); !slices.Contains(found, place) {
			r.Fatalf("%q at %d of %q is not found, but %v", sought, place, text.String(), found)
		}
	})
}
