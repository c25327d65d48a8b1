package ingest

import (
	"maps"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest/bind"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// separators returns the signs between the parts of lists, by the item whose
// cells are lists.
func (s Source) separators() map[string]string {
	out := map[string]string{}
	for item, sign := range s.Lists {
		if named, ok := delimiterOf(sign); ok {
			sign = string(rune(named))
		}
		out[item] = sign
	}
	return out
}

// checkLists refuses entries of input.lists that speak of no list.
func (u *input) checkLists() {
	for _, name := range slices.Sorted(maps.Keys(u.source.Lists)) {
		item, ok := u.survey.Item(name)
		switch {
		case !ok:
			u.add("list-item", finding.Refusal, finding.Place{}, "input.lists speaks of an item "+records.Printable(name)+", which the form does not have."+suggest(name, u.itemNames(0)), "Correct the name, or remove the line.")
		case item.Type != survey.SelectMultiple && item.Type != survey.Rank:
			u.add("list-item", finding.Refusal, finding.Place{Item: item.Name}, "input.lists speaks of the item "+item.Name+", which is not a select_multiple.", "Make it one in the form, or remove the line.")
		}
	}
}

// separate tells a plan which cells are lists, and by which sign.
func (u *input) separate(p *bind.Plan) { p.Separate(u.source.separators()) }
