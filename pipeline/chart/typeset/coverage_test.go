package typeset

import (
	"testing"

	"github.com/go-text/typesetting/font/opentype/tables"
	"pgregory.net/rapid"
)

func TestAListedCoverageCoversTheSameGlyphs(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var ranges tables.Coverage2
		next, index := 0, 0
		for range rapid.IntRange(0, 6).Draw(rt, "ranges") {
			start := next + rapid.IntRange(0, 90).Draw(rt, "gap")
			end := start + rapid.IntRange(0, 90).Draw(rt, "length")
			ranges.Ranges = append(ranges.Ranges, tables.RangeRecord{StartGlyphID: tables.GlyphID(start), EndGlyphID: tables.GlyphID(end), StartCoverageIndex: uint16(index)})
			index += end - start + 1
			next = end + 1
		}
		list, ok := listed(ranges)
		if !ok {
			rt.Fatal("sound ranges refused")
		}
		for g := range next + 2 {
			i, in := ranges.Index(tables.GlyphID(g))
			j, also := list.Index(tables.GlyphID(g))
			if in != also || in && i != j {
				rt.Fatalf("glyph %d: %d %v, was %d %v", g, j, also, i, in)
			}
		}
	})
}

func TestADamagedCoverageIsLeftAlone(t *testing.T) {
	for _, ranges := range [][]tables.RangeRecord{
		{{StartGlyphID: 5, EndGlyphID: 4}},
		{{StartGlyphID: 5, EndGlyphID: 6, StartCoverageIndex: 3}},
		{{StartGlyphID: 5, EndGlyphID: 6}, {StartGlyphID: 6, EndGlyphID: 7, StartCoverageIndex: 2}},
	} {
		if _, ok := listed(tables.Coverage2{Ranges: ranges}); ok {
			t.Errorf("%v was listed", ranges)
		}
	}
}

func TestNoRangesRemainInTheEmbeddedFonts(t *testing.T) {
	ts := newTypesetter(t)
	lookups := 0
	for _, f := range ts.families {
		for _, face := range []bool{false, true} {
			for _, l := range f.weight(face).GSUB.Lookups {
				for _, s := range l.Subtables {
					lookups++
					if _, ranges := s.Cov().(tables.Coverage2); ranges {
						t.Errorf("%s: a substitution %T keeps ranges", f.name, s)
					}
				}
			}
			for _, l := range f.weight(face).GPOS.Lookups {
				for _, s := range l.Subtables {
					lookups++
					if _, ranges := s.Cov().(tables.Coverage2); ranges {
						t.Errorf("%s: a positioning %T keeps ranges", f.name, s)
					}
				}
			}
		}
	}
	if lookups < 100 {
		t.Errorf("only %d lookups: have the fonts lost their shaping tables?", lookups)
	}
}
