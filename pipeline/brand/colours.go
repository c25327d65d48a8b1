package brand

import (
	"fmt"
	"math"
	"strconv"

	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
)

// What colours must keep to: WCAG 2.2 for texts, and a distance at which two
// marks side by side are told apart.
const (
	textContrast = 4.5
	leastApart   = 10.0
)

// Fault is why a colour is not used.
type Fault struct {
	Key     string // accent or ground
	Problem string // in a sentence
}

// Checked returns the colours that can be used, and why the others cannot: the
// program's own stand in their place.
func (c Colours) Checked() (Colours, []Fault) {
	var out Colours
	var faults []Fault
	for _, one := range []struct {
		key  string
		is   canvas.Colour
		to   *canvas.Colour
		mark bool
	}{{"accent", c.Accent, &out.Accent, true}, {"ground", c.Ground, &out.Ground, false}} {
		if one.is == "" {
			continue
		}
		rgb, ok := parse(one.is)
		switch {
		case !ok:
			faults = append(faults, Fault{one.key, "The colour is not written as #RRGGBB."})
			continue
		case canvas.Contrast(canvas.White, one.is) < textContrast:
			faults = append(faults, Fault{one.key, fmt.Sprintf("The colour is too light: its contrast with white is %.1f, and texts need %.1f.", canvas.Contrast(canvas.White, one.is), textContrast)})
			continue
		}
		if other, _ := parse(canvas.Highlight); one.mark {
			if sight, apart := least(rgb, other); apart < leastApart {
				faults = append(faults, Fault{one.key, fmt.Sprintf("The colour is hard to tell from the one that marks the overall value (%s) %s.", canvas.Highlight, sight)})
				continue
			}
		}
		*one.to = one.is
	}
	return out, faults
}

// linear is a colour as light, each channel from 0 to 1.
type linear [3]float64

func parse(c canvas.Colour) (linear, bool) {
	if len(c) != 7 || c[0] != '#' {
		return linear{}, false
	}
	v, err := strconv.ParseUint(string(c[1:]), 16, 32)
	if err != nil {
		return linear{}, false
	}
	var out linear
	for i := range out {
		s := float64(v>>(16-8*i)&0xff) / 255
		if s <= 0.04045 {
			out[i] = s / 12.92
		} else {
			out[i] = math.Pow((s+0.055)/1.055, 2.4)
		}
	}
	return out, true
}

// least returns the sight under which two colours are closest, and how far apart
// they are then: the distance in CIELAB (CIE 1976), under full protanopia,
// deuteranopia and tritanopia as simulated by Machado, Oliveira and Fernandes
// (2009, table 1, severity 1).
func least(a, b linear) (sight string, apart float64) {
	apart = math.Inf(1)
	for _, s := range []struct {
		name string
		m    [9]float64
	}{
		{"by all", [9]float64{1, 0, 0, 0, 1, 0, 0, 0, 1}},
		{"without red cones", [9]float64{0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998}},
		{"without green cones", [9]float64{0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881}},
		{"without blue cones", [9]float64{1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900}},
	} {
		if d := distance(lab(seen(a, s.m)), lab(seen(b, s.m))); d < apart {
			sight, apart = s.name, d
		}
	}
	return sight, apart
}

func seen(c linear, m [9]float64) linear {
	var out linear
	for i := range out {
		out[i] = min(max(m[3*i]*c[0]+m[3*i+1]*c[1]+m[3*i+2]*c[2], 0), 1)
	}
	return out
}

// lab returns a colour of sRGB in CIELAB under D65.
func lab(c linear) [3]float64 {
	f := func(t float64) float64 {
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	x := f((0.4124564*c[0] + 0.3575761*c[1] + 0.1804375*c[2]) / 0.95047)
	y := f(0.2126729*c[0] + 0.7151522*c[1] + 0.0721750*c[2])
	z := f((0.0193339*c[0] + 0.1191920*c[1] + 0.9503041*c[2]) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func distance(a, b [3]float64) float64 {
	return math.Sqrt((a[0]-b[0])*(a[0]-b[0]) + (a[1]-b[1])*(a[1]-b[1]) + (a[2]-b[2])*(a[2]-b[2]))
}
