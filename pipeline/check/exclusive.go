package check

import (
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/spelling"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// exclusive finds sets of choices in which "none" or a choice that stands for
// a missing answer is beside another.
func (w *work) exclusive(level int) ([]looker, error) {
	if w.cfg.Exclusive.Off {
		return nil, nil
	}
	if level == 0 {
		w.knownChoices()
	}
	var out []looker
	for _, item := range w.held(level) {
		if item.Type != survey.SelectMultiple || item.Derived != "" {
			continue
		}
		choices := w.d.Survey.Choices(item)
		alone := make([]bool, len(choices))
		any := false
		for code, c := range choices {
			alone[code] = c.Missing != survey.Answered || excludes(c) || named(item.List, c.Name, w.cfg.Exclusive.Choices)
			any = any || alone[code]
		}
		if any {
			out = append(out, excluding{item.Name, alone})
		}
	}
	return out, nil
}

type excluding struct {
	item  string
	alone []bool // by code: the choice excludes all others
}

func (e excluding) look(s *sheet) {
	c := s.b.Column(e.item)
	n := int64(0)
	for i := range c.Len() {
		set := c.Set(i)
		if len(set) == 0 {
			continue
		}
		n++
		if len(set) == 1 {
			continue
		}
		for _, code := range set {
			if e.alone[code] {
				s.tell(i, remark{check: Contradiction, item: e.item, issue: "contradictory choices",
					comment: "A choice that excludes all others stands beside others."})
				break
			}
		}
	}
	s.looked(Contradiction, e.item, n)
}

// named reports whether a choice is in a list of names, each the name of a
// choice in any list or list.name.
func named(list, name string, names []string) bool {
	for _, n := range names {
		if n == name || n == list+"."+name {
			return true
		}
	}
	return false
}

// knownChoices refuses names that no list has.
func (w *work) knownChoices() {
	for _, name := range w.cfg.Exclusive.Choices {
		found := false
		for _, list := range w.d.Survey.Lists {
			for _, c := range list.Choices {
				found = found || named(list.Name, c.Name, []string{name})
			}
		}
		if !found {
			w.found.Add(finding.Finding{Stage: stage, Kind: "unknown-choice-name", Severity: finding.Refusal, Place: finding.Place{Column: "checks.exclusive"},
				Problem: "No list of the form has a choice " + name + ".", Remedy: "Write the name of a choice, or list.name."})
		}
	}
}

// excludes reports whether a choice says by its name or a label that none of
// the others applies. Only what says nothing else counts: "No internet" may
// well stand beside other difficulties.
func excludes(c survey.Choice) bool {
	if name := strings.Trim(spelling.Fold(c.Name), " "); oneOf(name, exclusiveNames) || strings.HasPrefix(name, "none of ") {
		return true
	}
	for _, label := range c.Label {
		folded := spelling.Fold(label)
		if oneOf(folded, exclusiveLabels) {
			return true
		}
		for _, begin := range strings.Split(exclusiveBeginnings, "|") {
			if strings.HasPrefix(folded, spelling.Fold(begin)) {
				return true
			}
		}
	}
	return false
}

func oneOf(folded, list string) bool {
	for _, word := range strings.Split(list, "|") {
		if folded == spelling.Fold(word) {
			return true
		}
	}
	return false
}

// Names and labels that exclude all others, in the languages of the reports.
const (
	exclusiveNames = "none|nothing|no one|nobody|n a|na|not applicable|aucun|aucune|rien|ninguno|ninguna|nada|nichego|noneoftheabove|noneofthese"

	exclusiveLabels = "none|nothing|nobody|no one|not applicable|n/a|" +
		"aucun|aucune|aucun d'eux|aucune d'elles|rien|personne|sans objet|non applicable|" +
		"ninguno|ninguna|nada|nadie|no aplica|no procede|" +
		"нет|ничего|никто|никакие|никаких|ни один|ни одна|ни одно|не применимо|" +
		"لا شيء|لا أحد|لا يوجد|لا ينطبق|" +
		"无|没有|都没有|不适用"

	exclusiveBeginnings = "none of the|none of these|none of them|aucun de |aucune de |aucun des |aucune des |ninguno de |ninguna de |" +
		"ничего из |ничто из |ни один из |ни одна из |ни одно из |никто из |لا شيء مما |لا شيء من |لا أي من |以上都|以上均|以上皆"
)
