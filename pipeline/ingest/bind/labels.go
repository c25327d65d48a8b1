package bind

import "github.com/soundings-survey/soundings/pipeline/survey"

// choiceLabels returns the codes of the choices of a list by their labels: those
// of the default language, and those of other languages that mean one choice
// alone. A label that means several choices has the code -1.
func choiceLabels(s *survey.Survey, list *survey.ChoiceList) map[string]int32 {
	own, others := map[string]int32{}, map[string]int32{}
	add := func(into map[string]int32, label string, code int32) {
		if label == "" {
			return
		}
		if before, taken := into[label]; taken && before != code {
			into[label] = ambiguous
		} else {
			into[label] = code
		}
	}
	for i, c := range list.Choices {
		if named, ok := list.Code(c.Name); !ok || named != int32(i) {
			continue // the second of two choices of one name
		}
		for tag, label := range c.Label {
			if tag == s.Default {
				add(own, label, int32(i))
			} else {
				add(others, label, int32(i))
			}
		}
	}
	for label, code := range others {
		if _, taken := own[label]; !taken {
			own[label] = code
		}
	}
	return own
}
