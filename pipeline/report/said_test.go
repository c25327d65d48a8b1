package report_test

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// visit calls a function with each value of a type in a tree of values.
func visit[T any](v any, see func(T)) { visitValue(reflect.ValueOf(v), see) }

func visitValue[T any](v reflect.Value, see func(T)) {
	if !v.IsValid() {
		return
	}
	if v.Kind() != reflect.Interface && v.CanInterface() {
		if t, ok := v.Interface().(T); ok {
			see(t)
		}
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		visitValue(v.Elem(), see)
	case reflect.Slice:
		for i := range v.Len() {
			visitValue(v.Index(i), see)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				visitValue(v.Field(i), see)
			}
		}
	}
}

// ledgerTexts are the ways in which the figure of a key, or its interval, may be
// written in an artifact, by the ledger.
func ledgerTexts(in report.Input, artifact string) map[string]map[string]bool {
	out, low, high := map[string]map[string]bool{}, map[[2]string]string{}, map[[2]string]string{}
	n := in.Language.Numbers
	for _, l := range in.Safe.Ledger() {
		if l.Artifact != artifact || l.Status != protect.Published {
			continue
		}
		v, _ := l.Value.Float64()
		text := n.Decimal(v, l.Decimals)
		if l.Share() {
			text = n.Percent(v, l.Decimals)
		}
		if out[l.Key] == nil {
			out[l.Key] = map[string]bool{}
		}
		switch {
		case strings.HasSuffix(l.Stat, " low"):
			low[[2]string{l.Key, l.Figure()}] = text
		case strings.HasSuffix(l.Stat, " high"):
			high[[2]string{l.Key, l.Figure()}] = text
		default:
			out[l.Key][text], out[l.Key][n.Below(text)] = true, true
			out[l.Key][strings.TrimSuffix(text, ".00")] = true // degrees of freedom
		}
	}
	for of, text := range high {
		out[of[0]][n.Range(low[of], text)] = true
	}
	return out
}

// TestSentencesKnowTheirFigures: each number in running text is a mention whose
// key has that figure in the ledger, but for those that count no respondents.
func TestSentencesKnowTheirFigures(t *testing.T) {
	for _, in := range []report.Input{
		sample(t, "en"), sample(t, "ar"), sampleIn(t, "es"), sampleIn(t, "fr"), sampleIn(t, "ru"), sampleIn(t, "zh"),
		fullSample(t, "en", table.Convenience), fullSample(t, "en", table.Stratified), fullSample(t, "ar", table.Stratified),
	} {
		tag := in.Language.Tag
		r := compose(t, in)
		ledger := ledgerTexts(in, report.Artifact(tag))
		mentions := 0
		visit(r, func(p report.Prose) {
			at := 0
			var rest strings.Builder
			for _, m := range p.Numbers {
				if m.Start < at || m.End <= m.Start || m.End > len(p.Text) {
					t.Fatalf("%s: mentions of %q are out of order: %v", tag, p.Text, p.Numbers)
				}
				if said := p.Text[m.Start:m.End]; !ledger[m.Key][said] {
					t.Errorf("%s: %q of %q is not what the ledger has of %s: %v", tag, said, p.Text, m.Key, ledger[m.Key])
				}
				rest.WriteString(p.Text[at:m.Start])
				at = m.End
				mentions++
			}
			rest.WriteString(p.Text[at:])
			for _, token := range number.FindAllString(rest.String(), -1) {
				if !structural[strings.ReplaceAll(strings.Trim(token, "%"), ",", ".")] && token != "95%" && token != "95" { // the level of confidence
					t.Errorf("%s: %q of %q has no key", tag, token, p.Text)
				}
			}
			var joined strings.Builder
			for _, s := range p.Spans() {
				joined.WriteString(s.Text)
			}
			if joined.String() != p.Text {
				t.Errorf("%s: the pieces of %q are %q", tag, p.Text, joined.String())
			}
		})
		if mentions < 15 {
			t.Errorf("%s: only %d numbers were found in sentences", tag, mentions)
		}
	}
}

// TestTitlesOfFiguresKnowTheirFigures: the title of a figure is the one drawn.
func TestTitlesOfFiguresKnowTheirFigures(t *testing.T) {
	all := figures(compose(t, sample(t, "ar")))
	for id, f := range all {
		if f.Title.Text != f.Canvas.Title || f.Source.Text == "" {
			t.Errorf("%s: title %q is drawn as %q, source %q", id, f.Title.Text, f.Canvas.Title, f.Source.Text)
		}
	}
	got := all["f-hard_write"].Title
	if len(got.Numbers) != 1 || got.Numbers[0].Key != "prop_net @/@ hard_follow %/% 4|5 @/@ NA %/% NA" || got.Text[got.Numbers[0].Start:got.Numbers[0].End] != "\u206675%\u2069" {
		t.Errorf("the title of the battery is %+v", got)
	}
}

