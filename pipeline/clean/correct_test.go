package clean

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// logForm is a form with "other", a calculation, conditions and a repeat.
func logForm(t testing.TB) *survey.Survey {
	t.Helper()
	s, findings := survey.New(survey.Survey{
		Default: "en",
		Items: []survey.Item{
			{Name: "consent", Type: survey.SelectOne, List: "yn"},
			{Name: "stage", Type: survey.SelectOne, List: "stage", OrOther: true, Path: "g/stage"},
			{Name: "stage_other", Type: survey.OpenText, Relevant: []string{"${stage} = 'other'"}},
			{Name: "hard", Type: survey.SelectMultiple, List: "stage", OrOther: true},
			{Name: "hard_other", Type: survey.OpenText, Relevant: []string{"selected(${hard}, 'other')"}},
			{Name: "staff", Type: survey.Integer},
			{Name: "share", Type: survey.Decimal},
			{Name: "day", Type: survey.Date},
			{Name: "story", Type: survey.OpenText, Relevant: []string{"${staff} > 5"}},
			{Name: "double", Type: survey.Calculated, Calculate: "${staff} * 2"},
			{Name: "fourfold", Type: survey.Calculated, Calculate: "${double} * 2"},
			{Name: "phone", Type: survey.OpenText, Role: survey.Identifying},
			{Name: "detail", Type: survey.OpenText, Level: 1},
		},
		Lists: []*survey.ChoiceList{
			survey.NewChoiceList("yn", []survey.Choice{{Name: "yes"}, {Name: "no"}}),
			survey.NewChoiceList("stage", []survey.Choice{{Name: "natl", Label: survey.Text{"en": "At home"}}, {Name: "geneva"}, {Name: "online"}, {Name: "other"}}),
		},
		Levels: []survey.Level{{Name: survey.RespondentLevel, Parent: -1}, {Name: "visits", Parent: 0}},
	})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return s
}

func logAnswers(t testing.TB, rows, repeat []cells) *dataset.Dataset {
	t.Helper()
	return rowsIn(t, logForm(t), rows, repeat)
}

func line(uuid, question, old string, kind cleaninglog.Type, now string) cleaninglog.Line {
	return cleaninglog.Line{Change: cleaninglog.Change{UUID: uuid, Question: question, Old: old, Type: kind, New: now, Source: "log.csv, row 2"}, File: "log.csv", Row: 2}
}

const (
	change = cleaninglog.ChangeResponse
	empty  = cleaninglog.BlankResponse
)

// numbered gives lines the rows they would have in a file.
func numbered(lines []cleaninglog.Line) []cleaninglog.Line {
	for i := range lines {
		lines[i].Row = i + 2
	}
	return lines
}

