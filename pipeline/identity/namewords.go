package identity

// introductions stand before a name. A loose one is followed by a name and
// hardly by anything else, whatever its letters; one with a colon only counts
// with it.
var introductions = [...]struct {
	text         string
	loose, colon bool
}{
	{"my name is", true, false}, {"my full name is", true, false}, {"my name's", true, false}, {"i am called", true, false}, {"i'm called", true, false}, {"name is", false, false}, {"named", false, false}, {"signed by", false, false}, {"signed:", false, false}, {"name", false, true}, {"full name", false, true}, {"contact person", false, true}, {"contact", false, true},
	{"je m'appelle", true, false}, {"je me nomme", true, false}, {"mon nom est", true, false}, {"mon nom complet est", true, false}, {"s'appelle", false, false}, {"nommé", false, false}, {"nommée", false, false}, {"nom", false, true}, {"nom complet", false, true}, {"prénom", false, true}, {"nom et prénom", false, true},
	{"me llamo", true, false}, {"mi nombre es", true, false}, {"mi nombre completo es", true, false}, {"se llama", false, false}, {"llamado", false, false}, {"llamada", false, false}, {"nombre", false, true}, {"nombre completo", false, true}, {"nombre y apellidos", false, true},
	{"меня зовут", true, false}, {"мое имя", true, false}, {"моё имя", true, false}, {"моя фамилия", true, false}, {"зовут", false, false}, {"по имени", false, false}, {"по фамилии", false, false}, {"имя", false, true}, {"фио", false, true}, {"фамилия", false, true},
	{"اسمي", true, false}, {"إسمي", true, false}, {"اسمي الكامل", true, false}, {"أدعى", true, false}, {"اسمه", true, false}, {"اسمها", true, false}, {"المدعو", true, false}, {"المدعوة", true, false}, {"الاسم", true, true}, {"الإسم", true, true}, {"الاسم الكامل", true, true},
}

// titles stand before a name. Short ones count only with a capital.
var titles = [...]string{
	"mr", "mrs", "ms", "miss", "dr", "prof", "professor", "madam", "attorney", "father", "sister", "brother", "imam", "sheikh",
	"m", "mme", "mlle", "monsieur", "madame", "mademoiselle", "maître", "docteur", "professeur",
	"sr", "sra", "srta", "señor", "señora", "señorita", "dra", "doña", "don", "lic", "licenciado", "licenciada", "abogado", "abogada", "doctor", "doctora",
	"г-н", "г-на", "г-ну", "г-жа", "г-жи", "г-же", "г-жу", "господин", "господина", "господину", "госпожа", "госпожи", "госпоже", "гражданин", "гражданина", "гражданка", "гражданки", "адвокат", "адвоката", "доктор", "профессор",
	"السيد", "السيدة", "الآنسة", "الدكتور", "الدكتورة", "الأستاذ", "الأستاذة", "الشيخ", "المحامي", "المحامية", "الناشط", "الناشطة", "للسيد", "والسيد", "والسيدة",
}

// particles stand within names and begin none.
var particles = [...]string{"de", "del", "la", "las", "los", "le", "van", "von", "der", "den", "bin", "ben", "bint", "al", "el", "ould", "abu", "da", "do", "dos", "das", "di", "y", "ibn", "بن", "بنت", "ابن", "آل", "عبد", "أبو", "ابو"}

// noNames are words that may follow an introduction or a title and are no names.
var noNames = [...]string{"not", "on", "in", "the", "a", "an", "and", "or", "withheld", "known", "unknown", "secret", "confidential", "anonymous", "of", "to", "for", "from", "who", "was", "is", "has", "i", "we", "with", "at", "by", "as", "but", "because", "that",
	"pas", "et", "ou", "dans", "sur", "connu", "qui", "est", "a", "du", "des", "les", "une", "un", "par", "pour", "je", "mais", "que",
	"no", "en", "que", "pero", "por", "para", "con", "es", "soy", "conocido", "desconocido", "una", "un",
	"не", "и", "или", "в", "на", "из", "я", "мы", "был", "была", "но", "известно", "неизвестно", "по", "с", "от", "что", "который", "которая",
	"في", "من", "على", "إلى", "الى", "عن", "الذي", "التي", "أن", "ان", "قال", "قالت", "كان", "كانت", "هو", "هي", "ليس", "لا", "لم", "لن", "قد", "و", "أو", "ثم", "مع", "غير", "وأنا", "وانا", "أنا", "انا", "وهو", "وهي", "لكن", "ولكن", "هذا", "هذه", "مدير", "مديرة", "رئيس", "رئيسة"}

// roles are offices that a title may stand before.
var roles = [...]string{"president", "chair", "chairperson", "chairman", "ambassador", "minister", "secretary", "vice", "commissioner", "rapporteur", "speaker", "judge", "prosecutor", "director", "président", "présidente", "ministre", "ambassadeur", "directeur", "directrice", "rapporteur", "rapporteuse", "presidente", "presidenta", "ministro", "ministra", "embajador", "embajadora", "relator", "relatora", "председатель", "президент", "министр", "посол", "докладчик", "директор", "juez", "fiscal"}

var chineseIntroductions = [...]string{"我叫做", "我叫", "名叫", "我的名字是", "我的名字叫", "我名叫", "姓名", "联系人", "本人姓名", "他叫", "她叫"}

var chineseTitles = [...]string{"先生", "女士", "小姐", "律师", "老师", "博士", "教授", "同志", "医生", "记者"}

// families are the commonest Chinese family names of one sign.
const families = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤張劉陳楊黃趙吳孫馬鄭謝許韓馮鄧蕭葉蘇呂盧鍾譚陸賈韋鄒閆龍賀顧龔萬錢嚴湯"
