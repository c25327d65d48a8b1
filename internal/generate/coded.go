package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// How the sample is made that two coders, who never existed, have coded.
const (
	codedAnswers = 240
	codedTwice   = 0.4  // share of them that both coded
	overlooks    = 0.08 // odds that a coder overlooks a code
	invents      = 0.05 // odds that a coder gives one that does not hold
)

// said is what a sentence of an open answer is about, in one language.
type said struct {
	sentence string
	codes    []string
}

// truths gives the sentences of each language with the codes that hold for them,
// the longest first. A sentence that truth.csv does not name is about nothing.
func (w *World) truths() (map[string][]said, error) {
	rows, err := readCSV("truth.csv")
	if err != nil {
		return nil, err
	}
	codes := map[string][]string{} // by piece, and by piece and place
	for _, r := range rows {
		codes[r["pieces"]+"\x00"+r["place"]] = strings.Fields(r["codes"])
	}
	out := map[string][]said{}
	for lang, p := range w.Pieces {
		add := func(piece string, sentences []string) {
			for i, s := range sentences {
				about, ok := codes[piece+"\x00"+strconv.Itoa(i)]
				if !ok {
					about = codes[piece+"\x00"]
				}
				out[lang] = append(out[lang], said{strings.TrimRight(s, ".。"), about})
			}
		}
		for name, of := range p.Bar {
			add("bar "+name+" tell", of["tell"])
			add("bar "+name+" help", of["help"])
		}
		for kind, of := range map[string]map[string][]string{"why": p.Why, "foe": p.Foe, "fu": p.Fu, "tool": p.Tool, "rec": p.Rec} {
			for name, sentences := range of {
				add(kind+" "+name, sentences)
			}
		}
		add("final", p.Final)
		for _, s := range p.Negations {
			out[lang] = append(out[lang], said{strings.TrimRight(s, ".。"), nil})
		}
		slices.SortFunc(out[lang], func(a, b said) int {
			return cmp.Or(cmp.Compare(len(b.sentence), len(a.sentence)), strings.Compare(a.sentence, b.sentence))
		})
	}
	return out, nil
}

// about gives the codes that hold for an answer: those of its sentences.
func about(text string, sentences []said) []string {
	var out []string
	for _, s := range sentences {
		if before, after, ok := strings.Cut(text, s.sentence); ok {
			text = before + "\x00" + after
			out = append(out, s.codes...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// odds gives a number from 0 up to 1 that hangs on what it is for alone.
func odds(seed uint64, of ...string) float64 {
	sum := sha256.Sum256([]byte(strconv.FormatUint(seed, 10) + "\x00" + strings.Join(of, "\x00")))
	return float64(binary.BigEndian.Uint64(sum[:])>>11) / (1 << 53)
}

// answered is one open answer of the bundled survey.
type answered struct {
	uuid, item, lang, text string
	lot                    float64
}

// coded writes the sample: a file for each coder, from the answers in a folder.
func (w *World) coded(folder string, seed uint64) error {
	truths, err := w.truths()
	if err != nil {
		return err
	}
	sample, err := w.sample(filepath.Join(folder, "answers.csv"), seed)
	if err != nil {
		return err
	}
	var all []string // every code, for mistakes
	for _, s := range truths["en"] {
		all = append(all, s.codes...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	coders := []string{"coder-a", "coder-b"}
	if err := os.MkdirAll(filepath.Join(folder, "coded"), 0o755); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	for k, coder := range coders {
		rows := [][]string{{"_uuid", "item", "coder", "language", "answer", "code_1", "code_2", "code_3", "flag", "drawn"}}
		for i, a := range sample {
			both := odds(seed, "both", a.uuid, a.item) < codedTwice
			if !both && i%len(coders) != k {
				continue
			}
			rows = append(rows, a.by(coder, seed, about(a.text, truths[a.lang]), all))
		}
		file, err := os.Create(filepath.Join(folder, "coded", coder+".csv"))
		if err != nil {
			return fmt.Errorf("write codes: %w", err)
		}
		if err := errors.Join(csv.NewWriter(file).WriteAll(rows), file.Close()); err != nil {
			return fmt.Errorf("write codes: %w", err)
		}
	}
	return nil
}

// by gives the row in which a coder says what an answer is about, with mistakes.
func (a answered) by(coder string, seed uint64, truth, all []string) []string {
	var codes []string
	for _, c := range truth {
		if odds(seed, "overlooks", coder, a.uuid, a.item, c) >= overlooks {
			codes = append(codes, c)
		}
	}
	if odds(seed, "invents", coder, a.uuid, a.item) < invents {
		if c := all[int(odds(seed, "which", coder, a.uuid, a.item)*float64(len(all)))]; !slices.Contains(truth, c) {
			codes = append(codes, c)
		}
	}
	slices.Sort(codes)
	flag := ""
	if len(codes) == 0 {
		flag = "none"
	}
	row := []string{a.uuid, a.item, coder, a.lang, a.text}
	for i := range 3 {
		switch {
		case i >= len(codes):
			row = append(row, "")
		case i == 2:
			row = append(row, strings.Join(codes[i:], "; "))
		default:
			row = append(row, codes[i])
		}
	}
	return append(row, flag, "random")
}

// sample draws open answers, each with the same odds. Answers with a planted
// fault are left out, since cleaning changes them.
func (w *World) sample(file string, seed uint64) ([]answered, error) {
	in, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("read answers: %w", err)
	}
	defer in.Close()
	rows := csv.NewReader(in)
	rows.Comma, rows.LazyQuotes = ';', true
	heads, err := rows.Read()
	if err != nil {
		return nil, fmt.Errorf("read answers: %w", err)
	}
	open, uuid, spoken := map[int]string{}, -1, -1
	for i, h := range heads {
		switch name := h[strings.LastIndex(h, "/")+1:]; {
		case name == "_uuid":
			uuid = i
		case name == "resp_lang":
			spoken = i
		case w.Form.byName[name] != nil && w.Form.byName[name].Type == "text":
			open[i] = name
		}
	}
	seen := map[string]bool{}
	var out []answered
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("read answers: %w", err)
		}
		for i, item := range open {
			a := answered{row[uuid], item, strings.TrimSpace(row[spoken]), row[i], odds(seed, "lot", row[uuid], item)}
			if a.text == "" || seen[a.uuid+item] || faulty(a.text) {
				continue
			}
			seen[a.uuid+item] = true
			out = append(out, a)
		}
	}
	slices.SortFunc(out, func(a, b answered) int { return cmp.Compare(a.lot, b.lot) })
	return out[:min(codedAnswers, len(out))], nil
}

// faulty reports whether a text holds what cleaning mends.
func faulty(text string) bool {
	return !norm.NFC.IsNormalString(text) || strings.TrimSpace(text) != text || strings.Contains(text, "  ") || strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u00a0'
	})
}
