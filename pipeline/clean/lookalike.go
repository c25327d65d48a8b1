package clean

import (
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// unboundFinding says that a cell is not a choice, and which choice is nearest.
// It never repeats the cell.
func unboundFinding(place finding.Place, item *survey.Item, list *survey.ChoiceList, word string) finding.Finding {
	f := finding.Finding{Stage: "clean", Severity: finding.Warning, Place: place}
	if item.Role == survey.Sensitive {
		word = "" // which choice is near would be the answer
	}
	if name := lookAlike(word, list); name != "" {
		f.Kind = "look-alike-choice"
		f.Problem = "The cell looks like a choice of " + item.Name + ", but has letters of another script in it."
		f.Remedy = fmt.Sprintf("It was not changed. Write %q if that was meant.", name)
		return f
	}
	f.Kind = "unknown-choice"
	f.Problem = "The cell holds what is not a choice of " + item.Name + "."
	f.Remedy = "It does not count. Correct it in the file of answers, or add the choice to the form."
	if name := nearest(word, list); name != "" {
		f.Remedy = fmt.Sprintf("It does not count. Did you mean %q?", name)
	}
	return f
}

// lookAlike returns the choice that a word looks like though it is spelt with
// letters of another script.
func lookAlike(word string, list *survey.ChoiceList) string {
	s := skeleton(word)
	for _, c := range list.Choices {
		if skeleton(c.Name) == s && !strings.EqualFold(c.Name, word) {
			return c.Name
		}
	}
	return ""
}

// skeleton brings letters that look like Latin ones to the Latin ones.
func skeleton(s string) string {
	return strings.NewReplacer(
		"а", "a", "в", "b", "с", "c", "е", "e", "н", "h", "і", "i", "ј", "j", "к", "k", "м", "m", "о", "o", "р", "p", "ѕ", "s", "т", "t", "у", "y", "х", "x",
		"α", "a", "β", "b", "ε", "e", "η", "n", "ι", "i", "κ", "k", "ν", "v", "ο", "o", "ρ", "p", "τ", "t", "υ", "u", "χ", "x",
	).Replace(strings.ToLower(norm.NFKC.String(s)))
}
