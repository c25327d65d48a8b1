package protect

import (
	"math"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/protect/suppress"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// skip is a condition of the form: nobody was asked the items of the followers
// but those who gave one of some answers.
type skip struct {
	answers   []string
	followers []*family
}

// answer takes a variable of the ledger and a category apart: an option of
// several that was chosen is a choice of its item.
func answer(variable, category string) (item, choice string) {
	if at := strings.LastIndex(variable, "/"); at >= 0 && category == "yes" {
		return variable[:at], variable[at+1:]
	}
	return variable, strings.TrimPrefix(category, "=")
}

// skips notes for each family who else was asked only after some of its answers.
func skips(families []*family, zeros []ledger.Zero) {
	byItem := map[string]*family{}
	for _, f := range families {
		byItem[f.item.Name] = f
	}
	never := map[*family]map[*family][]string{} // of an item and a follower, the answers after which it was never asked
	missing := map[*family]map[*family]map[string]bool{}
	for _, z := range zeros {
		if len(z.When) != 1 {
			continue
		}
		follower, _ := answer(z.Variable, "yes")
		for variable, values := range z.When {
			for _, v := range values {
				item, choice := answer(variable, v)
				f, v := byItem[item], byItem[follower]
				if f == nil || v == nil || f == v {
					continue
				}
				if never[f] == nil {
					never[f], missing[f] = map[*family][]string{}, map[*family]map[string]bool{}
				}
				if missing[f][v] == nil {
					missing[f][v] = map[string]bool{}
				}
				never[f][v] = append(never[f][v], choice)
				missing[f][v][choice] = true
			}
		}
	}
	for _, f := range families {
		for _, v := range families { // in the order of the plan
			not, have := never[f][v]
			if !have || !f.single() {
				continue
			}
			reasons := true
			for r := survey.NotAnswered; r < survey.Reasons; r++ {
				reasons = reasons && missing[f][v][r.String()]
			}
			var after []string
			for _, c := range f.survey.Choices(f.item) {
				if c.Missing == survey.Answered && !slices.Contains(not, c.Name) {
					after = append(after, c.Name)
				}
			}
			if len(after) == 0 || !reasons {
				continue
			}
			i := slices.IndexFunc(f.skips, func(s skip) bool { return slices.Equal(s.answers, after) })
			if i < 0 {
				i = len(f.skips)
				f.skips = append(f.skips, skip{answers: after})
			}
			f.skips[i].followers = append(f.skips[i].followers, v)
		}
	}
}

// asked returns the least and the most respondents who can have been asked, as
// far as the bases of the followers tell: of everybody, or in a domain.
func (s skip) asked(level string, by []string, d int) (least, most float64) {
	most = math.Inf(1)
	for _, v := range s.followers {
		if v.level() != level {
			continue
		}
		var all, t *table.Table
		for _, o := range v.tables {
			switch {
			case v.masks[o].whole != "" || o.Row.Analysis == table.Mean && len(v.tables) > 1 && o.Row.Analysis != v.tables[0].Row.Analysis:
			case len(o.Row.By) == 0 && all == nil:
				all = o
			case slices.Equal(o.Row.By, by) && t == nil:
				t = o
			}
		}
		if len(by) == 0 {
			t, d = all, 0
		}
		if t == nil || d >= len(t.Domains) {
			continue
		}
		n := float64(t.Domains[d].Base.Answered())
		if v.small(n) {
			continue
		}
		least = math.Max(least, n)
		if all != nil {
			base := all.Domains[0].Base
			most = math.Min(most, n+float64(base.Asked()-base.Answered()))
		}
	}
	return least, most
}

// enterSkips tells how many can have given the answers after which others were
// asked: no fewer than answered these, and no more than those and all who left
// them without an answer.
func (f *family) enterSkips(b *sums, by []string, d int, cells func(choice string) (int, bool)) {
	for _, s := range f.skips {
		least, most := s.asked(f.level(), by, d)
		now := 0.0
		var terms []suppress.Term
		for _, choice := range s.answers {
			if cell, have := cells(choice); have {
				now += b.n(cell)
				terms = append(terms, suppress.Term{Cell: cell, By: 1})
			}
		}
		if len(terms) != len(s.answers) || least == 0 {
			continue
		}
		w := b.system.Add(suppress.Cell{Count: now, State: suppress.Shown, Less: math.Max(0, now-least), More: math.Max(0, most-now)})
		b.system.Equation(append(terms, suppress.Term{Cell: w, By: -1})...)
	}
}

// unite tells of choices that are made of others that they count the same
// respondents, in every group that both are shown in.
func unite(b *sums, unions []ledger.Union) {
	groups := []string{""}
	for key := range b.groups {
		groups = append(groups, key)
	}
	slices.Sort(groups)
	for _, u := range unions {
		item, choice := answer(u.Variable, u.Category)
		for _, group := range groups {
			whole, ok := b.at[cross(point(item, choice), group)]
			sum := 0.0
			var parts []int
			for _, category := range u.Is.Categories {
				item, choice := answer(u.Is.Variable, category)
				part, have := b.at[cross(point(item, choice), group)]
				if ok = ok && have; !ok {
					break
				}
				parts = append(parts, part)
				sum += b.n(part)
			}
			if ok && math.Abs(sum-b.n(whole)) < 0.5 {
				b.system.Sum(whole, parts...)
			}
		}
	}
}

// united reports whether two families have choices that are made of each other.
func united(unions []ledger.Union, a, b *family) bool {
	return slices.ContainsFunc(unions, func(u ledger.Union) bool {
		x, _ := answer(u.Variable, u.Category)
		y, _ := answer(u.Is.Variable, "yes")
		return x == a.item.Name && y == b.item.Name || x == b.item.Name && y == a.item.Name
	})
}
