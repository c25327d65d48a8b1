package draft

import (
	"cmp"
	"slices"
	"strconv"
)

// Said is what a file says of a column, such as the dictionary of a statistics
// program does.
type Said struct {
	Label   string            // the question
	Values  []ValueLabel      // values and what they stand for
	Ordered bool              // the values stand on a scale
	Missing func(string) bool // whether a value is declared to be no answer; nil for none
}

// ValueLabel says what a value stands for.
type ValueLabel struct{ Value, Label string }

func (s *Said) noAnswer(value string) bool {
	return s != nil && s.Missing != nil && s.Missing(value)
}

// marks reports whether the labels of a column, where it has any, say no more
// than that a choice was taken or not.
func (s *Said) marks() bool {
	if s == nil {
		return true
	}
	for _, v := range s.Values {
		switch fold(v.Label) {
		case "yes", "no", "selected", "not selected", "checked", "unchecked", "mentioned", "not mentioned", "chosen", "not chosen", "oui", "non", "si", "true", "false":
		default:
			if !s.noAnswer(v.Value) {
				return false
			}
		}
	}
	return true
}

// maxUnlabelled is how many values without a label a scale may have between
// those that have one, such as its ends.
const maxUnlabelled = 12

// coded reports whether the file gives the values of a column labels, so that
// they are the choices of a select_one. Some steps of a scale may lack one.
func (p *profile) coded() bool {
	if p.said == nil || p.counts == nil {
		return false
	}
	labelled := map[string]bool{}
	for _, v := range p.said.Values {
		if !plainCode.MatchString(v.Value) {
			return false
		}
		labelled[v.Value] = !p.said.noAnswer(v.Value)
	}
	answers, unlabelled := 0, 0
	for _, is := range labelled {
		if is {
			answers++
		}
	}
	for value := range p.counts {
		if !labelled[value] {
			if unlabelled++; !numeral.MatchString(value) {
				return false
			}
		}
	}
	return answers > 0 && unlabelled <= maxUnlabelled
}

// saidList makes the list of such a column: numbers in their order, other values
// in that of the file, and what is no answer last. A scale is scored by its numbers.
func (p *profile) saidList() *list {
	values := slices.Clone(p.said.Values)
	seen := map[string]bool{}
	scale, numbers := p.said.Ordered, true
	for _, v := range values {
		seen[v.Value] = true
	}
	for value := range p.counts {
		if !seen[value] {
			values, scale = append(values, ValueLabel{value, value}), true
		}
	}
	for _, v := range values {
		_, err := strconv.ParseFloat(v.Value, 64)
		numbers = numbers && err == nil
	}
	slices.SortStableFunc(values, func(a, b ValueLabel) int {
		if x, y := p.said.noAnswer(a.Value), p.said.noAnswer(b.Value); x != y {
			return map[bool]int{true: 1, false: -1}[x]
		}
		if !numbers {
			return 0
		}
		return cmp.Compare(number(a.Value), number(b.Value))
	})
	l := &list{said: p.said}
	for _, v := range values {
		label := v.Label
		if label == "" {
			label = v.Value
		}
		l.choices = append(l.choices, part{v.Value, label})
		var score *float64
		if scale && numbers && !p.said.noAnswer(v.Value) {
			n := number(v.Value)
			score = &n
		}
		l.scores = append(l.scores, score)
	}
	return l
}

func number(text string) float64 {
	v, _ := strconv.ParseFloat(text, 64)
	return v
}
