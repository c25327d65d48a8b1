package planted

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// date draws a day between 1950 and 2004.
func (m *maker) date() (year, month, day int) {
	return 1950 + m.IntN(55), 1 + m.IntN(12), 1 + m.IntN(28)
}

// withLuhn adds the digit that makes the doubled sum a multiple of ten.
func withLuhn(s string) string {
	doubled := "0246813579"
	sum := 0
	for i, r := range s {
		if (len(s)-i)%2 == 1 {
			r = rune(doubled[r-'0'])
		}
		sum += int(r - '0')
	}
	return s + strconv.Itoa((1000-sum)%10)
}

func (m *maker) card() string {
	s := withLuhn(m.fill(m.one("4##############", "51#############", "55#############", "2202###########")))
	return m.script(m.one(s, grouped(s, 4, " "), grouped(s, 4, "-")))
}

func grouped(s string, size int, sep string) string {
	var parts []string
	for len(s) > size {
		parts, s = append(parts, s[:size]), s[size:]
	}
	return strings.Join(append(parts, s), sep)
}

// iban makes a number whose letters, as numbers from ten, leave 1 by 97.
func (m *maker) iban() string {
	form := m.one("GB NWBK##############", "FR #######################", "ES ####################", "DE ##################", "SA ####################", "AE ###################", "EG #########################", "KZ ################", "TN ####################", "CH #################", "UA #########################", "QA DOHB#####################")
	country, form, _ := strings.Cut(form, " ")
	body := m.fill(form)
	var digits strings.Builder
	for _, r := range body + country + "00" {
		if r >= 'A' {
			fmt.Fprint(&digits, int(r)-55)
		} else {
			digits.WriteRune(r)
		}
	}
	n, _ := new(big.Int).SetString(digits.String(), 10)
	s := fmt.Sprintf("%s%02d%s", country, 98-new(big.Int).Mod(n, big.NewInt(97)).Int64(), body)
	return m.one(s, grouped(s, 4, " "))
}

func (m *maker) passport() worded {
	if m.IntN(4) == 0 {
		return worded{value: m.zone()}
	}
	return m.label(passportLabels, m.fill(m.one(passportForms[m.lang]...)))
}

// zone is the machine-readable zone of a passport of the State of Utopia, which
// ICAO keeps for examples: its second line.
func (m *maker) zone() string {
	check := func(s string) string {
		sum, weights := 0, "731"
		for i, r := range s {
			v, err := strconv.ParseInt(string(r), 36, 64)
			if err != nil {
				v = 0 // a filler
			}
			sum += int(v) * int(weights[i%3]-'0')
		}
		return strconv.Itoa(sum % 10)
	}
	y, mo, d := m.date()
	number, born, until := m.fill("~A########"), fmt.Sprintf("%02d%02d%02d", y%100, mo, d), fmt.Sprintf("3%d%02d%02d", m.IntN(5), mo, d)
	line := number + check(number) + "UTO" + born + check(born) + m.one("F", "M", "<") + until + check(until) + "<<<<<<<<<<<<<<" + "0"
	return line + check(line[:10]+line[13:20]+line[21:43])
}

var passportForms = map[string][]string{
	"en": {"~9########", "~A########", "~A~A#######"},
	"fr": {"##~A~A#####", "~A########", "~A#######"},
	"es": {"~A~A~A######", "~A########", "~9########"},
	"ru": {"45## ######", "45 ## ######", "## №#######", "MP#######", "N########"},
	"zh": {"E########", "G########", "E~A#######"},
	"ar": {"A########", "~A~9#######", "N########"},
}

var passportLabels = map[string][]string{
	"en": {"passport number ", "Passport No. ", "passport: ", "my passport is "},
	"fr": {"passeport n° ", "numéro de passeport : ", "passeport ", "mon passeport est le "},
	"es": {"pasaporte ", "número de pasaporte: ", "pasaporte n.º ", "mi pasaporte es "},
	"ru": {"паспорт ", "паспорт серии ", "номер паспорта: ", "по паспорту "},
	"zh": {"护照号码", "护照：", "护照号是", "护照号码："},
	"ar": {"جواز السفر رقم ", "رقم جواز السفر: ", "جواز سفر ", "رقم الجواز "},
}

