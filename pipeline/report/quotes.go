package report

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/quotes"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Quotes are words of respondents, under the figure of the codes that they were
// given.
type Quotes struct {
	Label  string
	Quotes []Quote
	Notes  []string // under them: who stands for them, and what square brackets mean
}

// Quote is what one respondent wrote. Its numbers are the respondent's own.
type Quote struct {
	Topic    string // the code
	Text     Spoken // in the language of the report
	Original Spoken // as it was written; zero where that is Text
	Heads    string // heads the original
	From     string // what is told of the respondent; may be empty
}

// Spoken is a text in a language of its own.
type Spoken struct {
	Text, Lang, Dir string // in quotation marks of its language
}

func (Quotes) block() {}

// quoted says by the place of a line in its sheet why a quote does not stand in
// the report: "" for one that does.
type quoted map[finding.Place]reason

type reason string

// Why a quote is left out.
const (
	noFigure   reason = "no figure"
	codeHeld   reason = "code withheld"
	cellHeld   reason = "cell withheld"
	noLanguage reason = "not translated"
	fewWrote   reason = "few wrote in its language"
)

// quotes are the words of respondents that may stand under the figure of an item
// of codes.
func (c *composer) quotes(i *survey.Item, v *protect.View) []Block {
	out := Quotes{Label: c.l.Say("quote.label"), Notes: []string{c.l.Say("quote.note")}}
	edited := false
	for _, q := range c.in.Quotes {
		if q.Item != i.Name {
			continue
		}
		why := c.quoteHeld(q, v)
		text, original, ok := c.inLanguage(q)
		switch {
		case why != "":
		case q.Hidden && !c.translatedEverywhere(q):
			why = fewWrote
		case !ok:
			why = noLanguage
		}
		c.quoted[q.At] = why
		if why != "" {
			continue
		}
		quote := Quote{Topic: c.labels.choice(c.s, i, q.Code), Text: text, Original: original, From: c.saidOfWhom(q)}
		if original.Text != "" {
			quote.Heads = c.l.Say("quote.original", lang.Args{"language": c.languageName(original.Lang)})
		}
		edited = edited || strings.Contains(text.Text+original.Text, "[")
		out.Quotes = append(out.Quotes, quote)
	}
	if len(out.Quotes) == 0 {
		return nil
	}
	if edited {
		out.Notes = append(out.Notes, c.l.Say("quote.brackets"))
	}
	return []Block{out}
}

// quoteHeld says why the figures beside a quote forbid it, or "". How many gave its
// code must be shown, and be more than those quoted by at least the threshold. The
// group that it is said to come from must be shown too, with at least twice the
// threshold, and where codes are shown by such groups, so must all codes of the
// answer be there: else a quote would tell of a withheld count that it is not nought.
func (c *composer) quoteHeld(q quotes.Approved, all *protect.View) reason {
	least := float64(c.in.Safe.Threshold())
	of := 0
	for _, x := range c.in.Quotes {
		if x.Item == q.Item && x.Code == q.Code {
			of++
		}
	}
	n, _, shown := c.pen.Value(all.Count(0, slices.Index(all.Choices(), q.Code)))
	if !shown || n < least+float64(of) {
		return codeHeld
	}
	if len(q.Beside) == 0 {
		return ""
	}
	by, ok := c.s.Item(q.Beside[0])
	if !ok {
		return cellHeld
	}
	v := c.view(table.PropSelectMultiple, q.Item, q.Beside...)
	size, known := protect.Number{}, true
	if len(q.Beside) == 1 {
		size, known = c.groupSize(by, q.Cell)
	} else if d := domainOf(v, q.Cell); d >= 0 {
		size = v.Base(d)
	}
	if n, _, shown := c.pen.Value(size); !known || !shown || n < 2*least {
		return cellHeld
	}
	for _, v := range c.in.Safe.Views() {
		if c.withheldThere(v, q) {
			return cellHeld
		}
	}
	return ""
}

// withheldThere reports whether a table shows codes by groups that are told of a
// quote, and not how many of its group gave the code: that of its item, or of all
// open answers.
func (c *composer) withheldThere(v *protect.View, q quotes.Approved) bool {
	row := v.Row()
	item, of := v.Item(), survey.Item{}
	if i, ok := c.s.Item(q.Item); ok {
		of = *i
	}
	if row.Analysis != table.PropSelectMultiple || len(row.By) == 0 || item.List != of.List || !tells(v) {
		return false
	}
	var cell []string
	for _, by := range row.By {
		at := slices.Index(q.Beside, by)
		if at < 0 {
			return false // more is asked there than is told of the quote
		}
		cell = append(cell, q.Cell[at])
	}
	d := domainOf(v, cell)
	return d < 0 || slices.ContainsFunc(append([]string{q.Code}, q.Codes...), func(code string) bool {
		return v.Share(d, slices.Index(v.Choices(), code)).Status() != protect.Published
	})
}

