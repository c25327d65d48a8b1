package draft_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/survey/draft"
	"github.com/soundings-survey/soundings/pipeline/survey/xlsform"
)

var update = flag.Bool("update", false, "write what is drafted into the golden files")

// each yields rows from memory.
func each(rows [][]string) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// column drafts a survey from one column and returns its item.
func column(t *testing.T, title string, cells ...string) (*survey.Survey, *survey.Item, []finding.Finding) {
	t.Helper()
	var rows [][]string
	for _, c := range cells {
		rows = append(rows, []string{c})
	}
	s, findings, err := draft.Draft([]string{title}, each(rows), draft.Options{})
	if err != nil || len(s.Items) != 1 {
		t.Fatalf("got %v, %v", s, err)
	}
	return s, &s.Items[0], findings
}

func times(n int, cells ...string) (out []string) {
	for range n {
		out = append(out, cells...)
	}
	return out
}

func TestTypesFollowTheAnswers(t *testing.T) {
	numbered := func(format string, n int) (out []string) {
		for i := range n {
			out = append(out, fmt.Sprintf(format, i))
		}
		return out
	}
	for _, c := range []struct {
		name, title string
		cells       []string
		want        survey.Type
		role        survey.Role
		kinds       string
	}{
		{"whole numbers", "staff", []string{"12", "", "7", "-3"}, survey.Integer, "", "draft"},
		{"numbers with a point", "budget", []string{"1.5", "2", ""}, survey.Decimal, "", "draft"},
		{"numbers with a comma", "budget", []string{"1,5", "2,25"}, survey.Decimal, "", "draft"},
		{"numbers with zeros before them are no numbers", "postcode", []string{"00123", "01200"}, survey.OpenText, "", "draft"},
		{"numbers and NA", "staff", []string{"12", "NA", "7"}, survey.Integer, "", "draft"},
		{"nearly all numbers", "staff", append(numbered("%d", 99), "many"), survey.Integer, "", "draft number-with-words"},
		{"dates", "founded", []string{"2017-03-21", "1999-12-01"}, survey.Date, "", "draft"},
		{"dates by numbers alone", "founded", []string{"3/21/17", "1/2/99"}, survey.Date, "", "draft date-order"},
		{"dates with times", "visited", []string{"2017-03-21T10:00:00Z", "2017-03-21 10:00"}, survey.DateTime, "", "draft"},
		{"times", "hour", []string{"10:30", "11:45:10"}, survey.Time, "", "draft"},
		{"nought and one", "took part", times(2, "0", "1"), survey.SelectOne, "", "draft"},
		{"few words", "answer", times(2, "Yes", "No"), survey.SelectOne, "", "draft"},
		{"words that are all different", "comment", numbered("remark %d", 30), survey.OpenText, "", "draft"},
		{"nothing", "empty", []string{"", " "}, survey.OpenText, "", "draft empty-column"},
		{"lists", "themes", times(2, "press", "law;press", "law", "law;online;press", "online"), survey.SelectMultiple, "", "draft joined-answers"},
		{"lists joined by blanks", "themes", times(2, "press", "law press", "law", "law online press", "online"), survey.SelectMultiple, "", "draft joined-answers"},
		{"sentences with commas are no lists", "plans", times(3, "Yes, I stay", "Yes, I leave", "No, never"), survey.SelectOne, "", "draft"},
		{"metadata", "deviceid", numbered("x%d", 3), survey.Metadata, survey.Identifying, "draft looks-identifying"},
		{"numbers of respondents", "case id", numbered("%d", 20), survey.Metadata, survey.Identifying, "draft looks-identifying"},
		{"addresses by their look", "how to reach you", []string{"a@example.org", "b@example.org", "none"}, survey.OpenText, survey.Identifying, "draft looks-identifying"},
		{"names by the title are no choices", "Your name", times(5, "Aa", "Bb"), survey.OpenText, survey.Identifying, "draft looks-identifying"},
		{"a question about telephones", "Do you have a phone?", times(5, "Yes", "No"), survey.SelectOne, "", "draft"},
		{"places on the map", "where", []string{"46.22701 6.14102 0 5", "46.1 6.2"}, survey.GPS, survey.Identifying, "draft looks-identifying"},
		{"age is a key", "Age", times(5, "18 to 24", "25 to 34"), survey.SelectOne, survey.Key, "draft"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, item, findings := column(t, c.title, c.cells...)
			if item.Type != c.want || item.Role != c.role {
				t.Errorf("got %s with role %q, want %s with role %q", item.Type, item.Role, c.want, c.role)
			}
			var kinds []string
			for _, f := range findings {
				kinds = append(kinds, f.Kind)
			}
			if got := strings.Join(kinds, " "); got != c.kinds {
				t.Errorf("findings %s, want %s", got, c.kinds)
			}
			if item.Type.HasChoices() && len(s.Choices(item)) == 0 {
				t.Error("the item has no choices")
			}
		})
	}
}

