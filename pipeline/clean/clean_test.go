package clean

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/strictyaml"
)

func TestAnswersAreMendedAndLogged(t *testing.T) {
	for name, c := range map[string]struct {
		item, cell string
		want       string   // the answer afterwards
		log        []string // issue|old|type|new
		kinds      []string // of findings
	}{
		"a tidy text":                    {"story", "A tidy\nstory.", `"A tidy\nstory."`, nil, nil},
		"white space in a text":          {"story", "  a \u00a0 b\r\n\r\n c\u3000", `"a b\nc"`, []string{"white space|  a \u00a0 b\n\n c\u3000|change_response|a b\nc"}, nil},
		"invisible marks in a text":      {"story", "\ufeffa\u200bb\u202ec", `"abc"`, []string{"invisible marks|\ufeffa\u200bb\u202ec|change_response|abc"}, nil},
		"a non-joiner inside a word":     {"story", "می\u200cخواهم", `"می\u200cخواهم"`, nil, nil},
		"a non-joiner at the end":        {"story", "خواهم\u200c", `"خواهم"`, []string{"invisible marks|خواهم\u200c|change_response|خواهم"}, nil},
		"a joiner in Latin text":         {"story", "a\u200db", `"ab"`, []string{"invisible marks|a\u200db|change_response|ab"}, nil},
		"a family of emoji":              {"story", "👩\u200d👧 ok", `"👩\u200d👧 ok"`, nil, nil},
		"letters and accents apart":      {"story", "e\u0301te", `"éte"`, []string{"unicode form|e\u0301te|change_response|éte"}, nil},
		"several at once":                {"story", " e\u200b\u0301 ", `"é"`, []string{"invisible marks| e\u200b\u0301 |change_response| e\u0301 ", "unicode form| e\u0301 |change_response| é ", "white space| é |change_response|é"}, nil},
		"a text of nothing":              {"story", " \u200b", "", []string{"invisible marks| \u200b|change_response| ", "white space| |blank_response|"}, nil},
		"a choice with a space":          {"stage", "natl ", "natl", []string{"white space|natl |change_response|natl"}, []string{"mended-cell"}},
		"a choice with a mark":           {"stage", "\u200enatl", "natl", []string{"invisible marks|\u200enatl|change_response|natl"}, []string{"mended-cell"}},
		"a choice with accents apart":    {"stage", "e\u0301te\u0301", "été", []string{"unicode form|e\u0301te\u0301|change_response|été"}, []string{"mended-cell"}},
		"a choice in capitals":           {"stage", "NATL", "natl", []string{"letter case|NATL|change_response|natl"}, []string{"mended-cell"}},
		"a choice that may be two":       {"stage", "Aa", "<invalid>", []string{"unknown choice|Aa|blank_response|"}, []string{"unknown-choice"}},
		"a choice that is exact of two":  {"stage", " AA", "AA", []string{"white space| AA|change_response|AA"}, []string{"mended-cell"}},
		"a choice misspelt":              {"stage", "nalt", "<invalid>", []string{"unknown choice|nalt|blank_response|"}, []string{"unknown-choice"}},
		"a choice in look-alike letters": {"stage", "n\u0430tl", "<invalid>", []string{"unknown choice|n\u0430tl|blank_response|"}, []string{"look-alike-choice"}},
		"don't know in capitals":         {"stage", "DK", "dk", []string{"letter case|DK|change_response|dk"}, []string{"mended-cell"}},
		"a choice by its label":          {"stage", "In  GENEVA", "geneva", []string{"white space|In  GENEVA|change_response|In GENEVA", "label|In GENEVA|change_response|geneva"}, []string{"mended-cell"}},
		"a label of two choices":         {"stage", "two ", "<invalid>", []string{"unknown choice|two |blank_response|"}, []string{"unknown-choice"}},
		"a choice of nothing":            {"stage", "\u00a0", "", []string{"white space|\u00a0|blank_response|"}, nil},
		"a set with spaces":              {"hard", "natl  geneva", "natl+geneva", []string{"white space|natl  geneva|change_response|natl geneva"}, []string{"mended-cell"}},
		"a set on two lines":             {"hard", "geneva\nnatl", "natl+geneva", []string{"white space|geneva\nnatl|change_response|geneva natl"}, []string{"mended-cell"}},
		"a set with a stranger":          {"hard", "natl xx GENEVA", "natl+geneva", []string{"letter case|natl xx GENEVA|change_response|natl xx geneva", "unknown choice|natl xx geneva|change_response|natl geneva"}, []string{"unknown-choice"}},
		"a set of strangers":             {"hard", "xx yy", "<invalid>", []string{"unknown choice|xx yy|blank_response|"}, []string{"unknown-choice", "unknown-choice"}},
		"a rank with a space":            {"order", " geneva natl", "geneva+natl", []string{"white space| geneva natl|change_response|geneva natl"}, []string{"mended-cell"}},
		"a rank with a stranger":         {"order", "geneva xx natl", "<invalid>", []string{"unknown choice|geneva xx natl|blank_response|"}, []string{"unknown-choice"}},
		"a number with a space":          {"staff", "\u00a012", "12", []string{"white space|\u00a012|change_response|12"}, []string{"mended-cell"}},
		"a number in words":              {"staff", "twelve", "<invalid>", []string{"not readable|twelve|blank_response|"}, nil},
		"a number in full width":         {"staff", "１２", "<invalid>", []string{"not readable|１２|blank_response|"}, nil},
		"a decimal with a space":         {"share", "0.5 ", "0.5", []string{"white space|0.5 |change_response|0.5"}, []string{"mended-cell"}},
		"not a number with a space":      {"share", "NaN ", "<invalid>", []string{"not readable|NaN |blank_response|"}, nil},
		"a date with a space":            {"day", "2024-02-29 ", "19782", []string{"white space|2024-02-29 |change_response|2024-02-29"}, []string{"mended-cell"}},
	} {
		row := cells{"uuid": "u", "consent": "yes", "stage": "natl", "hard": "geneva", c.item: c.cell}
		out, _, findings, log := run(t, rowsOf(t, []cells{row}, nil), consenting())
		got := ""
		for _, part := range strings.Split(shown(t, out, 0)[0], " "+c.item+"=")[1:] {
			got = part
		}
		for _, next := range []string{"hard", "order", "staff", "share", "day", "story", "calc"} {
			got, _, _ = strings.Cut(got, " "+next+"=")
		}
		if got != c.want {
			t.Errorf("%s: the answer is %s, want %s", name, got, c.want)
		}
		var lines []string
		for _, l := range log {
			if l[0] != "u" || l[1] != c.item {
				t.Errorf("%s: a line of the log is for %s, %s", name, l[0], l[1])
			}
			lines = append(lines, strings.Join(l[2:], "|"))
		}
		same(t, name+": log", lines, c.log)
		var kinds []string
		for _, f := range findings {
			kinds = append(kinds, f.Kind)
			if f.Place.Row != 2 || f.Place.Column != c.item || strings.Contains(f.String(), c.cell) {
				t.Errorf("%s: finding %s", name, f)
			}
		}
		same(t, name+": findings", kinds, c.kinds)
	}
}

