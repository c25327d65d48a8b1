package quotes

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/sheet"
)

func TestAQuoteHasTheWordsOfTheAnswerInTheirOrder(t *testing.T) {
	const answer = "We were told late,\nand nobody   explained. A guide would have helped us."
	for _, test := range []struct {
		text string
		want bool
	}{
		{answer, true},
		{"We were told late, and nobody explained.", true},
		{"We were told late [...] A guide would have helped us.", true},
		{"[The officials] told late, and nobody explained.", true},
		{"A guide would have helped us. [...] We were told late", false},
		{"We were told early", false},
		{"we were told late", false},
		{"[We were all told by everybody that it would be] late", false},
		{"[...]", false},
		{"", false},
		{"We were told late[", false},
		{"We were told late[], and nobody", false},
		{"[ ] were told late", false},
		{"We were told late [\u200b\u3164], and nobody", false},
		{"We [...] old late", false},
		{"We we[...] told late", false},
		{"A guide would ha", false},
	} {
		if got := Quotable(answer, test.text); got != test.want {
			t.Errorf("%q: %v, want %v", test.text, got, test.want)
		}
	}
	for _, test := range []struct{ answer, text string }{
		{"It is impossible to come.", "It is [...] possible to come."},
		{"We cannot speak.", "We can[] speak."},
		{"We cannot speak.", "We can[...] speak."},
		{"We can't speak.", "We can [...] speak."},
		{"We can't speak, and can never.", "[...] t speak, and can never."},
		{"A non-existent office helped.", "[An] existent office helped."},
		{"We had 1,500 visitors.", "We had [...] 500 visitors."},
		{"我们不同意", "我们[]同意"},
		{"The minister never threatened us", "[] threatened us"},
		{"لم نستطع المشاركة", "لم [...] شاركة"},
	} {
		if Quotable(test.answer, test.text) {
			t.Errorf("%q passes as words of %q", test.text, test.answer)
		}
	}
	if !Quotable("An impossible thing is possible.", "possible.") {
		t.Error("a word is not found after a longer one that holds it")
	}
	for answer, text := range map[string]string{
		"没有资助方愿意为审议工作出钱。与伙伴组织分担费用本来可行。":                     "与伙伴组织分担费用本来可行。",
		"توقف التمويل\u200f في منتصف العملية. نأمل أن يفيد": "توقف التمويل في منتصف العملية. [...]",
		"No sabi\u0301amos": "No sabíamos",
	} {
		if !Quotable(answer, text) {
			t.Errorf("%q is not found in %q", text, answer)
		}
	}
}

// TestWhateverIsLeftOutAnAnswerCanBeQuoted cuts pieces out of answers.
func TestWhateverIsLeftOutAnAnswerCanBeQuoted(t *testing.T) {
	words := rapid.SliceOfN(rapid.StringMatching(`[a-zа-яء-ي]{1,8}`), 4, 20)
	rapid.Check(t, func(t *rapid.T) {
		all := words.Draw(t, "words")
		from := rapid.IntRange(1, len(all)-2).Draw(t, "from")
		to := rapid.IntRange(from+1, len(all)-1).Draw(t, "to")
		text := strings.Join(all[:from], " ") + " [...] " + strings.Join(all[to:], " ")
		if !Quotable(strings.Join(all, " "), text) {
			t.Fatalf("%q", text)
		}
		if cut := all[from] + " " + all[to]; len([]rune(all[from])) > 1 {
			if text := string([]rune(cut)[1:]) + " [...]"; Quotable(cut, text) {
				t.Fatalf("%q begins within a word", text)
			}
		}
		if other := strings.Join(all[:from], " ") + " 0 " + strings.Join(all[to:], " "); Quotable(strings.Join(all, " "), other) {
			t.Fatalf("%q has a word of its own", other)
		}
	})
}

func TestAnyChangeOfAQuoteVoidsItsApproval(t *testing.T) {
	line := func() Line {
		return Line{Told: []Told{{"region", "north"}, {"size", "small"}}, Quote: "1", Code: "A", Language: "en", Text: "words", Translations: map[string]string{"fr": "mots", "es": "palabras"}, ApprovedBy: "x"}
	}
	first := line()
	for name, change := range map[string]func(*Line){
		"answer": func(l *Line) { l.Quote = "2" }, "code": func(l *Line) { l.Code = "B" }, "language": func(l *Line) { l.Language = "fr" },
		"text": func(l *Line) { l.Text = "words." }, "translation": func(l *Line) { l.Translations["fr"] = "les mots" },
		"one more": func(l *Line) { l.Translations["ru"] = "слова" }, "one less": func(l *Line) { delete(l.Translations, "es") },
		"region": func(l *Line) { l.Told[0].Choice = "south" }, "item": func(l *Line) { l.Told[0].Item = "country" },
		"item more": func(l *Line) { l.Told = append(l.Told, Told{"a", "b"}) }, "item less": func(l *Line) { l.Told = l.Told[:1] },
		"told at all": func(l *Line) { l.Told = nil }, "tag": func(l *Line) { l.Told, l.Translations["size"] = l.Told[:1], "small" },
		"two exchanged": func(l *Line) { l.Translations["fr"], l.Translations["es"] = l.Translations["es"], l.Translations["fr"] },
	} {
		l := line()
		change(&l)
		if l.Fingerprint() == first.Fingerprint() {
			t.Errorf("another %s is not seen", name)
		}
	}
	same := line()
	same.ApprovedBy, same.At.Row = "y", 9
	if same.Fingerprint() != first.Fingerprint() {
		t.Error("who approved it and where it stands are no part of the words")
	}
}

