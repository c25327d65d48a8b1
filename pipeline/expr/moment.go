package expr

import (
	"math"
	"time"
)

const day = 24 * 60 * 60 * 1000 // milliseconds

// parseDate reads an ISO 8601 date, with or without a time of day, as days
// since 1970-01-01, or NaN. The offset from UTC is read and left aside.
func parseDate(s string) (days float64, ok bool) {
	r := reader{s: s}
	year, month, date := r.digits(4), r.after('-', 2), r.after('-', 2)
	if r.bad || month < 1 || month > 12 || date < 1 {
		return math.NaN(), false
	}
	t := time.Date(year, time.Month(month), date, 0, 0, 0, 0, time.UTC)
	if t.Day() != date {
		return math.NaN(), false // 30 February
	}
	days = float64(t.UnixMilli() / day)
	if r.s == "" {
		return days, true
	}
	if r.s[0] != 'T' && r.s[0] != ' ' {
		return math.NaN(), false
	}
	r.s = r.s[1:]
	clock := r.clock()
	r.offset()
	if r.bad || r.s != "" {
		return math.NaN(), false
	}
	return days + clock, true
}

// parseClock reads a time of day as a fraction of a day.
func parseClock(s string) (float64, bool) {
	r := reader{s: s}
	clock := r.clock()
	r.offset()
	return clock, !r.bad && r.s == ""
}

// reader takes parts of a date from the front of a text.
type reader struct {
	s   string
	bad bool
}

// digits takes exactly n digits.
func (r *reader) digits(n int) int {
	if len(r.s) < n {
		r.bad = true
		return 0
	}
	x := 0
	for i := range n {
		c := r.s[i]
		if c < '0' || c > '9' {
			r.bad = true
			return 0
		}
		x = 10*x + int(c-'0')
	}
	r.s = r.s[n:]
	return x
}

// after takes a sign and the n digits after it.
func (r *reader) after(sign byte, n int) int {
	if r.s == "" || r.s[0] != sign {
		r.bad = true
		return 0
	}
	r.s = r.s[1:]
	return r.digits(n)
}

// clock takes hh:mm, hh:mm:ss or hh:mm:ss.fff.
func (r *reader) clock() float64 {
	h, m := r.digits(2), r.after(':', 2)
	seconds, milli, unit := 0, 0, 100
	if r.s != "" && r.s[0] == ':' {
		seconds = r.after(':', 2)
		if r.s != "" && r.s[0] == '.' {
			r.s = r.s[1:]
			for r.s != "" && r.s[0] >= '0' && r.s[0] <= '9' {
				milli += int(r.s[0]-'0') * unit
				unit /= 10
				r.s = r.s[1:]
			}
		}
	}
	if h > 23 || m > 59 || seconds > 59 {
		r.bad = true
	}
	return float64(((h*60+m)*60+seconds)*1000+milli) / day
}

// offset takes an offset from UTC: none, Z, +hh, +hhmm or +hh:mm.
func (r *reader) offset() {
	switch {
	case r.s == "":
	case r.s == "Z":
		r.s = ""
	case r.s[0] == '+' || r.s[0] == '-':
		r.s = r.s[1:]
		r.digits(2)
		if r.s != "" && r.s[0] == ':' {
			r.s = r.s[1:]
		}
		if r.s != "" {
			r.digits(2)
		}
	}
}

// formatDate writes a date, with its time of day when there is one.
func formatDate(days float64) string {
	t, ok := moment(days)
	switch {
	case !ok:
		return ""
	case days == math.Trunc(days):
		return t.Format(time.DateOnly)
	default:
		return t.Format("2006-01-02T15:04:05.000")
	}
}

// moment returns the time of a number of days, within the years 0 to 9999.
func moment(days float64) (time.Time, bool) {
	if !(days >= -719528 && days < 2932897) {
		return time.Time{}, false
	}
	return time.UnixMilli(int64(math.Round(days * day))).UTC(), true
}
