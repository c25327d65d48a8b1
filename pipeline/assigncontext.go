package pipeline

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// crowds says who wrote in which language, and with which context: a row of a
// pack shows both. Only answers count that are still to be given: of those who
// came in since the last packs, coders know that they are new. Its memory does not grow with respondents.
type crowds struct {
	threshold int
	writers   map[string]map[string]bool // language -> respondents, the first up to the threshold
	groups    map[string]map[string]int  // language -> what they gave to the items of context -> respondents
	last      map[string]string          // language -> the respondent counted last in its groups
}

func newCrowds(threshold int) *crowds {
	return &crowds{threshold: threshold, writers: map[string]map[string]bool{}, groups: map[string]map[string]int{}, last: map[string]string{}}
}

// add counts the respondent of an answer. Answers of one respondent follow each
// other, save that rows of repeats come after all others.
func (c *crowds) add(a openAnswer) {
	if c.writers[a.language] == nil {
		c.writers[a.language], c.groups[a.language] = map[string]bool{}, map[string]int{}
	}
	if w := c.writers[a.language]; len(w) < c.threshold {
		w[a.respondent()] = true
	}
	if !a.repeated() && c.last[a.language] != a.respondent() {
		c.last[a.language] = a.respondent()
		c.groups[a.language][a.context]++
	}
}

// few reports whether fewer respondents than the threshold wrote in a language:
// who has two answers in it could know that they are of one of these.
func (c *crowds) few(language string) bool { return len(c.writers[language]) < c.threshold }

// shown returns the contexts that may stand beside answers in a language: those
// that enough respondents share. Where only a few would be without, the next
// smallest groups are too, so that a blank does not tell who they are.
func (c *crowds) shown(language string) map[string]bool {
	groups := c.groups[language]
	out, blank := map[string]bool{}, 0
	bySize := slices.SortedFunc(maps.Keys(groups), func(a, b string) int {
		return cmp.Or(cmp.Compare(groups[a], groups[b]), strings.Compare(a, b))
	})
	for _, context := range bySize { // first those that say nothing, and are blank anyhow
		if saysNothing(context) {
			blank += groups[context]
		}
	}
	for _, context := range bySize {
		switch n := groups[context]; {
		case saysNothing(context):
		case n < c.threshold || blank > 0 && blank < c.threshold:
			blank += n
		default:
			out[context] = true
		}
	}
	return out
}

// saysNothing reports whether a respondent answered none of the items of context.
func saysNothing(context string) bool { return strings.Trim(context, contextMark) == "" }

// contextMark stands between what was given to the items of context.
const contextMark = "\x00"
