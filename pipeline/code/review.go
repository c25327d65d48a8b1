package code

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/language"
)

// Seen is an open answer with what rules say of it.
type Seen struct {
	Response dataset.ID // of the respondent
	Level    int
	Item     string
	Text     string
	Hits     []Hit   // hold until the reviewer returns
	Rule     []int32 // codes by rules, in order; not to be changed
}

// Language returns the language that the answer is in, "" if it is not known. It
// does not hang on whether rules found anything: their error is measured by it.
func (s Seen) Language() string {
	lang, _ := language.Detect(s.Text)
	return lang
}

// Reviewer has a say in the codes of answers after the rules. The zero Reviewer
// leaves all as it is.
type Reviewer struct {
	// Look returns the codes that an answer has in the end, in order, and what is
	// to be kept of it, nil for nothing. Several goroutines call it.
	Look func(Seen) (final []int32, keep any)
	// Keep is given what Look wanted to be kept, in the order of answers.
	Keep func(any) error
}

// review asks the reviewer about the answer that was scanned last.
func (w *worker) review(b *dataset.Batch, i int, open, text string) {
	if w.reviewer.Look == nil {
		return
	}
	final, keep := w.reviewer.Look(Seen{Response: b.ID(i), Level: b.Layout.Level, Item: open, Text: text, Hits: w.scanner.hits, Rule: slices.Clone(w.set)})
	w.set = append(w.set[:0], final...)
	if keep != nil {
		w.kept = append(w.kept, keep)
	}
}
