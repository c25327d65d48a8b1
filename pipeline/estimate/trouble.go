package estimate

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

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

// weights returns the weights of a batch with their squares and what rounding
// took from these. A weight that is negative or not a number counts as 0, and
// is marked in the frame.
func weights(b *dataset.Batch, residues bool, f *frame) (weight, square, residue []float64) {
	weight = b.Weights()
	if weight == nil {
		return nil, nil, nil
	}
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
	square = make([]float64, len(weight))
	if residues {
		residue = make([]float64, len(weight))
	}
	for i, w := range weight {
		p := product(w, w)
		square[i] = p.hi
		if residues {
			residue[i] = p.lo
		}
	}
	return weight, square, residue
}

// troubles returns a finding for each kind of response that could not be used
// as it is, at the first of them.
func (t *Tally) troubles() []finding.Finding {
	var out []finding.Finding
	report := func(tr trouble, kind, column, problem, remedy string) {
		if tr.count == 0 {
			return
		}
		out = append(out, finding.Finding{
			Stage: stage, Kind: kind, Severity: finding.Refusal, Count: tr.count,
			Place: finding.Place{File: t.file(tr.first.File), Row: int(tr.first.Row), Column: column}, Problem: problem, Remedy: remedy,
		})
	}
	report(t.frame.missing.weight, "bad-weight", "", "There are responses with a weight that is negative or not a number.", "Correct the weights.")
	m, d := t.frame.missing, t.config.Design
	report(m.strata, "no-stratum", d.Strata, "There are responses without a stratum.", "Give every response its stratum.")
	report(m.psu, "no-psu", d.PSU, "There are responses without a primary sampling unit.", "Give every response its sampling unit.")
	report(m.fpc, "no-fpc", d.FPC, "There are responses without a finite population correction.", "Give every response the number of its stratum.")
	return out
}

func (t *Tally) file(i int) string {
	if i >= 0 && i < len(t.files) {
		return t.files[i]
	}
	return ""
}
