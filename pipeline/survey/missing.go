package survey

import (
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

// WithMissing returns a copy of the survey in which the named choices and
// numbers stand for a reason for a missing answer. A word is the name of a
// choice, in whichever lists have it, or list.name for the choice of one list. A
// number that is the name of no choice counts in every numeric item; item.number
// counts in that item alone, whatever choices are called. The findings name
// words that mean nothing, words given for two reasons, and lists that are left
// without a choice that is an answer.
func (s *Survey) WithMissing(refused, dontKnow, notApplicable []string) (*Survey, []finding.Finding) {
	var findings []finding.Finding
	reasons, coded := map[choiceKey]Reason{}, map[numberKey]Reason{}
	for _, group := range []struct {
		key    string
		reason Reason
		words  []string
	}{
		{"missing.refused", Refused, refused},
		{"missing.dont_know", DontKnow, dontKnow},
		{"missing.not_applicable", NotApplicable, notApplicable},
	} {
		for _, word := range group.words {
			keys := s.choicesNamed(strings.TrimSpace(word))
			numbers := s.numbersNamed(strings.TrimSpace(word))
			if isNumber(word) && len(keys) > 0 {
				numbers = nil // it is the name of a choice
			}
			for _, n := range numbers {
				if before, twice := coded[n]; twice && before != group.reason {
					findings = append(findings, finding.Finding{
						Stage: "survey", Kind: "contradictory-missing-word", Severity: finding.Refusal,
						Place:   finding.Place{Column: group.key},
						Problem: "The number " + strings.TrimSpace(word) + " is given for two reasons in the item " + s.Items[n.item].Name + ": " + before.String() + " and " + group.reason.String() + ".",
						Remedy:  "Leave it under one of the two.",
					})
					continue
				}
				coded[n] = group.reason
			}
			if len(keys) == 0 && len(numbers) == 0 {
				findings = append(findings, finding.Finding{
					Stage: "survey", Kind: "unmatched-missing-word", Severity: finding.Warning,
					Place:   finding.Place{Column: group.key},
					Problem: "The word " + word + " of " + group.key + " is neither the name of a choice in any list nor a number that a numeric item could hold.",
					Remedy:  "Write the name of a choice or list.name, as the choices sheet has it; a number or item.number; or remove the word.",
				})
			}
			for _, key := range keys {
				if before, twice := reasons[key]; twice && before != group.reason {
					findings = append(findings, finding.Finding{
						Stage: "survey", Kind: "contradictory-missing-word", Severity: finding.Refusal,
						Place:   finding.Place{Column: group.key},
						Problem: "The choice " + key.name + " of the list " + key.list + " is given for two reasons: " + before.String() + " and " + group.reason.String() + ".",
						Remedy:  "Leave it under one of the two.",
					})
					continue
				}
				reasons[key] = group.reason
			}
		}
	}
	out := *s
	out.Lists = make([]*ChoiceList, len(s.Lists))
	for i, list := range s.Lists {
		out.Lists[i] = list.withMissing(reasons)
		if f, ok := out.Lists[i].answerless(list); ok {
			findings = append(findings, f)
		}
	}
	out.Items = withNumbers(s.Items, coded)
	made, more := New(out)
	return made, append(findings, more...)
}

type choiceKey struct{ list, name string }

// choicesNamed finds the choices a word means: those of that name in any list,
// or else the one of list.name, wherever the dot stands.
func (s *Survey) choicesNamed(word string) []choiceKey {
	var keys []choiceKey
	for _, list := range s.Lists {
		if _, ok := list.Code(word); ok {
			keys = append(keys, choiceKey{list.Name, word})
		}
	}
	if len(keys) > 0 {
		return keys
	}
	for _, list := range s.Lists {
		if name, ok := strings.CutPrefix(word, list.Name+"."); ok {
			if _, ok := list.Code(name); ok {
				keys = append(keys, choiceKey{list.Name, name})
			}
		}
	}
	return keys
}

func (l *ChoiceList) withMissing(reasons map[choiceKey]Reason) *ChoiceList {
	choices := append([]Choice(nil), l.Choices...)
	for i := range choices {
		if reason, ok := reasons[choiceKey{l.Name, choices[i].Name}]; ok {
			choices[i].Missing = reason
		}
	}
	return NewChoiceList(l.Name, choices)
}

// answerless gives a finding when the list has lost its last real answer.
func (l *ChoiceList) answerless(before *ChoiceList) (finding.Finding, bool) {
	answers := func(list *ChoiceList) (n int) {
		for _, c := range list.Choices {
			if c.Missing == Answered {
				n++
			}
		}
		return n
	}
	if answers(before) == 0 || answers(l) > 0 {
		return finding.Finding{}, false
	}
	return finding.Finding{
		Stage: "survey", Kind: "list-without-answers", Severity: finding.Warning, Place: finding.Place{Column: "missing"},
		Problem: "Every choice of the list " + l.Name + " stands for a missing answer, so its items have nothing to count.",
		Remedy:  "Take the choices that are answers out of the missing words; list.name limits a word to one list.",
	}, true
}
