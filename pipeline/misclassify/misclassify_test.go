package misclassify

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

func near(a, b, within float64) bool { return math.Abs(a-b) <= within }

func TestFiguresOfRulesAgainstPeople(t *testing.T) {
	c := Cross{Both: 20, RuleOnly: 5, PeopleOnly: 6, Neither: 69}
	for name, x := range map[string]struct {
		got    Figure
		v, n   float64
		lo, hi float64
	}{
		"sensitivity": {c.Sensitivity(0.95), 20.0 / 26, 26, 0.5794844592105632, 0.8896615059421671},
		"precision":   {c.Precision(0.95), 0.8, 25, 0.6086904963045967, 0.9113941531319742},
	} {
		if !near(x.got.Value, x.v, 1e-15) || x.got.Base != x.n || !near(x.got.Lo, x.lo, 1e-9) || !near(x.got.Hi, x.hi, 1e-9) {
			t.Errorf("%s %+v", name, x.got)
		}
	}
	if s := c.Specificity(0.95); !near(s.Value, 69.0/74, 1e-15) {
		t.Errorf("specificity %+v", s)
	}
	if lo, hi := wilson(0, 30, 0.95); lo != 0 || !near(hi, 0.11351339317396876, 1e-12) {
		t.Errorf("none of thirty: %v to %v", lo, hi)
	}
	var split Cross
	split.Add(true, 0.5)
	split.Add(false, 0.5)
	if split != (Cross{0.5, 0.5, 0.5, 0.5}) {
		t.Errorf("split %+v", split)
	}
	for name, f := range map[string]Figure{
		"nobody": Cross{RuleOnly: 1, Neither: 9}.Sensitivity(0.95), "everybody": Cross{Both: 1, PeopleOnly: 9}.Specificity(0.95), "no rule": Cross{Neither: 4}.Precision(0.95),
	} {
		if f.Undefined == Defined || !math.IsNaN(f.Value+f.Lo+f.Hi) {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

// The reference was worked out by drawing two hundred thousand samples without
// replacement in another program.
func TestCalibratedEqualsReference(t *testing.T) {
	got := Calibrated([]Stratum{{400, 90, Cross{20, 5, 6, 69}}, {250, 20, Cross{6, 4, 12, 38}}}, 0.95)
	if !near(got.Value, (90*0.8+310*6.0/75+20*0.6+230*12.0/50)/650, 1e-14) || !near(got.ByRule, 110.0/650, 1e-15) || got.Base != 160 {
		t.Errorf("%+v", got)
	}
	if !near(got.SE, 0.025096, 0.0004) {
		t.Errorf("standard error %v, by draws 0.025096", got.SE)
	}
}

func TestRoganGladenEqualsReference(t *testing.T) {
	got := RoganGladen([]Stratum{{400, 120, Cross{40, 10, 10, 140}}, {250, 60, Cross{60, 6, 20, 114}}}, 0.95)
	if !near(got.Value, 0.3001998001998002, 1e-14) || !near(got.SE, 0.02264, 0.001) {
		t.Errorf("%+v, by draws 0.3014 and 0.02264, of which the delta method takes the first order", got)
	}
	// The textbook: 30 % found by a test of 80 % and 90 % are 2/7.
	one := RoganGladen([]Stratum{{1000, 300, Cross{80, 10, 20, 90}}}, 0.95)
	if !near(one.Value, 2.0/7, 1e-14) {
		t.Errorf("%+v", one)
	}
	cut := RoganGladen([]Stratum{{1000, 50, Cross{80, 10, 20, 90}}}, 0.95)
	if cut.Value != 0 || cut.Lo != 0 {
		t.Errorf("fewer than errors alone would give: %+v", cut)
	}
}

func TestWhatCannotBeCorrectedSaysWhy(t *testing.T) {
	fine := Stratum{400, 90, Cross{20, 5, 6, 69}}
	for name, c := range map[string]struct {
		strata           []Stratum
		calibrated, test Reason
	}{
		"nothing":                {nil, NoAnswers, NoAnswers},
		"few answers":            {[]Stratum{fine, {100, 20, Cross{5, 5, 4, 5}}}, Few, Few},
		"one side":               {[]Stratum{{400, 90, Cross{1, 0, 6, 69}}}, OneSide, Defined},
		"nobody":                 {[]Stratum{{400, 90, Cross{0, 20, 0, 60}}}, Defined, Nobody},
		"no better than chance":  {[]Stratum{{400, 90, Cross{10, 10, 30, 30}}}, Defined, NoBetter},
		"rules never gave it":    {[]Stratum{{400, 0, Cross{0, 0, 6, 69}}}, Defined, NoBetter},
		"a stratum of no answer": {[]Stratum{fine, {}}, Defined, Defined},
	} {
		if got := Calibrated(c.strata, 0.95); got.Undefined != c.calibrated || (got.Undefined != Defined) != math.IsNaN(got.Value+got.Lo+got.Hi) {
			t.Errorf("%s: calibrated %+v", name, got)
		}
		if got := RoganGladen(c.strata, 0.95); got.Undefined != c.test || (got.Undefined != Defined) != math.IsNaN(got.Value+got.Lo+got.Hi) {
			t.Errorf("%s: by sensitivity %+v", name, got)
		}
	}
}

func TestWherePeopleReadAllNothingIsUncertain(t *testing.T) {
	got := Calibrated([]Stratum{{100, 25, Cross{20, 5, 6, 69}}}, 0.95)
	if !near(got.Value, 0.26, 1e-15) || !near(got.Lo, 0.26, 1e-12) || !near(got.Hi, 0.26, 1e-12) || got.SE != 0 {
		t.Errorf("%+v", got)
	}
}

func TestRulesWithoutErrorLeaveTheShareAsItIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var strata []Stratum
		for range rapid.IntRange(1, 4).Draw(t, "strata") {
			with, without := rapid.IntRange(2, 40).Draw(t, "with"), rapid.IntRange(20, 60).Draw(t, "without")
			strata = append(strata, Stratum{float64(5 * (with + without)), float64(4 * with), Cross{Both: float64(with), Neither: float64(without)}})
		}
		for _, got := range []Prevalence{Calibrated(strata, 0.95), RoganGladen(strata, 0.95)} {
			if !near(got.Value, got.ByRule, 1e-12) || got.Lo > got.Value || got.Hi < got.Value {
				t.Fatalf("%+v", got)
			}
		}
		if got := Calibrated(strata, 0.95); !(got.Hi > got.Value && got.Lo < got.Value) {
			t.Fatalf("no error was seen, which does not prove that there is none: %+v", got)
		}
		reversed := append([]Stratum{}, strata...)
		for i, j := 0, len(reversed)-1; i < j; i, j = i+1, j-1 {
			reversed[i], reversed[j] = reversed[j], reversed[i]
		}
		if a, b := Calibrated(strata, 0.95), Calibrated(reversed, 0.95); !near(a.Value, b.Value, 1e-12) || !near(a.Hi, b.Hi, 1e-12) {
			t.Fatalf("the order of strata matters: %+v, %+v", a, b)
		}
	})
}

