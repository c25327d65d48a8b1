package planted

import (
	"fmt"
	"strconv"
	"strings"
)

// national draws the number of a person as a State of the language gives it.
func (m *maker) national() worded {
	switch m.lang {
	case "en":
		return m.of(m.southAfrica, m.aadhaar, m.socialSecurity, m.insurance)
	case "fr":
		return m.of(m.nir, func() worded { return worded{before: "CIN n° ", value: m.fill("~A~A######")} },
			func() worded { return worded{before: "carte d'identité n° ", value: m.fill("~9###########")} })
	case "es":
		return m.of(m.dni, m.nie, m.run, m.cuil, m.curp, func() worded { return worded{before: "cédula ", value: m.fill("~9.###.###.###")} })
	case "ru":
		return m.of(m.snils, m.inn, m.iin, m.belarus)
	case "zh":
		return m.of(m.resident, m.resident, m.taiwan)
	}
	return m.of(m.egypt, m.emirates, func() worded { return worded{before: "رقم الهوية ", value: m.script(m.fill("~9########"))} },
		func() worded {
			return worded{before: "الرقم الوطني: ", value: m.script(m.fill("~9#########"))}
		})
}

func (m *maker) of(makers ...func() worded) worded { return makers[m.IntN(len(makers))]() }

// sum multiplies digits by weights and adds them.
func sum(s string, weights []int) int {
	total := 0
	for i, r := range s {
		total += int(r-'0') * weights[i]
	}
	return total
}

func (m *maker) southAfrica() worded {
	y, mo, d := m.date()
	return worded{value: withLuhn(fmt.Sprintf("%02d%02d%02d%s08", y%100, mo, d, m.fill("####")))}
}

// aadhaar finds the last digit by multiplying turns and flips of a pentagon.
func (m *maker) aadhaar() worded {
	turn := func(a, b int) int { // first b, then a, as symmetries: 0-4 turns, 5-9 flips
		switch {
		case a < 5 && b < 5:
			return (a + b) % 5
		case a < 5:
			return (a+b)%5 + 5
		case b < 5:
			return (a-b)%5 + 5
		}
		return ((a-b)%5 + 5) % 5
	}
	rows := []string{"0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258"}
	body := m.fill("~9##########")
	if body[0] == '1' {
		body = "2" + body[1:]
	}
	c := 0
	for i := range len(body) {
		c = turn(c, int(rows[(i+1)%8][body[len(body)-1-i]-'0']-'0'))
	}
	for last := range 10 {
		if turn(c, last) == 0 {
			body += strconv.Itoa(last)
			break
		}
	}
	return worded{value: m.one(body, grouped(body, 4, " "), grouped(body, 4, "-"))}
}

func (m *maker) socialSecurity() worded { return worded{value: m.fill("5##-~9#-~9###")} }

func (m *maker) insurance() worded {
	s := m.one("AB", "CE", "JK", "PR") + m.fill("######") + m.one("A", "B", "C", "D")
	return worded{value: m.one(s, s[:2]+" "+s[2:4]+" "+s[4:6]+" "+s[6:8]+" "+s[8:])}
}

func (m *maker) nir() worded {
	y, mo, _ := m.date()
	dep := m.one("75", "13", "2A", "69", "33")
	body := fmt.Sprintf("%s%02d%02d%s%s", m.one("1", "2"), y%100, mo, dep, m.fill("###~9##"))
	number := body
	if dep == "2A" { // Southern Corsica counts as 19
		number = body[:5] + "19" + body[7:]
	}
	n, _ := strconv.Atoi(number)
	key := fmt.Sprintf("%02d", 97-n%97)
	return worded{value: m.one(body+key, body[:1]+" "+body[1:3]+" "+body[3:5]+" "+body[5:7]+" "+body[7:10]+" "+body[10:]+" "+key)}
}

const spanish = "TRWAGMYFPDXBNJZSQVHLCKE"

func (m *maker) dni() worded {
	s := m.fill("########")
	n, _ := strconv.Atoi(s)
	letter := string(spanish[n%23])
	return worded{value: m.one(s+letter, s+"-"+letter, s[:2]+"."+s[2:5]+"."+s[5:]+"-"+letter, s+" "+letter)}
}

func (m *maker) nie() worded {
	first, s := m.IntN(3), m.fill("#######")
	n, _ := strconv.Atoi(strconv.Itoa(first) + s)
	letter := string(spanish[n%23])
	return worded{value: m.one("XYZ"[first:first+1]+s+letter, "XYZ"[first:first+1]+"-"+s+"-"+letter)}
}