// domainOf returns the place of a group in a table, -1 where it has none.
func domainOf(v *protect.View, cell []string) int {
	if v == nil {
		return -1
	}
	return slices.IndexFunc(v.Domains(), func(d protect.Domain) bool { return slices.Equal(d.Values, cell) })
}

// tells reports whether a table shows anything.
func tells(v *protect.View) bool {
	if v == nil {
		return false
	}
	for d := range v.Domains() {
		for k := range v.Choices() {
			if v.Share(d, k).Status() == protect.Published {
				return true
			}
		}
	}
	return false
}

// translatedEverywhere reports whether a quote has a translation in each language
// of the report: of one in a language of few, that in which it is missing could be
// the one it was written in. Its own words are no translation.
func (c *composer) translatedEverywhere(q quotes.Approved) bool {
	tags := []string{c.l.Tag}
	for _, l := range c.in.Languages {
		tags = append(tags, l.Tag)
	}
	return !slices.ContainsFunc(tags, func(tag string) bool {
		translated := q.Translations[tag]
		return tag == q.Language || translated == "" || quotes.Folded(translated) == quotes.Folded(q.Text)
	})
}

// inLanguage returns a quote in the language of the report, and as it was written
// where that is another one and enough wrote in it. Without a translation it cannot
// be read.
func (c *composer) inLanguage(q quotes.Approved) (text, original Spoken, ok bool) {
	if q.Hidden {
		return inMarks(q.Translations[c.l.Tag], c.l.Tag), Spoken{}, true
	}
	said := inMarks(q.Text, q.Language)
	if q.Language == c.l.Tag {
		return said, Spoken{}, true
	}
	translated := q.Translations[c.l.Tag]
	return inMarks(translated, c.l.Tag), said, translated != ""
}

// inMarks puts a text into the quotation marks of its language.
func inMarks(text, tag string) Spoken {
	open, end := "“", "”"
	switch base, _, _ := strings.Cut(tag, "-"); base {
	case "fr":
		open, end = "«\u202f", "\u202f»"
	case "ar", "es", "ru":
		open, end = "«", "»"
	}
	return Spoken{Text: open + text + end, Lang: tag, Dir: quotes.Dir(text)}
}

// languageName is what a language calls itself, or its tag.
func (c *composer) languageName(tag string) string {
	all, _ := lang.Languages() // without them a tag serves
	for _, l := range all {
		if l.Tag == tag {
			return c.labels.whole(l.Name)
		}
	}
	return c.labels.whole(tag)
}

// saidOfWhom is what is told of the respondent.
func (c *composer) saidOfWhom(q quotes.Approved) string {
	var parts []string
	for k, name := range q.Beside {
		if by, ok := c.s.Item(name); ok {
			parts = append(parts, c.groupLabel(by, q.Cell[k:k+1]))
		}
	}
	return strings.Join(parts, " · ")
}

// quoteFindings says which approved quotes do not stand in the report. What holds
// in all languages is said in the first.
func (c *composer) quoteFindings() []finding.Finding {
	var out []finding.Finding
	first := len(c.in.Languages) == 0 || c.in.Languages[0].Tag == c.l.Tag
	for _, q := range c.in.Quotes {
		why, met := c.quoted[q.At]
		if !met {
			why = noFigure
		}
		f := finding.Finding{Stage: "report", Kind: "quote-left-out", Severity: finding.Warning, Place: q.At}
		switch why {
		case "":
			continue
		case noLanguage:
			f.Problem = "The quote is not in the report in the language " + c.l.Tag + ": there is no translation."
			f.Remedy = "Add it as text_" + c.l.Tag + ", and let the line be approved again."
			out = append(out, f)
			continue
		case fewWrote:
			f.Problem = "The quote is not in the report: few respondents wrote in its language, so that only a translation may be shown, and one is missing in a language of the report, or the report is in its own language too."
			f.Remedy = "Add translations into all languages of the report, or quote another answer."
		case noFigure:
			f.Problem = "The quote is not in the report: the item of its codes has no figure there."
			f.Remedy = "Show the item, or take the line out."
		case codeHeld:
			f.Problem = "The quote is not in the report: how many gave its code is withheld, or is hardly more than are quoted."
			f.Remedy = "Quote an answer with a code that more gave."
		case cellHeld:
			f.Problem = "The quote is not in the report: respondents of whom the same would be told are too few, or how many of them gave a code of the answer is withheld."
			f.Remedy = "Have fewer items under \"quotes.beside\", or quote another answer."
		}
		if first {
			out = append(out, f)
		}
	}
	return out
}
