package identity_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/identity"
	"github.com/soundings-survey/soundings/pipeline/identity/planted"
	"pgregory.net/rapid"
)

func TestColumnsAreKnownByTheirNames(t *testing.T) {
	for _, c := range []struct {
		class identity.Class
		names []string
	}{
		{identity.Name, []string{"Name", "Full name", "full_name", "fullName", "respondent_name", "group/q1_name", "Your name", "What is your name?", "_submitted_by", "username", "nom", "Nom et prénom", "nombre", "Apellidos", "ФИО", "Ваше имя", "الاسم", "اسمك الكامل", "姓名", "您的姓名", "org_name", "Name of your organisation", "enumerator_name", "Prénom", "contact_person", "Nom de l'organisation", "Название организации", "اسم المنظمة", "组织名称"}},
		{identity.Email, []string{"email", "e-mail", "q_email", "group/q_email", "E-mail address", "contactEmail", "What is your e-mail address?", "Please give an e-mail address at which we may write to you about the results", "correo", "Correo electrónico", "courriel", "Электронная почта", "البريد الإلكتروني", "电子邮件", "您的邮箱", "Ｅmail"}},
		{identity.Phone, []string{"phonenumber", "phone_number", "phone", "Mobile", "tel", "телефон", "Номер телефона", "电话", "手机号码", "رقم الهاتف", "هاتف", "teléfono", "Téléphone", "q12_phone", "devicephonenum", "celular"}},
		{identity.Device, []string{"deviceid", "device_id", "simserial", "sim_serial", "subscriberid", "imei", "_device_id"}},
		{identity.IP, []string{"ipaddr", "ip_address", "IP Address", "IP-адрес"}},
		{identity.GPS, []string{"start-geopoint", "start_geopoint", "_geolocation", "_gps_latitude", "Longitude", "gps", "Home address", "Адрес", "العنوان", "地址", "_location_longitude"}},
		{identity.NationalID, []string{"national_id", "dni", "Cédula", "ИНН", "الرقم القومي", "身份证号", "id_number"}},
		{identity.Passport, []string{"passport_no", "Паспорт", "رقم جواز السفر", "护照号码"}},
		{identity.BirthDate, []string{"date_of_birth", "dob", "Fecha de nacimiento", "Дата рождения", "تاريخ الميلاد", "出生日期", "Date de naissance"}},
		{identity.Handle, []string{"telegram", "your_twitter_handle", "微信号", "WhatsApp"}},
		{identity.IBAN, []string{"iban", "bank_account"}},
		{"", []string{"region", "org_type", "country", "start", "end", "today", "_uuid", "_id", "_submission_time", "country_name", "tool_name", "has_phone", "Do you use a phone?", "how_often_email", "phone_seized", "used_telegram", "consent", "Do you have e-mail?", "¿Tiene teléfono?", "Как часто вы используете телефон?", "age", "years", "namespace", "Name the tools you use", "cycles", "weight", "", "123", "الدولة", "地区", "страна", "pays", "Expand mobile clinics in rural areas", "Find ways to handle petty crime", "emailed", "mobility", "telescope", "rename"}},
	} {
		for _, name := range c.names {
			got, ok := identity.ByName(name)
			if got != c.class || ok != (c.class != "") {
				t.Errorf("%q is %q, want %q", name, got, c.class)
			}
		}
	}
}

func TestColumnsAreKnownByTheirContent(t *testing.T) {
	for _, c := range planted.Columns(11, 300) {
		var col identity.Column
		for _, v := range c.Values {
			col.Add(v)
		}
		got, ok := col.Looks()
		if got != c.Class || ok != (c.Class != "") {
			t.Errorf("the column %q (%q, ...) looks like %q, want %q", c.Name, c.Values[0], got, c.Class)
		}
	}
}

func TestColumnsAreMergedInAnyOrder(t *testing.T) {
	columns := planted.Columns(3, 40)
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SampledFrom(columns).Draw(t, "column").Values
		var whole identity.Column
		for _, v := range values {
			whole.Add(v)
		}
		shuffled := append([]string(nil), values...)
		rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1)).Shuffle(len(values), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		parts := make([]identity.Column, 3)
		for i, v := range shuffled {
			parts[i%3].Add(v)
		}
		var merged identity.Column
		for _, i := range []int{2, 0, 1} {
			merged.Merge(&parts[i])
		}
		if fmt.Sprint(whole) != fmt.Sprint(merged) {
			t.Fatalf("%v in one, %v in three parts", whole, merged)
		}
	})
}

func TestTelephonesWithoutTheirPlusAreKnownAsAColumnOnly(t *testing.T) {
	rnd := rand.New(rand.NewPCG(4, 4))
	var phones, codes, moments identity.Column
	for range 200 {
		digits := fmt.Sprintf("%09d", rnd.IntN(1_000_000_000))
		phones.Add("254" + "7" + digits[:8])
		codes.Add(fmt.Sprintf("%012d", rnd.Int64N(1_000_000_000_000)))
		moments.Add("17" + digits + "00")
	}
	if class, ok := phones.Looks(); !ok || class != identity.Phone {
		t.Errorf("telephone numbers look like %q", class)
	}
	if class, ok := codes.Looks(); ok {
		t.Errorf("codes by chance look like %q", class)
	}
	if class, ok := moments.Looks(); ok {
		t.Errorf("moments look like %q", class)
	}
	if found := identity.Find("254700000123"); len(found) > 0 {
		t.Errorf("in a text %v is found", found)
	}
}
