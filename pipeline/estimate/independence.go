package estimate

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/soundings-survey/soundings/pipeline/estimate/dist"
	"github.com/soundings-survey/soundings/pipeline/estimate/hypothesis"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// The tests of independence. The first is the one that is made where the plan
// names none.
const (
	RaoScottF  = "rao-scott-f"     // second-order corrected, against F (Rao and Scott 1984; Thomas and Rao 1987)
	RaoScott   = "rao-scott-chisq" // first-order corrected, against chi-square (Rao and Scott 1981)
	WaldF      = "wald-f"          // Wald's on the deviations from independence (Koch, Freeman and Freeman 1975)
	AdjWaldF   = "adj-wald-f"      // the same, for few degrees of freedom (Thomas and Rao 1987)
	ChiSquare  = "chisq"           // Pearson's on counts, which knows nothing of weights and design
	FisherTest = "fisher"          // Fisher's exact test on counts
)

// independenceMaker makes the table of a test of independence.
type independenceMaker struct {
	tally    int // among the choice tallies
	columns  []int32
	names    []string
	multiple bool
}

// bindIndependence binds a test of a select item by the groups of others.
func bindIndependence(b *binder, r table.Row, item *survey.Item) (maker, bool) {
	if !item.Type.HasChoices() {
		return nil, b.refuse(r.Item, "plan-analysis", fmt.Sprintf("The plan asks for %s of the item %s, which has no choices.", r.Analysis, r.Item),
			"Use test_mean or test_rank for numbers.")
	}
	switch r.Method {
	case "", RaoScottF, RaoScott, WaldF, AdjWaldF:
	case ChiSquare, FisherTest:
		if !b.plainMethod(r) {
			return nil, false
		}
	default:
		return nil, b.refuse(r.Item, "plan-method", fmt.Sprintf("The plan asks for the test of independence %q, which is not known.", r.Method),
			"Use rao-scott-f, rao-scott-chisq, wald-f, adj-wald-f, chisq or fisher.")
	}
	if !b.groupsApart(r) {
		return nil, false
	}
	return b.choicesByGroups(r, item), true
}

// groupsApart reports whether the domains of a row are groups that nobody is in
// two of.
func (b *binder) groupsApart(r table.Row) bool {
	if len(r.By) == 0 {
		return b.refuse(r.Item, "plan-by", fmt.Sprintf("The plan asks for %s of the item %s without groups.", r.Analysis, r.Item), "Name the groups under group_var.")
	}
	for _, name := range r.By {
		if item, _ := b.survey.Item(name); several(item) {
			return b.refuse(name, "plan-by", fmt.Sprintf("The plan asks for %s by the item %s, whose groups overlap.", r.Analysis, name),
				"Compare groups of an item that takes a single choice.")
		}
	}
	return true
}

// choicesByGroups binds the choices of an item by the groups of a row.
func (b *binder) choicesByGroups(r table.Row, item *survey.Item) independenceMaker {
	m := independenceMaker{tally: b.choiceTally(item, b.crossing(r.By)), multiple: several(item)}
	first := 0
	if m.multiple {
		first = 1
	}
	var columns [][]int32
	m.names, columns = answers(b.survey.Choices(item), int32(first))
	for _, c := range columns {
		m.columns = append(m.columns, c[0])
	}
	return m
}

// table makes a test of the whole item or, where it takes several choices, one
// for each of them.
func (m independenceMaker) table(t *Tally, r table.Row) (*table.Table, []finding.Finding) {
	tally := t.estimators[m.tally].(*choiceTally)
	out := t.testTable(r, tally)
	if !m.multiple {
		out.Tests = []table.Test{t.independence(r, t.joint(tally, m.columns, false))}
		return out, nil
	}
	for i, column := range m.columns {
		test := t.independence(r, t.joint(tally, []int32{column}, true))
		test.Choice = m.names[i]
		out.Tests = append(out.Tests, test)
	}
	return out, nil
}

// testTable returns a table without cells, whose domains have the bases of an item.
func (t *Tally) testTable(r table.Row, tally *choiceTally) *table.Table {
	out := t.emptyTable(r, t.crossings[tally.of.crossing], nil)
	for d := range out.Domains {
		var total sampling.Mass
		for _, p := range tally.cells.parts(d) {
			if t.frame.Replicated() == 0 || p.Group == 0 {
				tally.addBase(p.Block, &total)
			}
		}
		out.Domains[d].Base = tally.bases.base(d, total, tally.squareOf(d, total))
	}
	return out
}

