package agreement

import (
	"errors"
	"math"
	"reflect"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// codings draws the codes of up to four coders, some missing.
func codings(t *rapid.T) []Coding {
	var out []Coding
	coders := rapid.IntRange(2, 4).Draw(t, "coders")
	for u := range rapid.IntRange(1, 25).Draw(t, "units") {
		for c := range coders {
			if code := rapid.IntRange(0, 4).Draw(t, "code"); code > 0 {
				out = append(out, Coding{strconv.Itoa(u), strconv.Itoa(c), strconv.Itoa(code)})
			}
		}
	}
	return out
}

var order = []string{"1", "2", "3", "4"}

var drawn = Bootstrap{Resamples: 30, Seed: 3, Level: 0.95}

// same compares summaries bit by bit; a NaN is equal to itself.
func same(a, b any) bool { return reflect.DeepEqual(text(a), text(b)) }

func text(v any) string {
	var out []byte
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Float64:
			out = strconv.AppendUint(out, math.Float64bits(v.Float()), 16)
		case reflect.Struct:
			for i := range v.NumField() {
				walk(v.Field(i))
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.String:
			out = strconv.AppendQuote(out, v.String())
		default:
			out = strconv.AppendInt(out, v.Int(), 10)
		}
		out = append(out, ' ')
	}
	walk(reflect.ValueOf(v))
	return string(out)
}

func TestOrderOfCodingsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := codings(t)
		mixed := rapid.Permutation(list).Draw(t, "order")
		a, err := New(list, order)
		if err != nil {
			t.Fatal(err)
		}
		b, err := New(mixed, order)
		if err != nil {
			t.Fatal(err)
		}
		for _, scale := range Scales() {
			if !same(a.Summarise(scale, drawn), b.Summarise(scale, drawn)) {
				t.Fatalf("the figures on a scale %s hang on the order of codings", scale)
			}
		}
		x, err := NewLabels(list, order)
		if err != nil {
			t.Fatal(err)
		}
		y, err := NewLabels(mixed, order)
		if err != nil {
			t.Fatal(err)
		}
		if !same(x.Summarise(drawn), y.Summarise(drawn)) {
			t.Fatal("the figures of labels hang on the order of codings")
		}
	})
}

func TestMeasuresLieWhereTheyMay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, err := New(codings(t), order)
		if err != nil {
			t.Fatal(err)
		}
		for _, scale := range Scales() {
			s := d.Summarise(scale, drawn)
			all := []Coefficient{s.Agreement, s.Alpha.Coefficient, s.Fleiss.Coefficient, s.AC1}
			for _, p := range s.Pairs {
				all = append(all, p.Agreement, p.Kappa.Coefficient, p.Linear.Coefficient, p.Quadratic.Coefficient, p.ScottPi, p.BrennanPrediger, p.AC1)
			}
			for i, c := range all {
				if (c.Undefined != Defined) != math.IsNaN(c.Value) {
					t.Fatalf("measure %d is %v and undefined for %q", i, c.Value, c.Undefined)
				}
				if c.Value > 1+1e-12 || math.IsInf(c.Value, 0) || math.IsInf(c.SE, 0) || c.SE < 0 || c.Lo > c.Hi {
					t.Fatalf("measure %d is %+v", i, c)
				}
			}
		}
	})
}

func TestTwoCodersWhoAgreeWhollyHaveKappaOne(t *testing.T) {
	table := Table{{7, 0, 0}, {0, 3, 0}, {0, 0, 5}}
	for _, w := range []Weights{Identity(3), Linear(3), Quadratic(3)} {
		if k := table.Kappa(w, 0.95); math.Abs(k.Value-1) > 1e-15 || k.SE > 1e-9 {
			t.Errorf("kappa %v with standard error %v", k.Value, k.SE)
		}
	}
	if c := table.AC1(0.95); math.Abs(c.Value-1) > 1e-15 {
		t.Errorf("AC1 is %v", c.Value)
	}
}

func TestKappaCanBeNegative(t *testing.T) {
	if k := (Table{{0, 5}, {5, 0}}).Kappa(Identity(2), 0.95); k.Value != -1 {
		t.Errorf("kappa is %v, not -1", k.Value)
	}
}

