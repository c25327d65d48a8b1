package ingest

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// small is a survey with a condition, a repeat and a repeat within it.
func small() *survey.Survey {
	s, _ := survey.New(survey.Survey{
		Default: "en",
		Levels:  []survey.Level{{Name: "respondent", Parent: -1}, {Name: "recs", Parent: 0, Path: "recs"}, {Name: "states", Parent: 1, Path: "recs/states"}},
		Items: []survey.Item{
			{Name: "took_part", Type: survey.SelectOne, List: "yn", Path: "org/took_part"},
			{Name: "stages", Type: survey.SelectMultiple, List: "stages", Path: "org/stages", Relevant: []string{"${took_part} = 'yes'"}},
			{Name: "why", Type: survey.OpenText, Path: "org/why", Relevant: []string{"${took_part} = 'yes'", "selected(${stages}, 'draft')"}},
			{Name: "staff", Type: survey.Integer, Path: "org/staff"},
			{Name: "rec", Type: survey.OpenText, Level: 1, Path: "recs/rec"},
			{Name: "accepted", Type: survey.SelectOne, List: "yn", Level: 1, Path: "recs/accepted", Relevant: []string{"${took_part} = 'yes'"}},
			{Name: "state", Type: survey.OpenText, Level: 2, Path: "recs/states/state", Relevant: []string{"${accepted} = 'yes' and ${took_part} = 'yes'"}},
		},
		Lists: []*survey.ChoiceList{
			survey.NewChoiceList("yn", []survey.Choice{{Name: "yes", Label: survey.Text{"en": "Yes"}}, {Name: "no", Label: survey.Text{"en": "No"}}}),
			survey.NewChoiceList("stages", []survey.Choice{{Name: "draft"}, {Name: "session"}, {Name: "follow_up"}}),
		},
	})
	return s
}

const head = "_uuid,took_part,stages,why,staff\n"

func reasons(t *testing.T, r result, item string) string {
	t.Helper()
	_, c := r.column(t, 0, item)
	var out []string
	for _, reason := range c.Reasons {
		out = append(out, reason.String())
	}
	return strings.Join(out, ", ")
}

func TestNotAskedIsToldFromNotAnswered(t *testing.T) {
	r := readText(t, small(), head+"a,yes,draft,,1\nb,no,,,2\nc,yes,session,,3\nd,,,,4\ne,Yess,,,5\nf,no,draft,words,6\n", Source{})
	for item, want := range map[string]string{
		"took_part": "answered, answered, answered, not answered, invalid, answered",
		"stages":    "answered, not asked, answered, not asked, not answered, answered",
		"why":       "not answered, not asked, not asked, not asked, not asked, answered",
		"staff":     "answered, answered, answered, answered, answered, answered",
	} {
		if got := reasons(t, r, item); got != want {
			t.Errorf("%s: %s, want %s", item, got, want)
		}
	}
	if got := r.kinds(finding.Warning); got != "answer-not-asked-for" {
		t.Errorf("warnings %s:\n%s", got, r.text())
	}
	if !strings.Contains(r.text(), "row 7, column stages") {
		t.Errorf("the row must be named:\n%s", r.text())
	}
}

func TestConditionsOnAbsentItemsAreUndecided(t *testing.T) {
	r := readText(t, small(), "_uuid,stages,why,staff\na,,,1\n", Source{Absent: []string{"took_*"}})
	if got := reasons(t, r, "stages"); got != "not answered" {
		t.Errorf("stages: %s", got)
	}
	if f := r.report.Files[0]; fmt.Sprint(f.Undecided, f.Absent) != "[stages why] [took_part]" || r.kinds(finding.Note) != "no-repeat undecided-conditions" {
		t.Errorf("undecided %v, absent %v, notes %s", f.Undecided, f.Absent, r.kinds(finding.Note))
	}
	if r.dataset.Levels[0].Layout.Has("took_part") {
		t.Error("an absent item must be left out of the layout")
	}
}

