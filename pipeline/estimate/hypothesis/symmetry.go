package hypothesis

import "math"

// SymmetryTest compares two answers of the same respondents to a question of
// more than two choices.
type SymmetryTest struct {
	N             int64
	Bowker        Result // Bowker (1948): cell (i, j) as likely as (j, i)
	StuartMaxwell Result // Stuart (1955), Maxwell (1970): the same shares before and after
}

// Symmetry tests a square table of answers before (rows) and after (columns).
// Pairs of choices between which nobody moved have no degree of freedom, nor
// have choices that nobody left or took up.
func Symmetry(c Counts) SymmetryTest {
	out := SymmetryTest{Bowker: undefined(WrongShape), StuartMaxwell: undefined(WrongShape)}
	if c.Rows != c.Cols || c.Rows < 2 || !c.sound() {
		return out
	}
	k := c.Rows
	at := func(i, j int) float64 { return float64(max(c.N[i*k+j], 0)) }
	moved := make([][]float64, k) // between two choices, in both directions
	gain := make([]float64, k)
	x, df := 0., 0
	for i := range k {
		moved[i] = make([]float64, k)
		for j := range k {
			out.N += max(c.N[i*k+j], 0)
			if i == j {
				continue
			}
			moved[i][j] = at(i, j) + at(j, i)
			gain[i] += at(j, i) - at(i, j)
			if i < j && moved[i][j] > 0 {
				x += square(at(i, j)-at(j, i)) / moved[i][j]
				df++
			}
		}
	}
	if df == 0 {
		out.Bowker, out.StuartMaxwell = undefined(NoChange), undefined(NoChange)
		return out
	}
	out.Bowker = chiSquare(x, float64(df))
	out.StuartMaxwell = stuartMaxwell(moved, gain)
	return out
}

// stuartMaxwell computes d'S⁻¹d. The covariances S of the gains d are moves on
// a network of choices: S is of full rank once one choice of each connected
// part is left out.
func stuartMaxwell(moved [][]float64, gain []float64) Result {
	var free []int // choices that are kept
	seen := make([]bool, len(gain))
	for start := range gain {
		if seen[start] {
			continue
		}
		seen[start] = true
		part := []int{start}
		for at := 0; at < len(part); at++ {
			for j, m := range moved[part[at]] {
				if m > 0 && !seen[j] {
					seen[j] = true
					part = append(part, j)
				}
			}
		}
		free = append(free, part[1:]...)
	}
	s := make([][]float64, len(free)) // with d as its last column
	for a, i := range free {
		s[a] = make([]float64, len(free)+1)
		for b, j := range free {
			s[a][b] = -moved[i][j]
		}
		for _, m := range moved[i] {
			s[a][a] += m
		}
		s[a][len(free)] = gain[i]
	}
	return chiSquare(quadratic(s), float64(len(free)))
}

// quadratic returns d'S⁻¹d for the rows of S with d behind, S positive
// definite: the sum of d²/s over the steps of Gauss's elimination.
func quadratic(s [][]float64) float64 {
	n, sum := len(s), 0.
	for i := range n {
		if !(s[i][i] > 0) {
			return math.NaN()
		}
		sum += square(s[i][n]) / s[i][i]
		for r := i + 1; r < n; r++ {
			f := s[r][i] / s[i][i]
			for c := i; c <= n; c++ {
				s[r][c] -= float64(f * s[i][c])
			}
		}
	}
	return sum
}
