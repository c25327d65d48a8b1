package protect

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Coding is what may be told of how open answers were coded.
type Coding struct {
	Kept bool // nothing of it changed by few since it was told; else all of it is withheld

	Read, Looked, Sampled, Twice Number // answers
	Coders                       int
	Item                         string // whose choices are the codes
	Agreement                    []CodingAgreement
	Languages                    []CodingLanguage
	Codes                        []CodingCode
}

// CodingAgreement is a measure of agreement, in all languages or in some.
type CodingAgreement struct {
	Statistic string
	Group     int  // of languages, counted from 1; 0: all
	Undefined bool // all codes are the same
	Value     Number
	Rests     Number // answers
}

// CodingLanguage is how well rules do in one or several languages.
type CodingLanguage struct {
	Languages      []string
	Read, Sampled  Number
	Found, Correct Number
}

// CodingCode is how well rules do with a code, and what share of answers has it.
type CodingCode struct {
	Code                  string
	ByRule, Corrected     Number
	Found, Correct, Alpha Number
	Languages             []CodingShare // by group of languages, as in the Coding
}

// CodingShare is the share of answers with a code, by rules and corrected.
type CodingShare struct{ ByRule, Corrected Number }

// Coding protects what is known of coding. Shares here are of answers, of which a
// respondent may have given several, so every count is looked at in respondents.
//
//   - A count of answers is told when k respondents gave them, or nobody. Where
//     groups of languages do not each have k, none is told apart.
//   - A figure of a sample, such as how much rules find, needs 2k respondents in
//     it. Over all codes it counts decisions, and errors of a dictionary are no
//     trait of anybody; of one code it is a share as any other is: withheld
//     when fewer than k are in it or out of it.
//   - The share of answers with a code is told where the table of all codes shows
//     how many gave it, and k have it and k not, or nobody. It is a sum over open
//     items: where the table of one of them withholds the code, the share is
//     rounded so far that it holds k numbers of answers more than one, and so
//     gives no withheld count back within a narrower range, were all others
//     shown. By language k or nobody must have it in every language and open
//     item, or it is withheld in all; of sensitive codes always.
//   - A corrected share is an estimate of a sample: of 2k respondents k must have
//     the code by people and k not.
//   - Where a count behind any of it has changed by 1 to k-1 since it was told,
//     all is withheld.
//
// Shares are whole percents at most, whatever their base.
func (s *Safe) Coding(c quality.Coding) Coding {
	k := int64(s.Threshold())
	out := Coding{Kept: s.codingKept(c), Coders: c.Coders}
	if n := len(c.Items); n > 0 {
		out.Item = c.Items[n-1]
	}
	open := out.Kept && c.Read.Respondents >= 2*k
	counted := func(what string, n quality.Coded, open bool) Number {
		if open && (n.Respondents >= k || n.Answers == 0) {
			return count(CountStat, codingKey(what), n.Answers)
		}
		return withheld(CountStat, codingKey(what))
	}
	out.Read, out.Looked = counted("read", c.Read, open), counted("looked at", c.Looked, open)
	out.Sampled, out.Twice = counted("sampled", c.Sampled, open), counted("coded twice", c.Twice, open)
	apart := open
	for _, g := range c.Languages {
		apart = apart && g.Read.Respondents >= k
	}
	for n, a := range c.Agreement {
		key := fmt.Sprintf("agreement %d %s", n, a.Statistic)
		enough := open && a.Rests.Respondents >= 2*k && (a.Group == 0 || apart)
		stat, decimals := AgreementStat, 2
		if strings.HasPrefix(a.Statistic, "percent") {
			stat, decimals = AgreedStat, 0
		}
		x := CodingAgreement{Statistic: a.Statistic, Group: a.Group, Rests: counted(key+" rests on", a.Rests, enough), Value: withheld(stat, codingKey(key)), Undefined: enough && math.IsNaN(a.Value)}
		if enough {
			x.Value = coded(stat, key, a.CodingFigure, decimals)
		}
		out.Agreement = append(out.Agreement, x)
	}
	for n, g := range c.Languages {
		key := fmt.Sprintf("languages %d", n)
		judged := apart && g.Sampled.Respondents >= 2*k
		x := CodingLanguage{Languages: slices.Clone(g.Languages), Read: counted(key+" read", g.Read, apart), Sampled: counted(key+" sampled", g.Sampled, apart),
			Found: withheld(FoundStat, codingKey(key)), Correct: withheld(RightStat, codingKey(key))}
		if judged && g.ByPeople >= float64(2*k) {
			x.Found = coded(FoundStat, key, g.Sensitivity, 0)
		}
		if judged && g.ByRule >= float64(2*k) {
			x.Correct = coded(RightStat, key, g.Precision, 0)
		}
		out.Languages = append(out.Languages, x)
	}
	for _, x := range c.Codes {
		out.Codes = append(out.Codes, s.codingOf(c, x, open, apart))
	}
	s.placeCoding(c, out)
	return out
}

