package attack

import (
	"fmt"
	"math"
	"math/big"
)

// term is so many times the respondents in a box.
type term struct {
	times int64
	box   box
}

// statement says that a sum of counts lies between two whole numbers.
type statement struct {
	in     universe
	terms  []term
	lo, hi int64
}

// unbounded is more than any sum of counts.
const unbounded = math.MaxInt64 / 4

// most is the largest factor a statement may have: sums stay far from overflow.
const most = 1 << 40

// read is a line in the words of the dictionary.
type read struct {
	in     universe
	at, of box
	empty  bool // nobody can be in one of them
}

func (d *dictionary) read(l Line) (read, error) {
	at, some, err := d.box(l.At)
	if err != nil {
		return read{}, err
	}
	of, known, err := d.box(l.Of)
	if err != nil {
		return read{}, err
	}
	r := read{at: at, of: of, empty: !some || !known}
	level, err := d.level(l.At, l.Of)
	if err != nil {
		return read{}, err
	}
	r.in = universe{l.Run, level}
	return r, nil
}

// says returns what a published line says of counts.
func (d *dictionary) says(l Line) ([]statement, error) {
	r, err := d.read(l)
	if err != nil || l.Status != Published {
		return nil, err
	}
	switch l.Stat {
	case "count":
		n, ok := whole(l.Value)
		if !ok {
			return nil, fmt.Errorf("a count that is no whole number")
		}
		if r.empty {
			return nil, nil
		}
		return []statement{{r.in, []term{{1, r.at}}, n, n}}, nil
	case "pct":
		if r.empty {
			return nil, nil
		}
		return share(r, l)
	case "mean":
		return d.mean(r, l)
	}
	return nil, nil // other figures say nothing that is used here
}

// rounded returns the whole number m of a value that was rounded to m/scale.
func rounded(v Number, decimals int) (m int64, scale int64, err error) {
	r, ok := new(big.Rat).SetString(string(v))
	if !ok || decimals < 0 || decimals > 7 {
		return 0, 0, fmt.Errorf("a figure that is no number")
	}
	scale = int64(math.Pow10(decimals))
	f, _ := r.Mul(r, big.NewRat(scale, 1)).Float64()
	if f = math.Round(f); math.Abs(f) > most {
		return 0, 0, fmt.Errorf("a figure that is too large")
	}
	return int64(f), scale, nil
}

func whole(v Number) (int64, bool) {
	r, ok := new(big.Rat).SetString(string(v))
	if !ok || !r.IsInt() || !r.Num().IsInt64() || r.Num().Int64() < 0 || r.Num().Int64() > most {
		return 0, false
	}
	return r.Num().Int64(), true
}

// share is what a percentage says: the count lies within half a unit of its
// last place, on either side, of the share of the base.
func share(r read, l Line) ([]statement, error) {
	m, scale, err := rounded(l.Value, l.Decimals+2)
	if err != nil {
		return nil, err
	}
	return between(r.in, []term{{2 * scale, r.at}}, r.of, m), nil
}

// between says that a sum lies between 2m-1 and 2m+1 times a base, in which
// somebody is.
func between(in universe, sum []term, base box, m int64) []statement {
	low := append(append([]term{}, sum...), term{-(2*m - 1), base})
	high := append(append([]term{}, sum...), term{-(2*m + 1), base})
	return []statement{{in, low, 0, unbounded}, {in, high, -unbounded, 0}, {in, []term{{1, base}}, 1, unbounded}}
}

// mean is what the mean of scores says. The mean of a number says nothing: its
// sums are no counts.
func (d *dictionary) mean(r read, l Line) ([]statement, error) {
	of := -1
	for _, name := range sorted(l.At) {
		v := d.names[name]
		if len(l.At[name]) == 1 && l.At[name][0] == "*" && d.scored(v) {
			if of >= 0 {
				return nil, fmt.Errorf("a mean of two variables")
			}
			of = v
		}
	}
	if of < 0 || r.empty {
		return nil, nil
	}
	m, scale, err := rounded(l.Value, l.Decimals)
	if err != nil {
		return nil, err
	}
	factor := int64(1)
	for _, s := range d.vars[of].scores {
		if !s.Denom().IsInt64() || s.Denom().Int64() > 1000 {
			return nil, fmt.Errorf("a score with too many decimals")
		}
		if factor = factor / gcd(factor, s.Denom().Int64()) * s.Denom().Int64(); factor > 1_000_000 {
			return nil, fmt.Errorf("scores of too many denominators")
		}
	}
	var sum []term
	for c, s := range d.vars[of].scores {
		named := map[string]Values{}
		for k, v := range l.At {
			named[k] = v
		}
		named[d.vars[of].name] = Values{d.vars[of].states[c]}
		b, some, err := d.box(named)
		if err != nil {
			return nil, err
		}
		if some {
			score := new(big.Rat).Mul(s, big.NewRat(2*scale*factor, 1))
			if !score.Num().IsInt64() || score.Num().Int64() > most || score.Num().Int64() < -most {
				return nil, fmt.Errorf("a score that is too large")
			}
			sum = append(sum, term{score.Num().Int64(), b})
		}
	}
	out := between(r.in, sum, r.at, m)
	for i := range out[:2] {
		last := &out[i].terms[len(out[i].terms)-1]
		last.times *= factor
	}
	return out, nil
}

func (d *dictionary) scored(v int) bool {
	for _, s := range d.vars[v].scores {
		if s == nil {
			return false
		}
	}
	return len(d.vars[v].scores) > 0
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	if a < 0 {
		return -a
	}
	return a
}
