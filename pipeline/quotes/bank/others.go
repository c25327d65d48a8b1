package bank

import (
	"context"
	"maps"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/quotes"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// others returns the places of lines whose own words are all that somebody said to
// an open item, coded or not, who does not allow to be quoted. Of answers in
// repeats it is not looked up who gave them: none of them allows it.
func (g *gathering) others(ctx context.Context, e engine.Engine, d *dataset.Dataset) (map[int]bool, error) {
	lines := map[string][]int{}
	for i, l := range g.q.Lines {
		if words := quotes.Folded(quotes.Own(l.Text)); words != "" {
			lines[words] = append(lines[words], i)
		}
	}
	out := map[int]bool{}
	for k, level := range d.Levels {
		var open []string
		for _, item := range d.Survey.Items {
			if item.Type == survey.OpenText && item.Level == k && level.Layout.Has(item.Name) {
				open = append(open, item.Name)
			}
		}
		if len(lines) == 0 || len(open) == 0 {
			continue
		}
		found, err := engine.Tally(ctx, e, level, func() map[int]bool { return map[int]bool{} },
			func(into map[int]bool, b *dataset.Batch) error {
				for _, name := range open {
					column := b.Column(name)
					for i := range b.Len() {
						if !column.Answered(i) || k == 0 && g.allows(b, i) {
							continue
						}
						for _, at := range lines[quotes.Folded(column.Text(i))] {
							into[at] = true
						}
					}
				}
				return nil
			}, func(into, from map[int]bool) error {
				maps.Copy(into, from)
				return nil
			})
		if err != nil {
			return nil, err
		}
		maps.Copy(out, found)
	}
	return out, nil
}
