package identity

import (
	"net/netip"
	"strings"
)

// token finds what is written in letters and digits together and begins at i:
// accounts, papers, devices, addresses of networks, short codes of places.
func (f *folded) token(i int) (span, bool) {
	if !f.begins(i) {
		return span{}, false
	}
	for _, find := range [...]func(int) (span, bool){f.network, f.device, f.plusCode, f.readable, f.paper} {
		if s, ok := find(i); ok {
			return s, true
		}
	}
	return span{}, false
}

// paper finds an account or the number of a paper: groups of letters and
// digits, of which the longest row that passes a check is taken.
func (f *folded) paper(i int) (span, bool) {
	var ends [mostGroups]int
	n, count, digits, first := 0, 0, 0, 0
	for j := i; n < mostGroups && count <= 34; {
		start := j
		for isPlain(f.look(j)) && j-start < 35 {
			if isDigit(f.look(j)) {
				digits++
			}
			j++
		}
		if j == start || n > 0 && !isDigit(f.look(start)) && f.look(start-1) == ' ' && f.small(start) {
			break
		}
		count += j - start
		if n == 0 {
			first = digits
			if digits == 0 && j-start > 2 {
				return span{}, false
			}
		}
		ends[n] = j
		n++
		if r := f.look(j); r == ' ' || r == '-' || r == '.' || r == '/' {
			j++
		} else {
			break
		}
		if first == 0 && digits == 0 && !isDigit(f.look(j)) {
			return span{}, false
		}
	}
	if digits < 5 {
		return span{}, false
	}
	for ; n > 0; n-- {
		end := ends[n-1]
		if f.goesOn(end) {
			continue
		}
		s := f.compact(i, end)
		if mod97(s) {
			return span{IBAN, i, end}, true
		}
		if len(s) <= 18 && !allDigits(s) && !strings.Contains(f.text(i, end), "/") && national(s, f.signs(i, end)) {
			return span{NationalID, i, end}, true
		}
	}
	return span{}, false
}

