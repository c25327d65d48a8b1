package estimate

import (
	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// answering counts who answered some items together: the bases of domains of
// analyses that bind themselves, with the weights of those who answered.
type answering struct {
	bases   bases
	weight  []exact.Sum // Σw of each domain
	square  []exact.Sum // Σw²
	refused bool        // a total left the range of exact sums
}

func newAnswering(domains int) answering {
	return answering{bases: make(bases, domains), weight: make([]exact.Sum, domains), square: make([]exact.Sum, domains)}
}

// add counts response i, and returns its weight.
func (a *answering) add(v *view, i, domain int32, reason survey.Reason) float64 {
	a.bases[domain][reason]++
	if reason != survey.Answered {
		return 0
	}
	w, ok := 1.0, true
	if v.weight != nil {
		w = v.weight[i]
		ok = v.addSquare(i, &a.square[domain])
	} else {
		a.square[domain].Add(1)
	}
	if !a.weight[domain].Add(w) || !ok {
		a.refused = true
	}
	return w
}

func (a *answering) merge(o *answering) {
	a.bases.merge(o.bases)
	a.refused = a.refused || o.refused
	for d := range o.weight {
		ok := a.weight[d].Merge(o.weight[d])
		a.refused = !a.square[d].Merge(o.square[d]) || !ok || a.refused
	}
}

// base returns the base of a domain.
func (a *answering) base(domain int) table.Base {
	n := a.bases[domain][survey.Answered]
	return a.bases.base(domain, sampling.Mass{N: n, W: a.weight[domain]}, a.square[domain])
}

// trouble returns why a domain has no figures, "" where it may have them.
func (a *answering) trouble(domain int) string {
	switch {
	case a.refused:
		return OutOfRange
	case a.bases[domain][survey.Answered] == 0:
		return NoBase
	case a.weight[domain].Zero():
		return NoWeight
	}
	return ""
}
