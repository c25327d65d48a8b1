package protect

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// facts are the numbers of respondents that a table tells, or that follow from
// it by adding and subtracting: of each, whom it counts, and how many they are.
// Two tables that count the same respondents name them alike, so that a table
// of one release can be held against another table of another one.
type facts map[string]int64

// everyoneFact counts all respondents.
const everyoneFact = "everybody"

// census has the exact tables of one release, by their keys.
type census struct {
	tables map[table.Key]*Told
	// grouping says of an item whether each respondent makes at most one choice:
	// then groups of it do not overlap, and can be added up.
	single      func(item string) bool
	respondents int64

	own map[table.Key]facts
}

// of returns what a table tells together with the tables for everybody of its
// items: they say what its groups and answers come to.
func (c *census) of(t *Told) facts {
	out := facts{}
	if c.respondents >= 0 {
		out[everyoneFact] = c.respondents
	}
	maps.Copy(out, c.ownFacts(t))
	for _, name := range slices.Concat([]string{t.Row.Item}, t.Row.With, t.Row.By) {
		for _, a := range []table.Analysis{table.PropSelectOne, table.PropSelectMultiple} {
			if o := c.tables[(table.Row{Analysis: a, Item: name}).Key()]; o != nil && o.Level == t.Level {
				maps.Copy(out, c.ownFacts(o))
				otherSets(out, t, o)
			}
		}
	}
	if len(t.Row.By) == 0 {
		return out
	}
	row := t.Row
	row.By = nil
	if o := c.tables[row.Key()]; o != nil && o.Level == t.Level {
		maps.Copy(out, c.ownFacts(o))
		c.rest(out, t, o)
	}
	return out
}

// ownFacts returns what a table tells by itself.
func (c *census) ownFacts(t *Told) facts {
	key := t.Row.Key()
	if f, ok := c.own[key]; ok {
		return f
	}
	out := facts{}
	subject := subjectOf(t.Row)
	adds := !slices.ContainsFunc(t.Row.By, func(name string) bool { return !c.single(name) })
	for _, d := range t.Exact.Domains {
		quoted := make([]string, len(d.Values))
		for i, v := range d.Values {
			quoted[i] = strconv.Quote(v)
		}
		out.add(t, subject, d, groupNames(t.Row.By, quoted), 1)
		if !adds || len(t.Row.By) == 0 || len(t.Row.By) > mostAdded {
			continue
		}
		for some := 1; some < 1<<len(t.Row.By); some++ { // the groups of some of the items added up
			values := slices.Clone(d.Values)
			for i := range values {
				values[i] = strconv.Quote(values[i])
				if some&(1<<i) != 0 {
					values[i] = "*"
				}
			}
			out.add(t, subject, d, groupNames(t.Row.By, values), 1)
		}
	}
	c.own[key] = out
	return out
}

// mostAdded is by how many items a table may be divided for its groups to be
// added up in every way.
const mostAdded = 4

// rest adds those who are in no group: everybody less the groups.
func (c *census) rest(out facts, t, all *Told) {
	if len(t.Exact.Domains) == 0 || len(all.Exact.Domains) != 1 || !slices.Equal(t.Exact.Choices, all.Exact.Choices) ||
		slices.ContainsFunc(t.Row.By, func(name string) bool { return !c.single(name) }) {
		return
	}
	none := make([]string, len(t.Row.By))
	for i := range none {
		none[i] = "in no group"
	}
	names, subject, left := groupNames(t.Row.By, none), subjectOf(t.Row), facts{}
	left.add(t, subject, all.Exact.Domains[0], names, 1)
	for _, d := range t.Exact.Domains {
		left.add(t, subject, d, names, -1)
	}
	maps.Copy(out, left)
}

// subjectOf names what a table asks: an item, or for what is made of it, that.
func subjectOf(r table.Row) string {
	if familyRow(r) && (r.Analysis != table.Mean) {
		return r.Item
	}
	r.By = nil
	return string(r.Key())
}

// groupNames names the groups of a domain by what their items say.
func groupNames(by, values []string) []string {
	out := make([]string, len(by))
	for i := range by {
		out[i] = portion(by[i], values[i])
	}
	return out
}

func portion(item, answer string) string { return strconv.Quote(item) + "=" + answer }

// add counts a domain into the facts of a table.
func (f facts) add(t *Told, subject string, d ExactDomain, groups []string, sign int64) {
	put := func(answer string, n int64) {
		parts := groups
		if answer != "" {
			parts = append(slices.Clone(groups), portion(subject, answer))
		}
		slices.Sort(parts)
		key := everyoneFact
		if len(parts) > 0 || t.Level != survey.RespondentLevel {
			key = strconv.Quote(t.Level) + " " + strings.Join(parts, " & ")
		}
		f[key] += sign * n
	}
	base, all := d.Reasons[survey.Answered], int64(0)
	for reason, n := range d.Reasons {
		all += n
		if survey.Reason(reason) != survey.Answered {
			put("!"+survey.Reason(reason).String(), n)
		}
	}
	put("", all)
	put("*", base)
	put("!*", all-base)
	put("!"+survey.NotAsked.String()+" not", all-d.Reasons[survey.NotAsked])
	if !countsChoices(t.Row.Analysis) {
		return
	}
	for i, choice := range t.Exact.Choices {
		if i >= len(d.Counts) {
			break
		}
		name := strconv.Quote(choice)
		if t.Row.Analysis == table.PropNet {
			name = "net " + strconv.Quote(strings.Join(t.Row.Values, "|"))
		}
		put(name, d.Counts[i])
		put("not "+name, base-d.Counts[i])
	}
}

// countsChoices reports whether the cells of an analysis count respondents.
func countsChoices(a table.Analysis) bool {
	switch a {
	case table.PropSelectOne, table.PropSelectMultiple, table.PropNet, table.RankFirst, table.PropCombination:
		return true
	}
	return false
}
