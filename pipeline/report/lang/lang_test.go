package lang

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func all(t *testing.T) map[string]*Language {
	t.Helper()
	langs, err := Languages()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*Language{}
	for _, l := range langs {
		out[l.Tag] = l
	}
	return out
}

func TestEveryLanguageHasEveryMessageWithTheSameBraces(t *testing.T) {
	langs := all(t)
	brace := regexp.MustCompile(`\{\w+\}`)
	for _, tag := range []string{"en", "fr", "es", "ru", "ar", "zh"} {
		l := langs[tag]
		if l == nil {
			t.Fatalf("no language %s", tag)
		}
		if missing := l.Missing(langs["en"]); len(missing) > 0 {
			t.Errorf("%s lacks %v", tag, missing)
		}
		for key, text := range l.words {
			want := brace.FindAllString(langs["en"].words[key], -1)
			got := brace.FindAllString(text, -1)
			slices.Sort(want)
			slices.Sort(got)
			if !slices.Equal(want, got) {
				t.Errorf("%s %s: braces %v, want %v", tag, key, got, want)
			}
			if len(l.forms[key]) > 0 != (len(langs["en"].forms[key]) > 0) {
				t.Errorf("%s %s: only one of the language and English has forms", tag, key)
			}
			for n, form := range l.forms[key] {
				have := brace.FindAllString(form, -1)
				slices.Sort(have)
				spelt := tag == "ar" && (n == 1 || n == 2) && len(have) == len(want)-1 // "one row" and "two rows" are words
				if !spelt && !slices.Equal(want, have) {
					t.Errorf("%s %s, form %d: braces %v, want %v", tag, key, n, have, want)
				}
			}
		}
	}
	if !langs["ar"].RTL || langs["zh"].RTL || langs["ar"].Dir() != "rtl" {
		t.Error("direction")
	}
}

func TestNumbersAreWrittenAsTheLanguageDoes(t *testing.T) {
	langs := all(t)
	for _, c := range []struct{ tag, count, percent, decimal, span string }{
		{"en", "12,345", "43%", "3.2", "38–47"},
		{"fr", "12\u202f345", "43\u202f%", "3,2", "38–47"},
		{"es", "12\u00a0345", "43\u00a0%", "3,2", "38–47"},
		{"ru", "12\u00a0345", "43\u00a0%", "3,2", "38–47"},
		{"zh", "12,345", "43%", "3.2", "38–47"},
		{"ar", "12,345", "\u206643%\u2069", "3.2", "\u206638–47\u2069"},
	} {
		n := langs[c.tag].Numbers
		if got := []string{n.Count(12345), n.Percent(0.43, 0), n.Decimal(3.2, 1), n.Range("38", "47")}; !slices.Equal(got, []string{c.count, c.percent, c.decimal, c.span}) {
			t.Errorf("%s: %q", c.tag, got)
		}
	}
	if got := langs["en"].Numbers.Decimal(563099.7, 1); got != "563,099.7" {
		t.Errorf("a large number: %q", got)
	}
	if got := langs["en"].Numbers.Range("-0.6", "-0.1"); got != "-0.6 – -0.1" {
		t.Errorf("a range below zero: %q", got)
	}
	if got := langs["ar"].Numbers.Decimal(-0.5, 1) + langs["ar"].Numbers.Below("0.001"); got != "\u2066-0.5\u2069\u2066<0.001\u2069" {
		t.Errorf("numbers below others in Arabic: %q", got)
	}
	if got := langs["fr"].Numbers.Count(1234); got != "1234" {
		t.Errorf("four digits in French: %q", got)
	}
}

func TestMessagesAreFilledAndListsJoined(t *testing.T) {
	langs := all(t)
	if got := langs["en"].Say("title.most", Args{"answer": "{share}", "share": "43%"}); got != "Most often: {share} (43%)" {
		t.Errorf("a label with braces was filled again: %q", got)
	}
	if got := langs["en"].Join([]string{"a", "b", "c"}); got != "a, b and c" {
		t.Errorf("list: %q", got)
	}
	if got := langs["zh"].Join([]string{"甲", "乙", "丙"}); got != "甲、乙和丙" {
		t.Errorf("list: %q", got)
	}
	if got := langs["en"].Say("no such"); !strings.Contains(got, "no such") {
		t.Errorf("unknown key: %q", got)
	}
}

func TestLanguagesOfTheFormAreMatched(t *testing.T) {
	langs, err := Languages()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range Choose(langs, []string{"fr-CH", "pt", "ar", "en", "fr"}) {
		got = append(got, l.Tag)
	}
	if !slices.Equal(got, []string{"fr", "ar", "en"}) {
		t.Errorf("chosen %v", got)
	}
}

func FuzzParsePO(f *testing.F) {
	f.Add("msgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\"\n")
	f.Add("\"x\"\nmsgid")
	f.Fuzz(func(_ *testing.T, s string) { _, _ = parsePO("f", s) })
}
