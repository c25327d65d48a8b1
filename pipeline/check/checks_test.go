package check

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

func TestConditionsOfTheFormAreEvaluatedAnew(t *testing.T) {
	cfg := off()
	cfg.Conditions = true
	d := given(t, sample(t), []cells{
		{"region": "africa", "staff": "5", "founded": "2024-03-01"},
		{"region": "africa", "staff": "-5", "region_other": "somewhere"},
		{"staff": "100000", "founded": "2024-03-02"},
		{"region": "other", "region_other": "elsewhere"},
		{"region": "?afrika", "region_other": "undecided", "staff": "?many"},
	}, []cells{{"of": "0", "visits": "3"}, {"of": "0", "visits": "12"}, {"of": "1", "visits": "10"}, {"of": "2"}})
	got, sum, findings := checked(t, d, cfg, "")
	same(t, "proposals", brief(got), []string{
		"2 relevant region_other=somewhere", "2 constraint staff=-5",
		"3 required region=", "3 constraint staff=100000", "3 constraint founded=2024-03-02",
		"1 constraint visits=12 in country 2", "2 constraint visits=10 in country 1",
	})
	for _, c := range []struct {
		check, item string
		want        [2]int64
	}{{Constraint, "staff", [2]int64{3, 2}}, {Relevant, "region_other", [2]int64{3, 1}}, {Required, "region", [2]int64{5, 1}}, {Constraint, "visits", [2]int64{3, 2}}} {
		if n := count(sum, c.check, c.item); n != c.want {
			t.Errorf("%s of %s: %v, want %v", c.check, c.item, n, c.want)
		}
	}
	if len(findings) != 5 {
		t.Errorf("findings %v", findings)
	}
	for _, f := range findings {
		for _, secret := range []string{"somewhere", "undecided", "afrika", "many", "-5"} {
			if strings.Contains(f.String(), secret) {
				t.Errorf("a finding holds an answer: %s", f)
			}
		}
	}
}

