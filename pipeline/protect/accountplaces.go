package protect

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Variables of an account, which are no items. Responses, those invited and
// answers looked at by a check are levels of their own.
const (
	responseLevel = "_responses"
	invitedLevel  = "_invited"
	checkLevel    = "_checks"

	becameAxis    = "_became"   // of a response: analysed, or why it was set aside
	partAxis      = "_part"     // of the responses: wave, source and version
	groupAxis     = "_group"    // of those invited
	respondedAxis = "_answered" // whether somebody invited responded
	checkAxis     = "_check"
	flaggedAxis   = "_flagged" // whether an answer looked at was flagged
)

// put notes where a figure stands that is in no view.
func (b *book) put(n Number, at, of ledger.At, stat string) {
	b.placed[figureName{n.key, n.stat}] = place{at, of, stat}
}

// variable notes a variable that is no item, with its categories: those it has
// already, and others.
func (b *book) variable(level, name string, more ...string) ledger.Values {
	v := b.extra[name]
	v.Name, v.Level = name, level
	for _, c := range categories(more...) {
		if !slices.Contains(v.Categories, c) {
			v.Categories = append(v.Categories, c)
		}
	}
	b.extra[name] = v
	return categories(more...)
}

func texts[T any](of []T, text func(T) string) []string {
	out := make([]string, len(of))
	for i, x := range of {
		out[i] = text(x)
	}
	return out
}

// placeAccount notes where the figures of an account stand.
func (s *Safe) placeAccount(q Quality) {
	if s == nil || s.book == nil {
		return
	}
	b := s.book
	b.mu.Lock()
	defer b.mu.Unlock()
	b.variable(responseLevel, becameAxis, "analysed")
	aside := b.variable(responseLevel, becameAxis, texts(quality.Reasons[:], func(r quality.Reason) string { return string(r) })...)
	all, analysed := ledger.Values{ledger.Answered}, ledger.Values{"analysed"}
	b.put(q.Received, ledger.At{becameAxis: all}, nil, ledger.Count)
	b.put(q.Aside, ledger.At{becameAxis: aside}, nil, ledger.Count)
	b.put(q.Analysed, ledger.At{becameAxis: analysed}, nil, ledger.Count)
	for _, m := range q.Reasons {
		b.put(m.Numbers[0], ledger.At{becameAxis: categories(texts(m.Of, func(r quality.Reason) string { return string(r) })...)}, nil, ledger.Count)
	}
	for _, m := range q.Groups {
		in := b.variable(responseLevel, partAxis, texts(m.Of, func(p quality.Part) string { return p.Wave + " / " + p.Source + " / " + p.Version })...)
		for i, of := range []ledger.Values{all, aside, analysed} {
			b.put(m.Numbers[i], ledger.At{partAxis: in, becameAxis: of}, nil, ledger.Count)
		}
	}
	b.variable(invitedLevel, respondedAxis, "yes", "no")
	yes := ledger.Values{"yes"}
	for _, m := range q.Rates {
		in := b.variable(invitedLevel, groupAxis, m.Of...)
		b.put(m.Numbers[0], ledger.At{groupAxis: in}, nil, ledger.Count)
		b.put(m.Numbers[1], ledger.At{groupAxis: in, respondedAxis: yes}, nil, ledger.Count)
		b.put(m.Numbers[2], ledger.At{groupAxis: in, respondedAxis: yes}, ledger.At{groupAxis: in}, ledger.Pct)
	}
	b.variable(checkLevel, flaggedAxis, "yes", "no")
	for _, m := range q.Checks {
		in := b.variable(checkLevel, checkAxis, m.Of...)
		b.put(m.Numbers[0], ledger.At{checkAxis: in}, nil, ledger.Count)
		b.put(m.Numbers[1], ledger.At{checkAxis: in, flaggedAxis: yes}, nil, ledger.Count)
	}
	for _, m := range q.Alone {
		in := b.variable(checkLevel, checkAxis, texts(m.Of, func(c quality.Check) string { return c.Check + " " + c.Item })...)
		b.put(m.Numbers[0], ledger.At{checkAxis: in}, nil, ledger.Count)
		b.put(m.Numbers[1], ledger.At{checkAxis: in, flaggedAxis: yes}, ledger.At{checkAxis: in}, ledger.Pct)
	}
}

// populationShare is the statistic of a share of the population, which is public
// knowledge and none of the respondents.
const populationShare = "share of the population"

// placeMargin notes where the figures of a margin stand, where its items have
// the choices that it compares.
func (s *Safe) placeMargin(sv *survey.Survey, m WeightMargin) {
	if s.book == nil {
		return
	}
	a := newAxes(sv, s.book.config)
	of := ledger.At{}
	for _, name := range m.Items {
		item, ok := sv.Item(name)
		if !ok || item.Type != survey.SelectOne {
			return
		}
		of[name] = ledger.Values{ledger.Answered}
	}
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	for _, r := range m.Rows {
		at, ok := a.domain(m.Items, r.Values)
		if !ok {
			continue
		}
		s.book.put(r.N, at, nil, ledger.Count)
		s.book.put(r.Before, at, of, "share before weighting") // of the weights that came with the answers, if any
		s.book.put(r.After, at, of, ledger.WPct)
		s.book.put(r.Frame, at, of, populationShare)
	}
}
