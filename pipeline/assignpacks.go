package pipeline

import (
	"cmp"
	"fmt"
	"io"

	"github.com/soundings-survey/soundings/pipeline/coding"
	"github.com/soundings-survey/soundings/pipeline/language"
	"github.com/soundings-survey/soundings/pipeline/refi"
	"github.com/soundings-survey/soundings/pipeline/refi/answers"
	"github.com/soundings-survey/soundings/pipeline/refi/themes"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// write writes the pack of each coder. If one cannot be written it returns those
// that are.
func (w *assigning) write() ([]PackFile, error) {
	byName := make(map[string]*givenAnswer, len(w.given))
	packs := map[string][]string{}
	for _, g := range w.given {
		byName[g.name] = g
		for _, c := range g.coders {
			packs[c] = append(packs[c], g.name)
		}
	}
	var out []PackFile
	for _, c := range w.coders {
		names := packs[c.Name]
		if len(names) == 0 {
			continue
		}
		coding.Shuffle(w.key, w.seed, c.Name, names)
		var mine []*givenAnswer
		for _, n := range names {
			mine = append(mine, byName[n])
		}
		path := w.packPath(c)
		write := w.workbook(c, mine).Write
		if w.request.Format != "xlsx" {
			content, err := w.project(c, mine)
			if err != nil {
				return out, fmt.Errorf("make the project of a coder: %w", err)
			}
			write = func(to io.Writer) error { _, err := to.Write(content); return err }
		}
		if err := placed(path, write); err != nil {
			return out, err
		}
		out = append(out, PackFile{Coder: c.Name, Path: path, Answers: len(mine)})
	}
	return out, nil
}

// languageFor returns the language of a coder's pack: the first that they read,
// else that of most of the answers.
func (w *assigning) languageFor(c coding.Coder, mine []*givenAnswer) string {
	if len(c.Languages) > 0 {
		return c.Languages[0]
	}
	counts := map[string]int{}
	for _, g := range mine {
		counts[g.language]++
	}
	best := workbookLanguage("", w.asked)
	for _, l := range language.All() {
		if counts[l] > counts[best] {
			best = l
		}
	}
	return best
}

// contextIn returns what was given to the items of context, in words.
func (w *assigning) contextIn(g *givenAnswer, lang string) []string {
	var out []string
	for i, value := range g.context {
		for _, choice := range w.asked.Choices(w.context[i]) {
			if choice.Name == value {
				label, _ := choice.Label.In(lang, w.asked.Default)
				value = cmp.Or(label, value)
				break
			}
		}
		out = append(out, value)
	}
	return out
}

// workbook makes the workbook of a coder.
func (w *assigning) workbook(c coding.Coder, mine []*givenAnswer) coding.Workbook {
	lang := w.languageFor(c, mine)
	book := coding.Workbook{Language: lang, Coder: c.Name, Suggest: w.rules != nil, Learnt: w.request.Learnt, Codes: bookForCoders(w.book).Codes}
	for _, it := range w.context {
		book.Context = append(book.Context, survey.Shorter(it.Short, it.Label, it.Name, lang, w.asked.Default))
	}
	for _, g := range mine {
		e := coding.Entry{Name: g.name, Question: labelOf(w.asked, g.unit.Item, lang), Language: g.language, Text: g.text, Context: w.contextIn(g, lang), Learnt: g.learnt}
		if w.rules != nil {
			codes, _ := w.rules.Codes(g.text, nil)
			for _, k := range codes {
				e.Suggested = append(e.Suggested, w.book.Codes[k].ID)
			}
		}
		book.Rows = append(book.Rows, e)
	}
	return book
}

// project makes the project of a coder for other programs: a case for each
// answer, with the language and the context as variables.
func (w *assigning) project(c coding.Coder, mine []*givenAnswer) ([]byte, error) {
	lang := w.languageFor(c, mine)
	const languageVariable = "language"
	pack := answers.Pack{Name: fmt.Sprintf("%s-%d", c.Name, w.batch), Origin: "Soundings", Secret: w.key.Secret(),
		Codes: append(themes.Codes(w.book, lang), flagCodes()...), Coders: []string{c.Name}, Variables: []refi.Variable{{Name: languageVariable, Type: "Text"}}}
	for _, it := range w.context {
		pack.Variables = append(pack.Variables, refi.Variable{Name: it.Name, Type: "Text", Description: labelOf(w.asked, it.Name, lang)})
	}
	for _, g := range mine {
		one := answers.Case{Unit: g.name, Values: map[string]string{languageVariable: g.language}}
		for i, value := range w.contextIn(g, lang) {
			one.Values[w.context[i].Name] = value
		}
		a := answers.Answer{Item: g.unit.Item, Text: g.text}
		if w.rules != nil {
			for _, h := range w.rules.Hits(g.text, "") { // as a run does
				if !h.Denied {
					a.Marks = append(a.Marks, answers.Mark{Coder: answers.Rule, Code: w.book.Codes[h.Code].ID, Start: h.Start, End: h.End})
				}
			}
		}
		one.Answers = []answers.Answer{a}
		pack.Cases = append(pack.Cases, one)
	}
	p, err := pack.Project()
	if err != nil {
		return nil, err
	}
	return refi.WriteProject(p)
}
