package hypothesis

import "math"

// Group describes the answers of one group.
type Group struct {
	N                int64
	Mean, SD         float64
	Median, MeanRank float64 // rank among the answers of all groups
	squares, rank    float64 // sum of squares about the mean, sum of ranks
}

// GroupTests compare numbers between groups.
type GroupTests struct {
	N              int64
	Groups         []Group // one for each group, also for those without answers
	KruskalWallis  Result  // Kruskal and Wallis (1952), corrected for ties
	EpsilonSquared float64 // H/(n-1), Kelley (1935)
	ANOVA          Result  // Fisher (1925), one-way
	EtaSquared     float64 // share of the sum of squares between groups
	Welch          Result  // Welch (1951): variances may differ
}

// CompareGroups tests whether numbers are the same in all groups.
func CompareGroups(g Grouped) GroupTests {
	out := GroupTests{EpsilonSquared: math.NaN(), EtaSquared: math.NaN()}
	sizes, n := g.sizes()
	ranks, ties := g.ranks()
	var with []Group
	for i, size := range sizes {
		mean, squares := g.moments(i, size)
		d := Group{N: size, Mean: mean, Median: g.median(i, size), squares: squares, rank: ranks[i]}
		d.MeanRank = ranks[i] / float64(size)
		d.SD = math.NaN()
		if size > 1 {
			d.SD = math.Sqrt(squares / float64(size-1))
		}
		out.Groups = append(out.Groups, d)
		if size > 0 {
			with = append(with, d)
		}
	}
	out.N = n
	if len(with) < 2 {
		out.KruskalWallis, out.ANOVA, out.Welch = undefined(OneGroup), undefined(OneGroup), undefined(OneGroup)
		return out
	}
	out.KruskalWallis = kruskalWallis(with, float64(n), ties)
	out.EpsilonSquared = out.KruskalWallis.Statistic / float64(n-1)
	out.ANOVA, out.EtaSquared = anova(with, float64(n))
	out.Welch = welch(with)
	return out
}

func kruskalWallis(groups []Group, n, ties float64) Result {
	all := tieTerm(n)
	if ties >= all {
		return undefined(NoVariation)
	}
	h := 0.
	for _, g := range groups {
		h += square(g.rank-float64(float64(g.N)*(n+1)/2)) / float64(g.N)
	}
	return chiSquare(12*h/(n*(n+1))/(1-ties/all), float64(len(groups)-1))
}

func anova(groups []Group, n float64) (Result, float64) {
	within, between, grand := 0., 0., 0.
	for _, g := range groups {
		grand += float64(float64(g.N) * (g.Mean / n))
		within += g.squares
	}
	for _, g := range groups {
		between += float64(float64(g.N) * square(g.Mean-grand))
	}
	eta := between / (between + within)
	df1, df2 := float64(len(groups)-1), n-float64(len(groups))
	switch {
	case df2 <= 0:
		return undefined(TooFew), eta
	case within == 0:
		return undefined(NoVariation), eta
	}
	return fRatio(between/df1/(within/df2), df1, df2), eta
}

func welch(groups []Group) Result {
	k := float64(len(groups))
	total, mean := 0., 0.
	weights := make([]float64, len(groups))
	for i, g := range groups {
		switch {
		case g.N < 2:
			return undefined(TooFew)
		case g.squares == 0:
			return undefined(NoVariation)
		}
		weights[i] = float64(g.N) / square(g.SD)
		total += weights[i]
	}
	for i, g := range groups {
		mean += float64(weights[i] / total * g.Mean)
	}
	between, spread := 0., 0.
	for i, g := range groups {
		between += float64(weights[i] * square(g.Mean-mean))
		spread += square(1-weights[i]/total) / float64(g.N-1)
	}
	spread /= k*k - 1
	return fRatio(between/(k-1)/(1+float64(2*(k-2)*spread)), k-1, 1/(3*spread))
}
