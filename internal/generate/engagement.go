package main

import (
	"math"
	"strconv"
)

// engagement answers in which cycles and at which stages the organisation took part, and how that was.
func (p *Person) engagement() {
	ready := 0.5*p.capacity + 0.9*p.experience
	engaged := "no"
	switch x := p.Float64(); {
	case x < 0.02:
		engaged = "dk"
	case chance(p.Rand, 1.1+ready):
		engaged = "yes"
	case chance(p.Rand, -0.2):
		engaged = "tried"
	}
	p.put("engaged_prev", engaged)
	odds := map[string]float64{"c1": -2.6 + p.experience, "c2": -1.2 + p.experience, "c4": -1 + 0.4*ready}
	if engaged == "yes" {
		odds["c3"] = 9
	}
	p.put("cycles", p.several("cycles", "none", 0, odds))
	if engaged == "yes" || engaged == "tried" {
		p.stages(engaged == "tried")
	}
	if engaged == "yes" {
		p.maybe(0.05, "consulted", spin(p.Rand, Slot{"never", 34 + 10*p.risk}, Slot{"once", 26}, Slot{"some", 20}, Slot{"often", 7}, Slot{"dk", 6}))
		staff := int(math.Round(math.Exp(0.75 + 0.45*p.capacity + 0.45*p.NormFloat64())))
		p.maybe(0.06, "upr_staff", strconv.Itoa(min(max(staff, 1), 60)))
	}
}

// stages answers the stages taken and, for each of them, difficulty and usefulness.
func (p *Person) stages(tried bool) {
	down := 0.0
	if tried {
		down = 2.6
	}
	ecosoc := -1.6
	if p.Answers["ecosoc"] == "yes" {
		ecosoc = 1.1
	}
	fear := 0.7 * max(p.risk, 0)
	c, e := p.capacity, p.experience
	reach := map[string]float64{
		"consult": 0.1 + 0.3*e - 0.3*p.risk, "submit": 1.5 + 0.4*e, "presession": -0.8 + 0.6*c + 0.3*e, "lobby_home": -0.4 + 0.3*c + 0.3*e,
		"lobby_geneva": -1.5 + 0.9*c, "review": -0.5 + 0.4*c, "between": -0.9 + 0.4*e, "plenary": ecosoc + 0.4*c - fear, "followup": 0.1 + 0.5*e, "midterm": -1.6 + 0.6*e + 0.3*c,
	}
	for stage := range reach {
		reach[stage] -= down
	}
	fallback := "submit"
	if tried {
		fallback = "none"
	}
	p.put("stages", p.several("stages", fallback, 0, reach))
	n := 0
	geneva := map[string]float64{"presession": 0.5, "lobby_geneva": 0.8, "review": 0.4, "plenary": 0.7}
	hard := map[string]float64{"consult": 3.1, "submit": 3, "presession": 3.1, "lobby_home": 2.8, "lobby_geneva": 3.1, "review": 2.6, "between": 3.2, "plenary": 3.2, "followup": 3.5, "midterm": 3.1}
	good := map[string]float64{"consult": 2.4, "submit": 3.3, "presession": 3.7, "lobby_home": 3.4, "lobby_geneva": 3.8, "review": 2.9, "between": 3, "plenary": 2.6, "followup": 3.6, "midterm": 3.1}
	for _, s := range p.world.Form.byList["stage"].Choices {
		if !p.has("stages", s.Name) || s.Name == "none" {
			continue
		}
		n++
		far := geneva[s.Name] * (0.6 - 0.6*c - 0.4*e)
		p.maybe(0.04, "diff_"+s.Name, level(p.Rand, hard[s.Name]-0.25*c-0.25*e+far, 0.9, 1, 5))
		if !tried {
			p.maybe(0.05, "use_"+s.Name, level(p.Rand, good[s.Name]+0.15*e-0.1*p.risk, 0.95, 1, 5))
		}
	}
	p.put("n_stages", strconv.Itoa(n))
	if p.has("stages", "submit") {
		p.maybe(0.03, "joint", spin(p.Rand, Slot{"lead", 16 + 8*c}, Slot{"join", 38}, Slot{"both", 14 + 5*c}, Slot{"alone", 24}))
	}
}

