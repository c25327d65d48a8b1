package readback

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// Ledger is what a ledger says of the numbers of each artifact.
type Ledger map[string]*Artifact

// Artifact is what a ledger says of one artifact: its numbers as texts, by the
// key of their figure, by each item and choice that a key names, and all.
type Artifact struct {
	keys, words map[string]numbers
	all         numbers
	scopes      map[string]numbers // by the figure, once they were asked for
}

// numbers holds numbers as they are written, and the values of those that are
// native to a file.
type numbers map[string]bool

// ReadLedger reads ledger.json, of which every line of the ledger has a line of
// its own.
func ReadLedger(r io.Reader) (Ledger, error) {
	out := Ledger{}
	in := bufio.NewReader(r)
	for {
		content, err := in.ReadString('\n')
		if begin := strings.Index(content, `{"artifact":`); begin >= 0 {
			var line struct {
				Artifact, Key, As, Stat, Status string
				Value                           *float64
				Text                            string
				Decimals                        int
			}
			text := strings.TrimRight(strings.TrimSpace(content[begin:]), ",]}") + "}"
			if err := json.Unmarshal([]byte(text), &line); err != nil {
				return nil, fmt.Errorf("read the ledger: %w", err)
			}
			if line.Value != nil && line.Status == "published" {
				out.add(line.Artifact, line.Key, line.Stat, *line.Value, line.Decimals)
			}
		}
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read the ledger: %w", err)
		}
	}
}

func (l Ledger) add(artifact, key, stat string, value float64, decimals int) {
	a := l[artifact]
	if a == nil {
		a = &Artifact{keys: map[string]numbers{}, words: map[string]numbers{}, all: numbers{}, scopes: map[string]numbers{}}
		l[artifact] = a
	}
	texts := []string{native(value), written(value, decimals)}
	if strings.HasPrefix(stat, "pct") || strings.HasPrefix(stat, "wpct") || strings.HasPrefix(stat, "share") {
		texts[1] = written(100*value, decimals)
	}
	for _, t := range texts {
		put(a.keys, key, t)
		for _, word := range wordsOf(key) {
			put(a.words, word, t)
		}
		a.all[t] = true
	}
}

func put(in map[string]numbers, at, text string) {
	if in[at] == nil {
		in[at] = numbers{}
	}
	in[at][text] = true
}

// written is a number as a program writes it, without its sign.
func written(v float64, decimals int) string {
	return strings.TrimPrefix(strconv.FormatFloat(v, 'f', decimals, 64), "-")
}

// native is a number for cells that hold numbers themselves.
func native(v float64) string {
	return "=" + strconv.FormatFloat(math.Round(v*1e9)/1e9, 'g', 12, 64)
}

// near reports whether a native number is within some distance of another.
func (n numbers) near(v, within float64) bool {
	if within == 0 {
		return false
	}
	for text := range n {
		if number, ok := strings.CutPrefix(text, "="); ok {
			if have, err := strconv.ParseFloat(number, 64); err == nil && math.Abs(have-v) <= within {
				return true
			}
		}
	}
	return false
}

// wordsOf returns the names in a key.
func wordsOf(key string) []string {
	return strings.FieldsFunc(strings.NewReplacer(" @/@ ", "\n", " %/% ", "\n", " -/- ", "\n", "|", "\n", " ", "\n").Replace(key), func(r rune) bool { return r == '\n' })
}

// Reading is what is known of a report beside its ledger. Each field is an
// exception from the rule that a number is a figure of the ledger.
type Reading struct {
	Sign     Sign
	Own      numbers             // numbers in the words of the survey, the config and the catalogue
	Counted  numbers             // how many questions and languages there are, and the threshold and its double
	Sections map[string][]string // the items of the section of an item: a figure may show all of them
}

// OwnNumbers returns the numbers in texts that are not the program's.
func OwnNumbers(s Sign, texts ...string) numbers {
	out := numbers{}
	for _, t := range texts {
		for _, n := range s.Numbers(t) {
			out[n] = true
		}
	}
	return out
}

// Astray returns the numbers of a place that no line of the ledger accounts for,
// nor an exception.
func (a *Artifact) Astray(s Said, r Reading) []string {
	in := a.scope(s, r)
	if s.Number != nil {
		if in[native(*s.Number)] || in.near(*s.Number, s.Within) {
			return nil
		}
		return []string{native(*s.Number)}
	}
	if s.Kind == Rank || s.Kind == Tick && tick(s.Text) || part(s.Text) {
		return nil
	}
	var out []string
	for _, n := range r.Sign.Numbers(s.Text) {
		if s.Kind == Description && rows(n) {
			continue
		}
		if !in[n] && !r.Own[n] && (!r.Counted[n] || s.Key != "") {
			out = append(out, n)
		}
	}
	return out
}

// tick reports whether a text is a number of a scale, alone.
func tick(text string) bool {
	const blank = "\t\n\f\r "
	text = strings.TrimRight(strings.TrimLeft(text, "\u2066"+blank), "\u2069"+blank)
	text = strings.TrimRight(strings.TrimSuffix(text, "%"), "\u202f\u00a0"+blank)
	return text != "" && strings.Trim(text, "0123456789.,") == ""
}

// rows reports whether a number may count the rows or groups of a picture.
func rows(n string) bool { return len(n) == 1 || len(n) == 2 && n[0] >= '1' && n[0] <= '3' }

// part reports whether a text says of how many questions of a chapter a table
// speaks: "5/7".
func part(text string) bool {
	some, all, ok := strings.Cut(strings.TrimSpace(text), "/")
	whole := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	return ok && whole(some) && whole(all)
}

// scope is the numbers that a place may have: those of its key, or of the items
// that its figure shows, or all.
func (a *Artifact) scope(s Said, r Reading) numbers {
	if s.Key != "" {
		return a.keys[s.Key]
	}
	if known, ok := a.scopes[s.Figure]; ok {
		return known
	}
	items := r.itemsOf(s.Figure)
	if len(items) == 0 {
		return a.all
	}
	out := numbers{}
	a.scopes[s.Figure] = out
	for _, i := range items {
		for n := range a.words[i] {
			out[n] = true
		}
	}
	return out
}

// itemsOf returns the items that a figure may show: those of the section of its
// own, and what it is broken down by. Of figures of no item it is nothing.
func (r Reading) itemsOf(figure string) []string {
	id := strings.ReplaceAll(figure, "-", "_")
	id = strings.TrimPrefix(id, "f_")
	own, by, _ := strings.Cut(id, "_by_")
	section, known := r.Sections[own]
	if !known {
		return nil
	}
	out := append([]string{own}, section...)
	if by != "" {
		out = append(out, by, strings.TrimSuffix(by, "_groups"))
	}
	return out
}
