package protect

import (
	"encoding/json"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/quality"
)

// heldAccount returns the account that may be told: the one that was counted, or
// the one told last where a count of it has changed by 1 to k-1 since any that
// was told. Where none may be told it is empty.
func (s *Safe) heldAccount(a quality.Account) (quality.Account, int) {
	if s.held == nil {
		return a, 0
	}
	var last *ToldAccount
	withdrawn := map[int]bool{}
	bad, moved := false, true
	now := accountFacts(a)
	for i := range s.held.history.releases {
		r := &s.held.history.releases[i]
		told := r.Account
		if told == nil || told.AsOf == 0 {
			continue
		}
		if told.AsOf == r.Run {
			bad = bad || fewBetween(now, accountFacts(told.Shown), int64(s.threshold))
		}
		if told.Withdrawn {
			withdrawn[told.AsOf] = true
		}
		if r.Audience == s.audience {
			last = told
		}
	}
	out, asOf := a, -1 // as of now
	if last != nil {
		moved = !sameAccount(a, last.Shown)
		gone := withdrawn[last.AsOf]
		switch {
		case gone && (bad || !moved):
			out, asOf = quality.Account{}, 0
		case !moved:
			out, asOf = a, last.AsOf
		case bad:
			out, asOf = last.Shown, last.AsOf
		}
	} else if bad {
		out, asOf = quality.Account{}, 0
	}
	s.held.account = &ToldAccount{AsOf: asOf, Shown: out, Counted: a}
	if asOf > 0 && moved {
		return out, asOf
	}
	return out, 0
}

func sameAccount(a, b quality.Account) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}

// accountFacts names the counts of an account.
func accountFacts(a quality.Account) facts {
	out := facts{"received": a.Received, "analysed": a.Analysed, "aside": a.Received - a.Analysed}
	put := func(n int64, name ...string) { out[strings.Join(name, "\x00")] += n }
	for _, x := range a.Aside {
		put(x.Count, "aside", string(x.Reason))
	}
	for _, x := range a.Groups {
		put(x.Received, "received", x.Wave, x.Source, x.Version)
		put(x.Analysed, "analysed", x.Wave, x.Source, x.Version)
		put(x.Received-x.Analysed, "aside", x.Wave, x.Source, x.Version)
	}
	for _, x := range a.Rates {
		put(x.Responded, "responded", x.Group)
		put(x.Invited-x.Responded, "silent", x.Group)
	}
	for _, x := range a.Checks {
		put(x.Looked, "looked", x.Check, x.Item)
		put(x.Flagged, "flagged", x.Check, x.Item)
		put(x.Looked-x.Flagged, "unflagged", x.Check, x.Item)
	}
	for _, x := range a.Shifts {
		put(x.Answered, "answered", x.Item, x.Language)
		put(x.Others, "others", x.Item, x.Language)
	}
	return out
}

// fewBetween reports whether a number of two lots differs by 1 to k-1; what one
// lot lacks is nobody.
func fewBetween(a, b facts, k int64) bool {
	for name, n := range a {
		if few(n-b[name], k) {
			return true
		}
	}
	for name, n := range b {
		if few(n-a[name], k) {
			return true
		}
	}
	return false
}

// weightsKept reports whether the weights may be told of: no count behind them
// has changed by 1 to k-1 since they were, nor do they count somebody forgotten.
func (s *Safe) weightsKept(w quality.Weights) bool {
	if s.held == nil {
		return true
	}
	now := facts{"respondents": w.Responses}
	for _, m := range w.Margins {
		for _, r := range m.Rows {
			now[strings.Join(m.Items, " x ")+"\x00"+strings.Join(r.Values, " x ")] = r.N
		}
	}
	kept := true
	for _, r := range s.held.history.releases {
		if r.Weights == nil || !r.Weights.Shown {
			continue
		}
		if fewBetween(now, r.Weights.Counts, int64(s.threshold)) || r.Weights.Withdrawn && sameCounts(now, r.Weights.Counts) {
			kept = false
		}
	}
	s.held.weights = &ToldCounts{Shown: kept, Counts: now}
	return kept
}

func sameCounts(a, b facts) bool { return !fewBetween(a, b, 1<<62) }
