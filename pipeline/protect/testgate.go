package protect

import (
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// tested says of a table of tests why it is withheld whole, or else which of its
// tests are shown.
type tested struct {
	whole string
	shown []bool
	n     bool // so is how many respondents they rest on
}

// tests decides on a table of tests. A test with the sums of a table gives
// cells of it back, so a test of groups stands only beside a table of the same
// item by the same groups that lacks nothing; a comparison of two groups only
// beside their two figures. An analysis that is not named here is withheld.
func (g *gate) tests(t *table.Table) tested {
	out := tested{whole: g.forbidden(t), shown: make([]bool, len(t.Tests))}
	if out.whole != "" {
		return out
	}
	item, _ := g.survey.Item(t.Row.Item)
	beside := false
	switch t.Row.Analysis {
	case table.TestIndependence:
		beside = g.whole(g.shares(t.Level, item.Name, t.Row.By))
	case table.TestMean:
		beside = g.whole(g.means(t.Level, item.Name, t.Row.By)) && g.allClean(t)
	case table.TestRank:
		beside = g.ranks(t, item)
	case table.TestPaired, table.TestRepeated:
		beside = g.repeated(t)
	case table.Compare:
		for i, x := range t.Tests {
			out.shown[i] = g.compared(t, x)
		}
		return out.settled(t)
	default:
		out.whole = whyUnknown
		return out
	}
	if !beside || len(t.Row.By) == 0 && len(t.Row.With) == 0 {
		out.whole = whyBeside
		return out
	}
	for i, x := range t.Tests {
		out.shown[i] = float64(x.N) >= 2*g.k && g.enough(float64(x.N), 1+len(t.Row.With)) && !math.IsNaN(x.P)
	}
	// Of a table that is shown whole it is known how many it rests on; of pairs
	// of answers it is not.
	out.n = len(t.Row.With) == 0
	return out.settled(t)
}

func (x tested) settled(t *table.Table) tested {
	if x.whole == "" && !slices.Contains(x.shown, true) {
		x.whole = whyBeside
	}
	return x
}

// ranks reports whether a test of ranks may stand: of choices beside their
// shares, of numbers beside their means. How many of a group have more than the
// median is a cell of which nothing is known, however.
func (g *gate) ranks(t *table.Table, item *survey.Item) bool {
	if item.Type.HasChoices() {
		return g.whole(g.shares(t.Level, item.Name, t.Row.By)) && g.allClean(t)
	}
	return g.whole(g.means(t.Level, item.Name, t.Row.By)) && g.allClean(t)
}

// repeated reports whether a test of several answers of the same respondents may
// stand. Of two items with few answers, of choices that count, and by methods
// that count those who changed, the test gives back how many that were: their
// cross must be shown whole. Of more such items it is not known what it gives back.
func (g *gate) repeated(t *table.Table) bool {
	names := append([]string{t.Row.Item}, t.Row.With...)
	if len(names) < 2 || len(t.Row.By) > 0 || !g.allClean(t) {
		return false
	}
	if len(t.Row.Values) > 0 || counting(t.Row.Method) || g.anyDiscrete(names) {
		return len(names) == 2 && g.crossed(t.Level, names[0], names[1])
	}
	return true
}

// counting reports whether a method counts those who changed, whatever the items.
func counting(method string) bool {
	switch method {
	case "sign", "bowker", "stuart-maxwell", "mcnemar", "mcnemar-corrected", "mcnemar-exact", "mcnemar-mid-p", "cochran-q":
		return true
	}
	return false
}

// compared reports whether two groups may be compared: both their figures are
// shown in the table by the same groups. Of means all must be, since what is
// compared may pool the spread of all groups.
func (g *gate) compared(t *table.Table, x table.Test) bool {
	if !x.Pair || x.Why != "" || math.IsNaN(x.P) {
		return false
	}
	of := g.means(t.Level, t.Row.Item, t.Row.By)
	if x.Choice != "" {
		of = g.shares(t.Level, t.Row.Item, t.Row.By)
	} else if !g.whole(of) || !g.allClean(t) {
		return false
	}
	if of == nil || len(of.Domains) != len(t.Domains) {
		return false
	}
	c, m := slices.Index(of.Choices, x.Choice), g.masks[of]
	if c < 0 || m.whole != "" {
		return false
	}
	for _, d := range x.Between {
		if d < 0 || d >= len(of.Domains) || !slices.Equal(of.Domains[d].Values, t.Domains[d].Values) {
			return false
		}
		if m.base[d] || m.figures[d][c] || !g.bare(of.Domains[d].Base) {
			return false
		}
	}
	return true
}

// unadjustable returns the ways of adjusting for many tests whose results would
// tell of withheld tests: all but that of Bonferroni, which depends on how many
// there are alone, when a test that stands for a whole table is withheld.
func (g *gate) unadjustable(decided map[*table.Table]tested) map[string]bool {
	out := map[string]bool{}
	for _, t := range g.all {
		x, is := decided[t]
		if !is || t.Row.Analysis == table.Compare {
			continue
		}
		for i, test := range t.Tests {
			if isAdjusted(test) && test.Adjust != bonferroni && !math.IsNaN(test.P) && (x.whole != "" || !x.shown[i]) {
				out[test.Adjust] = true
			}
		}
	}
	return out
}

const bonferroni = "bonferroni"

// adjustedWithin reports whether the adjusted values of a table of comparisons
// tell of none that is withheld.
func adjustedWithin(t *table.Table, x tested) bool {
	for i, test := range t.Tests {
		if !x.shown[i] && !math.IsNaN(test.P) && isAdjusted(test) && test.Adjust != bonferroni {
			return false
		}
	}
	return true
}
