package versions

import (
	"fmt"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/survey/xlsform"
)

// form reads a form from lines "type|name|label" and "list|name|label|label fr".
func form(t testing.TB, items, choices string) *survey.Survey {
	t.Helper()
	sheet := func(header, lines string) []byte {
		out := header
		for line := range strings.Lines(lines) {
			if cells := strings.Split(strings.TrimSpace(line), "|"); len(cells) > 1 {
				for len(cells) < 4 {
					cells = append(cells, "")
				}
				out += "\n\"" + strings.Join(cells, "\",\"") + "\""
			}
		}
		return []byte(out + "\n")
	}
	s, findings, err := xlsform.Read(xlsform.Files{
		Survey:  xlsform.File{Name: "survey.csv", Content: sheet("type,name,label::English (en),label::Français (fr)", items)},
		Choices: xlsform.File{Name: "choices.csv", Content: sheet("list_name,name,label::English (en),label::Français (fr)", choices)},
	})
	if err != nil || finding.Refused(findings) {
		t.Fatalf("form: %v %v", err, findings)
	}
	return s
}

func sketch(c Comparison) string {
	var out []string
	for _, x := range c.Changes {
		out = append(out, strings.TrimRight(x.Kind+" "+x.Item+" "+x.Choice, " "))
	}
	for _, f := range c.Findings {
		out = append(out, string(f.Severity)+" "+f.Kind)
	}
	return strings.Join(out, "; ")
}

