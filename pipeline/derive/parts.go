package derive

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Parts returns the choices of the item that a definition recodes which become
// one of the new choices.
func (d Definition) Parts(choice string, old []survey.Choice) []survey.Choice {
	var out []survey.Choice
	for _, c := range old {
		to := ""
		for name, words := range d.Recode {
			if slices.Contains(words, c.Name) {
				to = name
			}
		}
		switch {
		case to != "":
		case d.Else == "keep" || c.Missing != survey.Answered:
			to = c.Name
		case d.Else == otherChoice:
			to = otherChoice
		default:
			continue // its answers become missing
		}
		if to == choice {
			out = append(out, c)
		}
	}
	return out
}
