package bank

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/quotes"
)

// Reason is why a quote is not published.
type Reason struct{ Kind, Problem, Remedy string }

// told returns the lines with the answers that they quote, and what would be told
// of who gave them: nothing of a sensitive answer, nor where the same is to be told
// of few who wrote in its language. That is the language of the answer and that
// which the line says.
func (g *gathering) told(met map[int]*answer) []quotes.Line {
	lines := slices.Clone(g.q.Lines)
	for i := range lines {
		a, l := met[i], &lines[i]
		if a == nil {
			continue
		}
		a.size = min(a.size, g.sizes[cellIn(l.Language, a.cell)])
		a.spoken = min(a.spoken, g.sizes[cell{language: l.Language}])
		if a.bare = a.bare || a.size < g.q.Least; a.bare {
			a.cell, a.mixed = nil, false
		} else if !a.mixed {
			l.Told = tell(g.q.Beside, a.cell)
		}
		l.Answer = a.safe
	}
	return lines
}

// tell is what is told of who made choices of items.
func tell(items, chosen []string) []quotes.Told {
	var out []quotes.Told
	for i, item := range items {
		out = append(out, quotes.Told{Item: item, Choice: chosen[i]})
	}
	return out
}

// decide returns the quotes that nothing in the answers speaks against, and why
// the others are none. met has the answers that lines name, by their place.
func decide(q Request, met map[int]*answer) ([]quotes.Approved, map[int][]Reason) {
	var out []quotes.Approved
	refused := map[int][]Reason{}
	taken := map[string]bool{} // answers that are quoted already
	for i, l := range q.Lines {
		why := unapproved(l)
		a, there := met[i]
		if !there {
			why = append(why, Reason{"quote-answer", "There is no coded answer of this name among those analysed.", "Take the line out; who withdrew or did not consent must not be quoted."})
		} else {
			why = append(why, unfit(l, *a)...)
		}
		if len(why) == 0 && taken[l.Quote] {
			why = append(why, Reason{"quote-twice", "The answer is quoted in a line above.", "Keep one of the lines: quotes of one answer could be put together."})
		}
		if len(why) > 0 {
			refused[i] = why
			continue
		}
		taken[l.Quote] = true
		approved := quotes.Approved{Line: l, Item: a.item, Codes: a.all, Hidden: a.spoken < q.Least}
		approved.Answer = "" // it goes no further
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
		why = append(why, Reason{"quote-changed", "The text, a translation, the language, the code or what is told of the respondent is not what was approved: the approval is void.",
			"Let it be read again: the sheet of quotes in the restricted folder of the run has the line with its new hash."})
	}
	if found := l.Identities(); len(found) > 0 {
		why = append(why, Reason{"quote-identity", "The text or a translation holds what identifies somebody (" + strings.Join(found, ", ") + ").", "Put words in square brackets in its place, and let it be approved again."})
	}
	return why
}

// unfit says what an answer has against being quoted by a line.
func unfit(l quotes.Line, a answer) []Reason {
	var why []Reason
	switch {
	case !a.allows:
		why = append(why, Reason{"quote-consent", "The respondent, or another who wrote the same words, has not allowed to be quoted.", "Take the line out."})
	case a.others:
		why = append(why, Reason{"quote-others", "Its words are all that somebody said who has not allowed to be quoted.", "Quote more of the answer, or take the line out."})
	}
	if !slices.Contains(a.codes, l.Code) {
		why = append(why, Reason{"quote-code", "The answer does not have the code of this line.", "Correct the code, or take the line out."})
	}
	if !a.holds {
		why = append(why, Reason{"quote-words", "The text is not what the answer says.", "Quote its words in their order, none of them cut, and put what is left out or added into square brackets: [...]."})
	}
	if a.mixed {
		why = append(why, Reason{"quote-alike", "Respondents of whom not the same would be told gave this answer in the same words.", "Take the line out: it cannot be said whose words they are."})
	}
	return why
}