// obstacles answers how serious each obstacle was.
func (p *Person) obstacles() {
	region := p.Answers["region"]
	c, e, r := p.capacity, p.experience, max(p.risk, -1)
	visa := map[string]float64{"africa": 2.1, "asia_pacific": 1.7, "grulac": 1, "eeg": 0.7, "weog": -0.6, "global": 0.6}[region]
	net := map[string]float64{"africa": 1.5, "asia_pacific": 1.1, "grulac": 0.7, "eeg": 0.3, "weog": -0.6, "global": -0.2}[region]
	status := 1.5
	switch {
	case p.Answers["ecosoc"] == "yes":
		status = 0.1
	case p.Answers["ecosoc"] == "refused" || p.Answers["legal_status"] == "unreg_refused":
		status = 2.9
	}
	mean := map[string]float64{
		"bar_lang": 0.7 + 1.3*p.foreign - 0.2*c, "bar_money": 2.4 - 0.6*c, "bar_staff": 2.1 - 0.5*c, "bar_info": 1.8 - 0.7*e - 0.2*c, "bar_deadline": 1.6 - 0.4*e,
		"bar_words": 1.1 - 0.1*e, "bar_visa": visa, "bar_net": net + 0.2*r, "bar_status": status, "bar_gov": 1.3 + 0.6*r, "bar_fear": 0.8 + 0.9*r, "bar_trust": 1.4 - 0.3*e + 0.2*r,
	}
	for _, row := range p.world.Form.Rows {
		m, ok := mean[row.Name]
		if !ok {
			continue
		}
		step := level(p.Rand, m, 0.9, 0, 4)
		if step == "4" && p.Answers["engaged_prev"] == "yes" && p.Float64() < 0.7 {
			step = "3" // who took part was seldom kept from it
		}
		p.obstacle[row.Name] = int(step[0] - '0')
		if (row.Name == "bar_visa" || row.Name == "bar_words") && p.Answers["engaged_prev"] == "no" && p.Float64() < 0.6 {
			p.obstacle[row.Name] = -1 // not applicable
			step = "na"
		}
		p.maybe(0.04, row.Name, step)
	}
}

// safety answers the questions on reprisals, which are asked only of those who say that they are safe and willing.
func (p *Person) safety() {
	r := p.risk
	if p.Float64() < 0.05 {
		return
	}
	if !chance(p.Rand, 1.5-0.6*max(r, 0)) {
		p.put("rep_ok", "no")
		return
	}
	p.put("rep_ok", "yes")
	fear := level(p.Rand, 0.7+0.9*r, 0.7, 0, 3)
	if p.Float64() < 0.04 {
		p.put("rep_fear", "pns")
	} else {
		p.maybe(0.04, "rep_fear", fear)
	}
	f := float64(fear[0]-'0') - 1.5
	if p.Float64() < 0.04 {
		p.put("rep_self", "pns")
	} else {
		odds := map[string]float64{"anon": -1.6 + 1.2*f, "coal": -1.5 + 1*f, "topics": -1.7 + 1.1*f, "less": -2 + 1*f, "stop": -3}
		if p.has("stages", "none") || p.Answers["engaged_prev"] == "no" {
			odds["stop"] = -2.4 + 1.2*f
		} else {
			delete(odds, "stop")
		}
		p.maybe(0.05, "rep_self", p.several("rep_self", "none", 0, odds))
	}
	any := "no"
	switch {
	case p.Float64() < 0.06+0.03*max(r, 0):
		any = "pns"
	case p.Float64() < 0.05:
		any = "dk"
	case chance(p.Rand, -2.3+1.3*r):
		any = "yes"
	}
	p.maybe(0.03, "rep_any", any)
	if p.Answers["rep_any"] != "yes" {
		return
	}
	if p.Float64() < 0.06 {
		p.put("rep_type", "pns")
	} else {
		p.put("rep_type", p.several("rep_type", "threat", 0, map[string]float64{"threat": 0.7, "online": 0.2, "smear": -0.2, "surv": -0.3, "travel": -1.7, "legal": -0.9,
			"fund": -1.4, "detain": -1.6, "violence": -2.1, "family": -1.1, "other": -3}))
	}
	p.maybe(0.04, "rep_actor", spin(p.Rand, Slot{"state", 45}, Slot{"nonstate", 12}, Slot{"both", 22}, Slot{"dk", 8}, Slot{"pns", 10}))
	if p.Float64() < 0.07 {
		p.put("rep_report", "pns")
	} else {
		p.maybe(0.04, "rep_report", p.several("rep_report", "no", 0, map[string]float64{"un": -1.5 + 0.4*p.capacity, "nhri": -1.7, "ngo": -0.6}))
	}
}

// tell writes the open answers that must agree with what was said about safety.
func (p *Person) tell() {
	if p.Answers["engaged_prev"] == "no" || p.Answers["engaged_prev"] == "tried" {
		p.say("why_not", 0.25, p.whyNot())
	}
	p.say("bar_open", 0.32, p.worstObstacle())
}
