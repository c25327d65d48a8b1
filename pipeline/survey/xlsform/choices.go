package xlsform

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// double is a choice whose name its list already had.
type double struct {
	list, name string
	place      finding.Place
	first      int  // row of the first
	same       bool // the labels are the same too
}

// draft is a list being read.
type draft struct {
	choices []survey.Choice
	at      map[string]int    // where a name stands in choices
	alike   map[string]string // names in small letters
	rows    []int
	orders  []float64
	ordered bool // every choice has a number in the order column
}

// readChoices reads the choices sheet. A second choice of one name is left
// out; whether that is a refusal depends on the items that use the list.
func (r *reader) readChoices(s *sheet) []*survey.ChoiceList {
	if s == nil {
		return nil
	}
	if !r.required(s, "list_name", "name") {
		return nil
	}
	var names []string
	drafts := map[string]*draft{}
	for _, each := range s.rows {
		list, listTitle := s.cell(each, "list_name")
		name, nameTitle := s.cell(each, "name")
		label := s.text(each, "label")
		if list == "" && name == "" && len(label) == 0 {
			continue
		}
		if list == "" {
			r.add("missing-list-name", finding.Refusal, s.place(each, listTitle), "The choice belongs to no list.", "Write the name of its list, or delete the row.")
			continue
		}
		d := drafts[list]
		if d == nil {
			d = &draft{ordered: true, at: map[string]int{}, alike: map[string]string{}}
			drafts[list] = d
			names = append(names, list)
		}
		if name == "" {
			r.add("missing-name", finding.Refusal, s.place(each, nameTitle), "The choice of the list "+list+" has no name.", "Write a name: it is what the answers hold.")
			continue
		}
		place := s.place(each, nameTitle)
		if i, twice := d.at[name]; twice {
			r.doubles = append(r.doubles, double{list, name, place, d.rows[i], sameText(d.choices[i].Label, label)})
			continue
		}
		r.checkAlike("choice", name, place, d.alike)
		r.readChoice(s, each, d, survey.Choice{Name: name, Label: label, Short: s.text(each, "short")})
		r.labels = append(r.labels, labelled{label: label, place: place, name: "choice " + name + " of the list " + list})
	}
	var lists []*survey.ChoiceList
	for _, name := range names {
		lists = append(lists, survey.NewChoiceList(name, drafts[name].sorted()))
		r.checkChoiceLabels(s, name, drafts[name])
	}
	return lists
}

func (r *reader) readChoice(s *sheet, each row, d *draft, c survey.Choice) {
	if cell, title := s.cell(each, "score"); cell != "" {
		if score, ok := number(cell); ok {
			c.Score = &score
		} else {
			r.add("bad-score", finding.Refusal, s.place(each, title), "The score of the choice "+c.Name+" is not a number.", "Write a number, or leave it empty for a choice that is not on the scale.")
		}
	}
	cell, _ := s.cell(each, "order")
	order, ok := number(cell)
	d.ordered = d.ordered && ok
	d.at[c.Name] = len(d.choices)
	d.choices, d.rows, d.orders = append(d.choices, c), append(d.rows, each.number), append(d.orders, order)
}

// sorted returns the choices by the order column when each has a number there,
// else as the form has them.
func (d *draft) sorted() []survey.Choice {
	index := make([]int, len(d.choices))
	for i := range index {
		index[i] = i
	}
	if d.ordered {
		slices.SortStableFunc(index, func(a, b int) int {
			switch {
			case d.orders[a] < d.orders[b]:
				return -1
			case d.orders[a] > d.orders[b]:
				return 1
			}
			return 0
		})
	}
	out := make([]survey.Choice, len(index))
	for i, from := range index {
		out[i] = d.choices[from]
	}
	return out
}

// checkChoiceLabels warns of choices of one list that have the same label: in
// an export with labels their answers cannot be told apart.
func (r *reader) checkChoiceLabels(s *sheet, list string, d *draft) {
	for _, lang := range r.languages.list {
		seen := map[string]int{}
		count, first, label := int64(0), 0, ""
		for i, c := range d.choices {
			text := c.Label[lang.Tag]
			if text == "" {
				continue
			}
			if _, twice := seen[text]; twice {
				if count++; count == 1 {
					first, label = i, text
				}
				continue
			}
			seen[text] = i
		}
		if count > 0 {
			r.findings.Add(finding.Finding{Stage: "form", Kind: "duplicate-choice-label", Severity: finding.Warning, Count: count,
				Place:   finding.Place{File: s.file, Sheet: s.name, Row: d.rows[first], Column: labelTitle(s, lang.Tag)},
				Problem: "The list " + list + " has the label “" + label + "” more than once in " + lang.Name + ".",
				Remedy:  "Word the labels differently, or export the answers with names instead of labels."})
		}
	}
}

// checkDoubles judges choices that stand twice in a list, once it is known how
// the list is used: without harm where the labels are the same too, or where
// every use narrows the list by a choice_filter.
func (r *reader) checkDoubles() {
	for _, d := range r.doubles {
		severity, remedy := finding.Refusal, "Give each choice a name of its own, or delete one of the two: an answer must mean one thing."
		if d.same || r.filtered[d.list] {
			severity, remedy = finding.Warning, "The first counts. Delete the second if it is not needed."
		}
		r.add("duplicate-choice", severity, d.place, "The list "+d.list+" has the choice "+d.name+" twice: first in row "+strconv.Itoa(d.first)+".", remedy)
	}
}

func sameText(a, b survey.Text) bool {
	if len(a) != len(b) {
		return false
	}
	for tag, text := range a {
		if b[tag] != text {
			return false
		}
	}
	return true
}

// number reads a decimal number, with a point or a comma.
func number(cell string) (float64, bool) {
	f, err := strconv.ParseFloat(strings.Replace(cell, ",", ".", 1), 64)
	return f, err == nil && !math.IsInf(f, 0) && !math.IsNaN(f)
}
