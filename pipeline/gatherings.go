package pipeline

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/report"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// gatherings are the families of the codebook and its codes with others under
// them, where the config has them counted.
func (r *run) gatherings() []code.Gathering {
	if r.codebook == nil || !r.config.Code.Rollup {
		return nil
	}
	return r.codebook.Gatherings()
}

// rollup returns a net for each gathering, wherever a plan asks for the shares
// of codes: of everybody, and by the same groups. As nets they are protected in
// one system with the codes that they are made of.
func (r *run) rollup(p table.Plan, s *survey.Survey) []table.Row {
	gatherings := r.gatherings()
	if len(gatherings) == 0 {
		return nil
	}
	var rows []table.Row
	for _, row := range p.Rows {
		item, ok := s.Item(row.Item)
		if !ok || item.List != code.ListName || row.Analysis != table.PropSelectMultiple {
			continue
		}
		for _, g := range gatherings {
			rows = append(rows, table.Row{Analysis: table.PropNet, Item: row.Item, By: slices.Clone(row.By), Values: g.Codes})
		}
	}
	return rows
}

// themes are the gatherings as the report shows them.
func (r *run) themes() report.Themes {
	out := report.Themes{List: code.ListName}
	for _, g := range r.gatherings() {
		out.Of = append(out.Of, report.Theme{Name: g.ID, Label: g.Label, Codes: g.Codes, Under: g.Depth > 0, Code: !g.Family})
	}
	return out
}
