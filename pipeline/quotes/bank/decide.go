package bank

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/quotes"
)

// Reason is why a quote is not published.
type Reason struct{ Kind, Problem, Remedy string }

// decide returns the quotes that nothing in the answers speaks against, and why
// the others are none. met has the answers that lines name, by their place.
func decide(q Request, all int64, met map[int]*answer) ([]quotes.Approved, map[int][]Reason) {
	var out []quotes.Approved
	refused := map[int][]Reason{}
	taken := map[string]bool{} // answers that are quoted already
	for i, l := range q.Lines {
		why := unapproved(l)
		a, there := met[i]
		if !there {
			why = append(why, Reason{"quote-answer", "There is no coded answer of this name among those analysed.", "Take the line out; who withdrew or did not consent must not be quoted."})
		} else {
			if a.bare = a.bare || q.Sensitive[l.Code]; a.bare {
				a.cell, a.size, a.mixed = nil, all, false
			}
			why = append(why, unfit(q, l, *a)...)
		}
		if len(why) == 0 && taken[l.Quote] {
			why = append(why, Reason{"quote-twice", "The answer is quoted in a line above.", "Keep one of the lines: quotes of one answer could be put together."})
		}
		if len(why) > 0 {
			refused[i] = why
			continue
		}
		taken[l.Quote] = true
		approved := quotes.Approved{Line: l, Item: a.item}
		if !a.bare {
			approved.Beside, approved.Cell = q.Beside, a.cell
		}
		out = append(out, approved)
	}
	return out, refused
}

// unapproved says what is wrong with the approval of a line.
func unapproved(l quotes.Line) []Reason {
	var why []Reason
	switch {
	case l.ApprovedBy == "":
		why = append(why, Reason{"quote-approval", "Nobody has approved the quote.", "Who has read text and translations writes their name under approved_by."})
	case l.Hash != l.Fingerprint():
		why = append(why, Reason{"quote-changed", "The text, a translation, the language or the code is not what was approved: the approval is void.",
			"Let it be read again: the sheet of quotes in the restricted folder of the run has the line with its new hash."})
	}
	if found := l.Identities(); len(found) > 0 {
		why = append(why, Reason{"quote-identity", "The text or a translation holds what identifies somebody (" + strings.Join(found, ", ") + ").", "Put words in square brackets in its place, and let it be approved again."})
	}
	return why
}

// unfit says what an answer has against being quoted by a line.
func unfit(q Request, l quotes.Line, a answer) []Reason {
	var why []Reason
	if !a.allows {
		why = append(why, Reason{"quote-consent", "The respondent has not allowed to be quoted.", "Take the line out."})
	}
	if !slices.Contains(a.codes, l.Code) {
		why = append(why, Reason{"quote-code", "The answer does not have the code of this line.", "Correct the code, or take the line out."})
	}
	if !quotes.Quotable(a.text, l.Text) {
		why = append(why, Reason{"quote-words", "The text is not what the answer says.", "Quote its words in their order, and put what is left out or added into square brackets: [...]."})
	}
	if a.mixed {
		why = append(why, Reason{"quote-alike", "Respondents of whom not the same would be told gave this answer in the same words.", "Take the line out: it cannot be said whose words they are."})
	}
	if a.size < q.Least {
		why = append(why, Reason{"quote-cell", "Too few respondents gave the same answers to the items that stand beside quotes.", "Take the line out, or have fewer items under \"quotes.beside\"."})
	}
	return why
}
