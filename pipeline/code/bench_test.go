package code

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/language"
)

// The benchmark reads made-up answers: words of each language as they are
// common, drawn by their rank, with a term of the codebook every so often.

// speech is how a language is written in the benchmark.
type speech struct {
	name     string
	common   string // words, the commonest first
	syllable string // what further words are made of
	gap      string
}

func speeches() []speech {
	return []speech{
		{"en", "the of and to we in our was for that with on not they were had from at by us have but their which an this because when no all people been there more could after work about government only report",
			"con fer mit tra ble ment pro sta ser vi de gra lo ing ter ma pre nal ri ga or tion an ex po li ca re so", " "},
		{"fr", "de la le les et des nous à en du que pour une dans est pas qui avec sur au par ne nos plus sont ont mais cette été être aussi très gouvernement après réunion",
			"con dé pré ment tra sé té ré lo ga eur ma tion vi po cé li sa rai be an es", " "},
		{"es", "de la que el en y los a del las por con no una para se nuestra es al lo como más pero sus fue este ha sobre también hay gobierno reunión después",
			"con de pro ción tra me sa to ra do re ga li ma ni po se ca ri mien ón", " "},
		{"ru", "и в не на мы с что по для от как это к но из у нас о все так за было их при или после только правительство очень",
			"по ра ста но ко пре до ва ни те ло ви ра ние ско го ть ро ме за ем ств", " "},
		{"ar", "في من على أن إلى لم عن التي لا ما هذا كان مع لنا بعد كل قد بين ذلك عند حتى الحكومة جدا نحن هذه",
			"ال مس تع ون ية را لم قا حد با نا سي كو دي رة عم فر صل", " "},
		{"zh", "我们 的 在 了 是 和 有 不 人 这 中 为 上 也 他们 到 时 要 就 对 会 没有 政府 参加 因为",
			"大 成 作 用 发 年 工 方 面 定 行 所 分 生 过 出 家 进 着 等 部 度 本 理 同 长 现 者 主 力 通 海 高 里 点 如 动 前 心 想 样 看 起 气 水 路 正 明 事 实", ""},
	}
}

// word makes a word up.
func (s speech) word(r *rand.Rand, syllables int) string {
	parts := strings.Fields(s.syllable)
	var b strings.Builder
	for range syllables {
		b.WriteString(parts[r.IntN(len(parts))])
	}
	return b.String()
}

// made returns a codebook of so many terms, and a text of so many bytes in
// answers of a few sentences, with a term every so many words.
func made(terms, size, every int) (*Codebook, string) {
	r := rand.New(rand.NewPCG(7, 7))
	all := speeches()
	cb := &Codebook{}
	known := map[string][]string{}
	for i := range terms {
		s := all[i%len(all)]
		if i/len(all)%8 == 0 {
			cb.Codes = append(cb.Codes, Theme{ID: fmt.Sprint("C", i), Terms: map[string][]string{}})
		}
		term := s.word(r, 4)
		switch r.IntN(6) {
		case 0, 1:
			term += s.gap + s.word(r, 2)
		case 2:
			term += "*"
		}
		known[s.name] = append(known[s.name], term)
		last := cb.Codes[len(cb.Codes)-1]
		last.Terms[s.name] = append(last.Terms[s.name], term)
	}
	var b strings.Builder
	for b.Len() < size {
		s := all[r.IntN(len(all))]
		common := strings.Fields(s.common)
		for range 1 + r.IntN(4) {
			for n := range 6 + r.IntN(14) {
				if n > 0 {
					b.WriteString(s.gap)
				}
				switch {
				case r.IntN(every) == 0:
					b.WriteString(strings.ReplaceAll(known[s.name][r.IntN(len(known[s.name]))], "*", ""))
				case r.IntN(5) < 2:
					b.WriteString(common[int(float64(len(common))*r.Float64()*r.Float64())])
				default:
					b.WriteString(s.word(r, 1+r.IntN(4)))
				}
			}
			b.WriteString(map[bool]string{true: "。", false: ". "}[s.name == "zh"])
		}
		b.WriteString("\n")
	}
	return cb, b.String()
}

