package protect

import (
	"errors"
	"math"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Status says whether a figure is shown.
type Status = ledger.Status

// The statuses, as the ledger has them.
const (
	Published = ledger.Published
	Withheld  = ledger.Withheld
)

// Stat is a kind of figure.
type Stat string

// The kinds of figures. That of missing answers is followed by the reason.
const (
	ShareStat   Stat = "share"
	MeanStat    Stat = "mean"
	CountStat   Stat = "count" // respondents who made a choice
	BaseStat    Stat = "base"
	MissingStat Stat = "missing: "

	AskedStat      Stat = "asked"              // respondents who were asked the item
	UnansweredStat Stat = "share not answered" // of those asked
	ReasonStat     Stat = "share of asked: "   // of all answers asked for; followed by a reason or "answered"

	NetStat         Stat = "share less share" // of a net score
	QuantileStat    Stat = "quantile"
	RatioStat       Stat = "ratio"
	PlaceStat       Stat = "mean place" // of a ranking
	AlphaStat       Stat = "alpha"
	CorrelationStat Stat = "correlation"
	CoefficientStat Stat = "coefficient"
	CoordinateStat  Stat = "coordinate"
	FigureStat      Stat = "figure" // of a kind that is always withheld

	AgreementStat Stat = "agreement of coders"
	AgreedStat    Stat = "share agreed by coders"
	CorrectedStat Stat = "share of answers, corrected" // for how rules err
	ByRuleStat    Stat = "share of answers by rules"
	FoundStat     Stat = "share found by rules" // of the codes that people gave
	RightStat     Stat = "share of rules right" // of the codes that rules gave

	TippingStat Stat = "share of the silent" // at which a finding turns round

	WeightEffectStat Stat = "design effect of weights"
	WeightRangeStat  Stat = "range of weights" // at most

	StatisticStat Stat = "test statistic"
	FreedomStat   Stat = "degrees of freedom"
	PStat         Stat = "p"
	AdjustedStat  Stat = "p adjusted"
	EffectStat    Stat = "effect"
)

// Counts reports whether figures of the kind are whole numbers of respondents.
func (s Stat) Counts() bool {
	return s == CountStat || s == BaseStat || s == AskedStat || strings.HasPrefix(string(s), string(MissingStat))
}

// Share reports whether figures of the kind are proportions.
func (s Stat) Share() bool {
	return strings.HasPrefix(string(s), string(ShareStat))
}

// Number is a figure that passed protection: rounded as it is published, or
// withheld and then without a value. It can be turned into text and lengths by
// a Pen alone. The zero Number is withheld.
type Number struct {
	published bool
	interval  bool
	stat      Stat
	key       table.Key
	value     float64 // already rounded; a share is a proportion
	lo, hi    float64
	below     bool // the value is less than what is told
	under     bool // the value was rounded up: it is less than the rounded one
	decimals  int  // of the figure as shown: of a share, those of its percentage
	asOf      int  // the run whose answers it rests on, 0: this one
}

// Status says whether the figure is shown.
func (n Number) Status() Status {
	if n.published {
		return Published
	}
	return Withheld
}

// Stat says what kind of figure it is.
func (n Number) Stat() Stat { return n.stat }

// AsOf returns the run whose answers the figure rests on: 0 where it is this one.
func (n Number) AsOf() int { return n.asOf }

// Below reports whether the figure is less than what is told of it.
func (n Number) Below() bool { return n.published && n.below }

// String gives the status alone, so that no figure is printed by accident.
func (n Number) String() string { return string(n.Status()) }

// GoString is like String.
func (n Number) GoString() string { return n.String() }

// errMadeOnly is why nothing of this package can be read back.
var errMadeOnly = errors.New("protected figures are made by protect and never decoded")

// UnmarshalJSON refuses.
func (n *Number) UnmarshalJSON([]byte) error { return errMadeOnly }

// UnmarshalText refuses.
func (n *Number) UnmarshalText([]byte) error { return errMadeOnly }

// UnmarshalBinary refuses.
func (n *Number) UnmarshalBinary([]byte) error { return errMadeOnly }

// GobDecode refuses.
func (n *Number) GobDecode([]byte) error { return errMadeOnly }

// UnmarshalYAML refuses.
func (n *Number) UnmarshalYAML(func(any) error) error { return errMadeOnly }

func withheld(stat Stat, key table.Key) Number { return Number{stat: stat, key: key} }

func count(stat Stat, key table.Key, n int64) Number {
	return Number{published: true, stat: stat, key: key, value: float64(n)}
}

// figure rounds an estimate to be published; without a value it is withheld.
func figure(stat Stat, key table.Key, e table.Estimate, decimals int) Number {
	n := Number{stat: stat, key: key, decimals: decimals}
	places := n.places()
	n.value = round(e.Value, places)
	if math.IsNaN(n.value) || math.IsInf(n.value, 0) {
		return withheld(stat, key)
	}
	n.published = true
	n.lo, n.hi = round(e.Lo, places), round(e.Hi, places)
	n.interval = !math.IsNaN(n.lo+n.hi) && !math.IsInf(n.lo+n.hi, 0)
	return n
}

// places returns how many decimals the value has, as a proportion.
func (n Number) places() int {
	if n.stat.Share() {
		return n.decimals + 2
	}
	return n.decimals
}

// digits writes a value of the number with a decimal point.
func (n Number) digits(v float64) string { return strconv.FormatFloat(v, 'f', n.places(), 64) }

func round(v float64, places int) float64 {
	scale := math.Pow10(places)
	return math.Round(v*scale) / scale
}

// manyRespondents is the base from which shares have a decimal: on smaller ones
// a decimal would say more of the count than of the share.
const manyRespondents = 1000

func percentDecimals(base int64) int {
	if base < manyRespondents {
		return 0
	}
	return 1
}

// meanDecimals is one, and two for items of decimals, such as scores between 0
// and 1. Means of scales never have more than one: what covers a withheld step
// of a scale counts on it.
func meanDecimals(item survey.Item) int {
	if item.Type == survey.Decimal {
		return 2
	}
	return 1
}
