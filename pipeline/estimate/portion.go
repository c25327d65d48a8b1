package estimate

import (
	"context"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// totalsAtOnce is how many exact totals a worker may hold by sampling unit:
// some 100 MB of them.
const totalsAtOnce = 2 << 20

// portions divides the rows of a plan so that the totals of a portion fit into
// memory. Only totals by sampling unit can be many: other designs are served
// in one portion. Each portion reads the answers once, and their number
// changes no figure.
func portions(ctx context.Context, e engine.Engine, d *dataset.Dataset, level int, plan table.Plan, rows []int, cfg Config, most int64) ([][]int, error) {
	t, _ := NewTally(d.Survey, d.Levels[level].Layout, table.Plan{}, cfg)
	if t.frame.Squares() {
		return [][]int{rows}, nil
	}
	t, _, err := tallied(ctx, e, d, level, table.Plan{}, cfg)
	if err != nil {
		return nil, err
	}
	var out [][]int
	var held int64
	for _, row := range rows {
		more := totals(d.Survey, plan.Rows[row], int64(t.frame.Groups()), d.Levels[level].Rows)
		if len(out) == 0 || held+more > most {
			out, held = append(out, nil), 0
		}
		held += more
		out[len(out)-1] = append(out[len(out)-1], row)
	}
	return out, nil
}

// totals returns how many totals a row of the plan can need: one for each
// column and each sampling unit that reaches a domain.
func totals(s *survey.Survey, r table.Row, groups, responses int64) int64 {
	columns := int64(moments)
	if item, ok := s.Item(r.Item); ok && item.Type.HasChoices() {
		columns = int64(len(s.Choices(item))) + 2
	}
	for _, with := range r.With {
		columns++
		if item, ok := s.Item(with); ok {
			columns += int64(len(s.Choices(item)))
		}
	}
	places, reached := groups, responses
	for _, by := range r.By {
		item, ok := s.Item(by)
		if !ok {
			continue
		}
		n := int64(len(s.Choices(item)))
		places *= n
		if several(item) {
			reached *= n
		}
	}
	return columns * min(places, reached)
}
