package weight

import "slices"

// trim cuts weights off at bounds and shares out what was cut, equally among
// those that were within (Potter 1990; the rule of R's trimWeights). If strict,
// this is repeated until no weight is beyond a bound; one that was cut stays at
// its bound. A weight stands for n respondents. It returns false where nothing
// is left to share among.
func (t Trim) trim(weights, n []float64) bool {
	outside := make([]bool, len(weights))
	for {
		var cut, within float64
		met := false
		for i, w := range weights {
			to := w
			switch {
			case outside[i]:
				continue
			case t.Upper > 0 && w > t.Upper:
				to = t.Upper
			case w < t.Lower:
				to = t.Lower
			default:
				within += n[i]
				continue
			}
			outside[i], met = true, true
			cut += float64(n[i] * (w - to))
			weights[i] = to
		}
		if !met {
			return true
		}
		if within == 0 {
			return cut == 0
		}
		for i := range weights {
			if !outside[i] {
				weights[i] += cut / within
			}
		}
		if !t.Strict {
			return slices.Min(weights) > 0
		}
	}
}
