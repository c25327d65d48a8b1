package pipeline

import (
	"reflect"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/derive"
	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

func TestRecodedMergedAndNestedChoicesAreLinked(t *testing.T) {
	choices := func(names ...string) []survey.Choice {
		var out []survey.Choice
		for _, n := range names {
			out = append(out, survey.Choice{Name: n})
		}
		return out
	}
	var sv survey.Survey
	add := func(name string, kind survey.Type, names ...string) {
		sv.Lists = append(sv.Lists, survey.NewChoiceList(name, choices(names...)))
		sv.Items = append(sv.Items, survey.Item{Name: name, Type: kind, List: name})
	}
	add("x", survey.SelectOne, "a", "b", "refused", "d")
	add("y", survey.SelectOne, "ab", "refused", "d")
	add("tools", survey.SelectMultiple, "radio", "tv", "press")
	add("media", survey.SelectMultiple, "air", "other")
	add("years", survey.SelectOne, "0", "5", "10", "15")
	add("decades", survey.SelectOne, "0", "10")
	sv.Items = append(sv.Items, survey.Item{Name: "age", Type: survey.Integer})
	s, findings := survey.New(sv)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	bands := func(from ...string) (out []derive.Band) {
		for _, f := range from {
			out = append(out, derive.Band{From: f})
		}
		return out
	}
	c := Config{Derive: []derive.Definition{
		{Name: "y", From: "x", Else: "keep", Recode: map[string][]string{"ab": {"a", "b"}}},
		{Name: "media", From: "tools", Else: "other", Recode: map[string][]string{"air": {"radio", "tv"}}},
		{Name: "years", From: "age", Bands: bands("", "5", "10", "15")},
		{Name: "decades", From: "age", Bands: bands("", "10")},
	}}
	want := []ledger.Union{
		{Variable: "y", Category: "ab", Is: ledger.Is{Variable: "x", Categories: []string{"a", "b"}}},
		{Variable: "y", Category: "=refused", Is: ledger.Is{Variable: "x", Categories: []string{"=refused"}}},
		{Variable: "y", Category: "d", Is: ledger.Is{Variable: "x", Categories: []string{"d"}}},
		{Variable: "media/air", Category: "yes", Is: ledger.Is{Variable: "tools/radio|tv", Categories: []string{"yes"}}},
		{Variable: "media/other", Category: "yes", Is: ledger.Is{Variable: "tools/press", Categories: []string{"yes"}}},
		{Variable: "decades", Category: "0", Is: ledger.Is{Variable: "years", Categories: []string{"0", "5"}}},
		{Variable: "decades", Category: "10", Is: ledger.Is{Variable: "years", Categories: []string{"10", "15"}}},
	}
	if got := c.links(s).Unions; !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}
