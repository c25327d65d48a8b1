package bind

import (
	"slices"
	"time"

	"github.com/soundings-survey/soundings/pipeline/expr"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// condition is one condition under which items are asked, bound to the items it
// speaks of. Where it cannot be decided from the file, bound is nil.
type condition struct {
	bound *expr.Bound
	items []int // by index in Survey.Items
}

// bindConditions binds the conditions of the plan's items, each once. Those that
// speak of items the file lacks, of repeats below, or that cannot be read, are
// left undecided; the names of their items are kept for the account.
func (p *Plan) bindConditions() {
	known := map[string]int{}
	for i := range p.answers {
		a := &p.answers[i]
		for _, source := range a.item.Relevant {
			k, ok := known[source]
			if !ok {
				k = len(p.conditions)
				known[source] = k
				p.conditions = append(p.conditions, p.bindCondition(source))
			}
			a.asked = append(a.asked, k)
			if p.conditions[k].bound == nil && !slices.Contains(p.Undecided, a.item.Name) {
				p.Undecided = append(p.Undecided, a.item.Name)
			}
		}
	}
}

func (p *Plan) bindCondition(source string) condition {
	parsed, err := expr.Parse(source)
	if err != nil || parsed.UsesSelf() || parsed.NeedsNested() {
		return condition{}
	}
	var c condition
	bound, err := parsed.Bind(func(name string) (int, bool) {
		i, ok := p.index[name]
		if !ok || !p.visible(i) {
			return 0, false
		}
		c.items = append(c.items, i)
		return i, true
	})
	if err != nil {
		return condition{}
	}
	c.bound = bound
	return c
}

// visible reports whether the answers to an item are at hand when a row of the
// plan's level is read.
func (p *Plan) visible(item int) bool {
	at := p.Survey.Items[item].Level
	if at == p.Level {
		return slices.ContainsFunc(p.answers, func(a answer) bool { return a.index == item && a.present() })
	}
	return slices.Contains(p.above, item)
}

// NeededBelow returns the items of a level that conditions in the repeats below
// it speak of, by index in Survey.Items, as far as the header has them.
func NeededBelow(s *survey.Survey, level int, h Header) []int {
	var out []int
	for i := range s.Items {
		if !under(s, s.Items[i].Level, level) {
			continue
		}
		for _, source := range s.Items[i].Relevant {
			parsed, err := expr.Parse(source)
			if err != nil {
				continue
			}
			for _, name := range parsed.Items() {
				for k := range s.Items {
					if item := &s.Items[k]; item.Name == name && item.Level == level && h.Has(k) && !slices.Contains(out, k) {
						out = append(out, k)
					}
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

// under reports whether a level is one of the repeats below another.
func under(s *survey.Survey, level, above int) bool {
	for level != above {
		if level <= 0 || level >= len(s.Levels) {
			return false
		}
		level = s.Levels[level].Parent
		if level == above {
			return true
		}
	}
	return false
}

// verdict says whether an item was asked.
type verdict uint8

const (
	unknown verdict = iota // as yet, or because an answer it hangs on cannot be read
	asked
	notAsked
)

// judge decides for one row after the other which items were asked. Items share
// most of their conditions, so each is decided once a row. It is the Env of the
// conditions.
type judge struct {
	plan    *Plan
	decided []verdict
	done    []bool
	values  []Value
	above   map[int]Value
	names   []string
	clock   bool // the condition under way asked for today's date
}

func newJudge(p *Plan) judge {
	return judge{plan: p, decided: make([]verdict, len(p.conditions)), done: make([]bool, len(p.conditions))}
}

func (j *judge) begin(values []Value, above map[int]Value) {
	clear(j.done)
	j.values, j.above, j.names = values, above, j.names[:0]
}

// item returns whether the item was asked: all its conditions must hold.
func (j *judge) item(a *answer) verdict {
	out := asked
	for _, k := range a.asked {
		switch j.condition(k) {
		case notAsked:
			return notAsked
		case unknown:
			out = unknown
		}
	}
	return out
}

// condition decides a condition. One that hangs on an answer which does not
// bind, and may yet be corrected, or on today's date, stays unknown.
func (j *judge) condition(k int) verdict {
	if j.done[k] {
		return j.decided[k]
	}
	c := &j.plan.conditions[k]
	out := unknown
	if c.bound != nil && !j.unreadable(c.items) {
		j.clock = false
		holds := c.bound.True(j)
		switch {
		case j.clock:
		case holds:
			out = asked
		default:
			out = notAsked
		}
	}
	j.decided[k], j.done[k] = out, true
	return out
}

func (j *judge) unreadable(items []int) bool {
	for _, i := range items {
		if j.value(i).Reason == survey.Invalid {
			return true
		}
	}
	return false
}

func (j *judge) value(item int) *Value {
	if j.plan.Survey.Items[item].Level == j.plan.Level {
		return &j.values[item]
	}
	v, ok := j.above[item]
	if !ok {
		v = Value{Reason: survey.NotAnswered}
	}
	return &v
}

// Answer implements expr.Env; a slot is an index in Survey.Items.
func (j *judge) Answer(slot int) expr.Value {
	v := j.value(slot)
	if v.Reason != survey.Answered {
		return expr.Missing()
	}
	item := &j.plan.Survey.Items[slot]
	switch item.Type {
	case survey.SelectOne:
		return expr.Text(j.plan.Survey.List(item.List).Choices[v.Code].Name)
	case survey.SelectMultiple, survey.Rank:
		start, choices := len(j.names), j.plan.Survey.List(item.List).Choices
		for _, code := range v.Set {
			j.names = append(j.names, choices[code].Name)
		}
		return expr.Choices(j.names[start:len(j.names):len(j.names)])
	case survey.Integer:
		return expr.Number(float64(v.Int))
	case survey.Decimal:
		return expr.Number(v.Float)
	case survey.Date:
		return expr.Date(float64(v.Int))
	case survey.DateTime:
		return expr.Date(float64(v.Int) / 86_400_000_000)
	case survey.Time:
		return expr.Text(time.UnixMicro(v.Int).UTC().Format("15:04:05.000"))
	}
	return expr.Text(string(v.Text))
}

// Self implements expr.Env; conditions that need it are left undecided.
func (j *judge) Self() expr.Value { return expr.Missing() }

// Today implements expr.Env. What was asked must not hang on the day on which
// the answers are read, so the condition is left undecided.
func (j *judge) Today() expr.Value {
	j.clock = true
	return expr.Missing()
}
