package code

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func testBook(t testing.TB) *Codebook {
	t.Helper()
	content, err := os.ReadFile("testdata/codebook.yaml")
	if err != nil {
		t.Fatal(err)
	}
	cb, findings := Read("codebook.yaml", content)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return cb
}

func names(cb *Codebook, codes []int32) []string {
	var out []string
	for _, c := range codes {
		out = append(out, cb.Codes[c].ID)
	}
	return out
}

func TestSentencesAreGivenTheirCodes(t *testing.T) {
	cb := testBook(t)
	s := NewMatcher(cb).Scanner()
	content, err := os.ReadFile("testdata/sentences.txt")
	if err != nil {
		t.Fatal(err)
	}
	tested := map[string]int{}
	for n, l := range strings.Split(string(content), "\n") {
		if l == "" || strings.HasPrefix(l, "#") {
			continue
		}
		parts := strings.Split(l, " | ")
		if len(parts) != 3 {
			t.Fatalf("line %d has %d parts", n+1, len(parts))
		}
		want := strings.Fields(parts[2])
		if parts[2] == "-" {
			want = nil
		}
		codes, _ := s.Codes(parts[1], nil)
		if got := names(cb, codes); !slices.Equal(got, want) {
			t.Errorf("line %d: %q is given %v, want %v", n+1, parts[1], got, want)
		}
		tested[parts[0]]++
	}
	for _, lang := range []string{"en", "fr", "es", "ru", "ar", "zh"} {
		if tested[lang] < 6 {
			t.Errorf("only %d sentences in %s", tested[lang], lang)
		}
	}
}

func TestSpansAreOfTheText(t *testing.T) {
	s := NewMatcher(testBook(t)).Scanner()
	for text, want := range map[string][]string{
		"L’ambassade, Pré-sessions":   {"ambassade", "Pré-sessions"},
		"ＶＩＳＡ!":                       {"ＶＩＳＡ"},
		"no visa, visa":               {"visa", "visa"},
		"وبالتأشيرات":                 {"تأشيرات"},
		"drafting \n recommendations": {"drafting \n recommendations"},
		"我们的签证":                       {"签证"},
		"visa visado":                 {"visa", "visado"},
		"liberte d e\u0301xpression":  {"liberte d e\u0301xpression"},
	} {
		var got []string
		for _, h := range s.Hits(text, "") {
			got = append(got, text[h.Start:h.End])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: hits %q, want %q", text, got, want)
		}
	}
}

func TestLongestWinsAndTiesAreShared(t *testing.T) {
	cb := &Codebook{Codes: []Theme{
		{ID: "A", Terms: map[string][]string{"en": {"internet shutdown*"}}},
		{ID: "B", Terms: map[string][]string{"en": {"internet"}, "fr": {"red"}}},
		{ID: "C", Terms: map[string][]string{"en": {"internet shutdown"}, "es": {"red", "red de apoyo"}}},
	}}
	s := NewMatcher(cb).Scanner()
	for text, want := range map[string]string{
		"internet shutdown":    "A C",
		"internet shutdowns":   "A C",
		"internet shutdownish": "A",
		"internet":             "B",
		"red":                  "B C",
		"red de apoyo":         "C",
		"red, de apoyo":        "B C",
	} {
		codes, _ := s.Codes(text, nil)
		if got := strings.Join(names(cb, codes), " "); got != want {
			t.Errorf("%q is given %q, want %q", text, got, want)
		}
	}
}

// Every term of a codebook, alone, gives its code, whatever the case and the
// form of its letters.
func TestEveryTermFindsItself(t *testing.T) {
	checkTerms(t, testBook(t))
}

