package suggest

import (
	"fmt"
	"math"
	"slices"
)

// An Assessment says how well codes are suggested for texts that were not
// learnt from. Cuts and curves too come from other texts than those they judge.
type Assessment struct {
	Records []Record // by code, then language
	Brier   float64  // mean squared error of the probabilities
	Error   float64  // expected calibration error, in ten bins of probability
	// Confusion counts texts by their code and the code they would get, in the
	// order of Codes, where each text has one.
	Codes     []string
	Confusion [][]int
}

// A Record says how well one code is suggested in one language.
type Record struct {
	Code, Language string
	Examples       int     // texts with the code
	Hits, Wrong    int     // texts that would get it, rightly and wrongly
	Brier          float64 // mean squared error of its probabilities
	Silent         string  // why it is not suggested; "": it is
}

// Precision is the share of suggestions that are right; false where there are none.
func (r Record) Precision() (float64, bool) {
	n := r.Hits + r.Wrong
	return float64(r.Hits) / float64(max(n, 1)), n > 0
}

// Recall is the share of texts with the code that get it; false where there are none.
func (r Record) Recall() (float64, bool) {
	return float64(r.Hits) / float64(max(r.Examples, 1)), r.Examples > 0
}

// F1 is the harmonic mean of precision and recall; false where there is none.
func (r Record) F1() (float64, bool) {
	n := r.Hits + r.Wrong + r.Examples
	return 2 * float64(r.Hits) / float64(max(n, 1)), n > 0
}

// assess judges each fold by cuts and curves fitted to the others.
func (t *task) assess(scores [][]float32) Assessment {
	a := Assessment{Codes: t.codes}
	for range t.codes {
		a.Confusion = append(a.Confusion, make([]int, len(t.codes)))
	}
	languages := slices.Clone(t.languages)
	slices.Sort(languages)
	languages = slices.Compact(languages)
	records := make([]Record, len(t.codes)*len(languages))
	texts := make([]int, len(languages))
	for _, l := range t.languages {
		at, _ := slices.BinarySearch(languages, l)
		texts[at]++
	}
	var bins [10]struct{ n, p, yes float64 }
	folds := t.folds()
	for n := range folds {
		curves, least := t.fit(scores, func(i int) bool { return t.fold[i]%folds != n })
		for i := range t.texts {
			if t.fold[i]%folds != n {
				continue
			}
			p := probabilities(scores[i], curves, t.settings.Single)
			given := chosen(p, least, t.settings.Single)
			at, _ := slices.BinarySearch(languages, t.languages[i])
			for l := range t.codes {
				r, y := &records[l*len(languages)+at], 0.0
				got := slices.Contains(given, l)
				switch {
				case t.has[l][i]:
					y = 1
					r.Examples++
					if got {
						r.Hits++
					}
					if t.settings.Single {
						a.Confusion[l][given[0]]++
					}
				case got:
					r.Wrong++
				}
				square := float64((p[l] - y) * (p[l] - y))
				a.Brier += square
				r.Brier += square
				b := &bins[min(int(p[l]*10), 9)]
				b.n, b.p, b.yes = b.n+1, b.p+p[l], b.yes+y
			}
		}
	}
	all := float64(len(t.texts) * len(t.codes))
	a.Brier /= all
	for _, b := range bins {
		a.Error += math.Abs(b.p-b.yes) / all
	}
	if !t.settings.Single {
		a.Confusion = nil
	}
	for n, r := range records {
		r.Code, r.Language = t.codes[n/len(languages)], languages[n%len(languages)]
		r.Brier /= float64(texts[n%len(languages)])
		precision, any := r.Precision()
		switch {
		case r.Examples < t.settings.Least:
			r.Silent = fmt.Sprintf("%d examples, of %d that are needed", r.Examples, t.settings.Least)
		case !any:
			r.Silent = "it would never be suggested"
		case precision < t.settings.Floor:
			r.Silent = fmt.Sprintf("%.0f of 100 suggestions would be right, and %.0f are needed", 100*precision, 100*t.settings.Floor)
		}
		a.Records = append(a.Records, r)
	}
	return a
}