// A dictionary that is much weaker in one language: the shares by rules differ
// though people would give the code equally often. Corrected they do not, on
// average, and the interval holds the truth as often as it says.
func TestAWeakDictionaryMakesNoThemeRarer(t *testing.T) {
	const answers, sample, trials = 800, 160, 1500
	random := rand.New(rand.NewPCG(1, 2))
	for _, lang := range []struct {
		name               string
		share, finds, errs float64
	}{{"strong", 0.25, 0.95, 0.02}, {"weak", 0.25, 0.45, 0.01}} {
		people, rules := make([]bool, answers), make([]bool, answers)
		truth, found := 0, 0
		for i := range people {
			people[i] = i < int(lang.share*answers)
			p := lang.errs
			if people[i] {
				p = lang.finds
				truth++
			}
			rules[i] = random.Float64() < p
			if rules[i] {
				found++
			}
		}
		mean, held, tested := 0.0, 0, 0.0
		for range trials {
			s := Stratum{Answers: answers, ByRule: float64(found)}
			for _, i := range random.Perm(answers)[:sample] {
				given := 0.0
				if people[i] {
					given = 1
				}
				s.Sample.Add(rules[i], given)
			}
			c, r := Calibrated([]Stratum{s}, 0.95), RoganGladen([]Stratum{s}, 0.95)
			if c.Undefined != Defined || r.Undefined != Defined {
				t.Fatal(c.Undefined, r.Undefined)
			}
			mean += c.Value / trials
			tested += r.Value / trials
			if want := float64(truth) / answers; c.Lo <= want && want <= c.Hi {
				held++
			}
		}
		byRule := float64(found) / answers
		t.Logf("%s: by rules %.3f, corrected %.4f (by sensitivity %.4f), true %.3f; the interval held it in %.1f %% of samples", lang.name, byRule, mean, tested, lang.share, 100*float64(held)/trials)
		if !near(mean, lang.share, 0.003) || !near(tested, lang.share, 0.01) {
			t.Errorf("%s: corrected %.4f and %.4f, not %.4f", lang.name, mean, tested, lang.share)
		}
		if cover := float64(held) / trials; cover < 0.935 || cover > 0.985 {
			t.Errorf("%s: the interval of 95 %% holds the truth in %.3f", lang.name, cover)
		}
		if lang.name == "weak" && byRule > 0.17 {
			t.Errorf("the trial is of no use: rules find %.3f", byRule)
		}
	}
}
