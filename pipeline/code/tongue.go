package code

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/language"
)

// Terms of a language count where that language is spoken. Only English, French
// and Spanish share words that mean different things ("sin", "red", "cher"), so
// only their terms are held against the language of the clause around them,
// and only terms of one word: phrases are not mistaken for each other. Where the
// clause does not tell its language, that of the whole text decides; where
// that is not sure either, every term counts.

// languages is a set of languages of a codebook, by their places in Matcher.names.
type languages uint64

// language returns the set of one language.
func (m *Matcher) language(name string) languages {
	i := slices.Index(m.names, name)
	if i < 0 {
		i = len(m.names)
		m.names = append(m.names, name)
	}
	set := languages(1) << min(i, 63)
	if name == "en" || name == "fr" || name == "es" {
		m.latin |= set
	}
	return set
}

// tongue is what is known of the language of the text.
type tongue struct {
	given    string // by the caller, or detected in the whole text where asked
	asked    bool
	from, to int // the clause that was listened to last
	name     string
	sure     bool
}

// How many bytes of a clause are listened to, at first and at most.
const (
	glimpse = 64
	heard   = 1024
)

// hear finds out the language around a place.
func (s *Scanner) hear(at int) {
	t := &s.tongue
	if t.from <= at && at < t.to {
		return
	}
	t.from = clauseStart(s.text, at, t.to)
	t.to = clauseEnd(s.text, at)
	for _, much := range [...]int{glimpse, heard} { // as a rule a few words tell
		t.name, t.sure = language.Detect(s.text[t.from:min(t.to, t.from+much)])
		if t.sure {
			return
		}
		if t.to-t.from <= much { // that was all
			break
		}
	}
	if t.given == "" && !t.asked {
		name, sure := language.Detect(s.text[:min(len(s.text), heard)])
		if sure {
			t.given = name
		}
		t.asked = true
	}
	if t.given != "" {
		t.name, t.sure = t.given, true
	}
}

// speaks reports whether a term counts in the language spoken at a place.
func (s *Scanner) speaks(o output, at int) bool {
	if o.phrase || o.languages&^s.m.latin != 0 || o.languages == s.m.latin {
		return true
	}
	s.hear(at)
	if !s.tongue.sure {
		return true
	}
	i := slices.Index(s.m.names, s.tongue.name)
	return i < 0 || s.m.latin>>i&1 == 0 || o.languages>>i&1 != 0
}

// named returns the language of a term found at a place: where several have it,
// that of the clause if it is one of them.
func (s *Scanner) named(of languages, at int) string {
	first := ""
	for i, name := range s.m.names {
		if of>>min(i, 63)&1 == 0 {
			continue
		}
		if of&(of-1) == 0 && name != AllLanguages {
			return name
		}
		s.hear(at)
		if name == s.tongue.name || name == AllLanguages {
			return s.tongue.name
		}
		if first == "" {
			first = name
		}
	}
	return first
}

// clauseStart returns where the clause around a place begins, not before a
// place that is known to be outside of it.
func clauseStart(text string, at, bound int) int {
	for i := at; i > bound; i-- {
		if endsClause(text, i-1) {
			return i
		}
	}
	return bound
}

// clauseEnd returns where the clause around a place ends.
func clauseEnd(text string, at int) int {
	for i := at; i < len(text); i++ {
		if endsClause(text, i) {
			return i + 1
		}
	}
	return len(text)
}

// endsClause reports whether the sign whose last byte stands at i ends a clause.
func endsClause(text string, i int) bool {
	switch clauseEnds[text[i]] {
	case 0:
		return false
	case 1:
		return true
	}
	before := text[max(0, i-2) : i+1]
	return before == "。" || before == "！" || before == "？" || strings.HasSuffix(before, "؟")
}

// clauseEnds says of a byte whether it ends a clause: 1 if it does, 2 if it may be the
// last of a sign that does.
var clauseEnds = func() (ends [256]uint8) {
	for _, c := range []byte(".!?;\n,:()") {
		ends[c] = 1
	}
	for _, sign := range []string{"。", "！", "？", "؟"} {
		ends[sign[len(sign)-1]] = 2
	}
	return ends
}()
