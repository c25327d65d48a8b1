// Package versions tells two versions of a form apart, and makes one survey of
// them to which answers given under either can be bound. A choice that kept its
// name and changed its meaning is refused: pooled, it would count answers to one
// question as answers to another.
package versions

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

const stage = "survey"

// Renames says what an earlier form called otherwise.
type Renames struct {
	Items   map[string]string `yaml:"items"`   // name in an earlier form -> name today
	Choices map[string]string `yaml:"choices"` // "list.name" in an earlier form -> name of the choice today
}

// Edition is an earlier version of a form.
type Edition struct {
	File   string // as the config names it
	Survey *survey.Survey
}

// Change is one difference between an earlier form and today's.
type Change struct {
	Form   string `json:"form"` // file of the earlier form
	Kind   string `json:"kind"` // such as "choice added"
	Item   string `json:"item"`
	Choice string `json:"choice,omitempty"`
	From   string `json:"from,omitempty"`
	To     string `json:"to,omitempty"`
}

// The kinds of changes. Those of meaning are refused.
const (
	ItemAdded     = "item added"
	ItemRemoved   = "item removed"
	ItemRenamed   = "item renamed"
	ItemReworded  = "item reworded"
	TypeChanged   = "type changed"
	WhenAsked     = "condition changed"
	LevelChanged  = "level changed"
	ChoiceAdded   = "choice added"
	ChoiceRemoved = "choice removed"
	ChoiceRenamed = "choice renamed"
	Reworded      = "choice reworded"
	ScoreChanged  = "score changed"
	OtherMeaning  = "other meaning"
)

// Comparison is how an earlier form differs from today's.
type Comparison struct {
	Changes  []Change
	Findings []finding.Finding

	items   map[int]int                // index of an item today -> in the earlier form
	choices map[listPair]map[int32]int // code today -> index in the earlier list
}

type listPair struct{ now, then string }

// comparing is a comparison under way.
type comparing struct {
	Comparison
	now     *survey.Survey
	then    Edition
	today   string // file of today's form
	renames Renames
	used    map[string]bool // renames that spoke of something
}

// Compare says how an earlier form differs from today's, and refuses what would
// make pooling of their answers unsafe.
func Compare(today string, now *survey.Survey, then Edition, renames Renames) Comparison {
	c := &comparing{now: now, then: then, today: today, renames: renames, used: map[string]bool{}}
	c.items, c.choices = map[int]int{}, map[listPair]map[int32]int{}
	c.pairItems()
	for _, i := range sortedInts(c.items) {
		c.item(&now.Items[i], &then.Survey.Items[c.items[i]])
	}
	slices.SortStableFunc(c.Changes, func(a, b Change) int { return cmp.Compare(a.Form, b.Form) })
	return c.Comparison
}

// pairItems finds the item of today that each item of the earlier form is.
func (c *comparing) pairItems() {
	taken := map[int]bool{}
	for k := range c.then.Survey.Items {
		old := &c.then.Survey.Items[k]
		name := old.Name
		if to, ok := c.renames.Items[name]; ok {
			c.used["item "+name] = true
			name = to
		}
		at := slices.IndexFunc(c.now.Items, func(i survey.Item) bool { return i.Name == name })
		switch {
		case at < 0 && name != old.Name:
			c.refuse("rename", old.Name, "", fmt.Sprintf("survey.renamed says that the item %s is called %s today; today's form has no such item.", old.Name, name), "Correct the name, or remove the line.")
		case at < 0:
			if old.Type.HasAnswer() {
				c.change(ItemRemoved, old.Name, "", old.Name, "")
			}
		case taken[at]:
			c.refuse("rename", old.Name, "", fmt.Sprintf("Two items of the earlier form would be the item %s of today.", name), "Correct survey.renamed: an item of today can be one item of an earlier form.")
		default:
			taken[at] = true
			c.items[at] = k
			if name != old.Name {
				c.change(ItemRenamed, name, "", old.Name, name)
			}
		}
	}
	for i := range c.now.Items {
		if item := &c.now.Items[i]; !taken[i] && item.Type.HasAnswer() && item.Derived == "" {
			c.change(ItemAdded, item.Name, "", "", item.Name)
		}
	}
}

// Unused returns the renames that speak of nothing in any of the earlier forms.
func (r Renames) Unused(editions []Edition) []string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(r.Items)) {
		if !slices.ContainsFunc(editions, func(e Edition) bool { _, ok := e.Survey.Item(name); return ok }) {
			out = append(out, "items."+name)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(r.Choices)) {
		list, name, _ := strings.Cut(key, ".")
		if !slices.ContainsFunc(editions, func(e Edition) bool {
			l := e.Survey.List(list)
			return l != nil && slices.ContainsFunc(l.Choices, func(x survey.Choice) bool { return x.Name == name })
		}) {
			out = append(out, "choices."+key)
		}
	}
	return out
}

func (c *comparing) change(kind, item, choice, from, to string) {
	c.Changes = append(c.Changes, Change{Form: c.then.File, Kind: kind, Item: item, Choice: choice, From: from, To: to})
}

func (c *comparing) add(severity finding.Severity, kind, item, problem, remedy string) {
	c.Findings = append(c.Findings, finding.Finding{Stage: stage, Kind: kind, Severity: severity, Place: finding.Place{File: c.then.File, Item: item}, Problem: problem, Remedy: remedy})
}

// refuse refuses to pool, once for a list that several items share.
func (c *comparing) refuse(kind, item, choice, problem, remedy string) {
	if choice != "" {
		c.change(OtherMeaning, item, choice, "", "")
	}
	c.add(finding.Refusal, kind, item, problem, remedy)
}

func sortedInts[V any](m map[int]V) []int {
	out := make([]int, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