// independence tests a cross table. Choices and groups without anybody are out.
func (t *Tally) independence(r table.Row, whole *joint) table.Test {
	method := r.Method
	if method == "" {
		method = RaoScottF
	}
	j, domains, choices := whole.without()
	out := untested(method, j.bad)
	out.N = j.rows()
	switch {
	case j.bad != "":
		out.N = whole.rows()
		return out
	case len(domains) < 2 || len(choices) < 2:
		out.Why = NothingToCompare
		return out
	}
	x2, n := j.pearson(), float64(j.rows())
	out.Effect, out.EffectName = math.Sqrt(x2/float64(n*float64(min(j.domains, j.choices)-1))), "cramer_v"
	switch method {
	case ChiSquare, FisherTest:
		return j.plain(out)
	case WaldF, AdjWaldF:
		return j.wald(t, out)
	}
	return j.raoScott(t, out, x2)
}

// NothingToCompare is why there is no test where all are in one group, or all
// made one choice.
const NothingToCompare = "nothing to compare"

// margins returns the shares of domains and choices.
func (j *joint) margins() (domain, choice []float64) {
	domain, choice = make([]float64, j.domains), make([]float64, j.choices)
	for i, p := range j.share {
		domain[i/j.choices] += p
		choice[i%j.choices] += p
	}
	return domain, choice
}

// pearson returns Pearson's statistic on the shares of the cells, for as many
// as there are respondents.
func (j *joint) pearson() float64 {
	domain, choice := j.margins()
	var sum float64
	for i, p := range j.share {
		e := float64(domain[i/j.choices] * choice[i%j.choices])
		sum += float64((p-e)*(p-e)) / e
	}
	return float64(float64(j.rows()) * sum)
}

// contrasts returns an orthonormal basis of what is not in the margins: the
// product of contrasts between domains and between choices.
func (j *joint) contrasts() *mat.Dense {
	a, b := helmert(j.domains), helmert(j.choices)
	out := mat.NewDense(j.domains*j.choices, (j.domains-1)*(j.choices-1), nil)
	for i := range j.domains * j.choices {
		for x := range j.domains - 1 {
			for y := range j.choices - 1 {
				out.Set(i, x*(j.choices-1)+y, a[i/j.choices][x]*b[i%j.choices][y])
			}
		}
	}
	return out
}

// helmert returns n-1 orthonormal contrasts of n levels, by level.
func helmert(n int) [][]float64 {
	out := make([][]float64, n)
	for i := range out {
		out[i] = make([]float64, n-1)
	}
	for c := range n - 1 {
		size := math.Sqrt(float64((c + 1) * (c + 2)))
		for i := range c + 1 {
			out[i][c] = 1 / size
		}
		out[c+1][c] = -float64(c+1) / size
	}
	return out
}

// shareChanges returns by how much the share of each cell changes with what
// each cell weighs.
func (j *joint) shareChanges() [][]float64 {
	out := make([][]float64, len(j.share))
	for f, p := range j.share {
		out[f] = make([]float64, len(j.share))
		for i := range out[f] {
			out[f][i] = -p / j.all
		}
		out[f][f] = (1 - p) / j.all
	}
	return out
}

// raoScott corrects Pearson's statistic by the generalised design effects, the
// eigenvalues of Δ = (C'D⁻¹(D-pp')D⁻¹C/n)⁻¹·C'D⁻¹VD⁻¹C, with V the covariances
// of the shares of the cells, D their diagonal and C the contrasts (Rao and
// Scott 1984; as svychisq of R's survey package).
func (j *joint) raoScott(t *Tally, out table.Test, x2 float64) table.Test {
	v, why := j.shareCovariance(t)
	if why != "" {
		out.Why = why
		return out
	}
	c := j.contrasts()
	cells, k := c.Dims()
	scaled := mat.NewDense(cells, k, nil) // D⁻¹C
	for i := range cells {
		if j.share[i] == 0 {
			continue
		}
		for x := range k {
			scaled.Set(i, x, c.At(i, x)/j.share[i])
		}
	}
	var under, spread, over, delta mat.Dense
	under.Mul(c.T(), scaled)
	under.Scale(1/float64(j.rows()), &under)
	cov := mat.NewDense(cells, cells, nil)
	for i, row := range v {
		cov.SetRow(i, row)
	}
	spread.Mul(cov, scaled)
	over.Mul(scaled.T(), &spread)
	if err := delta.Solve(&under, &over); err != nil {
		out.Why = NoVariance
		return out
	}
	trace := mat.Trace(&delta)
	var squared mat.Dense
	squared.Mul(&delta, &delta)
	if !(trace > 0) {
		out.Why = NoVariance
		return out
	}
	if out.Method == RaoScottF && j.df <= 0 {
		out.Why = NoFreedom
		return out
	}
	if out.Method == RaoScott {
		out.Statistic, out.NDF, out.DDF = x2/(trace/float64(k)), float64(k), math.Inf(1)
		out.P = dist.ChiSquareUpper(out.Statistic, float64(k))
	} else {
		out.Statistic, out.NDF = x2/trace, float64(trace*trace)/mat.Trace(&squared)
		out.DDF = float64(out.NDF * float64(j.df))
		out.P = dist.FUpper(out.Statistic, out.NDF, out.DDF)
	}
	out.Adjusted = out.P
	return out
}

