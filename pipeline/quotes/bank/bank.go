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
	Least    int64    // how many respondents there must be with the same answers to them
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
}

// Gather reads the answers twice: to count who is like whom, and to write the
// bank.
func Gather(ctx context.Context, e engine.Engine, d *dataset.Dataset, q Request) (Outcome, error) {
	out := Outcome{}
	sizes, all, err := cells(ctx, e, d, q.Beside)
	if err != nil {
		return out, fmt.Errorf("count who is like whom: %w", err)
	}
	g := &gathering{q: q, survey: d.Survey, sizes: sizes, all: all, lines: map[string][]int{}}
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
				if a.allows && r.size >= q.Least {
					ready.add(r)
				}
			}
			for _, i := range g.lines[a.quote] {
				met[i] = alike(met[i], a)
			}
		}
		return nil
	})
	if err != nil {
		return out, fmt.Errorf("gather what could be quoted: %w", err)
	}
	out.Ready = append([][]string{Columns(q.Beside)}, ready.rows()...)
	out.Approved, out.Refused = decide(q, all, met)
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
	sizes  map[string]int64
	all    int64 // respondents
	lines  map[string][]int
}

// answer is a coded answer, and its rows: one for each of its codes.
type answer struct {
	quote, item string // item is that of the codes
	text        string // only where a line asks for it
	codes       []string
	cell        []string
	size        int64
	allows      bool
	bare        bool // nothing is told of who answered
	mixed       bool // several gave it, of whom not the same is to be told
	rows        []row
}

// alike joins an answer with the same words of others: all of them must allow to
// be quoted.
func alike(first *answer, a answer) *answer {
	if first == nil {
		a.rows, a.codes = nil, slices.Clone(a.codes) // rows are not kept
		return &a
	}
	first.allows = first.allows && a.allows
	first.mixed = first.mixed || !slices.Equal(first.cell, a.cell)
	first.codes = slices.DeleteFunc(first.codes, func(code string) bool { return !slices.Contains(a.codes, code) })
	return first
}

type row struct {
	code, language, order string
	size                  int64
	cells                 []string
}

// batch makes the rows of a batch. Answers without a code have none.
func (g *gathering) batch(b *dataset.Batch) ([]answer, error) {
	hits := g.q.Hits()
	var out []answer
	for i := range b.Len() {
		cell := cellOf(g.survey, b, i, g.q.Beside)
		size := g.sizes[strings.Join(cell, "\x00")]
		consent := g.choice(b, i, g.q.Consent)
		allows := consent != "" && slices.Contains(g.q.Accept, consent)
		spoken := g.choice(b, i, g.q.Language)
		respondent := fmt.Sprintf("%x", b.ID(i))
		for _, it := range g.q.Items {
			open, codes := b.Column(it.Open), b.Column(it.Codes)
			if !open.Answered(i) || !codes.Answered(i) {
				continue
			}
			a := answer{quote: quotes.ID(it.Open, open.Text(i)), item: it.Codes, cell: cell, size: size, allows: allows, bare: it.Sensitive}
			if len(g.lines[a.quote]) > 0 {
				a.text = strings.Clone(open.Text(i)) // kept longer than the batch
			} else if len(codes.Set(i)) == 0 {
				continue
			}
			lang := g.languageOf(open.Text(i), spoken)
			safe, replaced := identity.Redact(open.Text(i), lang)
			found := hits(open.Text(i), lang)
			list := g.survey.Choices(codes.Item)
			for _, c := range codes.Set(i) {
				code := list[c].Name
				a.codes = append(a.codes, code)
				size := size
				if it.Sensitive || g.q.Sensitive[code] {
					size = g.all
				}
				words, start, end := evidence(open.Text(i), code, found)
				if len(replaced) > 0 {
					words, _ = identity.Redact(words, lang)
				}
				line := quotes.Line{Quote: a.quote, Code: code, Language: lang, Text: strings.TrimSpace(safe)}
				cells := []string{a.quote, respondent, it.Open, code, lang, yes(allows)}
				cells = append(cells, cell...)
				cells = append(cells, strconv.FormatInt(size, 10), yes(size >= g.q.Least), words, start, end, strconv.Itoa(len(replaced)), line.Text, line.Fingerprint())
				a.rows = append(a.rows, row{code: code, language: lang, order: line.Fingerprint(), size: size, cells: cells})
			}
			out = append(out, a)
		}
	}
	return out, nil
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
