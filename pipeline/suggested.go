package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/coding"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/sheet"
	"github.com/soundings-survey/soundings/pipeline/suggest"
)

// Files of what was learnt, in the restricted folder.
const (
	suggestionsFile = "suggestions.csv"
	suggesterFile   = "suggester.json"
)

// SuggestRequest asks for codes that are learnt from those people gave.
type SuggestRequest struct {
	Force bool // over files of an earlier call
}

// SuggestOutcome is what learning came to.
type SuggestOutcome struct {
	Path       string // of the suggestions
	Account    string // of how good they are
	Learnt     int    // answers that were learnt from
	Split      int    // answers that were not, since coders are split evenly on them
	Answers    int    // that got a suggestion
	Assessment suggest.Assessment
	Findings   []finding.Finding
}

// Suggest learns from the codes that people gave, and writes codes that answers
// may have that nobody coded, with how good such suggestions are. They are codes
// of nobody until somebody takes them.
func Suggest(ctx context.Context, c Config, env Env, q SuggestRequest) (*SuggestOutcome, error) {
	env.check = true
	r, err := begin(ctx, c, env)
	if err != nil {
		return nil, err
	}
	defer r.end()
	folder := r.path(c.Folders.Restricted)
	if _, err := os.Stat(filepath.Join(folder, keyFile)); err != nil {
		return nil, errors.New("there is no run yet, by which responses have their names: run \"soundings run\" first")
	}
	r.lessons = &lessons{}
	_, answers := r.upToCodes()
	if r.err != nil {
		return nil, r.err
	}
	if len(r.lessons.examples) == 0 {
		return nil, errors.New("no answers have come back from coders: name the files under \"coding.files\" in the config")
	}
	o := &SuggestOutcome{Learnt: len(r.lessons.examples), Split: r.lessons.split, Findings: r.findings}
	model, assessment, err := suggest.Train(ctx, r.lessons.examples, suggest.Settings{Workers: r.engine.Workers})
	if err != nil {
		return nil, fmt.Errorf("learn codes: %w", err)
	}
	o.Assessment = assessment
	if o.Path, err = save(filepath.Join(folder, suggestionsFile), q.Force, func(w io.Writer) error {
		return r.suggestions(w, answers, model, o)
	}); err != nil {
		return nil, err
	}
	o.Account, err = save(filepath.Join(folder, suggesterFile), q.Force, func(w io.Writer) error {
		to := json.NewEncoder(w)
		to.SetIndent("", "  ")
		return to.Encode(accountOf(o))
	})
	return o, err
}

// lessons are gathered while answers are coded.
type lessons struct {
	examples []suggest.Example
	coded    map[coding.Unit]bool
	split    int
}

// add learns from an answer that people coded. Where they are split evenly on a
// code, nobody knows whether the answer has it.
func (l *lessons) add(a coding.Answer, text string) {
	if l.coded == nil {
		l.coded = map[coding.Unit]bool{}
	}
	l.coded[a.Unit] = true
	var given []string
	if a.Adjudicated != nil {
		given = slices.Clone(*a.Adjudicated)
	}
	for _, c := range a.Coders {
		given = append(given, c.Codes...)
	}
	slices.Sort(given)
	e := suggest.Example{Text: text, Language: a.Language, Extra: markOf(a.Item)}
	for _, id := range slices.Compact(given) {
		switch a.ByPeople(id) {
		case 0.5:
			l.split++
			return
		case 1:
			e.Codes = append(e.Codes, id)
		}
	}
	l.examples = append(l.examples, e)
}

// markOf says to which item an answer was given, which tells something of its codes.
func markOf(item string) []string { return []string{"item " + item} }

// proposed is a suggestion for an answer.
type proposed struct {
	coding.Unit
	language string
	codes    []suggest.Suggestion
}

// suggestionColumns are those of the suggestions.
func suggestionColumns() []string {
	return []string{"response", "item", "language", "code", "probability"}
}