func TestANearChoiceIsSuggestedByItsOwnName(t *testing.T) {
	_, _, findings, _ := run(t, rowsOf(t, []cells{{"uuid": "u", "consent": "yes", "stage": "nalt"}}, nil), consenting())
	if len(findings) != 1 || !strings.Contains(findings[0].Remedy, `Did you mean "natl"?`) {
		t.Errorf("findings %v", findings)
	}
}

func TestResponsesWithoutConsentAndBlankOnesAreLeftOut(t *testing.T) {
	rows := []cells{
		{"uuid": "a", "consent": "yes", "stage": "natl"},
		{"uuid": "b", "consent": "no", "stage": " natl", "story": " secret "},
		{"uuid": "c", "stage": "natl"},
		{"uuid": "d", "consent": "YES ", "staff": "3"},
		{"uuid": "e", "consent": "maybe", "stage": "natl"},
		{"uuid": "f", "consent": "yes", "calc": "7"},
		{"uuid": "g", "consent": "yes", "story": " \u200b "},
		{"uuid": "h", "consent": "yes", "story": "only this"},
		{"uuid": "i", "consent": "yes"},
		{"uuid": "j", "consent": "yes", "staff": "many"},
	}
	repeat := []cells{{"uuid": "a", "detail": "x "}, {"uuid": "b", "detail": "y "}, {"uuid": "f"}, {"uuid": "i", "detail": "z"}, {"uuid": "e", "detail": "w"}}
	out, sum, findings, log := run(t, rowsOf(t, rows, repeat), consenting())
	same(t, "respondents", shown(t, out, 0), []string{
		"a consent=yes stage=natl", "d consent=yes staff=3", `h consent=yes story="only this"`, "i consent=yes", "j consent=yes staff=<invalid>",
	})
	same(t, "repeat", shown(t, out, 1), []string{`a detail="x"`, `i detail="z"`})
	var lines []string
	for _, l := range log {
		lines = append(lines, strings.Join(l, "|"))
	}
	same(t, "log", lines, []string{
		"b||no consent||remove_survey|", "c||no consent||remove_survey|",
		"d|consent|white space|YES |change_response|YES", "d|consent|letter case|YES|change_response|yes",
		"e||no consent||remove_survey|", "f||blank||remove_survey|", "g||blank||remove_survey|",
		"j|staff|not readable|many|blank_response|", "a|detail|white space|x |change_response|x",
	})
	if len(findings) != 1 || findings[0].Place.Row != 5 || findings[0].Kind != "mended-cell" { // those of responses left out are left out too
		t.Errorf("findings %v", findings)
	}
	if sum.In != 10 || sum.Out != 5 || len(sum.Removed) != 2 || sum.Removed[0] != (IssueCount{"blank", 2}) || sum.Removed[1] != (IssueCount{"no consent", 3}) {
		t.Errorf("summary %+v", sum)
	}
	if len(sum.Changes) != 4 || sum.Changes[0] != (ChangeCount{"consent", "letter case", 1}) || sum.Changes[3] != (ChangeCount{"detail", "white space", 1}) {
		t.Errorf("changes %+v", sum.Changes)
	}
	if !out.Levels[0].Layout.UUID {
		t.Error("the log speaks of identifiers that checks can no longer see")
	}
}

