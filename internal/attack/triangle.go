package attack

import "slices"

// Cells of a triangle and of all triangles together are no more than this; with
// more, tables are taken by their pairs.
const (
	mostOfTriangle  = 4_000
	mostOfTriangles = 200_000
)

// triangles opens the cross of three variables of which each pair is a table:
// three tables can say more together than their margins do.
func (l *layout) triangles() {
	pairs := map[universe]map[string]cross{} // as they are now: triangles make no triangles
	for u, crosses := range l.crosses {
		pairs[u] = map[string]cross{}
		for key, c := range crosses {
			if len(c) == 2 {
				pairs[u][key] = c
			}
		}
	}
	left := mostOfTriangles
	for _, u := range l.universes() {
		keys := sorted(pairs[u])
		for _, key := range keys {
			for _, v := range l.third(pairs[u], keys, pairs[u][key]) {
				c := pairs[u][key].with(v)
				if l.has(u, c) {
					continue
				}
				size := 1
				sides := []cross{pairs[u][key], c.without(c[0]), c.without(c[1]), c.without(c[2])}
				for _, w := range c {
					told := map[states]bool{}
					for _, p := range sides {
						for s := range l.apart[p.key()][w] {
							told[s] = true
						}
					}
					size *= min(len(l.d.vars[w].states), len(told)+1)
				}
				if size > mostOfTriangle || size > left {
					l.d.ignored["a triangle with too many cells"]++
					continue
				}
				left -= size
				l.open(u, c)
				for _, p := range sides {
					for _, w := range p {
						for s := range l.apart[p.key()][w] {
							l.tell(c, w, s)
						}
					}
				}
			}
		}
	}
}

// third returns the variables that make a triangle with a pair, after it in
// order, so that each triangle is met once.
func (l *layout) third(pairs map[string]cross, keys []string, pair cross) []int {
	var out []int
	for _, key := range keys {
		c := pairs[key]
		if c[0] == pair[0] && c[1] > pair[1] {
			if _, ok := pairs[cross{pair[1], c[1]}.key()]; ok && !l.related(c[1], pair) && !l.related(pair[0], cross{pair[1]}) {
				out = append(out, c[1])
			}
		}
	}
	slices.Sort(out)
	return out
}
