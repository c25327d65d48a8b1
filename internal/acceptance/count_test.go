package acceptance

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A poll is a survey counted by hand: it reads the sheets of the form and the
// answers as plain CSV and knows nothing of the pipeline.
type poll struct {
	questions []question
	people    []map[string][]string // question -> what was chosen; no entry when it was not answered
	unlisted  map[string]int        // question -> cells that hold no choice of the form
}

type question struct {
	name     string
	multiple bool
	choices  []string // those that are answers
}

// words say which choices are no answers, and how the file writes its columns.
type words struct {
	missing   []string // names of choices, or list.name
	separator string   // between an item and its choice in a column's title
}

// newPoll reads a survey and who answered what.
func newPoll(t *testing.T, items, choices, answers string, w words) poll {
	t.Helper()
	names, byLabel := map[string][]string{}, map[string]map[string]string{}
	for _, c := range records(t, choices) {
		list, name := c["list_name"], c["name"]
		if list == "" {
			continue
		}
		if byLabel[list] == nil {
			byLabel[list] = map[string]string{}
		}
		names[list] = append(names[list], name)
		byLabel[list][plain(c["label::English (en)"])] = name
	}
	rows := records(t, answers)
	p := poll{people: make([]map[string][]string, len(rows)), unlisted: map[string]int{}}
	for i := range rows {
		p.people[i] = map[string][]string{}
	}
	for _, item := range records(t, items) {
		kind, list, _ := strings.Cut(item["type"], " ")
		if kind != "select_one" && kind != "select_multiple" {
			continue
		}
		q := question{name: item["name"], multiple: kind == "select_multiple"}
		for _, name := range names[list] {
			if !slices.Contains(w.missing, name) && !slices.Contains(w.missing, list+"."+name) {
				q.choices = append(q.choices, name)
			}
		}
		held := false
		for i, row := range rows {
			chosen, answered, ok := p.chosen(q, row, names[list], byLabel[list], w.separator)
			held = held || ok
			switch {
			case !answered:
			case slices.Contains(chosen, ""):
				p.unlisted[q.name]++
			default:
				real := slices.DeleteFunc(chosen, func(name string) bool { return !slices.Contains(q.choices, name) })
				if len(real) > 0 || len(chosen) == 0 {
					p.people[i][q.name] = real
				}
			}
		}
		if held {
			p.questions = append(p.questions, q)
		}
	}
	return p
}

// chosen returns the names of the choices in the cells of a row, "" for a word
// that is none. It reports whether there is an answer, and whether the file has
// the question at all.
func (p poll) chosen(q question, row map[string]string, names []string, byLabel map[string]string, separator string) (chosen []string, answered, held bool) {
	cell, held := row[q.name]
	if q.multiple && !held {
		for _, name := range names {
			mark, ok := row[q.name+separator+name]
			held = held || ok
			answered = answered || mark != ""
			if mark == "1" || strings.EqualFold(mark, "true") {
				chosen = append(chosen, name)
			}
		}
		return chosen, answered, held
	}
	if plain(cell) == "" {
		return nil, false, held
	}
	said := []string{plain(cell)}
	if q.multiple {
		said = strings.Fields(cell)
	}
	for _, word := range said {
		switch {
		case slices.Contains(names, word):
			chosen = append(chosen, word)
		default:
			chosen = append(chosen, byLabel[word])
		}
	}
	return chosen, true, held
}

func plain(s string) string { return strings.Join(strings.Fields(s), " ") }

// count returns how many chose a value of an item, or any of several, and how many answered it,
// among those who chose a value of another ("NA" for everybody).
func (p poll) count(item, value, by, group string) (n, base int) {
	values := strings.Split(value, "|")
	for _, person := range p.people {
		if by != "NA" && !slices.Contains(person[by], group) {
			continue
		}
		said, answered := person[item]
		if !answered {
			continue
		}
		base++
		if slices.ContainsFunc(said, func(name string) bool { return slices.Contains(values, name) }) {
			n++
		}
	}
	return n, base
}

// compare holds every frequency of a results file against the poll, and says
// whether the file has a frequency for each choice of each item for everybody,
// and for each choice in each group of each breakdown that it has at all.
func (p poll) compare(t *testing.T, results string) {
	t.Helper()
	type breakdown struct{ item, by string }
	have := map[breakdown]map[[2]string]bool{}
	wrong, figures := 0, 0
	for _, r := range records(t, results) {
		if !strings.HasPrefix(r["analysis_type"], "prop_") {
			continue
		}
		figures++
		b := breakdown{r["analysis_var"], r["group_var"]}
		if have[b] == nil {
			have[b] = map[[2]string]bool{}
		}
		have[b][[2]string{r["analysis_var_value"], r["group_var_value"]}] = true
		n, base := p.count(b.item, r["analysis_var_value"], b.by, r["group_var_value"])
		if r["n"] == strconv.Itoa(n) && r["n_total"] == strconv.Itoa(base) && isShare(r["stat"], n, base) {
			continue
		}
		if wrong++; wrong <= 20 {
			t.Errorf("%s: %s of %s, share %s; counted %d of %d", r["analysis_key"], r["n"], r["n_total"], r["stat"], n, base)
		}
	}
	if wrong > 20 {
		t.Errorf("%d frequencies are wrong in all", wrong)
	}
	byName := map[string]question{}
	for _, q := range p.questions {
		byName[q.name] = q
		for _, c := range q.choices {
			if !have[breakdown{q.name, "NA"}][[2]string{c, "NA"}] {
				t.Errorf("the results lack the share of %s of %s", c, q.name)
			}
		}
	}
	groups := 0
	for b, cells := range have {
		if b.by == "NA" {
			continue
		}
		groups++
		for _, g := range byName[b.by].choices {
			for _, c := range byName[b.item].choices {
				if _, base := p.count(b.item, c, b.by, g); base > 0 && !cells[[2]string{c, g}] {
					t.Errorf("the results lack the share of %s of %s among %s of %s", c, b.item, g, b.by)
				}
			}
		}
	}
	if groups == 0 {
		t.Error("no item is broken down by another")
	}
	t.Logf("%d frequencies of %d items and %d breakdowns are as counted: %d responses", figures-wrong, len(p.questions), groups, len(p.people))
}

func isShare(stat string, n, base int) bool {
	if base == 0 {
		return stat == ""
	}
	share, err := strconv.ParseFloat(stat, 64)
	return err == nil && math.Abs(share-float64(n)/float64(base)) < 1e-12
}