func TestMissingColumnsAreAllNamed(t *testing.T) {
	r := readText(t, small(), "_uuid,tookpart,why\na,yes,\n", Source{})
	text := r.text()
	if r.kinds(finding.Refusal) != "missing-columns" || !strings.Contains(text, "3 item(s) of the form: took_part (perhaps the column tookpart), stages, staff") {
		t.Errorf("refused for %s:\n%s", r.kinds(finding.Refusal), text)
	}
}

func TestRefusalsComeTogether(t *testing.T) {
	r := readText(t, small(), "_uuid,took_part,stages,why,why\na,yes,\"x\"y,,,1\nb,no,,\xff,\nc,no,,\x00,\n", Source{Columns: map[string]string{"gone": "staff"}})
	if got := r.kinds(finding.Refusal); !strings.Contains(got, "duplicate-header") || !strings.Contains(got, "missing-columns") || !strings.Contains(got, "unknown-rename") || !strings.Contains(got, "ragged") || !strings.Contains(got, "quote-after") || !strings.Contains(got, "not-utf-8") || !strings.Contains(got, "nul") {
		t.Errorf("refused for %s:\n%s", got, r.text())
	}
}

func TestFindingsNeverHoldAnAnswer(t *testing.T) {
	secret := "Zanzibar"
	r := readText(t, small(), head+"a,"+secret+",\""+secret+"\",x,"+secret+"\na2,yes,"+secret+" draft,"+secret+"\x1b[2J,12"+secret+"\nb,"+secret+"\n\"c\" "+secret+",no,,,\n", Source{})
	if len(r.findings) < 4 {
		t.Fatalf("too little was found:\n%s", r.text())
	}
	if text := r.text(); strings.Contains(strings.ToLower(text), "zanz") {
		t.Errorf("a finding holds an answer:\n%s", text)
	}
}

func TestTheSameResponseTwice(t *testing.T) {
	r := readText(t, small(), head+"a,yes,draft,x,1\nb,no,,,2\na,yes,draft,x,1\nuuid:a,yes,draft,x,1\n", Source{})
	f := r.report.Files[0]
	if f.Rows != 4 || f.Kept != 2 || f.Duplicates != 2 || r.kinds(finding.Warning) != "duplicate" {
		t.Errorf("read %d, kept %d, duplicates %d, %s", f.Rows, f.Kept, f.Duplicates, r.text())
	}
	if want := "\na,,duplicate,,remove_survey,"; strings.Count(r.log, want) != 2 {
		t.Errorf("the log:\n%s", r.log)
	}
	r = readText(t, small(), head+"a,yes,draft,x,1\nb,no,,,2\na,yes,draft,x,7\n", Source{})
	if r.dataset != nil || !strings.Contains(r.text(), "row 4, column _uuid: The response has the identifier of row 2 and other answers") || strings.Contains(r.log, "remove_survey") {
		t.Errorf("with other answers:\n%s%s", r.text(), r.log)
	}
}

func TestResponsesWithoutIdentifier(t *testing.T) {
	text := "took_part,stages,why,staff\nyes,draft,x,1\nyes,draft,x,1\nno,,,2\n"
	r := readText(t, small(), text, Source{})
	if r.dataset.Respondents() != 3 {
		t.Fatalf("responses that are alike must all be kept: %d", r.dataset.Respondents())
	}
	b, _ := r.column(t, 0, "staff")
	if b.ID(0) == b.ID(1) || b.ID(0) == b.ID(2) {
		t.Error("each must have an identifier of its own")
	}
	again, _ := readText(t, small(), "took_part,stages,why,staff\nno,,,2\nyes,draft,x,1\nyes,draft,x,1\n", Source{}).column(t, 0, "staff")
	var ids, ids2 []string
	for i := range 3 {
		ids, ids2 = append(ids, fmt.Sprint(b.ID(i))), append(ids2, fmt.Sprint(again.ID(i)))
	}
	slices.Sort(ids)
	slices.Sort(ids2)
	if !slices.Equal(ids, ids2) {
		t.Error("the identifiers must not hang on the order of the rows")
	}
}

