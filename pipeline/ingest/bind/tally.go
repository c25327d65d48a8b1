package bind

import (
	"cmp"
	"slices"
)

// placesEach is how many rows of one kind and column are named.
const placesEach = 20

// Trouble is what is the matter with some cells of one column, in the same way.
type Trouble struct {
	Kind   string
	Column int    // in the file, -1 for none
	Item   string // "" for none
	Look   Look
	Rows   []int64 // the first of them
	Count  int64
}

// Tally gathers troubles and counts while rows are bound; tallies of later rows
// are merged into those of earlier ones.
type Tally struct {
	troubles map[troubleKey]*Trouble
	Counts   map[Count]int64
}

type troubleKey struct {
	kind   string
	column int
	item   string
}

// Count is something that is counted by item and reported without rows.
type Count struct{ Kind, Item string }

// NewTally returns an empty tally.
func NewTally() *Tally {
	return &Tally{troubles: map[troubleKey]*Trouble{}, Counts: map[Count]int64{}}
}

// Add counts a trouble at a row.
func (t *Tally) Add(kind string, column int, item string, row int64, look func() Look) {
	key := troubleKey{kind, column, item}
	found := t.troubles[key]
	if found == nil {
		found = &Trouble{Kind: kind, Column: column, Item: item}
		if look != nil {
			found.Look = look()
		}
		t.troubles[key] = found
	}
	found.Count++
	if len(found.Rows) < placesEach {
		found.Rows = append(found.Rows, row)
	}
}

// Merge adds the tally of later rows.
func (t *Tally) Merge(later *Tally) {
	for key, more := range later.troubles {
		found := t.troubles[key]
		if found == nil {
			t.troubles[key] = more
			continue
		}
		found.Count += more.Count
		found.Rows = append(found.Rows, more.Rows[:min(len(more.Rows), placesEach-len(found.Rows))]...)
	}
	for key, n := range later.Counts {
		t.Counts[key] += n
	}
}

// Troubles returns what was gathered, in the order of columns and kinds.
func (t *Tally) Troubles() []Trouble {
	out := make([]Trouble, 0, len(t.troubles))
	for _, found := range t.troubles {
		out = append(out, *found)
	}
	slices.SortFunc(out, func(a, b Trouble) int {
		return cmp.Or(cmp.Compare(a.Column, b.Column), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Item, b.Item))
	})
	return out
}
