package pipeline

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

const foldConfig = `version: 1
survey: {items: survey.csv, choices: choices.csv}
input: [{file: answers.csv}]
domains: [lead]
tables: {banner: [lead, kind]}
disclosure: {country: [kind], identity: [lead]}
`

// planned runs the stages up to the plan on a survey with two items whose groups
// have the given sizes.
func planned(t *testing.T, config string, sizes []int) (*run, *survey.Survey, table.Plan) {
	t.Helper()
	dir := t.TempDir()
	var answers strings.Builder
	answers.WriteString("lead,kind,ease,_uuid\n")
	n := 0
	for group, size := range sizes {
		for range size {
			fmt.Fprintf(&answers, "g%d,g%d,e%d,00000000-0000-4000-8000-%012d\n", group, group, n%2, n)
			n++
		}
	}
	choices := "list_name,name,label\nease,e0,No\nease,e1,Yes\n"
	for group := range sizes {
		choices += fmt.Sprintf("groups,g%d,Group %d\n", group, group)
	}
	for name, content := range map[string]string{
		"survey.csv":  "type,name,label,role\nselect_one groups,lead,Who leads?,sensitive\nselect_one groups,kind,What kind?,key\nselect_one ease,ease,Easy?,\n",
		"choices.csv": choices, "answers.csv": answers.String(),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c, findings := ReadConfig("config.yaml", []byte(config))
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	r, err := begin(t.Context(), c, Env{Dir: dir, Now: time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC), Seed: 1, Version: "test", Progress: silent{}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.end)
	asked := step(r, "survey", r.readSurvey)
	d := step(r, "ingest", func(s at) (*dataset.Dataset, error) { return r.ingest(s, asked) })
	d = step(r, "clean", func(s at) (*dataset.Dataset, error) { return r.clean(s, d) })
	d = step(r, "check", func(s at) (*dataset.Dataset, error) { return r.check(s, d) })
	d = step(r, "weight", func(s at) (*dataset.Dataset, error) { return r.weight(s, d) })
	d = step(r, "fold", func(s at) (*dataset.Dataset, error) { return r.fold(s, d) })
	r.account = step(r, "drift", func(s at) (*quality.Account, error) { return r.drift(s, d) })
	plan := step(r, "plan", func(s at) (table.Plan, error) { return r.plan(s, d) })
	if r.err != nil {
		t.Fatal(r.err, r.findings)
	}
	return r, d.Survey, plan
}

func TestFoldedItemsAreProtectedAsTheirSources(t *testing.T) {
	r, s, plan := planned(t, foldConfig, []int{30, 12, 11, 25})
	lead, ok := s.Item("lead_groups")
	if !ok || lead.Role != survey.Sensitive {
		t.Fatalf("the folded item of a sensitive one is %+v", lead)
	}
	if !slices.Contains(r.config.Disclosure.Identity, "lead_groups") || !slices.Contains(r.config.Disclosure.Country, "kind_groups") {
		t.Errorf("identities are %v, countries %v", r.config.Disclosure.Identity, r.config.Disclosure.Country)
	}
	var parts []string
	for _, u := range r.config.links(s).Unions {
		if u.Variable == "lead_groups" {
			parts = append(parts, fmt.Sprint(u.Category, "=", u.Is.Variable, u.Is.Categories))
		}
	}
	if got := strings.Join(parts, " "); got != "g0=lead[g0] g3=lead[g3] other_groups=lead[g1 g2]" {
		t.Errorf("the sums are %s", got)
	}
	for _, row := range plan.Rows {
		if row.Item == "lead_groups" || row.Item == "kind_groups" || slices.Contains(row.By, "lead") || slices.Contains(row.By, "kind") || strings.HasPrefix(row.Item, "lead") && len(row.By) > 0 {
			t.Errorf("the plan has %s", row.Key())
		}
	}
	if !slices.Equal(r.tables.Banner, []string{"lead_groups", "kind_groups"}) {
		t.Errorf("the columns of tables are %v", r.tables.Banner)
	}
	if f := slices.IndexFunc(r.findings, func(f finding.Finding) bool { return f.Kind == "linked-items" }); f >= 0 {
		t.Errorf("folding is warned of as a link: %s", r.findings[f].Problem)
	}
}

func TestNothingIsFoldedWhereItNeedNotBe(t *testing.T) {
	for name, c := range map[string]struct {
		config string
		sizes  []int
	}{
		"no group is small":           {foldConfig, []int{30, 25, 20}},
		"one group would be left":     {foldConfig, []int{30, 12}},
		"the config says so":          {strings.Replace(foldConfig, "{country", "{fold: false, country", 1), []int{30, 12, 11, 25}},
		"the config merges of itself": {foldConfig + "items: {lead: {merge: {few: [g1, g2]}}, kind: {merge: {few: [g1, g2]}}}\n", []int{30, 12, 11, 25}},
	} {
		r, _, _ := planned(t, c.config, c.sizes)
		if len(r.config.folds) > 0 {
			t.Errorf("%s: %d items were folded", name, len(r.config.folds))
		}
	}
}

func TestWhatWasToldSettlesHowGroupsAreFolded(t *testing.T) {
	list := survey.NewChoiceList("l", []survey.Choice{{Name: "a"}, {Name: "b"}, {Name: "c"}, {Name: "dk", Missing: survey.DontKnow}})
	s, _ := survey.New(survey.Survey{Items: []survey.Item{{Name: "x", Path: "x", Type: survey.SelectOne, List: "l"}}, Lists: []*survey.ChoiceList{list}, Default: "en"})
	x, _ := s.Item("x")
	for name, c := range map[string]struct {
		history foldingHistory
		want    []string
		settled bool
	}{
		"nothing was told":              {foldingHistory{}, nil, false},
		"it was folded":                 {foldingHistory{folded: map[string][]string{"x": {"c", "a"}}}, []string{"a", "c"}, true},
		"it was told as it is":          {foldingHistory{whole: map[string]bool{"x": true}}, nil, true},
		"it was both":                   {foldingHistory{folded: map[string][]string{"x": {"a", "c"}}, whole: map[string]bool{"x": true}}, nil, true},
		"a choice is gone":              {foldingHistory{folded: map[string][]string{"x": {"a", "z", "b"}}}, []string{"a", "b"}, true},
		"all choices are others now":    {foldingHistory{folded: map[string][]string{"x": {"y", "z"}}}, nil, false},
		"a choice is now a missing one": {foldingHistory{folded: map[string][]string{"x": {"a", "b", "dk"}}}, []string{"a", "b"}, true},
	} {
		if got, settled := c.history.of(x, s); !slices.Equal(got, c.want) || settled != c.settled {
			t.Errorf("%s: %v %v", name, got, settled)
		}
	}
}

func FuzzFoldingRecord(f *testing.F) {
	f.Add([]byte(`{"version": 1, "domains": [{"item": "x", "choices": ["a", "b"]}]}`))
	f.Add([]byte(`{"version": 2}`))
	f.Add([]byte(`{} {}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		if record, err := decodeFolding(content); err == nil && record.Version != foldingVersion {
			t.Error("a record of another version was read")
		}
	})
}
