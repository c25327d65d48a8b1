package survey

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

// Flat returns a copy of the survey in which repeats are groups: their items
// belong to the level above, because the answers have one row for both. The
// findings name repeats that the survey does not have.
func (s *Survey) Flat(repeats []string) (*Survey, []finding.Finding) {
	var findings []finding.Finding
	flat := make([]bool, len(s.Levels))
	for _, name := range repeats {
		i, ok := s.LevelIndex(name)
		if !ok || i == 0 {
			findings = append(findings, finding.Finding{Stage: "survey", Kind: "unknown-repeat", Severity: finding.Refusal, Place: finding.Place{Column: "survey.flat"}, Problem: "survey.flat names a repeat " + name + ", which the form does not have.", Remedy: "Correct the name, or remove it."})
			continue
		}
		flat[i] = true
	}
	above := func(level int) int {
		for flat[level] {
			level = s.Levels[level].Parent
		}
		return level
	}
	out := *s
	out.Levels = nil
	index := make([]int, len(s.Levels))
	for i, l := range s.Levels {
		if flat[i] {
			out.Groups = append(slices.Clone(out.Groups), Group{Name: l.Name, Path: l.Path, Label: l.Label})
			continue
		}
		if l.Parent >= 0 {
			l.Parent = index[above(l.Parent)]
		}
		index[i] = len(out.Levels)
		out.Levels = append(out.Levels, l)
	}
	out.Items = slices.Clone(s.Items)
	for i := range out.Items {
		out.Items[i].Level = index[above(out.Items[i].Level)]
	}
	made, more := New(out)
	return made, append(findings, more...)
}
