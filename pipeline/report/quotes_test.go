package report_test

import (
	"archive/zip"
	"bytes"
	"image"
	"image/png"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/quotes"
	"github.com/soundings-survey/soundings/pipeline/report"
	"github.com/soundings-survey/soundings/pipeline/report/docx"
	"github.com/soundings-survey/soundings/pipeline/report/html"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/report/markdown"
	"github.com/soundings-survey/soundings/pipeline/report/xlsx"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// quoteOf is an approved quote, of somebody in the north.
func quoteOf(row int, lang, text string, translations map[string]string) quotes.Approved {
	return quotes.Approved{
		Line: quotes.Line{Code: "money", Language: lang, Text: text, Translations: translations, ApprovedBy: "Somebody who approves", At: finding.Place{File: "q.csv", Row: row}},
		Item: "words_codes", Beside: []string{"region"}, Cell: []string{"north"},
	}
}

// quoted returns the quotes of a report, with the figures that they stand under.
func quoted(r *report.Report) (out []report.Quote, under []string) {
	for _, ch := range r.Chapters {
		last := ""
		for _, b := range ch.Blocks {
			switch b := b.(type) {
			case report.Figure:
				if !b.Folded {
					last = b.ID
				}
			case report.Quotes:
				out = append(out, b.Quotes...)
				under = append(under, last)
			}
		}
	}
	return out, under
}

func TestQuotesStandUnderTheFigureOfTheirCodesInTheLanguageOfTheReport(t *testing.T) {
	in := sample(t, "en")
	in.Quotes = []quotes.Approved{
		quoteOf(2, "en", "Money [...] was short.", nil),
		quoteOf(3, "ar", "كان المال قليلاً.", map[string]string{"en": "There was little money."}),
	}
	r, findings, err := report.Compose(in)
	if err != nil {
		t.Fatal(err)
	}
	got, under := quoted(r)
	if len(got) != 2 || !slices.Equal(under, []string{"f-words_codes"}) {
		t.Fatalf("%d quotes under %v: %v", len(got), under, findings)
	}
	if q := got[0]; q.Text.Text != "“Money [...] was short.”" || q.Heads != "" || q.From != "North" || q.Topic != "Money" {
		t.Errorf("%+v", q)
	}
	if q := got[1]; q.Text != (report.Spoken{Text: "“There was little money.”", Lang: "en", Dir: "ltr"}) ||
		q.Original != (report.Spoken{Text: "«كان المال قليلاً.»", Lang: "ar", Dir: "rtl"}) || !strings.Contains(q.Heads, "العربية") {
		t.Errorf("%+v", q)
	}
	for _, f := range findings {
		if f.Kind == "quote-left-out" {
			t.Error(f)
		}
	}
}

func TestAQuoteIsLeftOutWhereItsFiguresAreNotShown(t *testing.T) {
	of := func(change func(*quotes.Approved)) quotes.Approved {
		q := quoteOf(2, "en", "Money was short.", nil)
		change(&q)
		return q
	}
	for name, test := range map[string]struct {
		quote quotes.Approved
		want  string
	}{
		"few gave the code":      {of(func(q *quotes.Approved) { q.Item, q.Code, q.Beside, q.Cell = "tools", "rare", nil, nil }), "its code is withheld"},
		"a code that is none":    {of(func(q *quotes.Approved) { q.Code = "other" }), "its code is withheld"},
		"a group that is none":   {of(func(q *quotes.Approved) { q.Cell = []string{"west"} }), "too few"},
		"groups of two items":    {of(func(q *quotes.Approved) { q.Beside, q.Cell = []string{"region", "threat"}, []string{"north", "yes"} }), "too few"},
		"an item that is no one": {of(func(q *quotes.Approved) { q.Item = "others_codes" }), "no figure"},
		"no translation":         {of(func(q *quotes.Approved) { q.Language, q.Text = "fr", "L'argent manquait." }), "no translation"},
	} {
		in := sample(t, "en")
		in.Quotes = []quotes.Approved{test.quote}
		r, findings, err := report.Compose(in)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := quoted(r); len(got) > 0 {
			t.Errorf("%s: %+v is quoted", name, got[0])
		}
		if !slices.ContainsFunc(findings, func(f finding.Finding) bool {
			return f.Kind == "quote-left-out" && f.Place.Row == 2 && strings.Contains(f.Problem, test.want)
		}) {
			t.Errorf("%s: nothing says %q: %v", name, test.want, findings)
		}
	}
}

// TestAQuoteTellsNothingOfWithheldCounts: where codes are shown by groups, one that
// few in a group gave is quoted from no group that it is withheld of.
func TestAQuoteTellsNothingOfWithheldCounts(t *testing.T) {
	in := fewInTheSouth(t)
	for code, want := range map[string]int{"guide": 1, "helpdesk": 0} {
		q := quoteOf(2, "en", "Money was short.", nil)
		q.Item, q.Code = "tools", code
		in.Quotes = []quotes.Approved{q}
		r, findings, err := report.Compose(in)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := quoted(r); len(got) != want {
			t.Errorf("%s: %d quotes, want %d: %v", code, len(got), want, findings)
		}
		q.Beside, q.Cell = nil, nil
		in.Quotes = []quotes.Approved{q}
		if r, _, err = report.Compose(in); err != nil {
			t.Fatal(err)
		}
		if got, _ := quoted(r); len(got) != 1 {
			t.Errorf("%s: it can be quoted where nothing is told of who did", code)
		}
	}
}

// TestOfAWithheldCodeOfTheAnswerNoGroupIsTold though the quote stands under another.
func TestOfAWithheldCodeOfTheAnswerNoGroupIsTold(t *testing.T) {
	in := fewInTheSouth(t)
	for _, test := range []struct {
		codes []string
		want  int
	}{{[]string{"guide"}, 1}, {[]string{"guide", "helpdesk"}, 0}} {
		q := quoteOf(2, "en", "Money was short.", nil)
		q.Item, q.Code, q.Codes = "tools", "guide", test.codes
		in.Quotes = []quotes.Approved{q}
		r, findings, err := report.Compose(in)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := quoted(r); len(got) != test.want {
			t.Errorf("%v: %d quotes, want %d: %v", test.codes, len(got), test.want, findings)
		}
	}
}

// TestOfALanguageOfFewOnlyATranslationIsShown, in all languages of the report or
// in none: where it were missing it was written.
func TestOfALanguageOfFewOnlyATranslationIsShown(t *testing.T) {
	english, arabic := sample(t, "en").Language, sample(t, "ar").Language
	all := map[string]string{"en": "There was little money.", "ar": "كان المال قليلاً."}
	for name, test := range map[string]struct {
		lang, text   string
		translations map[string]string
		want         string
	}{
		"translated":            {"fr", "L’argent manquait.", all, "“There was little money.”"},
		"in one only":           {"fr", "L’argent manquait.", map[string]string{"en": all["en"]}, ""},
		"a language of reports": {"ar", "كان المال قليلاً.", all, ""},
		"that of the report":    {"en", "Money was short.", all, ""},
		"translated by its own": {"fr", "L’argent manquait.", map[string]string{"en": "l’argent manquait", "ar": all["ar"]}, ""},
		"not translated at all": {"fr", "L’argent manquait.", nil, ""},
	} {
		in := sample(t, "en")
		in.Languages = []*lang.Language{english, arabic}
		q := quoteOf(2, test.lang, test.text, test.translations)
		q.Hidden, q.Beside, q.Cell = true, nil, nil
		in.Quotes = []quotes.Approved{q}
		r, findings, err := report.Compose(in)
		if err != nil {
			t.Fatal(err)
		}
		got, _ := quoted(r)
		if test.want == "" {
			if len(got) > 0 || !slices.ContainsFunc(findings, func(f finding.Finding) bool {
				return f.Kind == "quote-left-out" && f.Place.Row == 2 && strings.Contains(f.Problem, "few respondents wrote in its language")
			}) {
				t.Errorf("%s: %+v %v", name, got, findings)
			}
			continue
		}
		if len(got) != 1 || got[0].Text.Text != test.want || got[0].Text.Lang != "en" || got[0].Original != (report.Spoken{}) || got[0].Heads != "" {
			t.Errorf("%s: %+v %v", name, got, findings)
		}
	}
}

// TestMostOfThoseWithACodeAreNotQuoted: of 90 who gave a code 80 may be, so that
// as many as the threshold asks for are not.
func TestMostOfThoseWithACodeAreNotQuoted(t *testing.T) {
	for n, want := range map[int]int{80: 80, 81: 0} {
		in := sample(t, "en")
		for i := range n {
			in.Quotes = append(in.Quotes, quoteOf(i+2, "en", "Money was short.", nil))
		}
		r, _, err := report.Compose(in)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := quoted(r); len(got) != want {
			t.Errorf("of %d quotes %d are shown, want %d", n, len(got), want)
		}
	}
}

func TestEveryFormatShowsQuotesAndNobodyWhoApproved(t *testing.T) {
	for _, tag := range []string{"en", "ar"} {
		in := sample(t, tag)
		in.Quotes = []quotes.Approved{
			quoteOf(2, "en", `Money <b>*was*</b> short & "late".`, map[string]string{"ar": "كان المال قليلاً ومتأخراً."}),
			quoteOf(3, "ar", "كان المال قليلاً.", map[string]string{"en": "There was little money."}),
		}
		r, _, err := report.Compose(in)
		if err != nil {
			t.Fatal(err)
		}
		page, err := html.Write(r)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{`<blockquote`, `lang="ar" dir="rtl"><p>«كان المال قليلاً.»`, `<p>“Money &lt;b&gt;*was*&lt;/b&gt; short &amp; &#34;late&#34;.”</p>`} {
			if !bytes.Contains(page, []byte(want)) {
				t.Errorf("%s: the page lacks %s", tag, want)
			}
		}
		book, err := xlsx.Write(r, nil)
		if err != nil {
			t.Fatal(err)
		}
		document, err := docx.Write(r, func(report.Figure) ([]byte, error) { return onePixel(t), nil })
		if err != nil {
			t.Fatal(err)
		}
		files := map[string]string{"page": string(page), "summary": string(markdown.Write(r)), "workbook": unzipped(t, book), "document": unzipped(t, document)}
		for name, content := range files {
			if !strings.Contains(content, "كان المال قليلاً.") {
				t.Errorf("%s: the %s lacks the quote in Arabic", tag, name)
			}
			if strings.Contains(content, "Somebody") {
				t.Errorf("%s: the %s says who approved it", tag, name)
			}
		}
	}
}

func onePixel(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// unzipped returns all that a packed file holds.
func unzipped(t *testing.T, content []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, f := range z.File {
		part, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&out, part); err != nil {
			t.Fatal(err)
		}
	}
	return out.String()
}

// fewInTheSouth is a report by region of answers of which five in the south have
// the choice helpdesk.
func fewInTheSouth(t *testing.T) report.Input {
	t.Helper()
	in := sample(t, "en")
	all := replies()
	for i := 110; i < len(all); i++ { // five in the south are left
		all[i].choices["tools"] = slices.DeleteFunc(all[i].choices["tools"], func(c string) bool { return c == "helpdesk" })
	}
	plan := table.Guess(in.Survey, []string{"region"})
	var tables []*table.Table
	for _, row := range plan.Rows {
		tables = append(tables, tally(in.Survey, row, all))
	}
	var err error
	if in.Safe, _, err = protect.Protect(in.Survey, plan, tables, nil, protect.Public, protect.Config{Threshold: 10}); err != nil {
		t.Fatal(err)
	}
	in.Components = nil
	return in
}
