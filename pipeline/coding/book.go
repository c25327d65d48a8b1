package coding

import (
	"maps"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/spelling"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Code is a code that coders may give, with what tells them when.
type Code struct {
	ID                           string
	Group                        survey.Text // what it belongs to
	Label                        survey.Text
	Definition, Include, Exclude string
	Definitions                  survey.Text // the definition in further languages
}

// defined returns the definition in a language, or the one that there is.
func (c Code) defined(language string) string {
	if text := c.Definitions[language]; text != "" {
		return text
	}
	return c.Definition
}

// shown is how a code stands in a list: its id, then its label.
func (c Code) shown(language string) string {
	label, _ := c.Label.In(language, "en")
	return strings.TrimSpace(c.ID + " " + label)
}

// Book finds codes by what coders write.
type Book struct {
	Codes []Code
	byID  map[string]string // lower case -> id
	label map[string]string // lower case, any language -> id; "" where two codes have it
}

// NewBook returns the book of the codes, in their order.
func NewBook(codes []Code) *Book {
	b := &Book{Codes: codes, byID: map[string]string{}, label: map[string]string{}}
	for _, c := range codes {
		b.byID[strings.ToLower(c.ID)] = c.ID
		for _, lang := range slices.Sorted(maps.Keys(c.Label)) {
			l := strings.ToLower(strings.TrimSpace(c.Label[lang]))
			if other, taken := b.label[l]; taken && other != c.ID {
				b.label[l] = ""
				continue
			}
			b.label[l] = c.ID
		}
	}
	return b
}

// find returns the code that a cell names: by its id, were it with the label
// behind, or by its label alone.
func (b *Book) find(cell string) (string, bool) {
	cell = strings.ToLower(strings.TrimSpace(cell))
	id, _, _ := strings.Cut(cell, " ")
	if found, ok := b.byID[id]; ok {
		return found, true
	}
	found := b.label[cell]
	return found, found != ""
}

// meant says which code was probably meant, in a sentence.
func (b *Book) meant(cell, otherwise string) string {
	var ids []string
	for _, c := range b.Codes {
		ids = append(ids, c.ID)
	}
	id, _, _ := strings.Cut(strings.TrimSpace(cell), " ")
	return spelling.DidYouMean(strings.ToUpper(id), ids, otherwise)
}

// Place returns the place of a code in the order of the book, -1 if it is not there.
func (b *Book) Place(id string) int {
	return slices.IndexFunc(b.Codes, func(c Code) bool { return c.ID == id })
}
