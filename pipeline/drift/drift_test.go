package drift

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// reply is the codes of one respondent; -1 is no answer.
type reply struct {
	language, region, one int32
	several               []int32
}

func list(name string, names ...string) *survey.ChoiceList {
	choices := make([]survey.Choice, len(names))
	for i, n := range names {
		choices[i].Name = n
	}
	return survey.NewChoiceList(name, choices)
}

func answers(t testing.TB, replies []reply, size int) *dataset.Dataset {
	t.Helper()
	s, findings := survey.New(survey.Survey{
		Items: []survey.Item{
			{Name: "language", Type: survey.SelectOne, List: "languages"},
			{Name: "region", Type: survey.SelectOne, List: "regions"},
			{Name: "one", Type: survey.SelectOne, List: "steps"},
			{Name: "several", Type: survey.SelectMultiple, List: "steps"},
			{Name: "secret", Type: survey.SelectOne, List: "steps", Role: survey.Sensitive},
			{Name: "source", Type: survey.SelectOne, List: "steps", Given: survey.GivenSource},
		},
		Lists: []*survey.ChoiceList{list("languages", "en", "fr", "ar"), list("regions", "north", "south"), list("steps", "low", "mid", "high")},
	})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	layout := dataset.NewLayout(s, 0, nil)
	var source dataset.Memory
	for part := range slices.Chunk(replies, size) {
		b := dataset.NewBuilder(layout)
		for _, r := range part {
			b.Begin(dataset.Response{Parent: -1, Weight: 1})
			for name, code := range map[string]int32{"language": r.language, "region": r.region, "one": r.one, "secret": r.one, "source": r.one} {
				if code >= 0 {
					b.Column(name).Code(code)
				}
			}
			b.Column("several").Choose(r.several)
		}
		made := b.Batch()
		source = append(source, made)
	}
	return &dataset.Dataset{Survey: s, Levels: []dataset.Level{{Layout: layout, Rows: int64(len(replies)), Source: source}}}
}

func drift(t testing.TB, replies []reply, within string) []quality.Shift {
	t.Helper()
	shifts, findings, err := Drift(context.Background(), engine.Engine{Workers: 2, Dir: t.TempDir()}, answers(t, replies, 64), Config{Language: "language", Within: within, Least: 20})
	if err != nil || len(findings) != len(shifts) {
		t.Fatalf("%v, %d findings for %d shifts", err, len(findings), len(shifts))
	}
	return shifts
}

// random makes respondents whose answers depend on what draw is told.
func random(n int, draw func(r *rand.Rand, who *reply)) []reply {
	r := rand.New(rand.NewPCG(1, 2))
	out := make([]reply, n)
	for i := range out {
		out[i] = reply{language: int32(r.IntN(3)), region: int32(r.IntN(2)), one: int32(r.IntN(3)), several: []int32{int32(r.IntN(3))}}
		draw(r, &out[i])
	}
	return out
}

func TestAWordingThatSaysSomethingElseIsFound(t *testing.T) {
	got := drift(t, random(400, func(r *rand.Rand, who *reply) {
		if who.language == 1 {
			who.one = int32(min(r.IntN(8), 2)) // mostly high
		}
	}), "region")
	if len(got) != 1 || got[0].Item != "one" || got[0].Language != "fr" || got[0].Band == "" {
		t.Errorf("found %+v", got)
	}
	got = drift(t, random(400, func(r *rand.Rand, who *reply) {
		if who.language == 2 && r.IntN(5) > 0 {
			who.several = []int32{0, 1}
		}
	}), "region")
	if len(got) != 1 || got[0].Item != "several" || got[0].Language != "ar" || got[0].Band != quality.Strong {
		t.Errorf("found %+v", got)
	}
}

func TestWhatIsOfTheRegionIsNotOfTheLanguage(t *testing.T) {
	replies := random(600, func(r *rand.Rand, who *reply) {
		if r.IntN(10) > 0 { // most of a language live in one region, and regions differ
			who.region = min(who.language, 1)
		}
		who.one = 2 * who.region
	})
	if got := drift(t, replies, "region"); len(got) > 0 {
		t.Errorf("found %+v", got)
	}
	if got := drift(t, replies, ""); len(got) == 0 {
		t.Error("without regions nothing is found: the test tests nothing")
	}
}

func TestChanceAndSmallGroupsRaiseNoAlarm(t *testing.T) {
	for _, n := range []int{60, 90, 150, 400} {
		for seed := range uint64(40) {
			r := rand.New(rand.NewPCG(seed, 7))
			replies := random(n, func(_ *rand.Rand, who *reply) { who.one, who.several = int32(r.IntN(3)), []int32{int32(r.IntN(3))} })
			if got := drift(t, replies, "region"); len(got) > 0 {
				t.Errorf("%d respondents, seed %d: found %+v", n, seed, got)
			}
		}
	}
	few := random(400, func(r *rand.Rand, who *reply) {
		who.language = 0
		if r.IntN(25) == 0 {
			who.language, who.one = 1, 2
		} else {
			who.one = 0
		}
	})
	if got := drift(t, few, ""); len(got) > 0 {
		t.Errorf("a language of few is compared: %+v", got)
	}
}

func TestDifferenceIsThatOfSharesOverTheirDeviation(t *testing.T) {
	// 800 of 1000 against 400 of 1000: 0.4 over the deviation of a share of 0.6.
	d, own, others := difference([]stratum{{own: []int64{800, 200}, others: []int64{400, 600}, nOwn: 1000, nOthers: 1000}})
	if want := 0.4 / math.Sqrt(0.6*0.4); own != 1000 || others != 1000 || math.Abs(d-want) > 0.002 {
		t.Errorf("d = %v of %d and %d, want %v", d, own, others, want)
	}
}

func TestOrderAndBatchesDoNotMatter(t *testing.T) {
	replies := random(300, func(_ *rand.Rand, who *reply) {
		if who.language == 1 {
			who.one = 2
		}
	})
	want := drift(t, replies, "region")
	rapid.Check(t, func(rt *rapid.T) {
		mixed := rapid.Permutation(replies).Draw(rt, "order")
		got, _, err := Drift(context.Background(), engine.Engine{Workers: rapid.IntRange(1, 3).Draw(rt, "workers")}, answers(t, mixed, rapid.IntRange(1, 200).Draw(rt, "size")), Config{Language: "language", Within: "region", Least: 20})
		if err != nil || !slices.Equal(got, want) {
			rt.Fatalf("%v: %+v, want %+v", err, got, want)
		}
	})
}

func TestWithoutALanguageItemNothingIsCompared(t *testing.T) {
	got, findings, err := Drift(context.Background(), engine.Engine{}, answers(t, random(50, func(*rand.Rand, *reply) {}), 64), Config{Language: "nowhere", Least: 20})
	if got != nil || findings != nil || err != nil {
		t.Errorf("%v, %v, %v", got, findings, err)
	}
}
