package coding

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
)

// Dealt is an answer and who codes it.
type Dealt struct {
	Name     string // of the unit, before coders
	Item     string
	Language string
	Coders   []string
}

// Pool gathers the answers that may be given to coders, and draws among them. Who
// is drawn depends on the key, the seed and the answer, never on the order.
type Pool struct {
	key    Key
	seed   uint64
	most   int
	strata map[stratum]*lots
	holds  map[held]bool
}

// held says that a coder has been given an answer of a respondent in a language.
type held struct{ coder, language, respondent string }

// stratum is what is drawn from in equal shares: answers to one item in one language.
type stratum struct{ language, item string }

type lots struct {
	count int   // of all that were put in
	drawn []lot // the first of them, by lot
}

type lot struct {
	name       string
	respondent string // of whom no coder may get two answers in this language; "" where they may
	draw       uint64
}

func byLot(a, b lot) int { return cmp.Or(cmp.Compare(a.draw, b.draw), strings.Compare(a.name, b.name)) }

// NewPool returns a pool from which most answers are drawn at most.
func NewPool(key Key, seed uint64, most int) *Pool {
	return &Pool{key: key, seed: seed, most: most, strata: map[stratum]*lots{}, holds: map[held]bool{}}
}

// Hold notes that a coder was given an answer of a respondent before.
func (p *Pool) Hold(coder, language, respondent string) {
	p.holds[held{coder, language, respondent}] = true
}

// Add puts an answer into the pool.
func (p *Pool) Add(name, item, language string) { p.AddApart(name, item, language, "") }

// AddApart puts an answer into the pool of a respondent of whom no coder gets two
// answers in this language. Of each stratum no more are held than could be drawn,
// and as many again.
func (p *Pool) AddApart(name, item, language, respondent string) {
	s := stratum{language, item}
	l := p.strata[s]
	if l == nil {
		l = &lots{}
		p.strata[s] = l
	}
	l.count++
	l.drawn = append(l.drawn, lot{name, respondent, p.key.draw(p.seed, "answer", name)})
	if len(l.drawn) >= 2*p.most+1024 {
		l.keep(p.most)
	}
}

func (l *lots) keep(n int) {
	slices.SortFunc(l.drawn, byLot)
	l.drawn = l.drawn[:min(n, len(l.drawn))]
}

// Left says how many answers no coder could be given.
type Left struct {
	Unread map[string]int // by language, which no coder reads
	Single map[string]int // by language, which only one reads: for one coder alone
	Beyond int            // more than were to be drawn
	Apart  int            // of respondents of whom each coder has an answer in the language already
}

// Deal draws answers and gives them to coders who read their language: of each
// stratum its share, of these the share double to two coders each, the others to
// one. Coders get as many as each other, as far as they read the same languages.
func (p *Pool) Deal(coders []Coder, double float64) ([]Dealt, Left) {
	left := Left{Unread: map[string]int{}, Single: map[string]int{}}
	var open []stratum
	var counts []int
	total := 0
	for s, l := range p.strata {
		if readers(coders, s.language) == nil {
			left.Unread[s.language] += l.count
			continue
		}
		left.Apart += p.withhold(s, coders)
		open = append(open, s)
		total += l.count
	}
	slices.SortFunc(open, func(a, b stratum) int {
		return cmp.Or(strings.Compare(a.language, b.language), strings.Compare(a.item, b.item))
	})
	for _, s := range open {
		counts = append(counts, p.strata[s].count)
	}
	quota := shares(counts, min(total, p.most))
	left.Beyond = total - min(total, p.most)
	twice := shares(quota, int(math.Round(double*float64(min(total, p.most)))))
	load := map[string]int{}
	give := func(s stratum, l lot, n int) Dealt {
		d := Dealt{Name: l.name, Item: s.item, Language: s.language}
		able := p.free(s, l, coders)
		slices.SortFunc(able, func(a, b string) int {
			return cmp.Or(cmp.Compare(load[a], load[b]), cmp.Compare(p.key.draw(p.seed, "coder", l.name, a), p.key.draw(p.seed, "coder", l.name, b)), strings.Compare(a, b))
		})
		d.Coders = slices.Clone(able[:min(n, len(able))])
		for _, c := range d.Coders {
			load[c]++
			if l.respondent != "" {
				p.Hold(c, s.language, l.respondent)
			}
		}
		slices.Sort(d.Coders)
		return d
	}
	var out []Dealt
	for i, s := range open {
		l := p.strata[s]
		l.keep(quota[i])
		pair := 2
		if len(readers(coders, s.language)) < 2 {
			pair = 1
			if twice[i] > 0 {
				left.Single[s.language] += quota[i]
			}
		}
		for k, one := range l.drawn {
			n := 1
			if k < twice[i] {
				n = pair
			}
			if d := give(s, one, n); len(d.Coders) > 0 {
				out = append(out, d)
			} else {
				left.Apart++
			}
		}
	}
	return out, left
}

// withhold takes out of a stratum what no coder may get, and returns how many.
func (p *Pool) withhold(s stratum, coders []Coder) int {
	l := p.strata[s]
	before := len(l.drawn)
	l.drawn = slices.DeleteFunc(l.drawn, func(one lot) bool { return len(p.free(s, one, coders)) == 0 })
	l.count -= before - len(l.drawn)
	return before - len(l.drawn)
}

// free names the coders who may get an answer.
func (p *Pool) free(s stratum, l lot, coders []Coder) []string {
	able := readers(coders, s.language)
	if l.respondent == "" {
		return able
	}
	return slices.DeleteFunc(able, func(c string) bool { return p.holds[held{c, s.language, l.respondent}] })
}

// readers names the coders who read a language.
func readers(coders []Coder, language string) []string {
	var out []string
	for _, c := range coders {
		if c.Reads(language) {
			out = append(out, c.Name)
		}
	}
	return out
}

// shares divides n among parts by their sizes; what is left over goes to the
// largest remainders, the first among equals. No part gets more than its size.
func shares(sizes []int, n int) []int {
	all := 0
	for _, s := range sizes {
		all += s
	}
	out := make([]int, len(sizes))
	if all == 0 {
		return out
	}
	order := make([]int, len(sizes))
	given := 0
	for i, s := range sizes {
		out[i] = n * s / all
		given += out[i]
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(n*sizes[b]%all, n*sizes[a]%all) })
	for _, i := range order {
		if given < n && out[i] < sizes[i] {
			out[i]++
			given++
		}
	}
	return out
}

// Shuffle puts answers in an order of a coder's own.
func Shuffle(key Key, seed uint64, coder string, names []string) {
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(key.draw(seed, "order", coder, a), key.draw(seed, "order", coder, b)), strings.Compare(a, b))
	})
}

// Shuffled returns the coders of an answer in an order that is another for each
// answer, so that nobody is known by their place.
func Shuffled[T any](key Key, seed uint64, unit string, coders map[string]T) []string {
	out := slices.Collect(maps.Keys(coders))
	Shuffle(key, seed, unit, out)
	return out
}
