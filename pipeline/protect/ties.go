package protect

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// ties finds which items fall together, where tables of one are taken from the
// stricter of two releases. A table is safe there beside all that the stricter
// release tells of what bounds it, and of that the narrower audience may be told
// more: how large groups are, which with nobody missing are the withheld bases;
// the choices of an item that is made of this one; how many were asked what hangs
// on its answers. Beside these the table alone would give away what it withholds.
type ties struct {
	release, stricter *Safe
	made              map[string][]string // items that are made of an item, and those that it is made of
	after             map[string][]string // items that are asked after an item
	hangs             map[string][]string // items after which an item is asked
	fallen            map[string]bool
}

func (s *Safe) ties(stricter *Safe, links ledger.Links) *ties {
	t := &ties{release: s, stricter: stricter, made: map[string][]string{}, after: map[string][]string{}, hangs: map[string][]string{}, fallen: map[string]bool{}}
	for _, u := range links.Unions {
		a, _ := answer(u.Variable, "yes")
		b, _ := answer(u.Is.Variable, "yes")
		t.made[a], t.made[b] = append(t.made[a], b), append(t.made[b], a)
	}
	for _, z := range links.Zeros {
		y, _ := answer(z.Variable, "yes")
		for when := range z.When {
			x, _ := answer(when, "yes")
			t.after[x], t.hangs[y] = append(t.after[x], y), append(t.hangs[y], x)
		}
	}
	return t
}

// fall notes that a table of a row is taken from the stricter release. So are
// all of its items, and those that divide it, where the two releases do not
// withhold the sizes of the same groups.
func (t *ties) fall(level string, r table.Row) {
	for _, name := range append([]string{r.Item}, r.With...) {
		t.fallItem(name)
	}
	key := groupsOf(level, r.By)
	if !slices.Equal(t.release.silent[key], t.stricter.silent[key]) {
		for _, name := range r.By {
			t.fallItem(name)
		}
	}
}

// fallItem notes that an item falls, with what the stricter release does not
// reckon with as known. Of an item that is asked after this one it reckons with
// all bases but those of tables that it withholds whole; and of how many were
// asked this one, with all but few.
func (t *ties) fallItem(name string) {
	if t.fallen[name] {
		return
	}
	t.fallen[name] = true
	for _, other := range t.made[name] {
		t.fallItem(other)
	}
	for _, other := range t.after[name] {
		if t.opens(other) {
			t.fallItem(other)
		}
	}
	if t.stricter.fewAsked[name] {
		for _, other := range t.hangs[name] {
			t.fallItem(other)
		}
	}
}

// opens reports whether a table of an item is told that the stricter release
// withholds whole.
func (t *ties) opens(item string) bool {
	for i, v := range t.release.views {
		if v.row.Item == item && v.reason == "" && t.stricter.views[i].reason != "" {
			return true
		}
	}
	return false
}

// touches reports whether a row speaks of an item that has fallen, or is divided
// by one.
func (t *ties) touches(r table.Row) bool {
	return slices.ContainsFunc(slices.Concat([]string{r.Item}, r.With, r.By), func(name string) bool { return t.fallen[name] })
}

// take notes what is withheld now as in the stricter release, for the audience
// after this one.
func (t *ties) take() {
	for key, silent := range t.stricter.silent {
		if slices.ContainsFunc(strings.Split(key, "\x00")[1:], func(name string) bool { return t.fallen[name] }) {
			t.release.silent[key] = silent
		}
	}
	for item, few := range t.stricter.fewAsked {
		t.release.fewAsked[item] = t.release.fewAsked[item] || few && t.fallen[item]
	}
}
