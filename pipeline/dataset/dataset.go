// Package dataset holds what was answered: the responses to a survey as Arrow
// batches, one stream of batches a level. A Dataset is immutable, can be read
// again and again, and never needs more memory than a few batches, however
// many respondents there are.
//
// Beside each answer stands its Reason: answered, or why there is none. A
// choice is a code from the moment it is read, the index of the choice in its
// list. A cell that does not bind keeps its raw text beside it.
package dataset

import (
	"iter"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Dataset is the answers to a survey.
type Dataset struct {
	Survey *survey.Survey
	Levels []Level  // one for each level of the survey, in its order
	Files  []string // names of the files read; Origin.File is an index into it
}

// Level is the responses of one level.
type Level struct {
	Layout Layout
	Rows   int64
	Source Source // where its batches can be read, again and again
}

// Source gives the batches of a level in a fixed order.
type Source interface {
	Batches() iter.Seq2[*Batch, error]
}

// Batches reads the batches of a level in order.
func (d *Dataset) Batches(level int) iter.Seq2[*Batch, error] {
	return d.Levels[level].Source.Batches()
}

// Holds reports whether the answers hold an item of the survey.
func (d *Dataset) Holds(it *survey.Item) bool {
	return it.Level < len(d.Levels) && d.Levels[it.Level].Layout.Has(it.Name)
}

// Respondents returns how many respondents the dataset holds.
func (d *Dataset) Respondents() int64 { return d.Levels[0].Rows }

// Memory is a Source held in memory, for tests and small levels.
type Memory []*Batch

// Batches implements Source.
func (m Memory) Batches() iter.Seq2[*Batch, error] {
	return func(yield func(*Batch, error) bool) {
		for _, b := range m {
			if !yield(b, nil) {
				return
			}
		}
	}
}