func TestOrderAndWorkersDoNotMatter(t *testing.T) {
	s := bigSurvey(20)
	var rows []string
	var header string
	for i, line := range strings.Split(strings.TrimSpace(string(mustRead(t, bigFile(t, s, 9000)))), "\n") {
		if i == 0 {
			header = line
		} else {
			rows = append(rows, line)
		}
	}
	rows = append(rows, rows[:50]...) // and some twice
	var first string
	for run, workers := range []int{1, 3} {
		if run > 0 {
			rand.New(rand.NewPCG(3, 4)).Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		}
		text := header + "\n" + strings.Join(rows, "\n") + "\n"
		r := read(t, s, map[string]string{"a.csv": text}, workers, Source{File: "a.csv"})
		if r.dataset == nil {
			t.Fatal(r.text())
		}
		f := r.report.Files[0]
		if f.Kept != 9000 || f.Duplicates != 50 {
			t.Fatalf("kept %d, duplicates %d", f.Kept, f.Duplicates)
		}
		h, err := r.dataset.HashLevel(0)
		if err != nil || h.String() != r.report.Levels[0].Hash {
			t.Fatalf("the hash of the account is not that of the dataset: %v %v", h, err)
		}
		if run == 0 {
			first = h.String()
		} else if h.String() != first {
			t.Error("the same rows in another order must be the same dataset")
		}
	}
}

func TestSeveralFiles(t *testing.T) {
	files := map[string]string{
		"one.csv": head + "a,yes,draft,x,1\n",
		"two.csv": "_uuid;took_part;stages;why\nb;no;;\na;yes;draft;x\n",
	}
	r := read(t, small(), files, 2, Source{File: "one.csv"}, Source{File: "two.csv", Absent: []string{"staff"}})
	if r.dataset != nil || !strings.Contains(r.text(), "two.csv, row 3, column _uuid: The response has the identifier of row 2 of one.csv and other answers") {
		t.Fatalf("an identifier in two files:\n%s", r.text())
	}
	files["two.csv"] = "_uuid;took_part;stages;why\nb;no;;\n"
	r = read(t, small(), files, 2, Source{File: "one.csv"}, Source{File: "two.csv", Absent: []string{"staff"}})
	if r.dataset == nil || r.dataset.Respondents() != 2 || r.report.Rows() != 2 {
		t.Fatalf("refused:\n%s", r.text())
	}
	var got []string
	for b, err := range r.dataset.Batches(0) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprint(b.Origin(0), b.Column("staff").Reasons[0]))
	}
	if fmt.Sprint(got) != "[{0 2} answered {1 2} not asked]" {
		t.Errorf("got %v; an item that a file lacks was not asked there", got)
	}
}

func TestDeclaredEncodings(t *testing.T) {
	text := head + "a,yes,draft,وصل الدليل متأخرًا,1\n"
	coded, err := charmap.Windows1256.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	r := readText(t, small(), coded, Source{Encoding: "windows-1256"})
	_, c := r.column(t, 0, "why")
	if c.Text(0) != "وصل الدليل متأخرًا" {
		t.Errorf("got %q", c.Text(0))
	}
	if plain := readText(t, small(), text, Source{}); plain.report.Levels[0].Hash != r.report.Levels[0].Hash {
		t.Error("the encoding must not matter for the content")
	}
	if r := readText(t, small(), coded, Source{Encoding: "klingon"}); r.kinds(finding.Refusal) != "unknown-encoding" {
		t.Errorf("refused for %s", r.kinds(finding.Refusal))
	}
}

