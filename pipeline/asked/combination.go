package asked

import (
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/expr"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

func compared(source string) (asked map[string][]string, whole map[string]bool, ok bool) {
	x, err := expr.Parse(source)
	if err != nil || x.UsesSelf() || x.NeedsNested() {
		return nil, nil, false
	}
	return x.Compared()
}

// combination is a Row with one state of each factor.
type combination struct {
	factors []factor
	chosen  []int
}

func (c combination) state(f int) state { return c.factors[f].states[c.chosen[f]] }

// next turns to the next combination.
func (c combination) next() bool {
	for f := range c.chosen {
		if c.chosen[f]++; c.chosen[f] < len(c.factors[f].states) {
			return true
		}
		c.chosen[f] = 0
	}
	return false
}

// possible reports whether options of one item are all answered or all missing
// for one reason.
func (c combination) possible() bool {
	for f := 1; f < len(c.factors); f++ {
		if c.factors[f].item == c.factors[f-1].item && c.state(f).reason != c.state(f-1).reason {
			return false
		}
	}
	return true
}

// Answer implements Row.
func (c combination) Answer(item int) Answer {
	out := Answer{Reason: survey.NotAnswered, Code: dataset.NoCode}
	for f := range c.factors {
		if c.factors[f].item != item {
			continue
		}
		s := c.state(f)
		out.Reason = s.reason
		switch {
		case s.reason != survey.Answered:
		case c.factors[f].option == dataset.NoCode:
			out.Code = s.code
		case s.code == 1:
			out.Set = append(out.Set, c.factors[f].option)
		}
	}
	return out
}

// verdicts gathers which states always rule an item out, alone and in pairs.
type verdicts struct {
	factors []factor
	asked   [][]bool        // asked[f][s]: some combination with the state asks it
	both    map[[4]int]bool // f, s, g, t: some combination with both does
}

func newVerdicts(factors []factor) *verdicts {
	v := &verdicts{factors: factors, both: map[[4]int]bool{}}
	for _, f := range factors {
		v.asked = append(v.asked, make([]bool, len(f.states)))
	}
	return v
}

func (v *verdicts) see(chosen []int, not bool) {
	if not {
		return
	}
	for f, s := range chosen {
		v.asked[f][s] = true
		for g := f + 1; g < len(chosen); g++ {
			v.both[[4]int{f, s, g, chosen[g]}] = true
		}
	}
}

// told returns what was found: single answers first, then pairs of answers that
// only together rule the item out.
func (v *verdicts) told(s *survey.Survey) [][]Given {
	var out [][]Given
	for f := range v.factors {
		never := func(i int) bool { return !v.asked[f][i] }
		if g, any := v.given(s, f, never); any {
			out = append(out, []Given{g})
		}
	}
	for f := range v.factors {
		for i := range v.factors[f].states {
			if !v.asked[f][i] {
				continue
			}
			a, _ := v.given(s, f, func(j int) bool { return j == i })
			for g := f + 1; g < len(v.factors); g++ {
				if v.factors[g].item == v.factors[f].item {
					continue // states of one item exclude each other anyway
				}
				b, any := v.given(s, g, func(j int) bool { return v.asked[g][j] && !v.both[[4]int{f, i, g, j}] })
				if any {
					out = append(out, []Given{a, b})
				}
			}
		}
	}
	return out
}

// given tells of some states of a factor.
func (v *verdicts) given(s *survey.Survey, f int, in func(int) bool) (Given, bool) {
	x := v.factors[f]
	item := &s.Items[x.item]
	choices := s.Choices(item)
	out := Given{Item: item.Name}
	if x.option != dataset.NoCode {
		out.Option = choices[x.option].Name
	}
	for i, st := range x.states {
		switch {
		case !in(i):
		case st.reason != survey.Answered:
			out.Reasons = append(out.Reasons, st.reason)
		case x.option == dataset.NoCode:
			out.Choices = append(out.Choices, choices[st.code].Name)
		default:
			out.Choices = append(out.Choices, [...]string{"no", "yes"}[st.code])
		}
	}
	return out, len(out.Choices)+len(out.Reasons) > 0
}
