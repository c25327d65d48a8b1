package identity

// labels are words after which a value identifies, in small letters. Where they
// have other endings, what stays the same is given.
var labels = [...]label{
	{Passport, "passport", true}, {Passport, "passeport", true}, {Passport, "pasaporte", true}, {Passport, "паспорт", true}, {Passport, "загранпаспорт", true},
	{Passport, "جواز", false}, {Passport, "جواز سفر", true}, {Passport, "جواز السفر", false}, {Passport, "الجواز", false}, {Passport, "护照", false}, {Passport, "護照", false}, {Passport, "通行证", false},

	{Plate, "number plate", true}, {Plate, "licence plate", true}, {Plate, "license plate", true}, {Plate, "plate number", false}, {Plate, "registration plate", true}, {Plate, "plate", true}, {Plate, "car registration", false},
	{Plate, "plaque", true}, {Plate, "immatriculation", false}, {Plate, "immatriculé", true}, {Plate, "plaque d'immatriculation", false}, {Plate, "matrícula", true}, {Plate, "matricula", true}, {Plate, "placa", true},
	{Plate, "госномер", true}, {Plate, "номер машины", false}, {Plate, "номер автомобиля", false}, {Plate, "номерной знак", false}, {Plate, "номерами", false}, {Plate, "с номером", false}, {Plate, "гос. номер", true}, {Plate, "регистрационный знак", false},
	{Plate, "لوحة", false}, {Plate, "اللوحة", false}, {Plate, "لوحة السيارة", false}, {Plate, "لوحتها", false}, {Plate, "رقم السيارة", false}, {Plate, "车牌", false}, {Plate, "车牌号", false}, {Plate, "車牌", false},

	{BirthDate, "born", false}, {BirthDate, "birth", false}, {BirthDate, "birthday", false}, {BirthDate, "birthdate", false}, {BirthDate, "date of birth", false}, {BirthDate, "dob", false}, {BirthDate, "d.o.b", false},
	{BirthDate, "né", false}, {BirthDate, "née", false}, {BirthDate, "né(e)", false}, {BirthDate, "naissance", false}, {BirthDate, "anniversaire", false},
	{BirthDate, "nació", false}, {BirthDate, "nací", false}, {BirthDate, "nacido", true}, {BirthDate, "nacida", true}, {BirthDate, "nacimiento", false}, {BirthDate, "cumpleaños", false},
	{BirthDate, "родил", true}, {BirthDate, "рождени", true}, {BirthDate, "д.р", false}, {BirthDate, "مواليد", false}, {BirthDate, "ولد", false}, {BirthDate, "ولدت", false}, {BirthDate, "وُلد", false}, {BirthDate, "وُلدت", false}, {BirthDate, "الميلاد", false}, {BirthDate, "ميلاد", true}, {BirthDate, "المولود", true},
	{BirthDate, "出生", false}, {BirthDate, "出生日期", false}, {BirthDate, "生日", false}, {BirthDate, "生于", false},

	{CaseNumber, "case number", false}, {CaseNumber, "case no", false}, {CaseNumber, "case nr", false}, {CaseNumber, "case #", false}, {CaseNumber, "docket", true}, {CaseNumber, "file number", false}, {CaseNumber, "file no", false},
	{CaseNumber, "dossier n", true}, {CaseNumber, "numéro de dossier", false}, {CaseNumber, "numéro du dossier", false}, {CaseNumber, "affaire n", true}, {CaseNumber, "numéro d'affaire", false}, {CaseNumber, "rôle n", true},
	{CaseNumber, "expediente", true}, {CaseNumber, "causa n", true}, {CaseNumber, "caso n", true}, {CaseNumber, "número de caso", false},
	{CaseNumber, "дело №", false}, {CaseNumber, "дела №", false}, {CaseNumber, "делу №", false}, {CaseNumber, "деле №", false}, {CaseNumber, "дело n", false}, {CaseNumber, "номер дела", false}, {CaseNumber, "дело номер", false}, {CaseNumber, "дела номер", false}, {CaseNumber, "дело no", false}, {CaseNumber, "делу no", false}, {CaseNumber, "дела no", false},
	{CaseNumber, "رقم القضية", false}, {CaseNumber, "القضية رقم", false}, {CaseNumber, "قضية رقم", false}, {CaseNumber, "ملف رقم", false}, {CaseNumber, "الملف رقم", false}, {CaseNumber, "رقم الملف", false}, {CaseNumber, "محضر رقم", false}, {CaseNumber, "案号", false}, {CaseNumber, "案件编号", false}, {CaseNumber, "案件号", false},

	{NationalID, "id number", false}, {NationalID, "id no", false}, {NationalID, "national id", true}, {NationalID, "identity number", false}, {NationalID, "identity card", true}, {NationalID, "id card", true}, {NationalID, "ssn", false}, {NationalID, "social security number", false}, {NationalID, "dni", false}, {NationalID, "nie", false}, {NationalID, "nif", false}, {NationalID, "nin", false}, {NationalID, "tax number", false},
	{NationalID, "carte d'identité", false}, {NationalID, "carte nationale", false}, {NationalID, "carte nationale d'identité", false}, {NationalID, "numéro d'identité", false}, {NationalID, "cni", false}, {NationalID, "cin", false}, {NationalID, "sécurité sociale", false},
	{NationalID, "cédula", true}, {NationalID, "cedula", true}, {NationalID, "documento de identidad", false}, {NationalID, "carné de identidad", false}, {NationalID, "rut", false}, {NationalID, "run", false}, {NationalID, "curp", false}, {NationalID, "cuil", false}, {NationalID, "cpf", false},
	{NationalID, "снилс", true}, {NationalID, "инн", false}, {NationalID, "иин", false}, {NationalID, "удостоверени", true}, {NationalID, "идентификационный номер", false}, {NationalID, "номер документа", false},
	{NationalID, "الرقم القومي", false}, {NationalID, "رقم قومي", false}, {NationalID, "الرقم الوطني", false}, {NationalID, "رقم وطني", false}, {NationalID, "رقم الهوية", false}, {NationalID, "هوية", true}, {NationalID, "الهوية", false}, {NationalID, "هويتي", false}, {NationalID, "بطاقة التعريف", false}, {NationalID, "رقم البطاقة", false},
	{NationalID, "身份证", false}, {NationalID, "身分证", false}, {NationalID, "身份证号", false}, {NationalID, "身份证号码", false}, {NationalID, "证件号", false}, {NationalID, "證件號", false},

	{Phone, "phone", true}, {Phone, "telephone", true}, {Phone, "tel", true}, {Phone, "mobile", true}, {Phone, "cell", true}, {Phone, "cellphone", true}, {Phone, "call me", false}, {Phone, "call us", false}, {Phone, "hotline", false}, {Phone, "fax", false}, {Phone, "sms", false},
	{Phone, "téléphone", true}, {Phone, "tél", true}, {Phone, "portable", true}, {Phone, "teléfono", true}, {Phone, "telefono", true}, {Phone, "móvil", true}, {Phone, "movil", true}, {Phone, "celular", true}, {Phone, "llamar al", false}, {Phone, "llámeme", false},
	{Phone, "телефон", true}, {Phone, "тел", false}, {Phone, "моб", false}, {Phone, "мобильн", true}, {Phone, "сотовый", false}, {Phone, "звоните", false},
	{Phone, "هاتف", true}, {Phone, "الهاتف", false}, {Phone, "هاتفي", false}, {Phone, "جوال", true}, {Phone, "الجوال", false}, {Phone, "جوالي", false}, {Phone, "موبايل", true}, {Phone, "الموبايل", false}, {Phone, "المحمول", false}, {Phone, "تليفون", true}, {Phone, "تلفون", true}, {Phone, "اتصلوا", false},
	{Phone, "电话", false}, {Phone, "手机", false}, {Phone, "手机号", false}, {Phone, "电话号码", false}, {Phone, "手机号码", false}, {Phone, "電話", false}, {Phone, "致电", false},

	{Device, "imei", false}, {Device, "imsi", false}, {Device, "iccid", false}, {Device, "serial number", false}, {Device, "sim serial", false}, {Device, "device id", false}, {Device, "android id", false}, {Device, "udid", false}, {Device, "numéro de série", false}, {Device, "número de serie", false}, {Device, "серийный номер", false}, {Device, "الرقم التسلسلي", false}, {Device, "序列号", false}, {Device, "设备号", false},

	{Handle, "telegram", false}, {Handle, "whatsapp", false}, {Handle, "wechat", false}, {Handle, "weixin", false}, {Handle, "instagram", false}, {Handle, "insta", false}, {Handle, "twitter", false}, {Handle, "facebook", false}, {Handle, "skype", false}, {Handle, "signal", false}, {Handle, "viber", false}, {Handle, "snapchat", false}, {Handle, "tiktok", false}, {Handle, "discord", false}, {Handle, "threema", false}, {Handle, "session id", false}, {Handle, "wire", false}, {Handle, "line id", false}, {Handle, "qq", false}, {Handle, "linkedin", false}, {Handle, "wechat id", false}, {Handle, "vk", false}, {Handle, "icq", false}, {Handle, "matrix", false}, {Handle, "mastodon", false}, {Handle, "youtube", false},
	{Handle, "телеграм", true}, {Handle, "телеграмм", true}, {Handle, "тг", false}, {Handle, "вотсап", true}, {Handle, "ватсап", true}, {Handle, "инстаграм", true}, {Handle, "вконтакте", false}, {Handle, "вк", false}, {Handle, "скайп", true}, {Handle, "вайбер", true}, {Handle, "фейсбук", true}, {Handle, "сигнал", false}, {Handle, "твиттер", true},
	{Handle, "تلغرام", false}, {Handle, "تيليغرام", false}, {Handle, "تليجرام", false}, {Handle, "تلجرام", false}, {Handle, "واتساب", false}, {Handle, "فيسبوك", false}, {Handle, "انستغرام", false}, {Handle, "إنستغرام", false}, {Handle, "تويتر", false}, {Handle, "سيغنال", false}, {Handle, "سناب", false}, {Handle, "سكايب", false},
	{Handle, "微信", false}, {Handle, "微信号", false}, {Handle, "微博", false}, {Handle, "抖音", false}, {Handle, "抖音号", false}, {Handle, "电报", false}, {Handle, "qq号", false}, {Handle, "推特", false},
}
