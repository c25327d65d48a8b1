// Package usage tells how codes are used: which of them are given together, and
// how soon all of them have been met. Its counts are exact, for analysts alone.
package usage

import (
	"context"
	"fmt"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
)

// Use is how the codes of one item are used. Codes are in the order of their list.
type Use struct {
	Item    string
	Codes   []string
	Answers int64   // with codes or without
	Coded   int64   // with a code at least
	Given   []int64 // answers with each code
	Both    [][]int64
}

// Pair is two codes and the answers that have both.
type Pair struct {
	A, B    string
	Both    int64
	OnlyA   int64
	OnlyB   int64
	Neither int64
}

// Count counts the codes of some items of codes of the respondents' level. What
// it holds grows with the square of the number of codes.
func Count(ctx context.Context, e engine.Engine, d *dataset.Dataset, items []string) ([]Use, error) {
	var empty []Use
	for _, name := range items {
		item, ok := d.Survey.Item(name)
		if !ok || item.Level != 0 {
			return nil, fmt.Errorf("count codes: the survey has no item %s of respondents", name)
		}
		u := Use{Item: name}
		for _, c := range d.Survey.Choices(item) {
			u.Codes = append(u.Codes, c.Name)
		}
		empty = append(empty, u)
	}
	return engine.Tally(ctx, e, d.Levels[0], func() []Use { return fresh(empty) }, func(uses []Use, b *dataset.Batch) error {
		for k := range uses {
			uses[k].add(b.Column(uses[k].Item), b.Len())
		}
		return nil
	}, func(into, from []Use) error {
		for k := range into {
			into[k].merge(from[k])
		}
		return nil
	})
}

func fresh(of []Use) []Use {
	out := make([]Use, len(of))
	for k, u := range of {
		u.Given, u.Both = make([]int64, len(u.Codes)), make([][]int64, len(u.Codes))
		for c := range u.Both {
			u.Both[c] = make([]int64, len(u.Codes))
		}
		out[k] = u
	}
	return out
}

func (u *Use) add(c *dataset.Column, n int) {
	for i := range n {
		if !c.Answered(i) {
			continue
		}
		u.Answers++
		set := c.Set(i)
		if len(set) > 0 {
			u.Coded++
		}
		for k, a := range set {
			u.Given[a]++
			for _, b := range set[k+1:] {
				u.Both[min(a, b)][max(a, b)]++
			}
		}
	}
}

func (u *Use) merge(o Use) {
	u.Answers, u.Coded = u.Answers+o.Answers, u.Coded+o.Coded
	for a := range u.Given {
		u.Given[a] += o.Given[a]
		for b := range u.Both[a] {
			u.Both[a][b] += o.Both[a][b]
		}
	}
}

// Pairs returns the pairs of codes that some answer has both of, in the order of
// the list.
func (u Use) Pairs() []Pair {
	var out []Pair
	for a := range u.Codes {
		for b := a + 1; b < len(u.Codes); b++ {
			both := u.Both[a][b]
			if both > 0 {
				out = append(out, Pair{u.Codes[a], u.Codes[b], both, u.Given[a] - both, u.Given[b] - both, u.Answers - u.Given[a] - u.Given[b] + both})
			}
		}
	}
	return out
}

// Expected is how many answers would have both codes if neither went with the
// other.
func (p Pair) Expected() float64 {
	n := float64(p.Both + p.OnlyA + p.OnlyB + p.Neither)
	return float64(p.Both+p.OnlyA) * float64(p.Both+p.OnlyB) / n
}

// Jaccard is the share of answers with both codes among those with either
// (Jaccard 1901).
func (p Pair) Jaccard() float64 { return float64(p.Both) / float64(p.Both+p.OnlyA+p.OnlyB) }
