package acceptance

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/survey/xlsform"
)

// TestASurveyWithoutAForm begins with nothing but the answers of the GitHub Open
// Source Survey of 2017 (CC0): a form is drafted from them, corrected by a list
// of changes as a person would make them, and run.
func TestASurveyWithoutAForm(t *testing.T) {
	answers := shared(t, "data", "github-oss-survey-2017", "survey_data.csv")
	dir := filepath.Join(t.TempDir(), "project")
	findings, err := pipeline.Init(context.Background(), pipeline.InitRequest{Dir: dir, Answers: answers})
	if err != nil || finding.Refused(findings) {
		t.Fatalf("init: %v %v", err, findings)
	}
	drafted := filepath.Join(dir, "data", "form.xlsx")
	asked := form(t, drafted)
	columns := records(t, answers)[0]
	bound := 0
	for _, item := range asked.Items {
		if _, ok := columns[item.Name]; ok {
			bound++
		}
	}
	if marks := 5; bound+marks != 93 { // five columns of marks are one item
		t.Errorf("the draft has %d of the 93 columns", bound+marks)
	}

	asked = correct(t, asked, records(t, filepath.Join("testdata", "oss-corrections.csv")))
	workbook, err := xlsform.Write(asked)
	if err != nil {
		t.Fatal(err)
	}
	write(t, drafted, workbook)
	configFrom(t, dir, "oss.yaml", "")
	f := run(t, dir)
	f.responses(t, 6029) // all that came in, from the first stage to the last

	items, choices := sheets(t, form(t, drafted))
	missing := []string{"prefer_not_to_say", "not_sure", "im_not_sure", "dont_know_what_this_is", "not_applicable", "age.na", "off_site_id.na"}
	p := newPoll(t, items, choices, answers, words{missing: missing, separator: "."})
	p.compare(t, f.restricted("results-exact.csv"))
	outside(t, items, choices, answers, f.restricted("results-exact.csv"), strings.Join(missing, ","))
	if len(p.people) != 6029 || len(p.questions) != 87 || len(p.unlisted) > 0 {
		t.Errorf("%d people, %d questions, cells that hold no choice %v; want 6029, 87, none", len(p.people), len(p.questions), p.unlisted)
	}
	// Cells with two blanks in a row are the label of a choice as the form reads
	// it: they bind, and there is nothing to mend.
	if got := f.changes(t); len(got) > 0 {
		t.Errorf("cleaning changed %v, want nothing", got)
	}
	f.page(t, "en", `lang="en"`, "Open source software and those who make it", "GitHub Open Source Survey 2017")
}

func form(t *testing.T, workbook string) *survey.Survey {
	t.Helper()
	s, findings, err := pipeline.ReadForm(pipeline.Form{Form: workbook}, os.ReadFile)
	if err != nil || finding.Refused(findings) {
		t.Fatalf("read the form: %v %v", err, findings)
	}
	return s
}

// correct applies corrections to a drafted survey: items removed or changed,
// choices of a list put first in an order.
func correct(t *testing.T, s *survey.Survey, corrections []map[string]string) *survey.Survey {
	t.Helper()
	out := *s
	out.Items, out.Lists = slices.Clone(s.Items), slices.Clone(s.Lists)
	for _, c := range corrections {
		item := slices.IndexFunc(out.Items, func(i survey.Item) bool { return i.Name == c["name"] })
		list := slices.IndexFunc(out.Lists, func(l *survey.ChoiceList) bool { return l.Name == c["name"] })
		switch {
		case c["what"] == "remove" && item >= 0:
			out.Items = slices.Delete(out.Items, item, item+1)
		case c["what"] == "item" && item >= 0 && c["property"] == "label":
			out.Items[item].Label = survey.Text{s.Default: c["value"]}
		case c["what"] == "item" && item >= 0 && c["property"] == "role":
			out.Items[item].Role = survey.Plain
		case c["what"] == "order" && list >= 0:
			out.Lists[list] = survey.NewChoiceList(c["name"], inOrder(t, out.Lists[list].Choices, strings.Fields(c["value"])))
		default:
			t.Fatalf("the draft has nothing that this correction fits: %v", c)
		}
	}
	corrected, findings := survey.New(out)
	if finding.Refused(findings) {
		t.Fatalf("the corrected form: %v", findings)
	}
	return corrected
}

func inOrder(t *testing.T, choices []survey.Choice, first []string) []survey.Choice {
	t.Helper()
	var out []survey.Choice
	for _, name := range first {
		at := slices.IndexFunc(choices, func(c survey.Choice) bool { return c.Name == name })
		if at < 0 {
			t.Fatalf("the draft has no choice %s", name)
		}
		out = append(out, choices[at])
	}
	for _, c := range choices {
		if !slices.Contains(first, c.Name) {
			out = append(out, c)
		}
	}
	return out
}

// sheets writes a form as the two sheets that the counts are made from.
func sheets(t *testing.T, s *survey.Survey) (items, choices string) {
	t.Helper()
	rows, lists := [][]string{{"type", "name"}}, [][]string{{"list_name", "name", "label::English (en)"}}
	for _, i := range s.Items {
		kind := string(i.Type)
		if i.List != "" {
			kind += " " + i.List
		}
		rows = append(rows, []string{kind, i.Name})
	}
	for _, l := range s.Lists {
		for _, c := range l.Choices {
			lists = append(lists, []string{l.Name, c.Name, c.Label["en"]})
		}
	}
	dir := t.TempDir()
	items, choices = filepath.Join(dir, "items.csv"), filepath.Join(dir, "choices.csv")
	for path, content := range map[string][][]string{items: rows, choices: lists} {
		var b bytes.Buffer
		if err := csv.NewWriter(&b).WriteAll(content); err != nil {
			t.Fatal(err)
		}
		write(t, path, b.Bytes())
	}
	return items, choices
}
