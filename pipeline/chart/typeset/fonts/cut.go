//go:build cutfonts

// Command cut writes the fonts that travel with the program from the full Noto families.
//
// Noto Sans and Noto Sans Arabic are copied whole, because their shaping
// tables (GSUB, GPOS) are needed for joins, marks and kerning. Noto Sans SC is
// cut to the characters of GB2312, of the bundled country and language names,
// and to Chinese punctuation; Chinese needs no shaping tables.
//
//	go run -tags cutfonts ./pipeline/chart/typeset/fonts -from DIR -to pipeline/chart/typeset/fonts
//
// DIR holds the folders noto-sans, noto-sans-arabic and noto-sans-sc, each
// the unpacked npm package @expo-google-fonts/<folder>. The same input gives
// the same bytes.
package main

import (
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"

	"github.com/tdewolff/font"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

func main() {
	from := flag.String("from", ".", "folder of the unpacked families")
	to := flag.String("to", ".", "folder to write to")
	flag.Parse()
	if err := cutAll(*from, *to); err != nil {
		log.Fatal(err)
	}
}

func cutAll(from, to string) error {
	for _, weight := range []struct{ in, out string }{{"400Regular", "Regular"}, {"700Bold", "Bold"}} {
		for _, family := range []struct{ folder, name string }{{"noto-sans", "NotoSans"}, {"noto-sans-arabic", "NotoSansArabic"}, {"noto-sans-sc", "NotoSansSC"}} {
			in := filepath.Join(from, family.folder, weight.in, family.name+"_"+weight.in+".ttf")
			data, err := os.ReadFile(in)
			if err != nil {
				return err
			}
			if family.name == "NotoSansSC" {
				if data, err = cut(data, chinese()); err != nil {
					return fmt.Errorf("cut %s: %w", in, err)
				}
			}
			out := filepath.Join(to, family.name+"-"+weight.out+".ttf")
			if err := os.WriteFile(out, data, 0o644); err != nil {
				return err
			}
			fmt.Printf("%s %d bytes\n", filepath.Base(out), len(data))
		}
	}
	return nil
}

// cut keeps the glyphs of the given runes and the tables needed to draw them.
func cut(data []byte, runes []rune) ([]byte, error) {
	full, err := font.ParseSFNT(data, 0)
	if err != nil {
		return nil, err
	}
	glyphs := []uint16{0}
	for _, r := range runes {
		if g := full.GlyphIndex(r); g != 0 {
			glyphs = append(glyphs, g)
		}
	}
	slices.Sort(glyphs)
	glyphs = slices.Compact(glyphs)
	small, err := full.Subset(glyphs, font.SubsetOptions{Tables: font.KeepMinTables})
	if err != nil {
		return nil, err
	}
	out := small.Write()
	return out, pinDate(out, data)
}

// pinDate gives the written font the modification date of the font it was cut
// from, so that the bytes do not depend on when it was cut.
func pinDate(out, source []byte) error {
	const adjustment, modified = 8, 28 // offsets inside the head table
	big := binary.BigEndian
	record, head := table(out, "head")
	_, old := table(source, "head")
	if len(head) < 54 || len(old) < 54 {
		return errors.New("font without a head table")
	}
	copy(head[modified:modified+8], old[modified:modified+8])
	big.PutUint32(head[adjustment:], 0)
	big.PutUint32(record[4:], checksum(head))
	big.PutUint32(head[adjustment:], 0xB1B0AFBA-checksum(out))
	return nil
}

// table returns the directory record of a table and its content.
func table(sfnt []byte, tag string) (record, content []byte) {
	big := binary.BigEndian
	for i := 0; i < int(big.Uint16(sfnt[4:])); i++ {
		record = sfnt[12+16*i:][:16]
		if string(record[:4]) == tag {
			return record, sfnt[big.Uint32(record[8:]):][:big.Uint32(record[12:])]
		}
	}
	return nil, nil
}

// checksum adds up big-endian words, the last one padded with zeros.
func checksum(b []byte) uint32 {
	var sum uint32
	for i, c := range b {
		sum += uint32(c) << (24 - 8*(i%4))
	}
	return sum
}

// chinese lists the runes to keep, sorted.
func chinese() []rune {
	var runes []rune
	for hi := byte(0xA1); hi <= 0xF7; hi++ {
		if hi > 0xA9 && hi < 0xB0 {
			continue // rows that GB2312 leaves empty
		}
		for lo := byte(0xA1); lo <= 0xFE; lo++ {
			out, err := simplifiedchinese.GBK.NewDecoder().Bytes([]byte{hi, lo})
			if err != nil {
				continue
			}
			for _, r := range string(out) {
				// Greek, Cyrillic and box drawing of GB2312 come from Noto Sans or are never drawn.
				if r >= 0x2010 && r < 0x2500 || r >= 0x25A0 && r < 0xE000 || r >= 0xFF00 && r < 0xFFFD || r == '·' || r == '×' || r == '÷' || r == '°' {
					runes = append(runes, r)
				}
			}
		}
	}
	runes = append(runes, []rune("“”‘’…—·、。〈〉《》「」『』【】〔〕〖〗〇￥")...)
	for r := rune(0x3000); r < 0x3030; r++ {
		runes = append(runes, r)
	}
	for r := rune(0xFF01); r <= 0xFF65; r++ {
		runes = append(runes, r)
	}
	names := display.Chinese.Regions()
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			region, err := language.ParseRegion(string([]rune{a, b}))
			if err != nil {
				continue
			}
			runes = append(runes, []rune(names.Name(region))...)
		}
	}
	// Spaces, digits and Latin letters come from Noto Sans, here and in pages.
	runes = slices.DeleteFunc(runes, func(r rune) bool { return r < 0x80 })
	slices.Sort(runes)
	return slices.Compact(runes)
}
