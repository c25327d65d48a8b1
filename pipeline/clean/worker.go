package clean

import (
	"github.com/soundings-survey/soundings/pipeline/asked"
	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// worker cleans one batch.
type worker struct {
	c          *cleaning
	level      int
	b          *dataset.Batch
	conditions *asked.Conditions
	above      []string // items whose conditions speak of the levels above

	columns  []*dataset.Column       // in the order of the layout
	mended   []map[int]mending       // by column: response -> what became of its cell
	recasts  []map[int]survey.Reason // by column: response -> reason found anew for a blank cell
	position map[string]int
	told     map[unboundWord]finding.Finding // what was said of a word, without its place

	calculations []calculation
}

// unboundWord is a word that is no choice of an item.
type unboundWord struct{ item, word string }

// row reads answers as they are after mending.
type row interface {
	answer(item string, i int) answer
}

func (w *worker) answer(item string, i int) answer {
	at, ok := w.position[item]
	if !ok {
		return missing(survey.NotAnswered)
	}
	if m, ok := w.mended[at][i]; ok {
		return m.answer
	}
	return w.before(at, i)
}

// before returns an answer as it came in.
func (w *worker) before(at, i int) answer {
	a := answer{Answer: asked.Read(w.columns[at], i)}
	a.bound = given(a.Reason) && a.Reason != survey.Invalid
	return a
}

// clean mends the cells of the batch, then decides on each response.
func (w *worker) clean(layout dataset.Layout) (*dataset.Batch, cleaned, error) {
	w.mend()
	keep := make([]bool, w.b.Len())
	out := cleaned{responses: w.b.Len()}
	same := true
	for i := range keep {
		if w.level > 0 {
			out.ids = append(out.ids, w.b.ID(i))
		}
		done := w.correct(i)
		why, objected := w.objection(i)
		switch {
		case !objected:
			keep[i] = true
			w.recalculate(i, &out)
			same = !w.passOn(i, &out) && same
			w.account(i, done, &out)
			continue
		case w.level == 0:
			out.removed = append(out.removed, w.b.ID(i))
			why.UUID, why.Type = w.b.UUID(i), cleaninglog.RemoveSurvey
			if w.c.corrections.speaksOf(w.b.UUID(i)) {
				out.leftOut = append(out.leftOut, w.b.UUID(i))
			}
			if line := w.c.corrections.removals[w.b.UUID(i)]; line != nil {
				out.met = append(out.met, line)
			}
			out.changes = append(out.changes, rowChange{why, i})
		}
		out.left = append(out.left, i)
		same = false
	}
	if same && !w.c.corrections.reshape() {
		return w.b.Extend(layout, nil, nil), out, nil
	}
	return w.rebuild(layout, keep, &out), out, nil
}

// mend goes through the columns and mends what can be mended.
func (w *worker) mend() {
	names := w.b.Layout.Items
	w.position = make(map[string]int, len(names))
	w.mended, w.recasts = make([]map[int]mending, len(names)), make([]map[int]survey.Reason, len(names))
	for at, name := range names {
		c := w.b.Column(name)
		w.columns = append(w.columns, c)
		w.position[name] = at
		list := w.c.dataset.Survey.List(c.Item.List)
		if !c.Item.Type.HasChoices() {
			list = nil
		}
		written := c.Item.Type == survey.OpenText || c.Item.Type == survey.Calculated
		for i, reason := range c.Reasons {
			switch {
			case reason == survey.Invalid:
				if raw, ok := w.b.Raw(i, name); ok {
					w.set(at, i, mendCell(c.Item, list, raw))
				}
			case reason == survey.Answered && written:
				if m, changed := mendText(c.Text(i)); changed {
					w.set(at, i, m)
				}
			}
		}
	}
}

func (w *worker) set(at, i int, m mending) {
	if w.mended[at] == nil {
		w.mended[at] = map[int]mending{}
	}
	w.mended[at][i] = m
}

// objection says why a response is left out, if it is.
func (w *worker) objection(i int) (why cleaninglog.Change, objected bool) {
	if w.level > 0 {
		return why, w.c.removed[w.b.ID(i)] // said where the respondent was left out
	}
	line, said := w.c.corrections.removals[w.b.UUID(i)]
	switch {
	case said && w.b.UUID(i) != "":
		why = line.Change
		why.Old, why.New, why.Question = "", "", ""
		if why.Issue == "" && why.Comment == "" {
			why.Issue = string(cleaninglog.RemoveSurvey)
		}
		return why, true
	case !w.c.gate.passes(w, i):
		return cleaninglog.Change{Issue: noConsent}, true
	case w.blank(i) && !w.c.spared[w.b.ID(i)]:
		return cleaninglog.Change{Issue: blank}, true
	}
	return why, false
}

// blank reports whether response i has no answer at all, but for consent and
// what the form computes itself.
func (w *worker) blank(i int) bool {
	for at, c := range w.columns {
		if !speaks(c.Item, w.c.gate) {
			continue
		}
		reason := c.Reasons[i]
		if m, ok := w.mended[at][i]; ok {
			reason = m.answer.Reason
		}
		if given(reason) {
			return false
		}
	}
	return true
}

// passOn gathers the log lines and findings of response i, and finds anew why
// its blank cells are blank. It reports whether anything changed.
func (w *worker) passOn(i int, out *cleaned) bool {
	changed := false
	for at, c := range w.columns {
		m, ok := w.mended[at][i]
		if !ok {
			continue
		}
		changed = true
		for _, change := range m.changes {
			change.UUID, change.Question = w.b.UUID(i), c.Item.Name
			if w.level > 0 {
				change.Level = w.c.dataset.Survey.Levels[w.level].Name
			}
			out.changes = append(out.changes, rowChange{change, i})
		}
		for _, word := range m.unbound {
			list := w.c.dataset.Survey.List(c.Item.List)
			out.findings = append(out.findings, w.unbound(w.place(i, c.Item.Name), c.Item, list, word))
		}
		if c.Reasons[i] == survey.Invalid && m.answer.bound && len(m.unbound) == 0 {
			out.findings = append(out.findings, mendedFinding(w.place(i, c.Item.Name), c.Item, issuesOf(m.changes)))
		}
	}
	if changed {
		w.recast(i)
	}
	return w.fromAbove(i) || changed
}

// recast finds anew why blank cells of response i are blank, where that hangs
// on a cell that changed. A blank cell counts as asked or not by its conditions
// as when it was read; it changes only where they now decide otherwise.
func (w *worker) recast(i int) {
	before, after := w.conditions.Judge(), w.conditions.Judge()
	before.Begin(&asked.Response{Batch: w.b, I: i})
	after.Begin(&mendedRow{w, i})
	for at, c := range w.columns {
		if _, changed := w.mended[at][i]; !changed {
			continue
		}
		for _, item := range append([]string{c.Item.Name}, w.conditions.Dependents(c.Item.Name)...) {
			reason := w.answer(item, i).Reason
			now := after.Of(w.conditions.Of(item))
			switch {
			case reason == survey.NotAnswered && now == asked.NotAsked:
				w.setReason(item, i, survey.NotAsked)
			case reason == survey.NotAsked && now == asked.Asked && before.Of(w.conditions.Of(item)) == asked.NotAsked:
				w.setReason(item, i, survey.NotAnswered)
			}
		}
	}
}

// mendedRow is response i after mending, as conditions read it.
type mendedRow struct {
	w *worker
	i int
}

// Answer implements asked.Row.
func (r *mendedRow) Answer(item int) asked.Answer {
	return r.w.answer(r.w.c.dataset.Survey.Items[item].Name, r.i).Answer
}

func (w *worker) setReason(item string, i int, r survey.Reason) {
	at := w.position[item]
	if w.recasts[at] == nil {
		w.recasts[at] = map[int]survey.Reason{}
	}
	w.recasts[at][i] = r
}

// rebuild writes the responses that are kept, with what was mended.
func (w *worker) rebuild(layout dataset.Layout, keep []bool, done *cleaned) *dataset.Batch {
	out := dataset.NewBuilder(layout)
	for i, k := range keep {
		if !k {
			continue
		}
		out.Copy(w.b, i, dataset.ResponseOf(w.b, i))
		for at, c := range w.columns {
			column := out.Column(c.Item.Name)
			if column == nil {
				continue // the log takes it out
			}
			if m, ok := w.mended[at][i]; ok {
				m.answer.put(column)
			}
			if reason, ok := w.recasts[at][i]; ok {
				column.Missing(reason)
			}
		}
		w.add(i, out, done)
	}
	return out.Batch()
}

// unbound says what there is to say of a word that is no choice; the nearest
// choice is looked for once a word and batch.
func (w *worker) unbound(place finding.Place, item *survey.Item, list *survey.ChoiceList, word string) finding.Finding {
	key := unboundWord{item.Name, word}
	f, known := w.told[key]
	if !known {
		f = unboundFinding(place, item, list, word)
		if w.told == nil {
			w.told = map[unboundWord]finding.Finding{}
		}
		w.told[key] = f
	}
	f.Place = place
	return f
}

func issuesOf(changes []cleaninglog.Change) []string {
	var out []string
	for _, c := range changes {
		out = append(out, c.Issue)
	}
	return out
}

func (w *worker) place(i int, column string) finding.Place {
	at := w.b.Origin(i)
	p := finding.Place{Row: int(at.Row), Column: column}
	if at.File >= 0 && at.File < len(w.c.dataset.Files) {
		p.File = w.c.dataset.Files[at.File]
	}
	if w.level > 0 { // rows of a repeat are counted apart
		p.Sheet = w.c.dataset.Survey.Levels[w.level].Name
	}
	return p
}
