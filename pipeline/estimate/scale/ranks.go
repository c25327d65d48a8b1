package scale

import (
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/estimate/resample"
)

// RankTally gathers weighted means of items in the sample and in resamples of
// it. It takes 64 bytes an item and resample.
type RankTally struct {
	items, resamples int
	seed             uint64
	means            []ratio // of the sample, then of each resample, by item
}

// ratio is a weighted mean under way.
type ratio struct{ wx, w exact.Sum }

func (r *ratio) add(w, x float64) bool {
	ok := r.wx.Add(float64(w * x))
	return r.w.Add(w) && ok
}

func (r ratio) mean() float64 {
	if r.w.Zero() {
		return math.NaN()
	}
	return r.wx.Float64() / r.w.Float64()
}

// NewRankTally returns an empty tally of so many items and resamples, to be
// drawn under a seed.
func NewRankTally(items, resamples int, seed uint64) *RankTally {
	return &RankTally{items, resamples, seed, make([]ratio, items*(resamples+1))}
}

// Add adds a respondent: the weight, and the answers, of which NaN is missing.
// How often the respondent is in a resample is drawn by id and seed alone, so
// that the order of respondents does not matter. It reports false when there
// are not as many answers as items or a number is too large; the tally must not
// be used afterwards.
func (t *RankTally) Add(id string, w float64, answers []float64) bool {
	draws := resample.Of(t.seed, id)
	return t.add(w, answers, func(int) int { return draws.Next() })
}

// AddTimes adds a respondent who is so many times in each resample, for resamples
// that were drawn elsewhere.
func (t *RankTally) AddTimes(w float64, answers []float64, times []int) bool {
	if len(times) != t.resamples {
		return false
	}
	return t.add(w, answers, func(r int) int { return times[r] })
}

func (t *RankTally) add(w float64, answers []float64, times func(resample int) int) bool {
	if len(answers) != t.items || math.IsNaN(w) {
		return false
	}
	ok := t.addTo(0, w, answers)
	for r := range t.resamples {
		if n := times(r); n > 0 {
			ok = t.addTo(r+1, float64(w*float64(n)), answers) && ok
		}
	}
	return ok
}

func (t *RankTally) addTo(row int, w float64, answers []float64) bool {
	ok := true
	for i, x := range answers {
		if !math.IsNaN(x) {
			ok = t.means[row*t.items+i].add(w, x) && ok
		}
	}
	return ok
}

// Merge adds another tally of the same items, resamples and seed; false when it
// is not, or a total became too large.
func (t *RankTally) Merge(o *RankTally) bool {
	if t.items != o.items || t.resamples != o.resamples || t.seed != o.seed {
		return false
	}
	ok := true
	for i := range t.means {
		ok = t.means[i].wx.Merge(o.means[i].wx) && ok
		ok = t.means[i].w.Merge(o.means[i].w) && ok
	}
	return ok
}

// Ranks says how sure the order of items by their means is.
type Ranks struct {
	Resamples int // in which every item has a mean; the others are left out
	Items     []Rank
	Tau       float64 // mean of Kendall's tau-b of the means in a resample and in the sample
}

// Rank is the place of one item. 1 is the highest mean; items of equal means
// share the better place.
type Rank struct {
	Mean           float64
	Rank           int     // in the sample
	MeanRank       float64 // over resamples
	RankLo, RankHi float64 // percentile interval of the place
	SE             float64 // of the mean: its standard deviation over resamples
	Lo, Hi         float64 // percentile interval of the mean
	First          float64 // share of resamples in which the item is first
	Top            float64 // share in which it is among the first so many
}

// Ranks returns ranks with percentile intervals of the level over resamples
// (Goldstein and Spiegelhalter 1996; Hall and Miller 2009; Efron and Tibshirani
// 1993, §13), and the share of resamples in which an item is among the top ones.
func (t *RankTally) Ranks(level float64, top int) Ranks {
	out := Ranks{Items: make([]Rank, t.items), Tau: math.NaN()}
	sample := t.row(0)
	for i, place := range places(sample) {
		out.Items[i] = Rank{Mean: sample[i], Rank: place}
	}
	means, ranks := make([][]float64, t.items), make([][]float64, t.items)
	tau := 0.0
	for r := range t.resamples {
		row := t.row(r + 1)
		if slices.ContainsFunc(row, math.IsNaN) {
			continue
		}
		out.Resamples++
		tau += kendall(row, sample)
		for i, place := range places(row) {
			means[i] = append(means[i], row[i])
			ranks[i] = append(ranks[i], float64(place))
		}
	}
	if out.Resamples > 0 {
		out.Tau = tau / float64(out.Resamples)
	}
	for i := range out.Items {
		out.Items[i].over(means[i], ranks[i], level, top)
	}
	return out
}

func (t *RankTally) row(r int) []float64 {
	out := make([]float64, t.items)
	for i := range out {
		out[i] = t.means[r*t.items+i].mean()
	}
	return out
}

// over fills in what resamples say.
func (k *Rank) over(means, ranks []float64, level float64, top int) {
	n := float64(len(ranks))
	first, best, sum := 0.0, 0.0, 0.0
	for _, r := range ranks {
		sum += r
		if r == 1 {
			first++
		}
		if r <= float64(top) {
			best++
		}
	}
	k.MeanRank, k.First, k.Top = sum/n, first/n, best/n // NaN where there is no resample
	k.SE = deviation(means)
	slices.Sort(means)
	slices.Sort(ranks)
	lo, hi := (1-level)/2, (1+level)/2
	k.RankLo, k.RankHi = resample.Step(ranks, lo), resample.Step(ranks, hi)
	k.Lo, k.Hi = resample.Smooth(means, lo), resample.Smooth(means, hi)
}

func deviation(values []float64) float64 {
	if len(values) < 2 {
		return math.NaN()
	}
	mean, squares := 0.0, 0.0
	for _, x := range values {
		mean += x
	}
	mean /= float64(len(values))
	for _, x := range values {
		squares += float64((x - mean) * (x - mean))
	}
	return math.Sqrt(squares / float64(len(values)-1))
}

// places returns the place of each mean, 1 for the highest; 0 for one that is
// missing.
func places(means []float64) []int {
	out := make([]int, len(means))
	for i, x := range means {
		if math.IsNaN(x) {
			continue
		}
		out[i] = 1
		for _, y := range means {
			if y > x {
				out[i]++
			}
		}
	}
	return out
}

// kendall returns tau-b of two lists (Kendall 1945).
func kendall(x, y []float64) float64 {
	same, n, tiesX, tiesY := 0.0, 0.0, 0.0, 0.0
	for i := range x {
		for j := range i {
			a, b := sign(x[i]-x[j]), sign(y[i]-y[j])
			n++
			same += float64(a * b)
			tiesX += 1 - float64(a*a)
			tiesY += 1 - float64(b*b)
		}
	}
	return same / math.Sqrt(float64((n-tiesX)*(n-tiesY)))
}

func sign(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}
