// Package fields says what texts are about by the semantic fields of their
// words. A lexicon of everyday concepts, each with its words in Arabic, Chinese,
// English, French, Russian and Spanish, puts concepts of one kind into a field
// and fields into a domain: a nurse and a clinic are of one field in every
// language, so that texts that share no word have something in common.
//
// A field is a hint for who learns from many texts. Words have several
// meanings, and the lexicon has one or two of them.
package fields

import (
	"embed"
	"fmt"
	"path"
	"strings"
	"sync"

	"github.com/soundings-survey/soundings/pipeline/language"
	"github.com/soundings-survey/soundings/pipeline/words"
)

// Tables of the lexicon, one for each domain: a row for each concept, with its
// field and its words by language. Words of a language are set apart by commas.
//
//go:embed lexicon/*.tsv
var tables embed.FS

// columns are the languages of the columns behind the field.
var columns = [...]string{"en", "fr", "es", "ru", "ar", "zh"}

// Of returns the fields and domains of the words of a text, which may be in any
// of the six languages, in the order of the words: of each word or phrase once,
// however many of its meanings lie there. Names are those of the tables, domains
// with a colon behind them.
func Of(text string) []string {
	spoken, _ := language.Detect(text)
	index := lexicon[spoken]
	if index == nil {
		return nil
	}
	in := index()
	var found []string
	all := words.Of(text)
	for i := 0; i < len(all); {
		names, n := in.at(all[i:])
		found = append(found, names...)
		i += max(n, 1)
	}
	return found
}

// lexicon has the index of each language, made when it is first asked for.
var lexicon = func() map[string]func() *index {
	all := map[string]func() *index{}
	for i, l := range columns {
		all[l] = sync.OnceValue(func() *index {
			x := newIndex(l)
			for _, c := range concepts() {
				for _, term := range c.terms[i] {
					x.enter(words.Of(term), c.field, c.domain+":")
				}
			}
			return x
		})
	}
	return all
}()

// concepts are the rows of the tables.
var concepts = sync.OnceValue(read)

// A concept is a row of a table.
type concept struct {
	domain, field string
	terms         [len(columns)][]string
}

// read reads the tables.
func read() (all []concept) {
	files, err := tables.ReadDir("lexicon")
	if err != nil {
		panic(err)
	}
	for _, f := range files {
		content, err := tables.ReadFile("lexicon/" + f.Name())
		if err != nil {
			panic(err)
		}
		domain, _ := strings.CutSuffix(f.Name(), path.Ext(f.Name()))
		for n, line := range strings.Split(strings.TrimSuffix(string(content), "\n"), "\n") {
			cells := strings.Split(line, "\t")
			if len(cells) != 1+len(columns) {
				panic(fmt.Sprintf("fields: %s, line %d: %d cells", f.Name(), n+1, len(cells)))
			}
			if n == 0 { // names of columns
				continue
			}
			c := concept{domain: domain, field: cells[0]}
			for i, cell := range cells[1:] {
				for term := range strings.SplitSeq(cell, ",") {
					if term = strings.TrimSpace(term); term != "" {
						c.terms[i] = append(c.terms[i], term)
					}
				}
			}
			all = append(all, c)
		}
	}
	return all
}
