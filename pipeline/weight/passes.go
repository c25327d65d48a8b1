package weight

import (
	"context"
	"errors"
	"fmt"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/weighting"
)

// prepared is the config with the sheets that it names.
type prepared struct {
	cfg     Config
	targets targets
	invited invited
}

// prepare reads the sheets.
func (cfg Config) prepare(d *dataset.Dataset, sheets Sheets) (prepared, []finding.Finding) {
	p := prepared{cfg: cfg}
	var found []finding.Finding
	if cfg.Method != "" && sheets.Frame != nil {
		f, findings := readFrame(sheets.Frame, d.Survey)
		if found = findings; !finding.Refused(findings) {
			p.targets, findings = cfg.targetsOf(f, d)
			found = append(found, findings...)
		}
	}
	if cfg.Propensity.Frame != "" && sheets.Invited != nil {
		in, findings := readInvited(sheets.Invited, d.Survey)
		p.invited, found = in, append(found, findings...)
		for _, name := range in.items {
			if !d.Levels[0].Layout.Has(name) {
				found = append(found, finding.Finding{Stage: stage, Kind: "frame-absent", Severity: finding.Refusal, Place: finding.Place{File: in.file, Column: name},
					Problem: "The answers hold no column for the item " + name + ".", Remedy: "Add it to the answers, or remove the column."})
			}
		}
	}
	return p, found
}

// by says what tells cells apart.
func (p prepared) by() weighting.By {
	t := targets{margins: append(append([]*frameMargin(nil), p.targets.margins...), &p.invited.frameMargin), numbers: p.targets.numbers}
	by := weighting.By{Items: t.items()}
	if p.cfg.Method == Rake || !p.cfg.Trim.none() {
		by.Base = p.cfg.Column
	}
	return by
}

// fitted is the outcome of a fit.
type fitted struct {
	outcome Outcome
	cells   *weighting.Cells
	factor  []float64
}

// weights returns the final weights of a batch.
func (f *fitted) weights(b *dataset.Batch, base []float64) []float64 {
	out := make([]float64, len(base))
	for i, c := range f.cells.Cells(b) {
		if out[i] = base[i]; c >= 0 { // all are in a cell that was met before
			out[i] *= f.factor[c]
		}
	}
	return out
}

// fitted adds up the cells and works out their weights. It returns nil where
// base weights cannot be used: the pass that sets weights says which.
func (p prepared) fitted(ctx context.Context, e engine.Engine, d *dataset.Dataset) (*fitted, []finding.Finding, error) {
	tally, err := p.tally(ctx, e, d)
	if err != nil {
		return nil, nil, fmt.Errorf("add up what respondents weigh: %w", err)
	}
	if tally.unusable {
		return nil, nil, nil
	}
	cells, mass, err := tally.cells.Cells()
	if errors.Is(err, weighting.ErrTooMany) {
		return nil, []finding.Finding{{Stage: stage, Kind: "weight-cells", Severity: finding.Refusal, Place: finding.Place{File: p.targets.file},
			Problem: fmt.Sprintf("The items of the frame put respondents into more than %d cells.", weighting.Most),
			Remedy:  "Use an item that holds numbers in bands, or fewer items."}}, nil
	}
	found := p.missing(tally)
	if len(mass) == 0 || finding.Refused(found) {
		return nil, found, nil
	}
	f := newFitting(p.cfg, d.Survey, cells, mass)
	f.file = p.targets.file
	ok := (p.cfg.Propensity.Frame == "" || f.propensity(p.invited)) &&
		(p.cfg.Method == "" || f.fit(p.targets)) &&
		f.trim() &&
		(p.cfg.Method == "" || p.cfg.Trim.none() || f.fit(p.targets))
	found = append(found, f.found...)
	if !ok {
		return nil, found, nil
	}
	out := &fitted{cells: cells, factor: f.factor}
	out.outcome.Calibration = f.calibration
	t := p.targets
	if p.cfg.Method == "" && p.cfg.Propensity.Frame != "" {
		t = p.invited.marginal()
	}
	f.balance(t, masses(mass), &out.outcome.Summary)
	out.outcome.Summary.Asked = p.invited.items
	return out, found, nil
}

// tally is what a pass over the respondents adds up.
type tally struct {
	cells    *weighting.Tally
	missing  []int64 // respondents without an answer to each item
	unusable bool    // there are base weights that cannot be used
}

func (p prepared) tally(ctx context.Context, e engine.Engine, d *dataset.Dataset) (*tally, error) {
	by := p.by()
	return engine.Tally(ctx, e, d.Levels[0], func() *tally {
		return &tally{cells: weighting.NewTally(by), missing: make([]int64, len(by.Items))}
	}, func(t *tally, b *dataset.Batch) error {
		base := make([]float64, b.Len())
		for i := range base {
			w, problem := weightOf(b, p.cfg.Column, i)
			base[i] = w
			t.unusable = t.unusable || problem != ""
		}
		for k, name := range by.Items {
			c := b.Column(name)
			for i := range base {
				if !c.Answered(i) {
					t.missing[k]++
				}
			}
		}
		t.cells.Add(b, base)
		return nil
	}, func(into, from *tally) error {
		into.cells.Merge(from.cells)
		into.unusable = into.unusable || from.unusable
		for k, n := range from.missing {
			into.missing[k] += n
		}
		return nil
	})
}

// missing reports respondents who lack an answer to an item of the margins.
func (p prepared) missing(t *tally) []finding.Finding {
	var found []finding.Finding
	for k, n := range t.missing {
		if n == 0 {
			continue
		}
		f := finding.Finding{Stage: stage, Kind: "weight-missing", Severity: finding.Refusal, Place: finding.Place{Item: t.cells.By.Items[k]}, Count: n,
			Problem: fmt.Sprintf("%d respondents have no answer to %s, by which they are to be weighted.", n, t.cells.By.Items[k]),
			Remedy:  "Complete the answers, weight by other items, or set weight.missing to keep: these then count as the average of all."}
		if p.cfg.Missing == Keep {
			f.Severity, f.Remedy = finding.Warning, "They count as the average of all."
		}
		found = append(found, f)
	}
	return found
}
