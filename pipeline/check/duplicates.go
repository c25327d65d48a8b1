package check

import (
	"fmt"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

const (
	mostDifferent = 30      // answers that may differ at most: each needs a reading of the answers
	exactly       = 5_000   // up to so many responses, each is compared with each
	mostHeld      = 20_000  // responses that are held to be compared
	mostPairs     = 500_000 // pairs that are held to be compared
	crowd         = 60      // responses that may agree on a block of answers and are still compared
)

// duplicates finds responses that differ from another in a few answers only.
//
// Up to a number of responses each is compared with each. With more, the items
// are dealt into n+1 blocks, where n answers may differ: two such responses
// agree wholly on at least one block. So for each block the responses that
// agree on it are found by sorting a number that stands for their answers, and
// these alone are compared, answer by answer.
func (w *work) duplicates(level int) ([]looker, error) {
	cfg := w.cfg.Duplicates
	if cfg.Off || level > 0 {
		return nil, nil
	}
	p := &pairing{work: w, cfg: cfg, twins: map[dataset.Origin]twin{}}
	for _, item := range w.held(0) {
		if item.Derived == "" && item.Type != survey.Calculated && item.Type != survey.Time {
			p.items = append(p.items, item)
		}
	}
	if len(p.items) < cfg.Answered || w.d.Levels[0].Rows < 2 {
		return nil, nil
	}
	if err := p.find(); err != nil {
		return nil, fmt.Errorf("look for responses that are nearly alike: %w", err)
	}
	if p.left {
		w.found.Add(finding.Finding{Stage: stage, Kind: "duplicates-crowded", Severity: finding.Note, Place: finding.Place{Column: "checks.duplicates"},
			Problem: "So many responses agree on so many answers that not all of them were compared with each other for being nearly alike.",
			Remedy:  "Lower checks.duplicates.most_different, so that fewer responses come into question."})
	}
	return []looker{alike{p.items, cfg.Answered, p.twins}}, nil
}

// allowed returns how many answers may differ of those that either gave.
func (c Duplicates) allowed(answered int) int {
	if c.MostDifferent < 1 {
		return min(mostDifferent, int(c.MostDifferent*float64(answered)))
	}
	return int(c.MostDifferent)
}

// pairing is the search for pairs.
type pairing struct {
	*work
	cfg    Duplicates
	items  []*survey.Item
	ranges []float64
	twins  map[dataset.Origin]twin
	left   bool // some were not compared
}

// twin is the response most like another, and how far the two are apart.
type twin struct {
	origin            dataset.Origin
	different, common int
	gower             float64
	more              int // further ones
}

func (p *pairing) find() error {
	var err error
	if p.ranges, err = p.measureRanges(); err != nil {
		return err
	}
	if p.d.Levels[0].Rows <= exactly {
		held, err := p.hold(nil)
		if err != nil {
			return err
		}
		for i := range held.origins {
			if err := p.ctx.Err(); err != nil {
				return err
			}
			for j := range i {
				p.compare(held, j, i)
			}
		}
		return nil
	}
	pairs, err := p.candidates()
	if err != nil || len(pairs) == 0 {
		return err
	}
	held, err := p.hold(pairs)
	if err != nil {
		return err
	}
	for _, pair := range pairs {
		p.compare(held, held.places[pair[0]], held.places[pair[1]])
	}
	return nil
}

// measureRanges returns the range of each numeric item, 0 for others.
func (p *pairing) measureRanges() ([]float64, error) {
	type ends struct {
		any       bool
		low, high float64
	}
	widen := func(e *ends, low, high float64) {
		if !e.any {
			*e = ends{true, low, high}
			return
		}
		e.low, e.high = min(e.low, low), max(e.high, high)
	}
	all, err := engine.Tally(p.ctx, p.engine, p.d.Levels[0], func() []ends { return make([]ends, len(p.items)) },
		func(into []ends, b *dataset.Batch) error {
			for k, item := range p.items {
				if measured(item) {
					numbers(b.Column(item.Name), func(_ int, x float64) { widen(&into[k], x, x) })
				}
			}
			return nil
		}, func(into, from []ends) error {
			for k, e := range from {
				if e.any {
					widen(&into[k], e.low, e.high)
				}
			}
			return nil
		})
	out := make([]float64, len(p.items))
	for k, e := range all {
		out[k] = e.high - e.low
	}
	return out, err
}

// compare enters two responses with each other if they are nearly alike.
func (p *pairing) compare(h *holding, i, j int) {
	a, b := h.row(i), h.row(j)
	different, most := 0, p.cfg.allowed(len(p.items))
	for k := range a {
		if a[k] != b[k] {
			if different++; different > most {
				return
			}
		}
	}
	either, inA, inB, both, apart := 0, 0, 0, 0, 0.0
	for k := range a {
		if a[k] != nothing {
			inA++
		}
		if b[k] != nothing {
			inB++
		}
		if a[k] != nothing || b[k] != nothing {
			either++
		}
		if a[k] == nothing || b[k] == nothing {
			continue
		}
		both++
		switch {
		case a[k] == b[k]:
		case p.ranges[k] > 0:
			x, y := value(a[k]), value(b[k])
			apart += max(x-y, y-x) / p.ranges[k]
		default:
			apart++
		}
	}
	if min(inA, inB) < p.cfg.Answered || different > p.cfg.allowed(either) {
		return
	}
	t := twin{different: different, common: either, gower: apart / float64(both)}
	t.origin = h.origins[j]
	p.enter(h.origins[i], t)
	t.origin = h.origins[i]
	p.enter(h.origins[j], t)
}

// enter keeps the nearest twin; of several as near, the one read first.
func (p *pairing) enter(of dataset.Origin, t twin) {
	before, known := p.twins[of]
	if known {
		t.more = before.more + 1
		if before.different < t.different || before.different == t.different && first(before.origin, t.origin) {
			before.more = t.more
			t = before
		}
	}
	p.twins[of] = t
}

func first(a, b dataset.Origin) bool { return a.File < b.File || a.File == b.File && a.Row < b.Row }

// alike tells the twins.
type alike struct {
	items []*survey.Item
	least int
	twins map[dataset.Origin]twin
}

func (a alike) look(s *sheet) {
	given := make([]int, s.b.Len())
	for _, item := range a.items {
		for i, reason := range s.b.Column(item.Name).Reasons {
			if reason != survey.NotAsked && reason != survey.NotAnswered {
				given[i]++
			}
		}
	}
	n := int64(0)
	for i := range given {
		if given[i] < a.least {
			continue
		}
		n++
		t, ok := a.twins[s.b.Origin(i)]
		if !ok {
			continue
		}
		comment := fmt.Sprintf("%d of %d answers differ from those in row %s (distance of Gower: %s)", t.different, t.common, rowBeside(s.b.Origin(i), t.origin), decimal(t.gower))
		if t.more > 0 {
			comment += fmt.Sprintf("; %d further responses are nearly the same too", t.more)
		}
		s.tell(i, remark{check: Duplicate, issue: "nearly the same response", comment: comment + "."})
	}
	s.looked(Duplicate, "", n)
}
