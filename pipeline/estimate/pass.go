package estimate

import (
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
)

// An estimator gathers what some rows of the plan need. It declares in how
// many passes over the answers; in each it adds up batches into totals that can
// be merged, and at its end settles what the pass has found, which the empty
// copies made for the next pass then know.
//
// Adding and merging are exact: the totals do not depend on the order of the
// answers, nor on who added which batch.
type estimator interface {
	passes() int
	fresh(pass int) estimator          // an empty copy for a pass, knowing what was settled before
	add(v *view)                       // adds a batch
	merge(o estimator, groups []int32) // adds o's totals; group g of o is groups[g] here
	settle(pass int)                   // all answers have been added in this pass
}

// A foreseer is an estimator that must know, once a pass is settled, what the
// design makes of its totals, to see whether it needs another pass.
type foreseer interface{ foresee(t *Tally) }

// view is a batch as all estimators see it: its weights, the design group of
// each response, and the domains of each crossing, made once for all.
type view struct {
	batch *dataset.Batch

	replicate bool // under the weights of a replicate: the responses have been counted already

	group    []int32   // of each response
	weight   []float64 // nil when all are 1
	square   []float64 // squares of the weights, and what rounding took from
	residue  []float64 // them, where strata make it matter; else nil
	groups   int       // how many groups of the design have been met: strata, or sampling units
	crossing []incidence
	by       []crossing
}

// in returns the domains of a crossing, found once for all estimators.
func (v *view) in(at int) incidence {
	if v.crossing[at].row == nil {
		v.crossing[at] = v.by[at].incidence(v.batch, v.group)
	}
	return v.crossing[at]
}

// none stands for no group and no block.
const none int32 = -1

// addSquare adds the squared weight of response i to a sum.
func (v *view) addSquare(i int32, sum *exact.Sum) bool {
	ok := sum.Add(v.square[i])
	if v.residue != nil && v.residue[i] != 0 {
		ok = sum.Add(v.residue[i]) && ok
	}
	return ok
}
