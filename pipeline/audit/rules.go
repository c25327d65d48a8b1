package audit

import (
	"github.com/soundings-survey/soundings/pipeline/ledger"
)

// markers asks that one mark stands for every withheld figure of an artifact:
// two would say why each is withheld.
func (a *auditor) markers(lines []ledger.Line) {
	type in struct {
		artifact, marker string
	}
	keys := map[in]map[string]bool{}
	count := map[string]map[string]int{}
	for _, l := range lines {
		if l.Status == ledger.Published {
			continue
		}
		m := in{l.Artifact, l.Marker}
		if keys[m] == nil {
			keys[m] = map[string]bool{}
		}
		if count[l.Artifact] == nil {
			count[l.Artifact] = map[string]int{}
		}
		keys[m][l.Key] = true
		count[l.Artifact][l.Marker]++
	}
	for m, of := range keys {
		usual := ""
		for marker, n := range count[m.artifact] {
			if best := count[m.artifact][usual]; n > best || n == best && marker < usual {
				usual = marker
			}
		}
		if m.marker == usual && m.marker != "" {
			continue
		}
		for k := range of {
			a.fault(Markers, a.head.Run, m.artifact+"\x00"+m.marker, k)
		}
	}
}

// agree asks that a figure is shown, with one value, wherever it stands, or
// withheld wherever it stands.
func (a *auditor) agree(figures []*figure) {
	for _, f := range figures {
		keys := f.keys()
		if f.published() && len(f.hidden) > 0 {
			a.fault(TwoStatuses, f.run, keys[0]+f.stat, keys...)
		}
		decimals := map[int]int{}
		for r := range f.as {
			decimals[r.decimals]++
		}
		for _, n := range decimals {
			if n > 1 {
				a.fault(TwoValues, f.run, keys[0]+f.stat, keys...)
			}
		}
		if len(decimals) > 1 {
			a.fault(TwoRoundings, f.run, keys[0]+f.stat, keys...)
		}
	}
}

// few asks that no count of 1 to k-1 is shown.
func (a *auditor) few(figures []*figure) {
	for _, f := range figures {
		for r := range f.as {
			if f.stat == ledger.Count && r.value != 0 && r.value < float64(a.k) {
				a.fault(Few, f.run, f.keys()[0], f.keys()...)
			}
		}
	}
}

// crossed asks that no figure is of a sensitive item and of a country or an
// identity, whatever it says.
func (a *auditor) crossed(figures []*figure) {
	for _, f := range figures {
		if !f.published() {
			continue
		}
		for _, at := range []coords{f.at, f.of} {
			for x := range at {
				for y := range at {
					if s, r := &a.space.axes[x], &a.space.axes[y]; s.sensitive && r.reserved && s.item != r.item {
						a.fault(Crossed, f.run, f.keys()[0], f.keys()...)
					}
				}
			}
		}
	}
}

// place names coordinates of one run and level.
type place struct {
	run   int
	level string
	key   string
}

// counts returns the published counts by their places.
func counts(figures []*figure) map[place]int64 {
	out := map[place]int64{}
	for _, f := range figures {
		if f.stat == ledger.Count && f.published() && f.at != nil {
			out[place{f.run, f.level, f.at.key()}] = int64(f.value().value)
		}
	}
	return out
}

// bases asks that shares and means whose base is shown have one of 2k.
func (a *auditor) bases(figures []*figure) {
	shown := counts(figures)
	for _, f := range figures {
		switch f.stat {
		case ledger.Pct, ledger.WPct, ledger.Mean, ledger.WMean:
			if base, there := shown[place{f.run, f.level, f.of.key()}]; f.published() && there && base < 2*a.k {
				a.fault(SmallBase, f.run, f.keys()[0], f.keys()...)
			}
		}
	}
}
