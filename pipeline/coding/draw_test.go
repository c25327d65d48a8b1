package coding

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// dealt puts n answers of each stratum into a pool, in an order, and deals them.
func dealt(order []int, strata []stratum, most int, coders []Coder, double float64) ([]Dealt, Left) {
	p := NewPool(Key("key"), 7, most)
	for _, i := range order {
		s := strata[i%len(strata)]
		p.Add(fmt.Sprintf("u%d", i), s.item, s.language)
	}
	return p.Deal(coders, double)
}

func upTo(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

func TestDealsAreFairAndDoNotHangOnTheOrder(t *testing.T) {
	strata := []stratum{{"ar", "a"}, {"en", "a"}, {"en", "b"}, {"zh", "b"}, {"", "a"}}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 120).Draw(t, "answers")
		most := rapid.IntRange(1, 150).Draw(t, "most")
		double := rapid.SampledFrom([]float64{0, 0.2, 0.5, 1}).Draw(t, "double")
		var coders []Coder
		for i := range rapid.IntRange(1, 5).Draw(t, "coders") {
			coders = append(coders, Coder{Name: fmt.Sprint("c", i), Languages: rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"ar", "en", "zh"}), 0, 3, rapid.ID).Draw(t, "languages")})
		}
		got, left := dealt(upTo(n), strata, most, coders, double)
		again, _ := dealt(rapid.Permutation(upTo(n)).Draw(t, "order"), strata, most, coders, double)
		if !reflect.DeepEqual(got, again) {
			t.Fatal("another order of answers gives another deal")
		}
		unread := 0
		for lang, k := range left.Unread {
			if readers(coders, lang) != nil {
				t.Fatalf("%q is read", lang)
			}
			unread += k
		}
		if len(got)+left.Beyond+unread != n || len(got) > most {
			t.Fatalf("%d given, %d not drawn, %d unread, of %d", len(got), left.Beyond, unread, n)
		}
		seen, twice := map[string]bool{}, 0
		for _, d := range got {
			if seen[d.Name] {
				t.Fatalf("%s is given twice", d.Name)
			}
			seen[d.Name] = true
			if len(d.Coders) == 2 {
				twice++
			}
			if len(d.Coders) == 0 || len(d.Coders) > 2 || len(d.Coders) == 2 && d.Coders[0] == d.Coders[1] {
				t.Fatalf("coders %v", d.Coders)
			}
			for _, c := range d.Coders {
				if i := slices.IndexFunc(coders, func(k Coder) bool { return k.Name == c }); !coders[i].Reads(d.Language) {
					t.Fatalf("%s does not read %q", c, d.Language)
				}
			}
		}
		if want := int(double*float64(len(got)) + 0.5); twice > want {
			t.Fatalf("%d answers have two coders, want %d at most", twice, want)
		}
	})
}

func TestCodersOfTheSameLanguagesGetTheSameNumber(t *testing.T) {
	coders := []Coder{{Name: "a"}, {Name: "b"}, {Name: "c"}}
	got, left := dealt(upTo(300), []stratum{{"en", "a"}, {"fr", "a"}, {"fr", "b"}}, 200, coders, 0.4)
	load, pairs, byStratum := map[string]int{}, map[string]int{}, map[stratum]int{}
	for _, d := range got {
		byStratum[stratum{d.Language, d.Item}]++
		for _, c := range d.Coders {
			load[c]++
		}
		if len(d.Coders) == 2 {
			pairs[fmt.Sprint(d.Coders)]++
		}
	}
	if len(got) != 200 || left.Beyond != 100 {
		t.Errorf("%d answers given, %d not drawn", len(got), left.Beyond)
	}
	for _, c := range coders {
		if k := load[c.Name]; k < 93 || k > 94 {
			t.Errorf("%s has %d answers, want 280 / 3", c.Name, k)
		}
	}
	for s, k := range byStratum {
		if k < 66 || k > 67 {
			t.Errorf("%v has %d answers of 200, want a third", s, k)
		}
	}
	if len(pairs) != 3 || pairs["[a b]"]+pairs["[a c]"]+pairs["[b c]"] != 80 {
		t.Errorf("pairs of coders: %v", pairs)
	}
}

func TestOneReaderOfALanguageIsTold(t *testing.T) {
	got, left := dealt(upTo(20), []stratum{{"ar", "a"}, {"en", "a"}}, 100, []Coder{{Name: "a", Languages: []string{"ar", "en"}}, {Name: "b", Languages: []string{"en"}}}, 1)
	if left.Single["ar"] != 10 || left.Single["en"] != 0 {
		t.Errorf("for one coder alone: %v", left.Single)
	}
	for _, d := range got {
		if want := map[string]int{"ar": 1, "en": 2}[d.Language]; len(d.Coders) != want {
			t.Errorf("%d coders in %s, want %d", len(d.Coders), d.Language, want)
		}
	}
}

func TestAnotherSeedOrKeyDrawsOthers(t *testing.T) {
	draw := func(key string, seed uint64) []Dealt {
		p := NewPool(Key(key), seed, 20)
		for i := range 200 {
			p.Add(fmt.Sprint("u", i), "a", "en")
		}
		out, _ := p.Deal([]Coder{{Name: "a"}}, 0)
		return out
	}
	if !reflect.DeepEqual(draw("k", 1), draw("k", 1)) || reflect.DeepEqual(draw("k", 1), draw("k", 2)) || reflect.DeepEqual(draw("k", 1), draw("l", 1)) {
		t.Error("draws do not hang on key and seed alone")
	}
}

func TestOfManyAnswersFewAreHeld(t *testing.T) {
	p := NewPool(Key("k"), 1, 10)
	for i := range 50_000 {
		p.Add(fmt.Sprint("u", i), "a", "en")
	}
	if held := len(p.strata[stratum{"en", "a"}].drawn); held > 2*10+1024 {
		t.Errorf("%d answers are held", held)
	}
}

func TestNamesOfAnswersTellNothing(t *testing.T) {
	k := Key("key")
	one, two := k.Name(Unit{"ab12", "story"}), k.Name(Unit{"ab12", "wish"})
	if one == two || one[:4] == two[:4] || len(one) != 17 || one[0] != 'u' || one == Key("other").Name(Unit{"ab12", "story"}) {
		t.Errorf("%s and %s", one, two)
	}
	if k.Name(Unit{"a", "bc"}) == k.Name(Unit{"ab", "c"}) {
		t.Error("parts of a unit run into each other")
	}
}
