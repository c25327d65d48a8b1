package typeset

import (
	"reflect"
	"strings"
	"sync"
	"testing"
)

func newTypesetter(t testing.TB) *Typesetter {
	t.Helper()
	ts, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return ts
}

func ids(l Line) []uint32 {
	var out []uint32
	for _, g := range l.Glyphs {
		out = append(out, g.ID)
	}
	return out
}

func TestArabicLettersJoinInBothWeights(t *testing.T) {
	ts := newTypesetter(t)
	for _, bold := range []bool{false, true} {
		style := Style{Size: 10, Bold: bold, RTL: true, Lang: "ar"}
		word := ts.Line("سلم", style) // three joining letters
		if len(word.Glyphs) < 3 {
			t.Fatalf("bold %v: %d glyphs", bold, len(word.Glyphs))
		}
		for _, letter := range []string{"س", "ل", "م"} {
			alone := ts.Line(letter, style).Glyphs[0].ID
			for _, g := range word.Glyphs {
				if g.ID == alone {
					t.Errorf("bold %v: %q keeps its isolated form inside a word", bold, letter)
				}
			}
		}
		if lam := ts.Line("لا", style); len(lam.Glyphs) == 2 && ids(lam)[1] == ts.Line("ل", style).Glyphs[0].ID {
			t.Errorf("bold %v: lam and alef are not joined", bold)
		}
		if marked := ts.Line("ذكرًا", style); marked.Width != ts.Line("ذكرا", style).Width {
			t.Errorf("bold %v: a mark takes room of its own", bold)
		}
	}
}

func TestEveryDualJoiningLetterTakesAMedialForm(t *testing.T) {
	ts := newTypesetter(t)
	for _, bold := range []bool{false, true} {
		style := Style{Size: 10, Bold: bold, RTL: true, Lang: "ar"}
		for _, letter := range "بتثجحخسشصضطظعغفقكلمنهيئ" {
			var alone, inside []uint32
			for _, g := range ts.Line(string(letter), style).Glyphs {
				alone = append(alone, g.ID)
			}
			for _, g := range ts.Line("س"+string(letter)+"س", style).Glyphs {
				if g.From == 1 {
					inside = append(inside, g.ID)
				}
			}
			if len(inside) == 0 || reflect.DeepEqual(alone, inside) {
				t.Errorf("bold %v: %q is not joined", bold, letter)
			}
		}
		for _, letter := range "ادذرزوةىأإآؤ" {
			var alone, end []uint32
			for _, g := range ts.Line(string(letter), style).Glyphs {
				alone = append(alone, g.ID)
			}
			for _, g := range ts.Line("س"+string(letter), style).Glyphs {
				if g.From == 1 {
					end = append(end, g.ID)
				}
			}
			if len(end) == 0 || reflect.DeepEqual(alone, end) {
				t.Errorf("bold %v: %q is not joined at the end of a word", bold, letter)
			}
		}
	}
}

// Widths measured in Chromium with the same fonts, in which HarfBuzz itself shapes.
func TestWidthsAreThoseOfHarfBuzz(t *testing.T) {
	ts := newTypesetter(t)
	for _, tt := range harfbuzzWidths() {
		got := ts.Width(tt.text, Style{Size: 100, Bold: tt.bold, RTL: tt.rtl})
		if got < tt.width-0.5 || got > tt.width+0.5 {
			t.Errorf("%q bold %v: %.2f wide, want %.2f", tt.text, tt.bold, got, tt.width)
		}
	}
}

func TestLatinIsKernedInBothWeights(t *testing.T) {
	ts := newTypesetter(t)
	for _, bold := range []bool{false, true} {
		style := Style{Size: 100, Bold: bold}
		if pair, apart := ts.Width("AV", style), ts.Width("A", style)+ts.Width("V", style); pair >= apart {
			t.Errorf("bold %v: AV is %v wide, its letters %v", bold, pair, apart)
		}
	}
}

// order spells a line from left to right, one rune a cluster.
func order(l Line) string {
	runes := []rune(l.Text)
	var b strings.Builder
	last := -1
	for _, g := range l.Glyphs {
		if g.From != last && !invisible(runes[g.From]) {
			b.WriteRune(runes[g.From])
		}
		last = g.From
	}
	return b.String()
}

