// Package identity finds in text and in columns what tells who somebody is:
// addresses, numbers, places, devices and, as far as a machine can, names.
// It knows the forms they take in Arabic, Chinese, English, French, Russian and
// Spanish. It is a sieve and no guarantee: docs/identities.md says what it
// finds, how well, and what it cannot.
package identity

import (
	"cmp"
	"slices"
)

// Class says what kind of identity something is.
type Class string

// The classes.
const (
	Email      Class = "e-mail"
	Phone      Class = "phone"
	Handle     Class = "handle" // also the address of somebody's profile
	URL        Class = "url"    // any other address of a page
	GPS        Class = "gps"
	IP         Class = "ip"
	Device     Class = "device"
	NationalID Class = "national id"
	Passport   Class = "passport"
	IBAN       Class = "iban"
	Card       Class = "payment card"
	Plate      Class = "plate"
	BirthDate  Class = "birth date"
	Name       Class = "name"
	CaseNumber Class = "case number"
)

// Classes returns all classes, in the order in which they are told.
func Classes() []Class {
	return []Class{Email, Phone, Handle, URL, GPS, IP, Device, NationalID, Passport, IBAN, Card, Plate, BirthDate, CaseNumber, Name}
}

// Match is an identity in a text.
type Match struct {
	Class      Class
	Start, End int // bytes of the text as it was given
}

// Find returns the structured identities of a text in the order in which they
// stand. They do not overlap. Names have no structure: see Redact.
func Find(text string) []Match {
	f := fold(text)
	return f.matches(f.find())
}

// span is an identity among the runes of a folded text.
type span struct {
	class      Class
	start, end int
}

// find looks at every place once. What is found is passed over, so that spans
// do not overlap; one that begins further left may still take in what was found
// before, as an address does that begins with a number.
func (f *folded) find() []span {
	var out []span
	var expected span // what a label has announced
	for i := 0; i < len(f.runes); {
		if f.opens(i) {
			if s, ok := f.expect(i); ok {
				expected = s
			}
		}
		s, ok := f.at(i)
		if expected.start == i && expected.end > s.end && (!ok || s.class == expected.class || s.class == Phone) {
			s, ok = expected, true
		}
		if !ok || s.end <= i {
			i++
			continue
		}
		for len(out) > 0 && out[len(out)-1].end > s.start {
			s.start = min(s.start, out[len(out)-1].start)
			out = out[:len(out)-1]
		}
		out = append(out, s)
		f.done, i = s.end, s.end
	}
	return out
}

// opens says that a word begins at i.
func (f *folded) opens(i int) bool {
	r := f.runes[i]
	return unspaced(r) || letterly(r) && !wordly(f.look(i-1))
}

// at finds what begins, or has its at-sign, at a place.
func (f *folded) at(i int) (span, bool) {
	r := f.runes[i]
	if s, ok := f.address(i); ok {
		return s, true
	}
	if isPlain(r) && !joins(f.look(i-1)) {
		if s, ok := f.link(i); ok {
			return s, true
		}
		if s, ok := f.token(i); ok {
			return s, true
		}
	}
	if isDigit(r) && f.announced(i) {
		return span{}, false
	}
	if isDigit(r) || r == '-' || r == '+' || f.points(i) || f.has(i, "北纬") || f.has(i, "南纬") {
		if s, ok := f.place(i); ok {
			return s, true
		}
	}
	if isDigit(r) || (r == '+' || r == '(') && (isDigit(f.look(i+1)) || f.look(i+1) == '+') {
		if s, ok := f.number(i); ok {
			return s, true
		}
		if s, ok := f.born(i); ok {
			return s, true
		}
	}
	return span{}, false
}

// points says that a letter for north, south, east or west stands at i alone.
func (f *folded) points(i int) bool {
	next := f.look(i + 1)
	return letterly(f.runes[i]) && !wordly(f.look(i-1)) && (next == ' ' || next == '-' || isDigit(next)) && f.hemisphere(i) > i
}

func (f *folded) matches(spans []span) []Match {
	out := make([]Match, 0, len(spans))
	for _, s := range spans {
		out = append(out, Match{Class: s.class, Start: f.from[s.start], End: f.to[s.end-1]})
	}
	slices.SortFunc(out, func(a, b Match) int { return cmp.Compare(a.Start, b.Start) })
	return out
}