// signs gives how something is written: 0 for a digit, A for a letter.
func (f *folded) signs(start, end int) string {
	var b strings.Builder
	for _, r := range f.runes[start:end] {
		switch {
		case isDigit(r):
			b.WriteByte('0')
		case isPlain(r):
			b.WriteByte('A')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// network finds the address of a machine: IPv4, IPv6 or MAC.
func (f *folded) network(i int) (span, bool) {
	end, colons, dots, dashes, hex := i, 0, 0, 0, true
	for end-i < 46 {
		r := f.look(end)
		switch {
		case isDigit(r), r >= 'a' && r <= 'f':
		case r == ':':
			colons++
		case r == '.':
			dots++
		case r == '-':
			dashes++
		default:
			hex = false
		}
		if !hex {
			break
		}
		end++
	}
	for end > i && strings.ContainsRune(".-", f.look(end-1)) || end-2 > i && f.look(end-1) == ':' && f.look(end-2) != ':' {
		end--
	}
	if colons+dots+dashes < 2 || joins(f.look(end)) {
		return span{}, false
	}
	s := f.text(i, end)
	if mac(s) {
		return span{Device, i, end}, true
	}
	if colons == 0 {
		return f.fourNumbers(i)
	}
	address, err := netip.ParseAddr(s)
	if err != nil || colons < 3 && !strings.HasPrefix(s, "fe80") && !(strings.Contains(s, "::") && len(s) > 6 && isDigit(rune(s[0]))) {
		return span{}, false
	}
	return span{IP, i, end}, address.Is6()
}

// fourNumbers finds an address of IPv4, and its port.
func (f *folded) fourNumbers(i int) (span, bool) {
	j := i
	for part := range 4 {
		start := j
		for isDigit(f.look(j)) && j-start < 4 {
			j++
		}
		if value := f.text(start, j); len(value) == 0 || len(value) > 3 || len(value) == 3 && value > "255" || len(value) > 1 && value[0] == '0' {
			return span{}, false
		}
		if part < 3 {
			if f.look(j) != '.' {
				return span{}, false
			}
			j++
		}
	}
	if f.goesOn(j) || f.version(i) {
		return span{}, false
	}
	return span{IP, i, j}, true
}

// version says that the word before is one for a version.
func (f *folded) version(i int) bool {
	end := i
	for f.look(end-1) == ' ' {
		end--
	}
	for _, w := range [...]string{"version", "versión", "версия", "версии", "v.", "ver.", "версию", "版本", "الإصدار", "para", "paras", "paragraph", "section"} {
		if f.has(end-len([]rune(w)), w) {
			return true
		}
	}
	return false
}

// mac says that a text is six pairs of hexadecimal digits, or three fours.
func mac(s string) bool {
	size, sign := 2, byte(':')
	switch {
	case len(s) == 17 && s[2] == '-':
		sign = '-'
	case len(s) == 14 && s[4] == '.':
		size, sign = 4, '.'
	case len(s) != 17:
		return false
	}
	for k := range len(s) {
		if (k%(size+1) == size) != (s[k] == sign) {
			return false
		}
	}
	return true
}

// device finds a UUID, or the id that a collecting tool gives a device.
func (f *folded) device(i int) (span, bool) {
	for _, prefix := range [...]string{"collect:", "ee.kobotoolbox.org:", "ee.humanitarianresponse.info:"} {
		if !f.has(i, prefix) {
			continue
		}
		start := i + len(prefix)
		end := start
		for isPlain(f.look(end)) && end-start < 64 {
			end++
		}
		if end-start >= 12 {
			return span{Device, i, end}, true
		}
	}
	for k := range 36 {
		r := f.look(i + k)
		if dash := k == 8 || k == 13 || k == 18 || k == 23; dash != (r == '-') || !dash && !isDigit(r) && (r < 'a' || r > 'f') {
			return span{}, false
		}
	}
	return span{Device, i, i + 36}, !joins(f.look(i + 36))
}

// plusCode finds an Open Location Code, whole or short.
func (f *folded) plusCode(i int) (span, bool) {
	const alphabet = "23456789cfghjmpqrvwx"
	end, letters, before := i, 0, 0
	for end-i < 16 {
		r := f.look(end)
		if r == '+' && before == 0 {
			before = end - i
		} else if r == '+' || r > 0x7F || !strings.ContainsRune(alphabet, r) {
			break
		} else if !isDigit(r) {
			letters++
		}
		end++
	}
	after := end - i - before - 1
	if before == 8 || before == 6 || before == 4 {
		return span{GPS, i, end}, after >= 2 && after <= 7 && letters > 0 && letters < end-i-1 && !joins(f.look(end))
	}
	return span{}, false
}

// readable finds a line of the machine-readable zone of a passport or card
// (ICAO Doc 9303).
func (f *folded) readable(i int) (span, bool) {
	end, fillers := i, 0
	for r := f.look(end); (isPlain(r) || r == '<') && end-i < 46; r = f.look(end) {
		if r == '<' {
			fillers++
		}
		end++
	}
	switch end - i {
	case 30, 36, 44:
		return span{Passport, i, end}, fillers >= 2 || end-i == 44 && travelDocument(f.compactFilled(i, end))
	}
	return span{}, false
}

func (f *folded) compactFilled(start, end int) string { return strings.ToUpper(f.text(start, end)) }

// travelDocument checks the second line of a passport by its three checks.
func travelDocument(s string) bool {
	value := func(part string) int {
		sum := 0
		for k := range len(part) {
			v := 0
			switch r := part[k]; {
			case r >= '0' && r <= '9':
				v = int(r - '0')
			case r >= 'A' && r <= 'Z':
				v = int(r-'A') + 10
			}
			sum += v * [3]int{7, 3, 1}[k%3]
		}
		return sum % 10
	}
	return value(s[:9]) == int(s[9])-'0' && value(s[13:19]) == int(s[19])-'0' && value(s[21:27]) == int(s[27])-'0'
}
