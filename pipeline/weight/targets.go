package weight

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/spelling"
)

// targets are the totals that weights are fitted to.
type targets struct {
	file    string
	margins []*frameMargin
	numbers []frameNumber
	size    float64
}

// items returns the items that tell cells apart, each once.
func (t targets) items() []string {
	var out []string
	add := func(name string) {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	for _, m := range t.margins {
		for _, name := range m.items {
			add(name)
		}
	}
	for _, n := range t.numbers {
		add(n.item)
	}
	return out
}

// differ is by what share margins may differ in what they add up to. Within it
// all are scaled to the first.
const differ = 0.001

// targetsOf takes from the frame what the config asks for.
func (cfg Config) targetsOf(f frame, d *dataset.Dataset) (targets, []finding.Finding) {
	t := targets(f)
	var found []finding.Finding
	say := func(severity finding.Severity, kind string, line int, problem, remedy string) {
		found = append(found, finding.Finding{Stage: stage, Kind: kind, Severity: severity, Place: finding.Place{File: f.file, Row: line}, Problem: problem, Remedy: remedy})
	}
	if len(cfg.Margins) > 0 {
		t.margins, t.numbers = nil, nil
		for _, names := range cfg.Margins {
			for _, name := range names {
				if _, ok := d.Survey.Item(name); !ok {
					found = append(found, finding.Finding{Stage: stage, Kind: "weight-margins", Severity: finding.Refusal, Place: finding.Place{Item: name},
						Problem: "weight.margins names " + name + ", which the survey does not have.", Remedy: spelling.DidYouMean(name, d.Survey.ItemNames(), "Correct the name.")})
				}
			}
			if at := slices.IndexFunc(f.numbers, func(n frameNumber) bool { return len(names) == 1 && n.item == names[0] }); at >= 0 {
				t.numbers = append(t.numbers, f.numbers[at])
				continue
			}
			m := f.summed(names)
			if m == nil {
				say(finding.Refusal, "frame-margin", 0, "The frame has no totals for the margin "+strings.Join(names, " x ")+" of weight.margins.", "Add them to the frame, or correct weight.margins.")
				continue
			}
			t.margins = append(t.margins, m)
		}
	}
	if finding.Refused(found) {
		return t, found
	}
	if len(t.numbers) > 0 && cfg.Method != Calibrate {
		say(finding.Refusal, "frame-number", t.numbers[0].line, fmt.Sprintf("The total of the item %s is that of a number, which the method %s cannot meet.", t.numbers[0].item, cfg.Method), "Set weight.method to calibrate, or remove the row.")
	}
	if cfg.Method == PostStratify && len(t.margins) > 1 {
		say(finding.Refusal, "frame-margin", 0, fmt.Sprintf("The frame has %d margins, and post-stratification takes one.", len(t.margins)), "Name one under weight.margins, or set weight.method to rake.")
	}
	if len(t.margins) == 0 && t.size == 0 && len(found) == 0 {
		say(finding.Refusal, "frame-size", 0, "The frame does not say how large the population is.", "Add a row with a total alone, or a margin.")
	}
	for _, name := range t.items() {
		if !d.Levels[0].Layout.Has(name) {
			say(finding.Refusal, "frame-absent", 0, "The answers hold no column for the item "+name+" of the frame.", "Add it to the answers, or remove it from the frame.")
		}
	}
	found = append(found, t.level()...)
	return t, found
}

// summed returns the totals of a margin: as they stand, or summed over the
// other items of a margin that has more.
func (f frame) summed(names []string) *frameMargin {
	for _, m := range f.margins {
		if sameItems(m.items, names) {
			return m
		}
	}
	for _, m := range f.margins {
		if slices.ContainsFunc(names, func(n string) bool { return !slices.Contains(m.items, n) }) {
			continue
		}
		out := &frameMargin{items: names, at: map[string]int{}}
		for _, row := range m.rows {
			values := make([]float64, len(names))
			for i, n := range names {
				values[i] = row.values[slices.Index(m.items, n)]
			}
			key := valuesKey(values)
			at, ok := out.at[key]
			if !ok {
				at = len(out.rows)
				out.at[key] = at
				out.rows = append(out.rows, frameRow{values: values, line: row.line})
			}
			out.rows[at].total += row.total
		}
		return out
	}
	return nil
}

func (m *frameMargin) sum() float64 {
	var sum float64
	for _, row := range m.rows {
		sum += row.total
	}
	return sum
}

// level makes all margins add up to the size of the population.
func (t *targets) level() []finding.Finding {
	var found []finding.Finding
	for i, m := range t.margins {
		sum := m.sum()
		if sum == 0 {
			found = append(found, finding.Finding{Stage: stage, Kind: "frame-total", Severity: finding.Refusal, Place: finding.Place{File: t.file, Row: m.rows[0].line},
				Problem: "The totals of the margin " + m.name() + " are all 0.", Remedy: "Write how many of the population make each choice."})
			continue
		}
		if t.size == 0 {
			t.size = sum
			continue
		}
		off := math.Abs(sum-t.size) / t.size
		if off <= 1e-12 {
			continue
		}
		f := finding.Finding{Stage: stage, Kind: "frame-sum", Severity: finding.Warning, Place: finding.Place{File: t.file, Row: m.rows[0].line}}
		f.Problem = fmt.Sprintf("The totals of the margin %s add up to %.10g, but the population has %.10g.", m.name(), sum, t.size)
		f.Remedy = "They were scaled to it; correct them where they are wrong."
		if off > differ {
			f.Severity, f.Remedy = finding.Refusal, "Correct the totals: all margins of one population add up to the same."
		}
		found = append(found, f)
		scaled := *m
		scaled.rows = slices.Clone(m.rows)
		for k := range scaled.rows {
			scaled.rows[k].total *= t.size / sum
		}
		t.margins[i] = &scaled
	}
	return found
}
