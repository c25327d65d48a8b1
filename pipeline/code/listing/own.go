package listing

import (
	"maps"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/sheet"
	"github.com/soundings-survey/soundings/pipeline/spelling"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// What a row of our own table is.
const (
	kindBook   = "book" // version and title of the codebook
	kindFamily = "family"
	kindCode   = "code" // also where it is left empty
)

// between parts the terms in a cell.
const between = "; "

// plainColumns are the columns of our own table that have no language.
func plainColumns() []string {
	return []string{"kind", "id", "parent", "family", "definition", "include", "exclude", "negation", "sensitive"}
}

// byLanguage are the columns of our own table that there is one of a language.
func byLanguage() []string { return []string{"label", "definition", "terms", "not"} }

// Write returns a codebook as our own table, from which Read makes the same again.
func Write(b *code.Codebook) [][]string {
	languages := languagesOf(b)
	header := []string{"kind", "id", "parent", "family"}
	each := func(name string) {
		for _, l := range languages {
			header = append(header, name+":"+l)
		}
	}
	each("label")
	header = append(header, "definition")
	each("definition")
	header = append(header, "include", "exclude")
	each("terms")
	each("not")
	header = append(header, "negation", "sensitive")
	out := [][]string{header}
	add := func(cells map[string]string) {
		row := make([]string, len(header))
		for i, name := range header {
			row[i] = cells[name]
		}
		out = append(out, row)
	}
	if b.Version != "" || len(b.Title) > 0 {
		add(with(map[string]string{"kind": kindBook, "id": b.Version}, "label", b.Title))
	}
	for _, f := range b.Families {
		add(with(map[string]string{"kind": kindFamily, "id": f.ID}, "label", f.Label))
	}
	for _, t := range b.Codes {
		cells := map[string]string{
			"kind": kindCode, "id": t.ID, "parent": t.Parent, "family": t.Family, "definition": t.Definition,
			"include": t.Include, "exclude": t.Exclude, "negation": string(t.Negation),
		}
		if t.Sensitive {
			cells["sensitive"] = "yes"
		}
		with(with(cells, "label", t.Label), "definition", t.Definitions)
		for l, terms := range t.Terms {
			cells["terms:"+l] = strings.Join(terms, between)
		}
		for l, phrases := range t.Not {
			cells["not:"+l] = strings.Join(phrases, between)
		}
		add(cells)
	}
	return out
}

func with(cells map[string]string, column string, text survey.Text) map[string]string {
	for l, s := range text {
		cells[column+":"+l] = s
	}
	return cells
}

func languagesOf(b *code.Codebook) []string {
	all := map[string]bool{}
	take := func(text survey.Text) {
		for l := range text {
			all[l] = true
		}
	}
	take(b.Title)
	for _, f := range b.Families {
		take(f.Label)
	}
	for _, t := range b.Codes {
		take(t.Label)
		take(t.Definitions)
		for l := range t.Terms {
			all[l] = true
		}
		for l := range t.Not {
			all[l] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// own reads our own table.
func (r *reader) own(rows []sheet.Row) {
	languages := r.languages(rows[0].Number - 1)
	text := func(row sheet.Row, column string) survey.Text {
		var out survey.Text
		for _, l := range languages {
			if s := r.cell(row, column+":"+l); s != "" {
				if out == nil {
					out = survey.Text{}
				}
				out[l] = s
			}
		}
		return out
	}
	lists := func(row sheet.Row, column string) map[string][]string {
		var out map[string][]string
		for _, l := range languages {
			if terms := listed(r.cell(row, column+":"+l)); len(terms) > 0 {
				if out == nil {
					out = map[string][]string{}
				}
				out[l] = terms
			}
		}
		return out
	}
	for _, row := range rows {
		id := r.cell(row, "id")
		switch kind := r.cell(row, "kind"); kind {
		case kindBook:
			r.book.Version, r.book.Title = id, text(row, "label")
			continue
		case kindFamily:
			r.book.Families = append(r.book.Families, code.Family{ID: id, Label: text(row, "label")})
		case kindCode, "":
			r.book.Codes = append(r.book.Codes, code.Theme{
				ID: id, Parent: r.cell(row, "parent"), Family: r.cell(row, "family"), Label: text(row, "label"),
				Definition: r.cell(row, "definition"), Definitions: text(row, "definition"), Include: r.cell(row, "include"), Exclude: r.cell(row, "exclude"),
				Terms: lists(row, "terms"), Not: lists(row, "not"), Negation: code.Negation(r.cell(row, "negation")), Sensitive: r.yes(row, "sensitive"),
			})
		default:
			r.refuse(row.Number, "kind", "The column kind says something else than book, family or code.", "Write one of them, or leave it empty for a code.")
		}
		r.at[id] = append(r.at[id], row.Number)
	}
}

// languages returns the languages that columns are of, and refuses columns that
// mean nothing: a misspelt one would be lost without a word.
func (r *reader) languages(header int) []string {
	var out []string
	known := plainColumns()
	for _, c := range byLanguage() {
		known = append(known, c+":en")
	}
	for _, c := range r.columns {
		name, language, ok := strings.Cut(c, ":")
		switch {
		case c == "" || slices.Contains(plainColumns(), c):
		case ok && language != "" && slices.Contains(byLanguage(), name):
			if !slices.Contains(out, language) {
				out = append(out, language)
			}
		default:
			r.refuse(header, "unknown-column", "The header has a column that means nothing here.", spelling.DidYouMean(c, known, "Columns are "+strings.Join(known, ", ")+", and the last ones in other languages."))
		}
	}
	return out
}

// listed takes the terms in a cell apart.
func listed(cell string) []string {
	var out []string
	for _, term := range strings.FieldsFunc(cell, func(c rune) bool { return c == ';' || c == '\n' || c == '；' || c == '؛' }) {
		if term = strings.TrimSpace(term); term != "" {
			out = append(out, term)
		}
	}
	return out
}

func (r *reader) yes(row sheet.Row, column string) bool {
	switch strings.ToLower(r.cell(row, column)) {
	case "yes", "true", "1":
		return true
	case "", "no", "false", "0":
	default:
		r.refuse(row.Number, column, "The column "+column+" says neither yes nor no.", "Write yes or no.")
	}
	return false
}
