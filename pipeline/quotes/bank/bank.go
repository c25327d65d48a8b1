// Package bank gathers the coded open answers that could be quoted, and decides
// on the quotes that analysts ask for as far as answers tell: whether there is
// such an answer, whether its respondent allows it, whether it has the code and
// the words, and how many respondents are like its own.
package bank

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/identity"
	"github.com/soundings-survey/soundings/pipeline/language"
	"github.com/soundings-survey/soundings/pipeline/quotes"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Coded is an open item that respondents are asked once, and the item of the
// codes that its answers were given.
type Coded struct {
	Open, Codes string
	Sensitive   bool // nothing is told of who answered
}

// Hit is where a code was found in a text, in bytes.
type Hit struct {
	Code       string
	Start, End int
}

// Request says what to gather, and what to decide on.
type Request struct {
	Items    []Coded
	Language string // item that says in which language respondents answer, or ""
	Default  string // language where neither it nor the words say
	Consent  string
	Accept   []string
	Beside   []string // single-choice items
	Least    int64    // how many respondents there must be with the same answers to them, and of a language
	Lines    []quotes.Line

	Sensitive map[string]bool // codes with which nothing is told of who answered

	Hits  func() func(text, language string) []Hit // a reader of texts, for one goroutine
	Write func(row []string) error                 // takes the rows of the bank, the header first
}

// Outcome is what came of it.
type Outcome struct {
	Approved []quotes.Approved // that nothing in the answers speaks against, in the order of the sheet
	Refused  map[int][]Reason  // by the place of a line in Request.Lines
	Ready    [][]string        // rows that could be published, a few of each code and language, under a header
	Answers  int64             // of which there are rows
	Lines    []quotes.Line     // those of the request, with the answers and what would be told of who gave them
}

// Gather reads the answers to count who is like whom, to write the bank, and to
// find the words of quotes with those who do not allow it.
func Gather(ctx context.Context, e engine.Engine, d *dataset.Dataset, q Request) (Outcome, error) {
	out := Outcome{}
	g := &gathering{q: q, survey: d.Survey, lines: map[string][]int{}}
	var err error
	if g.sizes, err = g.cells(ctx, e, d.Levels[0]); err != nil {
		return out, fmt.Errorf("count who is like whom: %w", err)
	}
	for i, l := range q.Lines {
		g.lines[l.Quote] = append(g.lines[l.Quote], i)
	}
	if err := q.Write(Columns(q.Beside)); err != nil {
		return out, err
	}
	ready, met := newSample(), map[int]*answer{}
	err = engine.Ordered(ctx, e, d.Batches(0), g.batch, func(all []answer) error {
		for _, a := range all {
			if len(a.rows) > 0 {
				out.Answers++
			}
			for _, r := range a.rows {
				if err := q.Write(r.cells); err != nil {
					return err
				}
				if a.allows && r.large {
					ready.add(r)
				}
			}
			for _, i := range g.lines[a.quote] {
				met[i] = alike(met[i], a, q.Lines[i])
			}
		}
		return nil
	})
	if err != nil {
		return out, fmt.Errorf("gather what could be quoted: %w", err)
	}
	words := ready.words()
	for _, l := range q.Lines {
		words[own(l.Text)] = true
	}
	g.marked = ready.marked() || slices.ContainsFunc(q.Lines, func(l quotes.Line) bool { return strings.Contains(l.Text, "[") })
	said, err := g.others(ctx, e, d, words)
	if err != nil {
		return out, fmt.Errorf("find the words of quotes with others: %w", err)
	}
	for i, l := range q.Lines {
		if a := met[i]; a != nil && said[own(l.Text)] {
			a.others = true
		}
	}
	out.Ready = append([][]string{Columns(q.Beside)}, ready.rows(said)...)
	out.Lines = g.told(met)
	q.Lines = out.Lines
	out.Approved, out.Refused = decide(q, met)
	return out, nil
}

// Columns names the columns of the bank.
func Columns(beside []string) []string {
	head := []string{"quote", "_id", "item", "code", "language", "may_quote"}
	head = append(head, beside...)
	return append(head, "cell", "large_enough", "words", "start", "end", "replaced", "text", "hash")
}

// gathering makes rows of answers.
type gathering struct {
	q      Request
	survey *survey.Survey
	sizes  map[cell]int64
	lines  map[string][]int
	marked bool // some quote has something in place of its own words
}

// answer is a coded answer, and its rows: one for each of its codes. Where a line
// asks for it, it is that of all who wrote the same.
type answer struct {
	quote, item string // item is that of the codes
	text, safe  string // safe is without identities; both only where a line asks for it
	language    string
	codes       []string // that everybody's has
	all         []string // that anybody's has
	cell        []string
	size        int64 // of the cell, in the language
	spoken      int64 // who wrote in the language
	allows      bool
	bare        bool // nothing is told of who answered
	mixed       bool // several gave it, of whom not the same is to be told
	others      bool // the words of the line are all that somebody said who does not allow it
	holds       bool // the words of the line
	rows        []row
}

