package pipeline

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/quotes"
	"github.com/soundings-survey/soundings/pipeline/quotes/bank"
	"github.com/soundings-survey/soundings/pipeline/sheet"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// The files of quotes, in the restricted folder of a run.
const (
	quotesFile   = "quotes.csv"             // every coded answer, a row for each of its codes
	quotesBook   = "quotes.xlsx"            // a few of each code and language that could be published
	approvalBook = "quotes-to-approve.xlsx" // the project's sheet, with hashes and what is said of each line
)

// quotes writes how codes are used, gathers the coded open answers that could be
// quoted, and decides which approved ones may be published as far as answers tell.
func (r *run) quotes(s at, d *dataset.Dataset) (struct{}, error) {
	none := struct{}{}
	s.counted(d.Respondents(), 0, "responses to quotes")
	if r.codebook == nil {
		return none, nil
	}
	if err := r.codeUsage(d); err != nil || r.config.Quotes.Consent == "" {
		return none, err
	}
	q, findings, err := r.quotesRequest(d)
	s.found(findings)
	if err != nil || finding.Refused(findings) {
		return none, err
	}
	f, err := os.OpenFile(filepath.Join(r.private, quotesFile), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return none, cause(err)
	}
	buffered := bufio.NewWriterSize(f, 1<<16)
	_, err = buffered.WriteString(byteOrderMark)
	out := sheet.NewWriter(buffered)
	q.Write = out.Write
	var made bank.Outcome
	if err == nil {
		made, err = bank.Gather(r.ctx, r.engine, d, q)
	}
	out.Flush()
	if err = errors.Join(err, out.Error(), buffered.Flush(), f.Close()); err != nil {
		return none, err
	}
	s.found(notQuoted(q.Lines, made))
	r.quoted = made.Approved
	s.counted(d.Respondents(), int64(len(made.Approved)), "responses to quotes")
	if r.env.check {
		return none, nil
	}
	if err := writeFile(filepath.Join(r.private, quotesBook), func(w io.Writer) error { return sheet.WriteBook(w, "quotes", made.Ready) }); err != nil || len(q.Lines) == 0 {
		return none, err
	}
	status := map[int][]string{}
	for i := range q.Lines {
		for _, why := range made.Refused[i] {
			status[i] = append(status[i], why.Problem)
		}
	}
	return none, writeFile(filepath.Join(r.private, approvalBook), func(w io.Writer) error {
		return sheet.WriteBook(w, "quotes", quotes.Sheet(made.Lines, q.Beside, status))
	})
}

// quotesRequest gathers what is decided on, and refuses what the config cannot mean.
func (r *run) quotesRequest(d *dataset.Dataset) (bank.Request, []finding.Finding, error) {
	c := r.config.Quotes
	q := bank.Request{Default: d.Survey.Default, Consent: c.Consent, Accept: c.Accept, Least: 2 * int64(r.config.Disclosure.For(protect.Public).Threshold), Hits: codesIn(r.codebook, r.matcher)}
	findings := r.config.unfitQuotes(d)
	if finding.Refused(findings) {
		return q, findings, nil
	}
	q.Beside = r.config.folded(c.Beside)
	q.Items, q.Sensitive = codedItems(d), map[string]bool{}
	for _, theme := range r.codebook.Codes {
		q.Sensitive[theme.ID] = theme.Sensitive
	}
	spoken, _ := r.config.languageItem(d.Survey) // what is wrong with it is found by another stage
	if d.Levels[0].Layout.Has(spoken) {
		q.Language = spoken
	}
	if c.Approved == "" {
		return q, nil, nil
	}
	content, err := r.open(c.Approved)
	if err != nil {
		return q, nil, err
	}
	q.Lines, findings = quotes.Read(c.Approved, content, slices.Concat(c.Beside, q.Beside)...)
	return q, findings, nil
}

// codedItems returns the open items of the respondents' level that were coded,
// with the items of their codes.
func codedItems(d *dataset.Dataset) []bank.Coded {
	var out []bank.Coded
	for i := range d.Survey.Items {
		item := &d.Survey.Items[i]
		open, ok := d.Survey.Item(item.Derived)
		if ok && item.List == code.ListName && item.Level == 0 && item.Name == open.Name+code.Suffix && d.Levels[0].Layout.Has(item.Name) {
			out = append(out, bank.Coded{Open: open.Name, Codes: item.Name, Sensitive: open.Role == survey.Sensitive})
		}
	}
	return out
}

