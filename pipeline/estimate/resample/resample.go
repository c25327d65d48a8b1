// Package resample draws bootstrap samples that hang on who is drawn, not on
// where a row stands: each unit has draws of its own, made of its id and the
// seed, so that the order of rows and the number of workers cannot matter.
package resample

import (
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"
)

// Draws are the draws of one unit, one a resample.
type Draws struct{ random *rand.Rand }

// Of returns the draws of the unit with this id under a seed. The same id and
// seed give the same draws.
func Of(seed uint64, id string) Draws {
	text := binary.LittleEndian.AppendUint64(nil, seed)
	sum := sha256.Sum256(append(text, id...))
	return Draws{rand.New(rand.NewPCG(binary.LittleEndian.Uint64(sum[:8]), binary.LittleEndian.Uint64(sum[8:16])))}
}

// Next returns how often the unit is in the next resample: a Poisson number of
// mean 1, which is what drawing n of n with replacement comes to for each unit
// as n grows (Chamandy et al. 2012; Efron and Tibshirani 1993, §6). Units can
// be drawn apart from each other, and totals of resamples be merged.
func (d Draws) Next() int {
	u := d.random.Float64()
	for k, upTo := range cumulative {
		if u < upTo {
			return k
		}
	}
	return len(cumulative)
}

// cumulative holds the probabilities that a Poisson number of mean 1 is at most
// 0, 1, 2 ...; what is left out is below the last bit of a draw.
var cumulative = [...]float64{
	0.36787944117144233, 0.7357588823428847, 0.9196986029286058, 0.9810118431238462,
	0.9963401531726563, 0.9994058151824183, 0.999916758850712, 0.9999897508033253,
	0.999998874797402, 0.9999998885745217, 0.9999999899522336, 0.9999999991683892,
	0.9999999999364022, 0.9999999999954802, 0.9999999999997, 0.9999999999999813,
}
