package identity

import "strings"

// inPlace gives the word that stands for a redacted identity, by the base of
// the language: "fr" for "fr-CA". English where the language is not known.
func inPlace(c Class, lang string) string {
	if base, _, ok := strings.Cut(strings.ReplaceAll(lang, "_", "-"), "-"); ok {
		lang = base
	}
	for i, known := range languages {
		if strings.EqualFold(known, lang) {
			for _, row := range markers {
				if row.class == c {
					return "[" + row.words[i] + "]"
				}
			}
		}
	}
	return "[" + string(c) + "]"
}

// mark gives the length of the marker that a text begins with, or 0.
func mark(text string) int {
	if text[0] != '[' {
		return 0
	}
	end := strings.IndexByte(text[:min(len(text), 64)], ']')
	if end < 0 {
		return 0
	}
	for _, row := range markers {
		if text[1:end] == string(row.class) {
			return end + 1
		}
		for _, w := range row.words {
			if text[1:end] == w {
				return end + 1
			}
		}
	}
	return 0
}

var languages = [...]string{"ar", "zh", "en", "fr", "ru", "es"}

var markers = [...]struct {
	class Class
	words [len(languages)]string
}{
	{Email, [...]string{"بريد إلكتروني", "电子邮件", "e-mail", "courriel", "эл. почта", "correo"}},
	{Phone, [...]string{"هاتف", "电话", "phone", "téléphone", "телефон", "teléfono"}},
	{Handle, [...]string{"حساب", "账号", "handle", "compte", "аккаунт", "cuenta"}},
	{URL, [...]string{"رابط", "链接", "link", "lien", "ссылка", "enlace"}},
	{GPS, [...]string{"موقع", "位置", "location", "position", "координаты", "ubicación"}},
	{IP, [...]string{"عنوان شبكي", "网络地址", "IP address", "adresse IP", "IP-адрес", "dirección IP"}},
	{Device, [...]string{"جهاز", "设备", "device", "appareil", "устройство", "dispositivo"}},
	{NationalID, [...]string{"رقم هوية", "证件号码", "ID number", "numéro d'identité", "номер документа", "número de identidad"}},
	{Passport, [...]string{"جواز سفر", "护照", "passport", "passeport", "паспорт", "pasaporte"}},
	{IBAN, [...]string{"حساب مصرفي", "银行账户", "bank account", "compte bancaire", "банковский счёт", "cuenta bancaria"}},
	{Card, [...]string{"بطاقة دفع", "银行卡", "payment card", "carte de paiement", "банковская карта", "tarjeta de pago"}},
	{Plate, [...]string{"لوحة سيارة", "车牌", "number plate", "plaque", "номер машины", "matrícula"}},
	{BirthDate, [...]string{"تاريخ ميلاد", "出生日期", "birth date", "date de naissance", "дата рождения", "fecha de nacimiento"}},
	{CaseNumber, [...]string{"رقم قضية", "案号", "case number", "numéro de dossier", "номер дела", "número de expediente"}},
	{Name, [...]string{"اسم", "姓名", "name", "nom", "имя", "nombre"}},
}
