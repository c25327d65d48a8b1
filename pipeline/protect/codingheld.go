package protect

import (
	"strings"

	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/quality"
)

// codingKept reports whether coding may be told of: no count behind it has
// changed by 1 to k-1 since it was, nor does it count somebody forgotten.
func (s *Safe) codingKept(c quality.Coding) bool {
	if s.held == nil {
		return true
	}
	now := facts{}
	put := func(n quality.Coded, name ...string) {
		at := strings.Join(name, "\x00")
		now["answers\x00"+at], now["respondents\x00"+at] = n.Answers, n.Respondents
	}
	put(c.Read, "read")
	put(c.Looked, "looked")
	put(c.Sampled, "sampled")
	put(c.Twice, "twice")
	for _, g := range c.Languages {
		put(g.Read, "read", strings.Join(g.Languages, " "))
		put(g.Sampled, "sampled", strings.Join(g.Languages, " "))
	}
	for _, x := range c.Codes {
		put(x.All.ByRule, "rule", x.Code)
		put(x.All.ByPeople, "people", x.Code)
		for g, of := range x.Languages {
			if g < len(c.Languages) {
				put(of.ByRule, "rule", x.Code, strings.Join(c.Languages[g].Languages, " "))
				put(of.ByPeople, "people", x.Code, strings.Join(c.Languages[g].Languages, " "))
			}
		}
	}
	kept := true
	for _, r := range s.held.history.releases {
		if r.Coding == nil || !r.Coding.Shown {
			continue
		}
		if fewBetween(now, r.Coding.Counts, int64(s.threshold)) || r.Coding.Withdrawn && sameCounts(now, r.Coding.Counts) {
			kept = false
		}
	}
	s.held.coding = &ToldCounts{Shown: kept, Counts: now}
	return kept
}

// Variables of open answers, which are a level of their own.
const (
	openLevel    = "_open_answers"
	languageAxis = "_language"
)

// answersOfPeople is the statistic of a count of answers that people coded.
const answersOfPeople = "answers coded by people"

// placeCoding notes where the counts of answers stand.
func (s *Safe) placeCoding(c quality.Coding, out Coding) {
	if s == nil || s.book == nil {
		return
	}
	b := s.book
	b.mu.Lock()
	defer b.mu.Unlock()
	b.put(out.Read, ledger.At{languageAxis: {ledger.Answered}}, nil, ledger.Count)
	b.variable(openLevel, languageAxis)
	for n, g := range out.Languages {
		in := b.variable(openLevel, languageAxis, texts(c.Languages[n].Languages, func(l string) string { return "in " + l })...)
		b.put(g.Read, ledger.At{languageAxis: in}, nil, ledger.Count)
		b.put(g.Sampled, nil, nil, answersOfPeople)
	}
	for _, n := range []Number{out.Looked, out.Sampled, out.Twice} {
		b.put(n, nil, nil, answersOfPeople)
	}
	for _, a := range out.Agreement {
		b.put(a.Rests, nil, nil, answersOfPeople)
	}
}