func TestCompare(t *testing.T) {
	const item, yes = "select_one yn|q|Did you?", "yn|yes|Yes\nyn|no|No\n"
	for _, test := range []struct {
		name, thenItems, thenChoices, nowItems, nowChoices string
		renames                                            Renames
		want                                               string
	}{
		{name: "a form and itself", want: ""},
		{name: "swapped labels", nowChoices: "yn|yes|No\nyn|no|Yes\n", want: "other meaning q yes; other meaning q no; refusal meaning-between-versions; refusal meaning-between-versions"},
		{name: "swapped in one language of two", thenChoices: "yn|yes|Yes|Oui\nyn|no|No|Non\n", nowChoices: "yn|yes|Yes|Non\nyn|no|No|Oui\n", want: "other meaning q yes; other meaning q no; refusal meaning-between-versions; refusal meaning-between-versions"},
		{name: "swapped and said so", nowChoices: "yn|yes|No\nyn|no|Yes\n", renames: Renames{Choices: map[string]string{"yn.yes": "no", "yn.no": "yes"}}, want: "choice renamed q no; choice renamed q yes"},
		{name: "other words", nowChoices: "yn|yes|Sometimes\nyn|no|No\n", want: "choice reworded q yes; other meaning q yes; refusal meaning-between-versions"},
		{name: "other words, and said to mean the same", nowChoices: "yn|yes|Sometimes\nyn|no|No\n", renames: Renames{Choices: map[string]string{"yn.yes": "yes"}}, want: "choice reworded q yes"},
		{name: "case and punctuation", nowChoices: "yn|yes|yes.\nyn|no|NO!\n", want: ""},
		{name: "other words in one language of two", thenChoices: "yn|yes|Yes|Oui\nyn|no|No|Non\n", nowChoices: "yn|yes|Yes|D'accord\nyn|no|No|Non\n", want: "choice reworded q yes; warning reworded-choice"},
		{name: "added and removed", nowChoices: "yn|yes|Yes\nyn|maybe|Perhaps\n", want: "choice removed q no; choice added q maybe"},
		{name: "a new name that was not declared", nowChoices: "yn|yes|Yes\nyn|nope|No\n", want: "choice removed q no; choice added q nope; warning renamed-choice"},
		{name: "a new name that was", nowChoices: "yn|yes|Yes\nyn|nope|No\n", renames: Renames{Choices: map[string]string{"yn.no": "nope"}}, want: "choice renamed q nope"},
		{name: "items added, removed and renamed", thenItems: item + "\ntext|a|Why?\ninteger|b|How many?", nowItems: item + "\ntext|c|Why?\ndate|d|When?", renames: Renames{Items: map[string]string{"a": "c"}}, want: "item renamed c; item removed b; item added d"},
		{name: "items that swapped their words", thenItems: "text|a|Why?\ntext|b|Where?", nowItems: "text|a|Where?\ntext|b|Why?", want: "item reworded a; item reworded b; refusal meaning-between-versions; refusal meaning-between-versions"},
		{name: "another type", thenItems: "text|a|How many?", nowItems: "integer|a|How many?", want: "type changed a; refusal type-between-versions"},
		{name: "a wider type", thenItems: "integer|a|How many?", nowItems: "decimal|a|How many?", want: "type changed a"},
	} {
		t.Run(test.name, func(t *testing.T) {
			or := func(s, other string) string {
				if s == "" {
					return other
				}
				return s
			}
			then := form(t, or(test.thenItems, item), or(test.thenChoices, yes))
			now := form(t, or(test.nowItems, item), or(test.nowChoices, or(test.thenChoices, yes)))
			if got := sketch(Compare("now.xlsx", now, Edition{"then.xlsx", then}, test.renames)); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestWordsThatAreNearlyTheSame(t *testing.T) {
	for _, test := range []struct {
		a, b string
		near bool
	}{
		{"Organization", "organisation", true}, {"Labour  rights", "Labor rights", true}, {"Économie locale", "Economie locale", true},
		{"satisfied", "unsatisfied", false}, {"agree", "disagree", false}, {"possible", "impossible", false}, {"we did", "we did not", false},
		{"18-24", "18-25", false}, {"over 5", "under 5", false}, {"useful", "useless", false}, {"-5", "5", false}, {"<5", ">5", false},
		{"满意", "不满意", false}, {"很满意", "很不满意", false}, {"согласен", "несогласен", false}, {"согласен", "не согласен", false}, {"راض", "غير راض", false},
	} {
		a, b := fold(test.a), fold(test.b)
		if got := a == b || nearly(a, b); got != test.near {
			t.Errorf("%q and %q: %v", test.a, test.b, got)
		}
		if got := fold(test.b) == fold(test.a) || nearly(b, a); got != test.near {
			t.Errorf("%q and %q the other way about: %v", test.b, test.a, got)
		}
	}
}

func TestMergeKeepsWhatWasRemoved(t *testing.T) {
	now := form(t, "select_one l|q|Which?\ntext|new|Why?", "l|a|First\nl|c|Third\n")
	v2 := form(t, "select_one l|q|Which?\nselect_one g|gone|Where?", "l|a|First\nl|b|Second\ng|x|Here\n")
	v1 := form(t, "select_one l|q|Which?\nselect_one g|gone|Where?", "l|a|First\nl|z|Last\ng|x|Here\n")
	m, findings := Merge("now.xlsx", now, []Edition{{"v2.xlsx", v2}, {"v1.xlsx", v1}}, Renames{})
	if finding.Refused(findings) {
		t.Fatalf("refused: %v", findings)
	}
	var names []string
	for _, c := range m.Survey.List("l").Choices {
		names = append(names, c.Name+":"+c.Earlier)
	}
	if got := fmt.Sprint(names); got != "[a: c: b:v2.xlsx z:v1.xlsx]" {
		t.Errorf("choices %s", got)
	}
	gone, ok := m.Survey.Item("gone")
	fresh, _ := m.Survey.Item("new")
	if !ok || gone.Earlier != "v2.xlsx" || !gone.Partial || !fresh.Partial {
		t.Errorf("gone %+v, new %+v", gone, fresh)
	}
	view := m.View(m.Survey, "v1.xlsx")
	code, _ := view.List("l").Code("z")
	if _, has := view.List("l").Code("c"); has || code != 3 {
		t.Errorf("the view of the first form has the code %d for its last choice, and a choice that it lacked: %v", code, has)
	}

	other := form(t, "select_one l|q|Which?", "l|a|First\nl|b|Something else entirely\n")
	if _, findings = Merge("now.xlsx", now, []Edition{{"v2.xlsx", v2}, {"v0.xlsx", other}}, Renames{}); !finding.Refused(findings) {
		t.Error("a removed choice with two meanings must be refused")
	}
	if _, findings = Merge("now.xlsx", now, []Edition{{"v2.xlsx", v2}}, Renames{Choices: map[string]string{"l.bb": "c"}}); !finding.Refused(findings) {
		t.Error("a rename of nothing must be refused")
	}
}
