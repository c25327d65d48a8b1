package bank

import (
	"slices"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/quotes"
)

// kinds returns why a line is refused.
func kinds(out Outcome) []string {
	var got []string
	for _, why := range out.Refused[0] {
		got = append(got, why.Kind)
	}
	return got
}

// in is a line of a text out of an answer, approved with the group told.
func in(answer, text string) quotes.Line {
	l := bare(answer)
	l.Text, l.Told = text, []quotes.Told{{Item: "region", Choice: "north"}}
	l.Hash = l.Fingerprint()
	l.Told = nil
	return l
}

// TestWhoeverWroteTheSameWordsMustAllowIt whatever their capitals, punctuation and
// blanks, coded or not.
func TestWhoeverWroteTheSameWordsMustAllowIt(t *testing.T) {
	for _, same := range []string{"Money ran out, case 0. Nothing else", "money ran out case 0: NOTHING  else!", "Money ran out, case 0. Nothing else."} {
		for _, codes := range [][]int32{{0}, nil} {
			all := people()
			all[20].text, all[20].may, all[20].codes = same, "no", codes
			if out, _ := gather(t, made(t, all, 5), 2, nil, line(all[0].text)); !slices.Contains(kinds(out), "quote-consent") {
				t.Errorf("%q: %v", same, kinds(out))
			}
			all[20].uncoded = true
			if out, _ := gather(t, made(t, all, 5), 2, nil, line(all[0].text)); !slices.Contains(kinds(out), "quote-consent") {
				t.Errorf("%q, without a look for codes: %v", same, kinds(out))
			}
			all[20].may, all[20].uncoded = "yes", false
			if out, _ := gather(t, made(t, all, 5), 2, nil, line(all[0].text)); codes != nil && len(out.Approved) != 1 {
				t.Errorf("%q: both allow it: %v", same, kinds(out))
			}
		}
	}
}

// TestWordsOfWhoeverRefusesAreNotOfferedEither, to choose quotes from.
func TestWordsOfWhoeverRefusesAreNotOfferedEither(t *testing.T) {
	for _, same := range []string{"Money ran out, case 0. Nothing else.", "money ran out case 0: NOTHING  else!"} {
		all := people()[:20]
		all = slices.Delete(all, 1, 14) // fewer than a workbook has room for
		offered := func() (texts []string) {
			out, _ := gather(t, made(t, all, 5), 2, func(q *Request) { q.Least = 1 })
			for _, r := range out.Ready[1:] {
				texts = append(texts, r[slices.Index(out.Ready[0], "text")])
			}
			return texts
		}
		if got := offered(); len(got) != len(all) || !slices.Contains(got, all[0].text) {
			t.Fatalf("of %d answers %d are offered", len(all), len(got))
		}
		all[5].text, all[5].may, all[5].codes, all[5].uncoded = same, "no", nil, true
		if got := offered(); len(got) != len(all)-2 || slices.Contains(got, all[0].text) {
			t.Errorf("%q: one refuses, and %d of %d are offered", same, len(got), len(all))
		}
	}
}

// TestWordsOfManyAreOfferedOnceAndOneWhoRefusesTakesNoOtherPlace in the workbook.
func TestWordsOfManyAreOfferedOnceAndOneWhoRefusesTakesNoOtherPlace(t *testing.T) {
	all := people()[14:34]
	for range 60 {
		all = append(all, person{region: "north", lang: "en", may: "yes", text: "Money, money.", codes: []int32{0}})
	}
	offered := func() map[string]int {
		out, _ := gather(t, made(t, all, 5), 2, func(q *Request) { q.Least = 1 })
		texts := map[string]int{}
		for _, r := range out.Ready[1:] {
			texts[r[slices.Index(out.Ready[0], "text")]]++
		}
		return texts
	}
	if got := offered(); len(got) < fewOfEach || got["Money, money."] > 1 {
		t.Errorf("%d texts are offered, that of sixty %d times", len(got), got["Money, money."])
	}
	all = append(all, person{region: "north", lang: "en", may: "no", text: "money money", uncoded: true})
	if got := offered(); len(got) < fewOfEach || got["Money, money."] > 0 {
		t.Errorf("one refuses: %d texts are offered, theirs %d times", len(got), got["Money, money."])
	}
}