// BenchmarkMatch also gives the speed by the time of the processor, which other
// programs on the machine do not change.
func BenchmarkMatch(b *testing.B) {
	for _, every := range []int{20, 50, 200} {
		b.Run(fmt.Sprint("every", every), func(b *testing.B) {
			cb, text := made(2000, 8<<20, every)
			matchAll(b, cb, text)
		})
	}
}

func BenchmarkMatchLanguage(b *testing.B) {
	cb, text := made(2000, 12<<20, 50)
	by := map[string]*strings.Builder{}
	for _, a := range strings.SplitAfter(text, "\n") {
		name, _ := language.Detect(a)
		if by[name] == nil {
			by[name] = &strings.Builder{}
		}
		by[name].WriteString(a)
	}
	for _, s := range speeches() {
		b.Run(s.name, func(b *testing.B) { matchAll(b, cb, by[s.name].String()) })
	}
}

// BenchmarkMatchSentences reads 100 MB of sentences that others wrote, for so many
// terms of the bundled codebook.
func BenchmarkMatchSentences(b *testing.B) {
	all := sentences(b)
	r := rand.New(rand.NewPCG(1, 1))
	draw := func(names ...string) string {
		var text strings.Builder
		for text.Len() < 100<<20 {
			of := all[names[r.IntN(len(names))]]
			text.WriteString(of[r.IntN(len(of))])
		}
		return text.String()
	}
	for _, terms := range []int{2000, 8000} {
		cb := bundled(b, terms)
		b.Run(fmt.Sprint("terms", terms, "/mixed"), func(b *testing.B) { matchAll(b, cb, draw("ar", "en", "es", "fr", "ru", "zh")) })
		for _, name := range []string{"ar", "en", "es", "fr", "ru", "zh"} {
			b.Run(fmt.Sprint("terms", terms, "/", name), func(b *testing.B) { matchAll(b, cb, draw(name)) })
		}
	}
}

// bundled returns the bundled codebook with so many of its terms, or some more: of
// each list as many as of the others, as far as it has them.
func bundled(b *testing.B, terms int) *Codebook {
	b.Helper()
	content, err := os.ReadFile("../../data/codebook.yaml")
	if err != nil {
		b.Fatal(err)
	}
	cb, _ := Read("codebook.yaml", content)
	all, n := 0, 0 // terms, and how many of each list
	for ; all < terms; n++ {
		before := all
		for _, c := range cb.Codes {
			for _, list := range c.Terms {
				if n < len(list) {
					all++
				}
			}
		}
		if all == before {
			b.Fatalf("the codebook has %d terms, not %d", all, terms)
		}
	}
	for _, c := range cb.Codes {
		for lang, list := range c.Terms {
			c.Terms[lang] = list[:min(n, len(list))]
		}
	}
	b.Logf("%d terms", all)
	return cb
}

// sentences returns the sentences of the shared data by language.
func sentences(b *testing.B) map[string][]string {
	b.Helper()
	files, _ := filepath.Glob("../../../shared/data/six-languages/*/train.tsv")
	if len(files) != 6 {
		b.Skip("the shared data are not beside the checkout")
	}
	all := map[string][]string{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		name := ""
		for _, l := range strings.Split(string(content), "\n")[1:] {
			text := l[strings.LastIndexByte(l, '\t')+1:]
			if text == "" {
				continue
			}
			if name == "" {
				name, _ = language.Detect(text)
			}
			all[name] = append(all[name], text+"\n")
		}
	}
	return all
}

func matchAll(b *testing.B, cb *Codebook, text string) {
	b.Helper()
	s := NewMatcher(cb).Scanner()
	answers := strings.SplitAfter(text, "\n")
	b.SetBytes(int64(len(text)))
	hits := 0
	before := processorTime()
	for b.Loop() {
		hits = 0
		for _, a := range answers {
			hits += len(s.Hits(a, ""))
		}
	}
	b.ReportMetric(float64(len(text))*float64(b.N)/1e6/(processorTime()-before), "MB/cpu-s")
	b.ReportMetric(float64(hits)/float64(len(text))*1000, "hits/kB")
}
