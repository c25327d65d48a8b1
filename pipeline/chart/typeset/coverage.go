package typeset

import (
	"reflect"
	"unsafe"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype/tables"
)

// expandCoverages rewrites the glyph ranges by which a font's shaping lookups
// say what they apply to as lists of single glyphs, which mean the same.
//
// The shaper (go-text/typesetting v0.3.5) keeps a digest of every lookup's
// glyphs to skip lookups quickly, and drops ranges from it once a part of the
// digest is full. In Noto Sans Arabic noon, qaf and teh marbuta then never
// take their joined forms, and in Noto Sans many letters lose kerning and
// marks. Lists are not dropped. The fault is mended in the library after that
// version (its pull request 279); with a release that has it, this file can go.
//
// The shaper offers no other hold on its lookups, so unexported fields are set
// through package unsafe. It must be called before the font is shared.
func expandCoverages(f *font.Font) {
	for _, lookup := range f.GSUB.Lookups {
		for i, subtable := range lookup.Subtables {
			lookup.Subtables[i] = expanded(subtable)
		}
	}
	for _, lookup := range f.GPOS.Lookups {
		for i, subtable := range lookup.Subtables {
			lookup.Subtables[i] = expanded(subtable)
		}
	}
}

// expanded returns a subtable with every coverage in its fields made a list.
func expanded[T any](subtable T) T {
	copied := reflect.New(reflect.TypeOf(&subtable).Elem()).Elem()
	copied.Set(reflect.ValueOf(&subtable).Elem())
	expand(copied)
	return copied.Interface().(T)
}

// expand walks an addressable value. Only what can hold a subtable's own
// coverage is entered: interfaces, structs, and slices of coverages.
func expand(v reflect.Value) {
	coverage := reflect.TypeFor[tables.Coverage]()
	switch v.Kind() {
	case reflect.Interface:
		if v.IsNil() {
			return
		}
		v = settable(v)
		if v.Type() == coverage {
			if ranges, ok := v.Interface().(tables.Coverage2); ok {
				if list, ok := listed(ranges); ok {
					v.Set(reflect.ValueOf(list))
				}
			}
			return
		}
		inner := reflect.New(v.Elem().Type()).Elem()
		inner.Set(v.Elem())
		expand(inner)
		v.Set(inner)
	case reflect.Struct:
		for i := range v.NumField() {
			expand(v.Field(i))
		}
	case reflect.Slice:
		if v.Type().Elem() == coverage {
			for i := range v.Len() {
				expand(v.Index(i))
			}
		}
	}
}

// settable returns an addressable field so that it can be set even when it is unexported.
func settable(v reflect.Value) reflect.Value {
	return reflect.NewAt(v.Type(), unsafe.Pointer(v.UnsafeAddr())).Elem()
}

// listed returns the glyphs of ranges in order; false if their numbering is not
// that of a list, as in damaged fonts.
func listed(ranges tables.Coverage2) (tables.Coverage1, bool) {
	var list tables.Coverage1
	for _, r := range ranges.Ranges {
		if int(r.StartCoverageIndex) != len(list.Glyphs) || r.EndGlyphID < r.StartGlyphID {
			return list, false
		}
		for g := int(r.StartGlyphID); g <= int(r.EndGlyphID); g++ {
			if n := len(list.Glyphs); n > 0 && int(list.Glyphs[n-1]) >= g {
				return list, false
			}
			list.Glyphs = append(list.Glyphs, tables.GlyphID(g))
		}
	}
	return list, true
}