func codingKey(what string) table.Key { return table.Key("coding " + what) }

// coded rounds a measure of coding.
func coded(stat Stat, key string, f quality.CodingFigure, decimals int) Number {
	return figure(stat, codingKey(key), table.Estimate{Value: f.Value, Lo: f.Lo, Hi: f.Hi}, decimals)
}

// codingOf protects what is known of one code.
func (s *Safe) codingOf(c quality.Coding, x quality.CodingCode, open, apart bool) CodingCode {
	k := int64(s.Threshold())
	key := "code " + x.Code
	out := CodingCode{Code: x.Code, ByRule: withheld(ByRuleStat, codingKey(key)), Corrected: withheld(CorrectedStat, codingKey(key)),
		Found: withheld(FoundStat, codingKey(key)), Correct: withheld(RightStat, codingKey(key)), Alpha: withheld(AgreementStat, codingKey(key))}
	for g := range c.Languages {
		in := codingKey(fmt.Sprintf("%s languages %d", key, g))
		out.Languages = append(out.Languages, CodingShare{withheld(ByRuleStat, in), withheld(CorrectedStat, in)})
	}
	step := s.codeStep(c.Items, x.Code, c.Read.Answers)
	if !open || step == 0 || !divided(x.All, c.Read, k) {
		return out
	}
	tell := func(of quality.CodingShare, key string, step float64, byRule, fixed *Number) {
		share := float64(math.Round(of.Share/step) * step)
		*byRule = coded(ByRuleStat, key, quality.CodingFigure{Value: share, Lo: math.NaN(), Hi: math.NaN()}, 0)
		if estimated(of, k) {
			*fixed = coded(CorrectedStat, key, of.Corrected, 0)
		}
	}
	tell(x.All, key, step, &out.ByRule, &out.Corrected)
	if estimated(x.All, k) {
		out.Found = s.fewIn(FoundStat, key, x.Sensitivity, x.ByPeople.Respondents)
		out.Correct = s.fewIn(RightStat, key, x.Precision, x.ByRule.Respondents)
		out.Alpha = coded(AgreementStat, key, quality.CodingFigure{Value: x.Alpha, Lo: math.NaN(), Hi: math.NaN()}, 2)
		if c.Twice.Respondents < 2*k {
			out.Alpha = withheld(AgreementStat, codingKey(key))
		}
	}
	apart = apart && !x.Sensitive && len(x.Languages) == len(c.Languages)
	for g, of := range x.Languages {
		apart = apart && divided(of, c.Languages[g].Read, k)
		for _, n := range of.Parts {
			apart = apart && (n == 0 || n >= k)
		}
	}
	if apart {
		for g, of := range x.Languages {
			tell(of, fmt.Sprintf("%s languages %d", key, g), onePercent, &out.Languages[g].ByRule, &out.Languages[g].Corrected)
		}
	}
	return out
}

// divided reports whether k respondents are in a part of all and k are not, or
// nobody is in it.
func divided(part quality.CodingShare, all quality.Coded, k int64) bool {
	least := part.ByRule.Respondents
	return part.ByRule.Answers == 0 || least >= k && all.Respondents-max(least, part.AtMost) >= k
}

// estimated reports whether a sample is large enough for a share of it.
func estimated(of quality.CodingShare, k int64) bool {
	n := of.ByPeople.Respondents
	return of.Sampled.Respondents >= 2*k && n >= k && of.Sampled.Respondents-n >= k
}

// fewIn is a share of the sampled answers with a code, as so many respondents
// gave them: withheld when 1 to k-1 are in it or out of it.
func (s *Safe) fewIn(stat Stat, key string, f quality.CodingFigure, respondents int64) Number {
	in := int64(math.Round(float64(f.Value * float64(respondents))))
	if math.IsNaN(f.Value) || !s.part(codingKey(key), in, respondents).published {
		return withheld(stat, codingKey(key))
	}
	return coded(stat, key, f, 0)
}

// onePercent is how far shares are rounded that give nothing back.
const onePercent = 0.01

// codeStep returns to what multiples the share of so many answers with a code is
// rounded, by what the tables of everybody show of the code with the answers of
// now; 0 where it is withheld.
func (s *Safe) codeStep(items []string, code string, answers int64) float64 {
	whole, union := true, false
	for n, item := range items {
		for _, v := range s.views {
			if v.row.Item != item || len(v.row.By) > 0 || v.row.Analysis != table.PropSelectMultiple {
				continue
			}
			at := v.Count(0, slices.Index(v.choices, code))
			shown := at.published && at.asOf == 0
			whole = whole && shown
			if n == len(items)-1 {
				union = shown
			}
		}
	}
	if !union {
		return 0
	}
	if whole {
		return onePercent
	}
	for _, step := range [...]float64{onePercent, 0.02, 0.05} {
		if float64(step*float64(answers)) >= float64(s.Threshold()+1) {
			return step
		}
	}
	return 0
}
