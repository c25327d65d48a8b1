package lang

import (
	"strconv"
	"strings"

	"golang.org/x/text/language"
)

// Numbers writes numbers as a language does. It follows CLDR's patterns for the
// six UN languages, but for a space between thousands in Spanish, as its academies
// recommend; digits are Western in all of them. In right-to-left text
// ranges and percentages are isolated, so that they are not turned round.
type Numbers struct {
	decimal, group, percent string
	isolate                 bool
}

const (
	narrowSpace = "\u202f" // no-break
	noBreak     = "\u00a0"
	isolateLTR  = "\u2066"
	isolateEnd  = "\u2069"
	enDash      = "–"
)

func numbersOf(tag string) Numbers {
	base, _ := language.Make(tag).Base()
	switch base.String() {
	case "fr":
		return Numbers{decimal: ",", group: narrowSpace, percent: narrowSpace + "%"}
	case "es":
		return Numbers{decimal: ",", group: noBreak, percent: noBreak + "%"}
	case "ru":
		return Numbers{decimal: ",", group: noBreak, percent: noBreak + "%"}
	case "ar":
		return Numbers{decimal: ".", group: ",", percent: "%", isolate: true}
	default:
		return Numbers{decimal: ".", group: ",", percent: "%"}
	}
}

// Count writes a whole number.
func (n Numbers) Count(v int64) string { return n.grouped(strconv.FormatInt(v, 10)) }

// grouped puts the thousands of a whole number apart.
func (n Numbers) grouped(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	if len(s) > 4 || len(s) == 4 && n.group == "," {
		var parts []string
		for len(s) > 3 {
			parts = append([]string{s[len(s)-3:]}, parts...)
			s = s[:len(s)-3]
		}
		s = strings.Join(append([]string{s}, parts...), n.group)
	}
	return sign + s
}

// Decimal writes a number with so many decimals. In right-to-left text one below
// zero is isolated, so that its sign stays before it.
func (n Numbers) Decimal(v float64, decimals int) string {
	if v < 0 {
		return n.isolated(n.plainDecimal(v, decimals))
	}
	return n.plainDecimal(v, decimals)
}

func (n Numbers) plainDecimal(v float64, decimals int) string {
	whole, fraction, has := strings.Cut(strconv.FormatFloat(v, 'f', decimals, 64), ".")
	whole = n.grouped(whole)
	if !has {
		return whole
	}
	return whole + n.decimal + fraction
}

// Percent writes a proportion between 0 and 1 as a percentage with its sign.
func (n Numbers) Percent(v float64, decimals int) string {
	return n.isolated(n.plainDecimal(100*v, decimals) + n.percent)
}

// Range writes a range from lo to hi, both as they are written.
func (n Numbers) Range(lo, hi string) string {
	dash := enDash
	if strings.Contains(lo+hi, "-") { // or it would be taken for a sign
		dash = " " + enDash + " "
	}
	return n.isolated(lo + dash + hi)
}

// Below writes that a number is less than a limit that is written already.
func (n Numbers) Below(limit string) string { return n.isolated("<" + limit) }

func (n Numbers) isolated(s string) string {
	if n.isolate {
		return isolateLTR + s + isolateEnd
	}
	return s
}

// Mark is what stands in place of a withheld figure, whatever the reason.
func (n Numbers) Mark() string { return "c" }
