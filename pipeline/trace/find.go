package trace

import (
	"fmt"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/spelling"
)

// place is where a figure stands in the record of a release.
type place struct {
	table          *protect.Told
	domain, choice int // choice is -1 for what is of all choices
}

// placeTables notes where each figure of the releases stands. Tables are the
// same for all audiences, and so are the counts behind them.
func (r *Record) placeTables() {
	for _, release := range r.releases {
		for i := range release.Tables {
			t := &release.Tables[i]
			for d, domain := range t.Exact.Domains {
				r.put(string(t.Row.KeyOf("", domain.Values)), place{t, d, -1})
				for c, choice := range t.Exact.Choices {
					r.put(string(t.Row.KeyOf(choice, domain.Values)), place{t, d, c})
				}
			}
			for _, test := range t.Tests {
				r.put(string(test.Key), place{t, -1, -1})
			}
		}
	}
}

// put notes a place. Of means and nets, which have one choice without a name,
// the later one is that of the figure.
func (r *Record) put(key string, p place) {
	if have, there := r.told[key]; !there || have.table == p.table {
		r.told[key] = p
	}
}

// keys are all keys that a run knows, those of the results first.
func (r *Record) keys() []string {
	out, seen := slices.Clone(r.order), map[string]bool{"": true}
	for _, k := range out {
		seen[k] = true
	}
	for _, b := range r.books {
		for _, k := range b.keys {
			if !seen[k] {
				seen[k] = true
				out = append(out, k)
			}
		}
	}
	return out
}

// NotFound says that no figure has a key, and which were probably meant.
type NotFound struct {
	Key  string
	Near []string // keys that begin with it, hold it, or are spelt nearly so
	More int      // how many more there are
	hint string
}

// Error implements error.
func (e *NotFound) Error() string {
	switch {
	case e.hint != "":
		return fmt.Sprintf("no figure has the key %q; did you mean the item %q?", e.Key, e.hint)
	case len(e.Near) > 0:
		return fmt.Sprintf("no figure has the key %q; %d have one like it", e.Key, len(e.Near)+e.More)
	}
	return fmt.Sprintf("no figure has the key %q; \"--of results\" lists those of the results", e.Key)
}

// mostNear is how many keys are listed where one is not found.
const mostNear = 40

// Find returns the key that a word stands for: itself, or the only one that
// begins with it or holds it. Spaces may be fewer or more.
func (r *Record) Find(word string) (string, error) {
	want := strings.Join(strings.Fields(word), " ")
	all := r.keys()
	if slices.Contains(all, want) {
		return want, nil
	}
	for _, like := range []func(key string) bool{
		func(key string) bool { return strings.HasPrefix(key, want) },
		func(key string) bool { return slices.Contains(itemsOf(key), want) },
		func(key string) bool { return strings.Contains(key, want) },
	} {
		var near []string
		for _, k := range all {
			if want != "" && like(k) {
				near = append(near, k)
			}
		}
		if len(near) == 1 {
			return near[0], nil
		}
		if len(near) > 0 {
			return "", missed(want, near, "")
		}
	}
	return "", r.spelt(want, all)
}

func missed(want string, near []string, hint string) *NotFound {
	out := &NotFound{Key: want, Near: near, hint: hint}
	if len(near) > mostNear {
		out.Near, out.More = near[:mostNear], len(near)-mostNear
	}
	return out
}

// spelt looks for a slip in the name of an item, else in a key.
func (r *Record) spelt(want string, all []string) *NotFound {
	items := map[string][]string{}
	var names []string
	for _, k := range all {
		for _, name := range itemsOf(k) {
			if items[name] == nil {
				names = append(names, name)
			}
			items[name] = append(items[name], k)
		}
	}
	slices.Sort(names)
	asked := itemsOf(want)
	if len(asked) == 0 {
		asked = []string{want}
	}
	for _, name := range asked {
		if items[name] != nil {
			return missed(want, nearest(want, items[name]), "")
		}
		if near := spelling.Nearest(name, names); near != "" {
			return missed(want, nearest(strings.Replace(want, name, near, 1), items[near]), near)
		}
	}
	if near := spelling.Nearest(want, all); near != "" {
		return missed(want, []string{near}, "")
	}
	return missed(want, nil, "")
}

// few is how many keys are listed where a part of one is misspelt.
const few = 5

// nearest returns the keys that differ least from one.
func nearest(want string, keys []string) []string {
	type found struct {
		key string
		far int
	}
	var all []found
	for _, k := range keys {
		all = append(all, found{k, spelling.Distance(want, k)})
	}
	slices.SortStableFunc(all, func(a, b found) int { return a.far - b.far })
	var out []string
	for _, f := range all[:min(few, len(all))] {
		out = append(out, f.key)
	}
	return out
}

// The marks of a key, as in package table.
const (
	partMark  = " @/@ "
	valueMark = " %/% "
	groupMark = " -/- "
	none      = "NA"
)

// itemsOf returns the items that a key names as those analysed.
func itemsOf(key string) []string {
	parts := strings.Split(key, partMark)
	if len(parts) < 2 {
		return nil
	}
	var out []string
	for one := range strings.SplitSeq(parts[1], groupMark) {
		name, _, _ := strings.Cut(one, valueMark)
		out = append(out, name)
	}
	return out
}

// Listed is a figure of an artifact, for a list.
type Listed struct {
	Key     string   `json:"key"`
	Status  string   `json:"status"`
	Figures []string `json:"figures"`
}

// Of lists the figures of an artifact, such as "report.en" or "results". It is
// an error, which names those there are, that there is no such artifact.
func (r *Record) Of(artifact string) ([]Listed, error) {
	var out []Listed
	var names []string
	for _, b := range r.books {
		for _, key := range b.keys {
			var lines []ledger.Line
			for _, l := range b.lines[key] {
				if l.Artifact == artifact {
					lines = append(lines, l)
				}
				if !slices.Contains(names, l.Artifact) {
					names = append(names, l.Artifact)
				}
			}
			if len(lines) > 0 && key != "" {
				out = append(out, Listed{key, status(lines), figures(lines)})
			}
		}
		if len(out) > 0 {
			return out, nil
		}
	}
	slices.Sort(names)
	return nil, fmt.Errorf("the run has no artifact %q. %s", artifact, spelling.DidYouMean(artifact, names, "It has "+strings.Join(names, ", ")+"."))
}
