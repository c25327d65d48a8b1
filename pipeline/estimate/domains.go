package estimate

import (
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// crossing is one list of items whose choices, combined, are the domains; the
// empty list is everybody.
type crossing struct {
	items []string
	parts []domainItem
	size  int // how many domains
}

// domainItem is one item of a crossing. Choices that stand for a missing
// answer are no domains.
type domainItem struct {
	multiple bool
	names    []string // of the choices that are domains, in form order
	place    []int32  // code of a choice -> its place among the names, or none
}

func newCrossing(s *survey.Survey, items []string) crossing {
	c := crossing{items: items, size: 1}
	for _, name := range items {
		item, _ := s.Item(name)
		d := domainItem{multiple: item.Type != survey.SelectOne}
		for _, choice := range s.Choices(item) {
			if choice.Missing != survey.Answered {
				d.place = append(d.place, none)
				continue
			}
			d.place = append(d.place, int32(len(d.names)))
			d.names = append(d.names, choice.Name)
		}
		c.parts = append(c.parts, d)
		c.size *= len(d.names)
	}
	return c
}

// key tells crossings apart.
func crossingKey(items []string) string { return strings.Join(items, "\x00") }

// values returns the choice of each item in a domain. The last item varies fastest.
func (c crossing) values(domain int) []string {
	if len(c.parts) == 0 {
		return nil
	}
	out := make([]string, len(c.parts))
	for i := len(c.parts) - 1; i >= 0; i-- {
		names := c.parts[i].names
		out[i] = names[domain%len(names)]
		domain /= len(names)
	}
	return out
}

// incidence says who is in which domain of a crossing: row[k] in domain[k], in
// order of rows; place[k] tells the domains of each group of the design apart.
// Where an item of the crossing takes several choices, a response is in several
// domains; without an answer it is in none.
type incidence struct{ row, domain, place []int32 }

// incidence finds the domains of a batch's responses, leaving out those that
// belong to no group.
func (c crossing) incidence(b *dataset.Batch, group []int32) incidence {
	in := incidence{row: []int32{}}
	for i, g := range group {
		if g != none {
			in.row = append(in.row, int32(i))
		}
	}
	in.domain = make([]int32, len(in.row))
	for p, part := range c.parts {
		in = part.cross(in, b.Column(c.items[p]))
	}
	in.place = make([]int32, len(in.row))
	for k, i := range in.row {
		in.place[k] = group[i]*int32(c.size) + in.domain[k]
	}
	return in
}

// cross divides domains further by the choices of an item.
func (d domainItem) cross(in incidence, col *dataset.Column) incidence {
	out := incidence{row: []int32{}}
	n := int32(len(d.names))
	put := func(k int, code int32) {
		if uint(code) < uint(len(d.place)) && d.place[code] != none {
			out.row = append(out.row, in.row[k])
			out.domain = append(out.domain, in.domain[k]*n+d.place[code])
		}
	}
	for k, i := range in.row {
		if !col.Answered(int(i)) {
			continue
		}
		if !d.multiple {
			put(k, col.Codes[i])
			continue
		}
		for _, code := range col.Set(int(i)) {
			put(k, code)
		}
	}
	return out
}
