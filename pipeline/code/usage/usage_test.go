package usage

import (
	"context"
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

const codes = 4

func counted(t rapid.TB, answers [][]int32, workers, batch int) Use {
	var choices []survey.Choice
	for c := range codes {
		choices = append(choices, survey.Choice{Name: string(rune('a' + c))})
	}
	s, findings := survey.New(survey.Survey{Items: []survey.Item{{Name: "what_codes", Type: survey.SelectMultiple, List: "codebook"}}, Lists: []*survey.ChoiceList{survey.NewChoiceList("codebook", choices)}})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	layout := dataset.NewLayout(s, 0, nil)
	var batches dataset.Memory
	for at := 0; at < len(answers); at += batch {
		b := dataset.NewBuilder(layout)
		for i := at; i < min(at+batch, len(answers)); i++ {
			b.Begin(dataset.Response{ID: dataset.ID{byte(i)}, Parent: -1, Weight: 1})
			if answers[i] == nil {
				b.Column("what_codes").Missing(survey.NotAsked)
			} else {
				b.Column("what_codes").Choose(answers[i])
			}
		}
		batches = append(batches, b.Batch())
	}
	d := &dataset.Dataset{Survey: s, Levels: []dataset.Level{{Layout: layout, Rows: int64(len(answers)), Source: batches}}}
	uses, err := Count(context.Background(), engine.Engine{Workers: workers}, d, []string{"what_codes"})
	if err != nil {
		t.Fatal(err)
	}
	return uses[0]
}

func drawn() *rapid.Generator[[][]int32] {
	one := rapid.Custom(func(t *rapid.T) []int32 {
		if rapid.IntRange(0, 5).Draw(t, "asked") == 0 {
			return nil
		}
		out := []int32{}
		for c := range int32(codes) {
			if rapid.Bool().Draw(t, "has") {
				out = append(out, c)
			}
		}
		return out
	})
	return rapid.SliceOfN(one, 1, 9)
}

// TestPairsAreThoseThatAnswersHave counts pairs one by one, and deals answers out
// in other ways.
func TestPairsAreThoseThatAnswersHave(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		answers := drawn().Draw(t, "answers")
		u := counted(t, answers, 1, 100)
		if again := counted(t, answers, 3, 2); fmt.Sprint(again) != fmt.Sprint(u) {
			t.Fatal("several workers count otherwise")
		}
		has := func(a []int32, c string) bool {
			for _, x := range a {
				if string(rune('a'+x)) == c {
					return true
				}
			}
			return false
		}
		for _, p := range u.Pairs() {
			var n [4]int64
			for _, a := range answers {
				if a == nil {
					continue
				}
				k := 0
				if has(a, p.A) {
					k++
				}
				if has(a, p.B) {
					k += 2
				}
				n[k]++
			}
			if n != [4]int64{p.Neither, p.OnlyA, p.OnlyB, p.Both} {
				t.Fatalf("%+v, counted %v", p, n)
			}
		}
	})
}

// TestSaturationIsTheAverageOverAllOrders tries every subset of the answers.
func TestSaturationIsTheAverageOverAllOrders(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var answers [][]int32
		for _, a := range drawn().Draw(t, "answers") {
			if a != nil {
				answers = append(answers, a)
			}
		}
		u := counted(t, answers, 1, 100)
		for m := range int64(len(answers)) + 1 {
			sum, ways := 0, 0
			for set := range 1 << len(answers) {
				met, size := 0, int64(0)
				for i, a := range answers {
					if set>>i&1 == 1 {
						size++
						for _, c := range a {
							met |= 1 << c
						}
					}
				}
				if size == m {
					ways++
					for c := range codes {
						sum += met >> c & 1
					}
				}
			}
			if want := float64(sum) / float64(ways); math.Abs(u.met(m)-want) > 1e-9 {
				t.Fatalf("after %d of %d answers: %v, want %v", m, len(answers), u.met(m), want)
			}
		}
	})
}

func TestSaturationHoldsForManyAnswers(t *testing.T) {
	u := Use{Answers: 1_000_000, Given: []int64{0, 1, 10, 500_000, 1_000_000}}
	all := u.Saturation()
	last := all[len(all)-1]
	if len(all) != 19 || last.Answers != u.Answers || math.Abs(last.Expected-4) > 1e-6 || last.New != 0 {
		t.Errorf("%d steps, the last %+v", len(all), last)
	}
	for i, m := range all[1:] {
		if m.Expected < all[i].Expected || m.New < 0 {
			t.Errorf("fewer codes are met by more answers: %+v after %+v", m, all[i])
		}
	}
	if got, want := all[0].Expected, 0.000001+0.00001+0.5+1; math.Abs(got-want) > 1e-6 {
		t.Errorf("one answer meets %v codes, want %v", got, want)
	}
	if got := (Use{}).Saturation(); len(got) > 0 {
		t.Errorf("without answers: %v", got)
	}
}

func TestWhatGoesTogetherIsToldFromChance(t *testing.T) {
	p := Pair{Both: 10, OnlyA: 10, OnlyB: 20, Neither: 60}
	if p.Expected() != 6 || p.Jaccard() != 0.25 {
		t.Errorf("expected %v, Jaccard %v", p.Expected(), p.Jaccard())
	}
}
