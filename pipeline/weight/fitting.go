package weight

import (
	"fmt"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/weighting"
)

// finest is how many cells of margins and base weight a raking is described by,
// so that standard errors are those of R's survey package.
const finest = 10_000

// fitting takes the cells of the respondents from base weights to final ones.
type fitting struct {
	cfg    Config
	survey *survey.Survey
	file   string // of the frame

	cells  *weighting.Cells
	n      []float64 // respondents of each cell
	weight []float64 // Σ of their weights
	alike  bool      // whether all of a cell have the same base weight

	factor      []float64 // of each cell, so far
	calibration *weighting.Calibration
	found       []finding.Finding
}

func newFitting(cfg Config, s *survey.Survey, cells *weighting.Cells, mass []weighting.Mass) *fitting {
	f := &fitting{cfg: cfg, survey: s, cells: cells, alike: cfg.Column == "" || cells.Base != "",
		n: make([]float64, len(mass)), weight: make([]float64, len(mass)), factor: make([]float64, len(mass))}
	for c, m := range mass {
		f.n[c], f.weight[c], f.factor[c] = float64(m.N), m.W.Float64(), 1
	}
	return f
}

func (f *fitting) add(severity finding.Severity, kind, problem, remedy string) {
	f.found = append(f.found, finding.Finding{Stage: stage, Kind: kind, Severity: severity, Place: finding.Place{File: f.file}, Problem: problem, Remedy: remedy})
}

// multiply changes the weights of each cell by a factor.
func (f *fitting) multiply(by func(c int) float64) {
	for c := range f.weight {
		g := by(c)
		f.weight[c] = float64(f.weight[c] * g)
		f.factor[c] = float64(f.factor[c] * g)
	}
}

// trim bounds the weights of respondents.
func (f *fitting) trim() bool {
	if f.cfg.Trim.none() {
		return true
	}
	if !f.alike {
		f.add(finding.Refusal, "trim-weights", fmt.Sprintf("There are more than %d different base weights among respondents who are alike, too many to trim.", weighting.Finest), "Round the base weights, or trim them before.")
		return false
	}
	each := make([]float64, len(f.weight))
	for c, w := range f.weight {
		each[c] = w / f.n[c]
	}
	if !f.cfg.Trim.trim(each, f.n) {
		f.add(finding.Refusal, "trim-bounds", "No weights with this sum lie within the bounds of weight.trim.", "Give bounds further from the mean of the weights.")
		return false
	}
	f.multiply(func(c int) float64 { return each[c] / (f.weight[c] / f.n[c]) })
	return true
}

// fit brings the weights to the totals.
func (f *fitting) fit(t targets) bool {
	by, to := f.grouped(t)
	sample := weighting.Sample{Weight: make([]float64, by.Len()), N: make([]float64, by.Len()), Alike: f.alike && by == f.cells}
	missing, all := 0.0, 0.0
	for c, k := range to {
		sample.Weight[k] += f.weight[c]
		sample.N[k] += f.n[c]
		all += f.weight[c]
		if f.cells.Keys[c].Missing() {
			missing += f.weight[c]
		}
	}
	bound, found := t.bind(by, f.survey)
	f.found = append(f.found, found...)
	if finding.Refused(found) {
		return false
	}
	if missing == all {
		f.add(finding.Refusal, "weight-missing", "No respondent has an answer to all items of the margins.", "Weight by other items.")
		return false
	}
	share := 1 - missing/all // of the population, for those whose answers are known
	for _, m := range bound.margins {
		for k := range m.Totals {
			m.Totals[k] *= share
		}
	}
	for k := range bound.numbers {
		bound.numbers[k].Total *= share
	}
	out := f.run(sample, bound, t.size*share)
	if !out.Met && f.cfg.Epsilon == 0 {
		f.unmet(out, bound)
		return false
	}
	if !out.Met {
		f.add(finding.Warning, "weight-rounds", fmt.Sprintf("Raking did not come to rest by the rule of weight.epsilon within %d rounds.", out.Rounds), "Raise weight.iterations.")
	}
	for c, key := range by.Keys {
		if key.Missing() {
			out.Factor[c] = t.size / all
		}
	}
	if !f.positive(out.Factor, sample.N) {
		return false
	}
	f.calibration = weighting.NewCalibration(by, sample, out)
	f.multiply(func(c int) float64 { return out.Factor[to[c]] })
	return true
}