// TestWordsThatDifferFromThoseOfARefuserByAnIdentityAreTheirs too.
func TestWordsThatDifferFromThoseOfARefuserByAnIdentityAreTheirs(t *testing.T) {
	all := people()[14:24]
	all[0].text = "Ask someone@example.org about money."
	offered := func() int {
		out, _ := gather(t, made(t, all, 5), 2, func(q *Request) { q.Least = 1 })
		return len(out.Ready) - 1
	}
	if got := offered(); got != len(all) {
		t.Fatalf("%d of %d are offered", got, len(all))
	}
	all = append(all, person{region: "north", lang: "en", may: "no", text: "Ask other@example.net about money", uncoded: true})
	if got := offered(); got != len(all)-2 {
		t.Errorf("one refuses: %d of %d are offered", got, len(all)-1)
	}
	approved := line(all[0].text)
	approved.Text = "Ask [e-mail] about money."
	if out, _ := gather(t, made(t, all, 5), 2, nil, approved); !slices.Contains(kinds(out), "quote-others") {
		t.Errorf("such a quote: %v", kinds(out))
	}
}

// TestAPieceIsNotAllThatSomebodyElseSaid who does not allow to be quoted.
func TestAPieceIsNotAllThatSomebodyElseSaid(t *testing.T) {
	for text, want := range map[string]string{
		"Money ran out [...]":             "quote-others",
		"Money [...] out":                 "",
		"[Again] money ran out":           "quote-words",
		"Money ran out, case 0.":          "",
		"[...] Nothing else.":             "",
		"Money [as they said] ran out[.]": "quote-others",
	} {
		all := people()
		all[20].text, all[20].may, all[20].codes = "money ran out!", "no", nil
		out, _ := gather(t, made(t, all, 5), 2, nil, in(all[0].text, text))
		if got := kinds(out); want == "" && len(got) > 0 || want != "" && !slices.Contains(got, want) {
			t.Errorf("%q: %v, want %q", text, got, want)
		}
	}
}

// TestWholeAnswersInRepeatsAreNotQuoted: it is not looked up who gave them.
func TestWholeAnswersInRepeatsAreNotQuoted(t *testing.T) {
	all := people()
	for said, want := range map[string]string{"money ran out": "quote-others", "Money ran out, and more": ""} {
		d := made(t, all, 5)
		layout := dataset.NewLayout(d.Survey, 1, nil)
		b := dataset.NewBuilder(layout)
		b.Begin(dataset.Response{ID: dataset.ID{1}, Parent: 0, Weight: 1})
		b.Column("detail").Text(said)
		d.Levels = append(d.Levels, dataset.Level{Layout: layout, Rows: 1, Source: dataset.Memory{b.Batch()}})
		out, _ := gather(t, d, 2, nil, in(all[0].text, "Money ran out [...]"))
		if got := kinds(out); (want == "") != (len(got) == 0) || want != "" && got[0] != want {
			t.Errorf("%q: %v", said, got)
		}
	}
}

// TestOfAnAnswerWithAnySensitiveCodeNothingIsTold, also where only another who
// wrote the same words has it.
func TestOfAnAnswerWithAnySensitiveCodeNothingIsTold(t *testing.T) {
	sensitive := func(q *Request) { q.Sensitive = map[string]bool{"FEAR": true} }
	all := people()
	all[5].codes = []int32{0, 1}
	for _, text := range []string{all[9].text, all[4].text} {
		out, _ := gather(t, made(t, all, 5), 2, sensitive, bare(text))
		if len(out.Approved) != 1 || len(out.Approved[0].Beside) > 0 || !slices.Equal(out.Approved[0].Codes, []string{"FEAR", "MONEY"}) {
			t.Errorf("%q: %+v %v", text, out.Approved, kinds(out))
		}
	}
	if out, _ := gather(t, made(t, all, 5), 2, sensitive, line(all[0].text)); len(out.Approved) != 1 || len(out.Approved[0].Cell) != 1 {
		t.Errorf("%v: its own codes are not sensitive", kinds(out))
	}
}