func TestTheSameWordsHaveOneName(t *testing.T) {
	for _, same := range [][2]string{
		{"Money for one, and a list.", "MONEY  for one and a list"}, {"Мы не знали!", "мы не знали"}, {"没有钱。", "没有 钱"},
		{"كلمات، فقط.", "كلمـــات فقط"}, {"No sabíamos", "no sabiamos"}, {"STRASSE", "Straſſe"},
	} {
		if ID("a", same[0]) != ID("a", same[1]) {
			t.Errorf("%q and %q are others", same[0], same[1])
		}
	}
	if ID("a", "words") == ID("b", "words") || ID("a", "words") == ID("a", "word") || ID("a", "没有") == ID("a", "没钱") {
		t.Error("other words have one name")
	}
	if got := Own("Money [...] was [very] short[.]"); got != "Money was short" {
		t.Errorf("own words: %q", got)
	}
}

func TestIdentitiesAreFoundInTextAndTranslations(t *testing.T) {
	for _, l := range []Line{
		{Language: "en", Text: "Write to someone@example.org."},
		{Language: "en", Text: "words", Translations: map[string]string{"fr": "Écrivez à someone@example.org."}},
		{Language: "en", Text: "See https://example.org/us for more."},
		{Language: "en", Text: "Mrs. Example told us."},
	} {
		if len(l.Identities()) == 0 {
			t.Errorf("nothing is found in %+v", l)
		}
	}
	if l := (Line{Language: "en", Text: "Article 19 [e-mail] A/HRC/47/6", Translations: map[string]string{"ru": "Статья 19"}}); len(l.Identities()) > 0 {
		t.Errorf("found %v", l.Identities())
	}
}

func TestTheSheetIsReadAsItWasWritten(t *testing.T) {
	lines := []Line{
		{Quote: "a1", Code: "A", Language: "en", Text: "=words; -1", Translations: map[string]string{"ar": "كلمات", "fr": "mots"}, ApprovedBy: "x"},
		{Quote: "a2", Code: "B", Language: "zh", Text: "词", Translations: map[string]string{}, ApprovedBy: "y"},
	}
	for i := range lines {
		lines[i].Hash = lines[i].Fingerprint()
	}
	lines[1].Hash = "of other words"
	lines[0].Told, lines[0].Answer = []Told{{"region", "north"}}, "The whole answer."
	lines[0].Hash = lines[0].Fingerprint()
	rows := Sheet(lines, []string{"region", "size"}, map[int][]string{1: {"Not so."}})
	for name, write := range map[string]func(*bytes.Buffer) error{
		"q.csv":  func(b *bytes.Buffer) error { return sheet.WriteCSV(b, rows) },
		"q.xlsx": func(b *bytes.Buffer) error { return sheet.WriteBook(b, "quotes", rows) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(rows[1], "|"); got != "a1|A|en|=words; -1|كلمات|mots|north||The whole answer.|x|"+lines[0].Hash+"|" {
			t.Errorf("who approves sees %q", got)
		}
		read, findings := Read(name, b.Bytes(), "region", "size")
		if len(findings) > 0 || len(read) != 2 {
			t.Fatalf("%s: %v %v", name, read, findings)
		}
		read[0].Told = lines[0].Told // of the answers
		for i, l := range read {
			if l.Fingerprint() != lines[i].Fingerprint() || l.Hash != l.Fingerprint() || l.At.Row != i+2 {
				t.Errorf("%s: %+v", name, l)
			}
		}
		if read[0].ApprovedBy != "x" || read[1].ApprovedBy != "" {
			t.Errorf("%s: approvals %q and %q; that of changed words is void", name, read[0].ApprovedBy, read[1].ApprovedBy)
		}
	}
}

func TestSheetsThatCannotBeUnderstoodAreRefused(t *testing.T) {
	const head = "quote,code,language,text,approved_by,hash"
	for _, bad := range []string{"quote,code\n", head + ",aproved\n", head + ",text\n", head + ",text_\n", head + ",_id\n", "\xff\n"} {
		if _, findings := Read("q.csv", []byte(bad)); !finding.Refused(findings) {
			t.Errorf("%q is taken", bad)
		}
	}
	lines, findings := Read("q.csv", []byte(head+",text_fr,region,words\na,A,en,wo\u202erds,x,h,,africa,w\n"), "region")
	if len(findings) > 0 || len(lines) != 1 || len(lines[0].Translations) > 0 || lines[0].Text != "words" {
		t.Errorf("%+v %v", lines, findings)
	}
}

func TestDirectionIsThatOfTheFirstLetter(t *testing.T) {
	for text, want := range map[string]string{"«كلمات»": "rtl", "[1] words كلمات": "ltr", "词": "ltr", "": "ltr", "12": "ltr"} {
		if got := Dir(text); got != want {
			t.Errorf("%q: %s", text, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("quote,code,language,text,approved_by,hash,text_fr\na,A,en,words,x,h,mots\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		lines, _ := Read("q.csv", content)
		for _, row := range Sheet(lines, nil, nil) {
			if slices.Contains(row, "\u202e") {
				t.Error("a mark that turns what follows")
			}
		}
		for _, l := range lines {
			Quotable(l.Text, l.Text)
		}
	})
}
