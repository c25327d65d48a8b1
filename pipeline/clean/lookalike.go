package clean

import (
	"fmt"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/spelling"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// unboundFinding says that a cell is not a choice, and which choice is nearest.
// It never repeats the cell: of a look-alike it names the foreign letters only.
func unboundFinding(place finding.Place, item *survey.Item, list *survey.ChoiceList, word string) finding.Finding {
	f := finding.Finding{Stage: "clean", Severity: finding.Warning, Place: place}
	if item.Role == survey.Sensitive {
		word = "" // which choice is near would be the answer
	}
	if name, letters := lookAlike(word, list); name != "" {
		f.Kind = "look-alike-choice"
		f.Problem = "The cell looks like a choice of " + item.Name + ", but has letters or signs of another script in it: " + letters + "."
		f.Remedy = fmt.Sprintf("It was not changed. Write %q if that was meant.", name)
		return f
	}
	f.Kind = "unknown-choice"
	f.Problem = "The cell holds what is not a choice of " + item.Name + "."
	f.Remedy = "It does not count. Correct it in the file of answers, or add the choice to the form."
	if name := spelling.Nearest(word, list.Names()); name != "" {
		f.Remedy = fmt.Sprintf("It does not count. Did you mean %q?", name)
	}
	return f
}

// mendedFinding says that a cell became an answer once it was tidied.
func mendedFinding(place finding.Place, item *survey.Item, issues []string) finding.Finding {
	return finding.Finding{Stage: "clean", Kind: "mended-cell", Severity: finding.Note, Place: place,
		Problem: "The cell is an answer to " + item.Name + " but for its " + strings.Join(slices.Compact(issues), " and ") + ".",
		Remedy:  "Cleaning mends it and logs it; nothing to do."}
}

// lookAlike returns the choice that a word looks like, by its name or a label,
// though it is spelt with signs of another script, and which these are, by
// their numbers in Unicode.
func lookAlike(word string, list *survey.ChoiceList) (name, letters string) {
	s := spelling.Skeleton(word)
	if s == "" {
		return "", ""
	}
	for _, c := range list.Choices {
		for _, known := range append([]string{c.Name}, sortedTexts(c.Label)...) {
			if spelling.Skeleton(known) != s || strings.EqualFold(known, word) {
				continue
			}
			if letters := foreign(word, known); letters != "" {
				return c.Name, letters
			}
		}
	}
	return "", ""
}

func sortedTexts(t survey.Text) []string {
	out := make([]string, 0, len(t))
	for _, s := range t {
		out = append(out, s)
	}
	slices.Sort(out)
	return out
}

// foreign names the signs of a word that the known spelling does not have.
func foreign(word, known string) string {
	var out []string
	known = strings.ToLower(known)
	for _, r := range strings.ToLower(word) {
		if code := fmt.Sprintf("U+%04X", r); !strings.ContainsRune(known, r) && !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	return strings.Join(out[:min(len(out), 8)], ", ")
}