// TestWhoWroteInALanguageOfFewIsToldNothingOf: in the north all but one write
// English, so that nothing is told of the few who write French there; one more does
// elsewhere.
func TestWhoWroteInALanguageOfFewIsToldNothingOf(t *testing.T) {
	const french = "Nous avons dû traduire chaque document nous-mêmes, le soir."
	for n, want := range map[int]struct{ told, hidden bool }{1: {false, true}, 18: {false, true}, 19: {false, false}, 20: {true, false}} {
		all := people()
		for len(all) < 70 {
			all = append(all, person{region: "north", lang: "en", may: "yes", text: "We ran out of money and nobody came to help us.", codes: []int32{0}})
		}
		for i := range n {
			all[69-i].text = french + " Et puis rien" // the same, so that n are in the cell
		}
		all[69].text = french
		l := in(french, french)
		if !want.told {
			l.Hash = l.Fingerprint()
		}
		l.Language = "fr"
		if l.Told = nil; want.told {
			l.Told = []quotes.Told{{Item: "region", Choice: "north"}}
		}
		l.Hash = l.Fingerprint()
		l.Told = nil
		out, _ := gather(t, made(t, all, 5), 2, nil, l)
		if len(out.Approved) != 1 || (len(out.Approved[0].Cell) > 0) != want.told || out.Approved[0].Hidden != want.hidden {
			t.Errorf("%d write French: %+v %v", n, out.Approved, kinds(out))
		}
		if got := out.Lines[0]; (len(got.Told) > 0) != want.told || got.Answer != french {
			t.Errorf("%d write French: who approves sees %+v", n, got)
		}
	}
	all := people() // many write French, in the south
	for range 30 {
		all = append(all, person{region: "south", lang: "fr", may: "yes", text: "Nous n'avons pas assez de temps pour traduire les documents.", codes: []int32{0}})
	}
	all[0].text = french
	l := bare(french)
	l.Language = "fr"
	l.Hash = l.Fingerprint()
	if out, _ := gather(t, made(t, all, 5), 2, nil, l); len(out.Approved) != 1 || len(out.Approved[0].Cell) > 0 || out.Approved[0].Hidden {
		t.Errorf("%+v %v: only the group must not be told", out.Approved, kinds(out))
	}
	l.Language = "pt" // the language that is named counts too
	l.Hash = l.Fingerprint()
	if out, _ := gather(t, made(t, all, 5), 2, nil, l); len(out.Approved) != 1 || !out.Approved[0].Hidden {
		t.Errorf("%+v %v: nobody wrote Portuguese", out.Approved, kinds(out))
	}
	l = bare(all[9].text)
	l.Language = "pt"
	l.Hash = l.Fingerprint()
	if out, _ := gather(t, made(t, all, 5), 2, nil, l); len(out.Approved) != 1 || len(out.Approved[0].Cell) > 0 {
		t.Errorf("%+v %v: nobody of the north wrote Portuguese", out.Approved, kinds(out))
	}
}

// TestAnApprovalIsForWhatIsToldOfTheRespondent: the same line is approved for the
// north; the respondent turns out to be of the south.
func TestAnApprovalIsForWhatIsToldOfTheRespondent(t *testing.T) {
	all := people()
	for i := range all {
		if all[i].region == "south" && i < 40 {
			all[i].region = "north"
		}
	}
	for range 30 {
		all = append(all, person{region: "south", lang: "en", may: "yes", text: "We ran out of money and nobody came to help us.", codes: []int32{0}})
	}
	if out, _ := gather(t, made(t, all, 5), 2, nil, line(all[0].text)); len(out.Approved) != 1 {
		t.Fatal(kinds(out))
	}
	all[4].region = "south" // and one who wrote the same in the north
	if out, _ := gather(t, made(t, all, 5), 2, nil, bare(all[4].text)); !slices.Equal(kinds(out), []string{"quote-alike"}) {
		t.Errorf("of two large groups: %v", kinds(out))
	}
	all[0].region = "south"
	if out, _ := gather(t, made(t, all, 5), 2, nil, line(all[0].text)); !slices.Equal(kinds(out), []string{"quote-changed"}) {
		t.Errorf("%v", kinds(out))
	}
	if out, _ := gather(t, made(t, all, 5), 2, func(q *Request) { q.Beside = nil }, line(all[0].text)); !slices.Equal(kinds(out), []string{"quote-changed"}) {
		t.Errorf("nothing more is told: %v", kinds(out))
	}
}
