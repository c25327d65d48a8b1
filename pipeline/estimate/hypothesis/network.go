package hypothesis

import (
	"encoding/binary"
	"maps"
	"math"
	"slices"
)

// work is how many steps the network may take: some seconds. A network that
// could take many times that is not begun.
const work = 150_000_000

// quantum is how close the logarithms of probabilities are to be taken as one.
const quantum = 1e-10

// network sums the probabilities of all tables with given margins that are no
// more probable than a given one, after Mehta and Patel (1983). A node is what
// is left of the totals of rows after some columns are filled, in order of
// size: tables that lead there have the same continuations. What is known of a
// node is the range of the probabilities of these, so that most partial tables
// are decided before they are complete.
type network struct {
	rows  []int64 // totals, increasing
	cols  []int64 // totals, increasing: the stages
	after []int64 // what is left after each stage
	fact  []float64
	known map[string]reach
	steps int
}

// reach is the range of the logarithms of the probabilities of continuations.
type reach struct{ least, most float64 }

// node holds the partial tables that lead to it: by the logarithm of the
// probability of one, in quanta, the probability of all.
type node struct {
	left []int64
	past map[int64]float64
}

func newNetwork(rows, cols []int64, n int64) *network {
	w := &network{rows: slices.Clone(rows), cols: slices.Clone(cols), fact: logFactorials(n), known: map[string]reach{}}
	slices.Sort(w.rows)
	slices.Sort(w.cols)
	for _, c := range w.cols {
		n -= c
		w.after = append(w.after, n)
	}
	return w
}

// tail returns the sum of the probabilities of tables that are no more probable
// than the one with these cells.
func (w *network) tail(cells []int64) (float64, error) {
	observed := -w.fact[len(w.fact)-1]
	for _, totals := range [][]int64{w.rows, w.cols} {
		for _, n := range totals {
			observed += w.fact[n]
		}
	}
	cells = slices.Sorted(slices.Values(cells))
	for _, n := range cells {
		observed -= w.fact[n]
	}
	observed += math.Log1p(ties)

	if w.size() > 10*work {
		return math.NaN(), ErrTooLarge
	}
	sum := 0.
	nodes := map[string]*node{key(w.rows): {left: w.rows, past: map[int64]float64{0: 1}}}
	for stage := 0; len(nodes) > 0; stage++ {
		next := map[string]*node{}
		for _, k := range slices.Sorted(maps.Keys(nodes)) {
			if err := w.expand(nodes[k], stage, observed, next, &sum); err != nil {
				return math.NaN(), err
			}
		}
		nodes = next
	}
	return min(sum, 1), nil
}

// size estimates how many steps the network takes at most: over the stages, the
// nodes that can be reached by the ways to fill the next column.
func (w *network) size() float64 {
	total, before := 0., int64(0)
	for stage, c := range w.cols[:len(w.cols)-1] {
		total += w.vectors(min(before, w.after[stage]+c)) * w.vectors(c)
		before += c
	}
	return total
}

// vectors bounds how many ways there are to take a total from the rows.
func (w *network) vectors(total int64) float64 {
	inRows, free := 1., 1.
	for i, n := range w.rows[:len(w.rows)-1] {
		inRows *= float64(min(n, total)) + 1
		free *= float64(total+int64(i)+1) / float64(i+1)
	}
	return min(inRows, free)
}

// expand fills one more column in all ways. Partial tables of which all
// continuations are improbable enough are added to the sum.
func (w *network) expand(n *node, stage int, observed float64, next map[string]*node, sum *float64) error {
	pasts := slices.Sorted(maps.Keys(n.past))
	var err error
	w.columns(n.left, stage, func(left []int64, log float64) bool {
		k := key(left)
		var r reach
		if r, err = w.reach(k, left, stage+1); err != nil {
			return false
		}
		if w.steps += len(pasts); w.steps > work {
			err = ErrTooLarge
			return false
		}
		p := math.Exp(log)
		to := next[k]
		for _, past := range pasts {
			l := float64(float64(past)*quantum) + log
			switch {
			case l+r.most <= observed:
				*sum += float64(n.past[past] * p)
			case l+r.least > observed:
			default:
				if to == nil {
					to = &node{left: slices.Clone(left), past: map[int64]float64{}}
					next[k] = to
				}
				to.past[int64(math.Round(l/quantum))] += float64(n.past[past] * p)
			}
		}
		return true
	})
	return err
}

// reach returns the range for a node before the given stage.
func (w *network) reach(k string, left []int64, stage int) (reach, error) {
	if stage >= len(w.cols)-1 { // the last column is what is left
		return reach{}, nil
	}
	if r, ok := w.known[k]; ok {
		return r, nil
	}
	out := reach{least: math.Inf(1), most: math.Inf(-1)}
	var err error
	w.columns(slices.Clone(left), stage, func(left []int64, log float64) bool {
		if w.steps++; w.steps > work {
			err = ErrTooLarge
			return false
		}
		var r reach
		if stage+1 < len(w.cols)-1 {
			if r, err = w.reach(key(left), left, stage+1); err != nil {
				return false
			}
		}
		out.least, out.most = min(out.least, log+r.least), max(out.most, log+r.most)
		return true
	})
	w.known[k] = out
	return out, err
}

// columns visits all ways to take the total of a stage from what is left: it
// hands over what is left then, in order of size, and the logarithm of the
// probability. It stops when told so.
func (w *network) columns(left []int64, stage int, visit func(left []int64, log float64) bool) {
	total := w.cols[stage]
	whole := -logChoose(w.fact, total+w.after[stage], total)
	rest := make([]int64, len(left)+1) // what rows from i on have
	for i := len(left) - 1; i >= 0; i-- {
		rest[i] = rest[i+1] + left[i]
	}
	then, sorted := make([]int64, len(left)), make([]int64, len(left))
	var fill func(i int, need int64, log float64) bool
	fill = func(i int, need int64, log float64) bool {
		if i == len(left) {
			copy(sorted, then)
			slices.Sort(sorted)
			return visit(sorted, log)
		}
		for take := max(0, need-rest[i+1]); take <= min(need, left[i]); take++ {
			then[i] = left[i] - take
			if !fill(i+1, need-take, log+logChoose(w.fact, left[i], take)) {
				return false
			}
		}
		return true
	}
	fill(0, total, whole)
}

func key(left []int64) string {
	out := make([]byte, 0, 4*len(left))
	for _, n := range left {
		out = binary.BigEndian.AppendUint32(out, uint32(n))
	}
	return string(out)
}
