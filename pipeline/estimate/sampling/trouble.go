package sampling

import (
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

// missing marks the responses whose place or weight in the design is not known.
type missing struct{ strata, unit, fpc, cell, weight trouble }

func (m *missing) merge(o missing) {
	m.strata.merge(o.strata)
	m.unit.merge(o.unit)
	m.fpc.merge(o.fpc)
	m.cell.merge(o.cell)
	m.weight.merge(o.weight)
}

// trouble counts responses of which something is the matter, and remembers the
// first of them in the order of the files, whoever met it.
type trouble struct {
	count int64
	first dataset.Origin
}

func (t *trouble) mark(b *dataset.Batch, i int) {
	t.merge(trouble{1, b.Origin(i)})
}

func (t *trouble) merge(o trouble) {
	if t.count == 0 || o.count > 0 && earlier(o.first, t.first) {
		t.first = o.first
	}
	t.count += o.count
}

func earlier(a, b dataset.Origin) bool {
	if a.File != b.File {
		return a.File < b.File
	}
	return a.Row < b.Row
}

// Weights returns the weights of a batch as they can be used. A weight that is
// negative or not a number counts as 0, and is marked. There are none (nil)
// where all are 1, but in a replicate design, whose replicates have weights.
func (f *Frame) Weights(b *dataset.Batch) []float64 {
	if weight := b.Weights(); weight != nil || f.kind != replicates {
		return f.usable(b, weight)
	}
	return slices.Repeat([]float64{1}, b.Len())
}

func (f *Frame) usable(b *dataset.Batch, weight []float64) []float64 {
	copied := false
	for i, w := range weight {
		if w >= 0 && w < math.MaxFloat32 {
			continue
		}
		if !copied {
			weight, copied = append([]float64(nil), weight...), true
		}
		weight[i] = 0
		if !f.known {
			f.missing.weight.mark(b, i)
		}
	}
	return weight
}

// Replicate returns the weights of a batch in a replicate, 1 to Replicated.
func (f *Frame) Replicate(b *dataset.Batch, r int) []float64 {
	c := b.Column(f.design.Replicates.Columns[r-1])
	out := make([]float64, b.Len())
	whole := f.Weights(b)
	for i := range out {
		switch {
		case !c.Answered(i):
			out[i] = math.NaN()
		case c.Ints != nil:
			out[i] = float64(c.Ints[i])
		default:
			out[i] = c.Floats[i]
		}
		if f.design.Replicates.Factors && whole != nil {
			out[i] *= whole[i]
		}
	}
	return f.usable(b, out)
}

// troubles returns a finding for each kind of response that could not be used
// as it is, at the first of them.
func (f *Frame) troubles() []finding.Finding {
	var out []finding.Finding
	report := func(tr trouble, kind, column, problem, remedy string) {
		if tr.count == 0 {
			return
		}
		out = append(out, finding.Finding{
			Stage: stage, Kind: kind, Severity: finding.Refusal, Count: tr.count,
			Place: finding.Place{File: f.file(tr.first.File), Row: int(tr.first.Row), Column: column}, Problem: problem, Remedy: remedy,
		})
	}
	m, d := f.missing, f.design
	report(m.weight, "bad-weight", "", "There are responses with a weight that is negative or not a number.", "Correct the weights.")
	report(m.strata, "no-stratum", d.Strata, "There are responses without a stratum.", "Give every response its stratum.")
	report(m.unit, "no-psu", d.PSU, "There are responses without a primary sampling unit.", "Give every response its sampling unit.")
	report(m.fpc, "no-fpc", d.FPC, "There are responses without a finite population correction.", "Give every response the number of its stratum.")
	report(m.cell, "no-cell", "", "There are responses with weights that were not fitted with the others.", "Run the weighting again for all responses.")
	return out
}

func (f *Frame) file(i int) string {
	if i >= 0 && i < len(f.files) {
		return f.files[i]
	}
	return ""
}
