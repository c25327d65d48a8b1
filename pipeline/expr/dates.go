package expr

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// dates returns functions of dates and times. Names of months and days are
// English, whatever the language of the form.
func dates(name string) (function, bool) {
	switch name {
	case "today":
		return constant(compiled{value: func(e Env) Value { return Date(math.Floor(e.Today().Num())) }}), true
	case "now":
		return constant(compiled{value: func(e Env) Value { return Date(e.Today().Num()) }}), true
	case "date":
		return ofMoment(math.Floor), true
	case "date-time":
		return ofMoment(func(days float64) float64 { return days }), true
	case "decimal-date-time":
		return function{least: 1, most: 1, compile: func(_ compiler, _ []node, args []compiled) compiled {
			return compiled{number: args[0].asNumber()}
		}}, true
	case "decimal-time":
		return function{least: 1, most: 1, compile: func(_ compiler, _ []node, args []compiled) compiled {
			x := args[0].asValue()
			return compiled{number: func(e Env) float64 { return decimalTime(x(e)) }}
		}}, true
	case "format-date", "format-date-time":
		return function{least: 2, most: 2, compile: formatted, check: checkFormat}, true
	}
	return function{}, false
}

// ofMoment turns a date, a text or a number of days into a Date.
func ofMoment(f func(days float64) float64) function {
	return function{least: 1, most: 1, compile: func(_ compiler, _ []node, args []compiled) compiled {
		x := args[0].asNumber()
		return compiled{value: func(e Env) Value {
			days := f(x(e))
			if _, ok := moment(days); !ok {
				return Missing()
			}
			return Date(days)
		}}
	}}
}

// decimalTime returns the time of day of a clock time or a moment as a fraction
// of a day.
func decimalTime(v Value) float64 {
	if v.kind == KindText {
		if clock, ok := parseClock(strings.TrimSpace(v.s)); ok {
			return clock
		}
	}
	days := v.Num()
	return days - math.Floor(days)
}

func formatted(_ compiler, _ []node, args []compiled) compiled {
	x, layout := args[0].asNumber(), args[1].asText()
	return compiled{value: func(e Env) Value {
		t, ok := moment(x(e))
		if !ok {
			return Missing()
		}
		return Text(writeDate(t, layout(e)))
	}}
}

// checkFormat refuses letters that stand for nothing.
func checkFormat(args []node) (problem, remedy string) {
	lit, written := args[1].(literal)
	if !written {
		return "", ""
	}
	letters := []rune(lit.v.Str())
	for i := 0; i < len(letters); i++ {
		if letters[i] != '%' {
			continue
		}
		i++
		if i == len(letters) {
			return "the form of the date ends in %", "write a letter after it"
		}
		if _, ok := datePart(time.Time{}, letters[i]); !ok {
			return "the form of the date has %" + string(letters[i]) + ", which stands for nothing", "use %Y %y %m %n %b %B %d %e %a %A %W %u %H %h %M %S %3"
		}
	}
	return "", ""
}

// writeDate writes a date by ODK's letters; what stands for nothing stays.
func writeDate(t time.Time, layout string) string {
	var b strings.Builder
	percent := false
	for _, c := range layout {
		switch {
		case percent:
			percent = false
			part, ok := datePart(t, c)
			if !ok {
				part = "%" + string(c)
			}
			b.WriteString(part)
		case c == '%':
			percent = true
		default:
			b.WriteRune(c)
		}
	}
	if percent {
		b.WriteByte('%')
	}
	return b.String()
}

// datePart returns what a letter stands for.
func datePart(t time.Time, letter rune) (string, bool) {
	number := func(width, n int) (string, bool) { return fmt.Sprintf("%0*d", width, n), true }
	switch letter {
	case 'Y':
		return number(4, t.Year())
	case 'y':
		return number(2, t.Year()%100)
	case 'm':
		return number(2, int(t.Month()))
	case 'n':
		return number(1, int(t.Month()))
	case 'B':
		return t.Month().String(), true
	case 'b':
		return t.Format("Jan"), true
	case 'd':
		return number(2, t.Day())
	case 'e':
		return number(1, t.Day())
	case 'A':
		return t.Weekday().String(), true
	case 'a':
		return t.Format("Mon"), true
	case 'W': // ISO 8601 week
		_, week := t.ISOWeek()
		return number(2, week)
	case 'u': // ISO 8601 weekday, from Monday
		return number(1, (int(t.Weekday())+6)%7+1)
	case 'H':
		return number(2, t.Hour())
	case 'h':
		return number(1, t.Hour())
	case 'M':
		return number(2, t.Minute())
	case 'S':
		return number(2, t.Second())
	case '3':
		return number(3, t.Nanosecond()/1e6)
	case '%':
		return "%", true
	}
	return "", false
}