func TestConsentThatCannotBeReadIsRefused(t *testing.T) {
	d := rowsOf(t, []cells{{"uuid": "a", "consent": "yes", "stage": "natl"}}, nil)
	for name, c := range map[string]struct {
		cfg      Consent
		kind     string
		severity finding.Severity
	}{
		"no item":              {Consent{}, "no-consent-item", finding.Note},
		"an unknown item":      {Consent{Item: "agree", Accept: Names{"yes"}}, "unknown-item", finding.Refusal},
		"no item but a choice": {Consent{Accept: Names{"yes"}}, "consent-accept", finding.Refusal},
		"no accepted choice":   {Consent{Item: "consent"}, "consent-accept", finding.Refusal},
		"an unknown choice":    {Consent{Item: "consent", Accept: Names{"yess"}}, "consent-accept", finding.Refusal},
		"a number":             {Consent{Item: "staff", Accept: Names{"1"}}, "consent-type", finding.Refusal},
		"a repeat":             {Consent{Item: "detail", Accept: Names{"1"}}, "consent-absent", finding.Refusal},
	} {
		out, _, findings, _ := run(t, d, Config{Consent: c.cfg})
		if len(findings) != 1 || findings[0].Kind != c.kind || findings[0].Severity != c.severity {
			t.Errorf("%s: findings %v", name, findings)
		}
		if (out == d) != (c.severity == finding.Refusal) {
			t.Errorf("%s: refused is %v", name, out == d)
		}
	}
}

func TestConsentMayBeAText(t *testing.T) {
	d := rowsOf(t, []cells{{"uuid": "a", "calc": " OK", "stage": "natl"}, {"uuid": "b", "stage": "natl"}}, nil)
	out, _, _, _ := run(t, d, Config{Consent: Consent{Item: "calc", Accept: Names{"OK"}}})
	same(t, "respondents", shown(t, out, 0), []string{`a stage=natl calc="OK"`})
}

