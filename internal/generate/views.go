package main

import (
	"math"
	"sort"
	"strconv"
	"strings"
)

// expression answers the items on freedom of expression.
func (p *Person) expression() {
	core := -0.6
	if p.has("themes", "foe") || p.has("themes", "jour") || p.has("themes", "ati") {
		core = 1.2
	}
	if p.Answers["engaged_prev"] == "yes" {
		raised := "no"
		switch {
		case p.Float64() < 0.05:
			raised = "dk"
		case chance(p.Rand, core+0.3*p.experience-0.3*max(p.risk, 0)):
			raised = "yes"
		}
		p.maybe(0.03, "foe_raised", raised)
	}
	switch p.Answers["foe_raised"] {
	case "yes":
		p.put("foe_topics", p.several("foe_topics", "law", 0, map[string]float64{"law": 0.3, "defam": -0.7, "censor": -0.7, "jour_attack": -0.2, "impunity": -1, "women_jour": -1.4,
			"ati": -0.5, "shutdown": -1.2 + 0.3*p.risk, "surv": -1.3, "disinfo": -1.2, "protest": -0.3, "assoc": -0.5, "hrd": -0.2, "arts": -2.4, "other": -3.5}))
	case "no":
		p.put("foe_whynot", p.several("foe_whynot", "lowprio", 0, map[string]float64{"lowprio": -0.4, "risk": -1.6 + 1.2*p.risk, "noskill": -0.8 - 0.5*p.experience,
			"noevid": -1.3, "others": -0.8, "space": -1.2, "other": -3.2}))
	}
	skip := 0.05
	if p.Float64() < 0.04 {
		p.put("foe_frame", "na")
	} else {
		p.maybe(skip, "foe_frame", level(p.Rand, 2.9+0.4*p.experience+0.3*core, 0.9, 1, 5))
	}
	if p.Float64() < 0.07 {
		p.put("foe_sdg", "na")
	} else {
		p.maybe(skip, "foe_sdg", level(p.Rand, 2.4+0.3*p.capacity+0.2*core, 1, 1, 5))
	}
	p.say("foe_open", 0.5, p.aboutExpression())
}

// recommendations answers the items on proposing recommendations.
func (p *Person) recommendations() {
	if p.Answers["engaged_prev"] != "yes" {
		return
	}
	skill := 0.5*p.capacity + 0.6*p.experience + 0.4*p.NormFloat64()
	drafted := "no"
	if chance(p.Rand, 0.7+0.8*p.experience) {
		drafted = "yes"
	}
	p.maybe(0.03, "rec_drafted", drafted)
	p.maybe(0.05, "rec_conf", level(p.Rand, 2.7+0.6*skill, 0.8, 1, 5))
	if p.Answers["rec_drafted"] != "yes" {
		return
	}
	p.maybe(0.08, "rec_count", strconv.Itoa(min(1+int(math.Exp(1.6+0.4*p.capacity+0.6*p.NormFloat64())), 120)))
	p.maybe(0.04, "rec_smart", p.several("rec_smart", "none", 0, map[string]float64{"specific": 0.8 + 0.7*skill, "law": -0.2 + 0.6*skill, "indicator": -1.6 + 0.7*skill,
		"time": -1.7 + 0.6*skill, "actor": -0.6 + 0.5*skill, "prev": -0.8 + 0.6*skill, "sdg": -1.7 + 0.4*skill}))
	p.maybe(0.04, "rec_uptake", spin(p.Rand, Slot{"none", 22 - 8*skill}, Slot{"few", 38}, Slot{"half", 16 + 4*skill}, Slot{"most", 9 + 5*skill}, Slot{"all", 2}, Slot{"dk", 14}))
	p.say("rec_example", 0.35, p.example(skill))
}

// followUp answers the items on what came after the review.
func (p *Person) followUp() {
	if p.Answers["engaged_prev"] != "yes" {
		return
	}
	did := map[string]float64{"plan": -1.4, "meet": -0.6, "parl": -1.3, "media": -0.7, "indic": -1.6 + 0.5*p.capacity, "court": -2.6, "un": -0.9 + 0.3*p.experience, "midterm": -6}
	for name := range did {
		if p.has("stages", "followup") {
			did[name] += 0.9
		}
	}
	if p.has("stages", "midterm") {
		did["midterm"] = 3
	}
	p.maybe(0.05, "fu_did", p.several("fu_did", "none", 0, did))
	p.maybe(0.05, "fu_mech", spin(p.Rand, Slot{"yes_open", 20 - 6*p.risk}, Slot{"yes_closed", 22 + 6*p.risk}, Slot{"no", 22}, Slot{"dk", 28}))
	p.maybe(0.06, "fu_impl", spin(p.Rand, Slot{"worse", 14 + 8*p.risk}, Slot{"none", 34}, Slot{"started", 24}, Slot{"partly", 16 - 4*p.risk}, Slot{"fully", 1.5}, Slot{"dk", 14}))
	p.say("fu_open", 0.42, p.aboutFollowUp())
}

