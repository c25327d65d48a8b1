package sampling

import "slices"

// Influence is what the respondents of each group add up to, for some figures
// at once.
type Influence interface {
	Width() int // how many figures
	Parts() int // how many groups are reached
	Part(at int) (group int32, respondents int64)
	Total(at int, z []float64)                    // Σz of a part
	Square(at int, add func(i, j int, x float64)) // Σ zi·zj of a part, j <= i; only where Frame.Squares
	Cross(at int, wz []float64)                   // Σ w·z of a part; only where Frame.Squares
}

// Covariance estimates the covariances of some figures at once, by the formula
// of Variance; in a replicate design, use Deviations. It returns none, with the
// reason, where they are undefined.
//
// Units are taken in the order of their names, so that the order of the answers
// does not matter.
func (f *Frame) Covariance(in Influence) ([][]float64, string) {
	w := newWide(f, in)
	out := square(in.Width())
	strata, known := 0, 0
	for _, h := range f.byName {
		reached := w.reached[h]
		if reached == 0 {
			continue
		}
		first := f.strata.of[h].stage == 0
		if first {
			strata++
		}
		switch f.rule(h, reached) {
		case unknown:
			if f.design.Lonely == LonelyFail {
				return nil, NoVariance
			}
			continue
		case nothing:
		case aboutAll:
			w.add(out, h, w.mean)
		default:
			w.add(out, h, nil)
		}
		if first {
			known++
		}
	}
	if known == 0 {
		return nil, NoVariance
	}
	if known < strata {
		by := float64(strata) / float64(known)
		for _, row := range out {
			for j := range row {
				row[j] *= by
			}
		}
	}
	return mirrored(out), ""
}

// wide carries the influences of some figures from groups to units.
type wide struct {
	*Frame
	in      Influence
	width   int
	reached []int64     // units of each stratum that are reached
	strata  [][]float64 // Σz of each stratum that is reached
	units   [][]float64 // Σz of each unit
	within  [][]float64 // Σ zi·zj of each stratum of respondents, lower triangle by rows
	mean    []float64   // of all units of the first stage
}

func newWide(f *Frame, in Influence) *wide {
	w := &wide{
		Frame: f, in: in, width: in.Width(), reached: make([]int64, len(f.strata.of)),
		strata: make([][]float64, len(f.strata.of)), units: make([][]float64, len(f.units.of)), within: make([][]float64, len(f.strata.of)),
	}
	w.enter()
	for stage := len(f.steps) - 1; stage >= 0; stage-- { // what is within comes before what it is in
		for _, h := range f.byName {
			of := f.strata.of[h]
			if of.stage != stage {
				continue
			}
			for _, k := range f.unitsOf[h] {
				w.unit(k)
			}
			if p := of.key.parent; p != None && w.strata[h] != nil {
				plus(&w.units[p], w.strata[h], w.width)
			}
		}
	}
	w.mean = make([]float64, w.width)
	var n float64
	for _, h := range f.byName {
		if f.strata.of[h].stage > 0 {
			continue
		}
		n += float64(f.strata.of[h].size)
		for i, z := range w.strata[h] {
			w.mean[i] += z
		}
	}
	for i := range w.mean {
		w.mean[i] /= n
	}
	return w
}

// enter adds the groups to the nodes of the last stage.
func (w *wide) enter() {
	z, wz := make([]float64, w.width), make([]float64, w.width)
	fitted := w.after.wide(w.Frame, w.in)
	for _, at := range w.inOrder() {
		group, n := w.in.Part(at)
		node := w.groups.of[group].node
		w.in.Total(at, z)
		fitted.total(w.Frame, group, z)
		if w.kind != respondents {
			plus(&w.units[node], z, w.width)
			continue
		}
		if fitted != nil {
			n = w.groups.of[group].n
		}
		w.reached[node] += n
		plus(&w.strata[node], z, w.width)
		to := w.triangle(node)
		w.in.Square(at, func(i, j int, x float64) { to[i*(i+1)/2+j] += x })
		if fitted != nil {
			w.in.Cross(at, wz)
			fitted.square(w.Frame, group, wz, to)
		}
	}
	fitted.rest(w)
}

func (w *wide) triangle(node int32) []float64 {
	if w.within[node] == nil {
		w.within[node] = make([]float64, w.width*(w.width+1)/2)
	}
	return w.within[node]
}

// inOrder returns the parts in the order of the names of their groups.
func (w *wide) inOrder() []int {
	out := make([]int, w.in.Parts())
	for i := range out {
		out[i] = i
	}
	byName := func(a, b int) int {
		ga, _ := w.in.Part(a)
		gb, _ := w.in.Part(b)
		return int(w.place[ga]) - int(w.place[gb])
	}
	if !slices.IsSortedFunc(out, byName) {
		slices.SortFunc(out, byName)
	}
	return out
}

// unit adds a unit to its stratum.
func (w *wide) unit(k int32) {
	if w.units[k] == nil {
		return
	}
	h := w.Frame.units.of[k].stratum
	w.reached[h]++
	plus(&w.strata[h], w.units[k], w.width)
}

// add adds what a stratum gives to the variance: the spread of its units about
// a centre, or (nil) about their own mean.
func (w *wide) add(out [][]float64, h int32, centre []float64) {
	s := w.Frame.strata.of[h]
	n := float64(s.size)
	by := float64(s.rest * w.share(h))
	if s.size > 1 {
		by *= n / (n - 1)
	}
	if centre == nil {
		centre = make([]float64, w.width)
		for i, z := range w.strata[h] {
			centre[i] = z / n
		}
	}
	last := w.kind == respondents && s.stage == len(w.steps)-1
	if last {
		t, z := w.triangle(h), w.strata[h]
		for i := range out {
			for j := 0; j <= i; j++ {
				x := t[i*(i+1)/2+j] - float64(centre[i]*z[j]) - float64(z[i]*centre[j]) + float64(n*float64(centre[i]*centre[j]))
				out[i][j] += float64(by * x)
			}
		}
		return
	}
	d := make([]float64, w.width)
	spread := func(z []float64, times float64) {
		for i := range d {
			d[i] = -centre[i]
			if z != nil {
				d[i] += z[i]
			}
		}
		for i, row := range out {
			x := float64(times * d[i])
			if x == 0 {
				continue
			}
			for j := range row[:i+1] {
				row[j] += float64(x * d[j])
			}
		}
	}
	for _, k := range w.unitsOf[h] {
		if w.units[k] != nil {
			spread(w.units[k], by)
		}
	}
	if rest := s.size - w.reached[h]; rest > 0 {
		spread(nil, float64(by*float64(rest)))
	}
}

func plus(to *[]float64, z []float64, width int) {
	if *to == nil {
		*to = make([]float64, width)
	}
	for i, x := range z {
		(*to)[i] += x
	}
}
