package expr

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// toDate reads a date: ISO 8601 text, or a number of days since 1970-01-01.
func toDate(a []Value) Value {
	days := a[0].Num()
	if math.IsNaN(days) {
		return Missing()
	}
	return Date(days)
}

// decimalTime returns the time of day as a fraction of a day.
func decimalTime(a []Value) Value {
	if t, err := time.Parse("15:04:05.999", strings.TrimSuffix(a[0].Str(), "Z")); err == nil {
		return Number(float64(t.Hour()*3600+t.Minute()*60+t.Second()) / 86400)
	}
	days := a[0].Num()
	return Number(days - math.Floor(days))
}

// formatDateAs writes a date by ODK's letters: %Y %y %m %n %b %d %e %H %h %M %S
// %3 %a.
func formatDateAs(a []Value) Value {
	t, ok := moment(a[0].Num())
	if !ok {
		return Missing()
	}
	var b strings.Builder
	form := []rune(a[1].Str())
	for i := 0; i < len(form); i++ {
		if form[i] != '%' || i+1 == len(form) {
			b.WriteRune(form[i])
			continue
		}
		i++
		switch form[i] {
		case 'Y':
			fmt.Fprintf(&b, "%04d", t.Year())
		case 'y':
			fmt.Fprintf(&b, "%02d", t.Year()%100)
		case 'm':
			fmt.Fprintf(&b, "%02d", t.Month())
		case 'n':
			fmt.Fprintf(&b, "%d", t.Month())
		case 'b':
			b.WriteString(t.Format("Jan"))
		case 'd':
			fmt.Fprintf(&b, "%02d", t.Day())
		case 'e':
			fmt.Fprintf(&b, "%d", t.Day())
		case 'H':
			fmt.Fprintf(&b, "%02d", t.Hour())
		case 'h':
			fmt.Fprintf(&b, "%d", t.Hour())
		case 'M':
			fmt.Fprintf(&b, "%02d", t.Minute())
		case 'S':
			fmt.Fprintf(&b, "%02d", t.Second())
		case '3':
			fmt.Fprintf(&b, "%03d", t.Nanosecond()/1e6)
		case 'a':
			b.WriteString(t.Format("Mon"))
		default:
			b.WriteRune('%')
			b.WriteRune(form[i])
		}
	}
	return Text(b.String())
}
