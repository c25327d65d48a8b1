package recommend

import (
	"embed"
	"fmt"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/strictyaml"
)

//go:embed words/*.yaml
var wordFiles embed.FS

// Languages returns the languages that have lists of words.
func Languages() []string { return []string{"ar", "en", "es", "fr", "ru", "zh"} }

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
	Fillers  []string            `yaml:"fillers"`  // words before a verb that say nothing of the action
	Leads    []string            `yaml:"leads"`    // words that begin a clause before the main one
	Joiners  []string            `yaml:"joiners"`  // words that join two verbs
	Means    []string            `yaml:"means"`    // words before an example
	Who      []string            `yaml:"who"`      // institutions
	Object   []string            `yaml:"object"`   // laws, bodies and practices
	Measure  []string            `yaml:"measure"`  // what can be observed
	When     []string            `yaml:"when"`     // terms of time
	Issues   map[string][]string `yaml:"issues"`   // by the id of the issue
	Common   []string            `yaml:"common"`   // words by which the language is known
	Names    map[string]string   `yaml:"names"`    // of issues
	Messages map[string]string   `yaml:"messages"` // what is said
}

// lexicon is a file of words, ready for use.
type lexicon struct {
	language                       string
	verbs                          [5]list
	fillers, leads, joiners, means list
	checks                         map[Check]list
	issues                         map[Issue]list
	common                         map[string]bool
	say                            map[string]string
	names                          map[string]string
}

func newLexicon(language string) (*lexicon, error) {
	file := "words/" + language + ".yaml"
	content, err := wordFiles.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read the words of %s: %w", language, err)
	}
	var w wordList
	if f := strictyaml.Decode(file, content, &w); finding.Refused(f) {
		return nil, fmt.Errorf("read the words of %s: line %d: %s", language, f[0].Place.Row, f[0].Problem)
	}
	l := &lexicon{
		language: language,
		verbs: [5]list{newList(w.Verbs.Minimal), newList(w.Verbs.Continuing), newList(w.Verbs.Considering),
			newList(w.Verbs.General), newList(w.Verbs.Specific)},
		fillers: newList(w.Fillers), leads: newList(w.Leads), joiners: newList(w.Joiners), means: newList(w.Means),
		checks: map[Check]list{Who: newList(w.Who), Object: newList(w.Object), Measure: newList(w.Measure), When: newList(w.When)},
		issues: map[Issue]list{}, common: map[string]bool{}, say: w.Messages, names: w.Names,
	}
	for id, terms := range w.Issues {
		l.issues[Issue(id)] = newList(terms)
	}
	for _, word := range w.Common {
		l.common[fold(word)] = true
	}
	return l, nil
}

// attached reports whether the word at i begins with a joiner, as in Arabic.
func (l *lexicon) attached(ts []token, i int) bool {
	return l.language == "ar" && i < len(ts) && strings.HasPrefix(ts[i].text, "و")
}

func hasComma(signs string) bool { return strings.ContainsAny(signs, ",،，;；:：") }
