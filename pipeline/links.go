package pipeline

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/asked"
	"github.com/soundings-survey/soundings/pipeline/derive"
	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// links returns what a reader may know of the items beside their figures: that
// the choices of one are made of those of another, and who was never asked.
func (c Config) links(s *survey.Survey) ledger.Links {
	var out ledger.Links
	definitions := slices.Concat(c.definitions(s), c.folds)
	for _, d := range definitions {
		out.Unions = append(out.Unions, recoded(s, d)...)
	}
	for i, a := range definitions {
		for _, b := range definitions[i+1:] {
			out.Unions = append(out.Unions, nested(s, a, b)...)
			out.Unions = append(out.Unions, nested(s, b, a)...)
		}
	}
	for _, n := range asked.Nevers(s) {
		when := ledger.At{}
		for _, a := range n.When {
			name, values := a.Item, ledger.Values{}
			if a.Option != "" {
				name += "/" + a.Option
			}
			for _, choice := range a.Choices {
				values = append(values, ledger.Category(choice))
			}
			for _, reason := range a.Reasons {
				values = append(values, reason.String())
			}
			when[name] = values
		}
		out.Zeros = append(out.Zeros, ledger.Zero{Variable: whether(s, n.Item), When: when})
	}
	return out
}

// whether returns the variable that says whether an item was answered.
func whether(s *survey.Survey, name string) string {
	item, _ := s.Item(name)
	if item.Type == survey.SelectMultiple {
		for _, c := range s.Choices(item) {
			if c.Missing == survey.Answered {
				return ledger.Option(name, c.Name)
			}
		}
	}
	return name
}

// recoded returns the choices of an item that was recoded or merged from another.
func recoded(s *survey.Survey, d derive.Definition) []ledger.Union {
	item, ok := s.Item(d.Name)
	from, found := s.Item(d.From)
	if !ok || !found || len(d.Recode) == 0 {
		return nil
	}
	var out []ledger.Union
	for _, c := range s.Choices(item) {
		if c.Missing != survey.Answered {
			continue
		}
		var parts []string
		for _, old := range d.Parts(c.Name, s.Choices(from)) {
			parts = append(parts, old.Name)
		}
		if len(parts) == 0 {
			continue // no one could have chosen it
		}
		u := ledger.Union{Variable: d.Name, Category: ledger.Category(c.Name)}
		if from.Type == survey.SelectMultiple {
			u.Variable, u.Category = ledger.Option(d.Name, c.Name), "yes"
			u.Is = ledger.Is{Variable: ledger.Option(d.From, parts...), Categories: []string{"yes"}}
		} else {
			u.Is = ledger.Is{Variable: d.From}
			for _, p := range parts {
				u.Is.Categories = append(u.Is.Categories, ledger.Category(p))
			}
		}
		out = append(out, u)
	}
	return out
}

// nested returns the bands of one item that are made of bands of another, both
// of the same number.
func nested(s *survey.Survey, wide, fine derive.Definition) []ledger.Union {
	if wide.From != fine.From || len(wide.Bands) == 0 || len(fine.Bands) == 0 {
		return nil
	}
	w, ok := s.Item(wide.Name)
	f, found := s.Item(fine.Name)
	if !ok || !found || len(s.Choices(w)) != len(wide.Bands) || len(s.Choices(f)) != len(fine.Bands) {
		return nil
	}
	edge := func(d derive.Definition, i int) (string, bool) {
		if i < len(d.Bands) {
			return d.Bands[i].From, true
		}
		return "", false // the last band has no end
	}
	var out []ledger.Union
	for i, c := range s.Choices(w) {
		from, _ := edge(wide, i)
		to, ends := edge(wide, i+1)
		first := slices.IndexFunc(fine.Bands, func(b derive.Band) bool { return b.From == from })
		last := len(fine.Bands)
		if ends {
			last = slices.IndexFunc(fine.Bands, func(b derive.Band) bool { return b.From == to })
		}
		if first < 0 || last <= first {
			continue
		}
		u := ledger.Union{Variable: wide.Name, Category: ledger.Category(c.Name), Is: ledger.Is{Variable: fine.Name}}
		for _, part := range s.Choices(f)[first:last] {
			u.Is.Categories = append(u.Is.Categories, ledger.Category(part.Name))
		}
		out = append(out, u)
	}
	return out
}
