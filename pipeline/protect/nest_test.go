package protect

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

func at(k int) *int { return &k }

func threeAudiences(public, partners, internal int) Config {
	return Config{Threshold: public, Audiences: Audiences{Partners: &Circle{Threshold: at(partners)}, Internal: &Circle{Threshold: at(internal)}}}
}

// mustHold fails where a stricter release shows what another one does not.
func mustHold(t interface {
	Helper()
	Fatalf(string, ...any)
}, releases []*Safe) {
	t.Helper()
	for i := range releases[1:] {
		for j, v := range releases[i].views {
			if !v.within(releases[i+1].views[j]) {
				t.Fatalf("%s shows more of %s than %s", releases[i].audience, v.row.Key(), releases[i+1].audience)
			}
		}
		for j, v := range releases[i].tests {
			if !v.within(releases[i+1].tests[j]) {
				t.Fatalf("%s shows more of %s than %s", releases[i].audience, v.row.Key(), releases[i+1].audience)
			}
		}
	}
}

func TestWhoeverSeesMoreRecoversNothingFromBothReleases(t *testing.T) {
	var found audited
	var made, stricter int
	rapid.Check(t, func(t *rapid.T) {
		s, plan, names := smallFamily(t)
		releases, _, err := Each(s.survey, plan, s.tables(plan), nil, threeAudiences(10, 8, 5))
		var unsafe *NotSafe
		if errors.As(err, &unsafe) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		mustHold(t, releases) // so that what is attacked holds all that was shown to the others
		made++
		stricter += releases[2].stricter
		before := len(found.leaks)
		attackStudy(s, plan, names, releases[2], &found)
		if len(found.leaks) > before {
			t.Fatalf("n=%d:\n%v\n%v", s.n, found.leaks[before:], describe(releases[2]))
		}
	})
	t.Logf("%d families, %d withheld figures attacked, %d tables of the internal audience as for a wider one", made, found.targets, stricter)
}

func TestALargeSurveyIsNestedAndLosesLessInside(t *testing.T) {
	s, plan := largeStudy(t, 420, 20, 0.08, 3)
	releases, findings, err := Each(s.survey, plan, s.tables(plan), nil, threeAudiences(10, 10, 5))
	if err != nil {
		t.Fatal(err)
	}
	mustHold(t, releases)
	losses := Losses(releases)
	for _, l := range losses {
		t.Logf("%+v", l)
		if l.Shown+l.Primary+l.Secondary != l.Figures {
			t.Errorf("%s: shown and withheld do not add up: %+v", l.Audience, l)
		}
	}
	if losses[1].Shown != losses[0].Shown || losses[1].Stricter != 0 {
		t.Errorf("with the same threshold partners are shown something else: %+v", losses[:2])
	}
	if losses[2].Shown <= losses[0].Shown {
		t.Errorf("a lower threshold shows no more: %+v", losses)
	}
	lines := 0
	for _, f := range findings {
		if f.Kind == "audience" {
			lines++
		}
	}
	if lines != 3 {
		t.Errorf("%d lines tell of audiences, want 3", lines)
	}
}

func TestThePublicReleaseDoesNotDependOnOtherAudiences(t *testing.T) {
	s, plan := largeStudy(t, 300, 8, 0.1, 5)
	alone := s.protect(t, plan, Config{Threshold: 10})
	releases, _, err := Each(s.survey, plan, s.tables(plan), nil, threeAudiences(10, 7, 5))
	if err != nil {
		t.Fatal(err)
	}
	if a, b := describe(alone), describe(releases[0]); a != b {
		t.Error("the public release has changed")
	}
}

func TestATableThatWouldShowLessIsTakenFromTheStricterRelease(t *testing.T) {
	s, plan := largeStudy(t, 420, 6, 0.08, 3)
	public := s.protect(t, plan, Config{Threshold: 10})
	inside, _, err := Protect(s.survey, plan, s.tables(plan), nil, Internal, Config{Threshold: 5})
	if err != nil {
		t.Fatal(err)
	}
	// The covers of one table are laid elsewhere: what the public sees is hidden.
	hidden := slices.IndexFunc(public.views, func(v *View) bool {
		return v.row.Item == "q01" && len(v.row.By) == 1 && v.rows[0].figures[0].published
	})
	if hidden < 0 {
		t.Fatal("the sample shows nothing of the item")
	}
	n := &inside.views[hidden].rows[0].figures[0]
	*n = withheld(n.stat, n.key)
	if err := inside.nest(public, ledger.Links{}); err != nil {
		t.Fatal(err)
	}
	mustHold(t, []*Safe{public, inside})
	for i, v := range inside.views {
		if names := append([]string{v.row.Item}, v.row.By...); slices.Contains(names, "q01") && v != public.views[i] {
			t.Errorf("%s is not taken from the public release", v.row.Key())
		}
		if v.row.Item == "q02" && v == public.views[i] {
			t.Errorf("%s is taken from the public release, and speaks of other items", v.row.Key())
		}
	}
	if got, _ := inside.View(public.views[hidden].row); got != public.views[hidden] {
		t.Error("the view by its row is still the old one")
	}
}

