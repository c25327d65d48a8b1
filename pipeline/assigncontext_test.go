package pipeline

import (
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/coding"
)

// wrote is an open answer of a respondent.
func wrote(respondent, item, language, context string) openAnswer {
	return openAnswer{unit: coding.Unit{Response: respondent, Item: item}, language: language, context: context}
}

func TestAContextStandsOnlyWhereEnoughRespondentsWroteInTheLanguageAndShareIt(t *testing.T) {
	c := newCrowds(3)
	for i := range 3 {
		c.add(wrote(fmt.Sprint("n", i), "a", "en", "north"))
		c.add(wrote(fmt.Sprint("s", i), "a", "en", "south"))
	}
	for _, item := range []string{"a", "b", "c", "d"} {
		c.add(wrote("f", item, "fr", "north")) // four answers of one respondent
	}
	if got, want := c.shown("en"), map[string]bool{"north": true, "south": true}; !reflect.DeepEqual(got, want) {
		t.Errorf("in English %v may be shown, want %v", got, want)
	}
	if got := c.shown("fr"); len(got) != 0 || !c.few("fr") || c.few("en") {
		t.Errorf("in French %v may be shown, and few wrote in it: %v; in English: %v", got, c.few("fr"), c.few("en"))
	}
}

func TestRowsOfRepeatsMakeNoFurtherRespondents(t *testing.T) {
	c := newCrowds(3)
	c.add(wrote("f", "a", "fr", "north"))
	for i := range 5 {
		c.add(wrote(fmt.Sprint("f.", i), "b", "fr", ""))
	}
	if !c.few("fr") || c.groups["fr"]["north"] != 1 || c.groups["fr"][""] != 0 {
		t.Errorf("few: %v, groups %v", c.few("fr"), c.groups["fr"])
	}
}

func TestAnEmptyContextNeverTellsOfFew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(2, 12).Draw(t, "threshold")
		sizes := rapid.SliceOfN(rapid.IntRange(0, 15), 1, 6).Draw(t, "sizes") // the first gave nothing
		c, all := newCrowds(k), 0
		for g, n := range sizes {
			context := ""
			if g > 0 {
				context = fmt.Sprint("group", g)
			}
			for i := range n {
				for item := range rapid.IntRange(1, 3).Draw(t, "answers") {
					c.add(wrote(fmt.Sprint(g, "-", i), fmt.Sprint(item), "en", context))
				}
				all++
			}
		}
		blank, shown := all, c.shown("en")
		for g, n := range sizes {
			if shown[fmt.Sprint("group", g)] {
				blank -= n
				if n < k {
					t.Fatalf("a group of %d is shown", n)
				}
			}
		}
		if shown[""] || blank > 0 && blank < k && len(shown) > 0 {
			t.Fatalf("%d of %d are without a context, and %d groups are shown", blank, all, len(shown))
		}
	})
}

func TestNoMoreGroupsAreBlankThanMustBe(t *testing.T) {
	for _, of := range []struct {
		name  string
		sizes map[string]int
		want  map[string]bool
	}{
		{"nobody is blank", map[string]int{"a": 3, "b": 4}, map[string]bool{"a": true, "b": true}},
		{"enough are blank", map[string]int{"": 3, "b": 4, "c": 3}, map[string]bool{"b": true, "c": true}},
		{"one is, so the smallest other group is too", map[string]int{"a": 1, "b": 4, "c": 3}, map[string]bool{"b": true}},
		{"one gave nothing, which is no other thing", map[string]int{"": 1, "b": 4, "c": 3}, map[string]bool{"b": true}},
		{"small groups that are enough together", map[string]int{"a": 1, "b": 2, "c": 3}, map[string]bool{"c": true}},
	} {
		c := newCrowds(3)
		for context, n := range of.sizes {
			for i := range n {
				c.add(wrote(fmt.Sprint(context, i), "a", "en", context))
			}
		}
		if got := c.shown("en"); !reflect.DeepEqual(got, of.want) {
			t.Errorf("%s: %v may be shown, want %v", of.name, got, of.want)
		}
	}
}
