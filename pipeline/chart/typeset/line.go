package typeset

import (
	"strings"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// shapingSize is the size at which text is shaped before it is scaled: shaping
// rounds to 1/64 of its unit, which would widen gaps at sizes like 8.5.
const shapingSize = 1024

// A Style says how text is set.
type Style struct {
	Size float64 // points
	Bold bool
	RTL  bool   // the base direction of the paragraph is right to left
	Lang string // BCP 47, such as "ar"; it may be empty
}

// A Glyph is one drawn shape of a Line, in visual order.
type Glyph struct {
	X, Y     float64 // its origin on the line, points; Y grows downwards
	Advance  float64 // points
	From, To int     // the runes of Line.Text it stands for (glyphs of one cluster share them)
	ID       uint32  // glyph number in its font
	font     *font.Font
}

// A Line is one line of shaped text.
type Line struct {
	Text    string // what it says, in reading order
	Style   Style
	Width   float64 // points, from the line's left end to its right end
	Ascent  float64 // points above the baseline that its fonts ask for
	Descent float64 // points below the baseline, positive
	Glyphs  []Glyph // from left to right
	Missing []rune  // runes no font has; they leave a gap
}

// Line shapes text as one line. Line breaks and tabs in it count as spaces.
func (t *Typesetter) Line(text string, style Style) Line {
	w := t.borrow()
	defer t.giveBack(w)
	return t.line(w, text, style)
}

// Width returns the width of text on one line, in points.
func (t *Typesetter) Width(text string, style Style) float64 { return t.Line(text, style).Width }

// CapHeight returns the height of capitals and figures at a size, in points.
// Text looks centred on y when its baseline is at y + CapHeight(size)/2.
func CapHeight(size float64) float64 { return capHeight * size }

func (t *Typesetter) line(w *worker, text string, style Style) Line {
	text = oneLine(text)
	runes := []rune(text)
	line := Line{Text: text, Style: style, Missing: t.Missing(text, style.Bold)}
	items := t.split(runes, style)
	level := make([]uint8, len(items))
	for i, it := range items {
		level[i] = it.level
	}
	scale := style.Size / shapingSize
	x := 0.0
	for _, i := range visual(level) {
		it := items[i]
		out := w.shape(runes, it, style.Lang)
		line.Ascent = max(line.Ascent, points(out.LineBounds.Ascent, scale))
		line.Descent = max(line.Descent, -points(out.LineBounds.Descent, scale))
		for _, g := range out.Glyphs {
			glyph := Glyph{
				X: x + points(g.XOffset, scale), Y: -points(g.YOffset, scale), Advance: points(g.Advance, scale),
				From: g.TextIndex(), To: g.TextIndex() + g.RunesCount(), ID: uint32(g.GlyphID), font: it.font,
			}
			x += glyph.Advance
			line.Glyphs = append(line.Glyphs, glyph)
		}
	}
	line.Width = x
	return line
}

// shape runs HarfBuzz over one item, with the runes around it as context.
func (w *worker) shape(text []rune, it item, lang string) shaping.Output {
	dir := di.DirectionLTR
	if it.level%2 == 1 {
		dir = di.DirectionRTL
	}
	return w.shaper.Shape(shaping.Input{
		Text: text, RunStart: it.from, RunEnd: it.to,
		Direction: dir, Face: w.face(it.font), Size: fixed.I(shapingSize),
		Script: it.script, Language: language.NewLanguage(lang),
	})
}

func points(v fixed.Int26_6, scale float64) float64 { return float64(v) / 64 * scale }

// oneLine makes line breaks, tabs and other control characters into spaces and
// replaces bytes that are not UTF-8.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
}
