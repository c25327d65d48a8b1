package planted

import (
	"fmt"
	"math/rand/v2"

	"github.com/soundings-survey/soundings/pipeline/identity"
)

// Column is a column of an export. Its class is empty where it does not identify.
type Column struct {
	Name   string
	Class  identity.Class
	Values []string
}

// Columns returns columns with so many values each: one of each class that
// values can show by themselves in each language, some of them half empty, and
// others that hold codes, dates, symbols, amounts and ordinary words.
func Columns(seed uint64, rows int) []Column {
	var out []Column
	for _, lang := range Languages() {
		m := &maker{rand.New(rand.NewPCG(seed, hash(lang)+2)), lang}
		for _, class := range []identity.Class{identity.Email, identity.Phone, identity.Handle, identity.URL, identity.GPS, identity.IP, identity.Device, identity.NationalID, identity.IBAN, identity.Card} {
			c := Column{Name: fmt.Sprintf("%s of %s", class, lang), Class: class}
			for range rows {
				c.Values = append(c.Values, m.cell(class))
			}
			out = append(out, c)
		}
		out = append(out, m.plain(rows)...)
	}
	return out
}

// cell is a value of a column of a class: now and then empty or a word.
func (m *maker) cell(class identity.Class) string {
	switch m.IntN(8) {
	case 0:
		return ""
	case 1:
		return m.one("none", "-", "n/a", "нет", "لا", "无")
	}
	for {
		if w := m.draw(class); w.before == "" {
			return w.value
		}
	}
}

// plain returns columns that do not identify.
func (m *maker) plain(rows int) []Column {
	makers := []struct {
		name string
		cell func() string
	}{
		{"code", func() string { return m.fill("~A-####") }},
		{"long code", func() string { return m.fill("10########") }},
		{"choice", func() string { return m.one("yes", "no", "dont_know", "refused") }},
		{"choices", func() string { return m.one("email phone", "signal telegram", "other") }},
		{"day", func() string { return fmt.Sprintf("202%d-%02d-%02d", m.IntN(5), 1+m.IntN(12), 1+m.IntN(28)) }},
		{"time", func() string { return m.fill("2022-0~9-1#T1#:4#:0#.###+02:00") }},
		{"year", func() string { return m.fill("20##") }},
		{"symbol", func() string { return m.fill("A/HRC/~9#/~9#") }},
		{"amount", func() string { return m.fill("~9,###,###") }},
		{"spaced amount", func() string { return m.fill("~9 ### ###") }},
		{"share", func() string { return m.fill("0.####") }},
		{"recommendation", func() string { return m.fill("1~9#.~9#") }},
		{"words", func() string {
			return m.one("We were stopped at the border.", "Нас не пустили.", "No pudimos hablar.", "لم نستطع الكلام.", "我们没有发言。", "Rien à dire.") + " " + m.decoy()
		}},
		{"decoys", m.decoy},
		{"words with an address", func() string {
			return "We told them for a long time what happened to us and nobody answered, write to " + m.email() + " if this is of use to anybody in the office"
		}},
	}
	var out []Column
	for _, k := range makers {
		c := Column{Name: k.name + " of " + m.lang}
		for range rows {
			c.Values = append(c.Values, k.cell())
		}
		out = append(out, c)
	}
	return out
}
