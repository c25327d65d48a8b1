package sampling

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/dataset"
)

// span holds an orthonormal basis of the rows of replicate weights that have
// been met, each taken in proportion to its weight in the sample. Its size is
// the rank of the matrix of replicate weights, whatever the order of the rows.
type span struct {
	basis [][]float64
	last  []float64 // the row met last: most rows are like the one before
}

// within is how much of a row must lie outside the span to count, as in R's
// degf for replicate designs.
const within = 1e-5

// Spanned notes the replicate weights of a batch; weights are those of each
// replicate, by replicate.
func (f *Frame) Spanned(b *dataset.Batch, weights [][]float64) {
	if f.known {
		return
	}
	row := make([]float64, len(weights))
	for i := range b.Len() {
		size := 0.0
		for r, w := range weights {
			row[r] = w[i]
			size = max(size, math.Abs(w[i]))
		}
		if size == 0 {
			continue
		}
		for r := range row {
			row[r] /= size
		}
		f.span.take(row)
	}
}

// take adds a row unless the span holds it.
func (s *span) take(row []float64) {
	if len(s.basis) >= len(row) || near(row, s.last) {
		return
	}
	s.last = append(s.last[:0], row...)
	rest := append([]float64(nil), row...)
	for range 2 { // twice is enough (Giraud and others 2005)
		for _, v := range s.basis {
			along := dot(rest, v)
			for i := range rest {
				rest[i] -= float64(along * v[i])
			}
		}
	}
	size := math.Sqrt(dot(rest, rest))
	if size <= within*math.Sqrt(dot(row, row)) {
		return
	}
	for i := range rest {
		rest[i] /= size
	}
	s.basis = append(s.basis, rest)
}

func near(a, b []float64) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if math.Abs(a[i]-b[i]) > 1e-12 {
			return false
		}
	}
	return true
}

func dot(a, b []float64) float64 {
	var sum float64
	for i := range a {
		sum += float64(a[i] * b[i])
	}
	return sum
}

// rank returns the rank of the replicate weights.
func (f *Frame) rank() int64 { return int64(len(f.span.basis)) }
