package codeerror

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/misclassify"
)

// languages returns the languages in which there are answers, in order, and last
// those that do not tell theirs.
func (m *measuring) languages() []string {
	var out []string
	for at := range m.read {
		if at.item == "" && at.language != code.AllOfThem && at.language != "" {
			out = append(out, at.language)
		}
	}
	slices.Sort(out)
	if _, some := m.read[cell{"", ""}]; some {
		out = append(out, "")
	}
	return out
}

// sampled returns the respondents whose answers in some languages, or any, were
// drawn at random and coded.
func (m *measuring) sampled(languages []string) map[string]bool {
	out := map[string]bool{}
	for _, a := range m.answers {
		if a.Sampled && in(a, "", languages) {
			out[a.Response] = true
		}
	}
	return out
}

// grouped divides the languages: each that has enough respondents, in all and in
// the sample, is a group of its own, and all others are one. Where those do not
// come to enough, the group with the fewest answers joins them.
func (m *measuring) grouped() [][]string {
	var groups [][]string
	var rest []string
	enough := func(languages []string) bool {
		least, _ := m.respondents("", languages, -1)
		return least >= m.Least && int64(len(m.sampled(languages))) >= m.Least
	}
	for _, l := range m.languages() {
		if l != "" && enough([]string{l}) {
			groups = append(groups, []string{l})
		} else {
			rest = append(rest, l)
		}
	}
	for len(rest) > 0 && !enough(rest) && len(groups) > 0 {
		fewest := 0
		for i, g := range groups {
			if m.read[cell{"", g[0]}].Answers < m.read[cell{"", groups[fewest][0]}].Answers {
				fewest = i
			}
		}
		rest = append(rest, groups[fewest]...)
		groups = slices.Delete(groups, fewest, fewest+1)
	}
	if len(rest) > 0 {
		slices.SortFunc(rest, func(a, b string) int { return lastEmpty(a, b) })
		groups = append(groups, rest)
	}
	return groups
}

// collapsed divides the languages for one code: groups in which the sample holds
// too few answers with the code by rules, or without, are one, and where that is
// not enough all are (Cochran 1977, §5A.12, on collapsed strata). Within a group
// rules are taken to err alike.
func (m *measuring) collapsed(item string, c int) [][]string {
	var out [][]string
	var rest []string
	for _, g := range m.groups {
		if m.stratum(item, g, c).Lacks() == misclassify.Defined {
			out = append(out, g)
		} else {
			rest = append(rest, g...)
		}
	}
	switch {
	case len(rest) == 0:
		return out
	case m.stratum(item, rest, c).Lacks() == misclassify.Defined:
		return append(out, rest)
	default:
		return [][]string{m.languages()}
	}
}

func lastEmpty(a, b string) int {
	switch {
	case a == b:
		return 0
	case a == "":
		return 1
	case b == "" || a < b:
		return -1
	}
	return 1
}

// respondents returns between how many respondents gave answers to an item in
// some languages, to which rules gave a code (-1: any answer): who answered in
// several languages is counted in each, so that their sum may be too much.
func (m *measuring) respondents(item string, languages []string, c int) (least, most int64) {
	of := func(language string) int64 {
		read := m.read[cell{item, language}]
		switch {
		case c < 0:
			return read.Respondents
		case c < len(read.Codes):
			return read.Codes[c].Respondents
		}
		return 0
	}
	twice := -of(code.AllOfThem)
	for _, l := range m.languages() {
		twice += of(l)
	}
	for _, l := range languages {
		least, most = max(least, of(l)), most+of(l)
	}
	if len(languages) == len(m.languages()) {
		return of(code.AllOfThem), of(code.AllOfThem)
	}
	return max(least, most-twice), most
}
