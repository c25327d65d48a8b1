package identity

import (
	"strconv"
	"strings"
)

// place finds coordinates that begin at i: a pair of decimals, or degrees with
// minutes.
func (f *folded) place(i int) (span, bool) {
	if !f.begins(i) {
		return span{}, false
	}
	if end := f.pair(i); end > 0 {
		return span{GPS, i, end}, true
	}
	end := f.degrees(i)
	if end == 0 {
		return span{}, false
	}
	next := end
	for strings.ContainsRune(" ,;", f.look(next)) {
		next++
	}
	if second := f.degrees(next); second > 0 && next-end <= 3 {
		end = second
	}
	return span{GPS, i, end}, true
}

// pair passes over latitude and longitude with four decimals or more, and the
// altitude and accuracy that collecting tools write after them.
func (f *folded) pair(i int) int {
	lat, ok := f.decimal(f.hemisphere(i))
	if !ok || lat.places < 3 || lat.value > 90 {
		return 0
	}
	j := f.hemisphere(lat.end)
	signed := j > lat.end || f.hemisphere(i) > i
	sep := j
	for strings.ContainsRune(" ,;/", f.look(j)) && j-sep < 4 {
		j++
	}
	if j == sep || lat.comma && f.look(sep) == ',' && f.look(sep+1) != ' ' {
		return 0
	}
	lon, ok := f.decimal(f.hemisphere(j))
	if !ok || lon.places < 3 || lon.value > 180 {
		return 0
	}
	signed = signed || f.hemisphere(j) > j || f.hemisphere(lon.end) > lon.end
	if !signed && (lat.places < 4 || lon.places < 4 || lat.value < 1 && lon.value < 1) {
		return 0
	}
	end := f.trimmed(f.hemisphere(lon.end))
	for range 2 { // altitude and accuracy
		if d, ok := f.decimal(end + 1); ok && f.look(end) == ' ' && f.look(sep) == ' ' {
			end = d.end
		}
	}
	return end
}

// decimal is a number at a place, without its sign.
type decimal struct {
	value  float64
	places int
	comma  bool
	end    int
}

func (f *folded) decimal(i int) (decimal, bool) {
	if r := f.look(i); r == '-' || r == '+' {
		i++
	}
	start := i
	for isDigit(f.look(i)) && i-start < 8 {
		i++
	}
	d := decimal{end: i}
	whole := f.text(start, i)
	if whole == "" {
		return d, false
	}
	if r := f.look(i); (r == '.' || r == ',') && isDigit(f.look(i+1)) {
		d.comma = r == ','
		i++
		for isDigit(f.look(i)) && d.places < 24 {
			d.places++
			i++
		}
	}
	d.end = i
	d.value, _ = strconv.ParseFloat(whole, 64)
	return d, !joins(f.look(i)) || f.hemisphere(i) > i
}

// hemisphere passes over a sign of degrees and a letter for north, south, east
// or west, before or after a number.
func (f *folded) hemisphere(i int) int {
	j := f.spaces(i)
	if f.look(j) == 0xB0 {
		j++
		i = j
		j = f.spaces(j)
	}
	for _, w := range [...]string{"n", "s", "e", "w", "o", "с", "ю", "в", "з", "ш", "с.ш.", "ю.ш.", "в.д.", "з.д.", "с. ш.", "в. д.", "北", "南", "东", "西", "ش", "ج", "ق", "غ", "شمالا", "شرقا", "north", "south", "east", "west"} {
		n := len([]rune(w))
		if f.has(j, w) && !letterly(f.look(j+n)) && !letterly(f.look(j-1)) && (n > 1 || j == i || !f.small(j) || !joins(f.look(j))) {
			return f.spaces(j + n)
		}
	}
	return i
}

func letterly(r rune) bool { return wordly(r) && !isDigit(r) }

// degrees passes over degrees with minutes, such as 40°26'46"N.
func (f *folded) degrees(i int) int {
	j := f.passing(i, "北纬", "南纬", "东经", "西经")
	if j == i {
		j = f.hemisphere(i)
	}
	d, ok := f.plainNumber(j, 180)
	if !ok || f.look(d) != 0xB0 && f.look(d) != '度' {
		return 0
	}
	j = f.spaces(d + 1)
	m, ok := f.plainNumber(j, 60)
	if !ok || f.look(m) != '\'' && f.look(m) != '分' {
		return 0
	}
	end := m + 1
	j = f.spaces(end)
	if s, ok := f.plainNumber(j, 60); ok {
		switch {
		case f.look(s) == '"', f.look(s) == '秒':
			end = s + 1
		case f.look(s) == '\'' && f.look(s+1) == '\'':
			end = s + 2
		}
	}
	return f.trimmed(f.hemisphere(end))
}

// plainNumber passes over a number from 0 to most, with or without decimals.
func (f *folded) plainNumber(i, most int) (int, bool) {
	start := i
	for isDigit(f.look(i)) && i-start < 4 {
		i++
	}
	if i == start {
		return i, false
	}
	n, _ := strconv.Atoi(f.text(start, i))
	if r := f.look(i); (r == '.' || r == ',') && isDigit(f.look(i+1)) {
		for i++; isDigit(f.look(i)); i++ {
		}
	}
	return i, n <= most
}
