package code

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// reference finds the terms of a codebook as the matcher promises to, the slow
// way: it folds the whole text and tries every pattern at every word.
type reference struct {
	patterns []pattern
	outputs  []output
	m        *Matcher // for what it knows of languages and denials
}

func newReference(cb *Codebook) *reference {
	r := &reference{m: NewMatcher(cb)}
	enter := func(term, lang string, o output) {
		for _, p := range patterns(term, lang) {
			o.phrase = p.isPhrase()
			r.patterns, r.outputs = append(r.patterns, p), append(r.outputs, o)
		}
	}
	for i, c := range cb.Codes {
		for lang, terms := range c.Terms {
			for _, t := range terms {
				enter(t, lang, output{role: theme, code: int32(i), languages: r.m.language(lang)})
			}
		}
		for lang, terms := range c.Not {
			for _, t := range terms {
				enter(t, lang, output{role: excluded, code: int32(i)})
			}
		}
	}
	for _, g := range guardWords() {
		for _, w := range g.words {
			if g.role != turn && g.role != filler {
				enter(w, "", output{role: g.role})
			}
		}
	}
	return r
}

// from returns where a pattern that begins at i may end, all ways.
func (r *reference) from(p pattern, text []rune, i int) []int {
	if len(p) == 0 {
		if i == len(text) || kindOf(text[i]) != inWord || kindOf(text[i-1]) != inWord {
			return []int{i}
		}
		return nil
	}
	switch {
	case p[0] < 0:
		end := i
		for end < len(text) && kindOf(text[end]) == inWord {
			end++
		}
		if !takes(p[0], text[i:end]) {
			return nil
		}
		return r.from(p[1:], text, end)
	case i == len(text):
		return nil
	case p[0] == soft:
		end := i
		for end < len(text) && (text[end] == soft || text[end] == line) {
			end++
		}
		if end == i {
			return nil
		}
		return r.from(p[1:], text, end)
	case text[i] != p[0]:
		return nil
	}
	return r.from(p[1:], text, i+1)
}

func (r *reference) hits(text, language string) []Hit {
	var f folded
	f.fold(text)
	s := r.m.Scanner()
	s.text, s.denial, s.tongue = text, -1, tongue{given: language}
	runes := f.runes
	type span struct {
		start, end int
		o          output
	}
	var outside []span
	for i := 0; i < len(runes); {
		k := kindOf(runes[i])
		if k == between {
			i++
			continue
		}
		word := i + 1
		for k == inWord && word < len(runes) && kindOf(runes[word]) == inWord {
			word++
		}
		begins := []int{i}
		for _, p := range clitics(runes[i:word], nil) {
			begins = append(begins, i+p)
		}
		var found []span
		for _, b := range begins {
			for n, p := range r.patterns {
				for _, end := range r.from(p, runes, b) {
					found = append(found, span{b, end, r.outputs[n]})
				}
			}
		}
		for _, x := range found {
			if x.o.role == excluded {
				outside = append(outside, x)
			}
		}
		useful := func(x span) bool {
			if x.o.role != theme {
				return x.o.role != excluded
			}
			return s.speaks(x.o, f.start[x.start]) && !slices.ContainsFunc(outside, func(e span) bool {
				return e.o.code == x.o.code && e.start <= x.start && x.end <= e.end
			})
		}
		found = slices.DeleteFunc(found, func(x span) bool { return !useful(x) })
		if len(found) == 0 {
			i = word
			continue
		}
		best := found[0]
		for _, x := range found {
			if x.end > best.end || x.end == best.end && x.start < best.start {
				best = x
			}
		}
		of := map[int32]languages{}
		var is role
		for _, x := range found {
			if x.start == best.start && x.end == best.end {
				is |= x.o.role
				if x.o.role == theme {
					of[x.o.code] |= x.o.languages
				}
			}
		}
		from, to := f.start[best.start], f.end[best.end-1]
		denied := s.denial >= 0 && s.reaches(s.denial, f.start[i])
		switch {
		case is&theme != 0:
			for c := range int32(len(r.m.ignores)) {
				if set, ok := of[c]; ok {
					s.hits = append(s.hits, Hit{c, from, to, s.named(set, from), denied && !r.m.ignores[c]})
				}
			}
		case is&neutral != 0:
			s.denial = -1
		case is&dismissal != 0:
			s.dismiss(f.start[i])
			s.denial = to
		case is&denial != 0:
			s.denial = to
		}
		i = best.end
	}
	return s.hits
}