func TestLinesOfALogAreFollowed(t *testing.T) {
	for name, c := range map[string]struct {
		row   cells
		lines []cleaninglog.Line
		want  string // answers of the response, apart from consent
		log   []string
	}{
		"a number compares as a number": {
			cells{"staff": "12"}, []cleaninglog.Line{line("a", "staff", "12.0", change, "3")}, "staff=3", []string{"staff|12|change_response|3"}},
		"a choice by its label": {
			cells{"stage": "natl"}, []cleaninglog.Line{line("a", "stage", "at home", change, "Geneva")}, "stage=geneva", []string{"stage|natl|change_response|geneva"}},
		"an item by its path": {
			cells{"stage": "natl"}, []cleaninglog.Line{line("a", "g.stage", "natl", change, "geneva")}, "stage=geneva", []string{"stage|natl|change_response|geneva"}},
		"a date": {
			cells{"day": "2024-02-29"}, []cleaninglog.Line{line("a", "day", "2024-02-29T00:00:00", change, "2024-03-01")}, "day=19783", []string{"day|2024-02-29|change_response|2024-03-01"}},
		"a set in any order": {
			cells{"hard": "natl geneva"}, []cleaninglog.Line{line("a", "hard", "geneva natl", change, "online natl")}, "hard=natl+online", []string{"hard|natl geneva|change_response|natl online"}},
		"children combine": {
			cells{"hard": "natl geneva"}, []cleaninglog.Line{line("a", "hard/natl", "1", change, "0"), line("a", "hard.online", "FALSE", change, "TRUE")}, "hard=geneva+online", []string{"hard|natl geneva|change_response|geneva online"}},
		"parent and children that agree": {
			cells{"hard": "natl"}, []cleaninglog.Line{line("a", "hard", "natl", change, "geneva"), line("a", "hard/geneva", "0", change, "1")}, "hard=geneva", []string{"hard|natl|change_response|geneva"}},
		"the last choice taken away": {
			cells{"hard": "natl", "share": "1"}, []cleaninglog.Line{line("a", "hard/natl", "TRUE", change, "FALSE")}, "share=1", []string{"hard|natl|blank_response|"}},
		"an answer where there was none": {
			cells{"stage": "geneva"}, []cleaninglog.Line{line("a", "staff", "NA", change, "4")}, "stage=geneva staff=4", []string{"staff||change_response|4"}},
		"a text as it came in": {
			cells{"stage_other": " a  b", "stage": "other"}, []cleaninglog.Line{line("a", "stage_other", " a  b", change, "c")}, `stage=other stage_other="c"`, []string{"stage_other| a  b|change_response|a b", "stage_other|a b|change_response|c"}},
		"a text as it stands": {
			cells{"stage_other": " a  b", "stage": "other"}, []cleaninglog.Line{line("a", "stage_other", "a b", change, "c")}, `stage=other stage_other="c"`, []string{"stage_other| a  b|change_response|a b", "stage_other|a b|change_response|c"}},
		"a cell that does not bind": {
			cells{"staff": "many"}, []cleaninglog.Line{line("a", "staff", "many", change, "9")}, "staff=9", []string{"staff|many|change_response|9"}},
		"a blank": {
			cells{"staff": "7", "story": "x"}, []cleaninglog.Line{line("a", "story", "x", empty, "")}, "staff=7", []string{"story|x|blank_response|"}},
		"twice the same": {
			cells{"staff": "7"}, []cleaninglog.Line{line("a", "staff", "7", change, "8"), line("a", "staff", "7", change, "8.0")}, "staff=8", []string{"staff|7|change_response|8"}},
		"what stands there already": {
			cells{"staff": "7"}, []cleaninglog.Line{line("a", "staff", "7", change, "7")}, "staff=7", nil},
		"calculations follow": {
			cells{"staff": "7", "double": "14", "fourfold": "28.0"}, []cleaninglog.Line{line("a", "staff", "7", change, "8")}, `staff=8 double="16" fourfold="32"`,
			[]string{"staff|7|change_response|8", "double|14|change_response|16", "fourfold|28.0|change_response|32"}},
		"a calculation that the log corrects itself": {
			cells{"staff": "7", "double": "14", "fourfold": "28"}, []cleaninglog.Line{line("a", "staff", "7", change, "8"), line("a", "double", "14", change, "5")}, `staff=8 double="5" fourfold="10"`,
			[]string{"staff|7|change_response|8", "double|14|change_response|5", "fourfold|28|change_response|10"}},
		"other becomes a choice": {
			cells{"stage": "other", "stage_other": "home"}, []cleaninglog.Line{line("a", "stage_other", "home", cleaninglog.RecodeOther, "natl")}, "stage=natl",
			[]string{"stage|other|change_response|natl", "stage_other|home|blank_response|"}},
		"other among several becomes a choice": {
			cells{"hard": "geneva other", "hard_other": "home"}, []cleaninglog.Line{line("a", "hard_other", "home", cleaninglog.RecodeOther, "At home")}, "hard=natl+geneva",
			[]string{"hard|geneva other|change_response|natl geneva", "hard_other|home|blank_response|"}},
		"a part of other becomes a choice": {
			cells{"hard": "other", "hard_other": "home, bus"}, []cleaninglog.Line{line("a", "hard_other", "home, bus", cleaninglog.RecodeOther, "natl"), line("a", "hard_other", "home, bus", change, "bus")}, `hard=natl+other hard_other="bus"`,
			[]string{"hard|other|change_response|natl other", "hard_other|home, bus|change_response|bus"}},
		"for every response with an answer": {
			cells{"stage": "natl", "staff": "3"}, []cleaninglog.Line{line("all", "stage", "natl", change, "geneva"), line("all", "stage", "geneva", change, "natl"), line("all", "staff", "4", change, "5"), line("b", "staff", "4", change, "5")},
			"stage=geneva staff=3", []string{"stage|natl|change_response|geneva"}},
		"nothing done": {
			cells{"staff": "3"}, []cleaninglog.Line{line("a", "staff", "999", cleaninglog.NoAction, ""), line("a", "staff", "3", "", "4")}, "staff=3", nil},
	} {
		t.Run(name, func(t *testing.T) {
			c.row["uuid"], c.row["consent"] = "a", "yes"
			d := logAnswers(t, []cells{c.row, {"uuid": "b", "consent": "yes", "staff": "4"}}, nil)
			cfg := consenting()
			cfg.Lines = numbered(c.lines)
			out, _, findings, log := run(t, d, cfg)
			if finding.Refused(findings) {
				t.Fatalf("refused: %v", findings)
			}
			got := strings.TrimPrefix(strings.Join(answersOnly(shown(t, out, 0))[:1], ""), "a consent=yes")
			if strings.TrimSpace(got) != c.want {
				t.Errorf("answers %q, want %q", got, c.want)
			}
			var lines []string
			for _, l := range log {
				if l[0] == "a" {
					lines = append(lines, strings.Join([]string{l[1], l[3], l[4], l[5]}, "|"))
				}
			}
			if !slices.Equal(lines, c.log) {
				t.Errorf("log\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(c.log, "\n"))
			}
		})
	}
}

func TestLinesThatCannotBeFollowedAreRefusedAllAtOnce(t *testing.T) {
	rows := []cells{
		{"uuid": "a", "consent": "yes", "staff": "7", "stage": "natl", "hard": "natl", "stage_other": "x", "double": "14"},
		{"uuid": "b", "consent": "no", "staff": "7"},
	}
	for name, c := range map[string]struct {
		lines []cleaninglog.Line
		want  []string // kind and row
	}{
		"stale":                {[]cleaninglog.Line{line("a", "staff", "6", change, "3"), line("a", "stage", "geneva", empty, ""), line("a", "hard/geneva", "1", change, "0")}, []string{"log-stale 2", "log-stale 3", "log-stale 4"}},
		"old value left out":   {[]cleaninglog.Line{line("a", "staff", "", change, "3")}, []string{"log-stale 2"}},
		"unknown response":     {[]cleaninglog.Line{line("zz", "staff", "6", change, "3"), line("yy", "", "", cleaninglog.RemoveSurvey, "")}, []string{"log-unknown-response 2", "log-unknown-response 3"}},
		"unknown item":         {[]cleaninglog.Line{line("a", "staf", "7", change, "3"), line("a", "hard/nowhere", "0", change, "1")}, []string{"log-unknown-item 2", "log-unknown-item 3"}},
		"contradiction":        {[]cleaninglog.Line{line("a", "staff", "7", change, "3"), line("a", "staff", "7", change, "4"), line("a", "staff", "7", empty, "")}, []string{"log-contradiction 3", "log-contradiction 4"}},
		"parent against child": {[]cleaninglog.Line{line("a", "hard", "natl", change, "geneva"), line("a", "hard/natl", "1", change, "1")}, []string{"log-contradiction 3"}},
		"child against child":  {[]cleaninglog.Line{line("a", "hard/natl", "1", change, "0"), line("a", "hard.natl", "1", change, "1")}, []string{"log-contradiction 3"}},
		"new values that do not fit": {[]cleaninglog.Line{line("a", "staff", "7", change, "some"), line("a", "stage", "natl", change, "moon"), line("a", "day", "", change, "1.2.2024"), line("a", "hard/natl", "1", change, "maybe")},
			[]string{"log-new-value 2", "log-new-value 3", "log-new-value 4", "log-new-value 5"}},
		"text beside no other":    {[]cleaninglog.Line{line("a", "stage_other", "x", cleaninglog.RecodeOther, "geneva")}, []string{"log-not-other 2"}},
		"recode of no text":       {[]cleaninglog.Line{line("a", "staff", "7", cleaninglog.RecodeOther, "geneva")}, []string{"log-recode 2"}},
		"all without a value":     {[]cleaninglog.Line{line("all", "staff", "", change, "3")}, []string{"log-all-without-old 2"}},
		"an item there is":        {[]cleaninglog.Line{line("all", "staff", "", cleaninglog.VariableAdded, "")}, []string{"log-variable-added 2"}},
		"no index":                {[]cleaninglog.Line{line("a", "detail", "x", change, "y")}, []string{"log-no-index 2"}},
		"warned only: left out":   {[]cleaninglog.Line{line("b", "staff", "99", change, "3")}, nil},
		"warned only: set aside":  {[]cleaninglog.Line{line("gone", "staff", "99", change, "3"), line("a", "phone", "1", empty, "")}, nil},
		"a calculation of no use": {[]cleaninglog.Line{line("a", "double", "13", change, "3")}, []string{"log-stale 2"}},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := consenting()
			cfg.Lines, cfg.SetAside = numbered(c.lines), map[string]bool{"gone": true}
			out, sum, findings, _ := run(t, logAnswers(t, rows, nil), cfg)
			var got []string
			for _, f := range findings {
				if f.Severity == finding.Refusal {
					got = append(got, fmt.Sprint(f.Kind, " ", f.Place.Row))
				}
				for _, secret := range []string{"zz", "yy", "moon", "some", "99", "gone"} {
					if strings.Contains(f.Problem+f.Remedy, secret+" ") || strings.Contains(f.Problem+f.Remedy, `"`+secret+`"`) {
						t.Errorf("a finding holds what is in the log: %v", f)
					}
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, c.want) {
				t.Errorf("refused %v, want %v\n%v", got, c.want, findings)
			}
			if len(c.want) > 0 && out.Respondents() != 2 {
				t.Error("after a refusal the answers are not as they were")
			}
			if strings.HasPrefix(name, "stale") && (len(sum.Conflicts) != 3 || sum.Conflicts[0].Today != "7" || sum.Conflicts[1].Today != "natl") {
				t.Errorf("conflicts %v", sum.Conflicts)
			}
		})
	}
}

