package spss

import (
	"bytes"
	"fmt"
	"math"
	"time"

	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// kindOf tells how the numbers of a variable are to be written, by the format
// that the file shows them in.
func kindOf(format byte) records.NumberStyle {
	switch format {
	case 20, 23, 24, 28, 29, 30, 38, 39: // DATE, ADATE, JDATE, MOYR, QYR, WKYR, EDATE, SDATE
		return records.DateNumber
	case 22, 41: // DATETIME, YMDHMS
		return records.MomentNumber
	case 21, 25, 40: // TIME, DTIME, MTIME
		return records.TimeNumber
	}
	return records.PlainNumber
}

// describe says what the file says of a variable.
func (f *file) describe(v *variable) records.Variable {
	out := records.Variable{Label: f.decode(v.label), Ordered: v.ordered}
	for _, l := range v.values {
		if value := f.valueText(v, l.value); value != "" {
			out.Values = append(out.Values, records.ValueLabel{Value: value, Label: f.decode(l.label)})
		}
	}
	single := v.missing
	if v.ranged && v.width == 0 && len(v.missing) >= 2 {
		d := records.Declared{Range: true}
		if low := f.float(v.missing[0]); low > -math.MaxFloat64/2 {
			d.Low = f.valueText(v, v.missing[0])
		}
		if high := f.float(v.missing[1]); high < math.MaxFloat64/2 {
			d.High = f.valueText(v, v.missing[1])
		}
		out.Missing, single = append(out.Missing, d), single[2:]
	}
	for _, m := range single {
		out.Missing = append(out.Missing, records.Declared{Low: f.valueText(v, m)})
	}
	return out
}

func (f *file) float(b []byte) float64 { return math.Float64frombits(f.order.Uint64(b)) }

// valueText writes a value as its cells are written.
func (f *file) valueText(v *variable, value []byte) string {
	if v.width > 0 {
		return f.decode(value)
	}
	return f.numberText(v, f.float(value))
}

// decode returns a text as UTF-8, without the blanks that fill it up.
func (f *file) decode(b []byte) string {
	b = bytes.TrimRight(b, " \x00")
	if f.encoding == nil || ascii(b) {
		return string(b)
	}
	out, err := f.encoding.NewDecoder().Bytes(b)
	if err != nil {
		return string(b) // what is no UTF-8 is reported with its cell
	}
	return string(out)
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

// numberText writes a number with the digits that it needs, and dates, moments
// and times, which are counted in seconds since 14 October 1582, as ISO 8601.
// The system-missing value is an empty cell.
func (f *file) numberText(v *variable, x float64) string {
	if x == f.sysmis || math.IsNaN(x) || math.IsInf(x, 0) {
		return ""
	}
	switch kind := kindOf(v.format); {
	case kind == records.TimeNumber && math.Abs(x) < 1e12:
		return clock(x)
	case kind == records.PlainNumber || x < 0 || x >= 265_000_000_000: // the year 9980
	default:
		at := time.Date(1582, 10, 14, 0, 0, 0, 0, time.UTC)
		seconds := math.Floor(x)
		at = time.Unix(at.Unix()+int64(seconds), int64(math.Round((x-seconds)*1000))*1_000_000).UTC()
		if kind == records.DateNumber && at.Equal(at.Truncate(24*time.Hour)) {
			return at.Format(time.DateOnly)
		}
		return at.Format("2006-01-02T15:04:05.999")
	}
	return records.NumberText(x, records.PlainNumber, false)
}

// clock writes a time of day, or a duration, in which hours may go on beyond 24.
func clock(x float64) string {
	sign := ""
	if x < 0 {
		sign, x = "-", -x
	}
	ms := int64(math.Round(x * 1000))
	out := fmt.Sprintf("%s%02d:%02d:%02d", sign, ms/3_600_000, ms/60_000%60, ms/1000%60)
	if ms%1000 != 0 {
		out += fmt.Sprintf(".%03d", ms%1000)
	}
	return out
}
