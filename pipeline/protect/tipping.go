package protect

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/table"
	"github.com/soundings-survey/soundings/pipeline/tipping"
)

// Turn says whether a finding can turn round.
type Turn int

// What can be said of a finding.
const (
	Unknown Turn = iota // a figure is withheld, or nobody is silent
	Never               // whatever the silent say
	Turns               // if the silent are as the number says
)

// Half is the share above or below which a finding is said to be one of most or
// of fewer than half.
const Half = 0.5

// Tipping returns the share among those who did not answer at which a share
// shown would fall to one half of all, or rise to it, when so many are known. It
// is worked out from the figure and its base as they are published; a share of
// one half stands on neither side.
func (s *Safe) Tipping(share, base Number, known int64) (Number, Turn) {
	key := share.key + " @/@ tipping"
	none := withheld(TippingStat, key)
	if !share.published || !share.stat.Share() || !base.published || share.value == Half {
		return none, Unknown
	}
	v, turns, ok := tipping.Share(share.value, int64(base.value), known, Half)
	return turned(TippingStat, key, v, turns, ok)
}

// Group is a share in a group of which it is known how many belong to it.
type Group struct {
	Share, Base Number
	Known       int64
}

// TippingGap returns how far those of two groups who did not answer would have
// to lie from those who did, in opposite directions, for the difference of two
// shares shown to vanish. It is worked out from the figures as published.
func (s *Safe) TippingGap(a, b Group) (Number, Turn) {
	key := a.Share.key + table.Key(" @/@ tipping=") + b.Share.key
	for _, g := range []Group{a, b} {
		if !g.Share.published || !g.Share.stat.Share() || !g.Base.published {
			return withheld(TippingStat, key), Unknown
		}
	}
	part := func(g Group) tipping.Part { return tipping.Part{P: g.Share.value, N: int64(g.Base.value), Of: g.Known} }
	v, turns, ok := tipping.Gap(part(a), part(b))
	return turned(TippingStat, key, v, turns, ok)
}

func turned(stat Stat, key table.Key, v float64, turns, ok bool) (Number, Turn) {
	switch {
	case !ok:
		return withheld(stat, key), Unknown
	case !turns:
		return withheld(stat, key), Never
	}
	return figure(stat, key, table.Estimate{Value: v, Lo: math.NaN(), Hi: math.NaN()}, 0), Turns
}

// Known adds up how many were invited in groups of which that is shown; false
// where it is shown of none.
func (q Quality) Known() (int64, bool) {
	var n int64
	for _, m := range q.Rates {
		if !m.Numbers[0].published {
			return 0, false
		}
		n += int64(m.Numbers[0].value)
	}
	return n, n > 0
}

// KnownOf returns how many were invited of a group that is told by itself.
func (q Quality) KnownOf(group string) (int64, bool) {
	for _, m := range q.Rates {
		if len(m.Of) == 1 && m.Of[0] == group && group != "" && m.Numbers[0].published {
			return int64(m.Numbers[0].value), true
		}
	}
	return 0, false
}
