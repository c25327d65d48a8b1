package listing

import (
	"fmt"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/sheet"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// longestName is how long MAXQDA lets the name of a code be, in signs.
const longestName = 63

// What stands in a description before what belongs to a code, and what does not.
const (
	include = "Include: "
	exclude = "Exclude: "
)

// Tags returns a codebook as the table that Taguette reads: a tag for each
// family and code, with those above it before dots.
func Tags(b *code.Codebook, language string) [][]string {
	out := [][]string{{"tag", "description"}}
	for _, n := range nodes(b, language) {
		var path []string
		for _, name := range n.path {
			path = append(path, strings.ReplaceAll(name, ".", "·"))
		}
		out = append(out, []string{strings.Join(path, "."), n.memo})
	}
	return out
}

// Memos returns a codebook as the table that MAXQDA reads: a code for each
// family and code, with those above it before ">".
func Memos(b *code.Codebook, language string) [][]string {
	out := [][]string{{"Code", "Memo"}}
	for _, n := range nodes(b, language) {
		var path []string
		for _, name := range n.path {
			signs := []rune(strings.NewReplacer(">", "›", `\`, "∖").Replace(name))
			path = append(path, string(signs[:min(len(signs), longestName)]))
		}
		out = append(out, []string{strings.Join(path, " > "), n.memo})
	}
	return out
}

type node struct {
	path []string
	memo string
}

// nodes returns families and codes, each after what stands above it.
func nodes(b *code.Codebook, language string) []node {
	var out []node
	var below func(path []string, holds func(t code.Theme) bool)
	below = func(path []string, holds func(t code.Theme) bool) {
		for _, t := range b.Codes {
			if !holds(t) {
				continue
			}
			own := append(slices.Clone(path), named(t.ID, t.Label[language]))
			out = append(out, node{own, described(t, language)})
			below(own, func(o code.Theme) bool { return o.Parent == t.ID })
		}
	}
	for _, f := range b.Families {
		path := []string{named(f.ID, f.Label[language])}
		out = append(out, node{path, ""})
		below(path, func(t code.Theme) bool { return t.Parent == "" && t.Family == f.ID })
	}
	below(nil, func(t code.Theme) bool { return t.Parent == "" && t.Family == "" })
	return out
}

func named(id, label string) string { return strings.TrimSpace(id + " " + label) }

func described(t code.Theme, language string) string {
	var out []string
	if d := t.Defined(language); d != "" {
		out = append(out, d)
	}
	if t.Include != "" {
		out = append(out, include+t.Include)
	}
	if t.Exclude != "" {
		out = append(out, exclude+t.Exclude)
	}
	return strings.Join(out, "\n\n")
}

// foreign reads the table of another program: a column of paths and one of
// descriptions. A path of which only the end has a row makes the codes above it.
func (r *reader) foreign(rows []sheet.Row, paths, descriptions string, separators ...string) {
	at := map[string]int{} // codes by their whole path
	taken := map[string]bool{}
	put := func(parent, name string, row int) string {
		path := parent + "\x00" + name
		if _, have := at[path]; !have {
			id := fresh(name, taken)
			t := code.Theme{ID: id, Label: survey.Text{r.language: label(name, id)}}
			if i, ok := at[parent]; ok {
				t.Parent = r.book.Codes[i].ID
			}
			at[path] = len(r.book.Codes)
			r.book.Codes = append(r.book.Codes, t)
			r.at[id] = append(r.at[id], row)
		}
		return path
	}
	told := map[string]bool{}
	for _, row := range rows {
		names := split(r.cell(row, paths), separators)
		if above := r.cell(row, "parent code"); above != "" {
			names = append(split(above, separators), names...)
		}
		if len(names) == 0 || len(names) > deepest {
			r.refuse(row.Number, "no-name", fmt.Sprintf("The row has no name of a code, or one with more than %d levels.", deepest), "Give it one, or remove the row.")
			continue
		}
		path := ""
		for _, name := range names {
			path = put(path, name, row.Number)
		}
		if told[path] {
			r.refuse(row.Number, "duplicate-code", "The code stands twice.", "Remove or rename one.")
		}
		told[path] = true
		t := &r.book.Codes[at[path]]
		t.Definition, t.Include, t.Exclude = parts(r.cell(row, descriptions))
	}
	r.findings = append(r.findings, finding.Finding{
		Stage: "code", Kind: "no-terms", Severity: finding.Note, Place: finding.Place{File: r.file}, Problem: "A table of another program has no terms, so rules find nothing by it.",
		Remedy: "Add terms to the codes that rules are to suggest.",
	})
}

// deepest is how many levels codes may stand under each other.
const deepest = 20

// split takes a path apart. Where a dot stands before a space or at the end, dots
// are those of abbreviations and part nothing.
func split(path string, separators []string) []string {
	const mark = "\x00"
	for _, s := range separators {
		if s == "." && (strings.Contains(path, ". ") || strings.HasSuffix(path, ".")) {
			continue
		}
		path = strings.ReplaceAll(path, s, mark)
	}
	var out []string
	for _, name := range strings.Split(path, mark) {
		if name = strings.TrimSpace(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// parts takes apart what described wrote, also where somebody changed it.
func parts(text string) (definition, included, excluded string) {
	text = "\n\n" + strings.ReplaceAll(text, "\r\n", "\n")
	text, excluded, _ = strings.Cut(text, "\n\n"+exclude)
	definition, included, _ = strings.Cut(text, "\n\n"+include)
	return strings.TrimSpace(definition), strings.TrimSpace(included), strings.TrimSpace(excluded)
}

const (
	capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	digits   = "0123456789"
	longest  = 32 // signs of an id that is made from a name
)

// fresh returns an id for a name: its first word where that looks like one, else
// one made of its Latin letters and digits; with a number where it is taken.
func fresh(name string, taken map[string]bool) string {
	id, _, _ := strings.Cut(name, " ")
	if len(id) < 2 || strings.Trim(id, capitals+digits+"_") != "" || !strings.Contains(capitals, id[:1]) {
		words := strings.FieldsFunc(strings.ToUpper(name), func(c rune) bool { return !strings.ContainsRune(capitals+digits, c) })
		id = strings.Join(words, "_")
		id = strings.TrimRight(id[:min(len(id), longest)], "_")
	}
	if id == "" {
		id = "CODE"
	}
	base := id
	for n := 2; taken[id]; n++ {
		id = fmt.Sprintf("%s_%d", base, n)
	}
	taken[id] = true
	return id
}

// label is a name without the id at its beginning.
func label(name, id string) string {
	if rest, found := strings.CutPrefix(name, id+" "); found {
		return rest
	}
	return name
}
