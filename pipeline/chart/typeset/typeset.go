// Package typeset turns text in any of the report languages into measured,
// positioned glyphs, with fonts that travel inside the program.
//
// Text is split by direction (Unicode Bidirectional Algorithm), script and
// font, shaped with HarfBuzz at a large size and scaled, so that fractional
// sizes keep their spacing. A character that no font has is reported and never
// drawn as a box. Lengths are points, y grows downwards, and the origin of a
// line is the left end of its baseline.
package typeset

import (
	"embed"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/shaping"
)

//go:embed fonts/*.ttf
var embedded embed.FS // read-only

// Places of the embedded families in Typesetter.families.
const (
	latin = iota
	arabic
	chinese
	embeddedFamilies // how many there are
)

// Names of the embedded families.
const (
	familyLatin   = "Noto Sans"
	familyArabic  = "Noto Sans Arabic"
	familyChinese = "Noto Sans SC"
)

// capHeight is the height of Noto Sans capitals and figures, in ems.
const capHeight = 0.714

// A Typesetter shapes, measures and wraps text. It is safe for concurrent use.
type Typesetter struct {
	families []family
	workers  sync.Pool
}

// family is one typeface; a weight it lacks is filled by the other one.
type family struct {
	name          string
	regular, bold *font.Font
}

func (f family) weight(bold bool) *font.Font {
	if bold {
		return f.bold
	}
	return f.regular
}

// worker holds what HarfBuzz may not share between goroutines.
type worker struct {
	shaper   shaping.HarfbuzzShaper
	faces    map[*font.Font]*font.Face
	outlines map[shape]font.GlyphOutline
}

func (w *worker) face(f *font.Font) *font.Face {
	face := w.faces[f]
	if face == nil {
		face = font.NewFace(f)
		w.faces[f] = face
	}
	return face
}

// New returns a Typesetter with the embedded Noto families and, after them, the
// given fonts, which are asked in turn for what the embedded ones lack. Added
// fonts of one name and different weights form one family. It fails on a font that cannot be read.
func New(extra ...Font) (*Typesetter, error) {
	t := &Typesetter{}
	t.workers.New = func() any {
		return &worker{faces: map[*font.Font]*font.Face{}, outlines: map[shape]font.GlyphOutline{}}
	}
	for _, name := range []string{familyLatin, familyArabic, familyChinese} {
		f := family{name: name}
		var err error
		if f.regular, err = parseEmbedded(name, false); err != nil {
			return nil, err
		}
		if f.bold, err = parseEmbedded(name, true); err != nil {
			return nil, err
		}
		t.families = append(t.families, f)
	}
	for _, f := range extra {
		if err := t.add(f); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (t *Typesetter) borrow() *worker    { return t.workers.Get().(*worker) }
func (t *Typesetter) giveBack(w *worker) { t.workers.Put(w) }
