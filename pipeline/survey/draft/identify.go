package draft

import (
	"strings"
	"unicode"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// words returns the words of a title in lower case, parted at signs, digits
// and where a small letter meets a capital.
func words(title string) []string {
	var b strings.Builder
	before := ' '
	for _, c := range title {
		switch {
		case !unicode.IsLetter(c) && !unicode.IsMark(c):
			b.WriteRune(' ')
		case unicode.IsUpper(c) && unicode.IsLower(before):
			b.WriteRune(' ')
			b.WriteRune(c)
		default:
			b.WriteRune(c)
		}
		before = c
	}
	return strings.Fields(fold(b.String()))
}

// metadata reports whether a title is that of something a collecting tool
// notes by itself.
func metadata(title string) bool {
	switch strings.Join(words(strings.TrimPrefix(title, "X.U.FEFF.")), "") {
	case "start", "end", "today", "deviceid", "username", "simserial", "subscriberid", "phonenumber", "audit", "starttime", "endtime", "instanceid", "instancename",
		"responseid", "respondentid", "submissionid", "collectorid", "recordid", "uuid", "submissiontime", "datesubmitted", "submissiondate", "submitdate", "datecreated", "datemodified", "startdate", "enddate", "recordeddate", "timestamp", "durationinseconds", "ipaddress":
		return true
	}
	return false
}

// namedID reports whether a title calls its column an id.
func namedID(title string) bool {
	for _, w := range words(title) {
		switch w {
		case "id", "uuid", "guid", "key", "token", "identifier", "identifiant", "identificador", "code":
			return true
		}
	}
	return false
}

func coordinates(title string) bool {
	for _, w := range words(title) {
		switch w {
		case "latitude", "longitude", "altitude", "lat", "lon", "lng":
			return true
		}
	}
	return false
}

// role guesses how careful one must be with a column, by its title and by what
// its cells look like. It errs on the side of care.
func role(p *profile) (of survey.Role, why string) {
	if p.emails > 0 && 10*p.emails >= p.answers() {
		return survey.Identifying, "some of its cells look like e-mail addresses"
	}
	if p.phones > 0 && 10*p.phones >= p.answers() {
		return survey.Identifying, "some of its cells look like telephone numbers"
	}
	if p.kind == survey.GPS || p.points > 0 && 10*p.points >= p.answers() {
		return survey.Identifying, "some of its cells look like a place on the map"
	}
	guess := survey.Plain
	for _, w := range words(p.title) {
		switch w {
		case "email", "mail", "courriel", "correo", "phone", "telephone", "telefono", "mobile", "cell", "cellphone", "whatsapp", "signal", "skype", "fax",
			"name", "names", "surname", "firstname", "lastname", "fullname", "nom", "prenom", "nombre", "apellido", "apellidos", "имя", "фамилия", "отчество", "телефон", "почта", "адрес",
			"ip", "ipaddress", "gps", "geopoint", "latitude", "longitude", "altitude", "lat", "lon", "lng", "coordinates", "address", "adresse", "direccion",
			"user", "username", "login", "device", "deviceid", "imei", "token", "uuid", "passport", "passeport", "pasaporte", "contact", "signature", "photo", "birthdate", "dob",
			"姓名", "名字", "电话", "邮箱", "地址", "الاسم", "الهاتف", "العنوان", "البريد":
			if p.kind.HasChoices() && len(p.counts)+len(p.multiple) <= 12 && !isName(w) {
				continue // a question about telephones, not the number of one
			}
			return survey.Identifying, "its title has the word " + w
		case "religion", "ethnicity", "ethnic", "minority", "sexual", "orientation", "transgender", "disability", "handicap", "discapacidad", "health", "hiv", "political", "reprisal", "reprisals", "immigration", "refugee", "caste":
			guess = survey.Sensitive
		case "age", "gender", "sex", "sexe", "sexo", "genre", "genero", "country", "pays", "pais", "nationality", "region", "province", "district", "city", "town", "village", "education", "employment", "occupation", "language", "пол", "возраст", "страна", "性别", "年龄", "国家":
			if guess == survey.Plain && (p.kind == survey.SelectOne || p.kind.Numeric()) {
				guess = survey.Key
			}
		}
	}
	if p.kind == survey.Metadata && (p.unique || p.counts == nil) && namedID(p.title) {
		return survey.Identifying, "it numbers the respondents"
	}
	return guess, ""
}

// isName reports whether a word of a title says that names follow.
func isName(word string) bool {
	switch word {
	case "name", "names", "surname", "firstname", "lastname", "fullname", "nom", "prenom", "nombre", "apellido", "apellidos", "имя", "фамилия", "姓名", "名字", "الاسم":
		return true
	}
	return false
}

// decideRole gives a column its role. What may point to a person is made a
// text, so that no answer of it stands in the draft as a choice.
func (d *drafter) decideRole(p *profile) {
	of, why := role(p)
	p.role = of
	if of == survey.Identifying {
		if p.kind.HasChoices() {
			p.kind, p.list = survey.OpenText, nil
		}
		d.note("looks-identifying", finding.Warning, p, 0, "The column may point to a person: "+why+". Its role is identifying, so that its answers are set aside.", "If it points to nobody, change the role in the draft.")
	}
}
