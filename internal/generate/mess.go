package main

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// block is the number of respondents over which the shares of odd responses and faults hold exactly.
const block = 420

// Lot is what befalls a respondent.
type Lot struct {
	Fate  string // "", noconsent, blank, partial
	Fault string // "", duplicate, or a fault planted in a cell
}

// lots draws what befalls each respondent of a block.
func lots(seed uint64, nth int) []Lot {
	r := rand.New(rand.NewPCG(seed^0x6c6f7473, uint64(nth)))
	out := make([]Lot, block)
	order := r.Perm(block)
	take := func(n int, set func(*Lot)) {
		for _, i := range order[:n] {
			set(&out[i])
		}
		order = order[n:]
	}
	for _, f := range []struct {
		n    int
		name string
	}{{5, "noconsent"}, {3, "blank"}, {5, "partial"}} {
		take(f.n, func(l *Lot) { l.Fate = f.name })
	}
	for _, f := range []struct {
		n    int
		name string
	}{{6, "duplicate"}, {12, "choice"}, {4, "number"}, {3, "codelead"}, {3, "codetrail"}, {2, "codenbsp"}, {1, "codezero"}, {2, "manydouble"},
		{3, "textlead"}, {3, "textdouble"}, {3, "textnbsp"}, {7, "textnfd"}, {4, "textzero"}, {1, "newline"}} {
		take(f.n, func(l *Lot) { l.Fault = f.name })
	}
	return out
}

// fate cuts a response short. Nothing that is left contradicts the skip logic.
func (p *Person) fate(name string) {
	keep := func(groups ...string) {
		for _, r := range p.world.Form.Rows {
			in := false
			for _, g := range groups {
				in = in || r.Group == g
			}
			if r.IsItem() && !in {
				delete(p.Answers, r.Name)
			}
		}
	}
	switch name {
	case "noconsent":
		keep()
		p.put("consent", "no")
	case "blank":
		keep("g_consent")
	case "partial":
		keep([][]string{{"g_consent", "g_profile"}, {"g_consent", "g_profile", "g_engage"}, {"g_consent", "g_profile", "g_engage", "g_diff", "g_use"}}[p.IntN(3)]...)
	}
}

// fault plants a fault in one answer and gives the item, or "" where the response offers no place for it.
func (p *Person) fault(name string) string {
	switch {
	case name == "choice":
		return p.unknownChoice()
	case name == "number":
		for _, item := range []string{"rec_count", "upr_staff"} {
			if p.Answers[item] != "" {
				p.put(item, []string{"~10", "3-4", "several", "12+", "5 people", "two"}[p.IntN(6)])
				return item
			}
		}
	case name == "manydouble":
		for _, item := range []string{"tools_wanted", "themes", "tool_format"} {
			if v := p.Answers[item]; strings.Contains(v, " ") {
				p.put(item, strings.Replace(v, " ", "  ", 1))
				return item
			}
		}
	case strings.HasPrefix(name, "code"):
		item := []string{"region", "org_type", "conn", "device", "resp_lang"}[p.IntN(5)]
		if v := p.Answers[item]; v != "" {
			p.put(item, map[string]string{"codelead": " " + v, "codetrail": v + " ", "codenbsp": v + "\u00a0", "codezero": v + "\u200b"}[name])
			return item
		}
	default:
		for _, item := range []string{"bar_open", "foe_open", "tool_open", "fu_open", "why_not", "rec_example"} {
			if v := p.Answers[item]; v != "" {
				if bad := spoil(v, name); bad != v {
					p.put(item, bad)
					return item
				}
			}
		}
	}
	return ""
}

// spoil writes a text as careless keyboards and copying do.
func spoil(v, fault string) string {
	switch fault {
	case "textlead":
		return "  " + v + " "
	case "textdouble":
		return strings.Replace(v, " ", "  ", 1)
	case "textnbsp":
		return strings.Replace(v, " ", "\u00a0", 2)
	case "textnfd":
		return norm.NFD.String(v)
	case "textzero":
		return "\ufeff" + strings.Replace(v, " ", " \u200b", 1)
	case "newline":
		return strings.Replace(v, " ", "\n", 1)
	}
	return v
}

// unknownChoice gives an answer that the form does not offer: a choice renamed in the field, an old name, another case.
// It keeps to items on which no other item depends.
func (p *Person) unknownChoice() string {
	renamed := []struct{ item, from, to string }{
		{"org_type", "national", "natl"}, {"region", "africa", "afrika"}, {"region", "asia_pacific", "Asia_Pacific"}, {"org_type", "local", "LOCAL"}, {"region", "grulac", "lac"},
		{"conn", "good", "Good"}, {"conn", "unstable", "unstabel"}, {"device", "phone", "mobile"}, {"org_size", "s1", "s01"}, {"org_years", "gt10", "more10"}, {"device", "both", "BOTH"},
		{"attribution", "anon", "anonymous"}, {"org_type", "network", "coalition"}, {"conn", "limited", "limitd"}, {"region", "eeg", "eastern_europe"},
	}
	start := p.IntN(len(renamed))
	for i := range renamed {
		r := renamed[(start+i)%len(renamed)]
		if p.Answers[r.item] == r.from {
			p.put(r.item, r.to)
			return r.item
		}
	}
	return ""
}

// uuid gives the v4-shaped id of respondent i of a seed.
func uuid(seed uint64, i int) string {
	r := rand.New(rand.NewPCG(seed^0x75756964, uint64(i)))
	a, b := r.Uint64(), r.Uint64()
	a = a&^0xf000 | 0x4000
	b = b&^(3<<62) | 2<<62
	return fmt.Sprintf("%08x-%04x-%04x-%04x-%012x", a>>32, a>>16&0xffff, a&0xffff, b>>48, b&0xffffffffffff)
}
