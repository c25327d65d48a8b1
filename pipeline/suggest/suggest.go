// Package suggest learns from codes that people gave to open answers, and
// proposes codes for the rest, each with its probability. It says how well it
// does by cross-validation, for each code in each language, and is silent where
// that is not good enough. People decide.
//
// What is learnt are planes over n-grams of words and letters, and with few texts
// over semantic fields. A model holds hashes of n-grams of answers, which can be
// guessed: it is for analysts only.
package suggest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/words"
)

// An Example is an open answer with the codes that people gave it.
type Example struct {
	Text     string
	Language string   // of the text, as in "ar"; may be empty
	Codes    []string // none is an answer that no code fits
	Extra    []string // what is known of the text besides, such as which verb it begins with; each tells by being there
	Group    string   // examples of one group are judged together, such as an answer and its translation; without it, equal texts are one
}

// Settings say how to learn. The zero value is of use, with several codes an answer.
type Settings struct {
	Single  bool    // each text has exactly one code
	Floor   float64 // the least precision at which a code is suggested; 0.7 where it is 0
	Least   int     // examples of a code in a language, without which it is not suggested; 10 where it is 0
	Workers int     // changes how long it takes, and nothing else
}

func (s Settings) filled() Settings {
	if s.Floor == 0 {
		s.Floor = 0.7
	}
	if s.Least == 0 {
		s.Least = 10
	}
	s.Workers = max(s.Workers, 1)
	return s
}

// A Suggestion is a code that may fit a text.
type Suggestion struct {
	Code        string
	Probability float64
}

// A Model suggests codes. It may be used by several goroutines.
type Model struct {
	single  bool
	margins bool     // of scores count, and not scores themselves
	few     bool     // learnt from few texts
	codes   []string // in alphabetical order
	space   space
	place   map[uint64]int32 // of features, by the hash of their gram
	plane   *plane
	curves  []curve   // from scores to probabilities, of each code
	least   []float64 // the probability from which a code is given, of each code
	speaks  map[voice]bool
}

// A voice is a code in a language.
type voice struct{ Code, Language string }

// Train learns a model and says how well it does. The order of examples, and
// the number of workers, make no difference. It fails with fewer than two
// texts or codes, and where Single is asked for and a text has not one code.
func Train(ctx context.Context, examples []Example, settings Settings) (*Model, Assessment, error) {
	settings = settings.filled()
	t, err := prepare(examples, settings)
	if err != nil {
		return nil, Assessment{}, err
	}
	choice, err := t.choose(ctx)
	if err != nil {
		return nil, Assessment{}, err
	}
	scores, err := t.crossed(ctx, choice, t.folds())
	if err != nil {
		return nil, Assessment{}, err
	}
	m := &Model{single: settings.Single, margins: t.margins(), few: t.corpus.few, codes: t.codes}
	m.curves, m.least = t.fit(scores, nil)
	assessment := t.assess(scores)
	m.speaks = make(map[voice]bool)
	for _, r := range assessment.Records {
		if r.Silent == "" {
			m.speaks[voice{r.Code, r.Language}] = true
		}
	}
	v, p, err := t.learn(ctx, choice, nil)
	if err != nil {
		return nil, Assessment{}, err
	}
	m.space, m.plane, m.place = v.space, p, make(map[uint64]int32, len(v.hashes))
	for f, h := range v.hashes {
		m.place[h] = int32(f)
	}
	return m, assessment, nil
}

// Suggest gives the codes that probably fit a text, the most probable first. A
// code is left out in a language in which it was not learnt well enough.
func (m *Model) Suggest(text, language string, extra ...string) []Suggestion {
	given := m.best(source{text, language, extra})
	return slices.DeleteFunc(given, func(s Suggestion) bool { return !m.speaks[voice{s.Code, language}] })
}

// Best gives the codes that Suggest chooses from: those it is silent on too.
// Use it to measure a model, not to code answers.
func (m *Model) Best(text string, extra ...string) []Suggestion {
	return m.best(source{text: text, extra: extra})
}

func (m *Model) best(from source) []Suggestion {
	v := m.space.weighed(counted(gramsOf(from, m.few), m.place))
	if len(v.at) == 0 {
		return nil
	}
	score := make([]float32, len(m.codes))
	m.plane.scores(v, score)
	if m.margins {
		margins(score)
	}
	p := probabilities(score, m.curves, m.single)
	var given []Suggestion
	for _, l := range chosen(p, m.least, m.single) {
		given = append(given, Suggestion{m.codes[l], p[l]})
	}
	slices.SortStableFunc(given, func(a, b Suggestion) int { return cmp.Compare(b.Probability, a.Probability) })
	return given
}

// chosen gives the labels that a text gets: the most probable, or all that are
// probable enough.
func chosen(p, least []float64, single bool) (labels []int) {
	if single {
		best := 0
		for l := range p {
			if p[l] > p[best] {
				best = l
			}
		}
		return []int{best}
	}
	for l := range p {
		if p[l] >= least[l] {
			labels = append(labels, l)
		}
	}
	return labels
}

// A task is what is to be learnt, in an order of its own.
type task struct {
	settings  Settings
	texts     []source
	corpus    *corpus // of texts
	languages []string
	codes     []string
	has       [][]bool // by code, then text
	fold      []uint64 // examples of a group have equal numbers
}

func prepare(examples []Example, settings Settings) (*task, error) {
	type keyed struct {
		Example
		hash uint64
		key  string
	}
	var all []keyed
	for _, e := range examples {
		codes := slices.Clone(e.Codes)
		slices.Sort(codes)
		e.Codes = slices.Compact(codes)
		if settings.Single && len(e.Codes) != 1 {
			return nil, errors.New("suggest: each text must have exactly one code")
		}
		h := begin(groups)
		if e.Group != "" {
			h = add(h+1, []rune(e.Group))
		} else {
			for _, word := range words.Of(e.Text) {
				h = add(h, word)
			}
		}
		h ^= h >> 29 // FNV leaves its low bits to the last letters
		h *= 0xbf58476d1ce4e5b9
		h ^= h >> 32
		all = append(all, keyed{e, h, fmt.Sprintf("%q", [][]string{{e.Text, e.Language, e.Group}, e.Codes, e.Extra})})
	}
	slices.SortFunc(all, func(a, b keyed) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), strings.Compare(a.key, b.key))
	})
	t := &task{settings: settings}
	for _, e := range all {
		t.codes = append(t.codes, e.Codes...)
	}
	slices.Sort(t.codes)
	t.codes = slices.Compact(t.codes)
	t.has = make([][]bool, len(t.codes))
	for l := range t.has {
		t.has[l] = make([]bool, len(all))
	}
	for i, e := range all {
		t.texts, t.languages, t.fold = append(t.texts, source{e.Text, e.Language, e.Extra}), append(t.languages, e.Language), append(t.fold, e.hash)
		for _, code := range e.Codes {
			l, _ := slices.BinarySearch(t.codes, code)
			t.has[l][i] = true
		}
	}
	if len(t.texts) < 2 || len(t.codes) == 0 || settings.Single && len(t.codes) < 2 {
		return nil, errors.New("suggest: too few texts or codes to learn from")
	}
	t.corpus = newCorpus(t.texts, settings.Workers)
	return t, nil
}