func TestNoAudienceIsShownASensitiveItemByCountry(t *testing.T) {
	kinds := []kind{{name: "country", choices: 3}, {name: "leader", choices: 2}, {name: "harm", choices: 2, role: survey.Sensitive}}
	s := newStudy(t, 900, kinds...)
	s.fill(rand.New(rand.NewPCG(1, 2)), kinds, 0.05)
	plan := table.Guess(s.survey, []string{"country", "leader"})
	plan.Add(table.Row{Analysis: table.PropSelectOne, Item: "country", By: []string{"harm"}})
	plan.Add(table.Row{Analysis: table.PropSelectOne, Item: "harm", By: []string{"country"}})
	cfg := threeAudiences(10, 10, 5)
	cfg.Country, cfg.Identity = []string{"country"}, []string{"leader"}
	releases, _, err := Each(s.survey, plan, s.tables(plan), nil, cfg)
	if err != nil {
		t.Fatal(err)
	}
	looked := 0
	for _, safe := range releases {
		for _, v := range safe.Views() {
			names := append([]string{v.row.Item}, v.row.By...)
			if len(names) < 2 || !slices.Contains(names, "harm") {
				continue
			}
			looked++
			if _, whole := v.Whole(); !whole {
				t.Errorf("%s is shown %s", safe.Audience(), v.row.Key())
			}
			for d := range v.rows {
				for _, n := range v.rows[d].numbers() {
					if n.published {
						t.Errorf("%s is shown a number of %s", safe.Audience(), v.row.Key())
					}
				}
			}
		}
	}
	if looked < 6 {
		t.Errorf("only %d tables of the sensitive item by others", looked)
	}
}

func TestThresholdsOfAudiencesDoNotRise(t *testing.T) {
	for name, c := range map[string]struct {
		cfg  Config
		good bool
	}{
		"of themselves all have the same":    {Config{Threshold: 10, Audiences: Audiences{Partners: &Circle{}, Internal: &Circle{}}}, true},
		"lower inside":                       {threeAudiences(10, 8, 5), true},
		"internal below the floor":           {threeAudiences(10, 8, 4), false},
		"internal nothing":                   {threeAudiences(10, 8, 0), false},
		"partners above the public":          {threeAudiences(10, 12, 5), false},
		"internal above partners":            {threeAudiences(10, 6, 8), false},
		"public lower than all else":         {Config{Threshold: 10, Audiences: Audiences{Public: &Terms{at(6)}, Internal: &Circle{}}}, false},
		"public lower, and nobody else":      {Config{Threshold: 10, Audiences: Audiences{Public: &Terms{at(6)}}}, true},
		"public below the floor":             {Config{Threshold: 10, Audiences: Audiences{Public: &Terms{at(1)}}}, false},
		"public above the default of others": {Config{Threshold: 10, Audiences: Audiences{Public: &Terms{at(20)}, Partners: &Circle{}}}, true},
	} {
		if got := len(c.cfg.Validate()) == 0; got != c.good {
			t.Errorf("%s: accepted is %v, want %v", name, got, c.good)
		}
	}
}

// Partners are shown less of the group of five than the internal audience, and
// as everybody answered, its size is the base that is withheld from both.
func TestSizesOfGroupsToldInsideDoNotGiveAwayBasesAsPartnersAreShownThem(t *testing.T) {
	s := newStudy(t, 91, kind{name: "x", choices: 2}, kind{name: "b1", choices: 3})
	i := 0
	for _, group := range []struct {
		name   string
		counts [2]int
	}{{"c1", [2]int{4, 1}}, {"c2", [2]int{17, 10}}, {"c3", [2]int{30, 12}}, {"", [2]int{11, 6}}} {
		for c, count := range group.counts {
			for range count {
				if s.set("x", i, choiceNames(2)[c]); group.name != "" {
					s.set("b1", i, group.name)
				}
				i++
			}
		}
	}
	plan := table.Guess(s.survey, []string{"b1"})
	releases, _, err := Each(s.survey, plan, s.tables(plan), nil, threeAudiences(10, 8, 5))
	if err != nil {
		t.Fatal(err)
	}
	mustHold(t, releases)
	var found audited
	attackStudy(s, plan, []string{"x", "b1"}, releases[2], &found)
	if len(found.leaks) > 0 || found.targets == 0 {
		t.Errorf("of %d withheld figures: %v\n%s", found.targets, found.leaks, describe(releases[2]))
	}
}
