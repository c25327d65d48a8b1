package recommend

import (
	"embed"
	"fmt"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/language"
	"github.com/soundings-survey/soundings/pipeline/strictyaml"
)

//go:embed words/*.yaml
var wordFiles embed.FS

// Languages returns the languages that have lists of words.
func Languages() []string { return language.All() }

// wordList is a file of words.
type wordList struct {
	// Verbs are the opening verbs of each rank, from 1 to 5.
	Verbs struct {
		Minimal     []string `yaml:"minimal"`
		Continuing  []string `yaml:"continuing"`
		Considering []string `yaml:"considering"`
		General     []string `yaml:"general"`
		Specific    []string `yaml:"specific"`
	} `yaml:"verbs"`
	Fillers  []string          `yaml:"fillers"` // words before a verb that say nothing of the action
	Leads    []string          `yaml:"leads"`   // words that begin a clause before the main one
	Joiners  []string          `yaml:"joiners"` // words that join two verbs
	Means    []string          `yaml:"means"`   // words before an example
	Who      []string          `yaml:"who"`     // institutions
	Object   []string          `yaml:"object"`  // laws, bodies and practices
	Measure  []string          `yaml:"measure"` // what can be observed
	When     []string          `yaml:"when"`    // terms of time
	Issues   []issueWords      `yaml:"issues"`
	Messages map[string]string `yaml:"messages"` // what is said
}

// issueWords are the terms of an issue.
type issueWords struct {
	ID    string   `yaml:"id"`
	Name  string   `yaml:"name"`
	Terms []string `yaml:"terms"`
}

// lexicon is a file of words, ready for use.
type lexicon struct {
	language                       string
	verbs                          [5]list
	fillers, leads, joiners, means list
	checks                         map[Check]list
	issues                         []issueTerms
	say                            map[string]string
}

func newLexicon(tag string) (*lexicon, error) {
	file := "words/" + tag + ".yaml"
	content, err := wordFiles.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read the words of %s: %w", tag, err)
	}
	var w wordList
	if f := strictyaml.Decode(file, content, &w); finding.Refused(f) {
		return nil, fmt.Errorf("read the words of %s: line %d: %s", tag, f[0].Place.Row, f[0].Problem)
	}
	l := &lexicon{
		language: tag,
		verbs: [5]list{newList(w.Verbs.Minimal), newList(w.Verbs.Continuing), newList(w.Verbs.Considering),
			newList(w.Verbs.General), newList(w.Verbs.Specific)},
		fillers: newList(w.Fillers), leads: newList(w.Leads), joiners: newList(w.Joiners), means: newList(w.Means),
		checks: map[Check]list{Who: newList(w.Who), Object: newList(w.Object), Measure: newList(w.Measure), When: newList(w.When)},
		say:    w.Messages,
	}
	for _, i := range w.Issues {
		l.issues = append(l.issues, issueTerms{Issue{i.ID, i.Name}, newList(i.Terms)})
	}
	return l, nil
}

// attached reports whether the word at i is a verb with a joiner before it, as
// Arabic writes them.
func (l *lexicon) attached(ts []token, i int) bool {
	if l.language != "ar" || i >= len(ts) || !strings.HasPrefix(ts[i].text, "و") {
		return false
	}
	rest := append([]token{ts[i]}, ts[i+1:]...)
	rest[0].text = strings.TrimPrefix(rest[0].text, "و")
	_, ok := l.verbAt(rest, 0)
	return ok
}

func hasComma(signs string) bool { return strings.ContainsAny(signs, ",،，;；:：") }