var plateForms = map[string][]string{
	"en": {"~A~A~A-~9###", "AB~9# ~A~A~A", "K~A~A ~9##~A"},
	"fr": {"~A~A-###-~A~A", "~9###~A~A75", "~A~A ### ~A~A"},
	"es": {"~9### BCD", "~9###-BCF", "~A~A~A-###"},
	"ru": {"А###ВС77", "К ### МН 199", "О###ТУ 178"},
	"zh": {"京A·#####", "沪B#####", "粤B-#####"},
	"ar": {"أ ب ج ~9###", "~9### س ص", "د هـ و ###"},
}

var plateLabels = map[string][]string{
	"en": {"number plate ", "with the licence plate ", "plate number: ", "license plate "},
	"fr": {"plaque d'immatriculation ", "immatriculée ", "plaque : "},
	"es": {"matrícula ", "con placa ", "placas: "},
	"ru": {"госномер ", "номер машины ", "с номерами "},
	"zh": {"车牌", "车牌号", "车牌号码："},
	"ar": {"لوحة السيارة ", "رقم اللوحة ", "لوحة رقم "},
}

var caseForms = map[string][]string{
	"en": {"~9##/2021", "CR-2020-####", "~9####"},
	"fr": {"21/#####", "~9###/2020", "RG-##/####"},
	"es": {"~9##/2019", "01-2020-#####", "EXP-####-21"},
	"ru": {"1-~9##/2021", "2-####/2020", "~9####-19"},
	"zh": {"（2019）京0105刑初###号", "（2021）沪01民终####号"},
	"ar": {"~9###/2020", "~9##-2019", "~9####"},
}

var caseLabels = map[string][]string{
	"en": {"case number ", "Case No. ", "docket "},
	"fr": {"dossier n° ", "numéro de dossier : ", "affaire n° "},
	"es": {"expediente ", "número de expediente: ", "expediente n.º "},
	"ru": {"дело № ", "номер дела: ", "по делу № "},
	"zh": {"案号", "案号：", "案号为"},
	"ar": {"القضية رقم ", "رقم القضية: ", "قضية رقم "},
}

func (m *maker) birth() worded {
	y, mo, d := m.date()
	forms := []string{fmt.Sprintf("%d-%02d-%02d", y, mo, d), fmt.Sprintf("%02d/%02d/%d", d, mo, y), fmt.Sprintf("%02d.%02d.%d", d, mo, y)}
	name := monthNames[m.lang][mo-1]
	switch m.lang {
	case "en":
		forms = append(forms, fmt.Sprintf("%d %s %d", d, name, y), fmt.Sprintf("%s %d, %d", name, d, y), fmt.Sprintf("%dth of %s %d", d, name, y))
	case "es":
		forms = append(forms, fmt.Sprintf("%d de %s de %d", d, name, y), fmt.Sprintf("%d de %s del %d", d, name, y))
	case "zh":
		forms = []string{fmt.Sprintf("%d年%d月%d日", y, mo, d), fmt.Sprintf("%d-%02d-%02d", y, mo, d)}
	default:
		forms = append(forms, fmt.Sprintf("%d %s %d", d, name, y))
	}
	return m.label(birthLabels, m.script(m.one(forms...)))
}

var birthLabels = map[string][]string{
	"en": {"born on ", "date of birth: ", "DOB ", "my birthday is "},
	"fr": {"né le ", "née le ", "date de naissance : "},
	"es": {"nació el ", "fecha de nacimiento: ", "nacida el "},
	"ru": {"родился ", "родилась ", "дата рождения: "},
	"zh": {"出生日期：", "生于", "我的生日是"},
	"ar": {"تاريخ الميلاد: ", "ولد في ", "من مواليد "},
}

var monthNames = map[string][]string{
	"en": {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	"fr": {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
	"es": {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
	"ru": {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"},
	"ar": {"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"},
	"zh": {"", "", "", "", "", "", "", "", "", "", "", ""},
}
