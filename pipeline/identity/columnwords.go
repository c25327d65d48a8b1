package identity

// toolColumns are columns that tools add by themselves, without signs between words.
var toolColumns = [...]struct {
	class Class
	names []string
}{
	{Name, []string{"submittedby", "username", "submittername", "submitterid", "enumerator", "enumeratorid", "interviewer", "interviewerid", "collector", "surveyor", "user", "userid", "login", "reviewer", "signature"}},
	{Device, []string{"deviceid", "device", "simserial", "simid", "simserialnumber", "subscriberid", "imei", "imsi", "iccid", "androidid", "macaddress", "mac", "serialnumber", "phoneserial", "responsiblesensorid", "udid"}},
	{Phone, []string{"phonenumber", "devicephonenum", "devicephonenumber", "phoneno", "phonenum", "msisdn", "tel", "telno", "gsm", "cell", "mobileno"}},
	{IP, []string{"ipaddr", "ipaddress", "ip", "clientip", "remoteaddr", "remoteip", "userip"}},
	{Email, []string{"useremail", "mail", "emailaddress", "recipientemail", "email", "emailid"}},
	{Name, []string{"recipientfirstname", "recipientlastname", "firstname", "lastname", "middlename", "surname", "fullname", "forename", "fname", "lname", "externalreference", "token"}},
	{GPS, []string{"startgeopoint", "geopoint", "geolocation", "geotrace", "geoshape", "latitude", "longitude", "lat", "lon", "lng", "long", "locationlatitude", "locationlongitude", "gps", "coordinates", "latlong", "latlng", "locationaccuracy", "what3words"}},
	{URL, []string{"refurl", "referrer", "referer"}},
}

// columnWords are words and phrases that tell a class wherever they stand in a name.
var columnWords = [...]struct {
	class   Class
	phrases []string
}{
	{Email, []string{"email", "e mail", "emails", "email address", "mail address", "courriel", "mél", "adresse mail", "adresse électronique", "correo", "correo electrónico", "correo electronico", "почта", "электронная почта", "эл почта", "имейл", "емейл", "البريد الإلكتروني", "البريد الالكتروني", "بريد إلكتروني", "بريدك الإلكتروني", "الإيميل", "ايميل", "إيميل", "邮箱", "电子邮件", "电邮", "郵箱"}},
	{IBAN, []string{"iban", "bank account", "compte bancaire", "cuenta bancaria", "банковский счет", "банковский счёт", "номер счета", "الحساب البنكي", "الحساب المصرفي", "رقم الحساب", "银行账号", "银行账户"}},
	{Card, []string{"card number", "credit card", "numéro de carte", "número de tarjeta", "номер карты", "رقم البطاقة المصرفية", "银行卡号"}},
	{Passport, []string{"passport", "passeport", "pasaporte", "паспорт", "паспорта", "паспортные данные", "جواز السفر", "جواز سفر", "رقم الجواز", "护照"}},
	{NationalID, []string{"national id", "nationalid", "id number", "identity number", "identity card", "id card", "ssn", "social security number", "dni", "nie", "nif", "curp", "rut", "cpf", "cédula", "cedula", "carte d identité", "numéro d identité", "documento de identidad", "numéro de sécurité sociale", "снилс", "инн", "удостоверение личности", "номер удостоверения", "الرقم القومي", "الرقم الوطني", "رقم الهوية", "بطاقة الهوية", "هوية", "身份证", "身份证号", "证件号"}},
	{Plate, []string{"number plate", "licence plate", "license plate", "plate number", "plaque d immatriculation", "immatriculation", "matrícula del vehículo", "placa", "номер машины", "госномер", "номер автомобиля", "لوحة السيارة", "رقم اللوحة", "车牌"}},
	{BirthDate, []string{"birth date", "date of birth", "birthdate", "birthday", "dob", "date de naissance", "fecha de nacimiento", "дата рождения", "تاريخ الميلاد", "تاريخ ميلادك", "出生日期", "生日"}},
	{CaseNumber, []string{"case number", "case no", "docket number", "numéro de dossier", "número de expediente", "номер дела", "رقم القضية", "案号"}},
	{Handle, []string{"handle", "twitter", "telegram", "whatsapp", "whats app", "wechat", "we chat", "skype", "instagram", "facebook", "signal id", "viber", "телеграм", "телеграмм", "вотсап", "ватсап", "скайп", "вконтакте", "تلغرام", "تيليغرام", "تليجرام", "واتساب", "واتس اب", "فيسبوك", "انستغرام", "إنستغرام", "تويتر", "微信", "微博", "social media account", "compte twitter"}},
	{Phone, []string{"phone number", "telephone", "telephone number", "mobile number", "cell number", "contact number", "phone", "mobile", "cellphone", "téléphone", "numéro de téléphone", "portable", "teléfono", "telefono", "número de teléfono", "celular", "móvil", "movil", "телефон", "телефона", "номер телефона", "мобильный", "هاتف", "الهاتف", "رقم الهاتف", "هاتفك", "جوال", "الجوال", "رقم الجوال", "موبايل", "المحمول", "电话", "手机", "手机号", "電話", "联系方式"}},
	{IP, []string{"ip address", "adresse ip", "dirección ip", "ip адрес", "عنوان ip", "ip地址"}},
	{GPS, []string{"gps", "geopoint", "latitude", "longitude", "coordinates", "coordonnées gps", "coordenadas", "latitud", "longitud", "координаты", "широта", "долгота", "إحداثيات", "خط العرض", "خط الطول", "经度", "纬度", "坐标", "定位", "street address", "home address", "postal address", "mailing address", "adresse postale", "adresse", "dirección", "domicilio", "адрес", "домашний адрес", "العنوان", "عنوان السكن", "عنوانك", "地址", "住址"}},
	{Device, []string{"device id", "imei", "imsi", "sim serial", "mac address", "serial number", "subscriber id"}},
	{Name, []string{"your name", "full name", "first name", "last name", "family name", "given name", "name of respondent", "respondent name", "name of interviewer", "name of the interviewer", "interviewer name", "enumerator name", "contact person", "surname", "name of your organisation", "name of your organization", "name of organisation", "name of organization", "name of the organisation", "name of the organization",
		"nom complet", "nom de famille", "prénom", "prénoms", "prenom", "votre nom", "nom et prénom", "nom de l organisation", "nom de votre organisation", "nom de l enquêteur", "personne de contact",
		"nombre completo", "apellido", "apellidos", "su nombre", "tu nombre", "nombre y apellidos", "nombre de la organización", "nombre de su organización", "persona de contacto", "nombre del encuestador",
		"фио", "ф и о", "фамилия", "отчество", "ваше имя", "имя и фамилия", "полное имя", "название организации", "название вашей организации", "контактное лицо", "интервьюер",
		"الاسم الكامل", "الاسم الأول", "اسم العائلة", "اسمك", "اسم المستجيب", "اسم المنظمة", "اسم منظمتك", "اللقب", "الاسم الثلاثي", "اسم الباحث",
		"姓名", "名字", "您的姓名", "姓氏", "联系人", "组织名称", "机构名称", "调查员"}},
}