func TestALogWithoutOldValuesMustBeAccepted(t *testing.T) {
	cfg := consenting()
	cfg.Lines = numbered([]cleaninglog.Line{line("a", "staff", "", change, "3"), line("a", "hard/natl", "", change, "0"), line("a", "stage", "geneva", change, "online")})
	cfg.Unbound = true
	_, _, findings, _ := run(t, logAnswers(t, []cells{{"uuid": "a", "consent": "yes", "staff": "7", "hard": "natl geneva", "stage": "natl"}}, nil), cfg)
	kinds := map[string]int{}
	for _, f := range findings {
		kinds[f.Kind]++
		if f.Kind == "log-unbound" && !strings.Contains(f.Problem, "rows 2–3.") {
			t.Errorf("%v", f)
		}
	}
	if kinds["log-unbound"] != 1 || kinds["log-stale"] != 1 {
		t.Errorf("findings %v: a line that names another value is stale all the same", kinds)
	}
}

func TestResponsesAreRemovedWithTheirRepeats(t *testing.T) {
	cfg := consenting()
	cfg.Lines = numbered([]cleaninglog.Line{line("b", "", "", cleaninglog.RemoveSurvey, ""), line("b", "staff", "1", change, "2"), line("b", "", "", cleaninglog.RemoveSurvey, "")})
	cfg.Lines[0].Issue, cfg.Lines[0].Level = "too fast", ""
	out, sum, findings, log := run(t, logAnswers(t,
		[]cells{{"uuid": "a", "consent": "yes", "staff": "7"}, {"uuid": "b", "consent": "yes", "staff": "5"}},
		[]cells{{"uuid": "a", "detail": "x"}, {"uuid": "b", "detail": "y"}}), cfg)
	if finding.Refused(findings) || out.Levels[0].Rows != 1 || out.Levels[1].Rows != 1 {
		t.Errorf("%d responses, %d rows of the repeat, findings %v", out.Levels[0].Rows, out.Levels[1].Rows, findings)
	}
	if len(log) != 1 || log[0][0] != "b" || log[0][2] != "too fast" {
		t.Errorf("log %v", log)
	}
	if sum.Log != (LogCounts{Lines: 3, Applied: 2, NoEffect: 1}) {
		t.Errorf("counts %+v", sum.Log)
	}
}

