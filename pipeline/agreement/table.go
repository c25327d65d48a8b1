package agreement

// Table counts units by the code of a first coder (row) and of a second
// (column). It is square.
type Table [][]float64

// NewTable returns an empty table of so many codes.
func NewTable(codes int) Table {
	t := make(Table, codes)
	for i := range t {
		t[i] = make([]float64, codes)
	}
	return t
}

// shares are a table's shares of its total, and those of its margins.
type shares struct {
	n          float64
	p          [][]float64
	rows, cols []float64
}

// shares returns why there are none, if so.
func (t Table) shares() (shares, Reason) {
	s := shares{p: NewTable(len(t)), rows: make([]float64, len(t)), cols: make([]float64, len(t))}
	for _, row := range t {
		if len(row) != len(t) {
			return s, NotSquare
		}
		for _, x := range row {
			s.n += x
		}
	}
	if s.n == 0 {
		return s, NoPairs
	}
	for i, row := range t {
		for j, x := range row {
			s.p[i][j] = x / s.n
			s.rows[i] += x
			s.cols[j] += x
		}
	}
	for i := range t {
		s.rows[i] /= s.n
		s.cols[i] /= s.n
	}
	return s, Defined
}

// single reports whether all units lie in one cell of the diagonal, so that
// neither coder used a second code.
func (s shares) single() bool {
	for i := range s.p {
		if s.rows[i] == 1 && s.cols[i] == 1 {
			return true
		}
	}
	return false
}

func (s shares) agreement() float64 {
	sum := 0.0
	for i := range s.p {
		sum += s.p[i][i]
	}
	return sum
}

// Units returns how many units the table counts.
func (t Table) Units() float64 {
	n := 0.0
	for _, row := range t {
		for _, x := range row {
			n += x
		}
	}
	return n
}

// Agreement is the share of units to which both coders gave the same code.
func (t Table) Agreement() Coefficient {
	s, why := t.shares()
	if why != Defined {
		return undefined(why)
	}
	return point(s.agreement())
}
