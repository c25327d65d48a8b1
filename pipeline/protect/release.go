package protect

import (
	"slices"
	"strconv"

	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Audience says for whom a release is made. All are protected alike.
type Audience string

// The audiences.
const (
	Public   Audience = "public"
	Partners Audience = "partners"
)

// knows reports whether an audience has seen what was released to another one:
// its own releases, and those of a wider one.
func (a Audience) knows(other Audience) bool {
	return a == other || other == Public || a != Public && a != Partners
}

// ReleaseVersion is the version of the format of a Release.
const ReleaseVersion = 2

// Release is the record of one release to one audience. It holds what was shown,
// so that it can be shown again as it was, and the exact counts behind all of it,
// also behind what was withheld, so that a later release can be held against it.
// It is for analysts alone, and kept for good.
type Release struct {
	Version     int      `json:"version"` // ReleaseVersion
	Run         int      `json:"run"`
	Audience    Audience `json:"audience"`
	Threshold   int      `json:"threshold"`
	Respondents int64    `json:"respondents"` // -1: the plan does not tell
	Tables      []Told   `json:"tables"`      // in the order of the release

	Account *ToldAccount `json:"account,omitempty"`
	Weights *ToldCounts  `json:"weights,omitempty"`
	Coding  *ToldCounts  `json:"coding,omitempty"`
}

// Told is one table of a release.
type Told struct {
	Row       table.Row        `json:"row"`
	Level     string           `json:"level"`
	Design    table.DesignKind `json:"design"`
	AsOf      int              `json:"as_of"`               // the run whose answers it shows; 0: nothing of it was shown
	Withdrawn bool             `json:"withdrawn,omitempty"` // it counted somebody who has been forgotten
	Choices   []string         `json:"choices,omitempty"`
	Sets      []string         `json:"sets,omitempty"` // of combinations: the choices that are combined
	Domains   []ToldDomain     `json:"domains,omitempty"`
	Tests     []ToldTest       `json:"tests,omitempty"`
	Exact     Exact            `json:"exact"` // as of the run of the release, whatever was shown
}

// ToldDomain is a domain as it was shown.
type ToldDomain struct {
	Values  []string     `json:"values"`
	Base    ToldNumber   `json:"base"`
	Asked   ToldNumber   `json:"asked"`
	Silent  ToldNumber   `json:"silent"`
	Figures []ToldNumber `json:"figures"` // by choice, as are the next two
	Counts  []ToldNumber `json:"counts"`
	Methods []string     `json:"methods"`
	Missing []ToldNumber `json:"missing"` // by reason
}

// ToldTest is a test as it was shown.
type ToldTest struct {
	Key        table.Key    `json:"key"`
	Method     string       `json:"method"`
	Adjust     string       `json:"adjust,omitempty"`
	EffectName string       `json:"effect_name,omitempty"`
	Group      string       `json:"group"`
	Choice     string       `json:"choice,omitempty"`
	Between    [2]int       `json:"between"`
	Pair       bool         `json:"pair,omitempty"`
	Numbers    []ToldNumber `json:"numbers"` // statistic, its degrees of freedom, p, p adjusted, effect, base
}

// ToldNumber is a number as it was shown, with a decimal point; without a value
// it was withheld.
type ToldNumber struct {
	Stat     Stat   `json:"stat,omitempty"`
	Value    string `json:"value,omitempty"`
	Low      string `json:"low,omitempty"`
	High     string `json:"high,omitempty"`
	Decimals int    `json:"decimals,omitempty"`
	Below    bool   `json:"below,omitempty"`
	Under    bool   `json:"under,omitempty"`
}

// Exact is a table as it was counted, unweighted.
type Exact struct {
	Choices []string      `json:"choices,omitempty"`
	Domains []ExactDomain `json:"domains,omitempty"`
	Tests   []ExactTest   `json:"tests,omitempty"`
}

// ExactDomain has the respondents of a domain by what became of the item, those
// who made each choice, and the exact figures as Go writes a float in full.
type ExactDomain struct {
	Values  []string `json:"values"`
	Reasons []int64  `json:"reasons"`
	Counts  []int64  `json:"counts"`
	Figures []string `json:"figures"`
	Weights string   `json:"weights"` // their sum and effective base
}

// ExactTest has the respondents of a test and its exact p.
type ExactTest struct {
	N int64  `json:"n"`
	P string `json:"p"`
}

// ToldAccount is the account of a release: the one that was shown, and the one
// that was counted.
type ToldAccount struct {
	AsOf      int             `json:"as_of"` // 0: nothing of it was shown
	Withdrawn bool            `json:"withdrawn,omitempty"`
	Shown     quality.Account `json:"shown"`
	Counted   quality.Account `json:"counted"`
}

// ToldCounts are the exact counts by which weights were told of, by name.
type ToldCounts struct {
	Shown     bool             `json:"shown"`
	Withdrawn bool             `json:"withdrawn,omitempty"`
	Counts    map[string]int64 `json:"counts"`
}

// Release returns the record of what the Safe shows, to be kept under the number
// of the run. It is asked for when the account and the weights have been told.
func (s *Safe) Release(run int) Release {
	if s == nil {
		return Release{Version: ReleaseVersion, Run: run, Respondents: -1}
	}
	out := Release{Version: ReleaseVersion, Run: run, Audience: s.audience, Threshold: s.threshold, Respondents: -1, Tables: []Told{}}
	if s.held == nil {
		return out
	}
	out.Respondents = s.held.respondents
	since := func(asOf int) int {
		if asOf == 0 {
			return run
		}
		return asOf
	}
	for _, v := range s.views {
		out.Tables = append(out.Tables, v.told(s.held, since))
	}
	for _, v := range s.tests {
		out.Tables = append(out.Tables, v.told(s.held, since))
	}
	if a := s.held.account; a != nil {
		told := *a
		if told.AsOf < 0 {
			told.AsOf = run
		}
		out.Account = &told
	}
	out.Weights, out.Coding = s.held.weights, s.held.coding
	return out
}

// Withdraw marks what rests on the answers of some runs: it counted somebody who
// has been forgotten. It reports whether anything was marked that was not before.
func (r *Release) Withdraw(runs map[int]bool) bool {
	changed := false
	mark := func(asOf int, is *bool) {
		if runs[asOf] && !*is {
			*is, changed = true, true
		}
	}
	for i := range r.Tables {
		mark(r.Tables[i].AsOf, &r.Tables[i].Withdrawn)
	}
	if r.Account != nil {
		mark(r.Account.AsOf, &r.Account.Withdrawn)
	}
	if r.Weights != nil {
		mark(r.Run, &r.Weights.Withdrawn)
	}
	if r.Coding != nil {
		mark(r.Run, &r.Coding.Withdrawn)
	}
	return changed
}

// Revoked reports whether the release shows anything that counted somebody who
// has been forgotten since.
func (r *Release) Revoked() bool {
	return slices.ContainsFunc(r.Tables, func(t Told) bool { return t.Withdrawn }) ||
		r.Account != nil && r.Account.Withdrawn || r.Weights != nil && r.Weights.Withdrawn || r.Coding != nil && r.Coding.Withdrawn
}

func (v *View) told(h *held, since func(int) int) Told {
	key := v.row.Key()
	out := Told{Row: v.row, Level: v.level, Design: v.design, Exact: h.exact[key]}
	if v.reason != "" {
		return out
	}
	out.AsOf, out.Choices, out.Sets = since(v.asOf), v.choices, v.sets
	if v.again > 0 {
		out.AsOf = v.again
	}
	for _, r := range v.rows {
		d := ToldDomain{Values: filled(r.domain), Base: told(r.base), Asked: told(r.asked), Silent: told(r.silent), Methods: r.methods}
		for c := range r.figures {
			d.Figures, d.Counts = append(d.Figures, told(r.figures[c])), append(d.Counts, told(r.counts[c]))
		}
		for reason := range r.missing {
			d.Missing = append(d.Missing, told(r.missing[reason]))
		}
		out.Domains = append(out.Domains, d)
	}
	return out
}

func (v *TestView) told(h *held, since func(int) int) Told {
	out := Told{Row: v.row, Level: v.level, Design: v.design, Exact: h.exact[v.row.Key()]}
	if v.reason != "" {
		return out
	}
	out.AsOf = since(v.asOf)
	if v.again > 0 {
		out.AsOf = v.again
	}
	for _, d := range v.domains {
		out.Domains = append(out.Domains, ToldDomain{Values: filled(d)})
	}
	for _, x := range v.tests {
		t := ToldTest{Key: x.Key, Method: x.Method, Adjust: x.Adjust, EffectName: x.EffectName, Group: x.group, Choice: x.Choice, Between: x.Between, Pair: x.Pair}
		for _, n := range x.all() {
			t.Numbers = append(t.Numbers, told(*n))
		}
		out.Tests = append(out.Tests, t)
	}
	return out
}

// all returns the numbers of a test, each in its place.
func (x *Tested) all() [7]*Number {
	return [...]*Number{&x.Statistic, &x.NDF, &x.DDF, &x.P, &x.Adjusted, &x.Effect, &x.N}
}

func told(n Number) ToldNumber {
	out := ToldNumber{Stat: n.stat}
	if !n.published {
		return out
	}
	out.Value, out.Decimals, out.Below, out.Under = n.digits(n.value), n.decimals, n.below, n.under
	if n.interval {
		out.Low, out.High = n.digits(n.lo), n.digits(n.hi)
	}
	return out
}

// again returns the number as it was shown under a key.
func (t ToldNumber) again(key table.Key) Number {
	out := withheld(t.Stat, key)
	if t.Value == "" {
		return out
	}
	out.published, out.decimals, out.below, out.under = true, t.Decimals, t.Below, t.Under
	out.value, _ = strconv.ParseFloat(t.Value, 64) // ReadReleases has tried it
	if t.Low != "" {
		out.interval = true
		out.lo, _ = strconv.ParseFloat(t.Low, 64)
		out.hi, _ = strconv.ParseFloat(t.High, 64)
	}
	return out
}

func filled(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

// exactOf keeps the counts of a table.
func exactOf(t *table.Table) Exact {
	out := Exact{Choices: t.Choices}
	for d, domain := range t.Domains {
		e := ExactDomain{Values: filled(domain.Values), Reasons: slices.Clone(domain.Base.Reasons[:]), Weights: inFull(domain.Base.Weighted) + " " + inFull(domain.Base.Kish)}
		if d < len(t.Cells) {
			for _, c := range t.Cells[d] {
				e.Counts, e.Figures = append(e.Counts, c.Count), append(e.Figures, inFull(c.Value))
			}
		}
		out.Domains = append(out.Domains, e)
	}
	for _, x := range t.Tests {
		out.Tests = append(out.Tests, ExactTest{x.N, inFull(x.P) + " " + inFull(x.Statistic) + " " + inFull(x.Effect)})
	}
	return out
}

func inFull(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