func TestUnknownChoicesAreProposedTheNearest(t *testing.T) {
	cfg := off()
	cfg.Unknown = true
	d := given(t, sample(t), []cells{
		{"region": "?afrika"}, {"region": "?\u0430frica"}, {"region": "?افريقيا"}, {"region": "?atlantis"},
		{"tools": "?gide vidoe"}, {"tools": "?guide nothing-like-it"}, {"region": "asia"}, {"tools": "?ａ ＧＵＩＤＥ"}, {"staff": "?many"},
	}, nil)
	got, sum, _ := checked(t, d, cfg, "")
	same(t, "proposals", brief(got), []string{
		"1 unknown-choice region=afrika -> africa", "2 unknown-choice region=\u0430frica -> africa", "3 unknown-choice region=افريقيا -> africa",
		"4 unknown-choice region=atlantis", "5 unknown-choice tools=gide vidoe -> guide video", "6 unknown-choice tools=guide nothing-like-it",
		"8 unknown-choice tools=ａ ＧＵＩＤＥ -> guide", "9 unreadable staff=many",
	})
	_, _, _, err := Check(t.Context(), engine.Engine{Dir: t.TempDir()}, given(t, sample(t), []cells{{"region": "?"}, {"region": "?"}}, nil), cfg, Request{
		Lost:    map[Lost]string{{UUID: "synthetic-2", Question: "region"}: "afrika"},
		Propose: func(c cleaninglog.Change) error { got = append(got, c); return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "of cells that cleaning left out", brief(got[8:]), []string{"1 unknown-choice region=", "2 unknown-choice region=afrika -> africa"})
	if n := count(sum, Unknown, "region"); n != [2]int64{5, 4} {
		t.Errorf("looked at and flagged: %v", n)
	}
}

func TestOutliersAreFarFromTheOthers(t *testing.T) {
	cfg := off()
	cfg.Outliers = Outliers{IQR: 3, SD: 3, Log: true}
	// 1 to 20 and one far out. The quartiles of all 21 are 6 and 16: the fences are
	// -24 and 46.
	var rows []cells
	for i := range 20 {
		rows = append(rows, cells{"staff": strconv.Itoa(i + 1), "share": "0.5"})
	}
	rows = append(rows, cells{"staff": "46", "share": "0.5"})
	fences := Outliers{IQR: 3}
	within := given(t, sample(t), rows, nil)
	cfg.Outliers = fences
	if got, _, _ := checked(t, within, cfg, ""); len(got) > 0 {
		t.Errorf("on the fence: %v", brief(got))
	}
	rows[20] = cells{"staff": "47", "share": "0.9"}
	got, sum, _ := checked(t, given(t, sample(t), rows, nil), cfg, "")
	same(t, "beyond the fence", brief(got), []string{"21 outlier staff=47"})
	if !strings.Contains(got[0].Comment, "outside -24 to 46") {
		t.Errorf("comment %q", got[0].Comment)
	}
	if n := count(sum, Outlier, "share"); n != [2]int64{21, 0} { // half of all are the same: nothing to compare with
		t.Errorf("share: %v", n)
	}
	cfg.Outliers = Outliers{SD: 3}
	got, _, _ = checked(t, given(t, sample(t), rows, nil), cfg, "")
	same(t, "standard deviations", brief(got), []string{"21 outlier staff=47", "21 outlier share=0.9"})
	if few, _, _ := checked(t, given(t, sample(t), rows[12:], nil), cfg, ""); len(few) > 0 {
		t.Errorf("of nine numbers none is unusual: %v", brief(few))
	}
}

func TestSkewedNumbersAreJudgedByTheirLogarithms(t *testing.T) {
	var rows []cells
	for i := range 60 {
		rows = append(rows, cells{"staff": strconv.Itoa(1 << (i % 10))}) // 1 to 512, as many of each
	}
	rows = append(rows, cells{"staff": "900"}, cells{"staff": "90000000"})
	cfg := off()
	cfg.Outliers = Outliers{IQR: 1.5, Log: true}
	got, _, _ := checked(t, given(t, sample(t), rows, nil), cfg, "")
	same(t, "by logarithms", brief(got), []string{"62 outlier staff=90000000"})
	cfg.Outliers.Log = false
	if got, _, _ = checked(t, given(t, sample(t), rows, nil), cfg, ""); len(got) < 2 {
		t.Errorf("as they are: %v", brief(got))
	}
}

func TestNumbersAreComparedWithinDomains(t *testing.T) {
	var rows []cells
	for i := range 12 {
		rows = append(rows, cells{"region": "africa", "staff": strconv.Itoa(i + 1)}, cells{"region": "asia", "staff": strconv.Itoa(1000 + i)})
	}
	rows = append(rows, cells{"region": "africa", "staff": "1005"}, cells{"region": "other", "staff": "5"})
	cfg := off()
	cfg.Outliers = Outliers{IQR: 3, By: "region"}
	got, _, _ := checked(t, given(t, sample(t), rows, nil), cfg, "")
	same(t, "by region", brief(got), []string{"25 outlier staff=1005"})
	cfg.Outliers.By = ""
	if got, _, _ = checked(t, given(t, sample(t), rows, nil), cfg, ""); len(got) > 0 {
		t.Errorf("among all: %v", brief(got))
	}
	cfg.Outliers.By = "staff"
	if _, _, findings := checked(t, given(t, sample(t), rows, nil), cfg, ""); !finding.Refused(findings) {
		t.Error("a number is no domain")
	}
}

func TestDurationsThatCannotBeAndSpeeders(t *testing.T) {
	var rows []cells
	for i := range 20 {
		rows = append(rows, cells{"seconds": strconv.Itoa(1000 + i)})
	}
	rows = append(rows, cells{"seconds": "-1"}, cells{"seconds": "0"}, cells{"seconds": "604801"}, cells{"seconds": "604800"}, cells{"seconds": "200"}, cells{"seconds": "400"}, cells{})
	cfg := off()
	cfg.Durations = Default().Durations
	got, sum, _ := checked(t, given(t, sample(t), rows, nil), cfg, "")
	same(t, "proposals", brief(got), []string{"21 duration =", "22 duration =", "23 duration =", "25 speeder ="})
	if a, b := count(sum, Impossible, ""), count(sum, Speeder, ""); a != [2]int64{26, 3} || b != [2]int64{23, 1} {
		t.Errorf("looked at: %v, %v", a, b)
	}
	cfg.Durations.Seconds = 500
	got, _, _ = checked(t, given(t, sample(t), rows[24:], nil), cfg, "")
	same(t, "by the config", brief(got), []string{"1 speeder =", "2 speeder ="})
}

func TestBatteriesAnsweredAlike(t *testing.T) {
	battery := func(answers string) cells {
		row := cells{"y1": "yes", "y2": "yes"}
		for i, a := range strings.Fields(answers) {
			if a != "-" {
				row[fmt.Sprintf("e%d", i+1)] = a
			}
		}
		return row
	}
	cfg := off()
	cfg.Straight = Straight{Items: 4}
	d := given(t, sample(t), []cells{battery("2 2 2 2 2"), battery("2 2 2 2 1"), battery("- 3 3 3 3"), battery("3 3 3 dk -"), battery("dk dk dk dk dk"), battery("1 2 3 1 2")}, nil)
	got, sum, _ := checked(t, d, cfg, "")
	same(t, "proposals", brief(got), []string{"1 straight-lining e1=2", "3 straight-lining e2=3"})
	if n := count(sum, StraightLine, "e1"); n != [2]int64{4, 2} {
		t.Errorf("looked at: %v", n)
	}
}

func TestChoicesThatExcludeOthers(t *testing.T) {
	cfg := off()
	cfg.Exclusive = Exclusive{}
	rows := []cells{{"tools": "nix guide"}, {"tools": "nix"}, {"tools": "dk video"}, {"tools": "no_internet guide"}, {"tools": "solo guide"}, {"tools": "guide video"}, {}}
	got, sum, _ := checked(t, given(t, sample(t), rows, nil), cfg, "")
	same(t, "known", brief(got), []string{"1 exclusive tools=guide nix", "3 exclusive tools=video dk"})
	if n := count(sum, Contradiction, "tools"); n != [2]int64{6, 2} {
		t.Errorf("looked at: %v", n)
	}
	cfg.Exclusive.Choices = []string{"tool.solo"}
	got, _, _ = checked(t, given(t, sample(t), rows, nil), cfg, "")
	same(t, "and named", brief(got)[2:], []string{"5 exclusive tools=guide solo"})
	cfg.Exclusive.Choices = []string{"nowhere"}
	if _, _, findings := checked(t, given(t, sample(t), rows, nil), cfg, ""); !finding.Refused(findings) {
		t.Error("a choice that no list has is refused")
	}
}

func TestTextsBehindOtherAreListedAndRecoded(t *testing.T) {
	cfg := off()
	cfg.Other = true
	d := given(t, sample(t), []cells{{"region_other": "AFRICA "}, {"region_other": "أَفريقيا"}, {"region_other": "Asai"}, {"region_other": "The moon"}, {}}, nil)
	got, _, findings := checked(t, d, cfg, "")
	same(t, "proposals", brief(got), []string{
		"1 other region_other=AFRICA  -> africa", "2 other region_other=أَفريقيا -> africa", "3 other region_other=Asai -> asia", "4 other region_other=The moon",
	})
	if len(findings) != 1 || findings[0].Count != 4 || findings[0].Place.Row != 2 {
		t.Errorf("findings %v", findings)
	}
}

func TestDatesThatCannotBe(t *testing.T) {
	cfg := off()
	cfg.Dates = Dates{Earliest: "1990-01-01"}
	d := given(t, sample(t), []cells{{"founded": "2024-03-02"}, {"founded": "2024-03-03"}, {"founded": "1989-12-31"}, {"founded": "1990-01-01"}}, nil)
	got, _, _ := checked(t, d, cfg, "")
	same(t, "proposals", brief(got), []string{"2 date-future founded=2024-03-03", "3 date-early founded=1989-12-31"})
	cfg.Dates.Leave = []string{"founded"}
	if got, _, _ := checked(t, d, cfg, ""); len(got) > 0 {
		t.Errorf("left out: %v", brief(got))
	}
}

func TestOrganisationsThatAnsweredTwice(t *testing.T) {
	cfg := off()
	cfg.Same = []string{"name", "region"}
	d := given(t, sample(t), []cells{
		{"name": "Réseau Synthétique", "region": "africa"}, {"name": "réseau  SYNTHETIQUE", "region": "africa"}, {"name": "Réseau Synthétique", "region": "asia"},
		{"name": "شبكة اصطناعية", "region": "asia"}, {"name": "شبكه إصطناعيّة", "region": "asia"}, {"name": "شبكة اصطناعية"}, {},
	}, nil)
	got, sum, findings := checked(t, d, cfg, "")
	same(t, "proposals", brief(got), []string{
		"1 same-organisation name=Réseau Synthétique", "2 same-organisation name=réseau  SYNTHETIQUE", "4 same-organisation name=شبكة اصطناعية", "5 same-organisation name=شبكه إصطناعيّة",
	})
	if !strings.Contains(got[0].Comment, "rows 2, 3.") || count(sum, SameOrganisation, "") != [2]int64{5, 4} {
		t.Errorf("comment %q, counts %v", got[0].Comment, count(sum, SameOrganisation, ""))
	}
	if s := findings[0].String(); strings.Contains(s, "Synth") || !strings.Contains(s, "Rows: 2, 3, 5, 6.") {
		t.Errorf("finding %s", s)
	}
	cfg.Same = []string{"nmae"}
	if _, _, findings := checked(t, d, cfg, ""); !finding.Refused(findings) || !strings.Contains(findings[0].Remedy, "name") {
		t.Errorf("findings %v", findings)
	}
}
