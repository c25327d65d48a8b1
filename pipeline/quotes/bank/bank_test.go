package bank

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/quotes"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// person is a made-up respondent.
type person struct {
	region, lang, may, text string
	codes                   []int32
	uncoded                 bool // nobody looked for codes
}

// people are 30 in the north and 12 in the south, who wrote numbered words.
func people() []person {
	var out []person
	for i := range 42 {
		p := person{region: "north", lang: "en", may: "yes", text: fmt.Sprintf("Money ran out, case %d. Nothing else.", i), codes: []int32{0}}
		if i >= 30 {
			p.region, p.lang = "south", "fr"
		}
		out = append(out, p)
	}
	out[1].may = "no"
	out[2].may = "" // not answered
	out[3].region = ""
	out[4].text, out[5].text = "The same words.", "The same words."
	out[6].text, out[31].text = "Words of two groups.", "Words of two groups."
	out[7].text, out[8].text, out[8].may = "Words of one who says no.", "Words of one who says no.", "no"
	out[9].codes = []int32{0, 1}
	out[10].text, out[10].codes = "Ask someone@example.org about money.", []int32{0}
	out[11].codes = nil
	out[41].text = "Money"
	out[12].text, out[13].text, out[13].may, out[13].codes = "Words without a code.", "Words without a code.", "no", nil
	return out
}

func made(t *testing.T, all []person, batch int) *dataset.Dataset {
	t.Helper()
	choices := func(names ...string) (out []survey.Choice) {
		for _, n := range names {
			out = append(out, survey.Choice{Name: n})
		}
		return out
	}
	s, findings := survey.New(survey.Survey{Default: "en", Levels: []survey.Level{{Name: survey.RespondentLevel, Parent: -1}, {Name: "visit"}}, Items: []survey.Item{
		{Name: "region", Type: survey.SelectOne, List: "region"}, {Name: "lang", Type: survey.SelectOne, List: "lang"}, {Name: "may", Type: survey.SelectOne, List: "yn"},
		{Name: "what", Type: survey.OpenText}, {Name: "what_codes", Type: survey.SelectMultiple, List: "codebook", Derived: "what"},
		{Name: "detail", Type: survey.OpenText, Level: 1},
	}, Lists: []*survey.ChoiceList{
		survey.NewChoiceList("region", choices("north", "south")), survey.NewChoiceList("lang", choices("en", "fr")),
		survey.NewChoiceList("yn", choices("yes", "no")), survey.NewChoiceList("codebook", choices("MONEY", "FEAR")),
	}})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	layout := dataset.NewLayout(s, 0, nil)
	var batches dataset.Memory
	for at := 0; at < len(all); at += batch {
		b := dataset.NewBuilder(layout)
		for i := at; i < min(at+batch, len(all)); i++ {
			p := all[i]
			b.Begin(dataset.Response{ID: dataset.ID{byte(len(p.text)), byte(i)}, Parent: -1, Weight: 1})
			for name, answer := range map[string]string{"region": p.region, "lang": p.lang, "may": p.may} {
				item, _ := s.Item(name)
				at := slices.IndexFunc(s.Choices(item), func(c survey.Choice) bool { return c.Name == answer })
				if at < 0 {
					b.Column(name).Missing(survey.NotAnswered)
				} else {
					b.Column(name).Code(int32(at))
				}
			}
			b.Column("what").Text(p.text)
			if p.uncoded {
				b.Column("what_codes").Missing(survey.NotAnswered)
			} else {
				b.Column("what_codes").Choose(p.codes)
			}
		}
		batches = append(batches, b.Batch())
	}
	return &dataset.Dataset{Survey: s, Files: []string{"a.csv"}, Levels: []dataset.Level{{Layout: layout, Rows: int64(len(all)), Source: batches}}}
}

// finds is a reader of texts that knows one word.
func finds() func(text, language string) []Hit {
	return func(text, _ string) []Hit {
		if at := strings.Index(text, "Money"); at >= 0 {
			return []Hit{{"MONEY", at, at + len("Money")}}
		}
		return nil
	}
}

// line quotes an answer as it is, approved.
func line(answer string) quotes.Line {
	l := quotes.Line{Quote: quotes.ID("what", answer), Code: "MONEY", Language: "en", Text: answer, ApprovedBy: "a reader"}
	l.Told = []quotes.Told{{Item: "region", Choice: "north"}}
	l.Hash = l.Fingerprint()
	l.Told = nil // the sheet does not say it
	return l
}

