package protect

import (
	"fmt"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Why whole tables are withheld because of earlier releases.
const (
	whyChanged   = "Too few respondents have joined, left or changed since an earlier report for it to be shown now."
	whyWithdrawn = "It counted somebody who has been forgotten. It comes back when enough respondents have joined or left."
)

// fate is what becomes of a table in the light of earlier releases.
type fate struct {
	earlier *Told  // as it was shown last, nil where it never was
	hold    bool   // it is shown as it was
	again   bool   // no count has changed: it is shown as it was, and is as of now
	free    bool   // nor has any of another table: what else has changed is the project's doing
	close   string // why it is withheld whole, or ""
}

// held is what is remembered of a release beside what it shows.
type held struct {
	survey      *survey.Survey
	config      Config
	respondents int64
	exact       map[table.Key]Exact
	fates       map[table.Key]*fate
	history     *history
	account     *ToldAccount
	weights     *ToldCounts
	coding      *ToldCounts
}

// past is a number of respondents that was told, and whether as many respondents
// as now were counted then.
type past struct {
	n     int64
	equal bool
}

// history is what earlier releases have told.
type history struct {
	releases []Release // that the audience knows, oldest first
	told     map[string][]past
	last     map[table.Key]*Told
	first    map[table.Key]*Told   // the last, in the record of the run whose answers it shows
	as       map[table.Key]facts   // of that
	versions map[table.Key][]*Told // each version that was shown, in such a record
}

// hold decides of every table whether it may be shown with the answers of now.
// For each number of respondents that it tells, or that follows from it, the
// difference to every earlier release must be nobody or at least k. Otherwise
// the table stays as it was, or is withheld where it never was shown.
func hold(s *survey.Survey, tables []*table.Table, releases []Release, audience Audience, cfg Config) (*held, error) {
	now := &census{tables: map[table.Key]*Told{}, single: singleIn(s), respondents: respondentsIn(tables), own: map[table.Key]facts{}}
	out := &held{survey: s, config: cfg, respondents: now.respondents, exact: map[table.Key]Exact{}, fates: map[table.Key]*fate{}}
	for _, t := range tables {
		key := t.Row.Key()
		out.exact[key] = exactOf(t)
		now.tables[key] = &Told{Row: t.Row, Level: t.Level, Design: t.Design, Exact: out.exact[key]}
	}
	var err error
	if out.history, err = newHistory(s, releases, audience, now.respondents); err != nil {
		return nil, err
	}
	h := out.history
	k := int64(cfg.Threshold)
	bad, moved := map[table.Key]bool{}, map[table.Key]bool{}
	unsettled := len(h.releases) > 0 && now.respondents < 0
	for key, t := range now.tables {
		f := now.of(t)
		for name, n := range f {
			for _, p := range h.told[name] {
				if few(n-p.n, k) {
					bad[key] = true
					unsettled = unsettled || p.equal || name == everyoneFact
				}
			}
		}
		bad[key] = bad[key] || h.newlyFew(now, t, k)
		for name, n := range h.as[key] {
			if m, ok := f[name]; !ok || m != n {
				moved[key] = true
			}
		}
	}
	for _, t := range tables {
		key := t.Row.Key()
		x := &fate{earlier: h.last[key], free: len(moved) == 0}
		out.fates[key] = x
		switch {
		case x.earlier == nil:
			if bad[key] || unsettled {
				x.close = whyChanged
			}
		case x.earlier.Withdrawn:
			if bad[key] || !moved[key] {
				x.close = whyWithdrawn
			}
		default:
			x.hold = bad[key] || h.sharpened(now.tables[key], x.free)
			x.again = !x.hold && !moved[key] && sameShape(out.exact[key], h.first[key].Exact)
		}
	}
	return out, nil
}

// judge withholds what may not even be shown as it was.
func (h *held) judge(tables []*table.Table) {
	for _, t := range tables {
		x := h.fates[t.Row.Key()]
		if x.close == "" && (x.hold || x.again && !x.free) {
			x.close = x.outdated(h.survey, t, h.history, h.config)
		}
		if x.close != "" {
			x.hold, x.again = false, false
		}
	}
}

// drop withholds tables whole that an audit found at fault, those that were
// shown earlier too.
func (h *held) drop(tables map[table.Key]bool) {
	for key := range tables {
		if x := h.fates[key]; x != nil {
			x.close, x.hold, x.again = whyAudit, false, false
		}
	}
}

// few reports whether a difference is of some respondents, but fewer than k.
func few(n, k int64) bool { return n != 0 && n > -k && n < k }

func singleIn(s *survey.Survey) func(string) bool {
	return func(name string) bool {
		item, ok := s.Item(name)
		return ok && item.Type == survey.SelectOne
	}
}

// respondentsIn returns how many respondents there are, -1 where no table tells.
func respondentsIn(tables []*table.Table) int64 {
	for _, t := range tables {
		if len(t.Row.By) == 0 && len(t.Row.With) == 0 && t.Level == survey.RespondentLevel && familyRow(t.Row) && len(t.Domains) == 1 {
			return t.Domains[0].Base.Total()
		}
	}
	return -1
}

// newHistory gathers what the releases that an audience knows have told.
func newHistory(s *survey.Survey, releases []Release, audience Audience, respondents int64) (*history, error) {
	h := &history{told: map[string][]past{}, last: map[table.Key]*Told{}, first: map[table.Key]*Told{}, as: map[table.Key]facts{}, versions: map[table.Key][]*Told{}}
	for _, r := range releases {
		if audience.knows(r.Audience) {
			h.releases = append(h.releases, r)
		}
	}
	slices.SortStableFunc(h.releases, func(a, b Release) int { return a.Run - b.Run })
	type version struct {
		told  *Told
		facts facts
	}
	fresh := map[table.Key]map[int]version{}
	withdrawn := map[table.Key]map[int]bool{}
	for i := range h.releases {
		r := &h.releases[i]
		then := &census{tables: map[table.Key]*Told{}, single: singleIn(s), respondents: r.Respondents, own: map[table.Key]facts{}}
		for n := range r.Tables {
			then.tables[r.Tables[n].Row.Key()] = &r.Tables[n]
		}
		for n := range r.Tables {
			t := &r.Tables[n]
			key := t.Row.Key()
			if t.AsOf == 0 {
				continue
			}
			if t.AsOf == r.Run {
				f := then.of(t)
				h.remember(f, r.Respondents >= 0 && r.Respondents == respondents)
				h.versions[key] = append(h.versions[key], t)
				if r.Audience == audience {
					put(fresh, key, r.Run, version{t, f})
				}
			}
			if t.Withdrawn {
				put(withdrawn, key, t.AsOf, true)
			}
			if r.Audience != audience {
				continue
			}
			v, ok := fresh[key][t.AsOf]
			if !ok {
				return nil, &NotSafe{Tables: []table.Key{key}, Why: fmt.Sprintf("the record of run %d, of which figures were shown again, is gone; put it back from a copy", t.AsOf)}
			}
			h.last[key], h.first[key], h.as[key] = t, v.told, v.facts
		}
	}
	for key, t := range h.last {
		if withdrawn[key][t.AsOf] {
			marked := *t
			marked.Withdrawn = true
			h.last[key] = &marked
		}
	}
	return h, nil
}

func put[T any](m map[table.Key]map[int]T, key table.Key, run int, v T) {
	if m[key] == nil {
		m[key] = map[int]T{}
	}
	m[key][run] = v
}

// remember adds facts that were told, each number once.
func (h *history) remember(f facts, equal bool) {
	for name, n := range f {
		at := slices.IndexFunc(h.told[name], func(p past) bool { return p.n == n })
		if at < 0 {
			h.told[name] = append(h.told[name], past{n, equal})
			continue
		}
		h.told[name][at].equal = h.told[name][at].equal || equal
	}
}

// newlyFew reports whether a table has answers or groups that it had not when it
// was shown, and that few respondents are in: then nobody was.
func (h *history) newlyFew(now *census, t *Told, k int64) bool {
	for _, was := range h.versions[t.Row.Key()] {
		if sameShape(t.Exact, was.Exact) {
			continue
		}
		old := (&census{single: now.single, own: map[table.Key]facts{}}).ownFacts(was)
		own := now.ownFacts(t)
		for name, n := range own {
			if _, ok := old[name]; !ok && few(n, k) {
				return true
			}
		}
		for name, n := range old {
			if _, ok := own[name]; !ok && few(n, k) {
				return true
			}
		}
	}
	return false
}

func sameShape(a, b Exact) bool {
	return slices.Equal(a.Choices, b.Choices) && slices.EqualFunc(a.Domains, b.Domains, func(x, y ExactDomain) bool { return slices.Equal(x.Values, y.Values) })
}

// sharpened reports whether a figure that is no share has another exact value
// on the same base as when it was shown: then somebody's answer has changed. If
// free, no count has, and the weights or the design may be why.
func (h *history) sharpened(t *Told, free bool) bool {
	if countsChoices(t.Row.Analysis) && familyRow(t.Row) {
		return false
	}
	for _, was := range h.versions[t.Row.Key()] {
		if free && was.Design != t.Design {
			continue
		}
		for d := range t.Exact.Domains {
			if d >= len(was.Exact.Domains) || !slices.Equal(t.Exact.Domains[d].Values, was.Exact.Domains[d].Values) {
				continue
			}
			a, b := t.Exact.Domains[d], was.Exact.Domains[d]
			if free && a.Weights != b.Weights {
				continue
			}
			if slices.Equal(a.Reasons, b.Reasons) && !slices.Equal(a.Figures, b.Figures) {
				return true
			}
		}
		for i, x := range t.Exact.Tests {
			if free && slices.ContainsFunc(t.Exact.Domains, func(d ExactDomain) bool {
				return !slices.ContainsFunc(was.Exact.Domains, func(e ExactDomain) bool { return d.Weights == e.Weights })
			}) {
				break
			}
			if i < len(was.Exact.Tests) && x.N == was.Exact.Tests[i].N && x.P != was.Exact.Tests[i].P {
				return true
			}
		}
	}
	return false
}

// follow holds what is made of shares that are held, and withholds it where it
// never was shown.
func (h *held) follow(tables []*table.Table) {
	type kin struct{ item, by string }
	by := func(r table.Row) string { return groupKey(&table.Table{Row: table.Row{By: r.By}}) }
	stopped := map[kin]bool{}
	for _, t := range tables {
		x := h.fates[t.Row.Key()]
		if (x.hold || x.close != "") && familyRow(t.Row) && t.Row.Analysis != table.Mean {
			stopped[kin{t.Row.Item, by(t.Row)}] = true
		}
	}
	for _, t := range tables {
		if familyRow(t.Row) && t.Row.Analysis != table.Mean {
			continue
		}
		x := h.fates[t.Row.Key()]
		if x.hold || x.close != "" {
			continue
		}
		for _, item := range slices.Concat([]string{t.Row.Item}, t.Row.With, t.Row.By) {
			if !stopped[kin{item, by(t.Row)}] && !stopped[kin{item, by(table.Row{})}] {
				continue
			}
			x.again = false
			if x.earlier == nil || x.earlier.Withdrawn {
				x.close = whyChanged
			} else {
				x.hold = true
			}
		}
	}
}

// outdated says why a table may not even be shown as it was: the rules have
// become stricter, or it has other answers now.
func (x *fate) outdated(s *survey.Survey, t *table.Table, h *history, cfg Config) string {
	if why := forbidden(s, t, cfg); why != "" {
		return why
	}
	was := x.earlier
	if !slices.Equal(was.Choices, t.Choices) && !t.Row.Analysis.Test() || len(was.Domains) != len(t.Domains) {
		return whyChanged
	}
	for d := range was.Domains {
		if !slices.Equal(was.Domains[d].Values, t.Domains[d].Values) {
			return whyChanged
		}
	}
	item, _ := s.Item(t.Row.Item)
	rule := rule{k: float64(cfg.Threshold), sensitive: item.Role == survey.Sensitive || slices.Contains(cfg.Country, item.Name)}
	if rule.breaks(was, h.first[t.Row.Key()].Exact) {
		return whySmall
	}
	return ""
}

// breaks reports whether the rule would withhold a figure that was shown, for
// what it says itself.
func (r rule) breaks(was *Told, exact Exact) bool {
	for i, x := range was.Tests {
		if x.Numbers[3].Value != "" && i < len(exact.Tests) && float64(exact.Tests[i].N) < 2*r.k {
			return true
		}
	}
	for d, domain := range was.Domains {
		if d >= len(exact.Domains) {
			return true
		}
		e := exact.Domains[d]
		base := float64(e.Reasons[survey.Answered])
		if domain.Base.Value != "" && r.small(base) {
			return true
		}
		for reason, n := range domain.Missing {
			if n.Value != "" && r.small(float64(e.Reasons[reason])) {
				return true
			}
		}
		for c, n := range domain.Figures {
			if n.Value == "" {
				continue
			}
			if base < 2*r.k || c >= len(e.Counts) || countsChoices(was.Row.Analysis) && r.primary(float64(e.Counts[c]), base) {
				return true
			}
		}
	}
	return false
}
