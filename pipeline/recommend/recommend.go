// Package recommend judges recommendations of the Universal Periodic Review: how
// specific the action is, by the verb rules that UPR Info published; which issues
// are touched; and what is missing for somebody to follow it up. It is not
// trained: lists of words in six languages and a few rules decide, and each
// verdict names the words that it rests on.
package recommend

import (
	"fmt"
	"strings"
)

// Checker judges recommendations. It may be used by several goroutines.
type Checker struct {
	words  map[string]*lexicon
	issues IssueFinder // nil: by terms
}

// New returns a checker. Issues are found by the finder, or by terms if it is nil.
func New(issues IssueFinder) (*Checker, error) {
	c := &Checker{words: map[string]*lexicon{}, issues: issues}
	for _, language := range Languages() {
		l, err := newLexicon(language)
		if err != nil {
			return nil, err
		}
		c.words[language] = l
	}
	return c, nil
}

// Assessment is what is found about one recommendation.
type Assessment struct {
	Language string
	Rank     Rank
	Issues   []Touched
	Results  []Result // of all checks, in their order
}

// Missing returns the checks that are not met.
func (a Assessment) Missing() []Check {
	var out []Check
	for _, r := range a.Results {
		if !r.Met {
			out = append(out, r.Check)
		}
	}
	return out
}

// Assess judges a recommendation. Without a language it is told by the text.
func (c *Checker) Assess(text, language string) (Assessment, error) {
	if language == "" {
		language = c.Language(text)
	}
	l := c.words[language]
	if l == nil {
		return Assessment{}, fmt.Errorf("there are no words of the language %q", language)
	}
	ts := tokens(text)
	a := Assessment{Language: language}
	var v verb
	a.Rank, v = l.rank(ts)
	if c.issues != nil {
		a.Issues = c.issues.Issues(text, language)
	} else {
		a.Issues = l.touched(ts)
	}
	a.Results = l.results(ts, a.Rank, v, a.Issues)
	return a, nil
}

// Say returns a message in a language; words in braces are filled in from pairs
// of a name and a text.
func (c *Checker) Say(language, key string, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		pairs[i] = "{" + pairs[i] + "}"
	}
	return strings.NewReplacer(pairs...).Replace(c.words[language].say[key])
}

// Completed returns the recommendation with a sentence for each thing that is
// missing, in which square brackets stand for what only its authors know.
func (c *Checker) Completed(text string, a Assessment) string {
	out := strings.TrimRight(strings.TrimSpace(text), ".;,。； ")
	space := " "
	if a.Language == "zh" {
		space = ""
	}
	out += c.Say(a.Language, "stop")
	for _, missing := range a.Missing() {
		if missing != Single {
			out += space + c.Say(a.Language, "example."+string(missing))
		}
	}
	return out
}
