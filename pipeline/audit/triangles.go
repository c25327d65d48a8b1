package audit

import "github.com/soundings-survey/soundings/pipeline/ledger"

// triangles makes the cross of three axes where each two of them are crossed by
// figures, and two of the tables show that there is nobody: together they may
// say that there is nobody in a withheld cell of the third, which no two of the
// tables say.
func (s *grids) triangles(figures []*figure) {
	type corner struct {
		level string
		axis  int
	}
	none := map[corner][]coords{} // by axis, where there is nobody at two coordinates
	for _, f := range figures {
		if f.stat == ledger.Count && f.published() && len(f.at) == 2 && f.value().value == 0 {
			for x := range f.at {
				none[corner{f.level, x}] = append(none[corner{f.level, x}], f.at)
			}
		}
	}
	for _, f := range figures {
		if len(f.hidden) == 0 || len(f.at) != 2 {
			continue
		}
		axes := f.at.axes()
		for _, first := range none[corner{f.level, axes[0]}] {
			for _, second := range none[corner{f.level, axes[1]}] {
				third, other := opposite(first, axes[0]), opposite(second, axes[1])
				if third != other || third == axes[1] || other == axes[0] || !meets(first[axes[0]], f.at[axes[0]]) || !meets(second[axes[1]], f.at[axes[1]]) {
					continue
				}
				for _, in := range []set{first[third], second[third]} {
					s.put(f.level, coords{axes[0]: f.at[axes[0]], axes[1]: f.at[axes[1]], third: in})
				}
				s.put(f.level, coords{axes[0]: first[axes[0]], axes[1]: second[axes[1]], third: first[third]})
			}
		}
	}
}

// opposite returns the other axis of two coordinates.
func opposite(at coords, axis int) int {
	for x := range at {
		if x != axis {
			return x
		}
	}
	return -1
}
