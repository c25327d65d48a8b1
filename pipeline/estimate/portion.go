package estimate

import (
	"context"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// totalsAtOnce is how many exact totals a worker may hold by sampling unit:
// some 70 MB of them.
const totalsAtOnce = 3 << 20

// portions divides the rows of a plan so that the totals of a portion fit into
// memory. Only totals by sampling unit can be many: other designs are served
// in one portion. Each portion reads the answers once, and their number
// changes no figure. Rows of one item by one crossing share their totals and
// stay together. The frame is known already where it had to be looked at first.
func portions(ctx context.Context, e engine.Engine, d *dataset.Dataset, level int, plan table.Plan, rows []int, cfg Config, most int64) ([][]int, *sampling.Frame, error) {
	t, _ := NewTally(d.Survey, d.Levels[level].Layout, table.Plan{}, cfg)
	if t.frame.Squares() {
		return [][]int{rows}, nil, nil
	}
	t, _, err := tallied(ctx, e, d, level, table.Plan{}, cfg, nil)
	if err != nil {
		return nil, nil, err
	}
	t.frame.Keep()
	var out [][]int
	var held int64
	for _, together := range sharing(plan, rows) {
		more := totals(d.Survey, plan.Rows[together[0]], int64(t.frame.Groups()), d.Levels[level].Rows)
		if len(out) == 0 || held+more > most {
			out, held = append(out, nil), 0
		}
		held += more
		out[len(out)-1] = append(out[len(out)-1], together...)
	}
	return out, t.frame, nil
}

// sharing gathers the rows that share their totals, in the order of the first.
func sharing(plan table.Plan, rows []int) [][]int {
	var out [][]int
	at := map[string]int{}
	for _, row := range rows {
		r := plan.Rows[row]
		key := strings.Join(slices.Concat([]string{r.Item, "\x00"}, r.With, []string{"\x00"}, r.By), "\x00")
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], row)
	}
	return out
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