func (f *fitting) run(s weighting.Sample, b bound, size float64) weighting.Fit {
	switch f.cfg.Method {
	case PostStratify:
		return s.PostStratify(b.margins[0])
	case Rake:
		return s.Rake(b.margins, f.cfg.rule())
	default:
		return s.Calibrate(b.margins, b.numbers, size, f.cfg.Distance, f.cfg.bounds(), f.cfg.rule())
	}
}

// grouped returns the cells that the fit is described by, and for each of ours
// where it is among them: those of the margins alone or, for a raking, of base
// weights too while these are not too many.
func (f *fitting) grouped(t targets) (*weighting.Cells, []int32) {
	to := make([]int32, f.cells.Len())
	if f.cfg.Method == Rake && f.alike {
		if f.cells.Len() <= finest {
			for c := range to {
				to[c] = int32(c)
			}
			return f.cells, to
		}
		f.add(finding.Note, "raking-errors", fmt.Sprintf("Base weights and margins make more than %d cells, so standard errors after raking take the means of margins by base weights; those of R's survey package differ slightly.", finest), "Nothing to do.")
	}
	by := weighting.By{Items: t.items()}
	places := placesOf(f.cells, by.Items)
	at := map[string]int{}
	var keys []weighting.Key
	for _, key := range f.cells.Keys {
		values := pick(key.Values, places)
		if _, ok := at[valuesKey(values)]; !ok {
			at[valuesKey(values)] = 0
			keys = append(keys, weighting.Key{Values: values})
		}
	}
	cells := weighting.NewCells(by, keys)
	for k, key := range cells.Keys {
		at[valuesKey(key.Values)] = k
	}
	for c, key := range f.cells.Keys {
		to[c] = int32(at[valuesKey(pick(key.Values, places))])
	}
	return cells, to
}

// unmet names the totals that cannot be met.
func (f *fitting) unmet(out weighting.Fit, b bound) {
	var names []string
	for _, m := range out.Misses {
		switch {
		case m.Margin >= len(b.margins):
			names = append(names, "the item "+b.named[m.Margin-len(b.margins)])
		case b.of[m.Margin] == nil:
			names = append(names, "the size of the population")
		default:
			names = append(names, b.of[m.Margin].describe(b.of[m.Margin].rows[m.Category].values, f.survey))
		}
	}
	remedy := "Correct totals that contradict each other, merge choices with few respondents, or leave a margin out."
	if len(f.cfg.Bounds) > 0 {
		remedy = "Widen weight.bounds, merge choices with few respondents, or leave a margin out."
	}
	f.add(finding.Refusal, "weight-unmet", fmt.Sprintf("After %d rounds the weights do not meet these totals: %s.", out.Rounds, few(names)), remedy)
}

// positive refuses factors that make a weight zero or less.
func (f *fitting) positive(factor, n []float64) bool {
	var bad float64
	for c, g := range factor {
		if !(g > smallest && g < largest) {
			bad += n[c]
		}
	}
	if bad == 0 {
		return true
	}
	remedy := "Set weight.distance to raking, or to logit with weight.bounds."
	if f.cfg.Method != Calibrate {
		remedy = "Look at the totals of " + strings.Join(f.cells.Items, ", ") + "."
	}
	f.add(finding.Refusal, "weight-negative", fmt.Sprintf("The totals give %.0f respondents a weight of zero or less, or one beyond any use.", bad), remedy)
	return false
}
