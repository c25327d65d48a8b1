package agreement

import "math"

// Weights say how far two codes agree, by their places: 1 wholly, 0 not at all.
type Weights [][]float64

// Identity returns weights by which only equal codes agree.
func Identity(codes int) Weights {
	return weigh(codes, func(d, _ float64) float64 { return max(0, 1-d) })
}

// Linear returns weights that fall with the distance of two codes (Cicchetti and
// Allison 1971).
func Linear(codes int) Weights {
	return weigh(codes, func(d, most float64) float64 { return 1 - d/most })
}

// Quadratic returns weights that fall with its square (Fleiss and Cohen 1973).
func Quadratic(codes int) Weights {
	return weigh(codes, func(d, most float64) float64 { return 1 - float64(d/most)*float64(d/most) })
}

func weigh(codes int, f func(distance, most float64) float64) Weights {
	w := Weights(NewTable(codes))
	for i := range w {
		for j := range w {
			w[i][j] = 1
			if i != j {
				w[i][j] = f(math.Abs(float64(i-j)), float64(codes-1))
			}
		}
	}
	return w
}

// Kappa is a kappa with what it is made of. SE is that for intervals, SE0 that
// under the hypothesis that codes are given by chance, for tests.
type Kappa struct {
	Coefficient
	Agreement float64 // weighted share of agreement
	Expected  float64 // that by chance
	SE0       float64
}

// Kappa returns Cohen's kappa (Cohen 1960), weighted (Cohen 1968) by weights
// other than Identity, with the asymptotic standard errors of Fleiss, Cohen and
// Everitt (1969) and the normal interval of the level. It is undefined where
// both coders used one and the same code alone.
func (t Table) Kappa(w Weights, level float64) Kappa {
	s, why := t.shares()
	none := Kappa{Coefficient: undefined(why), Agreement: math.NaN(), Expected: math.NaN(), SE0: math.NaN()}
	if why != Defined {
		return none
	}
	if len(w) != len(t) {
		none.Undefined = NotSquare
		return none
	}
	rows, cols := make([]float64, len(t)), make([]float64, len(t)) // mean weight of a row's code, of a column's
	k := Kappa{}
	for i := range w {
		if len(w[i]) != len(t) {
			none.Undefined = NotSquare
			return none
		}
		for j, x := range w[i] {
			rows[i] += float64(x * s.cols[j])
			cols[j] += float64(x * s.rows[i])
			k.Agreement += float64(x * s.p[i][j])
			k.Expected += float64(x * float64(s.rows[i]*s.cols[j]))
		}
	}
	rest := 1 - k.Expected
	if s.single() || rest <= nearly {
		none.Agreement, none.Expected, none.Undefined = k.Agreement, k.Expected, NoVariance
		return none
	}
	given, chance := 0.0, 0.0
	for i := range w {
		for j, x := range w[i] {
			both := rows[i] + cols[j]
			off := float64(x*rest) - float64(both*(1-k.Agreement))
			given += float64(s.p[i][j] * float64(off*off))
			chance += float64(float64(s.rows[i]*s.cols[j]) * float64((x-both)*(x-both)))
		}
	}
	centre := float64(k.Agreement*k.Expected) - 2*k.Expected + k.Agreement
	se := root(given-float64(centre*centre)) / (float64(rest*rest) * math.Sqrt(s.n))
	k.SE0 = root(chance-float64(k.Expected*k.Expected)) / (rest * math.Sqrt(s.n))
	k.Coefficient = normal((k.Agreement-k.Expected)/rest, se, level)
	return k
}
