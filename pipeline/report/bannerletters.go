package report

import (
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/banner"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// comparedGroups are the comparisons of the groups under one question of the
// banner that may be shown.
type comparedGroups struct {
	groups []protect.Domain
	tests  []protect.Tested
}

// comparedBy returns the comparisons of an item by a question of the banner, nil
// where there are none to ask for.
func (b *bannerComposer) comparedBy(i, by *survey.Item) *comparedGroups {
	v := b.comparisonsOf(i.Name, by.Name)
	if v == nil {
		return nil
	}
	out := &comparedGroups{groups: v.Domains()}
	for _, x := range v.Tests() {
		if x.Pair && has(x.P) && has(x.Effect) && (x.Adjust == "" || has(x.Adjusted)) && inside(x.Between, len(out.groups)) {
			out.tests = append(out.tests, x)
		}
	}
	return out
}

// comparisonsOf is the view of the comparisons of an item by a question of the
// banner, nil where there is none.
func (b *bannerComposer) comparisonsOf(item, by string) *protect.TestView {
	for _, v := range b.in.Safe.Tests() {
		if row := v.Row(); row.Item == item && b.settings.Letters(row) && row.By[0] == by {
			return v
		}
	}
	return nil
}

func inside(between [2]int, n int) bool {
	return between[0] >= 0 && between[0] < n && between[1] >= 0 && between[1] < n
}

// columns returns the columns of the two groups of a comparison, and whether
// both have bases that admit one.
func (g *comparedGroups) columns(s *side, x protect.Tested) (a, b int, ok bool) {
	column := func(d int) int {
		if len(g.groups[d].Values) != 1 {
			return -1
		}
		return slices.Index(s.groups, g.groups[d].Values[0])
	}
	a, b = column(x.Between[0]), column(x.Between[1])
	return a, b, a >= 0 && b >= 0 && !s.low[a] && !s.low[b]
}

// any reports whether a comparison is shown.
func (g *comparedGroups) any(s *side) bool {
	return g != nil && slices.ContainsFunc(g.tests, func(x protect.Tested) bool { _, _, ok := g.columns(s, x); return ok })
}

// letters are those beside the figures of a row: of a choice, or of means where
// it is "".
func (b *bannerComposer) letters(s *side, choice string) []string {
	if s.compared == nil {
		return nil
	}
	var found []banner.Difference
	for _, x := range s.compared.tests {
		first, second, ok := s.compared.columns(s, x)
		if !ok || x.Choice != choice {
			continue
		}
		level, differs := b.levelOf(x)
		if !differs {
			continue
		}
		// A difference that is rounded to nothing keeps its sign.
		if by, _ := b.pen.Length(x.Effect); math.Signbit(by) {
			first, second = second, first
		}
		found = append(found, banner.Difference{High: first, Low: second, Second: level > 0})
	}
	return banner.Letters(len(s.groups), found)
}

// levelOf returns the first level of confidence, counted from 0, at which two
// groups differ.
func (b *bannerComposer) levelOf(x protect.Tested) (int, bool) {
	p := x.P
	if x.Adjust != "" {
		p = x.Adjusted
	}
	for n, level := range b.settings.Levels {
		if under, shown := b.pen.Under(p, 1-level); shown && under {
			return n, true
		}
	}
	return 0, false
}

// lettersNote says in a footer what letters mean, at which levels, by which test
// and how p was adjusted.
func (b *bannerComposer) lettersNote(sides []*side) string {
	args := lang.Args{"first": b.confidence(b.settings.Levels[0])}
	key := "tables.letters_one"
	if len(b.settings.Levels) > 1 {
		key, args["second"] = "tables.letters_two", b.confidence(b.settings.Levels[1])
	}
	if b.indicative() {
		key += "_random"
	}
	for _, s := range sides {
		if s.compared.any(s) {
			x := s.compared.tests[0]
			args["test"], args["adjust"] = b.method(x.Method), b.l.Say("tables.unadjusted")
			if x.Adjust != "" {
				args["adjust"] = b.l.Say("tables.adjusted", lang.Args{"how": b.named("adjust.", x.Adjust)})
			}
			break
		}
	}
	args["n"] = b.l.Numbers.Count(int64(b.settings.MinimumBase))
	return b.l.Say(key, args)
}