// codesIn returns readers that find the codes of a codebook in texts, as a run
// does: the text alone tells its language.
func codesIn(book *code.Codebook, matcher *code.Matcher) func() func(text, language string) []bank.Hit {
	return func() func(text, language string) []bank.Hit {
		scanner := matcher.Scanner()
		return func(text, _ string) []bank.Hit {
			var out []bank.Hit
			for _, h := range scanner.Hits(text, "") {
				if !h.Denied {
					out = append(out, bank.Hit{Code: book.Codes[h.Code].ID, Start: h.Start, End: h.End})
				}
			}
			return out
		}
	}
}

// validQuotes returns what is wrong with the config of quotes by itself.
func (c Config) validQuotes() []finding.Finding {
	out := c.Quotes.Validate()
	if c.Code.Codebook == "" && (c.Quotes.Consent != "" || len(out) > 0) {
		out = append(out, finding.Finding{Kind: "quotes", Severity: finding.Refusal, Problem: "The config speaks of quotes, and no answers are coded.", Remedy: "Add \"code.codebook\": a quote stands under the figure of a code."})
	}
	return out
}

// unfitQuotes refuses items that cannot say whether an answer may be quoted, or
// that must not stand beside a quote.
func (c Config) unfitQuotes(d *dataset.Dataset) []finding.Finding {
	var out []finding.Finding
	refuse := func(key, problem, remedy string) {
		out = append(out, finding.Finding{Stage: "quotes", Kind: "quotes", Severity: finding.Refusal, Place: c.at(key), Problem: problem, Remedy: remedy})
	}
	single := func(name string) (*survey.Item, bool) {
		item, ok := d.Survey.Item(name)
		return item, ok && item.Type == survey.SelectOne && item.Level == 0 && d.Levels[0].Layout.Has(name)
	}
	consent, ok := single(c.Quotes.Consent)
	if !ok {
		refuse("quotes.consent", "The answers have no single-choice item "+c.Quotes.Consent+", in which respondents allow to be quoted.", "Correct the name: it is an item that is asked once.")
	}
	for _, choice := range c.Quotes.Accept {
		if ok && !slices.ContainsFunc(d.Survey.Choices(consent), func(x survey.Choice) bool { return x.Name == choice }) {
			refuse("quotes.accept", "The item "+consent.Name+" has no choice "+choice+".", "Name choices as the form does.")
		}
	}
	for _, name := range c.Quotes.Beside {
		item, ok := single(name)
		switch {
		case !ok:
			refuse("quotes.beside", "The answers have no single-choice item "+name+" to stand beside quotes.", "Correct the name: it is an item that is asked once.")
		case item.Role == survey.Identifying || item.Role == survey.Sensitive || slices.Contains(slices.Concat(c.Disclosure.Country, c.Disclosure.Identity), name):
			refuse("quotes.beside", "The item "+name+" must not stand beside quotes: it is sensitive, or says too much of who answered.", "Take it out.")
		}
	}
	return out
}

// notQuoted says which lines are not published, and why.
func notQuoted(lines []quotes.Line, made bank.Outcome) []finding.Finding {
	var out []finding.Finding
	for i, l := range lines {
		for _, why := range made.Refused[i] {
			out = append(out, finding.Finding{Stage: "quotes", Kind: why.Kind, Severity: finding.Warning, Place: l.At, Problem: "The quote is not published. " + why.Problem, Remedy: why.Remedy})
		}
	}
	return out
}

// quotedTables adds to a plan the tables without which no quote is published: of
// the codes of each item that is quoted, and of the groups that stand beside.
func (r *run) quotedTables(plan *table.Plan) {
	for _, q := range r.quoted {
		plan.Add(table.Row{Analysis: table.PropSelectMultiple, Item: q.Item})
		switch len(q.Beside) {
		case 0:
		case 1:
			plan.Add(table.Row{Analysis: table.PropSelectOne, Item: r.config.unfolded(q.Beside[0])})
		default:
			plan.Add(table.Row{Analysis: table.PropSelectMultiple, Item: q.Item, By: q.Beside})
		}
	}
}
