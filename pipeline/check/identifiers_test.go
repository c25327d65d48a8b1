package check

import (
	"strings"
	"testing"
)

func TestIdentifiersAreFoundInAnyScript(t *testing.T) {
	for text, want := range map[string]string{
		"write to someone@example.org please":            "an e-mail address",
		"someone (at) example (dot) org":                 "an e-mail address",
		"ｓｏｍｅｏｎｅ＠ｅｘａｍｐｌｅ．ｏｒｇ":                            "an e-mail address",
		"some\u200bone@exam\u200bple.org":                "an e-mail address",
		"see https://example.org/page":                   "a web address",
		"see www.example.org":                            "a web address",
		"example.org/members":                            "a web address",
		"follow @synthetic_handle":                       "a handle",
		"call +44 20 7946 0958":                          "a telephone number",
		"call 020 7946 0958 today":                       "a telephone number",
		"اتصل ٠٢٠ ٧٩٤٦ ٠٩٥٨":                             "a telephone number",
		"звоните +７ (９５) 555-12-34":                      "a telephone number",
		"555-123-4567":                                   "a telephone number",
		"account GB82 WEST 1234 5698 7654 32 and thanks": "a bank account (IBAN)",
		"at 46.22667, 6.14050":                           "a place on a map",
		"number 123456789 on the card":                   "a long number",
		"mail a@example.org or call +44 20 7946 0958":    "an e-mail address, a telephone number",
		"We work since 2017-2022 and met on 2022-04-02.": "",
		"on 02.04.2022 or 2/4/2022":                      "",
		"The budget was 12 000 000, then 1,250,000.50":   "",
		"recommendations 118.42, 118.43 and 120.1":       "",
		"12 members, 3 of them young (2 women)":          "",
		"the years 2017 2018 2019 2020":                  "",
		"Resolution A/HRC/RES/60/251":                    "",
		"16.10 and 5.c of the agenda 2030":               "",
		"GB82 WEST 1234 5698 7654 33":                    "a telephone number",
		"and/or w.r.t. the state":                        "",
		"":                                               "",
		"Нам нужна помощь с отчётом":                     "",
		"没有足够的时间":                                        "",
	} {
		if got := strings.Join(classesOf(text), ", "); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestAnIdentifierIsToldByItsKindAlone(t *testing.T) {
	cfg := off()
	cfg.Identifiers = true
	d := given(t, sample(t), []cells{{"story": "ask someone@example.org"}, {"story": "nothing here"}, {"name": "+44 20 7946 0958"}}, nil)
	got, sum, findings := checked(t, d, cfg, "")
	same(t, "proposals", brief(got), []string{"1 identifier story=ask someone@example.org", "3 identifier name=+44 20 7946 0958"})
	if got[0].Issue != "Potential PII" || strings.Contains(got[0].Comment, "example") || count(sum, Identifier, "story") != [2]int64{2, 1} {
		t.Errorf("proposal %+v", got[0])
	}
	for _, f := range findings {
		if strings.Contains(f.String(), "example") || strings.Contains(f.String(), "7946") {
			t.Errorf("a finding holds the answer: %s", f)
		}
	}
}

func FuzzClassesOf(f *testing.F) {
	for _, s := range []string{"a@b.c", "+1 (2) 3", "٠١٢٣٤٥٦٧٨٩", "\xff@\xfe", "46.1 6.1", "GB82"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { classesOf(s) })
}
