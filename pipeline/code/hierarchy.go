package code

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/spelling"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Gathering is a family, or a code with codes under it: whoever was given any of
// its codes counts.
type Gathering struct {
	ID     string
	Label  survey.Text
	Family bool
	Depth  int      // 0 for families and top codes without one
	Codes  []string // its own code if it is one, and all under it, in the order of the codebook
}

// Gatherings returns the families and the codes with others under them, each
// family before its codes. What would gather a single code is left out, and so is
// what gathers all: that any code was given follows from how many got none.
func (cb *Codebook) Gatherings() []Gathering {
	var out []Gathering
	add := func(g Gathering, holds func(t Theme) bool) {
		for _, t := range cb.Codes {
			if holds(t) {
				g.Codes = append(g.Codes, t.ID)
			}
		}
		if len(g.Codes) > 1 && len(g.Codes) < len(cb.Codes) {
			out = append(out, g)
		}
	}
	parents := func(family string, depth int) {
		for _, p := range cb.Codes {
			if p.Family == family {
				add(Gathering{ID: p.ID, Label: p.Label, Depth: depth + len(cb.Above(p.ID))}, func(t Theme) bool {
					return t.ID == p.ID || slices.Contains(cb.Above(t.ID), p.ID)
				})
			}
		}
	}
	for _, f := range cb.Families {
		add(Gathering{ID: f.ID, Label: f.Label, Family: true}, func(t Theme) bool { return t.Family == f.ID })
		parents(f.ID, 1)
	}
	parents("", 0)
	return out
}

// Above returns the codes above a code, its parent first.
func (cb *Codebook) Above(id string) []string {
	var out []string
	for {
		i := slices.IndexFunc(cb.Codes, func(t Theme) bool { return t.ID == id })
		if i < 0 || cb.Codes[i].Parent == "" || slices.Contains(out, cb.Codes[i].Parent) {
			return out
		}
		id = cb.Codes[i].Parent
		out = append(out, id)
	}
}

// hierarchy checks parents, and gives codes under others their family.
func (r *reader) hierarchy() {
	at := map[string]int{}
	var ids []string
	for i, c := range r.cb.Codes {
		if _, twice := at[c.ID]; !twice && c.ID != "" {
			at[c.ID] = i
			ids = append(ids, c.ID)
		}
	}
	for _, c := range r.cb.Codes {
		if _, ok := at[c.Parent]; c.Parent != "" && !ok {
			remedy := spelling.DidYouMean(c.Parent, ids, "Add it to the codes, or correct its name.")
			r.add(finding.Refusal, r.row(c.ID, 1), "unknown-parent", "The code "+c.ID+" stands under "+c.Parent+", which is not there.", remedy)
		}
	}
	for i := range r.cb.Codes {
		r.inherit(i, at)
	}
}

// inherit finds the top code above a code, and takes its family.
func (r *reader) inherit(i int, at map[string]int) {
	c := &r.cb.Codes[i]
	seen := map[int]bool{i: true}
	top := i
	for {
		up, ok := at[r.cb.Codes[top].Parent]
		if !ok {
			break
		}
		if seen[up] {
			if up == i {
				r.add(finding.Refusal, r.row(c.ID, 1), "circle", "The code "+c.ID+" stands under itself.", "Take the parent out of one of the codes.")
			}
			return
		}
		seen[up] = true
		top = up
	}
	family := r.cb.Codes[top].Family
	switch {
	case top == i:
	case c.Family == "":
		c.Family = family
	case c.Family != family:
		r.add(finding.Refusal, r.row(c.ID, 1), "other-family", fmt.Sprintf("The code %s belongs to the family %s, but stands under %s, which does not.", c.ID, c.Family, r.cb.Codes[top].ID),
			"Leave the family of codes under others out.")
	}
}

// exclusions checks the phrases in which terms do not count.
func (r *reader) exclusions(c Theme, row int) {
	for _, lang := range slices.Sorted(maps.Keys(c.Not)) {
		own := NewMatcher(&Codebook{Codes: []Theme{{Terms: map[string][]string{lang: c.Terms[lang]}, Negation: Ignore}}}).Scanner()
		for i, phrase := range c.Not[lang] {
			p, problem := parsePattern(phrase)
			if problem != "" {
				r.add(finding.Refusal, row, "term", fmt.Sprintf("Exclusion %d of the code %s under %q %s.", i+1, c.ID, lang, problem), "Write the phrase as it stands in answers; a star at the end of a word stands for any ending.")
				continue
			}
			if slices.ContainsFunc(c.Terms[lang], func(term string) bool { t, _ := parsePattern(term); return slices.Equal(t, p) }) {
				r.add(finding.Refusal, row, "exclusion", fmt.Sprintf("Exclusion %d of the code %s under %q is one of its terms as well.", i+1, c.ID, lang), "Remove it from one of the two lists.")
				continue
			}
			if codes, _ := own.Codes(strings.ReplaceAll(phrase, "*", ""), nil); len(codes) == 0 {
				r.add(finding.Warning, row, "exclusion", fmt.Sprintf("Exclusion %d of the code %s under %q holds none of its terms, so it does nothing.", i+1, c.ID, lang), "Write the whole phrase, with the term in it.")
			}
		}
	}
}
