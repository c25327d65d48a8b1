package hypothesis

// Counts is a table of counts: cell (i, j) is N[i*Cols+j].
type Counts struct {
	Rows, Cols int
	N          []int64
}

// NewCounts returns an empty table of the given shape.
func NewCounts(rows, cols int) Counts {
	rows, cols = max(rows, 0), max(cols, 0)
	return Counts{Rows: rows, Cols: cols, N: make([]int64, rows*cols)}
}

// Add counts n more answers in a cell; outside the table nothing is counted.
func (c Counts) Add(row, col int, n int64) {
	if row >= 0 && row < c.Rows && col >= 0 && col < c.Cols {
		c.N[row*c.Cols+col] += n
	}
}

// Merge adds the counts of a table of the same shape, and says whether it is one.
func (c Counts) Merge(o Counts) bool {
	if c.Rows != o.Rows || c.Cols != o.Cols || !c.sound() || !o.sound() {
		return false
	}
	for i, n := range o.N {
		c.N[i] += n
	}
	return true
}

// sound says whether the cells fill the table.
func (c Counts) sound() bool {
	return c.Rows >= 0 && c.Cols >= 0 && len(c.N) == c.Rows*c.Cols
}

// Transposed returns the table with rows for columns.
func (c Counts) Transposed() Counts {
	out := NewCounts(c.Cols, c.Rows)
	if !c.sound() {
		return out
	}
	for i, n := range c.N {
		out.Add(i%c.Cols, i/c.Cols, n)
	}
	return out
}

// margins returns the totals of rows and columns and of all.
func (c Counts) margins() (rows, cols []int64, n int64) {
	rows, cols = make([]int64, c.Rows), make([]int64, c.Cols)
	if !c.sound() {
		return rows, cols, 0
	}
	for i, v := range c.N {
		rows[i/c.Cols] += v
		cols[i%c.Cols] += v
		n += v
	}
	return rows, cols, n
}

// filled returns the table without empty rows and columns, and which those
// are that it has. Counts below 0 count as none.
func (c Counts) filled() (out Counts, rows, cols []int) {
	if !c.sound() {
		return Counts{}, nil, nil
	}
	clean := NewCounts(c.Rows, c.Cols)
	for i, n := range c.N {
		clean.N[i] = max(n, 0)
	}
	byRow, byCol, _ := clean.margins()
	for i, n := range byRow {
		if n > 0 {
			rows = append(rows, i)
		}
	}
	for j, n := range byCol {
		if n > 0 {
			cols = append(cols, j)
		}
	}
	out = NewCounts(len(rows), len(cols))
	for i, r := range rows {
		for j, k := range cols {
			out.N[i*out.Cols+j] = clean.N[r*c.Cols+k]
		}
	}
	return out, rows, cols
}
