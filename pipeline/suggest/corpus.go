package suggest

import (
	"math"
	"slices"
	"sync"
)

// A vector is a text as numbers: features in ascending order, and their values.
type vector struct {
	at    []int32
	value []float32
}

// A corpus is texts whose grams have been found and counted once for all, since
// they are learnt from many times.
type corpus struct {
	hashes []uint64 // ascending; the place of a gram is its place here
	kind   []uint8  // of each
	texts  []vector // logarithms of counts, by text
	few    bool     // texts
	common int32    // how many texts must have a gram
}

// few is how many texts are few. They have few grams in common, so that those of
// one text alone count too, letters are looked at up to six at once, words have
// stems and semantic fields and Chinese signs radicals, and methods are blended.
// With more, that would cost much time and memory.
const few = 5000

// newCorpus finds the grams of texts, those of all kinds.
func newCorpus(texts []source, workers int) *corpus {
	c := &corpus{texts: make([]vector, len(texts)), few: len(texts) <= few, common: 1}
	if !c.few {
		c.common = 2
	}
	found := make([][]gram, len(texts))
	shared(workers, len(texts), func(i int) { found[i] = gramsOf(texts[i], c.few) })
	count := make(map[uint64]int32)
	for _, grams := range found {
		for i, g := range grams {
			if i == 0 || grams[i-1].hash != g.hash {
				count[g.hash]++
			}
		}
	}
	for h, n := range count {
		if n >= c.common {
			c.hashes = append(c.hashes, h)
		}
	}
	slices.Sort(c.hashes)
	clear(count)
	for i, h := range c.hashes {
		count[h] = int32(i)
	}
	c.kind = make([]uint8, len(c.hashes))
	for i, grams := range found {
		c.texts[i] = counted(grams, count)
		for _, g := range grams {
			if p, ok := count[g.hash]; ok {
				c.kind[p] = g.kind
			}
		}
	}
	return c
}

// shared calls do for each number below n; workers share them.
func shared(workers, n int, do func(int)) {
	var wait sync.WaitGroup
	for first := range workers {
		wait.Go(func() {
			for i := first; i < n; i += workers {
				do(i)
			}
		})
	}
	wait.Wait()
}

// gramsOf returns the grams of a text in ascending order.
func gramsOf(text source, few bool) []gram {
	var all []gram
	text.grams(few, func(g gram) { all = append(all, g) })
	slices.SortFunc(all, func(a, b gram) int {
		switch {
		case a.hash < b.hash:
			return -1
		case a.hash > b.hash:
			return 1
		}
		return 0
	})
	return all
}

// counted gives the logarithms of the counts of those grams that have a place.
func counted(grams []gram, place map[uint64]int32) vector {
	var v vector
	for i := 0; i < len(grams); {
		j := i
		for j < len(grams) && grams[j].hash == grams[i].hash {
			j++
		}
		if p, ok := place[grams[i].hash]; ok {
			v.at, v.value = append(v.at, p), append(v.value, float32(1+math.Log(float64(j-i))))
		}
		i = j
	}
	return v
}

// length is what each kind of grams is brought to, so that none drowns the rest.
var length = [kinds]float32{phrases: 0.5, letters: 1, lead: 1, pairs: 0.5, extra: 1, stems: 0.5, radicals: 0.5, themes: 0.7}

// A space says how grams become features: which, and how much each weighs.
type space struct {
	kind   []uint8   // of each feature
	weight []float32 // inverse document frequency
}

// weighed turns logarithms of counts into a vector, in place.
func (sp *space) weighed(v vector) vector {
	var squares [kinds]float64
	for i, f := range v.at {
		x := float32(v.value[i] * sp.weight[f])
		v.value[i] = x
		squares[sp.kind[f]] += float64(x * x)
	}
	for i, f := range v.at {
		k := sp.kind[f]
		v.value[i] *= length[k] / float32(math.Sqrt(squares[k]))
	}
	return v
}

// A view is a corpus as it is seen by who knows some of its texts alone.
type view struct {
	space
	hashes []uint64 // of each feature, ascending
	corpus *corpus
	at     []int32 // the feature of each gram; -1: none
}

// view looks at those texts of which in is true. Grams that enough of them have
// are features.
func (c *corpus) view(s shape, in func(int) bool) *view {
	v := &view{corpus: c, at: make([]int32, len(c.hashes))}
	texts := 0
	for i, text := range c.texts {
		if in != nil && !in(i) {
			continue
		}
		texts++
		for _, p := range text.at {
			v.at[p]++
		}
	}
	for p, n := range v.at {
		if n < c.common || !s.sees(c.kind[p]) {
			v.at[p] = -1
			continue
		}
		v.at[p] = int32(len(v.hashes))
		v.hashes = append(v.hashes, c.hashes[p])
		v.kind = append(v.kind, c.kind[p])
		v.weight = append(v.weight, float32(1+math.Log(float64(1+texts)/float64(1+n))))
	}
	return v
}

// vector gives the vector of a text of the corpus.
func (v *view) vector(text int) vector {
	all := v.corpus.texts[text]
	out := vector{make([]int32, 0, len(all.at)), make([]float32, 0, len(all.at))}
	for i, p := range all.at {
		if f := v.at[p]; f >= 0 {
			out.at, out.value = append(out.at, f), append(out.value, all.value[i])
		}
	}
	return v.weighed(out)
}
