package exact

import "math"

// Double is an unevaluated sum hi + lo that holds a number to some 106 bits.
// Estimates are finished in it, so that differences of large totals lose
// nothing that a float64 result could show (Dekker 1971; the product's error
// by fused multiply-add).
type Double struct{ Hi, Lo float64 }

// Float rounds a.
func (a Double) Float() float64 { return a.Hi + a.Lo }

// Neg returns -a.
func (a Double) Neg() Double { return Double{-a.Hi, -a.Lo} }

// Minus returns a - b.
func (a Double) Minus(b Double) Double { return a.Plus(b.Neg()) }

// Number returns x as a Double.
func Number(x float64) Double { return Double{Hi: x} }

// Whole returns a whole number, its upper and lower half added.
func Whole(n int64) Double {
	return quickSum(math.Ldexp(float64(n>>32), 32), float64(n&(1<<32-1)))
}

// DoubleOf rounds an exact sum to a Double.
func DoubleOf(s Sum) Double {
	hi, lo := s.Split()
	return Double{hi, lo}
}

// quickSum adds two numbers of which the first is the larger in size.
func quickSum(a, b float64) Double {
	s := a + b
	return Double{s, b - (s - a)}
}

func twoSum(a, b float64) Double {
	s := a + b
	v := s - a
	return Double{s, (a - (s - v)) + (b - v)}
}

// Product returns x·y without error, unless it underflows.
func Product(x, y float64) Double {
	p := float64(x * y)
	return Double{p, math.FMA(x, y, -p)}
}

// Plus returns a + b.
func (a Double) Plus(b Double) Double {
	s, t := twoSum(a.Hi, b.Hi), twoSum(a.Lo, b.Lo)
	s = quickSum(s.Hi, s.Lo+t.Hi)
	return quickSum(s.Hi, s.Lo+t.Lo)
}

// Times returns a·b.
func (a Double) Times(b Double) Double {
	p := Product(a.Hi, b.Hi)
	return quickSum(p.Hi, p.Lo+(float64(a.Hi*b.Lo)+float64(a.Lo*b.Hi)))
}

// Over returns a/b.
func (a Double) Over(b Double) Double {
	q1 := a.Hi / b.Hi
	r := a.Minus(b.Times(Number(q1)))
	q2 := r.Hi / b.Hi
	r = r.Minus(b.Times(Number(q2)))
	return quickSum(q1, q2).Plus(Number(r.Hi / b.Hi))
}

// Squared returns a².
func (a Double) Squared() Double { return a.Times(a) }

// AddTo adds the number to an exact sum, bit by bit.
func (a Double) AddTo(s *Sum) bool {
	ok := s.Add(a.Hi)
	if a.Lo != 0 {
		ok = s.Add(a.Lo) && ok
	}
	return ok
}

// Negligible reports whether a quantity that cannot be negative is no more
// than what rounding leaves of a zero, beside the size of what it was made of.
func Negligible(a, beside Double) bool { return a.Hi <= math.Ldexp(beside.Hi, -90) }