// alike joins an answer with the same words of others: all of them must allow to
// be quoted.
func alike(first *answer, a answer, l quotes.Line) *answer {
	a.rows, a.codes = nil, slices.Clone(a.codes) // rows are not kept
	a.all = slices.Sorted(slices.Values(a.codes))
	a.holds = quotes.Quotable(a.text, l.Text)
	if first == nil {
		return &a
	}
	first.allows = first.allows && a.allows
	first.bare = first.bare || a.bare
	first.mixed = first.mixed || !slices.Equal(first.cell, a.cell)
	first.size, first.spoken = min(first.size, a.size), min(first.spoken, a.spoken)
	if a.holds && !first.holds || a.holds == first.holds && a.text < first.text { // in any order of answers
		first.text, first.safe, first.language, first.holds = a.text, a.safe, a.language, a.holds
	}
	first.codes = slices.DeleteFunc(first.codes, func(code string) bool { return !slices.Contains(a.codes, code) })
	first.all = append(first.all, a.all...)
	slices.Sort(first.all)
	first.all = slices.Compact(first.all)
	return first
}

type row struct {
	code, language, order string
	answer, own           string // the whole answer, and the same without identities
	words, said           string // of both, once the row is kept
	large                 bool
	cells                 []string
}

// batch makes the rows of a batch. Answers without a code have none.
func (g *gathering) batch(b *dataset.Batch) ([]answer, error) {
	hits := g.q.Hits()
	var out []answer
	for i := range b.Len() {
		chosen := cellOf(g.survey, b, i, g.q.Beside)
		allows := g.allows(b, i)
		spoken := g.choice(b, i, g.q.Language)
		respondent := fmt.Sprintf("%x", b.ID(i))
		for _, it := range g.q.Items {
			open, codes := b.Column(it.Open), b.Column(it.Codes)
			if !open.Answered(i) {
				continue
			}
			var given []int32
			if codes.Answered(i) {
				given = codes.Set(i)
			}
			a := answer{quote: quotes.ID(it.Open, open.Text(i)), item: it.Codes, cell: chosen, allows: allows, bare: it.Sensitive}
			asked := len(g.lines[a.quote]) > 0
			if !asked && len(given) == 0 {
				continue
			}
			lang := g.languageOf(open.Text(i), spoken)
			safe, replaced := identity.Redact(open.Text(i), lang)
			if asked {
				a.text, a.safe = strings.Clone(open.Text(i)), strings.Clone(safe) // kept longer than the batch
			}
			list := g.survey.Choices(codes.Item)
			for _, c := range given {
				a.codes = append(a.codes, list[c].Name)
				a.bare = a.bare || g.q.Sensitive[list[c].Name]
			}
			a.language, a.size, a.spoken = lang, g.sizes[cellIn(lang, chosen)], g.sizes[cell{language: lang}]
			size := a.size
			if a.bare {
				size = a.spoken
			}
			var told []quotes.Told
			if !a.bare && size >= g.q.Least {
				told = tell(g.q.Beside, chosen)
			}
			found := hits(open.Text(i), lang)
			for _, code := range a.codes {
				words, start, end := evidence(open.Text(i), code, found)
				if len(replaced) > 0 {
					words, _ = identity.Redact(words, lang)
				}
				line := quotes.Line{Quote: a.quote, Code: code, Language: lang, Text: strings.TrimSpace(safe), Told: told}
				cells := []string{a.quote, respondent, it.Open, code, lang, yes(allows)}
				cells = append(cells, chosen...)
				cells = append(cells, strconv.FormatInt(size, 10), yes(size >= g.q.Least), words, start, end, strconv.Itoa(len(replaced)), line.Text, line.Fingerprint())
				a.rows = append(a.rows, row{code: code, language: lang, order: line.Fingerprint(), answer: open.Text(i), own: line.Text, large: size >= g.q.Least, cells: cells})
			}
			out = append(out, a)
		}
	}
	return out, nil
}

// allows reports whether a response allows to be quoted.
func (g *gathering) allows(b *dataset.Batch, i int) bool {
	consent := g.choice(b, i, g.q.Consent)
	return consent != "" && slices.Contains(g.q.Accept, consent)
}

// languageOf returns the language of an answer: the one it is found to be in, else
// the one in which its respondent answers.
func (g *gathering) languageOf(text, spoken string) string {
	if found := language.Of(text, spoken); found != "" {
		return found
	}
	return g.q.Default
}

// choice returns the choice that a response made of a single-choice item, "" for none.
func (g *gathering) choice(b *dataset.Batch, i int, item string) string {
	if item == "" {
		return ""
	}
	column := b.Column(item)
	if !column.Answered(i) || column.Codes[i] == dataset.NoCode {
		return ""
	}
	return g.survey.Choices(column.Item)[column.Codes[i]].Name
}

// evidence returns the words for which a text has a code, and where they stand;
// nothing where people gave it.
func evidence(text, code string, hits []Hit) (words, start, end string) {
	for _, h := range hits {
		if h.Code == code && h.Start >= 0 && h.End <= len(text) && h.Start < h.End {
			return text[h.Start:h.End], strconv.Itoa(h.Start), strconv.Itoa(h.End)
		}
	}
	return "", "", ""
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}
