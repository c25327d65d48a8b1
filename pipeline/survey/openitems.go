package survey

import (
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/spelling"
)

// OpenItems returns the open items whose answers are held and identify nobody, in
// survey order. What is wrong with items that a key of the config names, and that
// are to be used so ("coded"), is reported for the stage code.
func (s *Survey) OpenItems(held func(*Item) bool, named []string, key, used string) ([]*Item, []finding.Finding) {
	var out []*Item
	var names []string
	for i := range s.Items {
		it := &s.Items[i]
		if it.Type != OpenText || it.Role == Identifying {
			continue
		}
		names = append(names, it.Name)
		if held(it) {
			out = append(out, it)
		}
	}
	var findings []finding.Finding
	for _, name := range named {
		it, ok := s.Item(name)
		refuse := func(kind, but, remedy string) {
			findings = append(findings, finding.Finding{Stage: "code", Kind: kind, Severity: finding.Refusal, Place: finding.Place{Item: name},
				Problem: "The item " + name + " is to be " + used + ", but " + but + ".", Remedy: remedy})
		}
		switch {
		case !ok:
			refuse("unknown-item", "the survey does not have it", spelling.DidYouMean(name, names, "Correct \""+key+"\" in the config."))
		case it.Type != OpenText:
			refuse("not-open", "it does not take text", "Name items of type text.")
		case it.Role == Identifying:
			refuse("identifying", "it identifies people and was set aside", "Leave it out.")
		case !held(it):
			refuse("absent-item", "the answers do not hold it", "Leave it out, or add the column to the file of answers.")
		}
	}
	return out, findings
}
