package records

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"
	"time"
)

// numberStyle says how a number of a cell is shown, as far as it changes what
// the number means.
type numberStyle uint8

const (
	plainNumber  numberStyle = iota
	dateNumber               // a count of days
	momentNumber             // days and a time of day
	timeNumber               // a time of day
)

// readStyles learns which styles of cells show numbers as dates or times.
func (b *Book) readStyles() error {
	if b.parts["xl/styles.xml"] == nil {
		return nil
	}
	formats := map[int]numberStyle{}
	in := ""
	return b.each("xl/styles.xml", func(_ *part, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			if id, err := strconv.Atoi(attr(e, "numFmtId")); err == nil {
				formats[id] = styleOf(attr(e, "formatCode"))
			}
		case "cellXfs", "cellStyleXfs", "cellStyles", "dxfs":
			in = e.Name.Local
		case "xf":
			if in == "cellXfs" {
				id, _ := strconv.Atoi(attr(e, "numFmtId"))
				style, custom := formats[id]
				if !custom {
					style = builtinStyle(id)
				}
				b.styles = append(b.styles, style)
			}
		}
		return nil
	})
}

// builtinStyle tells the formats that have a number and no text (ECMA-376,
// part 1, 18.8.30).
func builtinStyle(id int) numberStyle {
	switch {
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return dateNumber
	case id == 22:
		return momentNumber
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id >= 45 && id <= 47, id == 55, id == 56:
		return timeNumber
	}
	return plainNumber
}

// styleOf tells whether a format shows days, a time of day, or both, by the
// letters that stand in it outside quotes, brackets and escapes.
func styleOf(format string) numberStyle {
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
				return plainNumber
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
		return plainNumber
	}
	clock := strings.ContainsAny(s, "hs")
	day := strings.ContainsAny(s, "yd") || !clock && strings.Contains(s, "m")
	switch {
	case day && clock:
		return momentNumber
	case day:
		return dateNumber
	case clock:
		return timeNumber
	}
	return plainNumber
}

// number writes the number of a cell as text: with the 15 digits that
// spreadsheet programs keep, and dates and times as ISO 8601. Spreadsheets
// count 1900 as a leap year; its day 60 does not exist and stays a number.
func (b *Book) number(stored string, style int) (text string, value float64, ok bool) {
	v, err := strconv.ParseFloat(strings.TrimSpace(stored), 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return stored, 0, false
	}
	shown := plainNumber
	if style >= 0 && style < len(b.styles) {
		shown = b.styles[style]
	}
	if shown != plainNumber && v >= 0 && v < 2_958_466 {
		if text, ok := b.moment(v, shown); ok {
			return text, v, true
		}
	}
	short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	if err != nil {
		return stored, v, false
	}
	return strconv.FormatFloat(short, 'f', -1, 64), v, true
}

func (b *Book) moment(v float64, shown numberStyle) (string, bool) {
	days := math.Floor(v)
	seconds := math.Round((v - days) * 86_400)
	if shown == timeNumber && days == 0 {
		return time.Unix(int64(seconds), 0).UTC().Format(time.TimeOnly), true
	}
	var zero time.Time
	switch {
	case b.from04:
		zero = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case days > 60:
		zero = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	case days >= 1 && days < 60:
		zero = time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC)
	default:
		return "", false
	}
	at := zero.AddDate(0, 0, int(days)).Add(time.Duration(seconds) * time.Second)
	if shown == dateNumber && seconds == 0 || shown == momentNumber && seconds == 0 && v == days {
		return at.Format(time.DateOnly), true
	}
	return at.Format("2006-01-02T15:04:05"), true
}
