package agreement

import "strconv"

// Usage says how alike two coders use codes as a whole: how often each gave each
// code, whichever the units. It is no agreement: two coders who give one code to
// ten units each, and never to the same, use it alike and agree on none. It is
// told beside agreement because papers report it, and under a name of its own.
type Usage struct {
	Overlap Coefficient // sum over codes of the lesser number of uses, over that of the greater (Ruzicka 1958)
	Kappa   Coefficient // Cohen's kappa with codes as units, and how often each was given as what it was given
}

// Usage compares how often two coders, by their places in Coders, gave each
// code, over the units that both have coded.
func (l *Labels) Usage(first, second int, level float64) Usage {
	if l.codedBy(first, second) == 0 {
		return Usage{undefined(NoPairs), undefined(NoPairs)}
	}
	var codings []Coding
	less, more := 0.0, 0.0
	a, b := make([]int, len(l.Codes)), make([]int, len(l.Codes))
	for _, unit := range l.given {
		if unit[first][0] == None || unit[second][0] == None {
			continue
		}
		for k := range l.Codes {
			a[k] += unit[first][k]
			b[k] += unit[second][k]
		}
	}
	for k, code := range l.Codes {
		if a[k]+b[k] == 0 {
			continue
		}
		less += float64(min(a[k], b[k]))
		more += float64(max(a[k], b[k]))
		codings = append(codings, Coding{code, "a", strconv.Itoa(a[k])}, Coding{code, "b", strconv.Itoa(b[k])})
	}
	if more == 0 {
		return Usage{undefined(NoVariance), undefined(NoVariance)}
	}
	d, err := New(codings, nil)
	if err != nil { // each code stands there once a coder
		return Usage{undefined(NoPairs), undefined(NoPairs)}
	}
	t := d.Table(0, 1)
	return Usage{point(less / more), t.Kappa(Identity(len(t)), level).Coefficient}
}