// nameWords say that a column holds a name, where nothing but besideName
// stands beside them.
var nameWords = [...]string{"name", "names", "nom", "noms", "nombre", "nombres", "имя", "имена", "اسم", "الاسم", "الإسم", "إسم", "名", "nickname", "pseudonym", "alias"}

// besideName may stand beside a word for a name of somebody.
var besideName = [...]string{"q", "your", "the", "of", "my", "full", "first", "last", "middle", "family", "given", "maiden", "nick", "user", "respondent", "respondents", "interviewer", "interviewee", "enumerator", "participant", "contact", "person", "persons", "people", "individual", "applicant", "beneficiary", "victim", "witness", "defender", "informant", "head", "household", "hh", "father", "fathers", "mother", "mothers", "organisation", "organization", "org", "ngo", "cso", "s", "a", "and", "or", "optional", "signatory", "submitter",
	"de", "du", "la", "le", "l", "votre", "complet", "famille", "répondant", "enquêteur", "et", "personne", "del", "su", "completo", "encuestado", "entrevistado", "y", "persona", "el", "ваше", "полное", "респондента", "и", "الكامل", "المستجيب", "الشخص"}

// otherwise are words of questions about having, using or wanting.
var otherwise = [...]string{"has", "have", "had", "having", "do", "does", "did", "use", "uses", "used", "using", "usage", "want", "wanted", "wants", "prefer", "preferred", "prefers", "preference", "access", "consent", "count", "number_of", "how", "many", "often", "frequency", "type", "types", "kind", "own", "owns", "owned", "shared", "safe", "safety", "secure", "security", "reason", "reasons", "why", "would", "should", "could", "by", "via", "agree", "allowed", "threat", "threats", "lost", "seized", "hacked", "tapped", "quality", "coverage", "tools", "apps",
	"avez", "utilisez", "utilisé", "souhaitez", "préférez", "combien", "quels", "quelles", "fréquence", "pourquoi", "tiene", "usa", "utiliza", "utilizan", "prefiere", "cuántos", "cuántas", "frecuencia", "acceso", "есть", "используете", "пользуетесь", "сколько", "часто", "какие", "предпочитаете", "доступ", "هل", "تستخدم", "تستخدمون", "كم", "لماذا", "تفضل"}