func TestAcceptedChoicesAreReadAsOneNameOrMany(t *testing.T) {
	for yaml, want := range map[string]Names{
		"consent: {item: c, accept: yes}\n":           {"yes"},
		"consent: {item: c, accept: [yes, oui]}\n":    {"yes", "oui"},
		"consent:\n  item: c\n  accept:\n    - yes\n": {"yes"},
		"consent: {item: c, accept: 1}\n":             {"1"},
	} {
		var c Config
		if f := strictyaml.Decode("config.yaml", []byte(yaml), &c); len(f) > 0 || !slices.Equal(c.Consent.Accept, want) {
			t.Errorf("%q gives %q, %v", yaml, c.Consent.Accept, f)
		}
	}
	var c Config
	if f := strictyaml.Decode("config.yaml", []byte("consent: {item: c, accept: {a: b}}\n"), &c); len(f) == 0 {
		t.Error("a mapping was taken for names")
	}
}

// whole returns the responses of a dataset in batches of the usual size.
func whole(b *testing.B, d *dataset.Dataset) dataset.Source {
	var out dataset.Memory
	build := dataset.NewBuilder(d.Levels[0].Layout)
	for batch, err := range d.Batches(0) {
		if err != nil {
			b.Fatal(err)
		}
		for i := range batch.Len() {
			build.Copy(batch, i, dataset.ResponseOf(batch, i))
		}
		if build.Len() >= dataset.BatchRows-2 {
			out = append(out, build.Batch())
		}
	}
	return append(out, build.Batch())
}

func BenchmarkClean(b *testing.B) {
	rows := make([]cells, 3*4096)
	for i := range rows {
		rows[i] = cells{"uuid": fmt.Sprint(i), "consent": "yes", "stage": "natl", "hard": "natl geneva", "staff": "7", "story": "Nous n'avons pas été invités à la consultation."}
		if i%50 == 0 {
			rows[i]["stage"] = "natl "
		}
	}
	d := rowsOf(b, rows, nil)
	d.Levels[0].Source = whole(b, d)
	dir := b.TempDir()
	b.ReportMetric(float64(len(rows)), "rows")
	for b.Loop() {
		if _, _, _, _, err := try(d, consenting(), dir, 2); err != nil {
			b.Fatal(err)
		}
	}
}

func TestBlankAnswersAreAskedOrNotByTheMendedAnswers(t *testing.T) {
	rows := []cells{
		{"uuid": "a", "consent": "yes", "stage": "NATL", "story": "<not asked>"},                // was unknown, now asked
		{"uuid": "b", "consent": "yes", "stage": "GENEVA"},                                      // was unknown, now not asked
		{"uuid": "c", "consent": "yes", "stage": "natl", "hard": "geneva  natl"},                // story is asked
		{"uuid": "d", "consent": "yes", "stage": "natl", "hard": "NATL"},                        // story is not
		{"uuid": "e", "consent": "yes", "stage": "natl", "hard": "natl", "story": " "},          // its own blank
		{"uuid": "f", "consent": "yes", "stage": "natl", "hard": "zz", "story": "<not asked>"},  // stays as it was
		{"uuid": "g", "consent": "yes", "stage": "natl", "hard": "natl", "staff": "1 "},         // not touched by the change
		{"uuid": "h", "consent": "yes", "stage": "geneva", "calc": "x ", "hard": "<not asked>"}, // nor this
	}
	out, _, _, _ := run(t, rowsOf(t, rows, nil), consenting())
	same(t, "respondents", shown(t, out, 0), []string{
		"a consent=yes stage=natl story=<not asked>",
		"b consent=yes stage=geneva hard=<not asked>",
		"c consent=yes stage=natl hard=natl+geneva",
		"d consent=yes stage=natl hard=natl story=<not asked>",
		"e consent=yes stage=natl hard=natl story=<not asked>",
		"f consent=yes stage=natl hard=<invalid> story=<not asked>",
		"g consent=yes stage=natl hard=natl staff=1",
		`h consent=yes stage=geneva hard=<not asked> calc="x"`,
	})
}