func checkTerms(t *testing.T, cb *Codebook) {
	t.Helper()
	s := NewMatcher(cb).Scanner()
	for i, c := range cb.Codes {
		for lang, terms := range c.Terms {
			for _, term := range terms {
				text := strings.ReplaceAll(term, "*", "")
				for _, form := range []string{text, strings.ToUpper(text), "(" + text + ")", " " + text + "."} {
					if codes, _ := s.Codes(form, nil); !slices.Contains(codes, int32(i)) {
						t.Errorf("%s: %q is not found in %q", lang, term, form)
					}
				}
			}
		}
	}
}

func TestHitsAreOrderedAndInTheText(t *testing.T) {
	s := NewMatcher(testBook(t)).Scanner()
	words := []string{"visa", "no", "not only", "travel", "ban", "bans", "تأشيرة", "وبال", "签证", "没有", "визы", "не", "pré", "session", "\u200d", "e\u0301", "\xff", "16.10", "sdg"}
	gaps := []string{" ", "", "-", ",", "\n", "'", "\u00a0", ". "}
	rapid.Check(t, func(r *rapid.T) {
		var text strings.Builder
		for range rapid.IntRange(0, 12).Draw(r, "n") {
			text.WriteString(rapid.SampledFrom(words).Draw(r, "word") + rapid.SampledFrom(gaps).Draw(r, "gap"))
		}
		checkHits(r, s, text.String())
	})
}

func checkHits(t interface{ Fatalf(string, ...any) }, s *Scanner, text string) {
	start, before := 0, 0
	for _, h := range s.Hits(text, "") {
		if h.Start < before && (h.Start != start || h.End != before) || h.End <= h.Start || h.End > len(text) {
			t.Fatalf("%q: hit %d..%d after %d", text, h.Start, h.End, before)
		}
		if utf8.ValidString(text) && !utf8.ValidString(text[h.Start:h.End]) {
			t.Fatalf("%q: hit %d..%d splits a sign", text, h.Start, h.End)
		}
		start, before = h.Start, h.End
	}
}

func FuzzHits(f *testing.F) {
	content, err := os.ReadFile("testdata/sentences.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, l := range strings.Split(string(content), "\n") {
		f.Add(l)
	}
	f.Add("no \xf0visa\x00\u0301签\u200d证 وال ")
	m := NewMatcher(testBook(f))
	f.Fuzz(func(t *testing.T, text string) { checkHits(t, m.Scanner(), text) })
}

func BenchmarkCodes(b *testing.B) {
	content, err := os.ReadFile("testdata/sentences.txt")
	if err != nil {
		b.Fatal(err)
	}
	s := NewMatcher(testBook(b)).Scanner()
	text := string(content)
	b.SetBytes(int64(len(text)))
	var set []int32
	for b.Loop() {
		set, _ = s.Codes(text, set[:0])
	}
}

// The codebook of the bundled example is whole: nothing to mend, and each term
// gives its code.
func TestTheBundledCodebookIsWhole(t *testing.T) {
	content, err := os.ReadFile("../../data/codebook.yaml")
	if err != nil {
		t.Fatal(err)
	}
	cb, findings := Read("codebook.yaml", content)
	if len(findings) > 0 {
		t.Fatalf("findings: %v", findings)
	}
	checkTerms(t, cb)
}