func TestChoicesStandInTheOrderOfTheirScaleWithScores(t *testing.T) {
	for _, c := range []struct{ name, cells, want string }{
		{"agreement", "Strongly agree|Somewhat agree|Neither agree nor disagree|Strongly disagree|Don't know", "strongly_disagree=1 neither_agree_nor_disagree=2 somewhat_agree=3 strongly_agree=4 dont_know"},
		{"frequency", "Always|Never|Rarely|Sometimes", "never=1 rarely=2 sometimes=3 always=4"},
		{"degrees", "Very useful|Not at all useful|Slightly useful|Extremely useful", "not_at_all_useful=1 slightly_useful=2 very_useful=3 extremely_useful=4"},
		{"French", "Tout à fait d’accord|Plutôt d'accord|Pas du tout d'accord|Ne sait pas", "pas_du_tout_daccord=1 plutot_daccord=2 tout_a_fait_daccord=3 ne_sait_pas"},
		{"Spanish", "Siempre|Nunca|A veces|Casi nunca", "nunca=1 casi_nunca=2 a_veces=3 siempre=4"},
		{"Russian", "Часто|Никогда|Редко|Всегда", "никогда=1 редко=2 часто=3 всегда=4"},
		{"Arabic", "أوافق|لا أوافق|محايد|أوافق بشدة", "لا_أوافق=1 محايد=2 أوافق=3 أوافق_بشدة=4"},
		{"Chinese", "同意|不同意|非常同意|中立", "不同意=1 中立=2 同意=3 非常同意=4"},
		{"numbers with their meaning", "5 - A lot|1 - Not at all|3|2|4", "1_not_at_all=1 2=2 3=3 4=4 5_a_lot=5"},
		{"ranges", "35 to 44|65 or older|17 or younger|18 to 24|Prefer not to say", "17_or_younger 18_to_24 35_to_44 65_or_older prefer_not_to_say"},
		{"yes and no", "No|Yes|Not sure", "yes no not_sure"},
		{"words of two scales have no order", "Always|Very useful|Good", "always good very_useful"},
		{"a label that is a name keeps it", "yes|Yes|no", "yes_2 yes no"},
		{"other comes last", "Zoo|Other (please say)|Home", "home zoo other_please_say"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, item, _ := column(t, "q", times(3, strings.Split(c.cells, "|")...)...)
			var got []string
			for _, choice := range s.Choices(item) {
				name := choice.Name
				if choice.Score != nil {
					name += fmt.Sprintf("=%g", *choice.Score)
				}
				got = append(got, name)
			}
			if joined := strings.Join(got, " "); joined != c.want {
				t.Errorf("got %s, want %s", joined, c.want)
			}
		})
	}
}

