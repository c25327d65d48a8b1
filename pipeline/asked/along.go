package asked

import (
	"iter"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Needs are what expressions about one level speak of: names of items and of
// repeats, and whether one asks for the place of a response in its repeat.
type Needs struct {
	Names    []string
	Position bool
}

// Add adds what an expression speaks of.
func (n *Needs) Add(x *Expression) {
	n.Names = append(n.Names, x.bound.Items()...)
	n.Position = n.Position || x.bound.UsesPosition()
}

// Along returns the batches of a level with all that its expressions need:
// answers of the levels above beside their own (see Widen), responses of the
// repeats below with them (see Gather), and the place of each in its repeat.
// Names are of s, which may have more items than the levels.
func Along(s *survey.Survey, levels []dataset.Level, level int, n Needs) iter.Seq2[Gathered, error] {
	a := along{s, levels, level}
	above, below := map[int][]string{}, map[int]dataset.Level{}
	var items []string
	for _, name := range n.Names {
		item, ok := s.Item(name)
		at := 0
		if ok {
			at = item.Level
		} else {
			at, _ = s.LevelIndex(name)
		}
		switch {
		case at == level:
		case ok && a.under(level, at):
			above[at] = append(above[at], name)
		case a.under(at, level):
			below[at] = a.raised(at)
			if ok {
				items = append(items, name)
			}
		}
	}
	in := a.widened(level, above)
	source := bare(in)
	if len(below) > 0 {
		source = Gather(in, below, items)
	}
	if n.Position {
		source = Numbered(source)
	}
	return source
}

func bare(in dataset.Level) iter.Seq2[Gathered, error] {
	return func(yield func(Gathered, error) bool) {
		for b, err := range in.Source.Batches() {
			if !yield(Gathered{Batch: b}, err) {
				return
			}
		}
	}
}

type along struct {
	survey *survey.Survey
	levels []dataset.Level
	level  int
}

// under reports whether a level lies below another.
func (a along) under(level, above int) bool {
	for level > 0 {
		if level = a.survey.Levels[level].Parent; level == above {
			return true
		}
	}
	return false
}

// widened returns a level with the answers above it that are needed.
func (a along) widened(level int, above map[int][]string) dataset.Level {
	parent := a.survey.Levels[level].Parent
	if parent < 0 || len(above) == 0 {
		return a.levels[level]
	}
	up := a.widened(parent, above)
	var take []string
	for at := parent; at >= 0; at = a.survey.Levels[at].Parent {
		for _, name := range above[at] {
			if up.Layout.Has(name) && !slices.Contains(take, name) {
				take = append(take, name)
			}
		}
	}
	return Widen(a.levels[level], up, take)
}

// raised returns a repeat whose responses hold the place of theirs in the level
// that is read.
func (a along) raised(at int) dataset.Level {
	out := a.levels[at]
	for parent := a.survey.Levels[at].Parent; parent > 0 && parent != a.level; parent = a.survey.Levels[parent].Parent {
		out = Raise(out, a.levels[parent])
	}
	return out
}
