package protect

import (
	"maps"
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
	followers []follower
}

// follower is what the bases of an item tell of how many were asked it.
type follower struct {
	level   string
	base    float64                // of everybody, NaN where it is not told
	floor   float64                // of everybody at least
	without float64                // who were asked and did not answer
	groups  map[string][]knownBase // by grouping; for each domain, and at last for those in none
}

// knownBase is a base, if it is told.
type knownBase struct {
	n     float64
	known bool
}

// followed returns what may be known of the bases of an item: all of them, for
// those withheld can often be told within little.
func (f *family) followed() follower {
	out := follower{level: f.level(), base: math.NaN(), groups: map[string][]knownBase{}}
	for _, t := range f.tables {
		if len(t.Row.By) == 0 && f.masks[t].whole == "" && math.IsNaN(out.base) {
			base := t.Domains[0].Base
			out.base, out.without = float64(base.Answered()), float64(base.Asked()-base.Answered())
		}
	}
	for _, t := range f.tables { // who is in groups answered, whatever is told of everybody
		if len(t.Row.By) == 0 || f.masks[t].whole != "" {
			continue
		}
		n := 0.0
		for _, domain := range t.Domains {
			if f.groups[groupKey(t)].overlap {
				n = math.Max(n, float64(domain.Base.Answered()))
			} else {
				n += float64(domain.Base.Answered())
			}
		}
		out.floor = math.Max(out.floor, n)
	}
	if !math.IsNaN(out.base) {
		out.floor = out.base
	}
	for _, t := range f.tables {
		key := strings.Join(t.Row.By, "\x00")
		if len(t.Row.By) == 0 || f.masks[t].whole != "" || out.groups[key] != nil {
			continue
		}
		rest := knownBase{n: out.floor, known: !f.groups[groupKey(t)].overlap}
		for _, domain := range t.Domains {
			n := float64(domain.Base.Answered())
			out.groups[key] = append(out.groups[key], knownBase{n, true})
			rest.n -= n
		}
		out.groups[key] = append(out.groups[key], rest)
	}
	return out
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
func skips(families []*family, zeros []ledger.Zero, unions []ledger.Union) {
	byItem := map[string]*family{}
	for _, f := range families {
		byItem[f.item.Name] = f
	}
	never := map[hangs]map[string]bool{} // answers and reasons after which the follower was never asked
	for _, z := range zeros {
		if len(z.When) != 1 {
			continue
		}
		name, _ := answer(z.Variable, "yes")
		for variable, values := range z.When {
			item, option := answer(variable, "yes")
			l := hangs{item, byItem[name]}
			if l.follower == nil || item == name {
				continue
			}
			l.follower.follows = true // also where the plan has no figures of what it hangs on
			if never[l] == nil {
				never[l] = map[string]bool{}
			}
			for _, v := range values {
				if option != "yes" {
					v = option + "=" + v
				}
				never[l][strings.TrimPrefix(v, "=")] = true
			}
		}
	}
	for _, f := range families {
		for _, v := range families { // in the order of the plan
			if not, have := never[hangs{f.item.Name, v}]; have {
				f.follow(v, not)
				continue
			}
			made := through(f, v, never, unions)
			for _, from := range slices.Sorted(maps.Keys(made)) {
				f.follow(v, made[from])
			}
		}
	}
}

// hangs is an item whose answers decide whether another one is asked.
type hangs struct {
	item     string
	follower *family
}

// through returns after which answers to an item another one was never asked
// because of the item that the first is made of, by the name of that item.
func through(f, v *family, never map[hangs]map[string]bool, unions []ledger.Union) map[string]map[string]bool {
	parts := map[string]map[string][]string{} // by item, the answers that each of this one is
	for _, u := range unions {
		item, choice := answer(u.Variable, u.Category)
		if from := u.Is.Variable; item == f.item.Name && f.single() {
			if parts[from] == nil {
				parts[from] = map[string][]string{}
			}
			for _, c := range u.Is.Categories {
				parts[from][choice] = append(parts[from][choice], strings.TrimPrefix(c, "="))
			}
		}
	}
	out := map[string]map[string]bool{}
	for from, answers := range parts {
		before := never[hangs{from, v}]
		item, known := f.survey.Item(from)
		if before == nil || !known || item.Type != survey.SelectOne || v == f {
			continue
		}
		not, covered := map[string]bool{}, map[string]bool{}
		for choice, of := range answers {
			not[choice] = !slices.ContainsFunc(of, func(c string) bool { return !before[c] })
			for _, c := range of {
				covered[c] = true
			}
		}
		whole := true // whoever can have been asked has an answer to this item
		for _, c := range f.survey.Choices(item) {
			whole = whole && (c.Missing != survey.Answered || before[c.Name] || covered[c.Name])
		}
		for r := survey.NotAsked; r < survey.Reasons && whole; r++ {
			not[r.String()] = before[r.String()]
		}
		out[from] = not
	}
	return out
}

// follow notes after which answers another item was asked, where it was asked
// after no other and of nobody without an answer.
func (f *family) follow(v *family, never map[string]bool) {
	reasons := func(prefix string) bool {
		for r := survey.NotAsked; r < survey.Invalid; r++ { // an answer that is none may stand for any
			if !never[prefix+r.String()] {
				return false
			}
		}
		return true
	}
	var after []string
	for _, c := range f.survey.Choices(f.item) {
		switch {
		case c.Missing != survey.Answered:
		case f.single() && !never[c.Name]:
			after = append(after, c.Name)
		case !f.single() && never[c.Name+"=no"] && !never[c.Name+"=yes"] && reasons(c.Name+"="):
			f.addSkip([]string{c.Name}, v)
		}
	}
	if f.single() && len(after) > 0 && reasons("") {
		f.addSkip(after, v)
	}
}

func (f *family) addSkip(answers []string, v *family) {
	i := slices.IndexFunc(f.skips, func(s skip) bool { return slices.Equal(s.answers, answers) })
	if i < 0 {
		i = len(f.skips)
		f.skips = append(f.skips, skip{answers: answers})
	}
	f.skips[i].followers = append(f.skips[i].followers, v.followed())
}

// asked returns the least and the most respondents who can have been asked, as
// far as the bases of the followers tell: of everybody, in a domain, for -1 in none, or
// for -2 and less outside the first domain, the second and so on.
func (s skip) asked(level string, by []string, d int) (least, most float64) {
	most = math.Inf(1)
	for _, v := range s.followers {
		n := knownBase{v.floor, true}
		more := v.without
		if len(by) == 0 && v.base == v.floor { // how many were not asked is told
			n.n, more = v.base+v.without, 0
		}
		if len(by) > 0 {
			groups := v.groups[strings.Join(by, "\x00")]
			switch {
			case groups == nil:
				continue
			case d < -1: // everybody outside a group that overlaps with others
				n = knownBase{v.base - groups[-2-d].n, !math.IsNaN(v.base)}
			case d < 0:
				n = groups[len(groups)-1]
			default:
				n = groups[d]
			}
		}
		if v.level != level || !n.known {
			continue
		}
		least = math.Max(least, n.n)
		if !math.IsNaN(v.base) {
			most = math.Min(most, n.n+more)
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
		least = math.Max(0, least-f.invalid())
		now := 0.0
		var terms []suppress.Term
		for _, choice := range s.answers {
			if cell, have := cells(choice); have {
				now += b.n(cell)
				terms = append(terms, suppress.Term{Cell: cell, By: 1})
			}
		}
		if len(terms) != len(s.answers) || least == 0 && math.IsInf(most, 1) {
			continue
		}
		w := b.system.Add(suppress.Cell{Count: now, State: suppress.Shown, Less: math.Max(0, now-least), More: math.Max(0, most-now)})
		b.system.Equation(append(terms, suppress.Term{Cell: w, By: -1})...)
	}
}

// enterNetSkips tells the same of a net that stands without the shares of its
// choices.
func (f *family) enterNetSkips(b *sums, t *table.Table, d, net int) {
	for _, s := range f.skips {
		if slices.ContainsFunc(s.answers, func(c string) bool { return !slices.Contains(t.Row.Values, c) }) {
			continue
		}
		least, most := s.asked(f.level(), t.Row.By, d)
		if least = math.Max(0, least-f.invalid()); len(s.answers) < len(t.Row.Values) {
			most = math.Inf(1)
		}
		now := b.n(net)
		w := b.system.Add(suppress.Cell{Count: now, State: suppress.Shown, Less: math.Max(0, now-least), More: math.Max(0, most-now)})
		b.system.Equation(suppress.Term{Cell: net, By: 1}, suppress.Term{Cell: w, By: -1})
	}
}

// invalid returns how many gave an answer that is none.
func (f *family) invalid() float64 {
	for _, t := range f.tables {
		if len(t.Row.By) == 0 {
			return float64(t.Domains[0].Base.Reasons[survey.Invalid])
		}
	}
	return 0
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
	return recoded(unions, a.item.Name, b.item.Name)
}

// recoded reports whether one of two items has choices that are made of the other.
func recoded(unions []ledger.Union, a, b string) bool {
	return slices.ContainsFunc(unions, func(u ledger.Union) bool {
		x, _ := answer(u.Variable, u.Category)
		y, _ := answer(u.Is.Variable, "yes")
		return x == a && y == b || x == b && y == a
	})
}
