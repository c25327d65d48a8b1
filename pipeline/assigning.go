package pipeline

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/coding"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/identity"
	"github.com/soundings-survey/soundings/pipeline/language"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// assigning is one call of Assign.
type assigning struct {
	*run
	request AssignRequest
	dir     string
	asked   *survey.Survey
	book    *code.Codebook
	rules   *code.Scanner // where coders are shown what rules suggest; else nil
	key     coding.Key
	coders  []coding.Coder
	double  float64
	seed    uint64
	items   map[string]bool
	context []*survey.Item
	spoken  string // the item that says in which language respondents answer, or ""

	assigned []coding.Assigned // before
	had      map[string]bool   // names of answers that somebody has been given, or coded
	before   int
	batch    int
	pool     *coding.Pool
	crowds   *crowds

	given    []*givenAnswer // in the order of answers
	alone    int            // answers whose context was left out
	long     int            // answers that no cell holds
	replaced map[string]int // identities, by language
}

// givenAnswer is an answer that coders are given.
type givenAnswer struct {
	unit     coding.Unit
	name     string
	language string
	coders   []string
	answer   string // as respondents gave it
	text     string // as coders see it
	context  []string
	learnt   []string // codes that were learnt, with how likely they are
}

// openAnswer is an answer as it is read.
type openAnswer struct {
	unit           coding.Unit
	name, language string
	text           string
	context        string // what the respondent gave to the items of context; "" for rows of repeats
}

// repeated reports whether an answer is of a row of a repeat.
func (a openAnswer) repeated() bool { return strings.Contains(a.unit.Response, ".") }

// respondent returns whose answer it is.
func (a openAnswer) respondent() string { return respondentOf(a.unit.Response) }

// respondentOf returns the keyed identifier in the name of a response.
func respondentOf(response string) string {
	id, _, _ := strings.Cut(response, ".")
	return id
}

// each passes on the open answers of the run, level by level. Rows of repeats are
// in the language that they are found to be in.
func (w *assigning) each(do func(openAnswer) error) error {
	for level, l := range w.asked.Levels {
		in, err := os.Open(filepath.Join(w.dir, cleanAnswers(l.Name)))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("open clean answers: %w", cause(err))
		}
		err = dataset.KeptRows(in, func(name string) bool {
			return w.items[name] || level == 0 && (name == w.spoken || w.shown(name))
		}, func(row dataset.Kept) error {
			if err := w.ctx.Err(); err != nil {
				return err
			}
			context := ""
			if level == 0 {
				context = w.combination(row.Answers)
			}
			for _, item := range slices.Sorted(maps.Keys(row.Answers)) {
				if !w.items[item] {
					continue
				}
				a := openAnswer{text: row.Answers[item], context: context}
				a.unit = coding.Unit{Response: responseOf(w.key, row.ID, level, a.text), Item: item}
				a.name = w.key.Name(a.unit)
				a.language = language.Of(a.text, row.Answers[w.spoken])
				if err := do(a); err != nil {
					return err
				}
			}
			return nil
		})
		_ = in.Close() // it was only read
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *assigning) shown(name string) bool {
	return slices.ContainsFunc(w.context, func(it *survey.Item) bool { return it.Name == name })
}

// combination joins what a respondent gave to the items of context.
func (w *assigning) combination(given map[string]string) string {
	var out []string
	for _, it := range w.context {
		out = append(out, given[it.Name])
	}
	return strings.Join(out, contextMark)
}

// fill puts all answers into the pool that nobody has been given. Where few of
// those wrote in a language, no coder gets two answers of one of them.
func (w *assigning) fill() error {
	err := w.each(func(a openAnswer) error {
		if !w.had[a.name] {
			w.crowds.add(a)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, a := range w.assigned {
		if w.crowds.few(a.Language) {
			w.pool.Hold(a.Coder, a.Language, respondentOf(a.Response))
		}
	}
	seen := map[string]bool{} // rows of a repeat that say the same are one answer
	return w.each(func(a openAnswer) error {
		if w.had[a.name] {
			return nil
		}
		if a.repeated() {
			if seen[a.name] {
				return nil
			}
			seen[a.name] = true
		}
		apart := ""
		if w.crowds.few(a.language) {
			apart = a.respondent()
		}
		w.pool.AddApart(a.name, a.unit.Item, a.language, apart)
		return nil
	})
}

// gather reads the texts of the answers that were drawn.
func (w *assigning) gather(dealt []coding.Dealt) error {
	drawn := make(map[string]coding.Dealt, len(dealt))
	for _, d := range dealt {
		drawn[d.Name] = d
	}
	shown := map[string]map[string]bool{}
	for language := range w.crowds.groups {
		shown[language] = w.crowds.shown(language)
	}
	return w.each(func(a openAnswer) error {
		d, ok := drawn[a.name]
		if !ok {
			return nil
		}
		delete(drawn, a.name)
		g := &givenAnswer{unit: a.unit, name: a.name, language: a.language, coders: d.Coders, answer: a.text, text: a.text}
		if w.request.Unredacted == "" {
			text, found := identity.Redact(a.text, cmp.Or(a.language, w.asked.Default))
			g.text = text
			w.replaced[a.language] += len(found)
		}
		if w.request.Format == "xlsx" && !coding.Fits(g.text) {
			w.long++
			return nil
		}
		switch {
		case len(w.context) == 0 || a.repeated() || saysNothing(a.context):
		case shown[a.language][a.context]:
			g.context = strings.Split(a.context, contextMark)
		default:
			w.alone++
		}
		w.given = append(w.given, g)
		return nil
	})
}

// noted returns who was given what.
func (w *assigning) noted() []coding.Assigned {
	var out []coding.Assigned
	for _, g := range w.given {
		for _, c := range g.coders {
			out = append(out, coding.Assigned{Unit: g.unit, Name: g.name, Language: g.language, Coder: c, Batch: w.batch, Drawn: !w.shows(),
				Given: w.key.Mark(g.text), Answer: w.key.Mark(g.answer), Reason: w.request.Unredacted})
		}
	}
	return out
}

// shows reports whether coders see codes before they give any.
func (w *assigning) shows() bool { return w.request.Suggest || w.request.Learnt }
