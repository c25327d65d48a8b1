package pipeline

import (
	"slices"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/coding"
)

func TestLessonsAreWhatMostCodersSay(t *testing.T) {
	by := func(coder string, codes ...string) coding.ByCoder { return coding.ByCoder{Coder: coder, Codes: codes} }
	l := &lessons{}
	for i, a := range []coding.Answer{
		{Coders: []coding.ByCoder{by("ana", "A", "B", "C"), by("bo", "A", "B", "C"), by("cy", "C")}},
		{Coders: []coding.ByCoder{by("ana", "A"), by("bo")}}, // nobody knows
		{Coders: []coding.ByCoder{by("ana", "A"), by("bo", "B")}, Adjudicated: &[]string{"D"}},
		{Coders: []coding.ByCoder{by("ana")}},
	} {
		a.Response = string(rune('a' + i))
		l.add(a, "text")
	}
	var got [][]string
	for _, e := range l.examples {
		got = append(got, e.Codes)
	}
	want := [][]string{{"A", "B", "C"}, {"D"}, nil}
	if l.split != 1 || len(l.coded) != 4 || !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("%v, %d split, %d coded", got, l.split, len(l.coded))
	}
}
