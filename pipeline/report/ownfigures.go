package report

import (
	"fmt"
	"maps"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/commentary"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// filled writes a line with its references filled in. Every figure passes the
// pen, and every number that was typed by hand is recorded too, as commentary.
// It fails if a reference names no figure.
func (c *composer) filled(l commentary.Line) (Prose, bool) {
	pieces, err := commentary.Parse(l.Text)
	if err != nil {
		return Prose{}, false
	}
	var keys []table.Key
	for _, p := range pieces {
		if p.Figure == nil {
			continue
		}
		key, ok := c.keyOf(*p.Figure)
		if !ok {
			c.own.bad = append(c.own.bad, l)
			return Prose{}, false
		}
		keys = append(keys, key)
	}
	var out Prose
	for _, p := range pieces {
		if p.Figure == nil {
			out.Text += p.Words
			c.recordTyped(l.Place, p.Words)
			continue
		}
		start := len(out.Text)
		out.Text += c.text(c.own.numbers[keys[0]])
		out.Numbers = append(out.Numbers, Mention{start, len(out.Text), string(keys[0])})
		keys = keys[1:]
	}
	return out, true
}

// recordTyped puts the numbers that stand in words into the ledger.
func (c *composer) recordTyped(place, words string) {
	for _, n := range c.l.Numbers.Typed(words) {
		c.own.typed[place]++
		c.pen.Typed(table.Key(fmt.Sprintf("commentary @/@ %s %%/%% %s %d", place, c.l.Tag, c.own.typed[place])), n)
	}
}

// keyOf returns the key of the figure that a reference names.
func (c *composer) keyOf(r commentary.Reference) (table.Key, bool) {
	if r.Key != "" {
		return table.Key(r.Key), c.own.has(table.Key(r.Key))
	}
	var by, values []string
	for _, g := range r.Groups {
		by, values = append(by, g.Item), append(values, g.Value)
	}
	analyses := []table.Analysis{table.PropSelectOne, table.PropSelectMultiple}
	if r.Choice == "" {
		analyses = []table.Analysis{table.Mean}
	}
	for _, a := range analyses {
		v := c.view(a, r.Item, by...)
		if v == nil {
			v = c.view(a, r.Item, c.folded(by)...)
		}
		if v == nil {
			continue
		}
		row := v.Row()
		if r.Choice != "" && !slices.Contains(v.Choices(), r.Choice) {
			return "", false
		}
		if key := row.KeyOf(r.Choice, values); c.own.has(key) {
			return key, true
		}
	}
	return "", false
}

// folded names the items by which the report divides respondents in place of
// those whose small groups were folded into one.
func (c *composer) folded(by []string) []string {
	out := slices.Clone(by)
	for k, name := range by {
		for _, domain := range c.in.Domains {
			if item, ok := c.s.Item(domain); ok && item.Derived == name {
				out[k] = domain
			}
		}
	}
	return out
}

// speaksOf returns the figures that a line speaks of: those that it names, and
// for everybody those of the items of its place. The summary speaks of all items
// unless it names figures.
func (c *composer) speaksOf(l commentary.Line, items []string) Told {
	out := Told{}
	put := func(k table.Key, n protect.Number) {
		out[k] = c.in.Language.Numbers.Mark()
		if n.Status() == protect.Published {
			out[k] = c.own.plain.Text(n)
		}
	}
	pieces, _ := commentary.Parse(l.Text)
	for _, p := range pieces {
		if p.Figure != nil {
			if k, ok := c.keyOf(*p.Figure); ok {
				put(k, c.own.numbers[k])
			}
		}
	}
	if _, of := l.Item(c.s); len(out) > 0 && !of {
		return out
	}
	for _, v := range c.in.Safe.Views() {
		row := v.Row()
		if len(row.By) > 0 || items != nil && !slices.Contains(items, row.Item) {
			continue
		}
		for k, choice := range v.Choices() {
			put(row.KeyOf(choice, nil), v.Figure(0, k))
		}
	}
	return out
}

// stale reports whether the figures that a line speaks of have changed since its
// text was first met, and keeps how they are to be remembered.
func (c *composer) stale(l commentary.Line, items []string) bool {
	id := l.Fingerprint()
	if c.in.Own.Changed != nil {
		return c.in.Own.Changed[id]
	}
	now := c.speaksOf(l, items)
	before, known := c.in.Own.Seen[id]
	if known && !maps.Equal(before, now) {
		c.own.changed[id] = true
		c.own.told[id] = before
		return true
	}
	c.own.told[id] = now
	return false
}

// wonder notes a line in which numbers were typed by hand that are no published
// figure of what it speaks of. Years are passed over.
func (c *composer) wonder(l commentary.Line, items []string) {
	pieces, _ := commentary.Parse(l.Text)
	var typed []string
	for _, p := range pieces {
		for _, n := range c.l.Numbers.Typed(p.Words) {
			if !isYear(n) {
				typed = append(typed, n)
			}
		}
	}
	if len(typed) == 0 {
		return
	}
	published := map[string]bool{}
	for _, v := range c.in.Safe.Views() {
		if items != nil && !slices.Contains(items, v.Row().Item) {
			continue
		}
		for d := range v.Domains() {
			numbers := []protect.Number{v.Base(d)}
			for k := range v.Choices() {
				numbers = append(numbers, v.Figure(d, k))
			}
			for _, n := range numbers {
				if n.Status() == protect.Published {
					for _, told := range lang.Plain().Typed(c.own.plain.Text(n)) {
						published[told] = true
					}
				}
			}
		}
	}
	for _, n := range typed {
		if !published[n] {
			c.own.strange = append(c.own.strange, l)
			return
		}
	}
}

// isYear reports whether a number is most likely a year.
func isYear(n string) bool { return len(n) == 4 && (n[:2] == "19" || n[:2] == "20") }

// ownFindings say what of the lines of analysts needs a look, in one language.
func (c *composer) ownFindings() []finding.Finding {
	var out []finding.Finding
	say := func(l commentary.Line, kind, problem, remedy string) {
		out = append(out, finding.Finding{Stage: "report", Kind: kind, Severity: finding.Warning, Place: l.At, Problem: problem, Remedy: remedy})
	}
	for _, l := range c.own.bad {
		say(l, "commentary-figure", "The text in "+c.l.Tag+" names a figure that the results do not have; it is left out of the report.", "Correct what stands in braces: the results file has the key of each figure. Or add the table to the plan.")
	}
	for _, l := range c.own.held {
		say(l, "commentary-withheld", "The title in "+c.l.Tag+" names a figure that is withheld; the title that the program makes stands in its place.", "Take the figure out of the title.")
	}
	for _, l := range c.own.strange {
		say(l, "commentary-number", "The text in "+c.l.Tag+" has a number typed by hand that is no published figure of what it speaks of.", "Write figures as references in braces, which are protected and follow the answers; see that the number gives nobody away.")
	}
	if n := c.untranslated(); n > 0 {
		out = append(out, finding.Finding{
			Stage: "report", Kind: "commentary-language", Severity: finding.Warning, Place: finding.Place{File: c.in.Own.Lines[0].At.File},
			Problem: fmt.Sprintf("%d text(s) of commentary or titles are written in other languages and not in %s; the report in it is without them.", n, c.l.Tag),
			Remedy:  "Add lines in this language.",
		})
	}
	for _, l := range c.own.lines {
		id := l.Fingerprint()
		switch {
		case l.Kind != commentary.Comment && l.Kind != commentary.Title:
		case !c.own.used[id]:
			say(l, "commentary-place", "The text in "+c.l.Tag+" is about a place that the report does not have; it is left out.", "Correct the place: \"soundings commentary\" lists all of them.")
		case c.own.changed[id]:
			say(l, "commentary-changed", "Figures that the text in "+c.l.Tag+" speaks of have changed since it was written; the report says so beside it.", "Read it again, and change the text or what stands under as_of.")
		}
	}
	return out
}

// untranslated counts the places that have a text in another language of the
// report and none in this one.
func (c *composer) untranslated() int {
	type about struct {
		kind  commentary.Kind
		place string
	}
	missing := map[about]bool{}
	for _, l := range c.in.Own.Lines {
		if l.Language != "" && (l.Kind == commentary.Comment || l.Kind == commentary.Title) {
			missing[about{l.Kind, l.Place}] = true
		}
	}
	for _, l := range c.own.lines {
		delete(missing, about{l.Kind, l.Place})
	}
	return len(missing)
}
