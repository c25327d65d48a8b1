package clean

import (
	"cmp"
	"maps"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Conflict is a line of an analyst's log that saw another answer than the one
// that stands there, with the three values side by side. It is restricted.
type Conflict struct {
	Line  cleaninglog.Line
	Today string // the answer as it stands
	Why   string
}

// outcome is what became of the lines about one row.
type outcome struct {
	met       []*cleaninglog.Line
	unbound   []*cleaninglog.Line
	conflicts []Conflict
	corrected []corrected
}

// corrected is an answer that the log changed.
type corrected struct {
	at   int // column
	line *cleaninglog.Line
}

// find notes where the rows of repeats are of which lines speak: the nth row of
// a response has the index n.
func (c *corrections) find() error {
	spoken := map[string]bool{}
	for key := range c.rows {
		spoken[key.uuid] = true
	}
	for level := range c.levels {
		if level == 0 {
			continue
		}
		count := map[string]int64{}
		c.places[level] = map[dataset.Origin]rowKey{}
		for b, err := range c.dataset.Batches(level) {
			if err != nil {
				return err
			}
			for i := range b.Len() {
				if uuid := b.UUID(i); spoken[uuid] {
					count[uuid]++
					c.places[level][b.Origin(i)] = rowKey{level, uuid, count[uuid]}
				}
			}
		}
	}
	return nil
}

// key names row i of a batch.
func (c *corrections) key(level int, b *dataset.Batch, i int) (rowKey, bool) {
	if level == 0 {
		return rowKey{uuid: b.UUID(i)}, b.UUID(i) != ""
	}
	key, ok := c.places[level][b.Origin(i)]
	return key, ok
}

// correct applies the lines about row i to its cells.
func (w *worker) correct(i int) *outcome {
	c := w.c.corrections
	var out *outcome
	done := map[string]bool{}
	if key, ok := c.key(w.level, w.b, i); ok {
		for _, name := range slices.Sorted(maps.Keys(c.rows[key])) {
			if out == nil {
				out = &outcome{}
			}
			to := c.rows[key][name]
			w.apply(i, to, out)
			done[to.item.Name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.all[w.level])) {
		if done[name] {
			continue // a line of its own goes before one for all
		}
		if to := w.held(i, c.all[w.level][name]); to != nil {
			if out == nil {
				out = &outcome{}
			}
			w.apply(i, to, out)
		}
	}
	return out
}

// held returns what lines about all responses say of an answer that is the one
// they saw; nil where none of them saw it.
func (w *worker) held(i int, all []*correction) *correction {
	var out *correction
	for _, to := range all {
		v := w.view(i, to)
		if out == nil {
			out = &correction{item: to.item, list: to.list}
		}
		if to.whole != nil && out.whole == nil && v.seen(to, to.whole.line) {
			out.whole = to.whole
		}
		for _, p := range to.parts {
			if v.seenPart(p) {
				out.parts = append(out.parts, p)
			}
		}
	}
	if out.whole == nil && len(out.parts) == 0 {
		return nil
	}
	if out.whole != nil {
		out.parts = nil
	}
	return out
}

// view is an answer before it is corrected: as it came in and as it stands
// after tidying.
type view struct {
	at          int
	came, now   answer
	raw, stands string
	changes     []cleaninglog.Change // of tidying, but for the loss of the answer
}

func (w *worker) view(i int, to *correction) view {
	at := w.position[to.item.Name]
	choices := w.c.dataset.Survey.Choices(to.item)
	v := view{at: at, came: w.before(at, i), raw: w.b.Form(i, to.item.Name)}
	v.now, v.stands = v.came, v.raw
	if m, ok := w.mended[at][i]; ok {
		v.now, v.changes = m.answer, m.changes
		v.stands = written(to.item, choices, m.answer)
		if m.answer.Reason == survey.Invalid {
			v.stands, v.changes = v.raw, nil
		} else if n := len(v.changes); n > 0 {
			v.stands = v.changes[n-1].New
		}
	}
	return v
}

// seen reports whether the old value of a line is the answer, as it came in or
// as it stands.
func (v view) seen(to *correction, l *cleaninglog.Line) bool {
	return saw(to.item, to.list, l.Old, v.came, v.raw) || saw(to.item, to.list, l.Old, v.now, v.stands)
}

func (v view) seenPart(s setting) bool {
	if noValue(s.line.Old) {
		return !given(v.now.Reason)
	}
	on, ok := truth(s.line.Old)
	return ok && (on == slices.Contains(v.now.Set, s.code) || on == slices.Contains(v.came.Set, s.code))
}

// apply changes one answer as lines say, or notes why they cannot be followed.
func (w *worker) apply(i int, to *correction, out *outcome) {
	v := w.view(i, to)
	good := true
	check := func(l *cleaninglog.Line, ok bool) {
		out.met = append(out.met, l)
		switch {
		case ok:
		case noValue(l.Old) && w.c.corrections.unbound:
			out.unbound = append(out.unbound, l)
		default:
			good = false
			out.conflicts = append(out.conflicts, Conflict{Line: *l, Today: v.stands, Why: "stale"})
		}
	}
	if to.whole != nil {
		check(to.whole.line, v.seen(to, to.whole.line))
	}
	for _, p := range to.parts {
		check(p.line, v.seenPart(p))
	}
	for _, l := range to.recode {
		check(l, v.seen(to, l))
	}
	for _, m := range to.moved {
		if ok := w.saysOther(v, to); !ok {
			good = false
			out.conflicts = append(out.conflicts, Conflict{Line: *m.line, Today: v.stands, Why: "not other"})
		}
	}
	if len(to.parts) > 0 && v.now.Reason == survey.Invalid && good {
		good = false
		out.conflicts = append(out.conflicts, Conflict{Line: *to.parts[0].line, Today: v.stands, Why: "invalid"})
	}
	if good {
		w.change(i, to, v, out)
	}
}

// saysOther reports whether the choice "other" stands beside a text that is to
// be moved.
func (w *worker) saysOther(v view, to *correction) bool {
	code, ok := lookUp(to.list, "other")
	return ok && (v.now.Code == code && to.item.Type == survey.SelectOne || slices.Contains(v.now.Set, code))
}

// change puts the new answer in the place of the old one.
func (w *worker) change(i int, to *correction, v view, out *outcome) {
	next, line := w.next(i, to, v)
	text := written(to.item, w.c.dataset.Survey.Choices(to.item), next)
	out.corrected = append(out.corrected, corrected{v.at, line})
	if alike(to.item.Type, next, v.now) && v.now.Reason != survey.Invalid {
		return // it stands there already
	}
	kind := cleaninglog.ChangeResponse
	if text == "" {
		kind = cleaninglog.BlankResponse
	}
	issue := line.Issue
	if issue == "" {
		issue = string(line.Type)
	}
	change := cleaninglog.Change{Issue: issue, Old: v.stands, Type: kind, New: text, CheckID: line.CheckID, Comment: line.Comment, Source: line.Source}
	w.set(v.at, i, mending{answer: next, changes: append(slices.Clone(v.changes), change), byLog: true})
}

// next works out the new answer, and names the line that says so first.
func (w *worker) next(i int, to *correction, v view) (answer, *cleaninglog.Line) {
	switch {
	case to.whole != nil:
		return to.whole.answer, to.whole.line
	case len(to.recode) > 0:
		return missing(survey.NotAnswered), to.recode[0]
	case len(to.moved) > 0 && to.item.Type == survey.SelectOne:
		code := to.moved[0].code
		return bound(answerOf(to.list, code)), to.moved[0].line
	}
	line := (*cleaninglog.Line)(nil)
	set := slices.Clone(v.now.Set)
	put := func(code int32, on bool) {
		set = slices.DeleteFunc(set, func(c int32) bool { return c == code })
		if on {
			set = append(set, code)
		}
	}
	for _, p := range to.parts {
		put(p.code, p.on)
		line = cmp.Or(line, p.line)
	}
	for _, m := range to.moved {
		put(m.code, true)
		line = cmp.Or(line, m.line)
	}
	if len(to.moved) > 0 && !w.textRemains(i, to) {
		if code, ok := lookUp(to.list, "other"); ok {
			put(code, false)
		}
	}
	if len(set) == 0 {
		return missing(survey.NotAnswered), line
	}
	slices.Sort(set)
	return bound(setOf(to.list, set)), line
}

// textRemains reports whether lines leave a text beside "other": one of them
// says what is left of it.
func (w *worker) textRemains(i int, to *correction) bool {
	key, ok := w.c.corrections.key(w.level, w.b, i)
	if !ok {
		return false
	}
	for _, text := range w.c.corrections.rows[key] {
		if text.whole != nil && !text.whole.blank && len(text.recode) > 0 && text.recode[0] == to.moved[0].line {
			return true
		}
	}
	return false
}

// conflictFindings says which lines could not be followed, never what they hold.
func (c *corrections) conflictFindings(conflicts []Conflict) []finding.Finding {
	var out []finding.Finding
	for _, x := range conflicts {
		place := x.Line.Place()
		place.Item = x.Line.Question
		f := finding.Finding{Stage: "clean", Severity: finding.Refusal, Place: place, Count: 1}
		switch x.Why {
		case "not other":
			f.Kind = "log-not-other"
			f.Problem = "The line moves a text into a choice, but the choice \"other\" does not stand beside it."
			f.Remedy = "Look at the answer as it stands today, and correct the line."
		case "invalid":
			f.Kind = "log-stale"
			f.Problem = "The line is about one choice of an answer that cannot be read."
			f.Remedy = "Correct the answer as a whole."
		default:
			f.Kind = "log-stale"
			f.Problem = "The line is stale: the answer is another one today than the line says it saw."
			f.Remedy = "Look at the answer as it stands today, and correct the line or write no_action."
			if noValue(x.Line.Old) {
				f.Problem = "The line changes an answer and does not say which one it saw."
				f.Remedy = "Fill in the old value; or, if the log was made without old values, accept that with \"clean.unbound: true\"."
			}
		}
		out = append(out, f)
	}
	return out
}
