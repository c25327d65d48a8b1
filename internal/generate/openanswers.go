package main

import (
	"slices"
	"sort"
	"strconv"
	"strings"
)

// pieces gives the sentences of the respondent's language.
func (p *Person) pieces() Pieces { return p.world.Pieces[p.Lang] }

// gap gives what stands between two sentences of the respondent's language.
func (p *Person) gap() string {
	if p.Lang == "zh" {
		return ""
	}
	return " "
}

// join puts sentences together and leaves out empty ones.
func (p *Person) join(sentences ...string) string {
	var full []string
	for _, s := range sentences {
		if s != "" {
			full = append(full, s)
		}
	}
	return strings.Join(full, p.gap())
}

// opening gives with the given odds a first sentence; those named by their place do not fit here.
func (p *Person) opening(odds float64, not ...int) string {
	if p.Float64() >= odds {
		return ""
	}
	const smallTeam = 9
	from := p.pieces().Openers
	i := p.IntN(len(from))
	if slices.Contains(not, i) || i == smallTeam && !p.small {
		return ""
	}
	return from[i]
}

// closing gives with the given odds a last sentence, one of those named by their place.
func (p *Person) closing(odds float64, of ...int) string {
	if p.Float64() >= odds {
		return ""
	}
	return p.pieces().Closers[of[p.IntN(len(of))]]
}

// fitting leaves out the sentences that would contradict what the respondent has answered.
func (p *Person) fitting(kind string, from []string) []string {
	unregistered := p.Answers["legal_status"] == "unreg_choice" || p.Answers["legal_status"] == "unreg_refused"
	veteran := p.has("cycles", "c1") || p.has("cycles", "c2")
	applied := p.Answers["ecosoc"] == "pending" || p.Answers["ecosoc"] == "refused"
	joint := p.Answers["joint"] != "" && p.Answers["joint"] != "alone"
	volunteers := p.Answers["org_size"] == "s0"
	allowed := map[string]bool{
		"tell bar_staff 0": volunteers, "tell bar_staff 2": !volunteers, "tell bar_info 3": !veteran,
		"tell bar_status 0": p.Answers["ecosoc"] != "yes", "tell bar_status 1": applied, "tell bar_status 2": unregistered, "tell bar_status 3": unregistered,
		"tell bar_words 1": joint, "tell bar_deadline 2": joint, "tell bar_deadline 4": joint, "tell bar_fear 1": p.Answers["rep_any"] == "yes",
		"tell bar_trust 2": veteran, "why bar_staff 0": volunteers, "why bar_staff 1": !volunteers, "why bar_staff 2": p.small,
		"why bar_status 0": unregistered, "why bar_status 2": applied,
		"fu monitor 0": p.has("fu_did", "indic"), "fu monitor 1": p.has("fu_did", "indic"), "fu monitor 2": p.has("fu_did", "midterm"),
		"final 7": p.Answers["org_type"] != "individual", "final 8": unregistered,
	}
	var out []string
	for i, s := range from {
		if ok, named := allowed[kind+" "+strconv.Itoa(i)]; ok || !named {
			out = append(out, s)
		}
	}
	return out
}

// nowAndThen gives one of the sentences with the given odds.
func (p *Person) nowAndThen(odds float64, from []string) string {
	if p.Float64() < odds {
		return one(p.Rand, from)
	}
	return ""
}

// say answers an open item, or with the given odds leaves it out. Some people write no full stop.
func (p *Person) say(item string, skip float64, text string) {
	if text == "" || p.Float64() < skip {
		return
	}
	if p.Float64() < 0.15 {
		text = strings.TrimRight(text, ".。")
	}
	p.put(item, text)
}

// worst lists obstacles from the worst to the least, those that were none left out.
func (p *Person) worst() []string {
	var names []string
	for _, r := range p.world.Form.Rows {
		if p.obstacle[r.Name] > 0 {
			names = append(names, r.Name)
		}
	}
	sort.SliceStable(names, func(i, j int) bool { return p.obstacle[names[i]] > p.obstacle[names[j]] })
	return names
}

// worstObstacle tells of the most serious obstacle; now and then of a second one, or of one that there was not.
func (p *Person) worstObstacle() string {
	names := p.worst()
	if len(names) == 0 {
		return ""
	}
	worst := p.obstacle[names[0]]
	n := 1
	for n < len(names) && p.obstacle[names[n]] == worst {
		n++
	}
	main := names[p.IntN(n)]
	of := p.pieces().Bar[main]
	second, denied := "", ""
	if len(names) > 1 && p.Float64() < 0.22 {
		if other := names[p.IntN(min(len(names), 3))]; other != main {
			second = one(p.Rand, p.fitting("tell "+other, p.pieces().Bar[other]["tell"]))
		}
	}
	if p.Float64() < 0.25 {
		for _, r := range p.world.Form.Rows {
			if r.List == "sev" && p.obstacle[r.Name] == 0 && p.pieces().Negations[r.Name] != "" && p.Answers[r.Name] == "0" {
				denied = p.pieces().Negations[r.Name]
				break
			}
		}
	}
	if p.Float64() < 0.15 { // some write only what would have helped
		return p.join(p.opening(0.3, 6, 7), one(p.Rand, of["help"]))
	}
	return p.join(p.opening(0.35), denied, one(p.Rand, p.fitting("tell "+main, of["tell"])), second, p.nowAndThen(0.6, of["help"]), p.closing(0.15, 0, 1, 2, 4, 5))
}

