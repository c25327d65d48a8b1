package coding

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/soundings-survey/soundings/pipeline/language"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

func madeUpCodes() []Code {
	return []Code{
		{ID: "BAR_VISA", Groups: []survey.Text{{"en": "Obstacles", "ar": "العقبات"}, {"en": "On the way"}}, Definitions: survey.Text{"ar": "مشاكل التأشيرة أو السفر."}, Label: survey.Text{"en": "Visas", "ar": "التأشيرات", "zh": "签证"}, Definition: "Visa or travel problems."},
		{ID: "BAR_FUND", Label: survey.Text{"en": "Money", "fr": "Argent"}},
		{ID: "TOL_X", Label: survey.Text{"en": "Money"}}, // a label that two codes have names none
	}
}

// filled writes a workbook, fills in codes and flags by row, and reads it.
func filled(t interface{ Fatal(...any) }, k Workbook, codes map[int][]string, flags map[int]string) []Returned {
	var b bytes.Buffer
	if err := k.Write(&b); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	name := book.GetSheetList()[0]
	rows, err := book.GetRows(name)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		for j := range row {
			at, _ := excelize.CoordinatesToCellName(j+1, i+1)
			formula, err := book.GetCellFormula(name, at)
			kind, _ := book.GetCellType(name, at)
			if err != nil || formula != "" || kind != excelize.CellTypeSharedString && kind != excelize.CellTypeUnset {
				t.Fatal(at, " is no text: ", err)
			}
		}
	}
	w := wordsOf(k.Language)
	head := w.code
	if k.Decisions {
		head = w.decision
	}
	set := func(column, row int, text string) {
		at, err := excelize.CoordinatesToCellName(column+1, row+2)
		if err == nil {
			err = book.SetCellStr(name, at, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	first := slices.Index(rows[0], head+" 1")
	for row, list := range codes {
		for i, c := range list {
			set(first+i, row, c)
		}
	}
	for row, flag := range flags {
		set(slices.Index(rows[0], w.flag), row, flag)
	}
	b.Reset()
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	got, findings := Read("pack.xlsx", b.Bytes(), NewBook(madeUpCodes()), []Coder{{Name: "ana"}}, k.Decisions)
	for _, f := range findings {
		if f.Kind != "coded-open" {
			t.Fatal(f)
		}
	}
	return got
}

func TestWorkbooksComeBackInEveryLanguage(t *testing.T) {
	for _, lang := range language.All() {
		for _, decisions := range []bool{false, true} {
			k := Workbook{Language: lang, Coder: "ana", Context: []string{"Code", "Region"}, Suggest: true, Learnt: true, Decisions: decisions, Codes: madeUpCodes()}
			if decisions {
				k.Letters = 2
			}
			for i := range 5 {
				k.Rows = append(k.Rows, Entry{Name: fmt.Sprint("u", i), Question: "Why?", Language: "en", Text: fmt.Sprint("answer ", i), Suggested: []string{"BAR_VISA"}, Learnt: []string{"BAR_FUND 0.8"}, Coders: []Said{{Codes: []string{"BAR_FUND"}}, {Flag: None}}})
			}
			w := wordsOf(lang)
			shown := madeUpCodes()[0].shown(lang)
			got := filled(t, k, map[int][]string{0: {shown, "BAR_FUND"}, 1: {"bar_fund; BAR_VISA", "Visas"}, 4: {"Argent"}}, map[int]string{2: w.none, 3: w.unclear})
			var said []string
			for _, r := range got {
				if coder := map[bool]string{true: "", false: "ana"}[decisions]; r.Coder != coder || !r.HasText || !strings.HasPrefix(r.Text, "answer ") {
					t.Errorf("%s: row %d is by %q, with the answer %q", lang, r.Row, r.Coder, r.Text)
				}
				said = append(said, fmt.Sprint(r.Row, r.Name, r.Codes, r.Flag))
			}
			want := []string{"2u0[BAR_FUND BAR_VISA]", "3u1[BAR_FUND BAR_VISA]", "4u2[]none", "5u3[]unclear", "6u4[BAR_FUND]"}
			for i := range want {
				if i >= len(said) || strings.ReplaceAll(said[i], " ", "") != strings.ReplaceAll(want[i], " ", "") {
					t.Fatalf("%s, decisions %v: got %v, want %v", lang, decisions, said, want)
				}
			}
		}
	}
}

func TestHeadsNameOneColumnEach(t *testing.T) {
	for _, lang := range language.All() {
		w := wordsOf(lang)
		for head, want := range map[string]string{
			w.unit: colUnit, w.coder: colCoder, w.answer: colAnswer, w.flag: colFlag, w.code + " 3": colCode, w.decision + " 12": colDecision,
			w.coder + " A": "", w.question: "", w.language: "", w.note: "", w.rules: "", w.suggested: "", w.learnt: "",
		} {
			if got := column(head); got != want {
				t.Errorf("%s: the head %q is %q, want %q", lang, head, got, want)
			}
		}
		for cell, want := range map[string]Flag{w.none: None, strings.ToUpper(w.unclear): Unclear, " ": NoFlag} {
			if got, ok := flagOf(cell); !ok || got != want {
				t.Errorf("%s: the flag %q is %q, %v", lang, cell, got, ok)
			}
		}
		for i, r := range []rune(w.answers + w.codes + w.help) {
			if strings.ContainsRune(`[]:*?/\'`, r) {
				t.Errorf("%s: sign %d of the names of sheets cannot be in one", lang, i+1)
			}
		}
		if len(w.guide) != len(english().guide) || len(w.judge) != len(english().judge) {
			t.Errorf("%s: the guides have other lines than in English", lang)
		}
	}
}

// Whatever an answer holds, it is known again when it comes back.
func TestAnswersAreKnownAgain(t *testing.T) {
	parts := []string{"=1+1", "'", "@x", "-", "+", ";", "\n", "\r\n", "\t", " ", "\u00a0", "\ufeff", "\u200f", "e\u0301", "é", "لَم", "签证", "👩‍👩‍👧", "𠮷", "<b>&", "_x000D_", "_x", "0041_", "1e5", "a"}
	random := rand.New(rand.NewPCG(20221124, 1))
	k := Workbook{Language: "en", Coder: "ana", Codes: madeUpCodes()}
	codes := map[int][]string{}
	for i := range 600 {
		text := ""
		for range 1 + random.IntN(8) {
			text += parts[random.IntN(len(parts))]
		}
		k.Rows = append(k.Rows, Entry{Name: "u1", Language: "en", Text: text})
		codes[i] = []string{"BAR_VISA"}
	}
	got, key := filled(t, k, codes, nil), Key("k")
	if len(got) != len(k.Rows) {
		t.Fatalf("%d rows came back of %d", len(got), len(k.Rows))
	}
	for i, r := range got {
		if key.Mark(r.Text) != key.Mark(k.Rows[i].Text) {
			t.Errorf("%q came back as %q", k.Rows[i].Text, r.Text)
		}
	}
}

func TestEqualWorkbooksHaveEqualBytes(t *testing.T) {
	write := func() []byte {
		var b bytes.Buffer
		k := Workbook{Language: "ar", Coder: "ana", Codes: madeUpCodes(), Rows: []Entry{{Name: "u1", Language: "ar", Text: "لم نحصل على تأشيرة"}, {Name: "u2", Language: "en", Text: "none"}}}
		if err := k.Write(&b); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	if !bytes.Equal(write(), write()) {
		t.Error("the same pack has other bytes")
	}
}

func TestWhatDoesNotFitACellIsTold(t *testing.T) {
	if !Fits(strings.Repeat("a", most)) || Fits(strings.Repeat("a", most+1)) || Fits("="+strings.Repeat("a", most-1)) || !Fits(strings.Repeat("签", most)) || Fits(strings.Repeat("👩", most/2+1)) {
		t.Error("cells hold 32,767 UTF-16 units, with the guard")
	}
}

func TestCodesStandWithWhatTheyBelongTo(t *testing.T) {
	c := madeUpCodes()[0]
	if got := c.group("en") + ", " + c.group("ar"); got != "Obstacles › On the way, العقبات › On the way" {
		t.Error(got)
	}
	for lang, want := range map[string]string{"ar": "مشاكل التأشيرة أو السفر.", "fr": "Visa or travel problems."} {
		if got, own := c.definition(lang); got != want || own != (lang == "ar") {
			t.Errorf("%s: %q, of its own: %v", lang, got, own)
		}
	}
}
