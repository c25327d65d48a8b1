package bind

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

func small() *survey.Survey {
	s, _ := survey.New(survey.Survey{
		Default: "en", Languages: []survey.Language{{Name: "English (en)", Tag: "en"}, {Name: "Français (fr)", Tag: "fr"}},
		Items: []survey.Item{
			{Name: "region", Type: survey.SelectOne, List: "regions", Path: "org/region", Label: survey.Text{"en": "Where do you work?", "fr": "Où travaillez-vous ?"}},
			{Name: "stages", Type: survey.SelectMultiple, List: "stages", Path: "org/part/stages", Label: survey.Text{"en": "At which stages?"}},
			{Name: "stages_other", Type: survey.OpenText, Path: "org/part/stages_other", Label: survey.Text{"en": "Which other?"}},
			{Name: "staff", Type: survey.Integer, Path: "org/staff", Label: survey.Text{"en": "Same words"}},
			{Name: "budget", Type: survey.Decimal, Path: "budget", Label: survey.Text{"en": "Same words"}},
			{Name: "contact", Type: survey.OpenText, Path: "contact", Role: survey.Identifying},
			{Name: "where", Type: survey.GPS, Path: "org/where"},
			{Name: "deviceid", Type: survey.Metadata, Path: "deviceid"},
		},
		Lists: []*survey.ChoiceList{
			survey.NewChoiceList("regions", []survey.Choice{{Name: "mena", Label: survey.Text{"en": "Middle East", "fr": "Moyen-Orient"}}, {Name: "apac", Label: survey.Text{"en": "Asia", "fr": "Asie"}}, {Name: "x1", Label: survey.Text{"en": "Twice"}}, {Name: "x2", Label: survey.Text{"en": "Twice"}}}),
			survey.NewChoiceList("stages", []survey.Choice{{Name: "draft", Label: survey.Text{"en": "Drafting"}}, {Name: "follow_up", Label: survey.Text{"en": "Follow-up, later"}}, {Name: "other", Label: survey.Text{"en": "Other"}}}),
		},
	})
	return s
}

// sketch writes what columns mean: a role, an item, a choice.
func sketch(s *survey.Survey, h Header) string {
	var out []string
	for _, c := range h.Columns {
		switch c.Role {
		case Answer:
			out = append(out, s.Items[c.Item].Name)
		case Choice:
			item := s.Items[c.Item]
			out = append(out, item.Name+"="+s.List(item.List).Choices[c.Code].Name)
		default:
			out = append(out, map[Role]string{Unknown: "?", UUID: "uuid", ID: "id", Index: "index", SetAside: "-", Ignored: "ignored", Untitled: "untitled", ParentIndex: "parent", ParentTable: "table", RootUUID: "root"}[c.Role])
		}
	}
	return strings.Join(out, " ")
}

func TestMatch(t *testing.T) {
	for _, test := range []struct {
		name, header, want, groups, choices string
		as                                  map[string]string
		ignore                              []string
	}{
		{name: "names alone", header: "region|staff|_uuid|_id|_index", want: "region staff uuid id index"},
		{name: "paths with slashes", header: "org/region|org/part/stages|org/part/stages/draft|org/part/stages/other|org/part/stages_other", want: "region stages stages=draft stages=other stages_other", groups: "/", choices: "/"},
		{name: "paths with dots", header: "org.region|org.part.stages.follow_up", want: "region stages=follow_up", groups: ".", choices: "."},
		{name: "groups with hyphens, choices with slashes", header: "org-region|org-part-stages|org-part-stages/draft|KEY", want: "region stages stages=draft uuid", groups: "-", choices: "/"},
		{name: "choices with underscores, beside an item of such a name", header: "stages|stages_draft|stages_follow_up|stages_other", want: "stages stages=draft stages=follow_up stages_other", choices: "_"},
		{name: "inner groups alone", header: "part/stages|part/stages/draft|region", want: "stages stages=draft region", groups: "/", choices: "/"},
		{name: "labels of the form", header: "Where do you work?|Où travaillez-vous ?|At which stages?|At which stages?/Drafting", want: "region region stages stages=draft", choices: "/"},
		{name: "choices in brackets", header: "stages[draft]|stages [other]|At which stages? [Drafting", want: "stages=draft ? ?", choices: "["},
		{name: "labels with choices in brackets", header: "At which stages? [Drafting]|At which stages? [Follow-up, later]", want: "stages=draft stages=follow_up", choices: "["},
		{name: "a label that two items have means neither", header: "region|Same words", want: "region ?"},
		{name: "what is not of the form", header: "region|Region|notes|", want: "region ? ? untitled"},
		{name: "marks that cannot be seen", header: "region \ufeff|\u200b_uuid|st\u200baff|\u00a0region", want: "region uuid staff region"},
		{name: "capital letters, where nothing else is as like", header: "REGION|Staff|_UUID|STAGES", want: "region staff uuid stages"},
		{name: "capital letters, twice", header: "REGION|Region|staff", want: "? ? staff"},
		{name: "what is set aside", header: "region|contact|where|_where_latitude|deviceid|_submission_time|username", want: "region - - - - - -"},
		{name: "renamed and ignored", header: "X_uuid|area|junk_1|junk_2|staff", want: "uuid region ignored ignored staff", as: map[string]string{"X_uuid": "_uuid", "area": "region"}, ignore: []string{"junk_*"}},
		{name: "an identifier of another tool", header: "region|meta/instanceID", want: "region uuid"},
		{name: "the plainest identifier", header: "region|id", want: "region id"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := small()
			h := Match(s, 0, strings.Split(test.header, "|"), test.as, test.ignore)
			if got := sketch(s, h); got != test.want || h.GroupSeparator != test.groups || h.ChoiceSeparator != test.choices {
				t.Errorf("got %s, groups %q, choices %q; want %s, %q, %q", got, h.GroupSeparator, h.ChoiceSeparator, test.want, test.groups, test.choices)
			}
		})
	}
}

func TestNear(t *testing.T) {
	columns := []string{"Region", "org/region", "regoin", "budget_usd", "x"}
	if got := Near("region", columns); !slices.Equal(got, []string{"Region", "org/region", "regoin"}) {
		t.Errorf("got %v", got)
	}
	if got := Near("staff", columns); len(got) != 0 {
		t.Errorf("got %v, want nothing", got)
	}
}

func FuzzMatch(f *testing.F) {
	f.Add("org/region|stages/draft|_uuid", "region")
	f.Add("|.|/|_|At which stages?/", "")
	f.Fuzz(func(t *testing.T, header, as string) {
		s := small()
		names := strings.Split(header, "|")
		h := Match(s, 0, names, map[string]string{names[0]: as}, nil)
		if len(h.Columns) != len(names) {
			t.Fatal("a column each")
		}
		for _, c := range h.Columns {
			if c.Role == Choice && int(c.Code) >= len(s.Choices(&s.Items[c.Item])) {
				t.Fatal("a choice that does not exist")
			}
		}
		if fmt.Sprint(h) != fmt.Sprint(Match(s, 0, names, map[string]string{names[0]: as}, nil)) {
			t.Fatal("the same header must mean the same")
		}
	})
}