// Every testdata/*.csv is an export, and beside it the form drafted from it.
func TestExportsAreDraftedAsTheirGoldenFilesSay(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.csv")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no exports: %v", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			s, findings := fromCSV(t, content, filepath.Base(path))
			got := describe(s, findings)
			golden := strings.TrimSuffix(path, ".csv") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

func fromCSV(t testing.TB, content []byte, name string) (*survey.Survey, []finding.Finding) {
	t.Helper()
	content = bytes.ReplaceAll(content, []byte("\r"), []byte("\n"))
	r := csv.NewReader(bytes.NewReader(content))
	r.FieldsPerRecord = -1
	r.LazyQuotes = true
	header, err := r.Read()
	if err != nil {
		t.Fatal(err)
	}
	s, findings, err := draft.Draft(header, func(yield func([]string, error) bool) {
		for {
			cells, err := r.Read()
			if errors.Is(err, io.EOF) || !yield(cells, err) {
				return
			}
		}
	}, draft.Options{File: name, ID: "drafted"})
	if err != nil {
		t.Fatal(err)
	}
	return s, findings
}

func describe(s *survey.Survey, findings []finding.Finding) string {
	var b strings.Builder
	for _, it := range s.Items {
		fmt.Fprintf(&b, "%s: %s %s | %s | %s | %s\n", it.Name, it.Type, it.List, it.Path, it.Label[s.Default], it.Role)
	}
	for _, l := range s.Lists {
		fmt.Fprintf(&b, "list %s\n", l.Name)
		for _, c := range l.Choices {
			fmt.Fprintf(&b, "  %s | %s", c.Name, c.Label[s.Default])
			if c.Score != nil {
				fmt.Fprintf(&b, " | %g", *c.Score)
			}
			b.WriteByte('\n')
		}
	}
	for _, f := range findings {
		fmt.Fprintf(&b, "%s %s | %s\n", f.Severity, f.Kind, f)
	}
	return b.String()
}

// A draft does not depend on the order of the rows, and is a form that reads
// back as it was drafted.
func TestADraftDependsOnNoOrderAndReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pool := []string{"", "1", "0", "2", "Yes", "No", "Never", "Always", "Rarely", "a b", "b", "a", "2017-01-02", "NA", "long answer, with comma", "x@example.org", "3.5", "other", "\u0646\u0639\u0645", "<b>"}
		header := rapid.SliceOfN(rapid.SampledFrom([]string{"q", "q/a", "q/b", "g.x", "g.y", "g.z", "How often?", "name", "_id", "start", "1st", "q[1]", "q[2]", ""}), 1, 8).Draw(t, "header")
		rows := rapid.SliceOfN(rapid.SliceOfN(rapid.SampledFrom(pool), len(header), len(header)), 0, 25).Draw(t, "rows")
		first, found, err := draft.Draft(header, each(rows), draft.Options{})
		if err != nil {
			t.Fatal(err)
		}
		shuffled := rapid.Permutation(rows).Draw(t, "shuffled")
		second, again, err := draft.Draft(header, each(shuffled), draft.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if a, b := describe(first, nil), describe(second, nil); a != b || len(found) != len(again) {
			t.Fatalf("in another order:\n%s\n%s", a, b)
		}
		if len(first.Items) == 0 {
			return
		}
		content, err := xlsform.Write(first)
		if err != nil {
			t.Fatal(err)
		}
		read, findings, err := xlsform.Read(xlsform.Files{Workbook: xlsform.File{Name: "f.xlsx", Content: content}})
		if err != nil || finding.Refused(findings) {
			t.Fatal(findings, err)
		}
		if a, b := describe(first, nil), describe(read, nil); a != b {
			t.Fatalf("read back:\n%s\nfrom:\n%s", b, a)
		}
	})
}

func TestARowThatCannotBeReadIsAnError(t *testing.T) {
	broken := errors.New("broken")
	_, _, err := draft.Draft([]string{"a"}, func(yield func([]string, error) bool) {
		if yield([]string{"1"}, nil) {
			yield(nil, broken)
		}
	}, draft.Options{})
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), "row 3") {
		t.Errorf("got %v", err)
	}
}