func TestVisualOrder(t *testing.T) {
	ts := newTypesetter(t)
	tests := []struct {
		name, text string
		rtl        bool
		want       string
	}{
		{"Latin", "abc 12", false, "abc12"},
		{"Arabic with Latin", "جنيف (UPR) نعم", true, "معن)UPR(فينج"}, // both drawn mirrored
		{"Arabic with digits", "سنة 312 نعم", true, "معن312ةنس"},
		{"a bare range in Arabic turns round", "من 52–63", true, "63–52نم"},
		{"an isolated range does not", "من \u206652–63\u2069", true, "52–63نم"},
		{"digits that end an Arabic phrase in English", "see سنة 12", false, "see12ةنس"},
		{"and stay there before a bracket", "see سنة 12 (ab)", false, "see12ةنس(ab)"},
		{"Chinese", "多数组织（12）", false, "多数组织（12）"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := order(ts.Line(tt.text, Style{Size: 9, RTL: tt.rtl})); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestBracketsAreMirroredInRightToLeftText(t *testing.T) {
	ts := newTypesetter(t)
	line := ts.Line("(نعم", Style{Size: 9, RTL: true})
	bracket := line.Glyphs[len(line.Glyphs)-1] // the first read stands rightmost
	if want, ok := bracket.font.NominalGlyph(')'); !ok || bracket.ID != uint32(want) {
		t.Errorf("glyph %d, want %d, the shape that opens towards the left", bracket.ID, want)
	}
}

func TestFontsFollowTheScript(t *testing.T) {
	ts := newTypesetter(t)
	l := ts.Line("审议“有用”，n = 12", Style{Size: 9, Lang: "zh"})
	for _, g := range l.Glyphs {
		r := []rune(l.Text)[g.From]
		want := ts.families[chinese].regular
		if r < 0x80 {
			want = ts.families[latin].regular
		}
		if r != ' ' && g.font != want {
			t.Errorf("%q is set in another font", r)
		}
	}
	if q := ts.Line("“so”", Style{Size: 9, Lang: "en"}); q.Glyphs[0].font != ts.families[latin].regular {
		t.Error("English quotation marks are set in another font than Noto Sans")
	}
	if d := ts.Line("سنة 312", Style{Size: 9, RTL: true}); d.Glyphs[0].font != ts.families[latin].regular {
		t.Error("digits in Arabic text are not set in Noto Sans")
	}
}

func TestSixLanguagesLackNothing(t *testing.T) {
	ts := newTypesetter(t)
	for _, text := range []string{
		"Most organisations – “n = 312” – 58 % [52–63] … • × ≥ ≤ ± − ½ €",
		"L’examen a été jugé utile : « où ça ? » cœur ŒÆ",
		"¿Señaló la organización? ¡Sí! àéíóúüñ",
		"Обзор признан полезным; №12, ёжик Щъ",
		"رأت معظم المنظمات أن الاستعراض مفيد، لكن المتابعة؟ ذكرًا ٪ ٠١٢٣٤٥٦٧٨٩",
		"多数组织认为审议有用，但后续落实是薄弱环节。“报复”《意见》（％）：；！？、",
	} {
		for _, bold := range []bool{false, true} {
			if missing := ts.Missing(text, bold); missing != nil {
				t.Errorf("bold %v: no font has %q", bold, missing)
			}
		}
	}
}

func TestMissingRunesAreReportedAndNotDrawn(t *testing.T) {
	ts := newTypesetter(t)
	style := Style{Size: 10}
	l := ts.Line("a\U0001F600ก\U0001F600", style)
	if want := []rune{0x1F600, 'ก'}; !reflect.DeepEqual(l.Missing, want) {
		t.Errorf("missing %q, want %q", l.Missing, want)
	}
	if got, want := ts.Outline(l), ts.Outline(ts.Line("a", style)); !reflect.DeepEqual(got, want) {
		t.Errorf("%d segments drawn, want only the %d of the known letter", len(got), len(want))
	}
	if m := ts.Line("a\u2066b\u2069\u200d c", style).Missing; m != nil {
		t.Errorf("invisible characters reported: %q", m)
	}
}

func TestAnAddedFontFillsGaps(t *testing.T) {
	data, err := FontFile("Noto Sans SC", false)
	if err != nil {
		t.Fatal(err)
	}
	with, err := New(Font{Name: "added", Data: data})
	if err != nil {
		t.Fatal(err)
	}
	if len(with.families) != embeddedFamilies+1 {
		t.Fatalf("%d families", len(with.families))
	}
	// Without its own Chinese, the added font is the one that answers.
	with.families = append(with.families[:chinese:chinese], with.families[chinese+1:]...)
	if m := with.Missing("审议", true); m != nil {
		t.Errorf("missing %q", m)
	}
	if _, err := New(Font{Name: "broken.ttf", Data: []byte("no font")}); err == nil || !strings.Contains(err.Error(), "broken.ttf") {
		t.Errorf("error %v does not name the broken font", err)
	}
	if _, err := ReadFont(t.TempDir() + "/none.ttf"); err == nil {
		t.Error("a font file that is absent was read")
	}
}

func TestWidthIsProportionalToSize(t *testing.T) {
	ts := newTypesetter(t)
	text := "Recommendations were specific 66 [56–75]"
	at10 := ts.Width(text, Style{Size: 10})
	for _, size := range []float64{8, 8.5, 9.5, 14} {
		if got, want := ts.Width(text, Style{Size: size}), at10*size/10; got < want*0.9999 || got > want*1.0001 {
			t.Errorf("at %v pt %v wide, want %v", size, got, want)
		}
	}
	if w := ts.Width("123456", Style{Size: 10}); w != ts.Width("888888", Style{Size: 10}) {
		t.Error("figures have different widths")
	}
}

func TestMeasuresComeFromTheFonts(t *testing.T) {
	ts := newTypesetter(t)
	top := 0.0
	for _, s := range ts.Outline(ts.Line("H", Style{Size: 100})) {
		top = max(top, -s.Args[0].Y)
	}
	if top < CapHeight(100)-0.5 || top > CapHeight(100)+0.5 {
		t.Errorf("H is %v high, CapHeight says %v", top, CapHeight(100))
	}
	l := ts.Line("Hg", Style{Size: 10})
	if l.Ascent < 9 || l.Ascent > 12 || l.Descent < 2 || l.Descent > 4 {
		t.Errorf("ascent %v, descent %v", l.Ascent, l.Descent)
	}
}

func TestManyGoroutinesGetTheSameGlyphs(t *testing.T) {
	ts := newTypesetter(t)
	text, style := "لم يرد وفد الدولة علينا (UPR) 审议 66", Style{Size: 8.5, RTL: true}
	want := ts.Outline(ts.Line(text, style))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 5 {
				if got := ts.Outline(ts.Line(text, style)); !reflect.DeepEqual(got, want) {
					t.Error("another outline")
				}
			}
		})
	}
	wg.Wait()
}
