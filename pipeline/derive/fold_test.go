package derive

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

func TestSmallGroupsBecomeOne(t *testing.T) {
	for name, c := range map[string]struct {
		groups []int64
		want   []int
	}{
		"small groups that come to enough together":          {[]int64{40, 12, 30, 6, 25, 2}, []int{1, 3, 5}},
		"the smallest of the others joins too few":           {[]int64{40, 25, 7, 30}, []int{1, 2}},
		"of two that are as small the first joins":           {[]int64{40, 25, 7, 25}, []int{1, 2}},
		"groups of nobody go with the others":                {[]int64{40, 0, 12, 30, 9}, []int{1, 2, 4}},
		"nothing where no group is small":                    {[]int64{40, 20, 30}, nil},
		"nothing where the small ones are nobody's":          {[]int64{40, 0, 30}, nil},
		"nothing where all are small":                        {[]int64{12, 12, 12}, nil},
		"nothing where one group would be left":              {[]int64{40, 12}, nil},
		"one group beside those that are folded is enough":   {[]int64{40, 12, 12}, []int{1, 2}},
		"nothing of nothing":                                 {nil, nil},
		"a group of just enough stands alone":                {[]int64{20, 19, 19, 50}, []int{1, 2}},
		"small groups with too few, and one large, are left": {[]int64{50, 5, 3}, nil},
	} {
		if got := Sparse(c.groups, 20); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestNoFoldedGroupingHasASmallGroup(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		least := rapid.Int64Range(10, 60).Draw(t, "least")
		groups := rapid.SliceOfN(rapid.Int64Range(0, 120), 0, 15).Draw(t, "groups")
		folded := Sparse(groups, least)
		together, with, small, open := int64(0), 0, 0, 0
		for i, n := range groups {
			switch {
			case slices.Contains(folded, i):
				together += n
				if n > 0 {
					with++
				}
			case n < least:
				small++
			default:
				open++
			}
		}
		if len(folded) == 0 {
			inhabited, enough := 0, 0
			for _, n := range groups {
				switch {
				case n >= least:
					enough++
				case n > 0:
					inhabited++
				}
			}
			if inhabited > 1 && enough > 1 {
				t.Fatal("small groups were left as they are")
			}
			return
		}
		switch {
		case !slices.IsSorted(folded):
			t.Fatal("out of order")
		case small > 0:
			t.Fatal("a small group stands alone")
		case together < least:
			t.Fatal("the folded group is small")
		case with < 2:
			t.Fatal("one group is folded with nobody's")
		case open == 0:
			t.Fatal("nothing is left beside the folded group")
		}
	})
}

func TestAFoldedItemIsItsSourceButForTheFoldedChoices(t *testing.T) {
	d := filled(t, nested(t), 3, []string{"region=a", "region=b", "region=c", "region=dk", "region=-", "region=?", "region=b", "region=a"})
	from, _ := d.Survey.Item("region")
	choices := d.Survey.Choices(from)
	label := survey.Text{d.Survey.Default: "Other groups"}
	def := Folded(d.Survey, from, []string{"a", "b"}, label)
	out, findings, err := Items(t.Context(), engine.Engine{Dir: t.TempDir(), Workers: 2}, d, []Definition{def})
	if err != nil || len(findings) > 0 {
		t.Fatal(err, findings)
	}
	item, ok := out.Survey.Item(def.Name)
	if !ok || item.Role != from.Role || item.Label["en"] != "region" {
		t.Fatalf("the folded item is %+v", item)
	}
	made := out.Survey.Choices(item)
	var names []string
	for _, c := range made {
		names = append(names, c.Name)
	}
	if !slices.Equal(names, []string{"c", "dk", "other_groups"}) || made[2].Label["en"] != "Other groups" {
		t.Fatalf("the choices are %v", names)
	}
	for b, err := range out.Batches(0) {
		if err != nil {
			t.Fatal(err)
		}
		was, is := b.Column("region"), b.Column(def.Name)
		for i := range b.Len() {
			if was.Reasons[i] != is.Reasons[i] {
				t.Errorf("response %d: reason %v became %v", i, was.Reasons[i], is.Reasons[i])
			}
			if !was.Answered(i) {
				continue
			}
			want := choices[was.Codes[i]].Name
			if want == "a" || want == "b" {
				want = "other_groups"
			}
			if got := made[is.Codes[i]].Name; got != want {
				t.Errorf("response %d: %s, want %s", i, got, want)
			}
		}
	}
}

func TestNamesOfFoldedItemsAreTheirOwn(t *testing.T) {
	list := survey.NewChoiceList("l", []survey.Choice{{Name: "other_groups"}, {Name: "b"}})
	s, findings := survey.New(survey.Survey{Items: []survey.Item{
		{Name: "x", Path: "x", Type: survey.SelectOne, List: "l"}, {Name: "x_groups", Path: "x_groups", Type: survey.SelectOne, List: "l"},
	}, Lists: []*survey.ChoiceList{list}, Default: "en"})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	item, _ := s.Item("x")
	def := Folded(s, item, []string{"b"}, nil)
	if def.Name != "x_groups_" || len(def.Recode["other_groups_"]) != 1 {
		t.Errorf("the item is %s with the choices %v", def.Name, def.Recode)
	}
}
