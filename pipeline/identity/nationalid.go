package identity

import (
	"strconv"
	"strings"
)

// national says that digits and capitals are a number by which a State knows a
// person. Signs is how it was written, for schemes that are told by it.
func national(s, signs string) bool {
	if allDigits(s) {
		return nationalDigits(s, signs)
	}
	switch len(s) {
	case 8, 9:
		return spain(s, signs) || chile(s, signs) || singapore(s) || britain(s)
	case 10:
		return taiwan(s)
	case 14:
		return belarus(s)
	case 15:
		return france(s)
	case 16:
		return italy(s)
	case 18:
		return china(s) || mexico(s)
	}
	return false
}

func nationalDigits(s, signs string) bool {
	switch len(s) {
	case 8:
		return chile(s, signs)
	case 9:
		return chile(s, signs) || signs == "000-00-0000" && unitedStates(s)
	case 11:
		return snils(s) || cpf(s) || turkey(s) || cuil(s) || pesel(s)
	case 12:
		return inn(s) || aadhaar(s) || kazakhstan(s)
	case 13:
		return southAfrica(s) || korea(s, signs)
	case 14:
		return egypt(s)
	case 15:
		return france(s) || s[:3] == "784" && luhn(s) // the Emirates
	case 18:
		return china(s)
	}
	return false
}

// china checks a resident identity number (GB 11643).
func china(s string) bool {
	if len(s) != 18 || !allDigits(s[:17]) || s[0] == '0' || !isDate(s[8:14]) || s[6:8] != "19" && s[6:8] != "20" {
		return false
	}
	return "10X98765432"[weighted(s, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)%11] == s[17]
}

// spain checks a DNI or NIE.
func spain(s, signs string) bool {
	switch signs {
	case "00000000A", "00000000-A", "00000000 A", "00.000.000-A", "00.000.000A", "A0000000A", "A-0000000-A", "A-0000000A", "A0000000-A":
	default:
		return false
	}
	n := s[:8]
	if at := strings.IndexByte("XYZ", n[0]); at >= 0 {
		n = strconv.Itoa(at) + n[1:]
	}
	if !allDigits(n) {
		return false
	}
	number, _ := strconv.Atoi(n)
	return "TRWAGMYFPDXBNJZSQVHLCKE"[number%23] == s[8]
}

// france checks the number of the national register (NIR).
func france(s string) bool {
	if len(s) != 15 || !strings.Contains("123478", s[:1]) {
		return false
	}
	n := strings.Replace(strings.Replace(s[:13], "2A", "19", 1), "2B", "18", 1)
	if !allDigits(n) || !allDigits(s[13:]) || len(s[:13]) != len(n) || n != s[:13] && s[5] != '2' {
		return false
	}
	if m := two(n[3:]); m == 0 || m > 12 && m < 20 || m > 42 && m < 50 {
		return false
	}
	number, _ := strconv.ParseInt(n, 10, 64)
	return 97-number%97 == int64(two(s[13:]))
}

// snils checks a Russian insurance number.
func snils(s string) bool {
	sum := weighted(s, 9, 8, 7, 6, 5, 4, 3, 2, 1) % 101 % 100
	return sum == two(s[9:]) && !repeated(s)
}