// TestNoMarkIsLeft: what marks figures on their way into sentences is in no text
// of any report, table or figure.
func TestNoMarkIsLeft(t *testing.T) {
	for _, tag := range []string{"en", "ar"} {
		in := sample(t, tag)
		tables, err := report.ComposeTables(in)
		if err != nil {
			t.Fatal(err)
		}
		seen := 0
		for _, made := range []any{compose(t, in), tables} {
			visit(made, func(s string) {
				seen++
				if strings.ContainsAny(s, "\uFDD0\uFDD1\uFDD2") {
					t.Errorf("%s: a mark is left in %q", tag, s)
				}
			})
			visit(made, func(f *canvas.Figure) {
				visit(f.Marks, func(s string) {
					seen++
					if strings.ContainsAny(s, "\uFDD0\uFDD1\uFDD2") {
						t.Errorf("%s: a mark is left in %q", tag, s)
					}
				})
			})
		}
		if seen < 500 {
			t.Errorf("only %d texts were looked at", seen)
		}
	}
}

// TestCellsHoldTheNumbersTheyShow: the number of a cell, written as the language
// writes it, is its text; and a withheld figure is no number.
func TestCellsHoldTheNumbersTheyShow(t *testing.T) {
	for _, tag := range []string{"en", "ar"} {
		in := sample(t, tag)
		n := in.Language.Numbers
		kinds := map[report.Kind]int{}
		same := func(text string, v report.Value) {
			kinds[v.Kind]++
			var want string
			switch v.Kind {
			case report.None:
				if v.Number != 0 || v.Decimals != 0 {
					t.Errorf("%s: %q is no number, and yet %+v", tag, text, v)
				}
				if v.Key != "" && regexp.MustCompile(`^\d`).MatchString(text) && !strings.Contains(text, "–") {
					t.Errorf("%s: %q has no number", tag, text)
				}
				return
			case report.Count:
				want = n.Count(int64(v.Number))
			case report.Share:
				want = n.Percent(v.Number, v.Decimals)
			case report.Decimal:
				want = n.Decimal(v.Number, v.Decimals)
			}
			if want+v.Mark != text || v.Key == "" {
				t.Errorf("%s: %q holds %+v", tag, text, v)
			}
		}
		made := compose(t, in)
		tables, err := report.ComposeTables(in)
		if err != nil {
			t.Fatal(err)
		}
		visit(made, func(c report.Cell) {
			same(c.Text, c.Value)
			if c.BaseValue.Key != "" {
				_, base, _ := strings.Cut(c.Base, " = ")
				same(base, c.BaseValue)
			}
		})
		visit(made, func(x report.Need) { same(x.Score, x.ScoreValue); same(x.Base, x.BaseValue) })
		visit(made, func(x report.Evidence) { same(x.Share, x.ShareValue); same(x.Base, x.BaseValue) })
		visit(tables, func(c report.BannerCell) { same(c.Text, c.Value) })
		if kinds[report.None] == 0 || kinds[report.Count] < 50 || kinds[report.Share] < 50 || kinds[report.Decimal] < 10 {
			t.Errorf("%s: cells by kind %v", tag, kinds)
		}
	}
}

// TestPagesNameTheKeysOfNumbersInSentences: each number of a sentence leads back
// to the ledger, and reads as it did.
func TestPagesNameTheKeysOfNumbersInSentences(t *testing.T) {
	for _, tag := range []string{"en", "ar"} {
		in := sample(t, tag)
		r := compose(t, in)
		found, want := find(read(t, page(t, in)), "data"), 0
		ledger := ledgerTexts(in, report.Artifact(tag))
		visit(r.Chapters, func(p report.Prose) { want += len(p.Numbers) })
		visit(r.Chapters, func(f report.Figure) { want -= len(f.Title.Numbers) + len(f.Source.Numbers) })
		if len(found) != want || want == 0 {
			t.Errorf("%s: %d numbers on the page, %d in its sentences", tag, len(found), want)
		}
		for _, d := range found {
			if key := attr(d, "value"); !ledger[key][content(d)] {
				t.Errorf("%s: %q is not what the ledger has of %s", tag, content(d), key)
			}
		}
	}
	if fmt.Sprint(report.Plain("43%").Spans()) != "[{43% }]" {
		t.Error("plain text has a key")
	}
}

// sampleIn is the sample in any language of the catalogue; the form has two.
func sampleIn(t testing.TB, tag string) report.Input {
	t.Helper()
	in := sample(t, "en")
	all, err := lang.Languages()
	if err != nil {
		t.Fatal(err)
	}
	in.Language = lang.Choose(all, []string{tag})[0]
	return in
}
