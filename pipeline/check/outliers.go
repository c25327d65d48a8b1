package check

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// fewest is how many numbers must be there before one of them can be unusual.
const fewest = 10

// skewed is the skewness from which numbers are judged by their logarithms.
const skewed = 1

// outliers finds numbers far from the others: beyond fences around the
// quartiles (Tukey 1977, §2D), or many standard deviations from the mean; for
// skewed numbers that are never negative, on the scale of ln(1 + x).
func (w *work) outliers(level int) ([]looker, error) {
	cfg := w.cfg.Outliers
	if cfg.Off || cfg.IQR == 0 && cfg.SD == 0 || !w.known("outliers.leave", cfg.Leave...) {
		return nil, nil
	}
	by, domains := w.domains(level)
	var items []*survey.Item
	for _, item := range w.held(level) {
		if item.Type.Numeric() && item.Derived == "" && !slices.Contains(cfg.Leave, item.Name) {
			items = append(items, item)
		}
	}
	if len(items) == 0 {
		return nil, nil
	}
	o := &outlying{cfg: cfg, by: by, items: items, stride: 1 + domains}
	all, err := measure(w, w.d.Levels[level], len(items)*o.stride, o.read, 0.25, 0.75)
	if err != nil {
		return nil, fmt.Errorf("look how numbers are spread: %w", err)
	}
	for _, s := range all {
		o.bounds = append(o.bounds, cfg.bounds(s))
	}
	return []looker{o}, nil
}

// domains returns the item that numbers are compared by, and how many choices
// it has.
func (w *work) domains(level int) (string, int) {
	by := w.cfg.Outliers.By
	if by == "" || !w.known("outliers.by", by) {
		return "", 0
	}
	item, _ := w.d.Survey.Item(by)
	if item.Type != survey.SelectOne {
		w.found.Add(finding.Finding{Stage: stage, Kind: "checks", Severity: finding.Refusal, Place: finding.Place{Column: "checks.outliers.by"},
			Problem: "Numbers cannot be compared by " + by + ", which is no item with a single choice.", Remedy: "Name a select_one item."})
		return "", 0
	}
	if item.Level != level || !w.d.Levels[level].Layout.Has(by) {
		return "", 0
	}
	return by, len(w.d.Survey.Choices(item))
}

type outlying struct {
	cfg    Outliers
	by     string
	items  []*survey.Item
	stride int // series an item: everybody, then each domain
	bounds []bounds
}

// numbers calls f for each number of a column.
func numbers(c *dataset.Column, f func(i int, x float64)) {
	for i, reason := range c.Reasons {
		switch {
		case reason != survey.Answered:
		case c.Item.Type == survey.Decimal:
			f(i, c.Floats[i])
		default:
			f(i, float64(c.Ints[i]))
		}
	}
}

func (o *outlying) read(b *dataset.Batch, put func(int, float64)) {
	codes := o.codes(b)
	for k, item := range o.items {
		numbers(b.Column(item.Name), func(i int, x float64) {
			put(k*o.stride, x)
			if codes != nil && codes[i] != dataset.NoCode {
				put(k*o.stride+1+int(codes[i]), x)
			}
		})
	}
}

func (o *outlying) codes(b *dataset.Batch) []int32 {
	if o.by == "" {
		return nil
	}
	return b.Column(o.by).Codes
}

func (o *outlying) look(s *sheet) {
	codes := o.codes(s.b)
	for k, item := range o.items {
		n := int64(0)
		numbers(s.b.Column(item.Name), func(i int, x float64) {
			in, whom := o.bounds[k*o.stride], "all"
			if codes != nil && codes[i] != dataset.NoCode {
				if own := o.bounds[k*o.stride+1+int(codes[i])]; own.enough {
					in, whom = own, "those with the same answer to "+o.by
				}
			}
			if !in.enough {
				return
			}
			n++
			if why := in.broken(x); why != "" {
				s.tell(i, remark{check: Outlier, item: item.Name, issue: "outlier", comment: "Compared with " + whom + ": " + why + "."})
			}
		})
		s.looked(Outlier, item.Name, n)
	}
}

// bounds are between which numbers are usual.
type bounds struct {
	enough bool
	rules  []rule
}

type rule struct {
	low, high float64
	what      string
}

func (b bounds) broken(x float64) string {
	var why []string
	for _, r := range b.rules {
		if x < r.low || x > r.high {
			why = append(why, "outside "+decimal(r.low)+" to "+decimal(r.high)+", "+r.what)
		}
	}
	return strings.Join(why, "; ")
}

func decimal(x float64) string { return strconv.FormatFloat(x, 'g', 6, 64) }

// bounds works out the bounds of a series. A rule whose spread is nothing, as
// when half of all numbers are the same, says nothing and is left out.
func (o Outliers) bounds(s *series) bounds {
	if s.n < fewest {
		return bounds{}
	}
	out := bounds{enough: true}
	log := o.Log && !s.negative && !s.outOfRange && s.skewness() > skewed
	to, back, scale := func(x float64) float64 { return x }, func(x float64) float64 { return x }, ""
	m := s.plain()
	if log {
		to, back, scale, m = math.Log1p, math.Expm1, " of ln(1 + x)", s.log()
	}
	if q1, q3 := to(s.quantile(0.25)), to(s.quantile(0.75)); o.IQR > 0 && q3 > q1 {
		reach := float64(o.IQR * (q3 - q1))
		out.rules = append(out.rules, rule{back(q1 - reach), back(q3 + reach), "the quartiles" + scale + " with " + decimal(o.IQR) + " times their distance on either side"})
	}
	if o.SD > 0 && !s.outOfRange && m.sd > 0 {
		reach := float64(o.SD * m.sd)
		out.rules = append(out.rules, rule{back(m.mean - reach), back(m.mean + reach), "the mean" + scale + " with " + decimal(o.SD) + " standard deviations on either side"})
	}
	return out
}
