package code

// The guard against denials. A term does not count when a negating word stands
// before it in the same clause with at most two other words between ("no
// problem with visas"; five signs in Chinese). Articles, prepositions and "or"
// do not count as words. Commas, stops, lines, and words such as "but" and
// "because" end the reach. A phrase that tells of a lack or a failure ("could
// not get", "not enough", "not without") denies nothing, nor does a negating
// word that is part of a term ("no staff").
//
// A phrase that dismisses ("was no problem") denies what stands before it, within
// the same reach, as well as what comes after it.
//
// It cannot see irony, a denial that comes after the term in other words, or a
// lack told as "we had no visa": a code whose lack is the theme has "negation:
// ignore" in the codebook.

// role is what a pattern is for.
type role uint8

const (
	theme     role = 1 << iota // a term of the codebook
	excluded                   // a phrase around a term, in which it does not count
	denial                     // "no", "without"
	dismissal                  // "no problem"
	neutral                    // holds a denial but denies nothing: "not only", "could not get"
	turn                       // ends the reach of a denial: "but", "because"
	filler                     // does not count as a word: "of", "the"
)

// How far a denial reaches: a word counts two units, an ideograph one.
const (
	reachUnits = 5
	reachBytes = 240 // however many articles and prepositions stand between
)

// reaches reports whether a denial that ends at one place of the text reaches a
// word that begins at another.
func (s *Scanner) reaches(from, to int) bool {
	if to-from > reachBytes {
		return false
	}
	s.between.reset()
	for at := from; at < to; {
		at += s.between.next(s.text, at)
	}
	runes, units := s.between.runes, 0
	for i := 0; i < len(runes); {
		k := kindOf(runes[i])
		if k == between {
			if runes[i] == stop || runes[i] == line {
				return false
			}
			i++
			continue
		}
		as, end := s.m.guard.exactly(runes, i)
		switch {
		case as&turn != 0:
			return false
		case as&filler != 0:
			i = end
			continue
		case k == ideograph:
			units++
			i++
		default:
			units += 2
			for i < len(runes) && kindOf(runes[i]) == inWord {
				i++
			}
		}
		if units > reachUnits {
			return false
		}
	}
	return true
}

// exactly returns what the longest pattern without endings is for that begins at
// a place and ends with a word, and where it ends.
func (a *automaton) exactly(runes []rune, i int) (role, int) {
	var best role
	end, at := i, int32(0)
	for ; i < len(runes); i++ {
		r := runes[i]
		if r == line {
			return best, end
		}
		if r == soft && runes[i-1] == soft {
			continue
		}
		if at = a.child(at, r); at == 0 {
			return best, end
		}
		if out := a.outputsOf(at); len(out) > 0 && ends(runes, i+1) {
			best, end = 0, i+1
			for _, o := range out {
				best |= o.role
			}
		}
	}
	return best, end
}

// ends reports whether a term may end before place i.
func ends(runes []rune, i int) bool {
	return i == len(runes) || kindOf(runes[i-1]) != inWord || kindOf(runes[i]) != inWord
}
