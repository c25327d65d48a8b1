package planted

import (
	"fmt"
	"strings"
)

func (m *maker) word() string {
	return m.one("amal", "test", "sample", "bureau", "oficina", "proba", "muestra", "essai", "desk", "office", "info2", "field") + m.one("", "", "ina", "or", "er") + m.one("", m.fill("##"), "_"+m.fill("#"))
}

func (m *maker) email() string {
	local := m.word() + m.one("", "."+m.word(), "-"+m.word(), "+upr", "_x")
	domain := m.one("example.org", "example.com", "mail.example.net", "example.edu", "sub.dept.example.org")
	switch m.IntN(9) {
	case 0:
		return strings.ToUpper(local + "@" + domain)
	case 1:
		return strings.ReplaceAll(local, ".", "") + "＠" + domain
	case 2: // cut by what cannot be seen
		s := local + "@" + domain
		at := 1 + m.IntN(len(s)-2)
		return s[:at] + m.one("\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e") + s[at:]
	case 3:
		return map[string]string{"ar": "تجربة@مثال.إختبار", "ru": "проба@пример.испытание", "zh": "test@例子.测试", "es": "prueba@ejempló.example", "fr": "essai@exemplé.example", "en": m.word() + "@xn--fsqu00a.example"}[m.lang]
	case 4:
		return local + m.one("(at)", " (at) ", "[at]", " [at] ", "{at}", " @ ") + strings.ReplaceAll(domain, ".", m.one("(dot)", " (dot) ", "[dot]", " [dot] "))
	case 5:
		at := map[string]string{"ar": " آت ", "en": " at ", "es": " arroba ", "fr": " arobase ", "ru": " собака ", "zh": "艾特"}[m.lang]
		dot := map[string]string{"ar": " دوت ", "en": " dot ", "es": " punto ", "fr": " point ", "ru": " точка ", "zh": "点"}[m.lang]
		return local + at + strings.ReplaceAll(domain, ".", dot)
	}
	return local + "@" + domain
}

func (m *maker) phone() worded {
	value := m.script(m.fill(m.one(phoneForms[m.lang]...)))
	if m.IntN(6) == 0 { // short ones need a word
		return worded{before: m.one(phoneLabels[m.lang]...), value: m.script(m.fill(m.one("~9##-####", "~9## ## ##", "~9######", "~9### ####")))}
	}
	return worded{value: value}
}

var phoneForms = map[string][]string{
	"en": {"+1 202-555-01##", "(202) 555-01##", "202.555.01##", "202-555-01##", "1-202-555-01##", "+44 20 7946 0###", "07700 900###", "+44 (0)20 7946 0###", "001 202 555 01##", "+1 (202) 555-01##", "+12025550###", "020 7946 0###", "+254 7## ### ###", "0491 570 ###", "+44‑7700‑900###"},
	"fr": {"01 99 00 ## ##", "06 39 98 ## ##", "+33 6 39 98 ## ##", "06.39.98.##.##", "06-39-98-##-##", "0639981###", "+33639981###", "0033 6 39 98 ## ##", "+33 (0)6 39 98 ## ##", "+221 77 ### ## ##", "+243 81 ### ####", "00 225 07 ## ## ## ##"},
	"es": {"6## ## ## ##", "+34 6## ### ###", "91# ## ## ##", "6##-###-###", "(55) 5### ####", "+52 55 5### ####", "+57 300 ### ####", "00346########", "55 5### ####", "(01) 4##-####", "+56 9 #### ####", "300-###-####", "+591 7#######"},
	"ru": {"+7 9## ###-##-##", "8 (9##) ###-##-##", "89#########", "+7 (495) ###-##-##", "8-9##-###-##-##", "8 9## ### ## ##", "+79#########", "+7(9##)###-##-##", "8 (3852) ##-##-##", "+375 29 ###-##-##", "+996 555 ## ## ##", "8-800-###-##-##"},
	"zh": {"13#########", "138 #### ####", "+86 139 #### ####", "010-~9#######", "(021) ~9#######", "0755-~9#######", "+86-10-~9#######", "15#-####-####", "0086 18#########", "+8617#########", "(010)~9###-####", "+852 ~9### ####"},
	"ar": {"010########", "+20 10# ### ####", "0100 ### ####", "+966 5# ### ####", "05########", "00962 7 #### ####", "06 ## ## ## ##", "0912 ### ####", "+212 6## ## ## ##", "+9639########", "050-###-####", "(02) ~9###-####"},
}

var phoneLabels = map[string][]string{
	"en": {"phone: ", "Tel. ", "my mobile number is ", "call me on "},
	"fr": {"tél. : ", "téléphone ", "mon portable est le ", "Tel: "},
	"es": {"teléfono: ", "tel. ", "mi celular es el ", "móvil "},
	"ru": {"тел. ", "телефон: ", "мой мобильный ", "по телефону "},
	"zh": {"电话：", "手机号码", "电话号码是", "手机："},
	"ar": {"هاتف: ", "رقم الهاتف ", "جوالي ", "موبايل: "},
}

