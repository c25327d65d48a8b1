package docx

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/report"
)

func TestArabicReadsFromRightToLeft(t *testing.T) {
	parts := unpacked(t, written(t, sample("ar")))
	for _, name := range []string{"word/document.xml", "word/header1.xml", "word/footer1.xml"} {
		for p := range tree(t, parts[name]).all("p") {
			text := p.text()
			bidi := p.child("pPr").child("bidi")
			if bidi == nil {
				t.Fatalf("%s: a paragraph without direction: %q", name, text)
			}
			if off := bidi.attrs["val"] == "0"; off != leftToRight(text) {
				t.Errorf("%s: %q: left to right %v", name, text, off)
			}
			for r := range p.all("r") {
				inner := r.text()
				marked := r.child("rPr") != nil && r.child("rPr").child("rtl") != nil
				if marked && strings.ContainsFunc(inner, func(c rune) bool { return unicode.Is(unicode.Latin, c) || c == ltrIsolate }) {
					t.Errorf("a run from right to left: %q", inner)
				}
				if !marked && strings.ContainsFunc(inner, func(c rune) bool { return unicode.Is(unicode.Arabic, c) }) {
					t.Errorf("a run from left to right: %q", inner)
				}
			}
		}
	}
	doc := tree(t, parts["word/document.xml"])
	for table := range doc.all("tblPr") {
		if table.child("bidiVisual") == nil {
			t.Error("a table is not mirrored")
		}
	}
	for s := range doc.all("sectPr") {
		if s.child("bidi") == nil {
			t.Error("the section has no direction")
		}
	}
	for l := range tree(t, parts["word/styles.xml"]).all("lang") {
		if l.attrs["bidi"] != "ar-SA" {
			t.Errorf("language %v", l.attrs)
		}
	}
}

func TestOthersReadFromLeftToRight(t *testing.T) {
	parts := unpacked(t, written(t, sample("en")))
	for name, part := range parts {
		if !strings.HasSuffix(name, ".xml") {
			continue
		}
		for _, what := range []string{"bidi", "rtl", "bidiVisual"} {
			for range tree(t, part).all(what) {
				t.Errorf("%s has %s", name, what)
			}
		}
	}
}

func TestLanguagesAreThoseOfTheirScripts(t *testing.T) {
	for tag, want := range map[string][3]string{
		"en": {"en-GB", "zh-CN", "ar-SA"}, "fr": {"fr-FR", "zh-CN", "ar-SA"}, "ru": {"ru-RU", "zh-CN", "ar-SA"},
		"zh": {"en-GB", "zh-CN", "ar-SA"}, "ar": {"en-GB", "zh-CN", "ar-SA"}, "pt-BR": {"pt-BR", "zh-CN", "ar-SA"}, "fa": {"en-GB", "zh-CN", "fa"},
	} {
		latin, east, complex := languages(tag)
		if got := [3]string{latin, east, complex}; got != want {
			t.Errorf("%s: %v", tag, got)
		}
	}
	r := sample("en")
	r.Lang = "zh"
	for f := range tree(t, unpacked(t, written(t, r))["word/styles.xml"]).all("rFonts") {
		if f.attrs["hint"] != "eastAsia" {
			t.Error("marks that several scripts have are not set as Chinese")
		}
	}
}

func TestPiecesReadInOneDirection(t *testing.T) {
	for text, want := range map[string][]piece{
		"نعم":                        {{"نعم", true}},
		"نعم (UPR Info, 2022) هنا":   {{"نعم (", true}, {"UPR Info", false}, {", 2022) هنا", true}},
		"من \u206638–47\u2069 إلى 5": {{"من ", true}, {"\u206638–47\u2069", false}, {" إلى 5", true}},
		"415":                        {{"415", true}},
		"Soundings":                  {{"Soundings", false}},
	} {
		if got := split(text); !slices.Equal(got, want) {
			t.Errorf("%q: %v", text, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("aZб中نع 1,–%()\n\u2066\u2069"))).Draw(t, "text")
		var all strings.Builder
		for _, p := range split(text) {
			all.WriteString(p.text)
			if p.rtl && strings.ContainsFunc(p.text, func(r rune) bool { return unicode.IsLetter(r) && !rightToLeft(r) }) {
				t.Fatalf("%q reads from right to left", p.text)
			}
		}
		if all.String() != text {
			t.Fatalf("%q became %q", text, all.String())
		}
	})
}

func TestColumnsFillThePage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.IntRange(1, 12).Draw(t, "columns")
		word := rapid.StringMatching(`[a-z中 ]{0,60}`)
		var g grid
		g.words = rapid.Bool().Draw(t, "words")
		for range columns {
			g.header = append(g.header, word.Draw(t, "header"))
		}
		for range rapid.IntRange(0, 4).Draw(t, "rows") {
			var row []cell
			for range columns {
				row = append(row, cell{text: word.Draw(t, "cell"), under: []string{word.Draw(t, "under")}})
			}
			g.rows = append(g.rows, row)
		}
		sum := 0
		for _, w := range g.widths() {
			if w < 250 {
				t.Fatalf("a column is %d wide", w)
			}
			sum += w
		}
		if sum != textWidth {
			t.Fatalf("columns are %d wide together", sum)
		}
	})
}

func TestRowsThatSayTheSameAreOne(t *testing.T) {
	row := func(head, text string) report.TableRow {
		return report.TableRow{Head: head, Cells: []report.Cell{{Text: text, Value: report.Value{Key: "key of " + head}}}}
	}
	heads := func(rows []report.TableRow) (out []string) {
		for _, r := range gather(rows) {
			out = append(out, r.Head+"="+r.Cells[0].Text)
		}
		return out
	}
	few := []report.TableRow{row("a", "5"), row("b", "c"), row("d", "c")}
	if got := heads(few); !slices.Equal(got, []string{"a=5", "b=c", "d=c"}) {
		t.Errorf("a few rows: %v", got)
	}
	many := append(few, row("e", "c"), row("f", "c"), row("g", "c"), row("h", "c"), row("i", "7"))
	if got := heads(many); !slices.Equal(got, []string{"a=5", "b · d · e · f · g · h=c", "i=7"}) {
		t.Errorf("many rows: %v", got)
	}
}
