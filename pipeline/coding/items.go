package coding

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/spelling"
)

// Misnamed refuses codes from elsewhere to items that are no open items of the
// survey: a name that is not spelt as in the form must not pass for answers that
// have gone. A mistake is told once a file.
func Misnamed(all []Returned, open []string) []finding.Finding {
	type mistake struct{ file, item string }
	at := map[mistake]int{}
	var out []finding.Finding
	for _, r := range all {
		if r.Name != "" || slices.Contains(open, r.Item) {
			continue
		}
		m := mistake{r.File, r.Item}
		if _, told := at[m]; !told {
			at[m] = len(out)
			place := r.place()
			place.Column = colItem
			out = append(out, refuse(place, "unknown-item", "The item is no open item of the survey.", spelling.DidYouMean(r.Item, open, "Name the item as the form does.")))
		}
		out[at[m]].Count++
	}
	return out
}
