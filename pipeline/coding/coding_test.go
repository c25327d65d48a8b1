package coding

import (
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

func TestAdjudicatorsGoBeforeCodersAndCodersBeforeRules(t *testing.T) {
	by := func(codes ...[]string) []ByCoder {
		var out []ByCoder
		for i, c := range codes {
			out = append(out, ByCoder{string(rune('a' + i)), c})
		}
		return out
	}
	for name, c := range map[string]struct {
		answer Answer
		want   string
		split  string
	}{
		"rules alone":                           {Answer{Rule: []string{"R"}}, "[{R rule []}]", "[]"},
		"one coder against rules":               {Answer{Rule: []string{"R"}, Coders: by([]string{"X"})}, "[{X human [a]}]", "[]"},
		"a coder for whom none fits":            {Answer{Rule: []string{"R"}, Coders: by(nil)}, "[]", "[]"},
		"two who agree":                         {Answer{Rule: []string{"R"}, Coders: by([]string{"X"}, []string{"X"})}, "[{X human [a b]}]", "[]"},
		"two who differ, rules with one":        {Answer{Rule: []string{"R"}, Coders: by([]string{"R", "X"}, []string{"Y"})}, "[{R rule [a]}]", "[R X Y]"},
		"two of three":                          {Answer{Coders: by([]string{"X"}, []string{"X", "Y"}, nil)}, "[{X human [a b]}]", "[X Y]"},
		"the adjudicator against all":           {Answer{Rule: []string{"R"}, Coders: by([]string{"X"}, []string{"Y"}), Adjudicated: &[]string{"Y", "Z"}}, "[{Y adjudicated [b]} {Z adjudicated []}]", "[X Y]"},
		"the adjudicator for whom nothing fits": {Answer{Rule: []string{"R"}, Coders: by([]string{"X"}), Adjudicated: &[]string{}}, "[]", "[]"},
	} {
		if got := fmt.Sprint(c.answer.Decide()); got != c.want {
			t.Errorf("%s: decided %s, want %s", name, got, c.want)
		}
		if got := fmt.Sprint(c.answer.Split()); got != c.split {
			t.Errorf("%s: split on %s, want %s", name, got, c.split)
		}
	}
}

func TestPeopleHaveAsMuchToSayOfACodeAsMostOfThem(t *testing.T) {
	x, y := ByCoder{"ana", []string{"X"}}, ByCoder{"bo", []string{"Y"}}
	for name, c := range map[string]struct {
		answer Answer
		want   float64
	}{
		"nobody coded it":     {Answer{Rule: []string{"X"}}, 0},
		"one gave it":         {Answer{Coders: []ByCoder{x}}, 1},
		"one of two":          {Answer{Rule: []string{"X"}, Coders: []ByCoder{x, y}}, 0.5},
		"none of two":         {Answer{Rule: []string{"X"}, Coders: []ByCoder{y, y}}, 0},
		"two of three":        {Answer{Coders: []ByCoder{x, y, x}}, 1},
		"one of three":        {Answer{Coders: []ByCoder{x, y, y}}, 0},
		"the adjudicator":     {Answer{Coders: []ByCoder{y}, Adjudicated: &[]string{"X"}}, 1},
		"not the adjudicator": {Answer{Coders: []ByCoder{x}, Adjudicated: &[]string{"Y"}}, 0},
		"the adjudicator, no": {Answer{Coders: []ByCoder{x}, Adjudicated: &[]string{}}, 0},
	} {
		if got := c.answer.ByPeople("X"); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestTheOrderOfCodersDecidesNothing(t *testing.T) {
	codes := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"A", "B", "C", "D"}), 0, 4, rapid.ID)
	rapid.Check(t, func(t *rapid.T) {
		a := Answer{Rule: codes.Draw(t, "rule")}
		n := rapid.IntRange(0, 4).Draw(t, "coders")
		for i := range n {
			a.Coders = append(a.Coders, ByCoder{fmt.Sprint(i), codes.Draw(t, "codes")})
		}
		kept := func(a Answer) map[string]Source {
			out := map[string]Source{}
			for _, d := range a.Decide() {
				out[d.Code] = d.Source
			}
			return out
		}
		b := a
		b.Coders = nil
		for i := range n {
			b.Coders = append(b.Coders, a.Coders[n-1-i])
		}
		if !reflect.DeepEqual(kept(a), kept(b)) {
			t.Fatalf("%v, and %v in another order", kept(a), kept(b))
		}
		if n%2 == 1 {
			for code, source := range kept(a) {
				if source == Rule {
					t.Fatalf("an odd number of coders is split evenly on %s", code)
				}
			}
		}
	})
}
