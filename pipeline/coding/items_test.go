package coding

import (
	"fmt"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

func TestItemsThatAreNotSpeltAsInTheFormAreRefused(t *testing.T) {
	from := func(file string, row int, item string) Returned {
		return Returned{File: file, Row: row, UUID: "1", Item: item}
	}
	found := Misnamed([]Returned{
		from("a.csv", 2, "story"), from("a.csv", 3, "storie"), from("a.csv", 4, "storie"), from("a.csv", 5, "elsewhere"), from("b.csv", 2, "Story"),
		{File: "pack.xlsx", Row: 2, Name: "u1"}, // its name tells the item
	}, []string{"story", "wish"})
	var got []string
	for _, f := range found {
		got = append(got, fmt.Sprint(f.Place.File, f.Place.Row, f.Place.Column, f.Count, f.Severity == finding.Refusal, strings.Contains(f.Remedy, `"story"`), strings.Contains(f.Problem, "storie")))
	}
	if want := "[a.csv3item2 true true false a.csv5item1 true false false b.csv2item1 true true false]"; fmt.Sprint(got) != want {
		t.Errorf("%s, want %s", got, want)
	}
}