func TestUndefinedSaysWhy(t *testing.T) {
	alike := Table{{9, 0}, {0, 0}}
	for name, c := range map[string]struct {
		got  Reason
		want Reason
	}{
		"kappa, one code":            {alike.Kappa(Identity(2), 0.95).Undefined, NoVariance},
		"pi, one code":               {alike.ScottPi().Undefined, NoVariance},
		"AC1, one code of two":       {alike.AC1(0.95).Undefined, Defined},
		"kappa, no unit":             {NewTable(2).Kappa(Identity(2), 0.95).Undefined, NoPairs},
		"kappa, no code":             {NewTable(0).Kappa(Identity(0), 0.95).Undefined, NoPairs},
		"kappa, weights too few":     {alike.Kappa(Identity(1), 0.95).Undefined, NotSquare},
		"kappa, a table not square":  {Table{{1, 2, 3}, {4, 5, 6}}.Kappa(Identity(2), 0.95).Undefined, NotSquare},
		"Brennan, one code":          {Table{{4}}.BrennanPrediger().Undefined, OneCode},
		"Fleiss, one code":           {Counts{{2, 0}, {2, 0}}.Fleiss().Undefined, NoVariance},
		"Fleiss, one code a unit":    {Counts{{1, 0}, {0, 1}}.Fleiss().Undefined, NoPairs},
		"AC1, no unit":               {Counts(nil).AC1(0.95).Undefined, NoPairs},
		"alpha, no unit":             {Counts(nil).Alpha(Nominal, nil).Undefined, NoPairs},
		"alpha, one code":            {Counts{{2, 0}, {3, 0}}.Alpha(Nominal, nil).Undefined, NoVariance},
		"alpha, words on a distance": {Counts{{1, 1}}.Alpha(Interval, nil).Undefined, NotNumbers},
		"alpha, a ratio below 0":     {Counts{{1, 1}}.Alpha(Ratio, []float64{-1, 1}).Undefined, NotRatio},
		"positive, nobody":           {Table{{5, 0}, {0, 0}}.Positive().Undefined, NoVariance},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, not %q", name, c.got, c.want)
		}
	}
}

func TestIntervalOfAlphaHoldsItAndHangsOnTheSeed(t *testing.T) {
	var list []Coding
	for u := range 60 {
		for c := range 3 {
			code := u % 4
			if (u*7+c*5)%6 == 0 {
				code = (u + c) % 4
			}
			list = append(list, Coding{"u" + strconv.Itoa(u), strconv.Itoa(c), strconv.Itoa(code)})
		}
	}
	d, err := New(list, nil)
	if err != nil {
		t.Fatal(err)
	}
	b := Bootstrap{Resamples: 400, Seed: 1, Level: 0.95}
	a := d.Alpha(Nominal, b)
	if !(a.Lo < a.Value && a.Value < a.Hi) || a.Hi-a.Lo > 0.4 || a.Resamples != 400 {
		t.Errorf("alpha %v has the interval %v to %v of %d resamples", a.Value, a.Lo, a.Hi, a.Resamples)
	}
	b.Seed = 2
	if other := d.Alpha(Nominal, b); other.Lo == a.Lo || other.Value != a.Value {
		t.Error("another seed must draw others, and leave alpha")
	}
}

func TestAddingAUnitWithOneCodeLeavesAlpha(t *testing.T) {
	c := Counts{{2, 1}, {0, 3}, {1, 1}}
	if a, b := c.Alpha(Nominal, nil), append(c, []float64{1, 0}).Alpha(Nominal, nil); a.Value != b.Value {
		t.Errorf("%v, then %v", a.Value, b.Value)
	}
}

func TestCodesThatAreNumbersAreInTheirOrder(t *testing.T) {
	d, err := New([]Coding{{"1", "a", "10"}, {"1", "b", "9"}, {"2", "a", "-1"}}, nil)
	if err != nil || !reflect.DeepEqual(d.Codes, []string{"-1", "9", "10"}) {
		t.Errorf("%v, %v", d.Codes, err)
	}
}

func TestMistakesInCodings(t *testing.T) {
	var wrong *CodingError
	if _, err := New([]Coding{{"1", "a", "x"}, {"1", "a", "y"}}, nil); !errors.As(err, &wrong) || wrong.At != 1 {
		t.Errorf("two codes: %v", err)
	}
	if _, err := New([]Coding{{"1", "a", "x"}}, []string{"y"}); !errors.As(err, &wrong) || wrong.At != 0 {
		t.Errorf("a code that is not known: %v", err)
	}
	if _, err := New(nil, []string{"y", "y"}); err == nil {
		t.Error("an order that names a code twice is taken")
	}
	if _, err := NewLabels([]Coding{{"1", "a", "x"}, {"1", "a", "x"}}, nil); !errors.As(err, &wrong) || wrong.At != 1 {
		t.Errorf("the same code twice: %v", err)
	}
	if _, err := NewLabels([]Coding{{"1", "a", "x"}}, []string{"y"}); !errors.As(err, &wrong) || wrong.At != 0 {
		t.Errorf("a label that is not known: %v", err)
	}
}

func TestAnEmptyCodeIsADecisionWhereUnitsHaveSeveral(t *testing.T) {
	l, err := NewLabels([]Coding{{"1", "a", "x"}, {"1", "a", "y"}, {"1", "b", ""}, {"2", "a", "y"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := l.Summarise(Bootstrap{Level: 0.95})
	if s.Pooled.Summary.Pairs[0].Units != 2 || s.Sets.Exact.Value != 0 || s.Codes[0].Positive.Value != 0 {
		t.Errorf("%+v", s)
	}
}
