package drift

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// stratum is the answers of one group: of those in a language, and of others.
type stratum struct {
	own, others   []int64
	nOwn, nOthers int64
}

// The least standardised differences of the bands (Cohen 1988, §2.2).
const (
	moderate = 0.5
	strong   = 0.8
)

// rare is the x of the bound that a difference must pass lest small groups
// raise alarms: chance alone passes it in fewer than e^-x of comparisons.
const rare = 5

// shifts compares each language with the others on one item. The language that
// differs most is taken out, and the rest compared again, so that it does not
// make others look different.
func (t *tally) shifts(item int, languages []survey.Choice, least int) []quality.Shift {
	found := make([]*quality.Shift, len(languages))
	for {
		most := -1
		var of quality.Shift
		greatest := 0.0
		for l := range languages {
			if found[l] != nil {
				continue
			}
			if s, d := t.shift(item, l, least, func(other int) bool { return found[other] != nil }); d > greatest && s.Band != "" {
				most, of, greatest = l, s, d
			}
		}
		if most < 0 {
			break
		}
		of.Item, of.Language = t.items[item].Name, languages[most].Name
		found[most] = &of
	}
	var out []quality.Shift
	for _, s := range found {
		if s != nil {
			out = append(out, *s)
		}
	}
	return out
}

// shift compares one language with the others, but for those left out. Of an
// item of several choices each choice is compared by itself, and the greatest
// difference counts.
func (t *tally) shift(item, language, least int, leave func(int) bool) (out quality.Shift, greatest float64) {
	choices := t.common(item, int64(least)/2)
	compare := func(strata []stratum) {
		d, own, others := difference(strata)
		if own >= int64(least) && others >= int64(least) && d > greatest {
			greatest, out.Answered, out.Others = d, own, others
		}
	}
	if t.items[item].Type == survey.SelectOne {
		compare(t.strata(item, language, choices, leave))
	} else {
		for _, of := range choices {
			if len(of) > 1 {
				continue // the rare ones do not exclude one another
			}
			compare(binary(t.strata(item, language, [][]int{of}, leave)))
		}
	}
	switch {
	case greatest >= strong:
		out.Band = quality.Strong
	case greatest >= moderate:
		out.Band = quality.Moderate
	}
	return out, greatest
}

// binary adds to one choice its complement.
func binary(strata []stratum) []stratum {
	for i := range strata {
		s := &strata[i]
		s.own, s.others = append(s.own, s.nOwn-s.own[0]), append(s.others, s.nOthers-s.others[0])
	}
	return strata
}

// difference returns the standardised difference between the answers of a
// language and those of the others within strata, and how many respondents of
// both could be compared:
//
//	d² = max(0, Σ (X² − E)) / Σ m,   m = own·others / (own + others)
//
// X² = m Σ (p−q)²/r is Pearson's statistic of a stratum, with the shares p, q
// and r of a choice in the language, in others and in both, and E its mean when
// language and answer have nothing to do with each other, so that chance adds
// nothing to d on average (as Bergsma 2013 corrects Cramér's V). For two choices
// and one stratum d is the difference of the shares over their standard
// deviation. It is 0 where Σ X² does not pass f + 2√(f·x) + 2x, with f its mean
// and x = 5 (Laurent and Massart 2000, lemma 1). Strata in which one of the two
// has nobody compare nothing.
func difference(strata []stratum) (d float64, own, others int64) {
	var excess, weight, freedom float64
	for _, s := range strata {
		if s.nOwn == 0 || s.nOthers == 0 {
			continue
		}
		own, others = own+s.nOwn, others+s.nOthers
		a, b := float64(s.nOwn), float64(s.nOthers)
		m := a * b / (a + b)
		weight += m
		square, made := 0.0, 0.0
		for c := range s.own {
			r := float64(s.own[c]+s.others[c]) / (a + b)
			if r == 0 {
				continue
			}
			made++
			gap := float64(s.own[c])/a - float64(s.others[c])/b
			square += float64(gap * gap / r)
		}
		excess += float64(m*square) - float64((a+b)/(a+b-1)*(made-1))
		freedom += made - 1
	}
	if weight == 0 || excess <= 0 || excess < 2*math.Sqrt(rare*freedom)+2*rare {
		return 0, own, others
	}
	return math.Sqrt(excess / weight), own, others
}
