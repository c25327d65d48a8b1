package ledger

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

var head = Head{
	Version: Version, Audience: "public", Threshold: 10, Run: 7, Runs: []Run{{6, 420}, {7, 426}},
	Variables: []Variable{{Name: "region", Item: "region", Categories: []string{"a", "=refused"}, Missing: Reasons()}},
	Links: Links{
		Unions: []Union{{"wide", "all", Is{"region", []string{"a", "=refused"}}}},
		Zeros:  []Zero{{"why", At{"region": {"a", Missing}}}},
	},
}

var lines = []Line{
	{Artifact: "results", Key: "k", As: "text", Run: 7, At: At{}, Stat: Count, Value: "426", Status: Published},
	{Artifact: "results", Key: "l", As: "text", Run: 6, At: At{"region": {"a"}}, Of: At{"region": {Answered}}, Stat: Pct, Value: "0.31", Status: Published},
	{Artifact: "page", Key: "m <b>", As: "length", Run: 7, At: At{"region": {"a", "=refused"}}, Stat: Count, Status: Withheld, Marker: "c"},
	{Artifact: "page", Key: "n", As: "text", Run: 7, Stat: "alpha", Value: "0.70", Decimals: 2, Status: Published},
}

func TestALedgerIsReadAsItWasWritten(t *testing.T) {
	for _, want := range [][]Line{lines, nil} {
		var b bytes.Buffer
		if err := Write(&b, head, slices.Values(want)); err != nil {
			t.Fatal(err)
		}
		if !json.Valid(b.Bytes()) {
			t.Fatalf("no JSON: %s", b.String())
		}
		if got := strings.Count(b.String(), "\n"); len(want) > 0 && got != len(want)+2 {
			t.Errorf("%d lines of text for %d of the ledger", got, len(want))
		}
		var got []Line
		h, err := Read(&b, func(l Line) error { got = append(got, l); return nil })
		if err != nil || !reflect.DeepEqual(h, head) || !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v %+v %v", h, got, err)
		}
	}
}

func TestBadLedgersAreRefused(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":               ``,
		"a list":                `[]`,
		"no lines":              `{"version":2}`,
		"another version":       `{"version":1,"lines":[]}`,
		"lines before the head": `{"lines":[],"version":2}`,
		"a key after the lines": `{"version":2,"lines":[],"run":1}`,
		"a key twice":           `{"version":2,"version":2,"lines":[]}`,
		"an unknown key":        `{"version":2,"extra":1,"lines":[]}`,
		"a value not said":      `{"version":2,"lines":[{"status":"published"}]}`,
		"a value withheld":      `{"version":2,"lines":[{"status":"withheld","value":3}]}`,
		"no status":             `{"version":2,"lines":[{"value":3}]}`,
		"an empty coordinate":   `{"version":2,"lines":[{"status":"withheld","at":{"x":[]}}]}`,
		"a number for a text":   `{"version":2,"lines":[{"status":"withheld","at":{"secret":4}}]}`,
		"a text for a number":   `{"version":2,"lines":[{"status":"published","value":"secret"}]}`,
		"more behind it":        `{"version":2,"lines":[]} {}`,
		"cut off":               `{"version":2,"lines":[{"status":"secret`,
	} {
		if _, err := Read(strings.NewReader(text), func(Line) error { return nil }); err == nil {
			t.Errorf("%s: no error", name)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the error quotes the file: %v", name, err)
		}
	}
}

func TestReasonsAreThoseOfTheSurvey(t *testing.T) {
	var want []string
	for r := survey.NotAsked; r < survey.Reasons; r++ {
		want = append(want, r.String())
	}
	if !slices.Equal(want, Reasons()) || survey.NotAsked.String() != NotAsked {
		t.Errorf("got %v, want %v", Reasons(), want)
	}
}

func TestChoicesAreNotTakenForWordsOfTheFormat(t *testing.T) {
	seen := map[string]bool{}
	for _, choice := range append(Reasons(), Answered, Missing, "=", "=refused", "==refused", "plain", "=*") {
		name := Category(choice)
		if seen[name] || name == Answered || name == Missing || slices.Contains(Reasons(), name) {
			t.Errorf("%q is written as %q", choice, name)
		}
		seen[name] = true
	}
}

func FuzzRead(f *testing.F) {
	var b bytes.Buffer
	if err := Write(&b, head, slices.Values(lines)); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte(`{"version":2,"lines":[{"status":"withheld","at":{"x":["a","b"]}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var got []Line
		h, err := Read(bytes.NewReader(data), func(l Line) error { got = append(got, l); return nil })
		if err != nil {
			return
		}
		var again bytes.Buffer
		if err := Write(&again, h, slices.Values(got)); err != nil {
			t.Fatal(err)
		}
		n := 0
		if _, err := Read(&again, func(Line) error { n++; return nil }); err != nil || n != len(got) {
			t.Errorf("%d lines of %d are read again: %v", n, len(got), err)
		}
	})
}
