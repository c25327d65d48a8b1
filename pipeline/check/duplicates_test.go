package check

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// wide is a survey of many items, most of them choices.
func wide(t *testing.T) *survey.Survey {
	t.Helper()
	var choices []survey.Choice
	for i := range 5 {
		choices = append(choices, survey.Choice{Name: fmt.Sprint(i)})
	}
	s := survey.Survey{Lists: []*survey.ChoiceList{survey.NewChoiceList("l", choices)}}
	for i := range 40 {
		item := survey.Item{Name: fmt.Sprintf("q%02d", i), Path: fmt.Sprintf("g%d/q", i), Type: survey.SelectOne, List: "l"}
		switch i % 10 {
		case 7:
			item.Type, item.List = survey.Integer, ""
		case 8:
			item.Type = survey.SelectMultiple
		case 9:
			item.Type, item.List = survey.OpenText, ""
		}
		s.Items = append(s.Items, item)
	}
	out, findings := survey.New(s)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return out
}

// crowdOf makes n responses, and of every tenth a copy with so many answers
// changed as the copy's place among them says: 0 to 5. It returns which
// rows are nearly alike when two of forty answers may differ.
func crowdOf(t *testing.T, n int, seed uint64) (*dataset.Dataset, [][2]int64) {
	t.Helper()
	s := wide(t)
	r := rand.New(rand.NewPCG(seed, 1))
	layout := dataset.NewLayout(s, 0, nil).With(s, nil, true, false)
	b := dataset.NewBuilder(layout)
	var batches dataset.Memory
	var pairs [][2]int64
	row := int64(1)
	put := func(answers []int) {
		row++
		b.Begin(dataset.Response{UUID: fmt.Sprintf("synthetic-%d", row), Parent: -1, Origin: dataset.Origin{Row: row}})
		for k, a := range answers {
			c := b.Column(layout.Items[k])
			switch c.Item().Type {
			case survey.SelectOne:
				c.Code(int32(a % 5))
			case survey.SelectMultiple:
				c.Choose([]int32{int32(a % 5), int32(a / 5 % 5)})
			case survey.Integer:
				c.Int(int64(a))
			default:
				c.Text(fmt.Sprint("text ", a))
			}
		}
		if b.Len() == 1000 {
			batches = append(batches, b.Batch())
		}
	}
	for i := range n {
		answers := make([]int, len(layout.Items))
		for k := range answers {
			answers[k] = r.IntN(25)
		}
		put(answers)
		if i%10 == 0 {
			first, changes := row, i/10%6
			for _, k := range r.Perm(len(answers))[:changes] {
				answers[k] = (answers[k] + 6) % 25 // another answer to any type of item
			}
			put(answers)
			if changes <= 2 {
				pairs = append(pairs, [2]int64{first, row})
			}
		}
	}
	if b.Len() > 0 {
		batches = append(batches, b.Batch())
	}
	return &dataset.Dataset{Survey: s, Files: []string{"a.csv"}, Levels: []dataset.Level{{Layout: layout, Rows: row - 1, Source: batches}}}, pairs
}

func TestNearlyTheSameResponsesAreFound(t *testing.T) {
	for name, n := range map[string]int{"each with each": 600, "by blocks": 6000} {
		d, want := crowdOf(t, n, 5)
		if by := d.Levels[0].Rows > exactly; by != (name == "by blocks") {
			t.Fatalf("%s: %d responses", name, d.Levels[0].Rows)
		}
		cfg := off()
		cfg.Duplicates = Default().Duplicates
		got, sum, _ := checked(t, d, cfg, "")
		var rows, expected []string
		for _, c := range got {
			rows = append(rows, strings.TrimPrefix(c.UUID, "synthetic-")+" "+c.Comment[strings.Index(c.Comment, "row "):strings.Index(c.Comment, " (")])
		}
		for _, p := range want {
			expected = append(expected, fmt.Sprintf("%d row %d", p[0], p[1]), fmt.Sprintf("%d row %d", p[1], p[0]))
		}
		slices.Sort(rows)
		slices.Sort(expected)
		same(t, name, rows, expected)
		if n := count(sum, Duplicate, ""); n != [2]int64{d.Levels[0].Rows, int64(len(expected))} {
			t.Errorf("%s: counts %v", name, n)
		}
	}
}

func TestGowersDistanceIsThatOfItsDefinition(t *testing.T) {
	s := sample(t)
	row := func(staff, share, story string) cells {
		return cells{"region": "asia", "staff": staff, "share": share, "tools": "guide", "name": "a", "story": story, "y1": "yes", "y2": "no", "e1": "1", "e2": "2", "e3": "3"}
	}
	// Staff ranges over 100: 10 apart is 0.1. The text is another: 1. Of 11
	// answers, that is 1.1/11 = 0.1.
	d := given(t, s, []cells{row("0", "0.5", "x"), row("10", "0.5", "y"), {"staff": "100"}}, nil)
	cfg := off()
	cfg.Duplicates = Duplicates{MostDifferent: 2, Answered: 11}
	got, _, _ := checked(t, d, cfg, "")
	same(t, "proposals", brief(got), []string{"1 duplicate =", "2 duplicate ="})
	if want := "2 of 11 answers differ from those in row 3 (distance of Gower: 0.1)."; len(got) > 0 && got[0].Comment != want {
		t.Errorf("comment %q, want %q", got[0].Comment, want)
	}
	cfg.Duplicates.MostDifferent = 1
	if got, _, _ = checked(t, d, cfg, ""); len(got) > 0 {
		t.Errorf("two answers differ: %v", brief(got))
	}
	cfg.Duplicates = Duplicates{MostDifferent: 2, Answered: 12}
	if got, _, _ = checked(t, d, cfg, ""); len(got) > 0 {
		t.Errorf("too few answers: %v", brief(got))
	}
}
