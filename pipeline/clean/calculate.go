package clean

import (
	"maps"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/asked"
	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/expr"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// recalculated is the issue under which a calculated answer was worked out anew.
const recalculated = "recalculated"

// calculation is an item that the form computes from others.
type calculation struct {
	item  *survey.Item
	bound *expr.Bound // nil when it cannot be worked out from the answers of its level
	from  []string    // items it is computed from
	items []*survey.Item
}

// calculations returns the calculated items of a layout.
func calculations(l dataset.Layout) []calculation {
	var out []calculation
	slots := make(map[string]int, len(l.Items))
	var items []*survey.Item
	for i, name := range l.Items {
		item, _ := l.Survey.Item(name)
		items, slots[name] = append(items, item), i
	}
	for _, item := range items {
		if item.Type != survey.Calculated || strings.TrimSpace(item.Calculate) == "" {
			continue
		}
		k := calculation{item: item, items: items}
		parsed, err := expr.Parse(item.Calculate)
		if err == nil && parsed.Kept() {
			continue // the value that was kept stands
		}
		if err == nil {
			k.from = parsed.Items()
			bound, err := parsed.Bind(func(name string) (int, bool) { at, ok := slots[name]; return at, ok })
			clock := strings.Contains(item.Calculate, "today(") || strings.Contains(item.Calculate, "now(")
			if err == nil && !parsed.UsesSelf() && !parsed.NeedsNested() && !parsed.UsesOnce() && !clock {
				k.bound = bound
			}
		}
		out = append(out, k)
	}
	return out
}

// calculating gives the answers of a response to a calculation.
type calculating struct {
	survey  *survey.Survey
	items   []*survey.Item
	answers func(item string) asked.Answer
}

// Answer implements expr.Env.
func (e calculating) Answer(slot int) expr.Value {
	item := e.items[slot]
	return asked.Value(item, e.survey.Choices(item), e.answers(item.Name))
}

// Self implements expr.Env; no calculation worked out here speaks of it.
func (e calculating) Self() expr.Value { return expr.Missing() }

// Today implements expr.Env; no calculation worked out here speaks of it.
func (e calculating) Today() expr.Value { return expr.Missing() }

// recalculate works out anew what the form computes from answers of response i
// that were changed. It does so only where the same calculation gives the value
// that was stored with the answers that came in: else the tool that collected
// them computes otherwise, and the analyst is told.
func (w *worker) recalculate(i int, out *cleaned) {
	if len(w.calculations) == 0 {
		return
	}
	var changed, logged map[string]bool
	for at, c := range w.columns {
		if m, ok := w.mended[at][i]; ok {
			if changed == nil {
				changed, logged = map[string]bool{}, map[string]bool{}
			}
			changed[c.Item.Name] = true
			logged[c.Item.Name] = m.byLog
		}
	}
	own := maps.Clone(logged) // what an analyst says of a calculated answer stands
	told := map[string]bool{}
	hangsOn := func(k calculation, of map[string]bool) bool {
		return slices.ContainsFunc(k.from, func(n string) bool { return of[n] })
	}
	again := len(changed) > 0
	for pass := 0; again && pass <= len(w.calculations); pass++ { // one may hang on another
		again = false
		for _, k := range w.calculations {
			name := k.item.Name
			switch {
			case own[name] || told[name] || !hangsOn(k, changed):
			case w.recompute(i, k):
				again = true
				changed[name], logged[name] = true, true
			case hangsOn(k, logged) && !w.current(i, k):
				told[name] = true
				out.findings = append(out.findings, finding.Finding{
					Stage: "clean", Kind: "stale-calculation", Severity: finding.Warning, Place: w.place(i, name),
					Problem: "An answer that " + name + " is calculated from was changed, and the value cannot be worked out anew here.",
					Remedy:  "The stored value may be stale: correct it with a line of the cleaning log.",
				})
			}
		}
	}
}

// value works out a calculation with some answers of response i.
func (w *worker) value(k calculation, answers func(item string) asked.Answer) string {
	return k.bound.Eval(calculating{w.c.dataset.Survey, k.items, answers}).Str()
}

func (w *worker) asRead(i int) func(string) asked.Answer {
	return func(item string) asked.Answer { return asked.Read(w.columns[w.position[item]], i) }
}

func (w *worker) asCorrected(i int) func(string) asked.Answer {
	return func(item string) asked.Answer { return w.answer(item, i).Answer }
}

// recompute works out a calculation anew; false when that is not to be trusted
// or changes nothing.
func (w *worker) recompute(i int, k calculation) bool {
	if !w.trusted(i, k) {
		return false
	}
	at := w.position[k.item.Name]
	now := w.answer(k.item.Name, i)
	text := w.value(k, w.asCorrected(i))
	if sameText(now.Text, text) {
		return false
	}
	m := w.mended[at][i]
	kept := slices.DeleteFunc(slices.Clone(m.changes), func(c cleaninglog.Change) bool { return c.Issue == recalculated })
	old := w.b.Form(i, k.item.Name)
	if n := len(kept); n > 0 {
		old = kept[n-1].New
	}
	change := cleaninglog.Change{Issue: recalculated, Old: old, Type: cleaninglog.ChangeResponse, New: text}
	next := mending{answer: bound(asked.Answer{Text: text}), changes: append(kept, change)}
	if text == "" {
		next.changes[len(kept)].Type = cleaninglog.BlankResponse
		next.answer = missing(survey.NotAnswered)
	}
	w.set(at, i, next)
	return true
}

// trusted reports whether a calculation gives the value that was stored, with
// the answers that came in.
func (w *worker) trusted(i int, k calculation) bool {
	return k.bound != nil && sameText(w.b.Form(i, k.item.Name), w.value(k, w.asRead(i)))
}

// current reports whether the value that stands is that of the calculation.
func (w *worker) current(i int, k calculation) bool {
	return k.bound != nil && sameText(w.answer(k.item.Name, i).Text, w.value(k, w.asCorrected(i)))
}

// sameText reports whether two values are alike as numbers or as texts.
func sameText(a, b string) bool {
	return a == b || sameNumber(a, b)
}
