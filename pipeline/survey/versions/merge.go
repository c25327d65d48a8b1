package versions

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Merged is today's survey with what earlier versions had, and how each of them
// stands to it.
type Merged struct {
	Survey  *survey.Survey
	Changes []Change

	editions    []Edition
	comparisons []Comparison
}

// Merge makes one survey of today's form and of earlier ones, the latest first.
// Items and choices that were removed stay, marked; what was renamed is known by
// its former name as well; an item that some version lacks may be absent from a
// file. The findings refuse what must not be pooled.
func Merge(today string, now *survey.Survey, editions []Edition, renames Renames) (Merged, []finding.Finding) {
	m := Merged{Survey: now, editions: editions}
	var findings []finding.Finding
	for _, name := range renames.Unused(editions) {
		findings = append(findings, finding.Finding{Stage: stage, Kind: "rename", Severity: finding.Refusal, Place: finding.Place{Column: "survey.renamed." + name}, Problem: "survey.renamed speaks of " + name + ", which no earlier form has.", Remedy: "Correct the name, or remove the line."})
	}
	for _, e := range editions {
		c := Compare(today, now, e, renames)
		m.comparisons, m.Changes = append(m.comparisons, c), append(m.Changes, c.Changes...)
		findings = append(findings, c.Findings...)
	}
	if finding.Refused(findings) {
		return m, findings
	}
	g := &merging{out: *now, lists: map[string][]survey.Choice{}}
	g.out.Items, g.out.Levels, g.out.Groups = slices.Clone(now.Items), slices.Clone(now.Levels), slices.Clone(now.Groups)
	for _, l := range now.Lists {
		g.lists[l.Name] = slices.Clone(l.Choices)
		g.order = append(g.order, l.Name)
	}
	for k, e := range editions {
		g.edition(e, m.comparisons[k])
	}
	g.out.Lists = nil
	for _, name := range g.order {
		g.out.Lists = append(g.out.Lists, survey.NewChoiceList(name, g.lists[name]))
	}
	merged, more := survey.New(g.out)
	m.Survey = merged
	return m, append(append(findings, g.found...), more...)
}

// merging is a merge under way.
type merging struct {
	out   survey.Survey
	lists map[string][]survey.Choice
	order []string
	found []finding.Finding
}

func (g *merging) edition(e Edition, c Comparison) {
	for i := range g.out.Items {
		item := &g.out.Items[i]
		k, known := c.items[i]
		switch {
		case known:
			old := e.Survey.Items[k]
			if old.Name != item.Name || !sameText(old.Label, item.Label) {
				item.Former = append(slices.Clone(item.Former), survey.Former{Name: old.Name, Label: old.Label})
			}
		case item.Earlier == "":
			item.Partial = true
		}
	}
	for _, pair := range sortedPairs(c.choices) {
		g.choices(pair, c.choices[pair], e)
	}
	used := map[int]bool{}
	for _, k := range c.items {
		used[k] = true
	}
	for k := range e.Survey.Items {
		if old := e.Survey.Items[k]; !used[k] && old.Type.HasAnswer() {
			g.keep(old, e)
		}
	}
}

// choices keeps the choices that were removed and notes former names.
func (g *merging) choices(pair listPair, found map[int32]int, e Edition) {
	then := e.Survey.List(pair.then)
	if then == nil {
		return
	}
	used := map[int]bool{}
	list := g.lists[pair.now]
	for code, k := range found {
		used[k] = true
		is, was := &list[code], then.Choices[k]
		if was.Name != is.Name || !sameText(was.Label, is.Label) {
			is.Former = append(slices.Clone(is.Former), survey.Former{Name: was.Name, Label: was.Label})
		}
	}
	for k, was := range then.Choices {
		if used[k] {
			continue
		}
		if at := slices.IndexFunc(list, func(x survey.Choice) bool { return x.Name == was.Name }); at >= 0 {
			g.again(list[at], was, pair.now, e)
			continue
		}
		was.Earlier, was.Former = e.File, nil
		list = append(list, was)
	}
	g.lists[pair.now] = list
}

// again refuses a choice that today's form lacks and two earlier forms have
// with different words.
func (g *merging) again(kept, was survey.Choice, list string, e Edition) {
	shared := common(kept.Label, was.Label)
	for _, tag := range shared {
		if a, b := fold(kept.Label[tag]), fold(was.Label[tag]); a == b || nearly(a, b) {
			return
		}
	}
	if kept.Earlier == "" || len(shared) == 0 {
		return
	}
	g.found = append(g.found, finding.Finding{Stage: stage, Kind: "meaning-between-versions", Severity: finding.Refusal, Place: finding.Place{File: e.File}, Problem: fmt.Sprintf("The choice %s of the list %s has other words than in %s, and today's form has no such choice.", was.Name, list, kept.Earlier), Remedy: "Say which choice of today each is, under survey.renamed.choices, or read the two versions as surveys of their own."})
}

// keep adds an item that today's form does not have any more.
func (g *merging) keep(old survey.Item, e Edition) {
	if slices.ContainsFunc(g.out.Items, func(i survey.Item) bool { return i.Name == old.Name }) {
		return
	}
	level := e.Survey.Levels[old.Level]
	at := slices.IndexFunc(g.out.Levels, func(l survey.Level) bool { return l.Name == level.Name })
	if at < 0 {
		if level.Parent > 0 {
			return // a repeat inside a repeat that is gone
		}
		level.Parent = 0
		g.out.Levels = append(g.out.Levels, level)
		at = len(g.out.Levels) - 1
	}
	old.Level, old.Earlier, old.Partial, old.Required = at, e.File, true, false
	if list := e.Survey.List(old.List); list != nil && old.Type.HasChoices() {
		name := old.List
		for g.lists[name] != nil {
			name += "_earlier"
		}
		g.lists[name] = slices.Clone(list.Choices)
		g.order = append(g.order, name)
		old.List = name
	}
	g.out.Items = append(g.out.Items, old)
}

func sortedPairs(m map[listPair]map[int32]int) []listPair {
	out := make([]listPair, 0, len(m))
	for p := range m {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b listPair) int { return strings.Compare(a.now+"\x00"+a.then, b.now+"\x00"+b.then) })
	return out
}

func sameText(a, b survey.Text) bool {
	return maps.Equal(a, b)
}
