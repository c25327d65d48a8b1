package records

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// NumberStyle says how a number of a cell is shown, as far as it changes what
// the number means.
type NumberStyle uint8

// The styles that matter.
const (
	PlainNumber  NumberStyle = iota
	DateNumber               // a count of days
	MomentNumber             // days and a time of day
	TimeNumber               // a time of day
)

// BuiltinStyle tells the formats that have a number and no text (ECMA-376,
// part 1, 18.8.30).
func BuiltinStyle(id int) NumberStyle {
	switch {
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return DateNumber
	case id == 22:
		return MomentNumber
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id >= 45 && id <= 47, id == 55, id == 56:
		return TimeNumber
	}
	return PlainNumber
}

// StyleOf tells whether a format shows days, a time of day, or both, by the
// letters that stand in it outside quotes, brackets and escapes.
func StyleOf(format string) NumberStyle {
	format, _, _ = strings.Cut(format, ";")
	var letters strings.Builder
	for i := 0; i < len(format); i++ {
		switch format[i] {
		case '\\', '_', '*':
			i++
		case '"':
			for i++; i < len(format) && format[i] != '"'; i++ {
			}
		case '[':
			end := strings.IndexByte(format[i:], ']')
			if end < 0 {
				return PlainNumber
			}
			if inner := strings.ToLower(format[i+1 : i+end]); strings.Trim(inner, "hms") == "" {
				letters.WriteString(inner)
			}
			i += end
		default:
			letters.WriteByte(format[i])
		}
	}
	s := strings.ToLower(letters.String())
	if strings.Contains(s, "general") {
		return PlainNumber
	}
	clock := strings.ContainsAny(s, "hs")
	day := strings.ContainsAny(s, "yd") || !clock && strings.Contains(s, "m")
	switch {
	case day && clock:
		return MomentNumber
	case day:
		return DateNumber
	case clock:
		return TimeNumber
	}
	return PlainNumber
}

// NumberText writes the number of a cell as text: with the 15 digits that
// spreadsheet programs keep, and dates and times as ISO 8601. from04 says that
// days are counted from 1904. Spreadsheets count 1900 as a leap year; its day 60
// does not exist and stays a number.
func NumberText(v float64, shown NumberStyle, from04 bool) string {
	if shown != PlainNumber && v >= 0 && v < 2_958_466 {
		if text, ok := momentText(v, shown, from04); ok {
			return text
		}
	}
	short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	if err != nil {
		short = v
	}
	return strconv.FormatFloat(short, 'f', -1, 64)
}

func momentText(v float64, shown NumberStyle, from04 bool) (string, bool) {
	days := math.Floor(v)
	// To the millisecond, which is as fine as such a number is.
	clock := time.Duration(math.Round((v-days)*86_400_000)) * time.Millisecond
	if shown == TimeNumber && days == 0 {
		return time.Unix(0, int64(clock)).UTC().Format("15:04:05.999"), true
	}
	var zero time.Time
	switch {
	case from04:
		zero = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case days > 60:
		zero = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	case days >= 1 && days < 60:
		zero = time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC)
	default:
		return "", false
	}
	at := zero.AddDate(0, 0, int(days)).Add(clock)
	if shown == DateNumber && clock == 0 || shown == MomentNumber && clock == 0 && v == days {
		return at.Format(time.DateOnly), true
	}
	return at.Format("2006-01-02T15:04:05.999"), true
}