// Terms of one word count where their language is spoken; phrases, terms under
// "all" and what no language can be told of count everywhere.
func TestAWordOfAnotherLanguageDoesNotCount(t *testing.T) {
	cb := &Codebook{Codes: []Theme{
		{ID: "NET", Terms: map[string][]string{"es": {"red", "red de apoyo"}, "all": {"UPR"}}},
		{ID: "TAPE", Terms: map[string][]string{"en": {"tape"}}},
	}}
	s := NewMatcher(cb).Scanner()
	for text, want := range map[string]string{
		"The red flag was there for all of us":               "",
		"La red nos ayudó mucho":                             "NET es",
		"red":                                                "NET es",
		"We have a red de apoyo in the country":              "NET es",
		"Nous avons suivi l'UPR avec les autres":             "NET fr",
		"La red nos ayudó mucho, but the tape ran out of it": "NET es TAPE en",
		"我们用 red 开会":                                         "NET es",
	} {
		var got []string
		for _, h := range s.Hits(text, "") {
			got = append(got, cb.Codes[h.Code].ID, h.Language)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := s.Hits("red", "en"); len(got) != 0 {
		t.Error("a Spanish word counted in an answer that is said to be English")
	}
	both := &Codebook{Codes: []Theme{{ID: "NET", Terms: map[string][]string{"en": {"net"}, "fr": {"web"}, "ru": {"web"}}}}}
	if got := NewMatcher(both).Scanner().Hits("web", "en"); len(got) != 1 || got[0].Language != "ru" {
		t.Errorf("%+v: a French word counted in an answer that is said to be English", got)
	}
}

func TestExclusionsAreOfTheirCode(t *testing.T) {
	cb := &Codebook{Codes: []Theme{
		{ID: "A", Terms: map[string][]string{"en": {"march", "cross"}}, Not: map[string][]string{"en": {"in march", "red cross"}}},
		{ID: "B", Terms: map[string][]string{"en": {"cross"}}},
	}}
	s := NewMatcher(cb).Scanner()
	for text, want := range map[string]string{
		"The march was banned": "A", "We met in March": "", "the red cross": "B", "cross, red cross": "A B", "in march the march": "A",
	} {
		codes, _ := s.Codes(text, nil)
		if got := strings.Join(names(cb, codes), " "); got != want {
			t.Errorf("%q is given %q, want %q", text, got, want)
		}
	}
}

// Signs that are nothing may stand anywhere in a word, as many as there are, and what
// is no UTF-8 parts words.
func TestHiddenSignsAndBrokenOnes(t *testing.T) {
	cb := &Codebook{Codes: []Theme{{ID: "VISA", Terms: map[string][]string{"ar": {"تأشيرة"}, "all": {"visa"}}}}}
	s := NewMatcher(cb).Scanner()
	for n := range 45 {
		for _, hidden := range []string{"ـ", "\u064e", "\u0651\u064e"} {
			run := strings.Repeat(hidden, n)
			for _, aside := range []string{"", "و", "ب", "ال", "وال", "وبال", "لل"} {
				letters := strings.Split("تأشيرة", "")
				for _, text := range []string{aside + run + "تأشيرة", run + aside + "تأشيرة", aside + "تأ" + run + "شيرة", aside + strings.Join(letters, hidden)} {
					if len(s.Hits(text, "")) != 1 {
						t.Fatalf("%q is not found", text)
					}
				}
			}
		}
	}
	for text, want := range map[string]int{
		"ab\xe0\x82\xadvisa": 5, "visa\xe0\x82\xadab": 0, "visa\xe0\x8c\x80ab": 0, "visa\xed\xa0\x80": 0, "\xf0\x82\x82\xadvisa": 4,
	} {
		if hits := s.Hits(text, ""); len(hits) != 1 || hits[0].Start != want {
			t.Errorf("%q: %v, want a hit at %d", text, hits, want)
		}
	}
}

// Words go on across windows, whatever hidden signs stand there.
func TestWordsAcrossWindows(t *testing.T) {
	s := NewMatcher(&Codebook{Codes: []Theme{{ID: "VISA", Terms: map[string][]string{"en": {"visa"}}}}}).Scanner()
	for before := 4000; before < 4200; before++ {
		for _, run := range []string{"", "\u00ad", strings.Repeat("\u00ad", 60)} {
			for text, want := range map[string]int{"a" + run + "visa": 0, " " + run + "visa": 1, "签" + run + "visa": 1, "ж" + run + "visa b": 0} {
				if hits := s.Hits(strings.Repeat(".", before)+text, ""); len(hits) != want {
					t.Fatalf("%d signs before %q: %v, want %d", before, text, hits, want)
				}
			}
		}
	}
}
