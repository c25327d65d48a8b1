package sampling

import (
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
)

// Fitted describes weights that were fitted to known totals, by
// post-stratification, raking or calibration. Respondents of a cell are alike
// in all that the weights were fitted to.
type Fitted interface {
	// Cells returns the cell of each response of a batch, None where it has none.
	Cells(b *dataset.Batch) []int32
	// Shifts takes what the influences of each cell add up to, Σ over its
	// respondents of weight times influence, and returns for each cell what is
	// taken from the influence of each respondent: what the known totals explain.
	Shifts(z []float64) []float64
	// Len returns how many cells there are.
	Len() int
}

// fit is what is left of influences once the known totals have explained a part.
type fit struct {
	of      Fitted
	weight  []exact.Double // Σw of each group, over all its responses
	squares []exact.Double // Σw²
}

// fit prepares residuals, where weights were fitted.
func (f *Frame) fit() {
	if f.fitted == nil {
		return
	}
	f.after = &fit{of: f.fitted}
	for _, g := range f.groups.of {
		f.after.weight = append(f.after.weight, exact.DoubleOf(g.w))
		f.after.squares = append(f.after.squares, exact.DoubleOf(g.square))
	}
}

// residuals returns the effects of all groups, less what the known totals
// explain: z - s·Σw, and Σz² - 2s·Σwz + s²·Σw², with s the shift of the cell.
func (t *fit) residuals(f *Frame, in []effect, cross func(i int) exact.Double) []effect {
	cells := make([]exact.Sum, t.of.Len())
	at := make([]int, len(f.groups.of))
	for i, e := range in {
		at[e.group] = i + 1
		e.z.AddTo(&cells[f.groups.of[e.group].cell])
	}
	z := make([]float64, len(cells))
	for c, sum := range cells {
		z[c] = sum.Float64()
	}
	shifts := t.of.Shifts(z)
	out := make([]effect, 0, len(f.groups.of))
	for g, of := range f.groups.of {
		e := effect{group: int32(g)}
		var wz exact.Double
		if i := at[g] - 1; i >= 0 {
			e = in[i]
			if f.kind == respondents {
				wz = cross(i)
			}
		}
		e.units = of.n
		s := exact.Number(shifts[of.cell])
		e.z = e.z.Minus(s.Times(t.weight[g]))
		if f.kind == respondents {
			e.zz = e.zz.Minus(s.Times(wz).Times(exact.Number(2))).Plus(s.Squared().Times(t.squares[g]))
		}
		out = append(out, e)
	}
	return out
}

// fitWide is fit for some figures at once.
type fitWide struct {
	*fit
	shifts [][]float64 // by cell and figure
	done   []bool      // of each group
}

func (t *fit) wide(f *Frame, in Influence) *fitWide {
	if t == nil {
		return nil
	}
	width := in.Width()
	sums := make([][]exact.Sum, width)
	for i := range sums {
		sums[i] = make([]exact.Sum, t.of.Len())
	}
	z := make([]float64, width)
	for at := range in.Parts() {
		group, _ := in.Part(at)
		in.Total(at, z)
		for i, x := range z {
			sums[i][f.groups.of[group].cell].Add(x)
		}
	}
	out := &fitWide{fit: t, shifts: make([][]float64, t.of.Len()), done: make([]bool, len(f.groups.of))}
	for c := range out.shifts {
		out.shifts[c] = make([]float64, width)
	}
	by := make([]float64, t.of.Len())
	for i := range sums {
		for c := range by {
			by[c] = sums[i][c].Float64()
		}
		for c, s := range t.of.Shifts(by) {
			out.shifts[c][i] = s
		}
	}
	return out
}

// total takes from the totals of a group what the known totals explain.
func (t *fitWide) total(f *Frame, group int32, z []float64) {
	if t == nil {
		return
	}
	t.done[group] = true
	w := t.weight[group].Float()
	for i, s := range t.shifts[f.groups.of[group].cell] {
		z[i] -= float64(s * w)
	}
}

// square does so for the products of a group, of which to holds the lower triangle.
func (t *fitWide) square(f *Frame, group int32, wz, to []float64) {
	w2 := t.squares[group].Float()
	s := t.shifts[f.groups.of[group].cell]
	for i := range s {
		for j := 0; j <= i; j++ {
			to[i*(i+1)/2+j] += float64(w2*float64(s[i]*s[j])) - float64(s[i]*wz[j]) - float64(wz[i]*s[j])
		}
	}
}

// rest enters the groups that the base does not reach.
func (t *fitWide) rest(w *wide) {
	if t == nil {
		return
	}
	z, none := make([]float64, w.width), make([]float64, w.width)
	for _, g := range w.groupsInOrder {
		if t.done[g] {
			continue
		}
		clear(z)
		t.total(w.Frame, g, z)
		node := w.groups.of[g].node
		if w.kind != respondents {
			plus(&w.units[node], z, w.width)
			continue
		}
		w.reached[node] += w.groups.of[g].n
		plus(&w.strata[node], z, w.width)
		t.square(w.Frame, g, none, w.triangle(node))
	}
}
