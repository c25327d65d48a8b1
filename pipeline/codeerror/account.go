package codeerror

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/agreement"
	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/coding"
	"github.com/soundings-survey/soundings/pipeline/misclassify"
	"github.com/soundings-survey/soundings/pipeline/quality"
)

// account puts together what a report may be told, over all items.
func (m *measuring) account() quality.Coding {
	all := m.read[cell{"", code.AllOfThem}]
	out := quality.Coding{
		Read:    quality.Coded{Answers: all.Answers, Respondents: all.Respondents},
		Looked:  m.coded(nil, func(coding.Answer) bool { return true }),
		Sampled: m.coded(nil, func(a coding.Answer) bool { return a.Sampled }),
		Twice:   m.coded(nil, severally),
	}
	for _, item := range m.items[1:] {
		out.Items = append(out.Items, item+code.Suffix)
	}
	out.Items = append(out.Items, code.AllItem)
	for _, g := range m.groups {
		out.Languages = append(out.Languages, m.language(g))
	}
	labels := m.agreement(&out)
	for c := range m.Codes {
		out.Codes = append(out.Codes, m.code(c, labels))
	}
	return out
}

func severally(a coding.Answer) bool { return len(a.Coders) > 1 }

// coded counts answers that people coded, in some languages or all, and their
// respondents.
func (m *measuring) coded(languages []string, is func(coding.Answer) bool) quality.Coded {
	var out quality.Coded
	whose := map[string]bool{}
	for _, a := range m.answers {
		if in(a, "", languages) && is(a) {
			out.Answers++
			whose[a.Response] = true
		}
	}
	out.Respondents = int64(len(whose))
	return out
}

// language is how well rules do in a group of languages, over all codes.
func (m *measuring) language(g []string) quality.CodingLanguage {
	least, _ := m.respondents("", g, -1)
	out := quality.CodingLanguage{Languages: slices.Clone(g), Sampled: m.coded(g, func(a coding.Answer) bool { return a.Sampled }), Read: quality.Coded{Respondents: least}}
	var all misclassify.Cross
	for _, l := range g {
		out.Read.Answers += m.read[cell{"", l}].Answers
	}
	for c := range m.Codes {
		all = all.Plus(m.stratum("", g, c).Sample)
	}
	out.ByPeople, out.ByRule = all.ByPeople(), all.Both+all.RuleOnly
	out.Sensitivity, out.Precision = figureOf(all.Sensitivity(m.Interval.Level)), figureOf(all.Precision(m.Interval.Level))
	return out
}

// code is how well rules do with a code.
func (m *measuring) code(c int, labels *agreement.Labels) quality.CodingCode {
	x := m.Codes[c]
	row := m.row("", nil, c)
	has := func(a coding.Answer) bool { return a.Sampled && a.ByPeople(x.ID) > 0.5 }
	out := quality.CodingCode{
		Code: x.ID, Sensitive: x.Sensitive, All: m.share(row, m.languages(), c), Alpha: math.NaN(),
		Sensitivity: figureOf(row.Sensitivity), Precision: figureOf(row.Precision), ByPeople: m.coded(nil, has),
		ByRule: m.coded(nil, func(a coding.Answer) bool { return a.Sampled && slices.Contains(a.Rule, x.ID) }),
	}
	for _, g := range m.groups {
		out.Languages = append(out.Languages, m.share(m.row("", g, c), g, c))
	}
	if labels != nil {
		if k := slices.Index(labels.Codes, x.ID); k >= 0 {
			out.Alpha = labels.Code(k).Alpha(agreement.Nominal, agreement.Bootstrap{}).Value
		}
	}
	return out
}

// share is how many answers have a code, in some languages.
func (m *measuring) share(row Row, languages []string, c int) quality.CodingShare {
	least, most := m.respondents("", languages, c)
	out := quality.CodingShare{
		ByRule: quality.Coded{Answers: row.ByRule, Respondents: least}, AtMost: most,
		Sampled:  m.coded(languages, func(a coding.Answer) bool { return a.Sampled }),
		ByPeople: m.coded(languages, func(a coding.Answer) bool { return a.Sampled && a.ByPeople(m.Codes[c].ID) > 0.5 }),
		Share:    row.Corrected.ByRule, Corrected: figureOf(row.Corrected.Figure),
	}
	for _, item := range m.items[1:] {
		part := int64(0)
		for _, l := range languages {
			if read := m.read[cell{item, l}]; c < len(read.Codes) {
				part += read.Codes[c].Respondents
			}
		}
		out.Parts = append(out.Parts, part)
	}
	return out
}

