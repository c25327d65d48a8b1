// Package check looks at clean answers for what may be wrong with them and
// proposes what to do. It changes no answer: an analyst decides, in the cleaning
// log. It is the last stage that knows the collecting tool's identifiers.
//
// Each check is a looker. Some read the answers beforehand, to know what is
// usual; then all of them look at each batch once, and the identifiers go.
package check

import (
	"context"
	"fmt"
	"time"

	"github.com/soundings-survey/soundings/pipeline/asked"
	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

const stage = "check"

// Request is what a check is given besides the answers and its config.
type Request struct {
	Now     time.Time                        // the clock: days after it are still to come; zero leaves that out
	Lost    map[Lost]string                  // what stood in cells that cleaning left out, where it is known
	Rules   []byte                           // content of the rule sheet that the config names
	Propose func(c cleaninglog.Change) error // takes the proposals, in the order of the answers; may be nil
}

// Check returns the dataset without the collecting tool's identifiers, and
// hands over a proposal for each answer that should be looked at. Proposals
// hold answers and belong in restricted files; findings count them and name
// rows. After a refusal the dataset is nil.
func Check(ctx context.Context, e engine.Engine, d *dataset.Dataset, cfg Config, q Request) (*dataset.Dataset, Summary, []finding.Finding, error) {
	w := &work{ctx: ctx, engine: e, d: d, cfg: cfg, request: q, tally: newTally(d), unread: newUnread(d, q.Lost), needs: make([]asked.Needs, len(d.Levels))}
	lookers, err := w.prepare()
	if err != nil {
		return nil, Summary{}, nil, err
	}
	if finding.Refused(w.found.All()) {
		return nil, Summary{}, w.found.All(), nil
	}
	out := &dataset.Dataset{Survey: d.Survey, Files: d.Files, Levels: make([]dataset.Level, len(d.Levels))}
	for l := range d.Levels {
		if out.Levels[l], err = w.level(l, lookers[l]); err != nil {
			return nil, Summary{}, nil, fmt.Errorf("check the level %s: %w", d.Survey.Levels[l].Name, err)
		}
	}
	w.found.AddAll(w.tally.findings())
	return out, w.tally.summary(), w.found.All(), nil
}

// looker is one check at work on a level. It may be used for several batches at
// once.
type looker interface{ look(s *sheet) }

// work is one checking under way.
type work struct {
	ctx     context.Context
	engine  engine.Engine
	d       *dataset.Dataset
	cfg     Config
	request Request
	found   finding.List
	tally   *tally
	unread  *unread
	needs   []asked.Needs // of each level: what the expressions of its lookers speak of
}

// prepare makes the lookers of each level. Their order is that of the proposals
// of a response.
func (w *work) prepare() ([][]looker, error) {
	out := make([][]looker, len(w.d.Levels))
	for l := range w.d.Levels {
		for _, make := range []func(level int) ([]looker, error){
			w.conditions, w.unknown, w.outliers, w.durations, w.straight, w.exclusive,
			w.other, w.dates, w.identifiers, w.same, w.duplicates, w.rules,
		} {
			made, err := make(l)
			if err != nil {
				return nil, err
			}
			out[l] = append(out[l], made...)
		}
	}
	return out, nil
}

// level lets the lookers see the batches of a level, each with what their
// expressions need of other levels, and takes the identifiers out.
func (w *work) level(l int, lookers []looker) (dataset.Level, error) {
	in := w.d.Levels[l]
	layout := in.Layout.With(w.d.Survey, nil, false, in.Layout.Weight)
	out, err := dataset.Create(w.engine.Path(stage, l), layout)
	if err != nil {
		return dataset.Level{}, err
	}
	type made struct {
		batch *dataset.Batch
		sheet *sheet
	}
	var place places
	source := asked.Along(w.d.Survey, w.d.Levels, l, w.needs[l])
	err = engine.Ordered(w.ctx, w.engine, source, func(g asked.Gathered) (made, error) {
		s := newSheet(w.d, g, l)
		for _, k := range lookers {
			k.look(s)
		}
		return made{g.Batch.Extend(layout, nil, nil), s.done()}, nil
	}, func(m made) error {
		if err := w.take(&place, m.sheet); err != nil {
			return err
		}
		return out.Write(m.batch)
	})
	if err != nil {
		out.Abort()
		return dataset.Level{}, err
	}
	return out.Close()
}

// take counts what a sheet says and hands over its proposals.
func (w *work) take(place *places, s *sheet) error {
	place.number(s)
	for i := range s.lines {
		w.unread.complete(&s.lines[i])
	}
	w.tally.add(s)
	if w.request.Propose == nil {
		return nil
	}
	for i := range s.lines {
		if err := w.request.Propose(s.lines[i].Change); err != nil {
			return err
		}
	}
	return nil
}
