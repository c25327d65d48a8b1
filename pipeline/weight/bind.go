package weight

import (
	"fmt"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/weighting"
)

// bound is margins and numbers of a frame as cells see them.
type bound struct {
	margins []weighting.Margin
	numbers []weighting.Number
	of      []*frameMargin // of each margin; nil for that of everybody
	named   []string       // the item of each number
}

// bind finds the category of each cell in each margin. Respondents whom the
// frame does not know, and categories without respondents, are refused.
func (t targets) bind(cells *weighting.Cells, s *survey.Survey) (bound, []finding.Finding) {
	var out bound
	var found []finding.Finding
	refuse := func(kind string, line int, problem, remedy string) {
		found = append(found, finding.Finding{Stage: stage, Kind: kind, Severity: finding.Refusal, Place: finding.Place{File: t.file, Row: line}, Problem: problem, Remedy: remedy})
	}
	if len(t.margins) == 0 {
		m := weighting.Margin{Of: make([]int32, cells.Len()), Totals: []float64{t.size}}
		for c, key := range cells.Keys {
			if key.Missing() {
				m.Of[c] = -1
			}
		}
		out.margins, out.of = append(out.margins, m), append(out.of, nil)
	}
	for _, from := range t.margins {
		m := weighting.Margin{Of: make([]int32, cells.Len())}
		for _, row := range from.rows {
			m.Totals = append(m.Totals, row.total)
		}
		places := placesOf(cells, from.items)
		met := make([]bool, len(from.rows))
		unknown, empty := map[string]bool{}, map[int]bool{}
		for c, key := range cells.Keys {
			if key.Missing() {
				m.Of[c] = -1
				continue
			}
			values := pick(key.Values, places)
			at, ok := from.at[valuesKey(values)]
			switch {
			case !ok:
				unknown[from.describe(values, s)] = true
				continue
			case from.rows[at].total == 0:
				empty[at] = true
			}
			met[at], m.Of[c] = true, int32(at)
		}
		if names := sortedKeys(unknown); len(names) > 0 {
			refuse("frame-lacks", 0, fmt.Sprintf("Respondents made a choice of %s that the frame has no total for: %s.", from.name(), few(names)), "Add the row to the frame.")
		}
		for at, row := range from.rows {
			switch {
			case empty[at]:
				refuse("frame-nobody", row.line, fmt.Sprintf("By the frame nobody is in %s, but respondents are.", from.describe(row.values, s)), "Correct the total, or leave these respondents out.")
			case !met[at] && row.total > 0:
				refuse("frame-unmet", row.line, fmt.Sprintf("No respondent is in %s, so its total cannot be met.", from.describe(row.values, s)), "Merge it with another that is like it, in the form and in the frame, or weight by margins that are coarser.")
			}
		}
		out.margins, out.of = append(out.margins, m), append(out.of, from)
	}
	for _, from := range t.numbers {
		n := weighting.Number{Of: make([]float64, cells.Len()), Total: from.total}
		place := placesOf(cells, []string{from.item})[0]
		for c, key := range cells.Keys {
			if !key.Missing() {
				n.Of[c] = key.Values[place]
			}
		}
		out.numbers, out.named = append(out.numbers, n), append(out.named, from.item)
	}
	return out, found
}

func placesOf(cells *weighting.Cells, items []string) []int {
	var out []int
	for _, name := range items {
		out = append(out, slices.Index(cells.Items, name))
	}
	return out
}

func pick(values []float64, places []int) []float64 {
	out := make([]float64, len(places))
	for i, at := range places {
		out[i] = values[at]
	}
	return out
}

// describe names a joint choice by the names of the form: "size=small, lang=fr".
// A number, which is an answer, is not told.
func (m *frameMargin) describe(values []float64, s *survey.Survey) string {
	var parts []string
	for i, name := range m.items {
		parts = append(parts, name+"="+valueName(s, name, values[i]))
	}
	return strings.Join(parts, ", ")
}

// valueName returns the name of the choice that a value is.
func valueName(s *survey.Survey, item string, v float64) string {
	it, _ := s.Item(item)
	if choices := s.Choices(it); it.Type == survey.SelectOne && v >= 0 && int(v) < len(choices) {
		return choices[int(v)].Name
	}
	return "(a number)"
}

func sortedKeys(m map[string]bool) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// few lists some names, and how many more there are.
func few(names []string) string {
	const most = 5
	if len(names) <= most {
		return strings.Join(names, "; ")
	}
	return fmt.Sprintf("%s; and %d more", strings.Join(names[:most], "; "), len(names)-most)
}
