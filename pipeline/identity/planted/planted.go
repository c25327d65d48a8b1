// Package planted makes up texts and columns with identities in them, and
// others that only look as if they had some, to measure what finds them. All
// of it is synthetic: addresses, networks and devices are from ranges kept for
// documentation, telephone numbers from those kept for fiction where a State
// has any, other numbers are drawn by chance and given the check digits that
// their standards ask for. It shares no code with the detectors.
package planted

import (
	"math/rand/v2"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/identity"
)

// Plant is an identity in a text, by its bytes.
type Plant struct {
	Class      identity.Class
	Start, End int
}

// Text is a text of one language, and what was planted in it.
type Text struct {
	Lang   string
	Text   string
	Plants []Plant
}

// Languages returns the languages of texts.
func Languages() []string { return []string{"ar", "en", "es", "fr", "ru", "zh"} }

// maker draws identities of one language.
type maker struct {
	*rand.Rand
	lang string
}

// worded is a value, and the words before and after it without which nobody
// could know what it is.
type worded struct{ before, value, after string }

// Texts returns n texts of a language, each with one or two identities. Classes
// come in turn. The same seed gives the same texts.
func Texts(seed uint64, n int, lang string) []Text {
	m := &maker{rand.New(rand.NewPCG(seed, hash(lang))), lang}
	classes := identity.Classes()
	var out []Text
	for i := range n {
		t := Text{Lang: lang}
		m.sentence(&t, classes[i%len(classes)])
		if m.IntN(3) == 0 {
			t.Text += m.one("\n", " ", "  ")
			m.sentence(&t, classes[m.IntN(len(classes))])
		}
		out = append(out, t)
	}
	return out
}

// sentence adds a sentence with an identity to a text.
func (m *maker) sentence(t *Text, class identity.Class) {
	w := m.draw(class)
	carrier := m.one(carriers[m.lang]...)
	if class == identity.Name || w.before != "" || w.after != "" {
		carrier = m.one(plainCarriers[m.lang]...)
	}
	before, after, _ := strings.Cut(carrier, "%")
	start := len(t.Text) + len(before) + len(w.before)
	t.Text += before + w.before + w.value + w.after + after
	t.Plants = append(t.Plants, Plant{class, start, start + len(w.value)})
}

// Decoys returns n texts of a language without an identity, full of what looks like one.
func Decoys(seed uint64, n int, lang string) []Text {
	m := &maker{rand.New(rand.NewPCG(seed, hash(lang)+1)), lang}
	var out []Text
	for range n {
		var text strings.Builder
		for i, part := range strings.Split(m.one(decoyCarriers[lang]...), "%") {
			if i > 0 {
				text.WriteString(m.decoy())
			}
			text.WriteString(part)
		}
		out = append(out, Text{Lang: lang, Text: text.String()})
	}
	return out
}

func (m *maker) draw(class identity.Class) worded {
	switch class {
	case identity.Email:
		return worded{value: m.email()}
	case identity.Phone:
		return m.phone()
	case identity.Handle:
		return m.handle()
	case identity.URL:
		return worded{value: m.url()}
	case identity.GPS:
		return worded{value: m.gps()}
	case identity.IP:
		return worded{value: m.ip()}
	case identity.Device:
		return worded{value: m.device()}
	case identity.NationalID:
		return m.national()
	case identity.Passport:
		return m.passport()
	case identity.IBAN:
		return worded{value: m.iban()}
	case identity.Card:
		return worded{value: m.card()}
	case identity.Plate:
		return m.label(plateLabels, m.fill(m.one(plateForms[m.lang]...)))
	case identity.BirthDate:
		return m.birth()
	case identity.CaseNumber:
		return m.label(caseLabels, m.fill(m.one(caseForms[m.lang]...)))
	}
	return m.name()
}

// label puts a value behind one of the words of the language.
func (m *maker) label(labels map[string][]string, value string) worded {
	return worded{before: m.one(labels[m.lang]...), value: value}
}

func (m *maker) one(of ...string) string { return of[m.IntN(len(of))] }

// fill draws a digit for each #, one from 1 to 9 for each 9 after a tilde, and
// a capital for each A after a tilde.
func (m *maker) fill(form string) string {
	var b strings.Builder
	tilde := false
	for _, r := range form {
		switch {
		case r == '~':
			tilde = true
			continue
		case r == '#':
			b.WriteByte(byte('0' + m.IntN(10)))
		case tilde && r == '9':
			b.WriteByte(byte('1' + m.IntN(9)))
		case tilde && r == 'A':
			b.WriteByte("ABCDEFGHJKLMNPRSTUVWXYZ"[m.IntN(23)])
		default:
			b.WriteRune(r)
		}
		tilde = false
	}
	return b.String()
}

// script writes digits as they are also written in the language.
func (m *maker) script(s string) string {
	zero := '0'
	switch {
	case m.lang == "ar" && m.IntN(3) == 0:
		zero = '٠'
	case m.lang == "ar" && m.IntN(6) == 0:
		zero = '۰'
	case m.lang == "zh" && m.IntN(4) == 0:
		zero = '０'
	default:
		return s
	}
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return zero + r - '0'
		}
		return r
	}, s)
}

func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}
