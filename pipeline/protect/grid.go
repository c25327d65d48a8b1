package protect

import (
	"math"
)

// grid is the counts of an item's answers by group: a row a group, a column an
// answer, and as the last row those who are in no group that is shown. Rows add
// up to published bases and columns to published margins, so what is withheld
// must be covered: counts can be shifted around a rectangle of withheld cells,
// more of one answer and less of another in one group, the opposite in another,
// without any sum changing. How far they can be shifted, with no count below
// 0, is how wide the range of each of the four must at least seem to someone
// who knows everything that is published.
type grid struct {
	rule
	counts [][]float64
	hidden [][]bool
	caps   [][]float64 // how great a count can be at most; nil where only the base bounds it
	free   []bool      // rows that are not shown as such: withholding in them costs nothing
}

func newGrid(r rule, counts [][]float64, free []bool) *grid {
	g := &grid{rule: r, counts: counts, free: free}
	for _, row := range counts {
		g.hidden = append(g.hidden, make([]bool, len(row)))
	}
	return g
}

func (g *grid) base(row int) float64 {
	sum := 0.0
	for _, n := range g.counts[row] {
		sum += n
	}
	return sum
}

// hidePrimary withholds what is to be withheld for what it says itself. In the
// row of those in no group nobodies may be known.
func (g *grid) hidePrimary() {
	for r, row := range g.counts {
		base := g.base(r)
		for c, n := range row {
			if n == 0 && g.free[r] {
				continue
			}
			g.hidden[r][c] = g.hidden[r][c] || g.primary(n, base)
		}
	}
}

// rectangle is a way to cover the cell at row r, column c.
type rectangle struct{ row, column int }

// cover withholds, for each withheld cell, the cheapest others that cover it.
// It returns the row of a cell that cannot be covered, -1 when all are.
func (g *grid) cover() int {
	for r := range g.counts {
		for c := range g.counts[r] {
			if g.hidden[r][c] && !g.coverCell(r, c) {
				return r
			}
		}
	}
	return -1
}

// coverCell finds rectangles that let the cell seem to be in a range of k: the
// cheapest one that does so alone, or else several one after the other.
func (g *grid) coverCell(r, c int) bool {
	best, least := rectangle{-1, -1}, math.Inf(1)
	g.each(r, c, func(x rectangle) {
		if g.room(g.counts, r, c, x, true)+g.room(g.counts, r, c, x, false) >= g.k {
			if cost := g.cost(r, c, x); cost < least {
				best, least = x, cost
			}
		}
	})
	if best.row >= 0 {
		g.hide(r, c, best)
		return true
	}
	return g.coverBySeveral(r, c)
}

// coverBySeveral shifts upwards along one rectangle after the other, then, from
// where it began, downwards, until the two ways together come to k.
func (g *grid) coverBySeveral(r, c int) bool {
	var used []rectangle
	way := 0.0
	for _, up := range []bool{true, false} {
		counts := clone(g.counts)
		for way < g.k {
			best, most := rectangle{-1, -1}, 0.0
			g.each(r, c, func(x rectangle) {
				if room := g.room(counts, r, c, x, up); room > 0 {
					if worth := room / (1 + g.cost(r, c, x)); worth > most {
						best, most = x, worth
					}
				}
			})
			if best.row < 0 {
				break
			}
			room := math.Min(g.room(counts, r, c, best, up), g.k-way)
			if !up {
				room = -room
			}
			counts[r][c] += room
			counts[r][best.column] -= room
			counts[best.row][c] -= room
			counts[best.row][best.column] += room
			way += math.Abs(room)
			used = append(used, best)
		}
	}
	if way < g.k {
		return false
	}
	for _, x := range used {
		g.hide(r, c, x)
	}
	return true
}

func (g *grid) each(r, c int, f func(rectangle)) {
	for row := range g.counts {
		for column := range g.counts[row] {
			if row != r && column != c {
				f(rectangle{row, column})
			}
		}
	}
}

// room is how far the cell can be shifted along a rectangle, upwards or
// downwards: no count falls below 0 or rises above what it can be.
func (g *grid) room(counts [][]float64, r, c int, x rectangle, up bool) float64 {
	if up {
		return min(counts[r][x.column], counts[x.row][c], g.above(counts, r, c), g.above(counts, x.row, x.column))
	}
	return min(counts[r][c], counts[x.row][x.column], g.above(counts, r, x.column), g.above(counts, x.row, c))
}

// above is how much greater a count could be.
func (g *grid) above(counts [][]float64, r, c int) float64 {
	if g.caps == nil {
		return math.Inf(1)
	}
	return math.Max(0, g.caps[r][c]-counts[r][c])
}

// cost is what withholding the other corners of a rectangle takes from readers.
func (g *grid) cost(r, c int, x rectangle) float64 {
	cost := 0.0
	for _, corner := range [][2]int{{r, x.column}, {x.row, c}, {x.row, x.column}} {
		if !g.hidden[corner[0]][corner[1]] && !g.free[corner[0]] {
			cost += 10 + math.Sqrt(g.counts[corner[0]][corner[1]])
		}
	}
	return cost
}

func (g *grid) hide(r, c int, x rectangle) {
	g.hidden[r][c], g.hidden[r][x.column] = true, true
	g.hidden[x.row][c], g.hidden[x.row][x.column] = true, true
}

func clone(counts [][]float64) [][]float64 {
	out := make([][]float64, len(counts))
	for i, row := range counts {
		out[i] = append([]float64(nil), row...)
	}
	return out
}