// Compared returns what coders gave the answers that several of them coded, and
// the language of each unit. Units are named by their place in an order that hangs
// on what was said alone: what is resampled must not hang on the key by which
// responses have their names.
func Compared(answers []coding.Answer) (list []agreement.Coding, language map[string]string) {
	type compared struct {
		coding.Answer
		said string
	}
	var several []compared
	for _, a := range answers {
		if severally(a) {
			several = append(several, compared{a, fmt.Sprintf("%q %q %q", a.Language, a.Item, a.Coders)})
		}
	}
	slices.SortStableFunc(several, func(a, b compared) int { return strings.Compare(a.said, b.said) })
	language = map[string]string{}
	for i, a := range several {
		unit := fmt.Sprintf("%09d", i)
		language[unit] = a.Language
		for _, c := range a.Coders {
			if len(c.Codes) == 0 {
				list = append(list, agreement.Coding{Unit: unit, Coder: c.Coder})
			}
			for _, code := range c.Codes {
				list = append(list, agreement.Coding{Unit: unit, Coder: c.Coder, Code: code})
			}
		}
	}
	return list, language
}

// agreement measures how far those agree who coded the same answers, all codes
// together, and returns their labels.
func (m *measuring) agreement(out *quality.Coding) *agreement.Labels {
	list, language := Compared(m.answers)
	used := map[string]bool{}
	for _, c := range list {
		used[c.Code] = true
	}
	coders := map[string]bool{}
	for _, a := range m.answers {
		for _, c := range a.Coders {
			coders[c.Coder] = true
		}
	}
	out.Coders = len(coders)
	order := []string{} // of codes that were given: others are agreed upon by nobody giving them
	for _, c := range m.Codes {
		if used[c.ID] {
			order = append(order, c.ID)
		}
	}
	labels, err := agreement.NewLabels(list, order)
	if err != nil || len(list) == 0 { // codes are of the codebook and stand once, or coding has refused them
		return nil
	}
	put := func(statistic string, group int, languages []string, c agreement.Coefficient) {
		out.Agreement = append(out.Agreement, quality.CodingAgreement{Statistic: statistic, Group: group, Rests: m.coded(languages, severally),
			CodingFigure: quality.CodingFigure{Value: c.Value, Lo: c.Lo, Hi: c.Hi}})
	}
	put(quality.AlphaOfSets, 0, nil, labels.SetAlpha(agreement.MASI, m.Interval).Coefficient)
	pooled := labels.Pooled().Summarise(agreement.Nominal, agreement.Bootstrap{Level: m.Interval.Level})
	put(quality.AlphaOfCodes, 0, nil, pooled.Alpha.Coefficient)
	if len(pooled.Pairs) == 1 {
		put(quality.CohenKappa, 0, nil, pointOf(pooled.Pairs[0].Kappa.Coefficient))
	} else {
		put(quality.FleissKappa, 0, nil, pointOf(pooled.Fleiss.Coefficient))
	}
	put(quality.GwetAC1, 0, nil, pointOf(pooled.AC1))
	put(quality.ShareOfDecision, 0, nil, pooled.Agreement)
	put(quality.ShareOfSets, 0, nil, labels.Sets().Exact)
	if len(m.groups) > 1 {
		for n, g := range m.groups {
			here := labels.Of(func(unit string) bool { return slices.Contains(g, language[unit]) })
			put(quality.AlphaOfSets, n+1, g, here.SetAlpha(agreement.MASI, m.Interval).Coefficient)
		}
	}
	return labels
}

// pointOf leaves out the interval of a figure of pooled decisions, which are not
// independent.
func pointOf(c agreement.Coefficient) agreement.Coefficient {
	c.Lo, c.Hi = math.NaN(), math.NaN()
	return c
}
