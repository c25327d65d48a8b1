package bank

import (
	"context"
	"maps"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/identity"
	"github.com/soundings-survey/soundings/pipeline/quotes"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// others returns which words are all that somebody said to an open item, coded or
// not, who does not allow to be quoted, or all but what identifies. Of answers in
// repeats it is not looked up who gave them: none of them allows it.
func (g *gathering) others(ctx context.Context, e engine.Engine, d *dataset.Dataset, words map[string]bool) (map[string]bool, error) {
	delete(words, "")
	out := map[string]bool{}
	for k, level := range d.Levels {
		var open []string
		for _, item := range d.Survey.Items {
			if item.Type == survey.OpenText && item.Level == k && level.Layout.Has(item.Name) {
				open = append(open, item.Name)
			}
		}
		if len(words) == 0 || len(open) == 0 {
			continue
		}
		found, err := engine.Tally(ctx, e, level, func() map[string]bool { return map[string]bool{} },
			func(into map[string]bool, b *dataset.Batch) error {
				for _, name := range open {
					column := b.Column(name)
					for i := range b.Len() {
						if !column.Answered(i) || k == 0 && g.allows(b, i) {
							continue
						}
						if said := quotes.Folded(column.Text(i)); words[said] {
							into[said] = true
						}
						if !g.marked {
							continue
						}
						if safe, replaced := identity.Redact(column.Text(i), g.languageOf(column.Text(i), "")); len(replaced) > 0 {
							if said := own(safe); words[said] {
								into[said] = true
							}
						}
					}
				}
				return nil
			}, func(into, from map[string]bool) error {
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

// own returns the words of a quote as others gives them.
func own(text string) string { return quotes.Folded(quotes.Own(text)) }
