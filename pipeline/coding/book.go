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
	ID               string
	Groups           []survey.Text // what it belongs to, the outermost first
	Label            survey.Text
	Definition       string
	Definitions      survey.Text // in further languages
	Include, Exclude string
}

// group says what a code belongs to.
func (c Code) group(language string) string {
	var out []string
	for _, g := range c.Groups {
		label, _ := g.In(language, "en")
		out = append(out, label)
	}
	return strings.Join(out, " › ")
}

// definition returns the definition in a language where there is one, and whether
// there is, else the only one.
func (c Code) definition(language string) (string, bool) {
	if d := strings.TrimSpace(c.Definitions[language]); d != "" {
		return d, true
	}
	return c.Definition, false
}

// shown is how a code stands in a list: its id, then its label.
func (c Code) shown(language string) string {
	label, _ := c.Label.In(language, "en")
	return strings.TrimSpace(c.ID + " " + label)
}

// Book finds codes by what coders write.
type Book struct {
	Codes []Code
	byID  map[string]string // folded -> id
	label map[string]string // folded, any language -> id; "" where two codes have it
}

// NewBook returns the book of the codes, in their order.
func NewBook(codes []Code) *Book {
	b := &Book{Codes: codes, byID: map[string]string{}, label: map[string]string{}}
	for _, c := range codes {
		b.byID[folded(c.ID)] = c.ID
		for _, lang := range slices.Sorted(maps.Keys(c.Label)) {
			l := folded(c.Label[lang])
			if other, taken := b.label[l]; taken && other != c.ID {
				b.label[l] = ""
				continue
			}
			b.label[l] = c.ID
		}
	}
	return b
}

// find returns the code that a cell names: by its id, by its label alone, or by
// its id with its label behind. Other words behind an id name none: they may say
// something else.
func (b *Book) find(cell string) (string, bool) {
	cell = folded(cell)
	if id, ok := b.byID[cell]; ok {
		return id, true
	}
	if id := b.label[cell]; id != "" {
		return id, true
	}
	first, rest, _ := strings.Cut(cell, " ")
	id, ok := b.byID[first]
	if !ok {
		return "", false
	}
	label := b.Codes[b.Place(id)].Label
	for lang := range label {
		if folded(label[lang]) == rest {
			return id, true
		}
	}
	return "", false
}

// folded is how a name is compared: without capital letters and double blanks.
func folded(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

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
