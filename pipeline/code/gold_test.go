package code

import (
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// goldAnswer is a made-up answer with the codes that a person would give it.
type goldAnswer struct {
	half, text string
	codes      []string
}

func goldAnswers(t *testing.T, language string) []goldAnswer {
	t.Helper()
	in, err := os.Open("testdata/gold/" + language + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	rows, err := csv.NewReader(in).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []goldAnswer
	for _, row := range rows[1:] {
		codes := strings.Fields(row[1])
		slices.Sort(codes)
		out = append(out, goldAnswer{row[0], row[2], codes})
	}
	return out
}

// counts are of codes: given rightly, given wrongly, and missed.
type counts struct{ right, wrong, missed int }

func (c *counts) add(o counts) {
	c.right, c.wrong, c.missed = c.right+o.right, c.wrong+o.wrong, c.missed+o.missed
}

func (c counts) precision() int { return percent(c.right, c.right+c.wrong) }
func (c counts) recall() int    { return percent(c.right, c.right+c.missed) }

// percent rounds down; of nothing all is right.
func percent(n, of int) int {
	if of == 0 {
		return 100
	}
	return 100 * n / of
}

func bundledBook(t *testing.T) *Codebook {
	t.Helper()
	content, err := os.ReadFile("../../data/codebook.yaml")
	if err != nil {
		t.Fatal(err)
	}
	cb, findings := Read("codebook.yaml", content)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return cb
}

var goldLanguages = []string{"ar", "en", "es", "fr", "ru", "zh"}

// The numbers are recorded in docs/coding.md. The second half was written when
// the terms were done. Terms were added since without reading it; its figures
// alone, by language and family, told which of them were taken out again.
// The third set was written by a hand that had read only the definitions, and
// nothing was chosen by it: its floors are a little below its first figures.
func TestTheBundledTermsFindInGoldAnswersWhatPeopleWould(t *testing.T) {
	least := map[string][2]int{ // precision and recall, in percent
		"first ar": {100, 100}, "first en": {96, 100}, "first es": {100, 100}, "first fr": {96, 100}, "first ru": {100, 100}, "first zh": {100, 100},
		"second ar": {83, 74}, "second en": {87, 77}, "second es": {89, 71}, "second fr": {91, 62}, "second ru": {91, 62}, "second zh": {80, 57},
		"third ar": {76, 63}, "third en": {74, 56}, "third es": {81, 67}, "third fr": {72, 58}, "third ru": {71, 59}, "third zh": {69, 68},
	}
	cb := bundledBook(t)
	family := map[string]string{}
	for _, c := range cb.Codes {
		family[c.ID] = c.Family
	}
	scanner := NewMatcher(cb).Scanner()
	for _, half := range []string{"first", "second", "third"} {
		byFamily := map[string]*counts{}
		var overall counts
		for _, language := range goldLanguages {
			var all counts
			for _, a := range goldAnswers(t, language) {
				if a.half != half {
					continue
				}
				var got []string
				codes, _ := scanner.Codes(a.text, nil)
				for _, c := range codes {
					got = append(got, cb.Codes[c].ID)
				}
				slices.Sort(got)
				if !slices.Equal(got, a.codes) {
					t.Logf("%s: %v, want %v: %s", language, got, a.codes, a.text)
				}
				for id, n := range compared(got, a.codes) {
					if byFamily[family[id]] == nil {
						byFamily[family[id]] = &counts{}
					}
					byFamily[family[id]].add(n)
					all.add(n)
				}
			}
			overall.add(all)
			t.Logf("%s, %s: precision %d, recall %d of %d", half, language, all.precision(), all.recall(), all.right+all.missed)
			want := least[half+" "+language]
			if all.precision() < want[0] || all.recall() < want[1] {
				t.Errorf("%s, %s: precision %d and recall %d, recorded are %d and %d", half, language, all.precision(), all.recall(), want[0], want[1])
			}
		}
		for _, f := range slices.Sorted(maps.Keys(byFamily)) {
			t.Logf("%s, %s: precision %d, recall %d of %d", half, f, byFamily[f].precision(), byFamily[f].recall(), byFamily[f].right+byFamily[f].missed)
		}
		t.Logf("%s, in all: precision %d, recall %d of %d", half, overall.precision(), overall.recall(), overall.right+overall.missed)
	}
}

func compared(got, want []string) map[string]counts {
	out := map[string]counts{}
	for _, id := range got {
		if slices.Contains(want, id) {
			out[id] = counts{right: 1}
		} else {
			out[id] = counts{wrong: 1}
		}
	}
	for _, id := range want {
		if !slices.Contains(got, id) {
			out[id] = counts{missed: 1}
		}
	}
	return out
}

func TestTheGoldAnswersUseCodesOfTheBook(t *testing.T) {
	cb := bundledBook(t)
	for _, language := range goldLanguages {
		halves, seen := map[string]int{}, map[string]bool{}
		for _, a := range goldAnswers(t, language) {
			halves[a.half]++
			if seen[a.text] {
				t.Errorf("%s: an answer stands twice: %s", language, a.text)
			}
			seen[a.text] = true
			for _, id := range a.codes {
				if !slices.ContainsFunc(cb.Codes, func(c Theme) bool { return c.ID == id }) {
					t.Errorf("%s: no code %s", language, id)
				}
			}
		}
		if fmt.Sprint(halves) != "map[first:30 second:30 third:60]" {
			t.Errorf("%s: %v", language, halves)
		}
	}
}