// run is a Chilean number: weights 2 to 7 from the right, the rest from eleven.
func (m *maker) run() worded {
	s := m.fill("~9#######")
	rest := 11 - sum(s, []int{3, 2, 7, 6, 5, 4, 3, 2})%11
	check := strconv.Itoa(rest)
	switch rest {
	case 11:
		check = "0"
	case 10:
		check = "K"
	}
	return worded{value: m.one(s+"-"+check, s[:2]+"."+s[2:5]+"."+s[5:]+"-"+check)}
}

func (m *maker) cuil() worded {
	s := m.one("20", "27", "23") + m.fill("########")
	rest := 11 - sum(s, []int{5, 4, 3, 2, 7, 6, 5, 4, 3, 2})%11
	if rest == 10 { // such numbers are given with another beginning
		return m.cuil()
	}
	check := strconv.Itoa(rest % 11)
	return worded{value: m.one(s+check, s[:2]+"-"+s[2:]+"-"+check)}
}

func (m *maker) curp() worded {
	y, mo, d := m.date()
	s := fmt.Sprintf("%s%02d%02d%02d%s", m.one("XEXX", "PAPE", "MUEJ"), y%100, mo, d, m.one("HDFXYZ", "MNLRRL", "HJCTRB")+m.fill("0")+"#")
	s = m.fill(s)
	s = s[:17]
	total := 0
	for i, r := range s {
		total += strings.Index("0123456789ABCDEFGHIJKLMN?OPQRSTUVWXYZ", string(r)) * (18 - i)
	}
	return worded{value: s + strconv.Itoa((10-total%10)%10)}
}

func (m *maker) snils() worded {
	s := m.fill("~9########")
	rest := sum(s, []int{9, 8, 7, 6, 5, 4, 3, 2, 1}) % 101
	check := fmt.Sprintf("%02d", rest%100)
	return worded{value: m.one(s[:3]+"-"+s[3:6]+"-"+s[6:]+" "+check, s+check)}
}

func (m *maker) inn() worded {
	s := m.fill("77########")
	s += strconv.Itoa(sum(s, []int{7, 2, 4, 10, 3, 5, 9, 4, 6, 8}) % 11 % 10)
	s += strconv.Itoa(sum(s, []int{3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8}) % 11 % 10)
	return worded{value: s}
}

// iin is a number of Kazakhstan; bodies whose second sum is ten are not given.
func (m *maker) iin() worded {
	for {
		y, mo, d := m.date()
		s := fmt.Sprintf("%02d%02d%02d3%s", y%100, mo, d, m.fill("####"))
		rest := sum(s, []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}) % 11
		if rest == 10 {
			rest = sum(s, []int{3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2}) % 11
		}
		if rest < 10 {
			return worded{value: s + strconv.Itoa(rest)}
		}
	}
}

func (m *maker) belarus() worded {
	y, mo, d := m.date()
	s := fmt.Sprintf("%s%02d%02d%02d%s%s%s", m.one("3", "4"), d, mo, y%100, m.one("A", "B", "C", "H", "K"), m.fill("###"), m.one("PB", "BA", "BI"))
	total := 0
	for i, r := range s {
		v, _ := strconv.ParseInt(string(r), 36, 64)
		total += int(v) * []int{7, 3, 1}[i%3]
	}
	return worded{value: s + strconv.Itoa(total%10)}
}

func (m *maker) resident() worded {
	y, mo, d := m.date()
	s := fmt.Sprintf("%s%d%02d%02d%s", m.one("110105", "310101", "440305"), y, mo, d, m.fill("###"))
	total, weight := 0, 1
	for i := len(s) - 1; i >= 0; i-- { // weights are powers of two
		weight = weight * 2 % 11
		total += int(s[i]-'0') * weight
	}
	check := (12 - total%11) % 11
	last := strconv.Itoa(check)
	if check == 10 {
		last = m.one("X", "x")
	}
	return worded{value: m.script(s + last)}
}

func (m *maker) taiwan() worded {
	letters := map[string]int{"A": 10, "F": 15, "N": 22, "T": 27, "W": 32, "Z": 33}
	first := m.one("A", "F", "N", "T", "W", "Z")
	s := m.one("1", "2") + m.fill("#######")
	total := letters[first]/10 + letters[first]%10*9 + sum(s, []int{8, 7, 6, 5, 4, 3, 2, 1})
	return worded{value: first + s + strconv.Itoa((10-total%10)%10)}
}

func (m *maker) egypt() worded {
	y, mo, d := m.date()
	century := "2"
	if y >= 2000 {
		century = "3"
	}
	return worded{value: m.script(fmt.Sprintf("%s%02d%02d%02d%s%s", century, y%100, mo, d, m.one("01", "12", "21", "88"), m.fill("#####")))}
}

func (m *maker) emirates() worded {
	y, _, _ := m.date()
	s := withLuhn(fmt.Sprintf("784%d%s", y, m.fill("#######")))
	return worded{value: m.one(s, s[:3]+"-"+s[3:7]+"-"+s[7:14]+"-"+s[14:])}
}