// bare is a line that was approved without anything told of who answered.
func bare(answer string) quotes.Line {
	l := line(answer)
	l.Hash = l.Fingerprint()
	return l
}

func gather(t *testing.T, d *dataset.Dataset, workers int, change func(*Request), lines ...quotes.Line) (Outcome, [][]string) {
	t.Helper()
	var rows [][]string
	q := Request{
		Items: []Coded{{Open: "what", Codes: "what_codes"}}, Language: "lang", Default: "en", Consent: "may", Accept: []string{"yes"}, Beside: []string{"region"}, Least: 20,
		Lines: lines, Hits: finds, Write: func(row []string) error { rows = append(rows, slices.Clone(row)); return nil },
	}
	if change != nil {
		change(&q)
	}
	out, err := Gather(context.Background(), engine.Engine{Workers: workers, Dir: t.TempDir()}, d, q)
	if err != nil {
		t.Fatal(err)
	}
	return out, rows
}

func TestTheBankSaysOfEachCodeOfAnAnswerWhetherItCouldBeQuoted(t *testing.T) {
	all := people()
	out, rows := gather(t, made(t, all, 5), 2, nil)
	at := func(column string) int { return slices.Index(rows[0], column) }
	byID := map[string][][]string{}
	for _, r := range rows[1:] {
		byID[r[at("_id")]] = append(byID[r[at("_id")]], r)
	}
	row := func(i int) []string { return byID[fmt.Sprintf("%02x%02x%028x", len(all[i].text), i, 0)][0] }
	if out.Answers != 40 || len(rows) != 42 {
		t.Errorf("%d answers and %d rows", out.Answers, len(rows))
	}
	for i, want := range map[int]string{
		0:  "en yes 29 yes MONEY Money 0 5 0",
		1:  "en no 29 yes MONEY Money 0 5 0",
		2:  "en no 29 yes MONEY Money 0 5 0",
		3:  "en yes 0 no MONEY Money 0 5 0",
		10: "en yes 29 yes MONEY    1",
		40: "en yes 11 no MONEY Money 0 5 0", // whatever its respondent says
		41: "fr yes 1 no MONEY Money 0 5 0",  // too short to tell
	} {
		r := row(i)
		var got []string
		for _, c := range []string{"language", "may_quote", "cell", "large_enough", "code", "words", "start", "end", "replaced"} {
			got = append(got, r[at(c)])
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("respondent %d: %q, want %q", i, s, want)
		}
	}
	if text := row(10)[at("text")]; strings.Contains(text, "example.org") {
		t.Errorf("an identity is left in %q", text)
	}
	for _, r := range out.Ready[1:] {
		if r[at("may_quote")] != "yes" || r[at("large_enough")] != "yes" {
			t.Errorf("nobody could publish %v", r)
		}
	}
	if len(out.Ready) != 1+fewOfEach+1 {
		t.Errorf("%d rows to choose from, want the header, %d of one code and one of another", len(out.Ready), fewOfEach)
	}
}

