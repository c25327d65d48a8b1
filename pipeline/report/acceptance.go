package report

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Acceptance says by which items it is shown what became of recommendations: the
// ranks of their actions.
type Acceptance struct {
	Item  string   // what became of them; empty for none
	Ranks []string // items of ranks
}

// acceptance is what became of the recommendations of each rank, with a caution:
// more specific ones are accepted less often, which is no reason to be vague.
func (c *composer) acceptance(i *survey.Item, overall *protect.View, ranked []bar, under bool) ([]Block, error) {
	if i.Name != c.in.Acceptance.Item {
		return nil, nil
	}
	var out []Block
	for _, name := range c.in.Acceptance.Ranks {
		by, ok := c.s.Item(name)
		if !ok || c.view(table.PropSelectOne, i.Name, name) == nil && c.view(table.Mean, i.Name, name) == nil {
			continue
		}
		blocks, err := c.choiceHeat(i, by, overall, ranked, under)
		if err != nil {
			return nil, err
		}
		at := slices.IndexFunc(blocks, func(b Block) bool { _, is := b.(Figure); return is })
		if at < 0 {
			label := c.byLabel(c.labels.item(i), by)
			out = append(out, c.nothing(c.id(i.Name+"-by-"+name), label, under)...)
			continue
		}
		figure := blocks[at].(Figure)
		figure.Folded = false
		figure.Notes = append(figure.Notes, c.prose(c.l.Say("figure.acceptance")))
		blocks[at] = figure
		out = append(out, blocks...)
	}
	return out, nil
}