// whyNot tells why the organisation did not take part.
func (p *Person) whyNot() string {
	for _, name := range p.worst() {
		if from := p.fitting("why "+name, p.pieces().Why[name]); len(from) > 0 {
			return p.join(p.opening(0.3, 2, 7, 13), one(p.Rand, from), p.nowAndThen(0.2, p.pieces().Bar[name]["help"]), p.closing(0.1, 2, 4))
		}
	}
	return ""
}

// aboutExpression tells what makes raising freedom of expression easier or harder.
func (p *Person) aboutExpression() string {
	var themes []string
	add := func(theme string, when bool) {
		if when {
			themes = append(themes, theme)
		}
	}
	score := p.Answers["foe_frame"]
	add("risk", p.risk > 0.5)
	add("skill", score == "1" || score == "2" || p.has("foe_whynot", "noskill") || p.has("foe_whynot", "noevid"))
	add("standards", score == "4" || score == "5")
	add("law", p.has("foe_topics", "law") || p.has("foe_topics", "disinfo"))
	add("journalists", p.has("foe_topics", "jour_attack") || p.has("foe_topics", "impunity") || p.has("foe_topics", "women_jour"))
	add("shutdown", p.has("foe_topics", "shutdown"))
	add("ati", p.has("foe_topics", "ati"))
	add("protest", p.has("foe_topics", "protest"))
	add("coalition", p.Answers["joint"] == "lead" || p.Answers["joint"] == "join" || p.Answers["joint"] == "both")
	add("diplomats", p.has("stages", "lobby_home") || p.has("stages", "lobby_geneva") || p.has("stages", "presession"))
	add("others", p.has("foe_whynot", "others") || p.has("foe_whynot", "lowprio") || p.has("foe_whynot", "space"))
	if len(themes) == 0 {
		return ""
	}
	first := p.IntN(len(themes))
	second := ""
	if len(themes) > 1 && p.Float64() < 0.4 {
		second = one(p.Rand, p.pieces().Foe[themes[(first+1)%len(themes)]])
	}
	return p.join(p.opening(0.25, 6), one(p.Rand, p.pieces().Foe[themes[first]]), second, p.closing(0.08, 0, 3, 4))
}

// example writes a recommendation as the organisation may have proposed it. Skill brings specific action and precise ends.
func (p *Person) example(skill float64) string {
	rank := level(p.Rand, 3.9+0.6*skill, 1, 1, 5)
	if p.has("rec_smart", "none") {
		rank = level(p.Rand, 2.8, 1, 1, 4)
	}
	text := one(p.Rand, p.pieces().Rec[rank])
	n, _ := strconv.Atoi(rank)
	for _, end := range []string{"prev", "actor", "indicator", "time"} {
		if p.has("rec_smart", end) && n >= 3 && p.Float64() < 0.45 {
			tail := one(p.Rand, p.pieces().Ends[end])
			if p.Lang == "zh" {
				return text + tail + "。"
			}
			return text + " " + tail + "."
		}
	}
	if p.Lang == "zh" {
		return text + "。"
	}
	return text + "."
}

// aboutFollowUp tells what helped or blocked implementation.
func (p *Person) aboutFollowUp() string {
	themes := map[string]string{"worse": "worse", "none": "will", "started": "started", "partly": "partly", "fully": "partly"}
	var parts []string
	if t := themes[p.Answers["fu_impl"]]; t != "" && p.Float64() < 0.75 {
		parts = append(parts, t)
	}
	switch {
	case p.Answers["fu_mech"] == "yes_open" && p.Float64() < 0.6:
		parts = append(parts, "mech_open")
	case p.Answers["fu_mech"] == "yes_closed" && p.Float64() < 0.5:
		parts = append(parts, "mech_closed")
	case p.has("fu_did", "parl") && p.Float64() < 0.5:
		parts = append(parts, "parl")
	case p.has("fu_did", "media") && p.Float64() < 0.5:
		parts = append(parts, "media")
	case (p.has("fu_did", "indic") || p.has("fu_did", "midterm")) && p.Float64() < 0.6:
		parts = append(parts, "monitor")
	case p.obstacle["bar_money"] >= 3 && p.Float64() < 0.5:
		parts = append(parts, "money")
	case p.Float64() < 0.3:
		parts = append(parts, "vague")
	}
	text := p.opening(0.2, 6)
	if len(parts) == 0 {
		return ""
	}
	for _, t := range parts {
		text = p.join(text, one(p.Rand, p.fitting("fu "+t, p.pieces().Fu[t])))
	}
	return p.join(text, p.closing(0.1, 1, 3, 4))
}

// mostNeeded names the one thing that would help most: one of the tools wanted.
func (p *Person) mostNeeded() string {
	wants := strings.Fields(p.Answers["tools_wanted"])
	if len(wants) == 0 {
		return ""
	}
	i := p.IntN(len(wants))
	second := ""
	if p.Float64() < 0.2 && len(wants) > 1 {
		second = one(p.Rand, p.pieces().Tool[wants[(i+1)%len(wants)]])
	}
	return p.join(p.opening(0.2, 6, 7, 8, 9), one(p.Rand, p.pieces().Tool[wants[i]]), second, p.closing(0.18, 0, 4, 5, 6))
}
