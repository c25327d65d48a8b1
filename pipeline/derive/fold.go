package derive

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Sparse returns which groups become one, by their place, in order: all with
// fewer than least respondents, and the smallest of the others where these do
// not come to least together. So there is nobody in a group that stands alone
// and is too small, and never one small group by itself among the folded. It
// returns none where no group with respondents is too small, or where fewer than
// two groups would be left.
func Sparse(respondents []int64, least int64) []int {
	var folded, open []int
	together := int64(0)
	for i, n := range respondents {
		if n < least {
			folded = append(folded, i)
			together += n
		} else {
			open = append(open, i)
		}
	}
	if together == 0 {
		return nil
	}
	for together < least && len(open) > 0 {
		smallest := 0
		for k, i := range open {
			if respondents[i] < respondents[open[smallest]] {
				smallest = k
			}
		}
		folded = append(folded, open[smallest])
		together += respondents[open[smallest]]
		open = slices.Delete(open, smallest, smallest+1)
	}
	if len(open) == 0 || together < least {
		return nil
	}
	slices.Sort(folded)
	return folded
}

// Folded returns the definition of an item in which some choices of another have
// become one, the last. All else is as in that other item.
func Folded(s *survey.Survey, from *survey.Item, folded []string, label survey.Text) Definition {
	name, rest := from.Name+"_groups", "other_groups"
	taken := func(name string) bool {
		_, item := s.Item(name)
		_, level := s.LevelIndex(name)
		return item || level
	}
	for taken(name) {
		name += "_"
	}
	for list := s.List(from.List); slices.Contains(list.Names(), rest); {
		rest += "_"
	}
	out := Definition{
		Name: name, From: from.Name, Else: "keep", Recode: map[string][]string{rest: folded},
		Choices: []Choice{{Name: rest, Label: label}}, last: rest,
	}
	if len(from.Label) == 0 {
		out.Label = survey.Text{s.Default: from.Name}
	}
	return out
}
