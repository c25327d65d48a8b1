package asked

import (
	"iter"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Numbered gives batches that know the place of each response in its repeat:
// which of the responses of its parent it is, from 1, in the order in which
// they were read. Of each parent it holds 4 bytes.
func Numbered(in iter.Seq2[Gathered, error]) iter.Seq2[Gathered, error] {
	return func(yield func(Gathered, error) bool) {
		var met []uint32 // by place of the parent
		for g, err := range in {
			if err == nil {
				met = g.number(met)
			}
			if !yield(g, err) {
				return
			}
		}
	}
}

// number finds the places of the responses of a batch. At the level of the
// respondents each is the first.
func (g *Gathered) number(met []uint32) []uint32 {
	g.positions = make([]int, g.Batch.Len())
	for i := range g.positions {
		parent := g.Batch.Parent(i)
		if parent < 0 {
			g.positions[i] = 1
			continue
		}
		if more := parent + 1 - int64(len(met)); more > 0 {
			met = append(met, make([]uint32, more)...)
		}
		met[parent]++
		g.positions[i] = int(met[parent])
	}
	return met
}

// Position returns the place of response i in its repeat, from 1. It is 1 where
// the batch was not asked to know it.
func (g Gathered) Position(i int) int {
	if g.positions == nil {
		return 1
	}
	return g.positions[i]
}

// GatheredRow is response I of a batch with the responses of its repeats, and
// its own place.
type GatheredRow struct {
	Gathered
	Survey *survey.Survey
	I      int
}

// Answer implements Row.
func (r GatheredRow) Answer(item int) Answer {
	c := r.Batch.Column(r.Survey.Items[item].Name)
	if c == nil {
		return Answer{Reason: survey.NotAnswered, Code: dataset.NoCode}
	}
	return Read(c, r.I)
}

// Group implements Grouped.
func (r GatheredRow) Group(item int) []Answer { return r.Gathered.Answers(&r.Survey.Items[item], r.I) }

// Responses implements Grouped.
func (r GatheredRow) Responses(level int) int { return r.Gathered.Responses(level, r.I) }

// Position implements Placed.
func (r GatheredRow) Position() int { return r.Gathered.Position(r.I) }
