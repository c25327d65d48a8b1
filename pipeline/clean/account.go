package clean

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/asked"
	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// LogCounts says what became of the lines of analysts' logs.
type LogCounts struct {
	Lines     int64 `json:"lines"`     // read
	Applied   int64 `json:"applied"`   // followed
	NoAction  int64 `json:"no_action"` // say that nothing is to be done
	Undecided int64 `json:"undecided"` // have no type of change yet
	NoEffect  int64 `json:"no_effect"` // are about a response that was left out, or about nothing
}

// account notes what the lines about response i did, and answers that stand
// where nothing was asked any more.
func (w *worker) account(i int, done *outcome, out *cleaned) {
	if done == nil {
		return
	}
	out.met = append(out.met, done.met...)
	out.unbound = append(out.unbound, done.unbound...)
	out.conflicts = append(out.conflicts, done.conflicts...)
	before, after := w.conditions.Judge(), w.conditions.Judge()
	before.Begin(&asked.Response{Batch: w.b, I: i})
	after.Begin(&mendedRow{w, i})
	notAsked := func(judge *asked.Judge, item string) bool { return judge.Of(w.conditions.Of(item)) == asked.NotAsked }
	stands := func(item string) bool { return given(w.answer(item, i).Reason) }
	own := map[int]bool{}
	for _, x := range done.corrected {
		own[x.at] = true
		item := w.columns[x.at].Item
		if stands(item.Name) && notAsked(after, item.Name) {
			place := x.line.Place()
			place.Item = item.Name
			out.findings = append(out.findings, finding.Finding{Stage: "clean", Kind: "log-not-asked", Severity: finding.Warning, Place: place,
				Problem: "The line gives an answer to an item that was not asked, by the other answers of the response.",
				Remedy:  "Correct the answers on which the question hangs as well, or leave this one out."})
		}
	}
	for _, x := range done.corrected {
		for _, name := range w.conditions.Dependents(w.columns[x.at].Item.Name) {
			at := w.position[name]
			if own[at] || !stands(name) || !notAsked(after, name) || notAsked(before, name) {
				continue
			}
			own[at] = true
			out.findings = append(out.findings, finding.Finding{Stage: "clean", Kind: "answer-not-asked", Severity: finding.Warning, Place: w.place(i, name),
				Problem: "After a correction by the cleaning log the item would not have been asked, but there is an answer.",
				Remedy:  "Set it to missing with a line of the cleaning log, if the correction is right."})
		}
	}
}

// add gives a response its answers to the items that the log adds.
func (w *worker) add(i int, to *dataset.Builder, out *cleaned) {
	if w.level > 0 {
		return
	}
	for _, v := range w.c.corrections.added {
		line := v.values[w.b.UUID(i)]
		own := line != nil && w.b.UUID(i) != ""
		if !own {
			line = v.rest
		}
		if line == nil {
			continue
		}
		if own {
			out.met = append(out.met, line)
		}
		a, ok := readAs(&v.item, nil, line.New)
		if !ok || noValue(line.New) {
			continue
		}
		a.put(to.Column(v.item.Name))
		issue := line.Issue
		if issue == "" {
			issue = string(cleaninglog.VariableAdded)
		}
		out.changes = append(out.changes, rowChange{cleaninglog.Change{UUID: w.b.UUID(i), Question: v.item.Name, Issue: issue, Type: cleaninglog.VariableAdded,
			New: written(&v.item, nil, a), CheckID: line.CheckID, Comment: line.Comment, Source: line.Source}, i})
	}
}

// layouts returns the survey and the layouts after the log has added and
// taken out items.
func (c *corrections) layouts() (*survey.Survey, []dataset.Layout, error) {
	s := c.dataset.Survey
	var names []string
	if len(c.added) > 0 {
		var items []survey.Item
		for _, v := range c.added {
			v.finish()
			items, names = append(items, v.item), append(names, v.item.Name)
		}
		wider, findings := s.With(items, nil)
		if finding.Refused(findings) {
			c.findings = append(c.findings, findings...)
			return s, nil, nil
		}
		s = wider
	}
	gone := map[string]bool{}
	for name := range c.removed {
		gone[name] = true
	}
	var out []dataset.Layout
	for l, level := range c.dataset.Levels {
		more := names
		if l > 0 {
			more = nil
		}
		layout := level.Layout
		if len(c.added) > 0 {
			layout = layout.With(s, more, layout.UUID, layout.Weight)
		}
		if len(gone) > 0 {
			layout = layout.Without(gone)
		}
		out = append(out, layout)
	}
	return s, out, nil
}