// inn checks a Russian taxpayer number of a person.
func inn(s string) bool {
	return weighted(s, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10 == int(s[10]-'0') &&
		weighted(s, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10 == int(s[11]-'0') && !repeated(s)
}

// cpf checks a Brazilian taxpayer number.
func cpf(s string) bool {
	return weighted(s, 10, 9, 8, 7, 6, 5, 4, 3, 2)*10%11%10 == int(s[9]-'0') &&
		weighted(s, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2)*10%11%10 == int(s[10]-'0') && !repeated(s)
}

// turkey checks a Turkish identity number.
func turkey(s string) bool {
	odd, even := weighted(s, 1, 0, 1, 0, 1, 0, 1, 0, 1), weighted(s, 0, 1, 0, 1, 0, 1, 0, 1)
	tenth := (odd*7 - even + 100) % 10
	return s[0] != '0' && tenth == int(s[9]-'0') && (odd+even+tenth)%10 == int(s[10]-'0')
}

// cuil checks an Argentine labour or tax number.
func cuil(s string) bool {
	switch s[:2] {
	case "20", "23", "24", "25", "26", "27", "30", "33", "34":
	default:
		return false
	}
	check := (11 - weighted(s, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11) % 11
	return check == int(s[10]-'0') || check == 10 && s[10] == '9'
}

// pesel checks a Polish number of the population register.
func pesel(s string) bool {
	month := two(s[2:]) % 20
	return month >= 1 && month <= 12 && two(s[4:]) >= 1 && two(s[4:]) <= 31 &&
		weighted(s, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)%10 == 0
}

// aadhaar checks an Indian identity number.
func aadhaar(s string) bool { return s[0] >= '2' && verhoeff(s) && !repeated(s) }

// kazakhstan checks an individual identification number.
func kazakhstan(s string) bool {
	if !isDate(s) || s[6] < '1' || s[6] > '6' {
		return false
	}
	check := weighted(s, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11) % 11
	if check == 10 {
		check = weighted(s, 3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2) % 11
	}
	return check == int(s[11]-'0')
}

// southAfrica checks an identity number.
func southAfrica(s string) bool { return isDate(s) && s[10] <= '2' && luhn(s) }

// korea knows a resident number by how it is written: newer ones have no check.
func korea(s, signs string) bool {
	return signs == "000000-0000000" && isDate(s) && s[6] >= '1' && s[6] <= '8'
}

// egypt knows a national number by its parts: how its check is made is not public.
func egypt(s string) bool {
	place := two(s[7:])
	return (s[0] == '2' || s[0] == '3') && isDate(s[1:]) && !moment(s) &&
		(place >= 1 && place <= 4 || place >= 11 && place <= 35 && place != 20 && place != 30 || place == 88)
}

// unitedStates says that digits can be a social security number.
func unitedStates(s string) bool {
	return s[:3] != "000" && s[:3] != "666" && s[0] != '9' && s[3:5] != "00" && s[5:] != "0000"
}

// chile checks a RUN, which is written with a dash before its check.
func chile(s, signs string) bool {
	if len(s) < 8 || len(s) > 9 || !strings.HasSuffix(signs, "-0") && !strings.HasSuffix(signs, "-A") {
		return false
	}
	body := s[:len(s)-1]
	if !allDigits(body) || signs != strings.Repeat("0", len(body))+signs[len(signs)-2:] && signs != "00.000.000"[9-len(body)-1:]+signs[len(signs)-2:] {
		return false
	}
	sum := 0
	for i := range len(body) {
		sum += int(body[len(body)-1-i]-'0') * (2 + i%6)
	}
	return "0K987654321"[sum%11] == s[len(s)-1]
}

// singapore checks an NRIC or FIN.
func singapore(s string) bool {
	if !shaped(s, "A0000000A") || !strings.Contains("STFG", s[:1]) {
		return false
	}
	sum := weighted(s[1:], 2, 7, 6, 5, 4, 3, 2)
	if s[0] == 'T' || s[0] == 'G' {
		sum += 4
	}
	if s[0] == 'S' || s[0] == 'T' {
		return "JZIHGFEDCBA"[sum%11] == s[8]
	}
	return "XWUTRQPNMLK"[sum%11] == s[8]
}

// britain knows a national insurance number by its letters.
func britain(s string) bool {
	return shaped(s, "AA000000A") && !strings.ContainsAny(s[:2], "DFIQUV") && s[1] != 'O' && s[8] <= 'D'
}

// taiwan checks an identity number.
func taiwan(s string) bool {
	if !shaped(s, "A000000000") || s[1] != '1' && s[1] != '2' {
		return false
	}
	letter := strings.IndexByte("ABCDEFGHJKLMNPQRSTUVXYWZIO", s[0]) + 10
	return (letter/10+letter%10*9+weighted(s[1:], 8, 7, 6, 5, 4, 3, 2, 1, 1))%10 == 0
}

// belarus checks a personal number.
func belarus(s string) bool {
	if !shaped(s, "0000000A000AA0") || !isDate(s[5:7]+s[3:5]+s[1:3]) {
		return false
	}
	sum := 0
	for i := range 13 {
		value := int(s[i] - '0')
		if s[i] >= 'A' {
			value = int(s[i]-'A') + 10
		}
		sum += value * [3]int{7, 3, 1}[i%3]
	}
	return sum%10 == int(s[13]-'0')
}

// italy checks a codice fiscale.
func italy(s string) bool {
	if !shaped(s, "AAAAAA**A**A***A") || !strings.Contains("ABCDEHLMPRST", s[8:9]) {
		return false
	}
	odd := [26]int{1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23}
	sum := 0
	for i := range 15 {
		value := int(s[i] - '0')
		if s[i] >= 'A' {
			value = int(s[i] - 'A')
		}
		if i%2 == 0 {
			value = odd[value]
		}
		sum += value
	}
	return s[15] == byte('A'+sum%26)
}

// mexico checks a CURP.
func mexico(s string) bool {
	if !shaped(s, "AAAA000000AAAAAA*0") || !isDate(s[4:10]) || !strings.Contains("HMX", s[10:11]) {
		return false
	}
	sum := 0
	for i := range 17 {
		value := int(s[i] - '0')
		if s[i] >= 'A' {
			if value = int(s[i]-'A') + 10; s[i] > 'N' { // Ñ stands between N and O
				value++
			}
		}
		sum += value * (18 - i)
	}
	return (10-sum%10)%10 == int(s[17]-'0')
}