// tools answers which tools are used and wanted, and in which form.
func (p *Person) tools() {
	p.maybe(0.04, "tools_used", p.several("tools_used", "none", 0, map[string]float64{"ohchr": 0.1 + 0.5*p.experience, "uprinfo": 0.1 + 0.6*p.experience, "amnesty": -1.6, "ishr": -2 + 0.5*p.capacity,
		"civicus": -1.7, "local": -1.6, "training": -0.7 + 0.4*p.experience, "colleague": -0.2}))
	p.maybe(0.03, "tools_wanted", p.wanted())
	slow := map[string]float64{"africa": 0.7, "asia_pacific": 0.4, "grulac": 0.1, "weog": -1}[p.Answers["region"]]
	phone := 0.4*slow - 0.5*p.capacity
	p.maybe(0.04, "tool_format", p.several("tool_format", "pdf", 0, map[string]float64{"pdf": 0.9, "web": 0.1 - 0.4*slow, "print": -1 + 0.6*slow, "video": -0.1, "audio": -1.7 + 0.4*slow,
		"msg": -1 + 0.7*phone, "offline": -1.3 + 0.8*slow, "slides": -1}))
	odds := map[string]float64{"en": -0.5, "fr": -2.6, "es": -2.8, "ar": -3, "zh": -4.2, "ru": -3.2, "pt": -3.2, "other": -1.7 + 0.5*slow}
	odds[p.Lang] = 3
	p.maybe(0.03, "tool_langs", p.several("tool_langs", p.Lang, 0, odds))
	if p.has("tool_langs", "other") {
		pool := append(append([]string{}, p.pieces().OtherLangs[p.Answers["region"]]...), p.pieces().OtherLangs["any"]...)
		p.maybe(0.15, "tool_lang_other", one(p.Rand, pool))
	}
	p.maybe(0.04, "conn", spin(p.Rand, Slot{"good", 45 - 30*slow + 8*p.capacity}, Slot{"limited", 24 + 12*slow}, Slot{"unstable", 16 + 14*slow}, Slot{"blocked", 4 + 5*max(p.risk, 0)}, Slot{"pns", 2}))
	p.maybe(0.04, "device", spin(p.Rand, Slot{"computer", 40 + 10*p.capacity}, Slot{"phone", 16 + 14*phone}, Slot{"both", 38}, Slot{"shared", 3 + 3*slow}))
	access := map[string]float64{"sr": -2.9, "sub": -1.9, "sign": -3.2, "easy": -1.8}
	if p.has("led_by", "disab") || p.has("themes", "disab") {
		access = map[string]float64{"sr": -0.4, "sub": -0.2, "sign": -0.6, "easy": -0.2}
	}
	p.maybe(0.07, "access", p.several("access", "none", 0, access))
	p.say("tool_open", 0.42, p.mostNeeded())
}

// wanted selects up to five tools: what the obstacles call for, with taste and chance beside it.
func (p *Person) wanted() string {
	bar := func(name string) float64 { return float64(max(p.obstacle[name], 0)) }
	need := map[string]float64{
		"guide_stage": 0.9 + 0.6*bar("bar_info"), "why_foe": 0.8 + 0.4*bar("bar_fear"), "smart_sheet": 1.6 - 0.4*p.experience, "model_recs": 1.5, "tmpl_sub": 1 + 0.5*bar("bar_words") - 0.3*p.experience,
		"tmpl_lobby": 1.2, "tmpl_monitor": 1.1 + 0.3*p.experience, "video": 1.4, "webinar": 1.3, "elearn": 1, "tot": 0.6, "helpdesk": 0.7 + 0.5*bar("bar_staff"), "calendar": 0.7 + 0.7*bar("bar_deadline"),
		"database": 1 + 0.3*p.capacity, "safety": 0.1 + 1*bar("bar_fear"), "coalition": 0.9 + 0.2*bar("bar_status"), "cases": 0.4 + 0.5*bar("bar_trust"), "media": 0.9, "inclusion": 0.1 + 0.4*bar("bar_net") + 0.3*bar("bar_lang"),
		"funds": 0.6 + 0.5*bar("bar_money") + 0.3*bar("bar_visa"),
	}
	if p.Answers["org_type"] == "network" {
		need["tot"] += 1.4
	}
	choices := p.world.Form.byList["tool"].Choices
	order := map[string]int{}
	var names []string
	for i, c := range choices {
		order[c.Name] = i
		names = append(names, c.Name)
		need[c.Name] += 0.9 * p.NormFloat64()
	}
	sort.SliceStable(names, func(i, j int) bool { return need[names[i]] > need[names[j]] })
	names = names[:[]int{2, 3, 4, 5, 5, 5}[p.IntN(6)]]
	sort.Slice(names, func(i, j int) bool { return order[names[i]] < order[names[j]] })
	return strings.Join(names, " ")
}

// close answers how the answers may be used.
func (p *Person) close() {
	p.put("attribution", spin(p.Rand, Slot{"none", 30 + 14*p.risk}, Slot{"anon", 34}, Slot{"region", 20}, Slot{"country", 6 - 3*p.risk}, Slot{"name", 6 - 4*p.risk}))
	p.maybe(0.05, "pilot", spin(p.Rand, Slot{"yes", 58}, Slot{"no", 42}))
	p.say("final_open", 0.8, one(p.Rand, p.fitting("final", p.pieces().Final)))
}
