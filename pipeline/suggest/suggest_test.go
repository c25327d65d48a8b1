package suggest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// made makes answers of filler words, with a word that betrays the code in
// most of them; with noise codes are drawn regardless of the text.
func made(n int, noise bool) []Example {
	r := rand.New(rand.NewPCG(7, 7))
	signs := map[string][]string{"visa": {"visa", "embassy"}, "money": {"funds", "budget"}, "time": {"late", "deadline"}}
	codes := []string{"money", "time", "visa"}
	var all []Example
	for range n {
		code := codes[r.IntN(3)]
		var words []string
		for range 6 {
			words = append(words, fmt.Sprintf("w%c%c", 'a'+rune(r.IntN(20)), 'a'+rune(r.IntN(3))))
		}
		if r.IntN(10) > 0 {
			words[r.IntN(6)] = signs[code][r.IntN(2)]
		}
		if noise {
			code = codes[r.IntN(3)]
		}
		all = append(all, Example{Text: strings.Join(words, " "), Language: "en", Codes: []string{code}})
	}
	return all
}

func train(t *testing.T, examples []Example, s Settings) (*Model, Assessment) {
	t.Helper()
	m, a, err := Train(context.Background(), examples, s)
	if err != nil {
		t.Fatal(err)
	}
	return m, a
}

func TestOrderAndWorkersMakeNoDifference(t *testing.T) {
	for _, single := range []bool{true, false} {
		examples := made(200, false)
		m, a := train(t, examples, Settings{Single: single, Workers: 1})
		rand.New(rand.NewPCG(3, 3)).Shuffle(len(examples), func(i, j int) { examples[i], examples[j] = examples[j], examples[i] })
		n, b := train(t, examples, Settings{Single: single, Workers: 3})
		if !reflect.DeepEqual(m, n) || !reflect.DeepEqual(a, b) {
			t.Errorf("single %t: another order and other workers give another model", single)
		}
	}
}

func TestCodesAreLearntAndProbabilitiesHold(t *testing.T) {
	for _, single := range []bool{true, false} {
		m, a := train(t, made(600, false), Settings{Single: single})
		for _, r := range a.Records {
			if p, _ := r.Precision(); r.Silent != "" || p < 0.85 {
				t.Errorf("single %t: %s: precision %.2f, silent %q", single, r.Code, p, r.Silent)
			}
		}
		if a.Error > 0.05 || a.Brier > 0.08 {
			t.Errorf("single %t: calibration error %.3f, Brier %.3f", single, a.Error, a.Brier)
		}
		got := m.Suggest("waa the embassy wba", "en")
		if len(got) == 0 || got[0].Code != "visa" || got[0].Probability <= 0.5 || got[0].Probability > 1 {
			t.Errorf("single %t: suggested %v", single, got)
		}
		if got := m.Suggest("waa the embassy wba", "fr"); len(got) > 0 {
			t.Errorf("single %t: suggested %v in a language without examples", single, got)
		}
	}
}

func TestItIsSilentWhereCodesHaveNothingToDoWithTexts(t *testing.T) {
	for _, single := range []bool{true, false} {
		m, a := train(t, made(300, true), Settings{Single: single})
		for _, r := range a.Records {
			if r.Silent == "" {
				t.Errorf("single %t: %s is suggested, with %d right and %d wrong", single, r.Code, r.Hits, r.Wrong)
			}
		}
		if got := m.Suggest("embassy funds late", "en"); len(got) > 0 {
			t.Errorf("single %t: suggested %v", single, got)
		}
	}
}

func TestACodeWithFewExamplesIsNotSuggested(t *testing.T) {
	_, a := train(t, append(made(200, false), Example{Text: "a rare thing", Language: "en", Codes: []string{"rare"}}), Settings{})
	for _, r := range a.Records {
		if r.Code == "rare" && !strings.Contains(r.Silent, "1 examples, of 10") {
			t.Errorf("silent %q", r.Silent)
		}
	}
}

func TestWrongExamplesAreRefused(t *testing.T) {
	for name, examples := range map[string][]Example{
		"none":             nil,
		"one code":         {{Text: "a b", Language: "en", Codes: []string{"x"}}, {Text: "c d", Language: "en", Codes: []string{"x"}}},
		"two codes a text": {{Text: "a b", Language: "en", Codes: []string{"x", "y"}}, {Text: "c d", Language: "en", Codes: []string{"x"}}},
	} {
		if _, _, err := Train(context.Background(), examples, Settings{Single: true}); err == nil {
			t.Errorf("%s: must be refused", name)
		}
	}
}

func TestWhatOneTextAloneHasCountsWithFewTexts(t *testing.T) {
	for n, want := range map[int]bool{few: true, few + 1: false} {
		texts := make([]source, n)
		for i := range texts {
			texts[i].text = "abcdef"
		}
		texts[0].text = "abcdef x"
		c := newCorpus(texts, 2)
		for name, h := range map[string]uint64{"six letters": letterHash(" abcde"), "one text": letterHash(" x ")} {
			if _, got := slices.BinarySearch(c.hashes, h); got != want {
				t.Errorf("%d texts: n-grams of %s count: %t", n, name, got)
			}
		}
		if _, got := slices.BinarySearch(c.hashes, letterHash(" abcd")); !got {
			t.Errorf("%d texts: n-grams of five letters must count", n)
		}
	}
}

// letterHash is the hash of letters within a word.
func letterHash(s string) uint64 {
	h := begin(letters)
	for _, r := range s {
		h = (h ^ uint64(r)) * prime
	}
	return h
}