func TestAColumnOfManyValuesIsNotRemembered(t *testing.T) {
	s, _, err := draft.Draft([]string{"text"}, func(yield func([]string, error) bool) {
		for i := range 20_000 {
			if !yield([]string{fmt.Sprintf("remark number %d", i)}, nil) {
				return
			}
		}
	}, draft.Options{})
	if err != nil || s.Items[0].Type != survey.OpenText {
		t.Errorf("got %v, %v", s.Items, err)
	}
}

// The bundled survey has both its form and its answers: a draft from the
// answers finds nearly all types and lists of the form.
func TestADraftComesCloseToTheFormThatWasLost(t *testing.T) {
	workbook, err := os.ReadFile("../../../data/form.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	form, findings, err := xlsform.Read(xlsform.Files{Workbook: xlsform.File{Name: "form.xlsx", Content: workbook}})
	if err != nil || finding.Refused(findings) {
		t.Fatal(findings, err)
	}
	content, err := os.ReadFile("../../../data/answers.csv")
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(content, []byte("\ufeff"))))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	drafted, _, err := draft.Draft(rows[0], each(rows[1:]), draft.Options{})
	if err != nil {
		t.Fatal(err)
	}
	same, asked, strange := 0, 0, 0
	for i := range form.Items {
		item := &form.Items[i]
		if item.Type == survey.Note || item.Type == survey.Calculated {
			continue
		}
		asked++
		got, ok := drafted.Item(item.Name)
		if ok && got.Type == item.Type && got.Path == item.Path {
			same++
			for _, c := range drafted.Choices(got) {
				if _, known := form.List(item.List).Code(c.Name); !known {
					strange++
				}
			}
		}
	}
	if same*100 < asked*90 || strange > asked/4 {
		t.Errorf("%d of %d items have the type and the group of the form, %d of their choices are unknown to it", same, asked, strange)
	}
}

// The form of a large public survey, of which only the answers are at hand.
func TestALargeExportGivesASoundForm(t *testing.T) {
	content, err := os.ReadFile("../../../../shared/data/github-oss-survey-2017/survey_data.csv")
	if err != nil {
		t.Skip("the export is not here")
	}
	s, _ := fromCSV(t, content, "survey_data.csv")
	types := map[survey.Type]int{}
	scaled := 0
	for i := range s.Items {
		types[s.Items[i].Type]++
		if s.Scaled(&s.Items[i]) {
			scaled++
		}
	}
	if len(s.Items) != 89 || types[survey.SelectMultiple] != 1 || types[survey.OpenText] != 0 || types[survey.Metadata] != 2 || scaled < 40 || len(s.Lists) > 42 {
		t.Errorf("%d items %v, %d scaled, %d lists", len(s.Items), types, scaled, len(s.Lists))
	}
	item, ok := s.Item("PARTICIPATION.TYPE")
	if !ok || len(s.Choices(item)) != 5 {
		t.Errorf("got %+v", item)
	}
}

func FuzzDraft(f *testing.F) {
	f.Add("q,q/a,q/b,name\na b,1,1,X\na,1,0,Y\n")
	f.Add("g.x,g.y,g.z\n1,2,3\n3,2,1\n")
	f.Add("[],_,/,a[\n,,,\n")
	f.Fuzz(func(t *testing.T, content string) {
		r := csv.NewReader(strings.NewReader(content))
		r.FieldsPerRecord = -1
		rows, err := r.ReadAll()
		if err != nil || len(rows) == 0 {
			return
		}
		s, _, err := draft.Draft(rows[0], each(rows[1:]), draft.Options{})
		if err != nil {
			return
		}
		for i := range s.Items {
			item := &s.Items[i]
			if found, ok := s.Item(item.Name); !ok || found != item {
				t.Errorf("two items are called %s", item.Name)
			}
			if item.Type.HasChoices() && len(s.Choices(item)) == 0 {
				t.Errorf("the item %s has no choices", item.Name)
			}
			if item.Role == survey.Identifying && item.Type.HasChoices() {
				t.Errorf("the item %s identifies and has choices", item.Name)
			}
		}
	})
}