func TestAQuoteNeedsConsentApprovalItsOwnWordsAndManyAlike(t *testing.T) {
	all := people()
	d := made(t, all, 5)
	with := func(l quotes.Line, change func(*quotes.Line), approve bool) quotes.Line {
		change(&l)
		if approve {
			l.Told = []quotes.Told{{Item: "region", Choice: "north"}}
			l.Hash = l.Fingerprint()
			l.Told = nil
		}
		return l
	}
	for name, test := range map[string]struct {
		line quotes.Line
		want string
	}{
		"approved":                 {line(all[0].text), ""},
		"in part":                  {with(line(all[0].text), func(l *quotes.Line) { l.Text = "Money ran out[.]" }, true), ""},
		"of two alike":             {line(all[4].text), ""},
		"not approved":             {with(line(all[0].text), func(l *quotes.Line) { l.ApprovedBy = "" }, true), "quote-approval"},
		"without hash":             {with(line(all[0].text), func(l *quotes.Line) { l.Hash = "" }, false), "quote-changed"},
		"changed":                  {with(line(all[0].text), func(l *quotes.Line) { l.Text = "Money ran out" }, false), "quote-changed"},
		"translation changed":      {with(line(all[0].text), func(l *quotes.Line) { l.Translations = map[string]string{"fr": "Plus d'argent."} }, false), "quote-changed"},
		"other words":              {with(line(all[0].text), func(l *quotes.Line) { l.Text = "Money was stolen." }, true), "quote-words"},
		"an identity":              {with(line(all[10].text), func(*quotes.Line) {}, true), "quote-identity"},
		"identity in translation":  {with(line(all[0].text), func(l *quotes.Line) { l.Translations = map[string]string{"fr": "someone@example.org"} }, true), "quote-identity"},
		"another code":             {with(line(all[0].text), func(l *quotes.Line) { l.Code = "FEAR" }, true), "quote-code"},
		"no consent":               {line(all[1].text), "quote-consent"},
		"consent not answered":     {line(all[2].text), "quote-consent"},
		"one of two consents":      {line(all[7].text), "quote-consent"},
		"one of two without codes": {line(all[12].text), "quote-consent quote-code"},
		"a word is cut":            {with(line(all[0].text), func(l *quotes.Line) { l.Text = "Money ran o[...]" }, true), "quote-words"},
		"of two groups, one small": {bare(all[6].text), ""},
		"few alike":                {bare(all[40].text), ""}, // bare
		"few alike, and told":      {line(all[40].text), "quote-changed"},
		"of no group":              {bare(all[3].text), ""},
		"nobody's":                 {bare("Words of nobody."), "quote-answer"},
	} {
		out, _ := gather(t, d, 1, nil, test.line)
		var kinds []string
		for _, why := range out.Refused[0] {
			kinds = append(kinds, why.Kind)
		}
		if got := strings.Join(kinds, " "); got != test.want || (len(out.Approved) == 1) != (test.want == "") {
			t.Errorf("%s: %q and %d quotes, want %q", name, got, len(out.Approved), test.want)
		}
	}
	out, _ := gather(t, d, 1, nil, line(all[0].text), line(all[0].text))
	if len(out.Approved) != 1 || len(out.Refused[1]) != 1 || out.Refused[1][0].Kind != "quote-twice" {
		t.Errorf("an answer is quoted twice: %+v", out)
	}
	if a := out.Approved[0]; a.Item != "what_codes" || !slices.Equal(a.Cell, []string{"north"}) {
		t.Errorf("%+v", a)
	}
}

func TestNothingIsToldOfWhoAnsweredWhatIsSensitive(t *testing.T) {
	all := people()
	for name, change := range map[string]func(*Request){
		"code": func(q *Request) { q.Sensitive = map[string]bool{"MONEY": true} },
		"item": func(q *Request) { q.Items[0].Sensitive = true },
	} {
		out, _ := gather(t, made(t, all, 5), 1, change, bare(all[0].text), bare(all[40].text), bare(all[6].text))
		if len(out.Approved) != 3 {
			t.Errorf("%s: %d quotes: %+v", name, len(out.Approved), out.Refused)
		}
		for _, a := range out.Approved {
			if len(a.Beside) > 0 || len(a.Cell) > 0 {
				t.Errorf("%s: %v is told", name, a.Cell)
			}
		}
	}
}

// TestTheBankIsTheSameHoweverAnswersAreDealtOut: for any number of workers, and
// what there is to choose from also in any order of answers.
func TestTheBankIsTheSameHoweverAnswersAreDealtOut(t *testing.T) {
	all := people()
	first, rows := gather(t, made(t, all, 5), 1, nil, line(all[0].text), line(all[6].text))
	for _, workers := range []int{2, 5} {
		again, others := gather(t, made(t, all, 3), workers, nil, line(all[0].text), line(all[6].text))
		if fmt.Sprint(again) != fmt.Sprint(first) || fmt.Sprint(others) != fmt.Sprint(rows) {
			t.Errorf("%d workers make another bank", workers)
		}
	}
	ready := func(o Outcome) string {
		var out []string
		for _, r := range o.Ready {
			out = append(out, r[0]+r[3])
		}
		return strings.Join(out, " ")
	}
	slices.Reverse(all)
	if turned, _ := gather(t, made(t, all, 4), 2, nil); ready(turned) != ready(first) {
		t.Error("another order of answers gives others to choose from")
	}
}