// morsels are what texts and terms are made of: all scripts, signs that fold to
// nothing, to others and to several, half signs.
func morsels() []string {
	return []string{
		"visa", "vis", "no", "not", "a", "ab", "red", "sin", "réseau", "ÉTAT", "œuvre", "straße", "e\u0301x", "the", "of", "cher", "without", "but", "problem", "no problem",
		"виза", "визы", "не", "перевод", "Отчёт", "й", "без", "ть",
		"تأشيرة", "وبال", "ال", "لل", "سفارة", "تنا", "نَقْص", "لا", "بدون", "و", "ـ", "مشكلة", "ﻻ",
		"签证", "簽證", "签", "没", "没有", "不", "国", "國", "㐀", "カ", "ไทย",
		"ｖｉｓａ", "ﬁ", "½", "\u200d", "\u0301", "\u00ad", "१", "٣", "16.10", "6", "🙂", "\xff", "\xc3", "\xe7\xad", "ｱ", "ⅷ", "№", "*", "국",
	}
}

func TestFastAndSlowFindTheSame(t *testing.T) {
	langs := []string{"en", "fr", "es", "ru", "ar", "zh", "all", "pt"}
	gaps := []string{"", "", " ", " ", "-", "'", "’", "\n", ". ", ", ", "  ", "\u00a0", "。", "_"}
	rapid.Check(t, func(r *rapid.T) {
		some := func(name string, most int, of, gaps []string) string {
			var b strings.Builder
			for range rapid.IntRange(1, most).Draw(r, name) {
				b.WriteString(rapid.SampledFrom(of).Draw(r, name) + rapid.SampledFrom(gaps).Draw(r, name))
			}
			return b.String()
		}
		cb := &Codebook{}
		for i := range rapid.IntRange(1, 4).Draw(r, "codes") {
			c := Theme{ID: fmt.Sprint("C", i), Terms: map[string][]string{}, Not: map[string][]string{}}
			for range rapid.IntRange(1, 5).Draw(r, "terms") {
				lang := rapid.SampledFrom(langs).Draw(r, "language")
				term := some("term", 3, morsels(), []string{"", " ", "-"}) + rapid.SampledFrom([]string{"", "", "*"}).Draw(r, "star")
				if rapid.IntRange(0, 5).Draw(r, "not") == 0 {
					c.Not[lang] = append(c.Not[lang], term)
				} else {
					c.Terms[lang] = append(c.Terms[lang], term)
				}
			}
			if rapid.Bool().Draw(r, "ignore") {
				c.Negation = Ignore
			}
			cb.Codes = append(cb.Codes, c)
		}
		known := morsels() // a text of which half are terms
		for _, c := range cb.Codes {
			for _, lang := range langs {
				for _, term := range slices.Concat(c.Terms[lang], c.Not[lang]) {
					for range 8 {
						known = append(known, strings.TrimSuffix(term, "*"))
					}
				}
			}
		}
		text := some("text", 14, known, gaps)
		language := rapid.SampledFrom([]string{"", "en", "fr", "zh"}).Draw(r, "given")
		got := NewMatcher(cb).Scanner().Hits(text, language)
		want := newReference(cb).hits(text, language)
		if !slices.Equal(got, want) {
			r.Fatalf("%q: hits %+v, want %+v", text, got, want)
		}
	})
}

// A text of several windows, so that words, clauses and runs of signs lie across
// their ends.
func TestFastAndSlowFindTheSameInLongTexts(t *testing.T) {
	cb := testBook(t)
	slow, fast := newReference(cb), NewMatcher(cb).Scanner()
	terms := []string{"visa ", "travel ban ", "بالتأشيرة ", "签证", "визой ", "no ", "\u00ad", "国", "ا", "я", "é", "word ", " ", ". ", "🙂", "financements "}
	rapid.Check(t, func(r *rapid.T) {
		var b strings.Builder
		for b.Len() < 9000 {
			piece := rapid.SampledFrom(terms).Draw(r, "piece")
			b.WriteString(strings.Repeat(piece, rapid.IntRange(1, 400).Draw(r, "times")))
		}
		text := b.String()
		if got, want := fast.Hits(text, ""), slow.hits(text, ""); !slices.Equal(got, want) {
			r.Fatalf("%d hits, want %d", len(got), len(want))
		}
	})
}
