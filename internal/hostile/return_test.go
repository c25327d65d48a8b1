package hostile

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func read(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// What analysts get to fill in comes back as it was, formulas and all: an old
// value of the log is that of the answers, and a new one becomes an answer.
func TestLogsComeBack(t *testing.T) {
	w := newWorld(t)
	w.survey("answers.csv")
	rows := Answers()
	named, staff := slices.Index(rows[0], "g/named"), slices.Index(rows[0], "staff")
	bad := []string{"=2+2", "@x", "\uff1dx", "'=2+2", "x;=1", "+a", "-b", "\u200b=1"}
	for i, value := range bad {
		rows[i+1][named], rows[i+1][staff] = value, value
	}
	w.put("answers.csv", CSV(rows))
	before := w.outside()
	w.soundings(0, "log", "--out", "log.xlsx")
	w.soundings(0, "run")
	look(t, w.dir, before)

	// An analyst decides in the workbook, and saves the log as CSV too.
	book, err := excelize.OpenFile(w.path("log.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	lines, err := book.GetRows("cleaning_log")
	if err != nil {
		t.Fatal(err)
	}
	column := func(name string) int { return slices.Index(lines[0], name) }
	decided := 0
	for i := range lines[1:] {
		for len(lines[i+1]) < len(lines[0]) {
			lines[i+1] = append(lines[i+1], "")
		}
		kind, value := "blank_response", ""
		if lines[i+1][column("question")] == "named" {
			kind, value = "change_response", "'=1+zmark" // as the list of the workbook offers it
			if decided++; decided == 1 {
				value = "=1+zmark" // as somebody types it
			}
		}
		if lines[i+1][column("old_value")] == "" {
			kind, value = "no_action", ""
		}
		for at, cell := range map[int]string{column("change_type"): kind, column("new_value"): value} {
			lines[i+1][at] = cell
			name, err := excelize.CoordinatesToCellName(at+1, i+2)
			if err == nil {
				err = book.SetCellStr("cleaning_log", name, cell)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if decided != len(bad) {
		t.Fatalf("%d lines are about choices, want %d", decided, len(bad))
	}
	if err := book.SaveAs(w.path("filled.xlsx")); err != nil {
		t.Fatal(err)
	}
	w.put("filled.csv", CSV(lines))
	config := string(read(t, w.path("config.yaml")))
	var results []string
	for _, log := range []string{"filled.xlsx", "filled.csv"} {
		w.put("config.yaml", []byte(config+"clean: {log: ["+log+"]}\n"))
		w.soundings(0, "run")
		if out := w.soundings(0, "verify", "clean"); !strings.Contains(out, "equal") {
			t.Errorf("%s: %s", log, out)
		}
		results = append(results, w.soundings(0, "show", "named", "--json"))
	}
	if results[0] != results[1] || !strings.Contains(results[0], `"=1+zmark"`) {
		t.Errorf("a log as a workbook and as CSV differ:\n%s\n%s", results[0], results[1])
	}
}

// A plan comes back, as a workbook and as CSV, and may name choices that look
// like formulas with their guard and without.
func TestPlansComeBack(t *testing.T) {
	w := newWorld(t)
	w.survey("answers.csv")
	before := w.outside()
	config := string(read(t, w.path("config.yaml")))
	w.soundings(0, "run")
	want := read(t, w.path("reports/0001/public/results.csv"))
	for _, name := range []string{"plan.xlsx", "plan.csv"} {
		w.put("config.yaml", []byte(config))
		w.soundings(0, "plan", "--out", name)
		look(t, w.dir, append(before, "project/reports"))
		w.put("config.yaml", []byte(config+"plan: "+name+"\n"))
		w.soundings(0, "run")
		if got := read(t, w.path("reports/latest/public/results.csv")); !bytes.Equal(got, want) {
			t.Errorf("%s does not give what the plan made from the form gives", name)
		}
	}
	var figures []string
	for _, values := range []string{"=1+zmark|@zmark", "'=1+zmark|@zmark"} {
		w.put("plan.csv", []byte("analysis_type,analysis_var,group_var,values\nprop_net,named,NA,"+values+"\n"))
		w.soundings(0, "run")
		figures = append(figures, string(read(t, w.path("reports/latest/public/results.csv"))))
	}
	if figures[0] != figures[1] || strings.Count(figures[0], "\n") < 2 {
		t.Errorf("the guard of a value changes the figures:\n%s\n%s", figures[0], figures[1])
	}
}

// A form is drafted from answers whose columns and cells are attacks, and read
// back so that every answer finds its choice.
func TestDraftsComeBack(t *testing.T) {
	w := newWorld(t)
	attacks := append(Texts(), Controls()...)
	rows := [][]string{{"_uuid"}}
	for c := range 6 {
		rows[0] = append(rows[0], attacks[(7*c+c)%len(attacks)].Text)
	}
	for n := range Respondents {
		row := []string{fmt.Sprintf("00000000-0000-4000-8000-%012d", n)}
		for c := range 6 {
			row = append(row, attacks[(9*c+n%9)%len(Texts())].Text)
		}
		rows = append(rows, row)
	}
	w.put("=1+1\nthreshold: 1 #\u202e.csv", CSV(rows))
	given := w.outside()
	w.soundings(0, "init", "mine", "--answers", "=1+1\nthreshold: 1 #\u202e.csv")
	made := slices.DeleteFunc(w.outside(), func(name string) bool { return slices.Contains(given, name) })
	if want := []string{"project/mine", "project/mine/config.yaml", "project/mine/data", "project/mine/data/answers.csv", "project/mine/data/form.xlsx", "project/mine/reports"}; !slices.Equal(made, want) {
		t.Fatalf("init made %q, want %q", made, want)
	}
	if config := string(read(t, w.path("mine/config.yaml"))); strings.Contains(config, "threshold: 1 ") || !strings.Contains(config, "threshold: 10") {
		t.Errorf("the name of the file wrote into the config:\n%s", config)
	}
	given = append(given, "project/mine/data/answers.csv")
	look(t, w.dir, given)
	w.soundings(0, "check", "--config", "mine/config.yaml")
	w.soundings(0, "run", "--config", "mine/config.yaml")
	look(t, w.dir, given)
	bound := 0
	for row, err := range records(t, read(t, w.path("mine/restricted/0001/findings.csv"))) {
		if err == nil && (row[2] == "unknown-choice" || row[2] == "missing-column") {
			t.Errorf("an answer does not find its choice: %q", row)
		}
	}
	for row := range records(t, read(t, w.path("mine/restricted/0001/results-exact.csv"))) {
		if row[0] == "prop_select_one" {
			bound++
		}
	}
	if bound < 9 {
		t.Errorf("only %d choices have figures", bound)
	}
}

func records(t *testing.T, content []byte) func(func([]string, error) bool) {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(content, []byte("\ufeff"))))
	return func(yield func([]string, error) bool) {
		for {
			row, err := r.Read()
			if err != nil || !yield(row, nil) {
				return
			}
		}
	}
}

func TestCodesAreShownAsText(t *testing.T) {
	w := newWorld(t)
	rows := [][]string{{"unit", "coder", "code"}}
	for u := range 20 {
		for c := range 2 {
			all := append(Texts(), Controls()...)
			rows = append(rows, []string{fmt.Sprint(u), []string{"=a\u202e", "\x1b[31mb"}[c], all[(u+c*(u%3))%len(all)].Text})
		}
	}
	w.put("codes.csv", CSV(rows))
	w.soundings(0, "agreement", "codes.csv", "--resamples", "0")
	w.soundings(0, "agreement", "codes.csv", "--resamples", "0", "--json")
}

func TestSheetsMayHaveAnyName(t *testing.T) {
	w := newWorld(t)
	for _, name := range []string{"=1+1", "<script>", "{{.}}", "\u202ex", "=1'x", "..", "C1\u009b31m"} {
		book, err := Book(map[string][][]string{name: Answers()})
		if err != nil {
			t.Fatalf("%q: %v", name, err)
		}
		w.put("answers.xlsx", book)
		form, err := Book(Form())
		if err != nil {
			t.Fatal(err)
		}
		w.put("form.xlsx", form)
		before := w.outside()
		w.soundings(0, "ingest", "--form", "form.xlsx", "--answers", "answers.xlsx", "--out", "out")
		for _, made := range w.outside() {
			if !slices.Contains(before, made) && !strings.HasPrefix(made, "project/out") {
				t.Errorf("%q: it made %s", name, made)
			}
		}
	}
}