// suggestions writes suggested codes of answers that nobody coded, in the order of answers.
func (r *run) suggestions(w io.Writer, answers *dataset.Dataset, model *suggest.Model, o *SuggestOutcome) error {
	secret, err := r.key()
	if err != nil {
		return err
	}
	to := sheet.NewWriter(w)
	if err := to.Write(suggestionColumns()); err != nil {
		return err
	}
	look := func(s code.Seen) ([]int32, any) {
		u := coding.Unit{Response: responseOf(coding.Key(secret), fmt.Sprintf("%x", s.Response), s.Level, s.Text), Item: s.Item}
		if r.lessons.coded[u] {
			return s.Rule, nil
		}
		language := s.Language()
		codes := model.Suggest(s.Text, language, markOf(s.Item)...)
		if len(codes) == 0 {
			return s.Rule, nil
		}
		return s.Rule, proposed{u, language, codes}
	}
	respondent, written := "", map[coding.Unit]bool{}
	keep := func(what any) error {
		p := what.(proposed)
		if of := respondentOf(p.Response); of != respondent {
			respondent = of
			clear(written)
		}
		if written[p.Unit] { // rows of a repeat that say the same are one answer
			return nil
		}
		written[p.Unit] = true
		o.Answers++
		for _, c := range p.codes {
			if err := to.Write([]string{p.Response, p.Item, p.language, c.Code, strconv.FormatFloat(c.Probability, 'f', 3, 64)}); err != nil {
				return err
			}
		}
		return nil
	}
	if _, _, _, err := code.Reviewed(r.ctx, r.engine, answers, r.matcher, r.config.Code, code.Reviewer{Look: look, Keep: keep}); err != nil {
		return err
	}
	to.Flush()
	return to.Error()
}

// suggesterAccount says how good suggestions are.
type suggesterAccount struct {
	Learnt  int             `json:"learnt"`
	Split   int             `json:"split"`
	Answers int             `json:"answers"`
	Brier   float64         `json:"brier"`
	Error   float64         `json:"calibration_error"`
	Codes   []suggestedCode `json:"codes"`
}

// suggestedCode says how good suggestions of a code in a language are. What
// cannot be said is null.
type suggestedCode struct {
	Code      string   `json:"code"`
	Language  string   `json:"language"`
	Examples  int      `json:"examples"`
	Precision *float64 `json:"precision"`
	Recall    *float64 `json:"recall"`
	F1        *float64 `json:"f1"`
	Brier     float64  `json:"brier"`
	Silent    string   `json:"silent,omitempty"`
}

func accountOf(o *SuggestOutcome) suggesterAccount {
	out := suggesterAccount{Learnt: o.Learnt, Split: o.Split, Answers: o.Answers, Brier: o.Assessment.Brier, Error: o.Assessment.Error}
	for _, r := range o.Assessment.Records {
		c := suggestedCode{Code: r.Code, Language: r.Language, Examples: r.Examples, Brier: r.Brier, Silent: r.Silent}
		for _, f := range []struct {
			to **float64
			of func() (float64, bool)
		}{{&c.Precision, r.Precision}, {&c.Recall, r.Recall}, {&c.F1, r.F1}} {
			if x, ok := f.of(); ok {
				*f.to = &x
			}
		}
		out.Codes = append(out.Codes, c)
	}
	return out
}

// Text is a table of how good suggestions are, for a terminal: codes that are
// suggested first, then how many are not and why.
func (o *SuggestOutcome) Text() string {
	var out strings.Builder
	silent := 0
	for _, r := range o.Assessment.Records {
		if r.Silent != "" {
			silent++
			continue
		}
		if out.Len() == 0 {
			fmt.Fprintf(&out, "%-24s %-8s %8s %9s %6s %5s\n", "code", "language", "examples", "precision", "recall", "F1")
		}
		precision, _ := r.Precision()
		recall, _ := r.Recall()
		f1, _ := r.F1()
		fmt.Fprintf(&out, "%-24s %-8s %8d %9.2f %6.2f %5.2f\n", r.Code, r.Language, r.Examples, precision, recall, f1)
	}
	fmt.Fprintf(&out, "Of each code in each language: %d are suggested; %d are not, since they are too rare or would be wrong too often.\n", len(o.Assessment.Records)-silent, silent)
	return out.String()
}
