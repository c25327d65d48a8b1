// Package themes turns the codebook of Soundings into one of the REFI-QDA
// standard and back. Families are codes that only gather others. The name of a
// code is its id and its label in one language; the description is what coders
// read, and behind it, under a line of its own, what only Soundings needs.
package themes

import (
	"fmt"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/refi"
	"github.com/soundings-survey/soundings/pipeline/strictyaml"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// divider stands in a description before what only Soundings needs.
const divider = "--- for Soundings, leave as it is ---"

// palette has a colour for each family in turn.
const palette = "#3B6FA0 #B5533C #4E8A5B #8A5A9E #B8892B #3C8F96 #A34D78 #6B7078"

// head is what a codebook says of itself.
type head struct {
	Version string      `yaml:"version"`
	Title   survey.Text `yaml:"title"`
}

// Write makes a codebook of the standard that Read turns into the same codebook again.
func Write(b *code.Codebook, language string) (*refi.Codebook, error) {
	codes, err := list(b, language, true)
	if err != nil {
		return nil, err
	}
	set := refi.CodeSet{GUID: refi.GUID("codebook"), Name: first(b.Title[language], "Codebook")}
	if set.Description, err = hidden("", head{b.Version, b.Title}); err != nil {
		return nil, err
	}
	for _, c := range b.Codes {
		set.Codes = append(set.Codes, refi.MemberCode{GUID: codeGUID(c.ID)})
	}
	return &refi.Codebook{Origin: "Soundings", Codes: codes, Sets: []refi.CodeSet{set}}, nil
}

// Codes returns the codes for a project that coders are given: with what says
// when a code is to be given, and without the terms, which would suggest it.
func Codes(b *code.Codebook, language string) []refi.Code {
	codes, _ := list(b, language, false) // fails only where something is hidden
	return codes
}

// list returns families with their codes, then the codes of none.
func list(b *code.Codebook, language string, whole bool) ([]refi.Code, error) {
	var out []refi.Code
	at := map[string]int{}
	colors := strings.Fields(palette)
	for i, f := range b.Families {
		c := refi.Code{GUID: refi.GUID("family", f.ID), Name: name(f.ID, f.Label[language]), Color: colors[i%len(colors)]}
		if whole {
			var err error
			if c.Description, err = hidden("", f); err != nil {
				return nil, fmt.Errorf("the family %s: %w", f.ID, err)
			}
		}
		at[f.ID] = len(out)
		out = append(out, c)
	}
	under := map[string][]refi.Code{}
	var made []refi.Code
	for _, t := range b.Codes {
		if !whole {
			t.Definition = t.Defined(language)
		}
		c := refi.Code{GUID: codeGUID(t.ID), Name: name(t.ID, t.Label[language]), Codable: true, Description: readable(t)}
		if whole {
			var err error
			rest := t
			if d, i, e := parts(c.Description); d == t.Definition && i == t.Include && e == t.Exclude {
				rest.Definition, rest.Include, rest.Exclude = "", "", ""
			}
			if c.Description, err = hidden(c.Description, rest); err != nil {
				return nil, fmt.Errorf("the code %s: %w", t.ID, err)
			}
		}
		if i, ok := at[t.Family]; ok {
			c.Color = out[i].Color
		}
		if t.Parent != "" {
			under[t.Parent] = append(under[t.Parent], c)
		}
		made = append(made, c)
	}
	for k, t := range b.Codes {
		if t.Parent != "" {
			continue
		}
		c := nested(made[k], under)
		if i, ok := at[t.Family]; ok {
			out[i].Codes = append(out[i].Codes, c)
		} else {
			out = append(out, c)
		}
	}
	return out, nil
}

// nested puts under a code those that stand under it.
func nested(c refi.Code, under map[string][]refi.Code) refi.Code {
	id, _, _ := strings.Cut(c.Name, " ")
	for _, below := range under[id] {
		c.Codes = append(c.Codes, nested(below, under))
	}
	return c
}

func codeGUID(id string) string { return refi.GUID("code", id) }

func name(id, label string) string { return strings.TrimSpace(id + " " + label) }

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

const (
	include = "Include: "
	exclude = "Exclude: "
)

// readable is what coders read of a code.
func readable(t code.Theme) string {
	var out []string
	for _, part := range []string{t.Definition, before(include, t.Include), before(exclude, t.Exclude)} {
		if part != "" {
			out = append(out, part)
		}
	}
	return strings.Join(out, "\n\n")
}

func before(label, text string) string {
	if text == "" {
		return ""
	}
	return label + text
}

// parts takes apart what readable wrote, also where somebody changed it.
func parts(description string) (definition, included, excluded string) {
	description = "\n\n" + strings.TrimSpace(description)
	description, excluded, _ = strings.Cut(description, "\n\n"+exclude)
	definition, included, _ = strings.Cut(description, "\n\n"+include)
	return strings.TrimSpace(definition), included, excluded
}

// hidden adds to a description what only Soundings needs.
func hidden(description string, v any) (string, error) {
	content, err := strictyaml.Encode(v)
	if err != nil {
		return "", err
	}
	return strings.TrimLeft(description+"\n\n"+divider+"\n"+string(content), "\n"), nil
}

// YAML writes a codebook as the file that code.Read reads.
func YAML(b *code.Codebook) ([]byte, error) { return strictyaml.Encode(b) }
