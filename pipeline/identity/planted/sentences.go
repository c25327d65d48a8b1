package planted

import (
	"fmt"
	"strings"
)

// carriers are sentences around an identity that says by itself what it is.
var carriers = map[string][]string{
	"en": {"%", "Please use % if you have questions.", "They published % on the wall (twice).", "We gave them %, and waited.", "Known to us: %.", "(%) was copied by the police", "It was \"%\" as far as I know"},
	"fr": {"%", "Merci d'utiliser % pour toute question.", "On a publié % sur le mur.", "Nous avons donné %, puis attendu.", "Ce que nous savons : %.", "(%) a été copié par la police", "C'était « % » je crois"},
	"es": {"%", "Por favor usen % para preguntas.", "Publicaron % en la pared.", "Les dimos %, y esperamos.", "Lo que sabemos: %.", "(%) fue copiado por la policía", "Era «%» según creo"},
	"ru": {"%", "Пишите или ищите % при вопросах.", "Они вывесили % на стене.", "Мы передали %, и ждали.", "Нам известно: %.", "(%) скопировала полиция", "Это было «%» насколько я знаю"},
	"zh": {"%", "有问题请用%联系我们。", "他们公布了%，贴在墙上。", "我们提供了 % ，然后等待。", "已知信息：%。", "（%）被抄下", "据我所知是“%”"},
	"ar": {"%", "يرجى استعمال % عند الحاجة.", "نشروا % على الجدار.", "أعطيناهم %، وانتظرنا.", "المعروف لدينا: %.", "(%) نسخته الشرطة", "كان «%» على ما أعلم"},
}

// plainCarriers are sentences around words that say what follows.
var plainCarriers = map[string][]string{
	"en": {"%", "%.", "In the office we noted: %, and left.", "They wrote down %; then nothing.", "(%)"},
	"fr": {"%", "%.", "Au bureau nous avons noté : %, puis rien.", "Ils ont écrit %; ensuite rien.", "(%)"},
	"es": {"%", "%.", "En la oficina anotamos: %, y nada.", "Escribieron %; luego nada.", "(%)"},
	"ru": {"%", "%.", "В офисе мы записали: %, и ушли.", "Они записали: %; потом ничего.", "(%)"},
	"zh": {"%", "%。", "办公室记录：%，然后离开。", "他们写下%；之后没有消息。", "（%）"},
	"ar": {"%", "%.", "كتبنا في المكتب: %، ثم خرجنا.", "سجلوا: %؛ ثم لا شيء.", "(%)"},
}

func (m *maker) name() worded {
	intro := m.one(nameIntros[m.lang]...)
	before, after, _ := strings.Cut(intro, "%")
	return worded{before, m.one(names[m.lang]...), after}
}

// nameIntros are what a name often stands beside. Some have nothing that a
// machine could go by.
var nameIntros = map[string][]string{
	"en": {"Mr %", "Ms. %", "Dr. % said so", "my name is %", "Name: %", "Professor %", "our colleague % was there", "% told us"},
	"fr": {"M. %", "Mme %", "je m'appelle %", "mon nom est %", "Nom : %", "Maître %", "notre collègue % était là", "% nous a dit"},
	"es": {"Sr. %", "la señora %", "me llamo %", "mi nombre es %", "Nombre: %", "Lic. %", "nuestra colega % estaba", "% nos dijo"},
	"ru": {"г-н %", "госпожа %", "меня зовут %", "моё имя %", "ФИО: %", "адвокат %", "наша коллега % была там", "% сообщила нам"},
	"zh": {"我叫%", "我的名字是%", "%先生", "%律师", "姓名：%", "%女士", "同事%在场", "%告诉我们"},
	"ar": {"السيد %", "الدكتورة %", "اسمي %", "الاسم: %", "المحامي %", "الأستاذ %", "زميلتنا % كانت هناك", "أخبرنا %"},
}

var names = map[string][]string{
	"en": {"Testina Samplewright", "Specimen O'Placeholder", "Exampla van Dummy", "Mocksley"},
	"fr": {"Exemplia Dutest", "Factice de l'Essai", "Modèle Fictif-Type"},
	"es": {"Pruebina Ejemplar", "Muestro de la Prueba", "Ficticia Modelo Ensayo"},
	"ru": {"Пробина Тестовна Образцова", "Образцова П. Т.", "Тест Примеров", "И. О. Шаблонов"},
	"zh": {"王试样", "李示例", "张样本", "陈测"},
	"ar": {"تجريب المثالي", "نموذجة بنت العينة", "عينة التجريبي"},
}

