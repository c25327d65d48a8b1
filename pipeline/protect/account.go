package protect

import (
	"fmt"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Merged is one or several parts of an account with their figures. Parts are
// merged where single ones would say too much.
type Merged[T any] struct {
	Of      []T
	Numbers []Number
}

// Quality is the account of the answers' quality as it may be published.
type Quality struct {
	Received, Aside, Analysed Number

	Reasons []Merged[quality.Reason] // responses set aside
	Groups  []Merged[quality.Part]   // responses received, set aside, analysed
	Rates   []Merged[string]         // groups of those invited: invited, responded, and the share of the two
	Checks  []Merged[string]         // kinds of checks: answers looked at, flagged
	Alone   []Merged[quality.Check]  // checks told one by one, without their counts: looked at, share flagged
	Shifts  []Shift
	Changes []quality.VersionChange

	Language, Adjusted string // as in the account

	AsOf int // the run whose answers it speaks of, 0: this one
}

// Shift is an item that is answered otherwise in a language.
type Shift struct {
	Item, Language string
	Band           quality.Band
}

// Account protects an account. Counts that add up are protected together:
//
//   - Of the responses set aside those for reasons of fewer than k are merged
//     until each count shown is nobody or at least k. With 1 to k-1 set aside in
//     all, that number and the number received are withheld. The number analysed
//     is known from every table; when it is less than k, all are withheld.
//   - Groups of responses are merged until responses received, set aside and
//     analysed are each nobody or at least k; groups of invited until those who
//     responded and those who did not are.
//   - Checks are told by kind or, where one by one, only then: never both, so
//     that none follows from a sum.
//   - Of an item answered otherwise in a language it is told in which one and
//     how far, when 2k answered in it and 2k in others.
//
// Apart names the kinds of checks that are to be told one by one.
func (s *Safe) Account(a quality.Account, apart ...string) Quality {
	a, asOf := s.heldAccount(a)
	k := int64(s.Threshold())
	q := Quality{
		AsOf:     asOf,
		Received: withheld(CountStat, responseKey("received")),
		Aside:    withheld(CountStat, responseKey("set aside")),
		Analysed: withheld(CountStat, responseKey("analysed")),
	}
	aside := a.Received - a.Analysed
	if a.Analysed >= k && aside >= 0 {
		q.Analysed = count(CountStat, responseKey("analysed"), a.Analysed)
		if aside == 0 || aside >= k {
			q.Received, q.Aside = count(CountStat, responseKey("received"), a.Received), count(CountStat, responseKey("set aside"), aside)
			q.Reasons = s.reasons(a)
			q.Groups = s.groups(a)
		}
	}
	q.Rates = s.rates(a)
	s.checks(&q, a, apart)
	q.Changes, q.Language, q.Adjusted = slices.Clone(a.Changes), a.Language, a.Adjusted
	for _, sh := range a.Shifts {
		if sh.Answered >= 2*k && sh.Others >= 2*k {
			q.Shifts = append(q.Shifts, Shift{sh.Item, sh.Language, sh.Band})
		}
	}
	if asOf > 0 {
		for _, n := range q.numbers() {
			n.asOf = asOf
		}
	}
	s.placeAccount(q)
	return q
}

// numbers returns all numbers of an account.
func (q *Quality) numbers() []*Number {
	out := []*Number{&q.Received, &q.Aside, &q.Analysed}
	out = gather(out, q.Reasons)
	out = gather(out, q.Groups)
	out = gather(out, q.Rates)
	out = gather(out, q.Checks)
	return gather(out, q.Alone)
}

func gather[T any](out []*Number, parts []Merged[T]) []*Number {
	for i := range parts {
		for n := range parts[i].Numbers {
			out = append(out, &parts[i].Numbers[n])
		}
	}
	return out
}

func responseKey(what string) table.Key { return table.Key("responses " + what) }

// reasons returns nothing when the reasons do not add up to what was set aside.
func (s *Safe) reasons(a quality.Account) []Merged[quality.Reason] {
	parts := make([][]int64, len(a.Aside))
	rest := a.Received - a.Analysed
	for i, r := range a.Aside {
		parts[i] = []int64{r.Count}
		rest -= r.Count
	}
	blocks, ok := merge(parts, int64(s.Threshold()))
	if !ok || rest != 0 {
		return nil
	}
	var out []Merged[quality.Reason]
	for _, of := range blocks {
		key := responseKey("set aside")
		names := named(of, func(i int) quality.Reason { return a.Aside[i].Reason })
		for _, name := range names {
			key += table.Key(" " + string(name))
		}
		out = append(out, Merged[quality.Reason]{names, []Number{count(CountStat, key, total(parts, of, 0))}})
	}
	return out
}

// groups returns nothing when the groups do not add up to all responses.
func (s *Safe) groups(a quality.Account) []Merged[quality.Part] {
	parts := make([][]int64, len(a.Groups))
	received, analysed := a.Received, a.Analysed
	for i, g := range a.Groups {
		parts[i] = []int64{g.Received - g.Analysed, g.Analysed}
		received, analysed = received-g.Received, analysed-g.Analysed
	}
	blocks, ok := merge(parts, int64(s.Threshold()))
	if !ok || received != 0 || analysed != 0 || len(blocks) < 2 {
		return nil
	}
	var out []Merged[quality.Part]
	for b, of := range blocks {
		aside, analysed := total(parts, of, 0), total(parts, of, 1)
		key := responseKey(fmt.Sprintf("group %d ", b+1))
		names := named(of, func(i int) quality.Part { return a.Groups[i].Part })
		out = append(out, Merged[quality.Part]{names, []Number{count(CountStat, key+"received", aside+analysed), count(CountStat, key+"set aside", aside), count(CountStat, key+"analysed", analysed)}})
	}
	return out
}

// rates returns the groups of those invited. A share needs 2k invited.
func (s *Safe) rates(a quality.Account) []Merged[string] {
	parts := make([][]int64, len(a.Rates))
	for i, r := range a.Rates {
		parts[i] = []int64{r.Responded, r.Invited - r.Responded}
	}
	blocks, ok := merge(parts, int64(s.Threshold()))
	if !ok {
		return nil
	}
	var out []Merged[string]
	for b, of := range blocks {
		responded, silent := total(parts, of, 0), total(parts, of, 1)
		key := table.Key(fmt.Sprintf("invited %d ", b+1))
		out = append(out, Merged[string]{named(of, func(i int) string { return a.Rates[i].Group }), []Number{
			count(CountStat, key+"invited", responded+silent), count(CountStat, key+"responded", responded), s.part(key+"rate", responded, responded+silent),
		}})
	}
	return out
}

func named[T any](of []int, name func(int) T) []T {
	out := make([]T, len(of))
	for n, i := range of {
		out[n] = name(i)
	}
	return out
}

func total(parts [][]int64, of []int, c int) (n int64) {
	for _, i := range of {
		n += parts[i][c]
	}
	return n
}

// checks tells each kind of check, and of the kinds named each check.
func (s *Safe) checks(q *Quality, a quality.Account, apart []string) {
	alone := map[string]bool{}
	for _, kind := range apart {
		alone[kind] = true
	}
	at := map[string]int{}
	var looked, flagged []int64
	for _, c := range a.Checks {
		if alone[c.Check] {
			key := table.Key("check " + c.Check + " " + c.Item + " ")
			numbers := []Number{count(BaseStat, key+"looked at", c.Looked), s.part(key+"flagged", c.Flagged, c.Looked)}
			if c.Looked < int64(s.Threshold()) {
				numbers[0] = withheld(BaseStat, key+"looked at")
			}
			q.Alone = append(q.Alone, Merged[quality.Check]{[]quality.Check{{Check: c.Check, Item: c.Item}}, numbers})
			continue
		}
		n, known := at[c.Check]
		if !known {
			n = len(q.Checks)
			at[c.Check] = n
			q.Checks, looked, flagged = append(q.Checks, Merged[string]{Of: []string{c.Check}}), append(looked, 0), append(flagged, 0)
		}
		looked[n], flagged[n] = looked[n]+c.Looked, flagged[n]+c.Flagged
	}
	k := int64(s.Threshold())
	for n := range q.Checks {
		key := table.Key("check " + q.Checks[n].Of[0] + " ")
		numbers := []Number{withheld(BaseStat, key+"looked at"), withheld(CountStat, key+"flagged")}
		if looked[n] >= k || looked[n] == 0 {
			numbers[0] = count(BaseStat, key+"looked at", looked[n])
			if f, others := flagged[n], looked[n]-flagged[n]; (f == 0 || f >= k) && (others == 0 || others >= k) {
				numbers[1] = count(CountStat, key+"flagged", f)
			}
		}
		q.Checks[n].Numbers = numbers
	}
}

// part is the share of n of a base: withheld on a base under 2k, and when 1 to
// k-1 are in it or out of it.
func (s *Safe) part(key table.Key, n, base int64) Number {
	k := int64(s.Threshold())
	if out := base - n; base < 2*k || n >= 1 && n < k || out >= 1 && out < k || n < 0 || out < 0 {
		return withheld(ShareStat, key)
	}
	return proportion(ShareStat, key, n, base)
}
