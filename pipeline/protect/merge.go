package protect

import (
	"cmp"
	"slices"
)

// merge puts parts of a whole together until what is shown of them is safe. A
// part is a row of counts, and each count shown must be nobody or at least k.
// Parts with a smaller count go into one remainder, with all parts that are
// nobody, and then others, from the last, until the remainder is safe too.
// What is shown adds up to the whole as before, and each sum or difference of
// what is shown is one of whole parts, so that nothing is given back. The
// remainder is the last of the blocks, which are indexes into parts; ok is
// false when not even all parts together are safe.
//
// Parts that are nobody go into the remainder lest it be known that all of its
// parts are somebody: each may be anything up to the whole of it. Who knows
// these rules knows that a part in a remainder without a large part is less than
// k; where that would tell too much, large parts join it. Which ones does not
// depend on their size, which would tell something as well.
func merge(parts [][]int64, k int64) (blocks [][]int, ok bool) {
	small := func(counts []int64) bool {
		return slices.ContainsFunc(counts, func(n int64) bool { return n < 0 || n >= 1 && n < k })
	}
	var large, rest []int
	var sum []int64
	put := func(i int) {
		rest = append(rest, i)
		if sum == nil {
			sum = make([]int64, len(parts[i]))
		}
		for c, n := range parts[i] {
			sum[c] += n
		}
	}
	for i, counts := range parts {
		if small(counts) {
			put(i)
		} else {
			large = append(large, i)
		}
	}
	if rest == nil {
		return singles(large), true
	}
	nobody := func(i int) bool { return !slices.ContainsFunc(parts[i], func(n int64) bool { return n != 0 }) }
	for _, i := range large {
		if nobody(i) {
			put(i)
		}
	}
	large = slices.DeleteFunc(large, nobody)
	for covers := int64(0); small(sum) || len(rest) < 2 || len(sum) == 1 && tight(sum[0], k, int64(len(rest)), covers); covers++ {
		if len(large) == 0 {
			if small(sum) || len(rest) < 2 {
				return nil, false
			}
			break
		}
		put(large[len(large)-1])
		large = large[:len(large)-1]
	}
	slices.SortFunc(rest, cmp.Compare)
	return append(singles(large), rest), true
}

// tight reports whether a small part of a sum can only be one of few numbers,
// for who knows how many of the parts are large.
func tight(sum, k, parts, covers int64) bool {
	if covers > 0 {
		return sum < (covers+1)*k-1
	}
	low := max(0, sum-(parts-1)*(k-1))
	return min(k-1, sum)-low < k/2
}

func singles(of []int) [][]int {
	out := make([][]int, len(of))
	for i, at := range of {
		out[i] = []int{at}
	}
	return out
}
