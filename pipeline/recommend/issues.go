package recommend

// Issue is one of the issues of UPR Info's list of 2014.
type Issue struct {
	ID   string
	Name string // in the language of the recommendation
}

// Touched is an issue that a recommendation touches, and where.
type Touched struct {
	Issue
	Span Span
}

// IssueFinder finds the issues that a recommendation in a language touches. The
// terms of this package do it unless another is given, such as one that learned.
type IssueFinder interface {
	Issues(text, language string) []Touched
}

type issueTerms struct {
	issue Issue
	terms list
}

// touched returns issues in the order of the list.
func (l *lexicon) touched(ts []token) []Touched {
	var out []Touched
	for _, i := range l.issues {
		if from, to, ok := i.terms.find(ts, 0); ok {
			out = append(out, Touched{i.issue, Span{ts[from].start, ts[to-1].end}})
		}
	}
	return out
}

// SharedIssue is an issue with its name in each language.
type SharedIssue struct {
	ID    string
	Names map[string]string
}

// SharedIssues returns the issues that have terms in all languages, in the order
// of the list: of others it could not be compared how often answers in different
// languages touch them.
func (c *Checker) SharedIssues() []SharedIssue {
	names := map[string]map[string]string{}
	for _, language := range Languages() {
		for _, i := range c.words[language].issues {
			if names[i.issue.ID] == nil {
				names[i.issue.ID] = map[string]string{}
			}
			names[i.issue.ID][language] = i.issue.Name
		}
	}
	var out []SharedIssue
	for _, i := range c.words["en"].issues {
		if len(names[i.issue.ID]) == len(Languages()) {
			out = append(out, SharedIssue{i.issue.ID, names[i.issue.ID]})
		}
	}
	return out
}
