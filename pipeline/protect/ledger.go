package protect

import (
	"cmp"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"sync"

	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Line is one line of the ledger: a figure, or its mark, that was put into an
// artifact. Whoever audits a release reads these lines.
type Line = ledger.Line

// book gathers what pens write. Where figures stand among the answers is worked
// out when all of them have been written.
type book struct {
	survey *survey.Survey
	config Config

	mu     sync.Mutex
	lines  map[written]struct{}
	placed map[figureName]place // of figures that stand in no view
	extra  map[string]ledger.Variable
}

// written is what a pen wrote.
type written struct {
	artifact string
	key      table.Key
	as       string
	stat     Stat
	end      Stat // lowEnd or highEnd of an interval, "" for the figure itself
	run      int
	value    string
	decimals int
	status   Status
	marker   string
}

const (
	lowEnd  Stat = " low"
	highEnd Stat = " high"
)

func newBook(s *survey.Survey, cfg Config) *book {
	return &book{survey: s, config: cfg, lines: map[written]struct{}{}, placed: map[figureName]place{}, extra: map[string]ledger.Variable{}}
}

func (s *Safe) write(w written) {
	if s == nil || s.book == nil {
		return
	}
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	s.book.lines[w] = struct{}{}
}

// Ledger returns a line for every figure that any pen has written, in one order
// and each once. Those of this release bear no number of a run yet.
func (s *Safe) Ledger() []Line {
	lines, _ := s.entries(0)
	return slices.Collect(lines)
}

// Preview returns the ledger as it will be when the figures of all tables have
// been written, so that they can be audited before anything is.
func (s *Safe) Preview(run ledger.Run, links ledger.Links) (ledger.Head, []Line) {
	trial := *s
	trial.book = newBook(s.book.survey, s.book.config)
	pen := trial.Pen("results", nil)
	trial.Results(pen)
	for _, v := range trial.views {
		for d := range v.rows {
			pen.Text(v.Base(d))
			for _, n := range append([]Number{v.Asked(d), v.Unanswered(d)}, v.rows[d].missing[survey.NotAsked:]...) {
				if n.published {
					pen.Text(n)
				}
			}
		}
	}
	lines, axes := trial.entries(run.Run)
	for _, u := range links.Unions {
		axes.need(u.Is.Variable)
	}
	links.Unions = slices.Concat(links.Unions, axes.unions)
	head := ledger.Head{Audience: string(s.Audience()), Threshold: s.Threshold(), Run: run.Run, Runs: []ledger.Run{run}, Variables: axes.variables(), Links: links}
	return head, slices.Collect(lines)
}

// WriteLedger writes the ledger of a run. Earlier are the runs from which
// figures are held.
func (s *Safe) WriteLedger(w io.Writer, run ledger.Run, earlier []ledger.Run, links ledger.Links) error {
	lines, axes := s.entries(run.Run)
	for _, u := range links.Unions { // of nets that no figure names
		axes.need(u.Is.Variable)
	}
	links.Unions = slices.Concat(links.Unions, axes.unions)
	runs := append(slices.Clone(earlier), run)
	slices.SortFunc(runs, func(a, b ledger.Run) int { return cmp.Compare(a.Run, b.Run) })
	head := ledger.Head{Audience: string(s.Audience()), Threshold: s.Threshold(), Run: run.Run, Runs: runs, Variables: axes.variables(), Links: links}
	return ledger.Write(w, head, lines)
}

// entries returns the lines in order, and the variables that they speak of.
func (s *Safe) entries(run int) (func(yield func(Line) bool), *axes) {
	if s == nil || s.book == nil {
		return func(func(Line) bool) {}, newAxes(nil, Config{})
	}
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	a := newAxes(s.book.survey, s.book.config)
	maps.Copy(a.extra, s.book.extra)
	places := s.places(a)
	maps.Copy(places, s.book.placed)
	sorted := slices.Collect(maps.Keys(s.book.lines))
	slices.SortFunc(sorted, func(a, b written) int {
		return cmp.Or(cmp.Compare(a.artifact, b.artifact), cmp.Compare(a.key, b.key), cmp.Compare(a.stat, b.stat), cmp.Compare(a.end, b.end),
			cmp.Compare(a.as, b.as), cmp.Compare(a.run, b.run), cmp.Compare(a.status, b.status), cmp.Compare(a.value, b.value),
			cmp.Compare(a.decimals, b.decimals), cmp.Compare(a.marker, b.marker))
	})
	return func(yield func(Line) bool) {
		for _, w := range sorted {
			if !yield(w.line(places, run)) {
				return
			}
		}
	}, a
}

func (w written) line(places map[figureName]place, run int) Line {
	at, known := places[figureName{w.key, w.stat}]
	if !known {
		at.stat = string(w.stat)
	}
	if w.run != 0 {
		run = w.run
	}
	return Line{
		Artifact: w.artifact, Key: string(w.key), As: w.as, Run: run, At: at.at, Of: at.of, Stat: at.stat + string(w.end),
		Value: json.Number(w.value), Decimals: w.decimals, Status: w.status, Marker: w.marker,
	}
}
