package check

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

func TestConditionsOfARepeatSeeTheLevelAboveAndTheirPlace(t *testing.T) {
	s := sample(t)
	visits, _ := s.Item("visits")
	visits.Constraint, visits.Relevant, visits.Required = ". <= ${staff} * position(..)", []string{"${region} = 'asia' and position(..) < 3"}, true
	cfg := off()
	cfg.Conditions = true
	d := given(t, s, []cells{{"region": "asia", "staff": "5"}, {"region": "africa", "staff": "5"}, {"region": "asia", "staff": "?many"}}, []cells{
		{"of": "2", "visits": "999"}, // what stands above cannot be read: not known
		{"of": "0", "visits": "6"},   // of the first: more than 5
		{"of": "1", "visits": "1"},   // not to be asked, by the level above
		{"of": "0"},                  // required
		{"of": "0", "visits": "15"},  // the third row: not to be asked, and within 15
		{"of": "1"},
	})
	got, sum, findings := checked(t, d, cfg, "")
	same(t, "proposals", slices.DeleteFunc(brief(got), func(p string) bool { return !strings.Contains(p, "visits") }), []string{
		"1 constraint visits=6 in country 1", "2 relevant visits=1 in country 1", "1 required visits= in country 2", "1 relevant visits=15 in country 3",
	})
	if c := count(sum, Required, "visits"); c[1] != 1 {
		t.Errorf("required: %v", c)
	}
	for _, f := range findings {
		if f.Kind == "constraint-unread" {
			t.Errorf("not judged: %v", f)
		}
	}
}

func TestConditionsOfRespondentsSeeTheirRepeats(t *testing.T) {
	s := sample(t)
	staff, _ := s.Item("staff")
	staff.Constraint = ". >= sum(${visits}) and count(${country}) < 3"
	cfg := off()
	cfg.Conditions = true
	d := given(t, s, []cells{{"staff": "7"}, {"staff": "7"}, {"staff": "7"}, {"staff": "0"}}, []cells{
		{"of": "2"}, {"of": "1", "visits": "4"}, {"of": "0", "visits": "4"}, {"of": "0", "visits": "3"}, {"of": "1", "visits": "4"}, {"of": "2"}, {"of": "2"},
	})
	got, _, _ := checked(t, d, cfg, "")
	same(t, "proposals", slices.DeleteFunc(brief(got), func(p string) bool { return !strings.Contains(p, "staff") }), []string{"2 constraint staff=7", "3 constraint staff=7"})
}

func TestRulesSpeakOfSeveralLevels(t *testing.T) {
	cfg := off()
	cfg.Rules = "rules.csv"
	d := given(t, sample(t), []cells{{"staff": "1"}, {"staff": "9"}}, []cells{
		{"of": "1", "visits": "4"}, {"of": "0", "visits": "4"}, {"of": "1", "visits": "5"}, {"of": "0", "visits": "1"},
	})
	got, sum, findings := checked(t, d, cfg, "check_id,description,check_to_perform,columns_to_clean\n"+
		"down,More visits than staff,sum(${visits}) > ${staff},\n"+
		"all,Many visits,sum(${visits}) > 8,\n"+
		"up,More visits than staff,${visits} > ${staff},\n"+
		"first,A second row,position(..) = 2 and ${staff} = 9,visits\n")
	same(t, "proposals", brief(got), []string{
		"1 down staff=1", "2 all =", "1 up visits=4 in country 1", "2 first visits=5 in country 2",
	})
	if finding.Refused(findings) || count(sum, "up", "") != [2]int64{4, 1} || count(sum, "down", "") != [2]int64{2, 1} {
		t.Errorf("findings %v, counts %v", findings, sum)
	}
}

func TestARuleThatSumsUpItsOwnLevelIsRefused(t *testing.T) {
	cfg := off()
	cfg.Rules = "rules.csv"
	d := given(t, sample(t), []cells{{"staff": "1"}}, nil)
	_, _, findings := checked(t, d, cfg, "check_id,description,check_to_perform,columns_to_clean\na,x,sum(${visits}) > 8,visits\n")
	if !finding.Refused(findings) || !strings.Contains(findings[0].Problem, "sums up visits") {
		t.Errorf("findings %v", findings)
	}
}

// TestTheOrderOfRowsOfARepeatChangesNoSum shuffles the rows of a repeat.
func TestTheOrderOfRowsOfARepeatChangesNoSum(t *testing.T) {
	s := sample(t)
	cfg := off()
	cfg.Rules = "rules.csv"
	rules := "check_id,description,check_to_perform,columns_to_clean\nr,x,sum(${visits}) >= 6 or count(${country}) = 1,staff\n"
	respondents := make([]cells, 9)
	for i := range respondents {
		respondents[i] = cells{"staff": "3"}
	}
	rapid.Check(t, func(r *rapid.T) {
		rows := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) cells {
			return cells{"of": string(rune('0' + rapid.IntRange(0, 8).Draw(r, "of"))), "visits": string(rune('0' + rapid.IntRange(0, 6).Draw(r, "visits")))}
		}), 0, 25).Draw(r, "rows")
		first, _, _ := checked(t, given(t, s, respondents, rows), cfg, rules)
		sorted := slices.Clone(rows)
		slices.SortStableFunc(sorted, func(a, b cells) int { return strings.Compare(a["of"], b["of"]) })
		again, _, _ := checked(t, given(t, s, respondents, sorted), cfg, rules)
		if !slices.Equal(brief(first), brief(again)) {
			r.Errorf("%v, and sorted %v", brief(first), brief(again))
		}
		total, rowsOf := map[string]int{}, map[string]int{}
		for _, row := range rows {
			total[row["of"]] += int(row["visits"][0] - '0')
			rowsOf[row["of"]]++
		}
		var want []string
		for i := range respondents {
			of := string(rune('0' + i))
			if total[of] >= 6 || rowsOf[of] == 1 {
				want = append(want, string(rune('1'+i))+" r staff=3")
			}
		}
		if !slices.Equal(brief(first), want) {
			r.Errorf("%v, want %v", brief(first), want)
		}
	})
}
