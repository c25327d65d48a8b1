package check

import (
	"fmt"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// straight finds responses that answer all items of a battery alike.
func (w *work) straight(level int) ([]looker, error) {
	if w.cfg.Straight.Off {
		return nil, nil
	}
	var out []looker
	for _, battery := range w.d.Survey.Batteries(level) {
		var held []string
		for _, item := range battery {
			if w.d.Levels[level].Layout.Has(item.Name) {
				held = append(held, item.Name)
			}
		}
		if len(held) >= w.cfg.Straight.Items && steps(w.d.Survey, battery[0]) >= fewestSteps {
			out = append(out, straightLine{held, w.cfg.Straight.Items})
		}
	}
	return out, nil
}

// fewestSteps is how many choices a scale has at least: whoever says yes to all
// questions of a list may well mean it.
const fewestSteps = 3

func steps(s *survey.Survey, item *survey.Item) int {
	n := 0
	for _, c := range s.Choices(item) {
		if c.Missing == survey.Answered {
			n++
		}
	}
	return n
}

type straightLine struct {
	items []string
	least int
}

func (l straightLine) look(s *sheet) {
	columns := make([]*dataset.Column, len(l.items))
	for k, name := range l.items {
		columns[k] = s.b.Column(name)
	}
	judged := int64(0)
	for i := range s.b.Len() {
		same, answered, first := true, 0, dataset.NoCode
		for _, c := range columns {
			if !c.Answered(i) {
				continue
			}
			if answered == 0 {
				first = c.Codes[i]
			}
			answered++
			same = same && c.Codes[i] == first
		}
		if answered < l.least {
			continue
		}
		judged++
		if same {
			on := l.items[0]
			for _, c := range columns {
				if c.Answered(i) {
					on = c.Item.Name
					break
				}
			}
			s.tell(i, remark{check: StraightLine, item: l.items[0], on: on, issue: "straight-lining",
				comment: fmt.Sprintf("All %d answers to %s are the same.", answered, strings.Join(l.items, ", "))})
		}
	}
	s.looked(StraightLine, l.items[0], judged)
}