func TestDelimiterIsProven(t *testing.T) {
	for delim, name := range map[string]string{",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"} {
		r := readText(t, small(), strings.ReplaceAll(head+"a,yes,draft,x,1\n", ",", delim), Source{})
		if r.dataset == nil || r.report.Files[0].Delimiter != delim {
			t.Errorf("%s: found %q\n%s", name, r.report.Files[0].Delimiter, r.text())
		}
	}
	for text, want := range map[string]string{
		"x,y,z\n1,2,3\n":                         "unknown-header",
		"why;staff,took_part;stages\na;1,yes;\n": "missing-columns",
	} {
		if r := readText(t, small(), text, Source{}); !strings.Contains(r.kinds(finding.Refusal), want) {
			t.Errorf("%q: refused for %s, want %s", text, r.kinds(finding.Refusal), want)
		}
	}
}

// book writes a workbook of sheets.
func book(t *testing.T, sheets ...[]string) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, sheet := range sheets {
		name := sheet[0]
		if i == 0 {
			if err := f.SetSheetName("Sheet1", name); err != nil {
				t.Fatal(err)
			}
		} else if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for n, line := range sheet[1:] {
			var row []any
			for _, cell := range strings.Split(line, "|") {
				row = append(row, cell)
			}
			if err := f.SetSheetRow(name, fmt.Sprintf("A%d", n+1), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestNestedRepeats(t *testing.T) {
	respondents := []string{"Survey", "took_part|org/stages|why|staff|_uuid|_index", "yes|draft|x|1|a|1", "yes|draft|x|1|a|2", "no||||b|3"}
	recs := []string{"recs", "recs/rec|recs/accepted|_index|_parent_table_name|_parent_index|_submission__uuid", "one|yes|1|Survey|1|a", "copy|yes|2|Survey|2|a", "two||3|Survey|3|b", "three||4|Survey|1|a"}
	states := []string{"states", "recs/states/state|_index|_parent_table_name|_parent_index|_submission__uuid", "here|1|recs|1|a", "|2|recs|4|a", "|3|recs|3|b", "lost|4|recs|2|a"}
	r := read(t, small(), map[string]string{"a.xlsx": book(t, respondents, recs, states)}, 2, Source{File: "a.xlsx"})
	if r.dataset == nil {
		t.Fatalf("refused:\n%s", r.text())
	}
	for level, want := range []string{
		"[{-1 a} {-1 b}]",
		"[{0 a} {1 b} {0 a}]",
		"[{0 a} {2 a} {1 b}]",
	} {
		b, _ := r.column(t, level, "")
		var got []string
		for i := range b.Len() {
			got = append(got, fmt.Sprintf("{%d %s}", b.Parent(i), b.UUID(i)))
		}
		if fmt.Sprint(got) != want {
			t.Errorf("level %d: %v, want %s", level, got, want)
		}
	}
	_, accepted := r.column(t, 1, "accepted")
	_, state := r.column(t, 2, "state")
	if got := fmt.Sprint(accepted.Reasons, state.Reasons); got != "[answered not asked not answered] [answered not asked not asked]" {
		t.Errorf("conditions on the levels above: %s", got)
	}
	if f := r.report.Files[0]; f.OrphansDropped != 2 || f.Duplicates != 1 {
		t.Errorf("the rows of a duplicate must go with it: %+v", f)
	}
	recs[3] = "two|||Survey|9|b"
	recs[4] = "two||3|Survey|3|a"
	r = read(t, small(), map[string]string{"a.xlsx": book(t, respondents, recs)}, 2, Source{File: "a.xlsx"})
	if got := r.kinds(finding.Refusal); !strings.Contains(got, "orphan") || !strings.Contains(got, "other-parent") {
		t.Errorf("refused for %s:\n%s", got, r.text())
	}
}

func FuzzIngest(f *testing.F) {
	for _, seed := range []string{head + "a,yes,draft,x,1\n", "\xff\xfea\x00", "sep=;\n" + head, "{\"a\":1}", "PK\x03\x04", head + "\"a,yes\n", head + "a,yes,draft,x,1\na,no,,,\n", head + "#a,#b,,,\n,,,,\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		read(t, small(), map[string]string{"f.csv": string(content)}, 1, Source{File: "f.csv"})
	})
}
