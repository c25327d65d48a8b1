package bind

import (
	"math"
	"strconv"
)

// wholeNumber reads a whole number: digits with at most a minus before them.
// trimmed says that the cell was written otherwise, as "4.0" or "1e+05", and
// that its value is exactly whole all the same.
func wholeNumber(cell []byte) (v int64, trimmed, ok bool) {
	digits, negative := cell, false
	if len(cell) > 0 && cell[0] == '-' {
		digits, negative = cell[1:], true
	}
	if len(digits) == 0 {
		return 0, false, false
	}
	if len(digits) <= 18 {
		for i, b := range digits {
			if b -= '0'; b > 9 {
				if i == 0 {
					return 0, false, false
				}
				return wholeFloat(cell)
			}
			v = v*10 + int64(b)
		}
		if negative {
			v = -v
		}
		return v, false, true
	}
	v, err := strconv.ParseInt(string(cell), 10, 64)
	return v, false, err == nil && cell[0] != '+'
}

// wholeFloat reads a decimal number that is exactly whole.
func wholeFloat(cell []byte) (int64, bool, bool) {
	f, _, ok := decimal(cell)
	if !ok || f != math.Trunc(f) || math.Abs(f) > 1<<53 {
		return 0, false, false
	}
	return int64(f), true, true
}

// decimal reads a number with a dot for its decimals. exponent says that it was
// written with one, as statistics programs do. Words such as NaN and
// Infinity, hexadecimal numbers, underscores and numbers out of range are none.
func decimal(cell []byte) (v float64, exponent, ok bool) {
	i, digits, dots := 0, 0, 0
	if i < len(cell) && cell[i] == '-' {
		i++
	}
	for ; i < len(cell); i++ {
		switch b := cell[i]; {
		case b >= '0' && b <= '9':
			digits++
		case b == '.' && dots == 0:
			dots++
		case (b == 'e' || b == 'E') && digits > 0 && isExponent(cell[i+1:]):
			exponent = true
			i = len(cell)
		default:
			return 0, false, false
		}
	}
	if digits == 0 {
		return 0, false, false
	}
	v, err := strconv.ParseFloat(string(cell), 64)
	return v, exponent, err == nil && !math.IsInf(v, 0)
}

func isExponent(b []byte) bool {
	if len(b) > 0 && (b[0] == '+' || b[0] == '-') {
		b = b[1:]
	}
	if len(b) == 0 || len(b) > 3 {
		return false
	}
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}