// wald tests that all cells deviate by nothing from what the margins imply,
// N_dc - N_d·N_c/N, by the covariances of these deviations.
func (j *joint) wald(t *Tally, out table.Test) table.Test {
	domain, choice := j.margins()
	var at []int
	for i := range j.share {
		if i/j.choices > 0 && i%j.choices > 0 {
			at = append(at, i)
		}
	}
	change := make([][]float64, len(at))
	y := make([]float64, len(at))
	for f, i := range at {
		d, c := i/j.choices, i%j.choices
		y[f] = float64(j.all * (j.share[i] - float64(domain[d]*choice[c])))
		change[f] = make([]float64, len(j.share))
		for k := range change[f] {
			x := float64(domain[d] * choice[c])
			if k/j.choices == d {
				x -= choice[c]
			}
			if k%j.choices == c {
				x -= domain[d]
			}
			if k == i {
				x++
			}
			change[f][k] = x
		}
	}
	v, why := j.covariance(t, change, func(cell []float64) []float64 { return deviations(cell, at, j.choices) })
	if why != "" {
		out.Why = why
		return out
	}
	k := len(at)
	cov := mat.NewDense(k, k, nil)
	for i, row := range v {
		cov.SetRow(i, row)
	}
	var x mat.VecDense
	deviation := mat.NewVecDense(k, y)
	if err := x.SolveVec(cov, deviation); err != nil {
		out.Why = NoVariance
		return out
	}
	w := mat.Dot(deviation, &x)
	out.Statistic, out.NDF, out.DDF = w/float64(k), float64(k), float64(j.df)
	if out.Method == AdjWaldF {
		out.DDF = float64(j.df) - float64(k) + 1
		out.Statistic = w * out.DDF / float64(float64(k)*float64(j.df))
	}
	if !(out.DDF > 0) {
		out.Statistic, out.Why = math.NaN(), NoFreedom
		return out
	}
	out.P = dist.FUpper(out.Statistic, out.NDF, out.DDF)
	out.Adjusted = out.P
	return out
}

func sharesOf(cell []float64) []float64 {
	var all float64
	for _, w := range cell {
		all += w
	}
	out := make([]float64, len(cell))
	for i, w := range cell {
		out[i] = w / all
	}
	return out
}

// deviations returns N_dc - N_d·N_c/N of some cells.
func deviations(cell []float64, at []int, choices int) []float64 {
	domain, choice := make([]float64, len(cell)/choices), make([]float64, choices)
	var all float64
	for i, w := range cell {
		domain[i/choices] += w
		choice[i%choices] += w
		all += w
	}
	out := make([]float64, len(at))
	for f, i := range at {
		out[f] = cell[i] - float64(domain[i/choices]*choice[i%choices])/all
	}
	return out
}

// plain tests the counts, as if they were those of a simple random sample.
func (j *joint) plain(out table.Test) table.Test {
	counts := hypothesis.NewCounts(j.domains, j.choices)
	copy(counts.N, j.n)
	if out.Method == ChiSquare {
		c := hypothesis.Associate(counts)
		out.Statistic, out.NDF, out.DDF, out.P = c.Pearson.Statistic, c.Pearson.DF, math.Inf(1), c.Pearson.P
		out.Why = string(c.Pearson.Reason)
		out.Adjusted = out.P
		return out
	}
	f, err := hypothesis.Fisher(counts, 0.95)
	if err != nil {
		out.Why = TooLarge
		return out
	}
	out.P, out.Adjusted = f.P, f.P
	return out
}

// TooLarge is why there is no exact test of a table with too many cells and
// respondents.
const TooLarge = "table too large for an exact test"
