package audit

import (
	"maps"
	"math"
	"slices"
	"strconv"

	"github.com/soundings-survey/soundings/pipeline/ledger"
)

// figure is one number with all the lines that show or withhold it.
type figure struct {
	run    int
	stat   string
	level  string // what is counted
	at, of coords // nil where it has no coordinates

	shown, hidden map[string]bool // keys under which it is
	as            map[rounded]bool
}

// rounded is how a figure is shown.
type rounded struct {
	value    float64
	decimals int
}

// byCoordinates reports whether the coordinates of a figure say all of it, so
// that one under another key is the same.
func byCoordinates(stat string) bool {
	switch stat {
	case ledger.Count, ledger.Pct, ledger.WPct, ledger.Mean, ledger.WMean, ledger.Silent:
		return true
	}
	return false
}

// gather puts the lines of each figure together, in the order of first meeting.
func (a *auditor) gather(lines []ledger.Line) []*figure {
	var out []*figure
	byName := map[string]*figure{}
	for _, l := range lines {
		at, level, ok := a.space.coords(l.At)
		of, _, ok2 := a.space.coords(l.Of)
		v, err := l.Value.Float64()
		if !ok || !ok2 || l.Status == ledger.Published && (err != nil || math.IsInf(v, 0)) {
			a.fault(Unclear, l.Run, l.Key, l.Key)
			continue
		}
		stat := l.Stat
		if stat == ledger.Silent {
			stat = ledger.Pct // it is the share of one reason
		}
		name := l.Key
		if l.At != nil && byCoordinates(stat) {
			name = level + "\x00" + at.key() + "\x00" + of.key()
		}
		name = strconv.Itoa(l.Run) + "\x00" + stat + "\x00" + name
		f := byName[name]
		if f == nil {
			f = &figure{run: l.Run, stat: stat, level: level, shown: map[string]bool{}, hidden: map[string]bool{}, as: map[rounded]bool{}}
			if l.At != nil {
				f.at, f.of = at, of
			}
			byName[name] = f
			out = append(out, f)
		}
		if l.Status == ledger.Published {
			f.shown[l.Key] = true
			f.as[rounded{v, l.Decimals}] = true
		} else {
			f.hidden[l.Key] = true
		}
	}
	return out
}

// keys returns the keys of a figure, sorted.
func (f *figure) keys() []string {
	all := maps.Clone(f.shown)
	maps.Copy(all, f.hidden)
	return slices.Sorted(maps.Keys(all))
}

func (f *figure) published() bool { return len(f.shown) > 0 }

// value is how a figure is shown: where it is shown in several ways, in one of them.
func (f *figure) value() rounded {
	var out rounded
	first := true
	for r := range f.as {
		if first || r.decimals < out.decimals || r.decimals == out.decimals && r.value < out.value {
			out, first = r, false
		}
	}
	return out
}