func TestARowOfARepeatIsNamedByItsIndex(t *testing.T) {
	cfg := consenting()
	l := line("a", "detail", "x", change, "z")
	l.Index, l.Level = 2, "visits"
	wrong := line("a", "detail", "x", change, "z")
	wrong.Index = 3
	cfg.Lines = numbered([]cleaninglog.Line{l})
	d := func() *dataset.Dataset {
		return logAnswers(t, []cells{{"uuid": "a", "consent": "yes", "staff": "7"}, {"uuid": "b", "consent": "yes", "staff": "5"}},
			[]cells{{"uuid": "a", "detail": "x"}, {"uuid": "b", "detail": "x"}, {"uuid": "a", "detail": "x"}})
	}
	out, _, findings, _ := run(t, d(), cfg)
	if finding.Refused(findings) {
		t.Fatal(findings)
	}
	if got := strings.Join(shown(t, out, 1), ";"); got != `a detail="x";b detail="x";a detail="z"` {
		t.Errorf("rows %q", got)
	}
	cfg.Lines = numbered([]cleaninglog.Line{wrong})
	if _, _, findings, _ := run(t, d(), cfg); !finding.Refused(findings) {
		t.Errorf("a row that is not there: %v", findings)
	}
}

func TestItemsAreAddedAndTakenOut(t *testing.T) {
	cfg := consenting()
	cfg.Lines = numbered([]cleaninglog.Line{
		line("all", "group", "", cleaninglog.VariableAdded, ""), line("a", "group", "", change, "3"), line("b", "group", "", cleaninglog.VariableAdded, "4.5"),
		line("all", "origin", "", cleaninglog.VariableAdded, "field"), line("all", "staff", "", cleaninglog.VariableRemoved, ""), line("all", "device", "", cleaninglog.VariableRemoved, ""),
	})
	rows := []cells{{"uuid": "a", "consent": "yes", "staff": "many", "share": "1"}, {"uuid": "b", "consent": "yes", "hard": "zz"}, {"uuid": "c", "consent": "yes", "share": "some"}}
	out, _, findings, log := run(t, logAnswers(t, rows, nil), cfg)
	if finding.Refused(findings) {
		t.Fatal(findings)
	}
	got := strings.Join(answersOnly(shown(t, out, 0)), ";")
	if want := `a consent=yes share=1 group=3 origin="field";b consent=yes hard=<invalid> group=4.5 origin="field";c consent=yes share=<invalid> origin="field"`; got != want {
		t.Errorf("answers\n%s\nwant\n%s", got, want)
	}
	if item, ok := out.Survey.Item("group"); !ok || item.Type != survey.Decimal || item.Role != survey.Sensitive {
		t.Errorf("the new item: %+v", item)
	}
	if last := log[len(log)-1]; last[0] != "all" || last[1] != "staff" || last[4] != "variable_removed" {
		t.Errorf("log %v", log)
	}
}

func TestAnswersToWhatWasNotAskedAreTold(t *testing.T) {
	cfg := consenting()
	cfg.Lines = numbered([]cleaninglog.Line{line("a", "staff", "7", change, "3"), line("b", "story", "", change, "new")})
	_, _, findings, _ := run(t, logAnswers(t, []cells{{"uuid": "a", "consent": "yes", "staff": "7", "story": "x", "double": "99"}, {"uuid": "b", "consent": "yes", "staff": "1", "story": "<not asked>"}}, nil), cfg)
	kinds := map[string]int{}
	for _, f := range findings {
		kinds[fmt.Sprint(f.Kind, " ", f.Place.Row)]++
	}
	for _, want := range []string{"answer-not-asked 2", "log-not-asked 3", "stale-calculation 2"} {
		if kinds[want] != 1 {
			t.Errorf("no finding %s in %v", want, kinds)
		}
	}
}
