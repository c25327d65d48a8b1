package commentary

import (
	"errors"
	"strings"
)

// Piece is a part of a text: words, or a reference to a figure.
type Piece struct {
	Words  string
	Figure *Reference
}

// Reference names a published figure: by its key, as in the results file, or in
// short by item, choice and groups.
type Reference struct {
	Key    string // "" where the short form is used
	Item   string
	Choice string // "" is the mean
	Groups []Group
}

// Group is one group of respondents: those who made a choice of an item.
type Group struct{ Item, Value string }

// Parse divides a text into words and references, which stand in braces.
func Parse(text string) ([]Piece, error) {
	var out []Piece
	for text != "" {
		words, rest, found := strings.Cut(text, "{")
		if strings.Contains(words, "}") {
			return nil, errors.New("the text has a closing brace without an opening one")
		}
		if words != "" {
			out = append(out, Piece{Words: words})
		}
		if !found {
			return out, nil
		}
		inner, after, closed := strings.Cut(rest, "}")
		if !closed {
			return nil, errors.New("the text has an opening brace without a closing one")
		}
		ref, ok := reference(inner)
		if !ok {
			return nil, errors.New("braces in the text hold no reference to a figure")
		}
		out = append(out, Piece{Figure: &ref})
		text = after
	}
	return out, nil
}

func reference(inner string) (Reference, bool) {
	inner = strings.TrimSpace(inner)
	if strings.Contains(inner, " @/@ ") {
		return Reference{Key: inner}, true
	}
	parts := strings.Split(inner, "|")
	out := Reference{}
	var named bool
	out.Item, out.Choice, named = cutTrimmed(parts[0])
	if out.Item == "" || named && out.Choice == "" {
		return out, false
	}
	for _, p := range parts[1:] {
		g := Group{}
		g.Item, g.Value, _ = cutTrimmed(p)
		if g.Item == "" || g.Value == "" {
			return out, false
		}
		out.Groups = append(out.Groups, g)
	}
	return out, true
}

func cutTrimmed(s string) (name, value string, found bool) {
	name, value, found = strings.Cut(s, ":")
	return strings.TrimSpace(name), strings.TrimSpace(value), found
}
