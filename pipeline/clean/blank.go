package clean

import (
	"context"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// speaks reports whether an answer to an item makes a response more than
// blank: not consent, and not what the form computes itself.
func speaks(item *survey.Item, g gate) bool {
	return item.Type != survey.Calculated && (g.item == nil || item.Name != g.item.Name)
}

// withRepeats returns the respondents who left the respondent level blank but
// answered in a repeat: they are not blank. Only such respondents are held.
func withRepeats(ctx context.Context, e engine.Engine, d *dataset.Dataset, g gate) (map[dataset.ID]bool, error) {
	if len(d.Levels) < 2 {
		return nil, nil
	}
	create := func() map[dataset.ID]bool { return map[dataset.ID]bool{} }
	merge := func(into, from map[dataset.ID]bool) error {
		for id := range from {
			into[id] = true
		}
		return nil
	}
	blanks, err := engine.Tally(ctx, e, d.Levels[0], create, func(set map[dataset.ID]bool, b *dataset.Batch) error {
		gatherRows(b, g, false, func(id dataset.ID) { set[id] = true })
		return nil
	}, merge)
	if err != nil || len(blanks) == 0 {
		return nil, err
	}
	spared := create()
	for _, level := range d.Levels[1:] {
		found, err := engine.Tally(ctx, e, level, create, func(set map[dataset.ID]bool, b *dataset.Batch) error {
			gatherRows(b, g, true, func(id dataset.ID) {
				if blanks[id] {
					set[id] = true
				}
			})
			return nil
		}, merge)
		if err != nil {
			return nil, err
		}
		if err := merge(spared, found); err != nil {
			return nil, err
		}
	}
	return spared, nil
}

// gatherRows calls f for the respondents of rows that hold an answer (or, where
// answered is false, of rows that hold none).
func gatherRows(b *dataset.Batch, g gate, answered bool, f func(dataset.ID)) {
	holds := make([]bool, b.Len())
	for _, name := range b.Layout.Items {
		c := b.Column(name)
		if !speaks(c.Item, g) {
			continue
		}
		for i := range holds {
			holds[i] = holds[i] || holdsAnswer(b, c, i)
		}
	}
	for i, h := range holds {
		if h == answered {
			f(b.ID(i))
		}
	}
}

// holdsAnswer reports whether anything is left of a cell once it is tidy.
func holdsAnswer(b *dataset.Batch, c *dataset.Column, i int) bool {
	if !given(c.Reasons[i]) {
		return false
	}
	switch {
	case c.Reasons[i] == survey.Invalid:
		raw, ok := b.Raw(i, c.Item.Name)
		return !ok || last(raw, tidy(raw)) != ""
	case c.Item.Type == survey.OpenText:
		return last(c.Text(i), tidy(c.Text(i))) != ""
	}
	return true
}
