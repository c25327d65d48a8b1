package identity_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/identity"
)

// TestFind names what is found in texts written by hand. What is taken stands
// in ⟦brackets⟧ with its class before a bar.
func TestFind(t *testing.T) {
	for name, texts := range map[string][]string{
		"addresses in plain words are found": {
			"Write to ⟦e-mail|amal.k@example.org⟧.",
			"⟦e-mail|amal (at) example (dot) org⟧", "⟦e-mail|amal[at]example[dot]org⟧", "⟦e-mail|john at example dot org⟧",
			"Пишите ⟦e-mail|ivan собака example точка org⟧", "⟦e-mail|ana arroba example punto org⟧", "⟦e-mail|awa arobase example point org⟧",
			"我的邮箱是⟦e-mail|zhang.san@example.cn⟧谢谢", "⟦e-mail|zhang艾特example点cn⟧", "⟦e-mail|amal آت example دوت org⟧",
			"⟦e-mail|info@пример.испытание⟧", "⟦e-mail|a\u200bmal＠exa\u00admple.org⟧", "⟦e-mail|someone@[192.0.2.1]⟧",
			"⟦e-mail|13912345678@example.com⟧", "<⟦e-mail|mailto:amal@example.org⟧>",
		},
		"an at-sign without a server is no address": {
			"committee @ Geneva. Then", "meet us at example.org", "5 @ 10 each", "we are at dot com", "look at Geneva.",
		},
		"telephone numbers are found in any digits": {
			"⟦phone|٠١٠١٢٣٤٥٦٧٨⟧", "⟦phone|+٢٠١٠١٢٣٤٥٦٧٨⟧", "⟦phone|۰۹۱۲۳۴۵۶۷۸۹⟧", "⟦phone|０１０-８７６５４３２１⟧",
			"⟦phone|06 39 98 12 34⟧ / ⟦phone|07 00 00 12 34⟧", "⟦phone|8 (916) 123-45-67⟧", "(⟦phone|020 7946 0123⟧)",
			"⟦phone|+966 51 024 5218⟧ ⟦payment card|4111 1111 1111 1111⟧", "⟦phone|06 39 98 12 34⟧ ⟦phone|06 39 98 56 78⟧", "⟦phone|+1 202 555 0101⟧ ⟦payment card|4111111111111111⟧",
			"phone 3 times", "call ⟦phone|+1 202-555-0101⟧, 2020", "612 345 678 €", "+1,200,000",
		},
		"handles and profiles are found, words beside a service are not": {
			"Telegram: ⟦handle|@free_voice⟧", "微信号：⟦handle|wxid_abc123⟧", "see ⟦handle|https://t.me/free_voice⟧.", "⟦handle|vk.com/id1234⟧",
			"We use WhatsApp, e-mail and Signal.", "Telegram groups since 2019", "my telegram ⟦handle|free_voice⟧", "#PressFreedom", "the Facebook page of the network",
		},
		"places are found": {
			"⟦gps|-1.292066, 36.821946⟧", "⟦gps|-1.2920661 36.8219461 1600.5 4.0⟧", "⟦gps|40°26′46″N 79°58′56″W⟧", "⟦gps|geo:48.2010,16.3695⟧", "⟦gps|8FVC9G8F+6X⟧",
			"⟦gps|北纬39度54分26秒，东经116度23分29秒⟧", "⟦gps|55,755826; 37,617300⟧", "p 0.0123, 0.0456", "25° in summer", "2345+67", "в 12.5, 13.7",
		},
		"devices and networks are found": {
			"⟦device|00:00:5E:00:53:01⟧", "⟦ip|192.0.2.44⟧", "⟦ip|2001:db8::1⟧", "IMEI ⟦device|490154203237518⟧", "version 1.2.3.4", "at 12:30:45", "1.2.3", "std::abc",
		},
		"papers are found by their checks or their words": {
			"⟦national id|11010519491231002X⟧", "11010519491231002⟦|⟧", "DNI ⟦national id|12345678Z⟧", "⟦iban|GB82 WEST 1234 5698 7654 32⟧ and then", "⟦payment card|4111 1111 1111 1111⟧", "4111 1111 1111 1112",
			"паспорт ⟦passport|4510 123456⟧ выдан 12.03.2015", "My passport number is ⟦passport|AB1234567⟧", "passports in 2017-2022", "passport fee of 1 200 000",
			"⟦passport|L898902C36UTO7408122F1204159ZE184226B<<<<<10⟧",
			"plate ⟦plate|AB-123-CD⟧ was", "车牌⟦plate|京A·12345⟧", "госномер ⟦plate|А123ВС 77⟧", "a plate of food for 12 people",
			"born on ⟦birth date|12 March 1980⟧", "⟦birth date|1980年3月12日⟧出生", "né le ⟦birth date|1er mai 1984⟧", "on 12 March 1980",
			"Case No. ⟦case number|123/2021⟧", "案号⟦case number|（2019）京0105刑初123号⟧", "in case 2021 comes",
		},
		"what only looks like an identity is kept": {
			"A/HRC/47/6", "Article 19", "CCPR/C/GC/34", "A/RES/60/251", "S-15/1", "2021-03-04", "2017-2022", "1,200,000", "UPR 3rd cycle", "123.45, 6.21", "ISBN 978-92-1-130409-3", "45.5%", "HRI/GEN/1/Rev.9", "E/CN.4/2005/102/Add.1", "2 000 000 euros", "20.5084275326137", "7.84285714285714", "5.25806451612903", "05.2631578947", "facebook complaints_box whatsapp",
		},
		"what was redacted is not found again": {"[phone] 12345 [e-mail] passport [passport]", "[电话]", "[эл. почта]@x"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, marked := range texts {
				text, want := unmark(marked)
				var got []string
				for _, m := range identity.Find(text) {
					got = append(got, string(m.Class)+"|"+text[m.Start:m.End])
				}
				if !slices.Equal(got, want) {
					t.Errorf("in %q: found %q, want %q", text, got, want)
				}
			}
		})
	}
}

