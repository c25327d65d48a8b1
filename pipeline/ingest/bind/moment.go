package bind

import "time"

// date reads "2022-04-02" as days since 1970-01-01. trimmed says that a time of
// midnight stood behind it and was left out.
func date(cell []byte) (days int64, trimmed, ok bool) {
	if len(cell) > 10 {
		rest := cell[10:]
		if rest[0] != 'T' && rest[0] != ' ' {
			return 0, false, false
		}
		micros, end, ok := clock(rest[1:])
		if !ok || micros != 0 {
			return 0, false, false
		}
		if _, ok := zone(rest[1+end:]); !ok {
			return 0, false, false
		}
		cell, trimmed = cell[:10], true
	}
	if len(cell) != 10 || cell[4] != '-' || cell[7] != '-' {
		return 0, false, false
	}
	y, ok1 := digits(cell[:4])
	m, ok2 := digits(cell[5:7])
	d, ok3 := digits(cell[8:10])
	if !ok1 || !ok2 || !ok3 || m < 1 || m > 12 || d < 1 || d > 31 || y < 1 {
		return 0, false, false
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if t.Day() != d {
		return 0, false, false
	}
	return t.Unix() / 86_400, trimmed, true
}

// timeOfDay reads "10:00", "10:00:30" or "10:00:30.125" as microseconds of the
// day. An offset behind it, which some tools write, is passed over: the time is
// that of the respondent's clock.
func timeOfDay(cell []byte) (micros int64, ok bool) {
	micros, end, ok := clock(cell)
	if !ok {
		return 0, false
	}
	_, ok = zone(cell[end:])
	return micros, ok
}

// moment reads "2022-04-02T10:00:00.000+02:00" as microseconds since 1970 UTC.
// Without an offset it is UTC. trimmed says that only a date was there.
func moment(cell []byte) (micros int64, trimmed, ok bool) {
	if len(cell) < 10 {
		return 0, false, false
	}
	days, _, ok := date(cell[:10])
	if !ok {
		return 0, false, false
	}
	if len(cell) == 10 {
		return days * 86_400_000_000, true, true
	}
	if cell[10] != 'T' && cell[10] != ' ' {
		return 0, false, false
	}
	rest := cell[11:]
	micros, end, ok := clock(rest)
	if !ok {
		return 0, false, false
	}
	seconds, ok := zone(rest[end:])
	return days*86_400_000_000 + micros - seconds*1_000_000, false, ok
}

// clock reads hours, minutes, and perhaps seconds, and where they end.
func clock(b []byte) (micros int64, end int, ok bool) {
	if len(b) < 5 || b[2] != ':' {
		return 0, 0, false
	}
	h, ok1 := digits(b[:2])
	m, ok2 := digits(b[3:5])
	if !ok1 || !ok2 || h > 23 || m > 59 {
		return 0, 0, false
	}
	micros, end = int64(h*3600+m*60)*1_000_000, 5
	if len(b) < 6 || b[5] != ':' {
		return micros, end, true
	}
	if len(b) < 8 {
		return 0, 0, false
	}
	s, ok := digits(b[6:8])
	if !ok || s > 59 {
		return 0, 0, false
	}
	micros, end = micros+int64(s)*1_000_000, 8
	if len(b) > 9 && b[8] == '.' && b[9] >= '0' && b[9] <= '9' {
		unit := int64(100_000)
		for end = 9; end < len(b) && b[end] >= '0' && b[end] <= '9'; end++ {
			micros += int64(b[end]-'0') * unit
			unit /= 10
		}
	}
	return micros, end, true
}

// zone reads an offset from UTC in seconds: nothing, Z, +02, +0200 or +02:00.
func zone(b []byte) (seconds int64, ok bool) {
	if len(b) == 0 || len(b) == 1 && b[0] == 'Z' {
		return 0, true
	}
	if b[0] != '+' && b[0] != '-' {
		return 0, false
	}
	sign := int64(1)
	if b[0] == '-' {
		sign = -1
	}
	b = b[1:]
	if len(b) == 5 && b[2] == ':' {
		b = []byte{b[0], b[1], b[3], b[4]}
	}
	if len(b) == 2 {
		b = []byte{b[0], b[1], '0', '0'}
	}
	if len(b) != 4 {
		return 0, false
	}
	h, ok1 := digits(b[:2])
	m, ok2 := digits(b[2:])
	return sign * int64(h*3600+m*60), ok1 && ok2 && h <= 14 && m < 60
}

func digits(b []byte) (n int, ok bool) {
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, len(b) > 0
}
