package protect

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// pattern says what of a table was shown when it was last: what was withheld
// then stays withheld, or it would follow from what has changed since.
type pattern struct {
	base    []bool // by domain: withheld
	figures [][]bool
	missing [survey.Reasons]bool
}

// patterns returns the patterns of the tables that are shown with the answers of
// now and have been shown before. Domains and choices that are new have none.
func (h *held) patterns(tables []*table.Table) map[*table.Table]*pattern {
	out := map[*table.Table]*pattern{}
	for _, t := range tables {
		x := h.fates[t.Row.Key()]
		if x == nil || x.earlier == nil || x.hold || x.close != "" || t.Row.Analysis.Test() {
			continue
		}
		p := &pattern{base: make([]bool, len(t.Domains))}
		for d, domain := range t.Domains {
			p.figures = append(p.figures, make([]bool, len(t.Choices)))
			was := x.domain(domain.Values)
			if was == nil {
				continue
			}
			p.base[d] = was.Base.Value == ""
			for c, choice := range t.Choices {
				if at := slices.Index(x.earlier.Choices, choice); at >= 0 {
					p.figures[d][c] = was.Figures[at].Value == ""
				}
			}
			for reason := survey.NotAsked; reason < survey.Reasons; reason++ {
				p.missing[reason] = p.missing[reason] || was.Missing[reason].Value == ""
			}
		}
		out[t] = p
	}
	return out
}

// domain returns a domain as it was shown, nil where there was none.
func (x *fate) domain(values []string) *ToldDomain {
	for d := range x.earlier.Domains {
		if slices.Equal(x.earlier.Domains[d].Values, values) {
			return &x.earlier.Domains[d]
		}
	}
	return nil
}

// settle lays over the masks of families what earlier releases ask for. A table
// that would now withhold what it has shown is withheld whole when that is small
// by itself, and stays as it was when it is only cover.
func (h *held) settle(masks map[*table.Table]*mask, tables []*table.Table) {
	patterns, k := h.patterns(tables), float64(h.config.Threshold)
	for t, m := range masks {
		x := h.fates[t.Row.Key()]
		if p := patterns[t]; p != nil && (!x.again || x.free) {
			x.keep(t, m, p, k)
		}
	}
	h.follow(tables)
	h.judge(tables)
	for t, m := range masks {
		x := h.fates[t.Row.Key()]
		switch {
		case x.close != "" && m.whole == "":
			m.whole = x.close
		case x.hold:
			m.whole = whyChanged // no further figure may rest on it
		}
	}
}

// keep compares a mask with the pattern, and adds to it what was withheld.
func (x *fate) keep(t *table.Table, m *mask, p *pattern, k float64) {
	shown := newView(t, &survey.Item{}, m, k)
	if m.whole != "" {
		x.close = m.whole
		return
	}
	r := rule{k: k}
	for d := range t.Domains {
		was := x.domain(t.Domains[d].Values)
		if was == nil {
			continue
		}
		base := float64(t.Domains[d].Base.Answered())
		if was.Base.Value != "" && !shown.rows[d].base.published {
			x.lose(r.small(base))
		}
		for c, choice := range t.Choices {
			at := slices.Index(x.earlier.Choices, choice)
			if at >= 0 && was.Figures[at].Value != "" && !shown.rows[d].figures[c].published {
				x.lose(m.primary[d][c] || base < 2*k)
			}
		}
		for reason := survey.NotAsked; reason < survey.Reasons; reason++ {
			if was.Missing[reason].Value != "" && !shown.rows[d].missing[reason].published {
				x.lose(r.small(float64(t.Domains[d].Base.Reasons[reason])))
			}
		}
	}
	if x.hold || x.close != "" {
		return
	}
	for d := range t.Domains {
		m.base[d] = m.base[d] || p.base[d]
		for c := range t.Choices {
			m.figures[d][c] = m.figures[d][c] || p.figures[d][c]
		}
	}
	for reason := range m.missing {
		m.missing[reason] = m.missing[reason] || p.missing[reason] && len(t.Row.By) == 0
	}
}

// lose says what becomes of a table that can no longer show what it has shown.
// One that counted somebody who was forgotten is never shown as it was.
func (x *fate) lose(small bool) {
	switch {
	case small:
		x.close = whySmall
	case x.earlier.Withdrawn:
		x.close = whyWithdrawn
	case x.close == "":
		x.hold = true
	}
}

// remember replaces the views of tables that stay as they were, and closes those
// that may not be shown.
func (s *Safe) remember(h *held) {
	s.held = h
	for i, v := range s.views {
		x := h.fates[v.row.Key()]
		v.stick(x)
		switch {
		case x.close != "":
			v.close(x.close)
		case x.hold || x.again:
			was := v.earlier(x.earlier)
			switch {
			case x.again && v.same(was):
				was.again = x.earlier.AsOf
			case x.again && x.free:
				continue // weighted otherwise, say
			default:
				was.since(x.earlier.AsOf)
			}
			s.views[i], s.byKey[v.row.Key()] = was, was
		}
	}
	for i, v := range s.tests {
		x := h.fates[v.row.Key()]
		switch {
		case x.close != "":
			v.close(x.close)
		case x.hold || x.again:
			was := v.earlier(x.earlier)
			switch {
			case x.again && v.same(was):
				was.again = x.earlier.AsOf
			case x.again && x.free:
				continue // weighted otherwise, say
			default:
				was.since(x.earlier.AsOf)
			}
			s.tests[i] = was
		}
	}
}