// unmark parts a marked text into the text and what is to be found.
func unmark(marked string) (text string, want []string) {
	for {
		before, rest, ok := strings.Cut(marked, "⟦")
		text += before
		if !ok {
			return text, want
		}
		inside, after, _ := strings.Cut(rest, "⟧")
		if class, value, _ := strings.Cut(inside, "|"); class != "" {
			want = append(want, inside)
			text += value
		}
		marked = after
	}
}

func TestRedactWritesTheWordOfTheLanguage(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"en", "Ask amal@example.org.", "Ask [e-mail]."},
		{"fr-CA", "Voir amal@example.org.", "Voir [courriel]."},
		{"es", "DNI 12345678Z", "DNI [número de identidad]"},
		{"ru", "Телефон +7 916 123-45-67", "Телефон [телефон]"},
		{"zh", "电话13912345678。", "电话[电话]。"},
		{"ar", "هاتف ٠١٠١٢٣٤٥٦٧٨", "هاتف [هاتف]"},
		{"xx", "Ask amal@example.org.", "Ask [e-mail]."},
		{"en", "Nothing here.", "Nothing here."},
		{"en", "Mr John Samplewright said so", "Mr [name] said so"},
		{"en", "my name is amina sampleina and I", "my name is [name] and I"},
		{"en", "Mr President, my name is not known", "Mr President, my name is not known"},
		{"fr", "je m'appelle Awa Dutest et", "je m'appelle [nom] et"},
		{"ru", "Меня зовут Проба Тестовна Образцова, я", "Меня зовут [имя], я"},
		{"ar", "السيدة نموذجة العينة قالت", "السيدة [اسم] قالت"},
		{"zh", "我叫王试样，来自这里", "我叫[姓名]，来自这里"},
		{"es", "La Sra. Pruebina de la Muestra vino", "La Sra. [nombre] vino"},
	} {
		if got, _ := identity.Redact(c.text, c.lang); got != c.want {
			t.Errorf("%s: %q became %q, want %q", c.lang, c.text, got, c.want)
		}
	}
}
