package pipeline

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/coding"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/identity"
	"github.com/soundings-survey/soundings/pipeline/language"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// AdjudicateRequest asks for the answers on which coders disagree.
type AdjudicateRequest struct {
	Out        string // the workbook; "": in the restricted folder
	Force      bool   // over a file of that name
	Language   string // of the workbook; "": that of the form
	Unredacted string // why identities are to be left in; "": they are taken out
}

// AdjudicateOutcome is what writing them came to.
type AdjudicateOutcome struct {
	Path     string // "" where coders agree on all
	Answers  int    // in the workbook: on which coders disagree, or of which one could not tell what is meant
	Decided  int    // already
	Findings []finding.Finding
}

// adjudicationFile is the workbook where no other name is given.
const adjudicationFile = "adjudication.xlsx"

// Adjudicate reads the answers and the codes that came back anew, and writes a
// workbook in which somebody decides where coders disagree. It publishes nothing.
func Adjudicate(ctx context.Context, c Config, env Env, q AdjudicateRequest) (*AdjudicateOutcome, error) {
	env.check = true
	r, err := begin(ctx, c, env)
	if err != nil {
		return nil, err
	}
	defer r.end()
	if q.Out == "" {
		q.Out = filepath.Join(r.path(c.Folders.Restricted), adjudicationFile)
	}
	if err := outside(r.path(c.Folders.Reports), q.Out); err != nil {
		return nil, err
	}
	r.disputes = &disputes{}
	asked, _ := r.upToCodes()
	if r.err != nil {
		return nil, r.err
	}
	if len(r.codedByPeople) == 0 && len(r.disputes.open) == 0 {
		return nil, errors.New("no answers have come back from coders: name the files under \"coding.files\" in the config")
	}
	book, err := r.disputes.workbook(r, asked, q)
	if err != nil {
		return nil, err
	}
	o := &AdjudicateOutcome{Answers: len(book.Rows), Decided: r.disputes.decided, Findings: r.findings}
	if o.Answers == 0 {
		return o, nil
	}
	if o.Path, err = save(q.Out, q.Force, book.Write); err != nil {
		return nil, err
	}
	if q.Unredacted == "" {
		o.Findings = append(o.Findings, sieved("adjudicate", "Read the workbook before you give it to anybody, and agree on when it is deleted."))
		return o, nil
	}
	o.Findings = append(o.Findings, unredacted("adjudicate", "The workbook holds answers as respondents gave them, with what identifies", adjudicationNotes, "Give it only to somebody whom respondents agreed to be read by."))
	return o, r.noteUnredacted(filepath.Base(o.Path), o.Answers, q.Unredacted)
}

// upToCodes reads the answers anew and codes them, and returns them as they were
// before they had codes. What people say of them is noted on the way.
func (r *run) upToCodes() (*survey.Survey, *dataset.Dataset) {
	asked := step(r, "survey", r.readSurvey)
	answers := step(r, "ingest", func(s at) (*dataset.Dataset, error) { return r.ingest(s, asked) })
	answers = step(r, "clean", func(s at) (*dataset.Dataset, error) { return r.clean(s, answers) })
	answers = step(r, "check", func(s at) (*dataset.Dataset, error) { return r.check(s, answers) })
	step(r, "code", func(s at) (*dataset.Dataset, error) { return r.code(s, answers) })
	return asked, answers
}

// disputes are the answers on which coders disagree.
type disputes struct {
	open    []dispute
	decided int
}

type dispute struct {
	answer coding.Answer
	name   string
	text   string
	unsure []string // coders who could not tell what is meant
}

// add notes an answer that is to be decided on.
func (d *disputes) add(a coding.Answer, name, text string, unsure []string) {
	switch {
	case a.Adjudicated != nil:
		d.decided++
	case len(a.Split()) > 0 || len(unsure) > 0:
		d.open = append(d.open, dispute{a, name, text, unsure})
	}
}

// workbook makes the workbook of decisions, in the order of items and units.
func (d *disputes) workbook(r *run, asked *survey.Survey, q AdjudicateRequest) (coding.Workbook, error) {
	lang := workbookLanguage(q.Language, asked)
	key, err := r.key()
	if err != nil {
		return coding.Workbook{}, err
	}
	out := coding.Workbook{Language: lang, Decisions: true, Codes: bookForCoders(r.codebook).Codes}
	slices.SortFunc(d.open, func(a, b dispute) int {
		return cmp.Or(strings.Compare(a.answer.Item, b.answer.Item), strings.Compare(a.name, b.name))
	})
	for _, one := range d.open {
		text := one.text
		if q.Unredacted == "" {
			text, _ = identity.Redact(text, cmp.Or(one.answer.Language, asked.Default))
		}
		e := coding.Entry{Name: one.name, Question: labelOf(asked, one.answer.Item, lang), Language: one.answer.Language, Text: text, Suggested: one.answer.Rule}
		said := map[string]coding.Said{}
		for _, c := range one.answer.Coders {
			said[c.Coder] = coding.Said{Codes: c.Codes}
			if len(c.Codes) == 0 {
				said[c.Coder] = coding.Said{Flag: coding.None}
			}
		}
		for _, c := range one.unsure {
			said[c] = coding.Said{Flag: coding.Unclear}
		}
		for _, c := range coding.Shuffled(key, r.config.Coding.Seed, one.name, said) {
			e.Coders = append(e.Coders, said[c])
		}
		out.Letters = max(out.Letters, len(e.Coders))
		if !coding.Fits(text) {
			r.findings = append(r.findings, finding.Finding{Stage: "adjudicate", Kind: "long-answer", Severity: finding.Warning, Place: finding.Place{Item: one.answer.Item},
				Problem: "An answer is longer than a cell of a worksheet holds and was left out.", Remedy: "Decide on it in a sheet of your own, with the columns _uuid, item and decision."})
			continue
		}
		out.Rows = append(out.Rows, e)
	}
	return out, nil
}

// workbookLanguage returns the language of the words of a workbook: that which
// is wished, else that of the form, as far as there are words in it.
func workbookLanguage(wished string, asked *survey.Survey) string {
	for _, tag := range []string{wished, asked.Default} {
		base, _, _ := strings.Cut(tag, "-")
		if slices.Contains(language.All(), base) {
			return base
		}
	}
	return "en"
}

// labelOf returns what an item is called in a language.
func labelOf(asked *survey.Survey, name, lang string) string {
	item, ok := asked.Item(name)
	if !ok {
		return name
	}
	label, _ := item.Label.In(lang, asked.Default)
	return cmp.Or(label, name)
}
