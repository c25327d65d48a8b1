package usage

import (
	"math"
	"slices"
)

// Met is how many codes have been met after reading some answers.
type Met struct {
	Answers  int64
	Expected float64 // codes met, on average over all orders of reading
	New      float64 // codes that the next answer adds to them, likewise; 0 after the last
}

// Saturation returns how many codes have been met after 1, 2, 5, 10, 20, 50 ...
// answers and after all. It hangs on no order of reading: of N answers, n with a
// code, m leave the code out in C(N-n,m) of C(N,m) ways, so that the codes met
// are the sum of 1 - C(N-n,m)/C(N,m) (Hurlbert 1971; Colwell et al. 2004).
func (u Use) Saturation() []Met {
	var out []Met
	for _, m := range steps(u.Answers) {
		met := Met{Answers: m, Expected: u.met(m)}
		if m < u.Answers {
			met.New = u.met(m+1) - met.Expected
		}
		out = append(out, met)
	}
	return out
}

// met is how many codes m answers meet.
func (u Use) met(m int64) float64 {
	sum := 0.0
	for _, n := range u.Given {
		sum += 1 - missed(u.Answers, n, m)
	}
	return sum
}

// missed is the chance that m of all answers leave out a code that n of them
// have, C(all-n,m)/C(all,m).
func missed(all, n, m int64) float64 {
	if n == 0 {
		return 1
	}
	if m > all-n {
		return 0
	}
	return math.Exp(logChoose(all-n, m) - logChoose(all, m))
}

func logChoose(n, k int64) float64 {
	return logFactorial(n) - logFactorial(k) - logFactorial(n-k)
}

func logFactorial(n int64) float64 {
	v, _ := math.Lgamma(float64(n) + 1)
	return v
}

// steps are 1, 2, 5, 10 and so on up to n, and n.
func steps(n int64) []int64 {
	var out []int64
	for scale := int64(1); scale <= n; scale *= 10 {
		for _, k := range []int64{1, 2, 5} {
			if k*scale < n {
				out = append(out, k*scale)
			}
		}
	}
	if n > 0 {
		out = append(out, n)
	}
	return slices.Clip(out)
}
