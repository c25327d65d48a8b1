package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

// glyphs says which characters the figures of a report show that no font has:
// in pictures they would be gaps.
func (c *composer) glyphs(r *Report) []finding.Finding {
	seen := map[rune]bool{}
	var of *canvas.Figure
	for _, ch := range r.Chapters {
		for _, b := range ch.Blocks {
			if f, ok := b.(Figure); ok && f.Canvas != nil {
				of = f.Canvas
				drawn(f.Canvas.Marks, seen)
			}
		}
	}
	if of == nil {
		return nil
	}
	var all []rune
	for r := range seen {
		all = append(all, r)
	}
	slices.Sort(all)
	var missing []rune
	for _, bold := range []bool{false, true} {
		missing = append(missing, c.in.Typesetter.Line(string(all), of.Style(canvas.LabelSize, bold)).Missing...)
	}
	slices.Sort(missing)
	missing = slices.Compact(missing)
	if len(missing) == 0 {
		return nil
	}
	var codes []string
	for _, r := range missing[:min(len(missing), 10)] {
		codes = append(codes, fmt.Sprintf("%U", r))
	}
	return []finding.Finding{{
		Stage: "report", Kind: "missing-glyphs", Severity: finding.Warning,
		Problem: fmt.Sprintf("The program's fonts lack %d character(s) that figures in the language %s show, and pictures of them have gaps there: %s.", len(missing), c.l.Tag, strings.Join(codes, ", ")),
		Remedy:  "Write the labels of the form and the words of the config without them.",
	}}
}

// drawn gathers the characters of the texts among marks.
func drawn(marks []canvas.Mark, seen map[rune]bool) {
	for _, m := range marks {
		switch m := m.(type) {
		case canvas.Text:
			for _, r := range m.Content {
				seen[r] = true
			}
		case canvas.Group:
			drawn(m.Marks, seen)
		}
	}
}