// settleUp accounts for every line: which were followed, which were about
// responses that are not there.
func (c *cleaning) settleUp() (LogCounts, []Conflict, []finding.Finding) {
	k := c.corrections
	refuse := func(l *cleaninglog.Line, severity finding.Severity, kind, problem, remedy string) {
		k.tell(severity, l, kind, problem, remedy)
	}
	for _, l := range k.pending() {
		switch {
		case c.met[l]:
			k.counts.Applied++
		case c.leftOut[l.UUID]:
			k.counts.NoEffect++
			refuse(l, finding.Warning, "log-no-effect", "The line is about a response that was left out.", "Nothing to do, unless the response should have been kept.")
		case l.UUID == cleaninglog.Everybody:
			k.counts.NoEffect++
			refuse(l, finding.Warning, "log-no-effect", "The line is about all responses, and none of them has the old value.", "Look whether the old value is right.")
		case c.config.SetAside[l.UUID]:
			k.counts.NoEffect++
			refuse(l, finding.Warning, "log-no-effect", "The line is about a response that was set aside when the answers were read.", "Nothing to do, unless the response should have been kept.")
		default:
			refuse(l, finding.Refusal, "log-unknown-response", "The line is about a response, or a row of a repeat, that is not among the answers.", "Correct the uuid or the index, or take the line out; or add the file of answers that holds the response.")
		}
	}
	if n := len(c.unbound); n > 0 {
		rows := make([]int, 0, n)
		for l := range c.unbound {
			rows = append(rows, l.Row)
		}
		slices.Sort(rows)
		k.findings = append(k.findings, finding.Finding{Stage: "clean", Kind: "log-unbound", Severity: finding.Warning, Count: int64(n),
			Problem: "Lines of the cleaning log were followed though they do not say which answer they saw, in rows " + ranges(rows) + ".",
			Remedy:  "Nobody can tell whether they are still right: look at them."})
	}
	slices.SortFunc(c.conflicts, func(a, b Conflict) int {
		return cmp.Or(cmp.Compare(a.Line.File, b.Line.File), cmp.Compare(a.Line.Row, b.Line.Row))
	})
	k.findings = append(k.findings, k.conflictFindings(c.conflicts)...)
	finding.Sort(k.findings)
	return k.counts, c.conflicts, k.findings
}

// reshape reports whether the log adds items or takes some out.
func (c *corrections) reshape() bool { return len(c.added)+len(c.removed) > 0 }

// pending returns the lines about answers and responses, in their order.
func (c *corrections) pending() []*cleaninglog.Line {
	seen := map[*cleaninglog.Line]bool{}
	for _, l := range c.removals {
		seen[l] = true
	}
	note := func(to *correction) {
		if to.whole != nil {
			seen[to.whole.line] = true
		}
		for _, p := range to.parts {
			seen[p.line] = true
		}
		for _, l := range to.recode {
			seen[l] = true
		}
	}
	for _, items := range c.rows {
		for _, to := range items {
			note(to)
		}
	}
	for _, items := range c.all {
		for _, each := range items {
			for _, to := range each {
				note(to)
			}
		}
	}
	for _, v := range c.added {
		for _, l := range v.values {
			seen[l] = true
		}
	}
	out := make([]*cleaninglog.Line, 0, len(seen))
	for l := range seen {
		out = append(out, l)
	}
	slices.SortFunc(out, func(a, b *cleaninglog.Line) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Row, b.Row))
	})
	return out
}

// ranges writes row numbers, sorted, with a dash for those that follow each other.
func ranges(rows []int) string {
	var parts []string
	for i := 0; i < len(rows); {
		j := i
		for j+1 < len(rows) && rows[j+1] <= rows[j]+1 {
			j++
		}
		part := strconv.Itoa(rows[i])
		if rows[j] > rows[i] {
			part += "–" + strconv.Itoa(rows[j])
		}
		parts = append(parts, part)
		i = j + 1
	}
	return strings.Join(parts, ", ")
}
