// Package fields says what texts are about by the semantic fields of their
// words. A lexicon of everyday concepts, each with its words in Arabic, Chinese,
// English, French, Russian and Spanish, puts concepts of one kind into a field
// and fields into a domain: a nurse and a clinic are of one field in every
// language, so that texts that share no word have something in common.
//
// A field is a hint for who learns from many texts. Words have several meanings,
// and the lexicon has one of them or several.
package fields

import (
	"embed"
	"fmt"
	"iter"
	"path"
	"strings"
	"sync"

	"github.com/soundings-survey/soundings/pipeline/language"
)

// Tables of the lexicon, one for each domain: a row for each concept, with its
// field and its words by language. Words of a language are set apart by commas.
//
//go:embed lexicon/*.tsv
var tables embed.FS

// columns are the languages of the columns behind the field.
var columns = [...]string{"en", "fr", "es", "ru", "ar", "zh"}

// Of returns the fields and domains of the words of a text, in their order: of
// each word or phrase once, however many of its meanings lie there. Names are
// those of the tables, domains with a colon behind them. Spoken is the language
// that the text is probably in, for texts that do not tell it themselves; it may
// be empty.
func Of(text, spoken string) []string {
	made := indexes[language.Of(text, spoken)]
	if made == nil {
		return nil
	}
	in := made()
	var found []string
	all := in.parted(text)
	short := in.shortest(all)
	for len(all) > 0 {
		names, n := in.at(all, short)
		found, all, short = append(found, names...), all[n:], short[n:]
	}
	return found
}

// indexes has the index of each language, made when it is first asked for: that
// takes time and memory, and most surveys have few languages.
var indexes = func() map[string]func() *index {
	all := map[string]func() *index{}
	for column, l := range columns {
		all[l] = sync.OnceValue(func() *index { return indexed(column) })
	}
	return all
}()

// indexed makes the index of the language of a column.
func indexed(column int) *index {
	x := newIndex(columns[column])
	for _, c := range read() {
		for term := range c.terms(column) {
			x.enter(term, c.field, c.domain+":")
		}
	}
	return x
}

// A concept is a row of a table.
type concept struct {
	domain, field string
	cells         []string // by column
}

// terms are the words and phrases of a column.
func (c concept) terms(column int) iter.Seq[string] {
	return func(yield func(string) bool) {
		for term := range strings.SplitSeq(c.cells[column], ",") {
			if term = strings.TrimSpace(term); term != "" && !yield(term) {
				return
			}
		}
	}
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
			if n > 0 { // the first has the names of columns
				all = append(all, concept{domain, cells[0], cells[1:]})
			}
		}
	}
	return all
}
