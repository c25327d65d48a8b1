package canvas

import (
	"cmp"
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	"slices"
)

// mostColours is how many colours a byte a pixel tells apart.
const mostColours = 256

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
	met, places := shadesOf(from)
	order := make([]int, len(met))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(met[b].pixels, met[a].pixels), cmp.Compare(met[a].shade, met[b].shade))
	})
	out := image.NewPaletted(size, nil)
	final := make([]uint8, len(met))
	kept := order[:min(mostColours, len(order))]
	for i, o := range kept {
		final[o] = uint8(i)
		c := met[o].shade.channels()
		out.Palette = append(out.Palette, color.RGBA{c[0], c[1], c[2], c[3]})
	}
	for _, o := range order[len(kept):] {
		final[o] = nearest(met[o].shade, out.Palette)
	}
	for i, p := range places {
		out.Pix[i] = final[p]
	}
	return out
}

// A shade is a colour of a pixel as it lies in memory: red, green, blue and how
// much it covers.
type shade uint32

func (s shade) channels() [4]uint8 {
	var c [4]uint8
	binary.BigEndian.PutUint32(c[:], uint32(s))
	return c
}

// shaded is a shade and how many pixels have it.
type shaded struct {
	shade  shade
	pixels int
}

// shadesOf returns the shades of a picture, and for each pixel, row after row,
// the place of its shade among them.
func shadesOf(from *image.RGBA) ([]shaded, []uint32) {
	width, height := from.Rect.Dx(), from.Rect.Dy()
	places := make([]uint32, 0, width*height)
	var met []shaded
	known := map[shade]uint32{}
	var last shade
	var at uint32
	for y := range height {
		row := from.Pix[y*from.Stride : y*from.Stride+4*width]
		for x := 0; x < len(row); x += 4 {
			s := shade(binary.BigEndian.Uint32(row[x:]))
			if s != last || len(met) == 0 {
				place, ok := known[s]
				if !ok {
					place = uint32(len(met))
					known[s] = place
					met = append(met, shaded{shade: s})
				}
				last, at = s, place
			}
			met[at].pixels++
			places = append(places, at)
		}
	}
	return met, places
}

// nearest returns the place of the colour that differs least.
func nearest(s shade, among color.Palette) uint8 {
	best, least := 0, 1<<30
	want := s.channels()
	for i, c := range among {
		o := c.(color.RGBA)
		d := 0
		for k, v := range [4]uint8{o.R, o.G, o.B, o.A} {
			diff := int(want[k]) - int(v)
			d += diff * diff
		}
		if d < least {
			best, least = i, d
		}
	}
	return uint8(best)
}
