package coding

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func TestNoCoderGetsTwoAnswersOfOneWhoMustStandApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "answers")
		respondents := rapid.IntRange(1, 5).Draw(t, "respondents")
		most := rapid.IntRange(1, 40).Draw(t, "most")
		double := rapid.SampledFrom([]float64{0, 0.5, 1}).Draw(t, "double")
		coders := []Coder{{Name: "a"}, {Name: "b", Languages: []string{"fr"}}, {Name: "c", Languages: []string{"en"}}}
		has := map[held]bool{} // over all calls
		given := map[string]bool{}
		of := func(i int) (name, item, language, respondent string) {
			return fmt.Sprint("u", i), fmt.Sprint("q", i%3), []string{"fr", "en"}[i%2], fmt.Sprint("r", i%respondents)
		}
		place := map[string]int{}
		for {
			p := NewPool(Key("key"), 7, most)
			for h := range has {
				p.Hold(h.coder, h.language, h.respondent)
			}
			for i := range n {
				if name, item, language, respondent := of(i); !given[name] {
					place[name] = i
					p.AddApart(name, item, language, respondent)
				}
			}
			got, left := p.Deal(coders, double)
			if len(got)+left.Beyond+left.Apart != n-len(given) {
				t.Fatalf("%d given, %d not drawn, %d kept back, of %d", len(got), left.Beyond, left.Apart, n-len(given))
			}
			if len(got) == 0 {
				if left.Beyond > 0 {
					t.Fatalf("nothing is given while %d answers wait", left.Beyond)
				}
				break
			}
			for _, d := range got {
				_, _, language, respondent := of(place[d.Name])
				given[d.Name] = true
				for _, c := range d.Coders {
					if has[held{c, language, respondent}] {
						t.Fatalf("%s has two answers of %s in %s", c, respondent, language)
					}
					has[held{c, language, respondent}] = true
				}
			}
		}
	})
}
