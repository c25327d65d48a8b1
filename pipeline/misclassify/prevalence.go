package misclassify

import "math"

// Stratum is a part of the answers, such as those in a language, in which rules
// err in their own way.
type Stratum struct {
	Answers float64 // all of them
	ByRule  float64 // of them, those to which rules gave the code
	Sample  Cross   // those that people coded, drawn at random
}

// side is the answers of a stratum with the code by rules, or those without, and
// of those sampled of them the ones with the code by people, and without.
type side struct{ of, with, without float64 }

func (s Stratum) sides() [2]side {
	return [...]side{{s.ByRule, s.Sample.Both, s.Sample.RuleOnly}, {s.Answers - s.ByRule, s.Sample.PeopleOnly, s.Sample.Neither}}
}

// Lacks returns why the sample of a stratum is too small for Calibrated.
func (s Stratum) Lacks() Reason {
	if s.Sample.Answers() < min(Least, s.Answers) {
		return Few
	}
	for _, x := range s.sides() {
		if x.with+x.without < min(leastSide, x.of) {
			return OneSide
		}
	}
	return Defined
}

// Prevalence is what share of all answers has a code.
type Prevalence struct {
	ByRule float64 // the share to which rules gave it; NaN without answers
	Figure         // the share to which people would have given it
	SE     float64
}

// part is the answers of a stratum with the code by rules, or those without.
type part struct {
	weight float64 // share of all answers
	p, n   float64 // share of the sampled that have the code by people, and how many answers they are worth
}

// Calibrated returns the share of all answers that people would have given a
// code: in each stratum the answers with the code by rules times their share
// that has it by people, and those without times theirs. It is the estimator of
// double sampling (Tenenbein 1970; for strata Cochran 1977, §12.2), free of bias
// where the sample was drawn at random in each stratum, however much rules err.
// The interval adds up those of the parts (Newcombe 1998; Zou and Donner 2008)
// and so has a width where rules erred in no answer of the sample.
func Calibrated(strata []Stratum, level float64) Prevalence {
	out, all := byRule(strata)
	if out.Undefined != Defined {
		return out
	}
	var parts []part
	for _, s := range strata {
		if s.Answers == 0 {
			continue
		}
		out.Base += s.Sample.Answers()
		if why := s.Lacks(); why != Defined {
			out.Undefined = why
			continue
		}
		for _, side := range s.sides() {
			if n := side.with + side.without; side.of > 0 {
				parts = append(parts, part{side.of / all, side.with / n, drawn(n, side.of)})
			}
		}
	}
	if out.Undefined != Defined {
		return out
	}
	out.Value, out.SE = 0, 0
	below, above, variance := 0.0, 0.0, 0.0
	for _, x := range parts {
		lo, hi := wilson(x.p, x.n, level)
		out.Value += float64(x.weight * x.p)
		square := float64(x.weight * x.weight)
		below += float64(square * float64((x.p-lo)*(x.p-lo)))
		above += float64(square * float64((hi-x.p)*(hi-x.p)))
		variance += float64(square*float64(x.p*(1-x.p))) / max(1, x.n-1)
	}
	out.Value = min(1, out.Value)
	out.SE = math.Sqrt(variance)
	out.Lo, out.Hi = max(0, out.Value-math.Sqrt(below)), min(1, out.Value+math.Sqrt(above))
	return out
}

// byRule returns the share by rules, and how many answers there are.
func byRule(strata []Stratum) (Prevalence, float64) {
	all, given := 0.0, 0.0
	for _, s := range strata {
		all += s.Answers
		given += s.ByRule
	}
	out := Prevalence{ByRule: given / all, Figure: undefined(0, Defined), SE: math.NaN()}
	if all <= 0 {
		out.ByRule, out.Undefined = math.NaN(), NoAnswers
	}
	return out, all
}

// RoganGladen returns the same share from sensitivity and specificity, as where
// they were measured elsewhere: (q + Sp - 1)/(Se + Sp - 1) in each stratum with
// the share q by rules (Rogan and Gladen 1978), cut to lie between 0 and 1, and
// added up by the strata's answers. The variance is that of the delta method
// (Greiner and Gardner 2000) without that of q, which is counted and not drawn.
// It is undefined where rules do no better than chance. Calibrated needs fewer
// answers for the same precision; this one is told beside it because readers
// know it.
func RoganGladen(strata []Stratum, level float64) Prevalence {
	out, all := byRule(strata)
	if out.Undefined != Defined {
		return out
	}
	value, variance := 0.0, 0.0
	for _, s := range strata {
		if s.Answers == 0 {
			continue
		}
		out.Base += s.Sample.Answers()
		se, sp := s.Sample.Sensitivity(level), s.Sample.Specificity(level)
		youden := se.Value + sp.Value - 1
		switch {
		case out.Undefined != Defined:
		case s.Sample.Answers() < min(Least, s.Answers):
			out.Undefined = Few
		case se.Undefined != Defined:
			out.Undefined = se.Undefined
		case sp.Undefined != Defined:
			out.Undefined = sp.Undefined
		case youden <= 1e-9:
			out.Undefined = NoBetter
		}
		if out.Undefined != Defined {
			continue
		}
		p := min(1, max(0, (s.ByRule/s.Answers+sp.Value-1)/youden))
		w := s.Answers / all
		found := float64(float64(p*p)*float64(se.Value*(1-se.Value))) / se.Base
		left := float64(float64((1-p)*(1-p))*float64(sp.Value*(1-sp.Value))) / sp.Base
		value += float64(w * p)
		variance += float64(float64(w*w)*(found+left)) / float64(youden*youden)
	}
	if out.Undefined != Defined {
		return out
	}
	out.Value, out.SE = value, math.Sqrt(variance)
	half := float64(quantile(level) * out.SE)
	out.Lo, out.Hi = max(0, value-half), min(1, value+half)
	return out
}