// stick withholds of a view with the answers of now what was withheld when it
// was last shown.
func (v *View) stick(x *fate) {
	if x.earlier == nil || x.hold || x.again && !x.free || x.close != "" || v.reason != "" {
		return
	}
	for d := range v.rows {
		r := &v.rows[d]
		was := x.domain(r.domain)
		if was == nil {
			continue
		}
		hide := func(n *Number, t ToldNumber) {
			if t.Value == "" {
				*n = withheld(n.stat, n.key)
			} else if t.Low == "" {
				n.interval = false
			}
		}
		hide(&r.base, was.Base)
		hide(&r.asked, was.Asked)
		hide(&r.silent, was.Silent)
		for c, choice := range v.choices {
			if at := slices.Index(x.earlier.Choices, choice); at >= 0 {
				hide(&r.figures[c], was.Figures[at])
				hide(&r.counts[c], was.Counts[at])
			}
		}
		for reason := range r.missing {
			hide(&r.missing[reason], was.Missing[reason])
		}
	}
}

// close withholds all of a view.
func (v *View) close(why string) {
	v.reason = why
	v.primary, v.secondary = len(v.rows)*len(v.choices), 0
	for _, n := range v.numbers() {
		*n = withheld(n.stat, n.key)
	}
}

// numbers returns all numbers of a view in one order.
func (v *View) numbers() []*Number {
	var out []*Number
	for d := range v.rows {
		r := &v.rows[d]
		out = append(out, &r.base, &r.asked, &r.silent)
		for c := range r.figures {
			out = append(out, &r.figures[c], &r.counts[c])
		}
		for reason := range r.missing {
			out = append(out, &r.missing[reason])
		}
	}
	return out
}

// earlier returns the view as it was shown.
func (v *View) earlier(was *Told) *View {
	out := &View{row: v.row, item: v.item, level: v.level, design: was.Design, choices: v.choices, sets: was.Sets}
	for _, d := range was.Domains {
		key := v.row.KeyOf("", d.Values)
		r := viewRow{domain: d.Values, base: d.Base.again(key), asked: d.Asked.again(key), silent: d.Silent.again(key), methods: d.Methods}
		if len(d.Values) == 0 {
			r.domain = nil
		}
		for c, choice := range v.choices {
			of := v.row.KeyOf(choice, d.Values)
			r.figures, r.counts = append(r.figures, d.Figures[c].again(of)), append(r.counts, d.Counts[c].again(of))
			if d.Figures[c].Value == "" {
				out.secondary++
			}
		}
		for reason := range r.missing {
			r.missing[reason] = d.Missing[reason].again(key)
		}
		out.rows = append(out.rows, r)
	}
	return out
}

// same reports whether two views show the same.
func (v *View) same(w *View) bool {
	a, b := v.numbers(), w.numbers()
	return v.reason == "" && v.design == w.design && slices.EqualFunc(a, b, func(x, y *Number) bool { return told(*x) == told(*y) })
}

// since marks a view with the run whose answers it shows.
func (v *View) since(run int) {
	v.asOf = run
	for _, n := range v.numbers() {
		n.asOf = run
	}
}

// AsOf returns the run whose answers the view shows: 0 where it is this one.
func (v *View) AsOf() int {
	if v == nil {
		return 0
	}
	return v.asOf
}

func (v *TestView) close(why string) {
	v.reason = why
	for i := range v.tests {
		for _, n := range v.tests[i].all() {
			*n = withheld(n.stat, n.key)
		}
	}
}

func (v *TestView) earlier(was *Told) *TestView {
	out := &TestView{row: v.row, item: v.item, level: v.level, design: was.Design}
	for _, d := range was.Domains {
		out.domains = append(out.domains, d.Values)
	}
	for _, t := range was.Tests {
		x := Tested{Key: t.Key, Method: t.Method, Adjust: t.Adjust, EffectName: t.EffectName, group: t.Group, Choice: t.Choice, Between: t.Between, Pair: t.Pair}
		for i, n := range x.all() {
			if t.Numbers[i].Stat != "" {
				*n = t.Numbers[i].again(t.Key)
			}
		}
		out.tests = append(out.tests, x)
	}
	return out
}

func (v *TestView) same(w *TestView) bool {
	return v.reason == "" && slices.EqualFunc(v.tests, w.tests, func(x, y Tested) bool {
		for i, n := range x.all() {
			if told(*n) != told(*y.all()[i]) {
				return false
			}
		}
		return x.Key == y.Key && x.Method == y.Method
	})
}

func (v *TestView) since(run int) {
	v.asOf = run
	for i := range v.tests {
		for _, n := range v.tests[i].all() {
			if n.stat != "" {
				n.asOf = run
			}
		}
	}
}

// AsOf returns the run whose answers the tests rest on: 0 where it is this one.
func (v *TestView) AsOf() int {
	if v == nil {
		return 0
	}
	return v.asOf
}