func (m *maker) handle() worded {
	name := m.word() + "_" + m.word()
	switch m.IntN(5) {
	case 0:
		return worded{value: "@" + name}
	case 1:
		return worded{value: m.one("https://", "http://", "https://www.", "") + m.one("t.me/", "vk.com/", "facebook.com/", "instagram.com/", "twitter.com/", "x.com/", "wa.me/", "weibo.com/", "linkedin.com/in/", "ok.ru/profile/", "tiktok.com/@") + name}
	case 2:
		return worded{before: m.one(serviceLabels[m.lang]...), value: m.one("", "@") + name}
	case 3:
		return worded{before: "Telegram: ", value: "@" + name}
	}
	return worded{before: m.one("WhatsApp: ", "Signal: ", "Skype: ", "Instagram: ", "WeChat ID: ", "Facebook: "), value: name}
}

var serviceLabels = map[string][]string{
	"en": {"my Telegram is ", "WeChat ID ", "Instagram handle: ", "Signal username "},
	"fr": {"mon compte Instagram : ", "Telegram : ", "pseudo Skype: ", "compte Facebook : "},
	"es": {"mi Instagram es ", "cuenta de Telegram: ", "usuario de Skype: ", "Facebook: "},
	"ru": {"мой телеграм ", "Телеграм: ", "инстаграм: ", "скайп: "},
	"zh": {"微信号：", "微信号是", "微信：", "QQ号："},
	"ar": {"حسابي على تلغرام: ", "واتساب: ", "تويتر: ", "انستغرام: "},
}

func (m *maker) url() string {
	return m.one("https://", "http://", "www.", "https://www.") + m.one("example.org", "example.com", "blog.example.net") + "/" + m.one("team/", "p?id=", "~", "2021/") + m.word() + m.one("", "?utm=x&y="+m.fill("###"), "#top", ".html")
}

func (m *maker) ip() string {
	if m.IntN(4) == 0 {
		return m.one("2001:db8::", "2001:DB8:0:1::", "2001:db8:85a3::8a2e:370:") + m.fill("7##")
	}
	return m.one("192.0.2.", "198.51.100.", "203.0.113.") + m.fill("~9#")
}

func (m *maker) device() string {
	switch m.IntN(4) {
	case 0:
		sep := m.one(":", "-")
		return strings.Join([]string{"00", m.one("00", "1A"), "5E", "00", "53", fmt.Sprintf("%02X", m.IntN(256))}, sep)
	case 1:
		return withLuhn(m.fill("35######" + "######"))
	case 2:
		return fmt.Sprintf("%08x-%04x-4%03x-a%03x-%012x", m.Uint32(), m.IntN(1<<16), m.IntN(1<<12), m.IntN(1<<12), m.Uint64()>>16)
	}
	return "collect:" + m.fill("~Aq##Zr~Ab#k##mN~A")
}

func (m *maker) gps() string {
	lat, lon := m.Float64()*120-60, m.Float64()*300-150
	if lat > -1 && lat < 1 {
		lat += 2
	}
	ns, ew := "N", "E"
	if lat < 0 {
		ns = "S"
	}
	if lon < 0 {
		ew = "W"
	}
	alat, alon := max(lat, -lat), max(lon, -lon)
	switch m.IntN(8) {
	case 0:
		return m.script(fmt.Sprintf("%.6f, %.6f", lat, lon))
	case 1:
		return fmt.Sprintf("%.7f %.7f %.1f %.1f", lat, lon, m.Float64()*900, m.Float64()*20)
	case 2:
		return fmt.Sprintf("%.4f° %s, %.4f° %s", alat, ns, alon, ew)
	case 3:
		return fmt.Sprintf("%d°%02d′%02d″%s %d°%02d′%02d″%s", int(alat), m.IntN(60), m.IntN(60), ns, int(alon), m.IntN(60), m.IntN(60), ew)
	case 4:
		return fmt.Sprintf("geo:%.5f,%.5f", lat, lon)
	case 5:
		return m.one("https://maps.google.com/?q=", "https://www.google.com/maps/@", "https://yandex.ru/maps/?ll=", "https://www.openstreetmap.org/#map=17/") + fmt.Sprintf("%.5f,%.5f", lat, lon)
	case 6:
		const code = "23456789CFGHJMPQRVWX"
		s := "8F"
		for range 6 {
			s += string(code[m.IntN(20)])
		}
		return s + "+" + string(code[m.IntN(20)]) + string(code[m.IntN(20)])
	}
	return fmt.Sprintf("%.5f;%.5f", lat, lon)
}
