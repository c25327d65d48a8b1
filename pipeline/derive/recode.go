package derive

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// recode makes the choices of a recoded item: each new choice stands where the
// first of those that became it stood.
func (f *definer) recode(d *derivation) {
	from, _ := f.asked.Item(d.From)
	if from.Type != survey.SelectOne && from.Type != survey.SelectMultiple {
		f.refuse(d, "no-choices", "recodes "+d.From+", which has no choices.", "Recode a select item; use \"bands\" for numbers and dates.")
		return
	}
	d.item.Type = from.Type
	old := f.asked.Choices(from)
	to := f.targets(d, old)
	var choices []survey.Choice
	at := map[string]int32{}
	d.codes = make([]int32, len(old))
	for i, c := range old {
		name, made := to[i], survey.Choice{}
		switch {
		case name != "":
			made = survey.Choice{Name: name, Label: f.joined(old, to, name), Missing: c.Missing}
		case d.Else == "keep" || c.Missing != survey.Answered:
			name, made = c.Name, c
		case d.Else == otherChoice:
			name, made = otherChoice, survey.Choice{Name: otherChoice, Label: words(otherChoice)}
			if k := slices.IndexFunc(old, func(o survey.Choice) bool { return o.Name == otherChoice }); k >= 0 {
				made.Label, made.Short = old[k].Label, old[k].Short
			}
		default:
			d.codes[i] = dataset.NoCode
			continue
		}
		code, there := at[name]
		if !there {
			code = int32(len(choices))
			at[name] = code
			choices = append(choices, made)
		} else if choices[code].Missing != made.Missing {
			f.refuse(d, "missing-choice", "puts choices that are answers and such as stand for a missing answer into one, "+name+".", "Keep them apart.")
		}
		d.codes[i] = code
	}
	d.moveLast(choices)
	f.own(d, choices)
}

// moveLast puts the choice that is to stand last there.
func (d *derivation) moveLast(choices []survey.Choice) {
	at := slices.IndexFunc(choices, func(c survey.Choice) bool { return c.Name == d.last })
	if d.last == "" || at < 0 {
		return
	}
	moved := choices[at]
	copy(choices[at:], choices[at+1:])
	choices[len(choices)-1] = moved
	for i, code := range d.codes {
		switch {
		case code == int32(at):
			d.codes[i] = int32(len(choices) - 1)
		case code > int32(at):
			d.codes[i]--
		}
	}
}

