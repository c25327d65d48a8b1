package expr

import (
	"math"
	"strconv"
	"strings"
)

// formatNumber writes a number as XPath does.
func formatNumber(n float64) string {
	switch {
	case math.IsNaN(n):
		return "NaN"
	case math.IsInf(n, 1):
		return "Infinity"
	case math.IsInf(n, -1):
		return "-Infinity"
	case n == 0:
		return "0" // without the sign of -0
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// parseNumber reads a number as XPath writes it, else an ISO 8601 date, else
// returns NaN.
func parseNumber(s string) float64 {
	s = strings.TrimSpace(s)
	if s == "" {
		return math.NaN()
	}
	digits := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c == '.' || c == '-' && i == 0:
		default:
			days, _ := parseDate(s)
			return days
		}
	}
	if digits == 0 {
		return math.NaN()
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil && !math.IsInf(n, 0) {
		return math.NaN() // two points
	}
	return n
}

// roundTo rounds to decimal places; places below 0 round to tens, hundreds. A
// half goes up, towards positive infinity, as in XPath. What is rounded is the
// number as it is written: 1.005 to two places is 1.01, as ODK and people have
// it, although the float64 nearest to 1.005 lies below it.
func roundTo(x, places float64) float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return x
	}
	if !(math.Abs(places) <= 30) {
		return math.NaN()
	}
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(math.Abs(x), 'f', -1, 64), ".")
	digits := whole + fraction
	keep := len(whole) + int(places) // digits that stay
	if keep >= len(digits) {
		return x
	}
	if keep < 0 {
		return 0
	}
	kept, rest := []byte("0"+digits[:keep]), strings.TrimRight(digits[keep:], "0")
	if rest > "5" || rest == "5" && x > 0 { // more than a half compares above "5"
		for i := len(kept) - 1; ; i-- {
			if kept[i]++; kept[i] <= '9' {
				break
			}
			kept[i] = '0'
		}
	}
	n, _ := strconv.ParseFloat(string(kept)+"e"+strconv.Itoa(-int(places)), 64)
	if n == 0 {
		return 0
	}
	return math.Copysign(n, x)
}
