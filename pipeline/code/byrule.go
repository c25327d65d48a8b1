package code

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/language"
)

// LanguageSummary says what rules gave to the open answers in a language, before
// people had a say, of items that respondents are asked once.
type LanguageSummary struct {
	Item        string      `json:"item"`        // the open item; empty: all of them
	Language    string      `json:"language"`    // empty: of answers that do not tell it; * for all languages
	Answers     int64       `json:"answers"`     // read
	Respondents int64       `json:"respondents"` // who gave them
	Codes       []RuleCount `json:"codes"`       // in the order of the codebook
}

// RuleCount is how many answers rules gave a code, and of how many respondents.
type RuleCount struct {
	Code        string `json:"code"`
	Answers     int64  `json:"answers"`
	Respondents int64  `json:"respondents"`
}

// AllOfThem stands for all languages.
const AllOfThem = "*"

// tongues are the languages that answers are told apart by; the last is for all.
var tongues = append(language.All(), "", AllOfThem)

// tongueOf returns which of them a text is in.
func tongueOf(text string) int {
	code, _ := language.Detect(text)
	return slices.Index(tongues, code)
}

// ruleTally counts what rules gave, by open item and language; the last item is
// all of them. A respondent counts once in each cell.
type ruleTally struct {
	items, codes int
	cells        []ruleCell // by item and language
}

type ruleCell struct {
	answers, respondents int64
	codes                []RuleCount // without the code
	last                 int         // the response that was counted last
	lasts                []int       // the same of each code
}

func newRuleTally(items, codes int) *ruleTally {
	t := &ruleTally{items: items + 1, codes: codes, cells: make([]ruleCell, (items+1)*len(tongues))}
	for i := range t.cells {
		t.cells[i].codes, t.cells[i].lasts = make([]RuleCount, codes), make([]int, codes)
	}
	return t
}

// add counts an answer of a response, whose number in the batch begins at 1.
func (t *ruleTally) add(item, response int, text string, codes []int32) {
	tongue := tongueOf(text)
	for _, i := range [...]int{item, t.items - 1} {
		for _, l := range [...]int{tongue, len(tongues) - 1} {
			t.cells[i*len(tongues)+l].add(response, codes)
		}
	}
}

func (c *ruleCell) add(response int, codes []int32) {
	c.answers++
	if c.last != response {
		c.last = response
		c.respondents++
	}
	for _, k := range codes {
		c.codes[k].Answers++
		if c.lasts[k] != response {
			c.lasts[k] = response
			c.codes[k].Respondents++
		}
	}
}

func (t *ruleTally) merge(o *ruleTally) {
	for i := range t.cells {
		a, b := &t.cells[i], &o.cells[i]
		a.answers, a.respondents = a.answers+b.answers, a.respondents+b.respondents
		for k := range a.codes {
			a.codes[k].Answers += b.codes[k].Answers
			a.codes[k].Respondents += b.codes[k].Respondents
		}
	}
}

// summaries lists the cells in which there are answers.
func (t *ruleTally) summaries(cb *Codebook, items []codedItem) []LanguageSummary {
	var out []LanguageSummary
	for i := range t.items {
		name := ""
		if i < len(items) {
			if name = items[i].open; name == "" {
				continue // the union of the items is the last of all
			}
		}
		for l, tongue := range tongues {
			c := t.cells[i*len(tongues)+l]
			if c.answers == 0 {
				continue
			}
			s := LanguageSummary{Item: name, Language: tongue, Answers: c.answers, Respondents: c.respondents}
			for k, n := range c.codes {
				n.Code = cb.Codes[k].ID
				s.Codes = append(s.Codes, n)
			}
			out = append(out, s)
		}
	}
	return out
}