// targets returns for each old choice the new one that "recode" gives it, or "".
func (f *definer) targets(d *derivation, old []survey.Choice) []string {
	to := make([]string, len(old))
	var names []string
	for _, c := range old {
		names = append(names, c.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(d.Recode)) {
		if len(d.Recode[name]) == 0 {
			f.refuse(d, "no-choices", "makes the choice "+name+" of nothing.", "Name the choices that become it.")
		}
		for _, word := range d.Recode[name] {
			i := slices.Index(names, word)
			switch {
			case i < 0:
				f.refuse(d, "unknown-choice", fmt.Sprintf("recodes the choice %q, which %s does not have.", word, d.From), didYouMean(word, names))
			case to[i] != "" && to[i] != name:
				f.refuse(d, "choice-twice", fmt.Sprintf("recodes the choice %q twice.", word), "Name each choice once.")
			default:
				to[i] = name
			}
		}
	}
	for i, name := range names {
		if d.Else == "keep" && to[i] == "" && d.Recode[name] != nil {
			f.refuse(d, "choice-twice", fmt.Sprintf("makes a choice %q beside one of that name that is kept.", name), "Name the new choice otherwise, or add the old one to those that become it.")
		}
	}
	return to
}

// joined gives a new choice the labels of those that became it, in each language
// that all of them have.
func (f *definer) joined(old []survey.Choice, to []string, name string) survey.Text {
	var parts []survey.Text
	for i := range old {
		if to[i] == name {
			parts = append(parts, old[i].Label)
		}
	}
	out := survey.Text{}
	for tag := range parts[0] {
		var texts []string
		for _, p := range parts {
			if s := strings.TrimSpace(p[tag]); s != "" {
				texts = append(texts, s)
			}
		}
		if len(texts) == len(parts) {
			out[tag] = strings.Join(texts, " / ")
		}
	}
	return out
}

// bands makes the choices of an item in bands.
func (f *definer) bands(d *derivation) {
	from, _ := f.asked.Item(d.From)
	if !from.Type.Numeric() && from.Type != survey.Date {
		f.refuse(d, "no-number", "puts "+d.From+" into bands, which holds neither numbers nor dates.", "Use \"recode\" for choices.")
		return
	}
	d.item.Type = survey.SelectOne
	for i, b := range d.Bands {
		edge, ok := edgeOf(b.From, from.Type)
		switch {
		case i == 0 && b.From == "":
			edge = math.Inf(-1)
		case !ok:
			f.refuse(d, "band", fmt.Sprintf("has in its band %d an edge that is not of the kind of %s.", i+1, d.From), "Write whole numbers for an integer, numbers for a decimal, dates as 2024-01-31.")
			return
		case i > 0 && edge <= d.edges[i-1]:
			f.refuse(d, "band", fmt.Sprintf("has a band %d that does not lie above the one before.", i+1), "Put the bands in ascending order.")
			return
		}
		d.edges = append(d.edges, edge)
	}
	var choices []survey.Choice
	names := map[string]bool{}
	for i, b := range d.Bands {
		to := ""
		if i+1 < len(d.Bands) {
			to = d.Bands[i+1].From
		}
		name, label := bandWords(b.From, to, from.Type)
		if b.Name != "" {
			name = b.Name
		}
		if names[name] {
			f.refuse(d, "band", "has two bands called "+name+".", "Give each band a name of its own.")
		}
		names[name] = true
		text := survey.Text{}
		for _, l := range f.asked.Languages {
			text[l.Tag] = label
		}
		text[f.asked.Default] = label
		for tag, words := range b.Label {
			text[tag] = words
		}
		choices = append(choices, survey.Choice{Name: name, Label: text})
	}
	f.own(d, choices)
}

func edgeOf(s string, t survey.Type) (float64, bool) {
	switch t {
	case survey.Integer:
		n, err := strconv.ParseInt(s, 10, 54)
		return float64(n), err == nil
	case survey.Decimal:
		n, err := strconv.ParseFloat(s, 64)
		return n, err == nil && !math.IsInf(n, 0) && !math.IsNaN(n)
	}
	at, err := time.Parse(time.DateOnly, s)
	return float64(at.Unix() / (24 * 60 * 60)), err == nil
}

// bandWords returns the name and the label of a band that has neither; the
// label is made of numbers and signs, and so is the same in all languages.
func bandWords(from, to string, t survey.Type) (name, label string) {
	clean := func(s string) string { return strings.NewReplacer("-", "m", ".", "p", "+", "").Replace(s) }
	if t == survey.Date {
		clean = func(s string) string { return strings.ReplaceAll(s, "-", "_") }
	}
	switch {
	case from == "" && to == "":
		return "any", "–"
	case from == "":
		return "under_" + clean(to), "< " + to
	case to == "":
		return "from_" + clean(from), "≥ " + from
	}
	name = "from_" + clean(from) + "_to_" + clean(to)
	if t == survey.Integer {
		n, _ := strconv.ParseInt(to, 10, 64)
		last := strconv.FormatInt(n-1, 10)
		if last == from {
			return "from_" + clean(from), from
		}
		return "from_" + clean(from) + "_to_" + clean(last), from + "–" + last
	}
	return name, "≥ " + from + ", < " + to
}

// bandOf returns the band that a number lies in, or dataset.NoCode.
func bandOf(edges []float64, n float64) int32 {
	code := dataset.NoCode
	for i, edge := range edges {
		if n >= edge {
			code = int32(i)
		}
	}
	return code
}