// decoy draws something that looks like an identity and is none.
func (m *maker) decoy() string {
	y := 2006 + m.IntN(18)
	switch m.IntN(22) {
	case 0:
		return m.script(m.fill(fmt.Sprintf("A/HRC/%d/~9#", 1+m.IntN(58))))
	case 1:
		return m.fill("A/HRC/WG.6/~9#/L.~9#")
	case 2:
		return m.one("CCPR/C/GC/34", "A/RES/60/251", "A/RES/53/144", "HRI/GEN/1/Rev.9", "S-15/1", "E/CN.4/2005/102/Add.1", "CEDAW/C/GC/35", "CRC/C/GC/12", "S/RES/1325 (2000)", "A/HRC/RES/12/2")
	case 3:
		return fmt.Sprintf("%d-%d", y, y+5)
	case 4:
		return fmt.Sprintf("%d–%d", y, y+4)
	case 5:
		return m.script(fmt.Sprintf("%d-%02d-%02d", y, 1+m.IntN(12), 1+m.IntN(28)))
	case 6:
		return m.script(fmt.Sprintf("%02d/%02d/%d", 1+m.IntN(28), 1+m.IntN(12), y))
	case 7:
		return m.script(fmt.Sprintf("%02d.%02d.%d", 1+m.IntN(28), 1+m.IntN(12), y))
	case 8:
		return m.fill("~9,###,###")
	case 9:
		return m.fill("~9 ### ###")
	case 10:
		return m.fill("~9.###.###")
	case 11:
		return m.fill("1~9#.~9#")
	case 12:
		return m.fill("~9.##") + ", " + m.fill("6.##")
	case 13:
		return m.fill("~9.~9.#")
	case 14:
		return "ISBN " + m.isbn()
	case 15:
		return m.fill("~9#.#%") + " – " + m.fill("~9#%")
	case 16:
		return m.fill("1~9:3#") + "-" + m.fill("1~9:4#")
	case 17:
		return m.one("#PressFreedom", "#UPR36", "#حرية", "#ПраваЧеловека", "#人权")
	case 18:
		return fmt.Sprintf("%d-%02d-%02dT%02d:%02d:%02d.000+03:00", y, 1+m.IntN(12), 1+m.IntN(28), m.IntN(24), m.IntN(60), m.IntN(60))
	case 19:
		return m.fill("USD ~9## ###") + m.one("", ".50")
	case 20:
		return m.one("UPR 3", "Rev.1", "HRC47", "ICCPR 19(3)", "p < 0.0123, 0.0456", "COVID-19", "5G", "1-2-3", "24/7", "(2017) 12")
	}
	return fmt.Sprintf("%d, %d, %d", y, y+1, y+2)
}

// isbn draws a number of a book with its check digit.
func (m *maker) isbn() string {
	s := m.fill("97892113####")
	total := 0
	for i, r := range s {
		total += int(r-'0') * (1 + i%2*2)
	}
	return s[:3] + "-" + s[3:5] + "-" + s[5:6] + "-" + s[6:12] + "-" + fmt.Sprint((10-total%10)%10)
}

var decoyCarriers = map[string][]string{
	"en": {"See % and Article 19.", "The committee @ Geneva read % and %.", "Our phone was taken; we use Signal and Telegram groups since %.", "We met at example.org and discussed %.", "In case of doubt see paragraph %, version 1.2.3.", "The report (%) cites %; passport and visa rules changed in %.", "We need tools: Signal, WhatsApp, e-mail (%).", "Mr President, see %.", "We were born out of the movement of %."},
	"fr": {"Voir % et l'article 19.", "Le comité @ Genève a lu % et %.", "Le téléphone fut saisi; nous utilisons Signal depuis %.", "Au point %, le passeport ne suffit pas.", "Le dossier UPR (%) cite %.", "Madame la Présidente, voir %.", "Né de la société civile, le réseau a %."},
	"es": {"Ver % y el artículo 19.", "El comité @ Ginebra leyó % y %.", "Nos quitaron el teléfono; usamos Telegram desde %.", "En el punto %, el pasaporte no basta.", "El informe (%) cita %.", "Señor Presidente, véase %.", "El expediente sigue abierto desde %."},
	"ru": {"См. % и статью 19.", "Комитет @ Женева прочитал % и %.", "Телефон изъяли; мы используем Телеграм с %.", "Пункт % и точка; паспорта выдают с %.", "Доклад (%) содержит %.", "Господин Председатель, см. %.", "Дело закрыто, см. %."},
	"zh": {"参见%和第19条。", "委员会 @ 日内瓦阅读了%和%。", "手机被没收；我们从%起使用微信群。", "第%点提到护照和%。", "报告（%）引用%。", "有一点很重要：%。"},
	"ar": {"انظر % والمادة 19.", "اللجنة @ جنيف قرأت % و %.", "صودر الهاتف؛ نستعمل واتساب منذ %.", "الفقرة % وجواز السفر في %.", "التقرير (%) يشير إلى %.", "السيد الرئيس، انظر %.", "هذه نقطة مهمة: %."},
}
