package canvas

import (
	"fmt"
	"image/color"
	"math"
	"strconv"
)

// A Colour is "#RRGGBB"; the empty Colour draws nothing.
type Colour string

// Colours with a fixed meaning. Contrast is given against White.
const (
	Ink        Colour = "#1A1A1A" // text and zero lines, 17.4:1
	Muted      Colour = "#5C6670" // subtitles, axes and sources, 5.9:1
	Rule       Colour = "#D5DADF" // grid lines
	White      Colour = "#FFFFFF" // ground
	Accent     Colour = "#1F6F8B" // the one hue of single-series charts, 5.7:1
	Highlight  Colour = "#B35806" // overall value, the row in question, 4.9:1
	Suppressed Colour = "#F4F6F8" // cell of a withheld estimate, with the letter "c"
	Missing    Colour = "#8A939B" // hatch of a cell without an estimate, 3.1:1
)

// Diverging returns n colours from disagreement to agreement, for n from 2 to 7
// (nil otherwise); odd scales have a neutral grey in the middle. Neighbours of
// the five stay 13.9 apart (CIEDE2000) under simulated colour blindness, of the
// seven 8.4. The light steps are under 3:1 on white: a mark that has one
// carries its number or an edge.
func Diverging(n int) []Colour {
	five := []Colour{"#9A4A00", "#F1A340", "#D9D9D9", "#7FB6C9", "#17607A"}
	seven := []Colour{"#7F3B08", "#C96A12", "#F6B868", "#DADADA", "#A3CEDB", "#4A94AA", "#0E4F66"}
	switch n {
	case 2, 3:
		return pick(five, map[int][]int{2: {0, 4}, 3: {0, 2, 4}}[n])
	case 4:
		return pick(five, []int{0, 1, 3, 4})
	case 5:
		return five
	case 6:
		return pick(seven, []int{0, 1, 2, 4, 5, 6})
	case 7:
		return seven
	}
	return nil
}

// Sequential returns n colours from little to much, for n from 1 to 5 (nil
// otherwise): neighbours stay 9.7 apart, more steps would not.
func Sequential(n int) []Colour {
	five := []Colour{"#DCEBF0", "#9FC7D4", "#5FA0B6", "#2B7089", "#0B3A4C"}
	steps := map[int][]int{1: {3}, 2: {1, 3}, 3: {0, 2, 4}, 4: {0, 1, 3, 4}, 5: {0, 1, 2, 3, 4}}
	return pick(five, steps[n])
}

// Categorical returns colours for n kinds without an order, for n from 1 to 5,
// each at least 3:1 on white. More kinds want small multiples: the result is nil.
func Categorical(n int) []Colour {
	switch {
	case n >= 1 && n <= 4:
		return []Colour{"#12436D", "#D55E00", "#6B6B6B", "#3B8FC4"}[:n]
	case n == 5:
		return []Colour{"#12436D", "#009E73", "#D55E00", "#A285D1", "#3D3D3D"}
	}
	return nil
}

func pick(from []Colour, places []int) []Colour {
	var out []Colour
	for _, i := range places {
		out = append(out, from[i])
	}
	return out
}

// LabelInk returns Ink or White, whichever reads better on fill. An empty or
// malformed fill is taken as white.
func LabelInk(fill Colour) Colour {
	if Contrast(White, fill) > Contrast(Ink, fill) {
		return White
	}
	return Ink
}

// Contrast returns the contrast ratio of two colours, from 1 to 21 (WCAG 2.2).
// An empty or malformed colour is taken as white.
func Contrast(a, b Colour) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(c Colour) float64 {
	rgb, err := c.rgb()
	if err != nil {
		return 1
	}
	channel := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(rgb.R) + 0.7152*channel(rgb.G) + 0.0722*channel(rgb.B)
}

func (c Colour) rgb() (color.NRGBA, error) {
	if len(c) == 7 && c[0] == '#' {
		if v, err := strconv.ParseUint(string(c[1:]), 16, 32); err == nil {
			return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 255}, nil
		}
	}
	return color.NRGBA{}, fmt.Errorf("colour %q is not #RRGGBB", string(c))
}
