package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

const bundled = "../../data/"

// fielded generates answers and reads them back as maps from head to cell.
func fielded(t *testing.T, n int, mess bool) (*World, []map[string]string) {
	t.Helper()
	w, err := readWorld()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := w.answers(&b, 2022, n, mess); err != nil {
		t.Fatal(err)
	}
	return w, table(t, b.Bytes())
}

func table(t *testing.T, b []byte) []map[string]string {
	t.Helper()
	text, ok := strings.CutPrefix(string(b), "\ufeff")
	if !ok {
		t.Error("no byte order mark")
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = ';'
	records, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, rec := range records[1:] {
		m := map[string]string{}
		for i, c := range rec {
			m[records[0][i]] = c
		}
		rows = append(rows, m)
	}
	return rows
}

// entries unpacks a zip file: compressors differ between releases of Go, contents do not.
func entries(t *testing.T, b []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(content)
	}
	return out
}

func TestRegeneratingGivesTheBundledFiles(t *testing.T) {
	first, second := t.TempDir(), t.TempDir()
	for _, folder := range []string{first, second} {
		if err := write(folder, 2022, 420, true); err != nil {
			t.Fatal(err)
		}
	}
	read := func(name string) []byte {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for _, name := range []string{"/form.xlsx", "/answers.csv", "/coded/coder-a.csv", "/coded/coder-b.csv"} {
		if !bytes.Equal(read(first+name), read(second+name)) {
			t.Errorf("two runs differ in %s", name)
		}
	}
	for _, name := range []string{"answers.csv", "coded/coder-a.csv", "coded/coder-b.csv"} {
		if !bytes.Equal(read(filepath.Join(first, name)), read(bundled+name)) {
			t.Errorf("data/%s is not what the generator writes: run go run ./internal/generate", name)
		}
	}
	have, want := entries(t, read(bundled+"form.xlsx")), entries(t, read(first+"/form.xlsx"))
	if len(have) != len(want) {
		t.Errorf("data/form.xlsx has %d parts, the generator writes %d", len(have), len(want))
	}
	for name, content := range want {
		if have[name] != content {
			t.Errorf("data/form.xlsx: %s is not what the generator writes", name)
		}
	}
}

func TestMoreRespondentsDoNotChangeTheFirst(t *testing.T) {
	_, few := fielded(t, 50, false)
	_, many := fielded(t, 430, false)
	for i := range few {
		for head, cell := range few[i] {
			if many[i][head] != cell {
				t.Fatalf("row %d, %s differs", i+1, head)
			}
		}
	}
}

func TestEveryWordIsThereInSixLanguages(t *testing.T) {
	w, err := readWorld()
	if err != nil {
		t.Fatal(err)
	}
	all := func(what string, text map[string]string, most int) {
		t.Helper()
		for _, tongue := range w.Form.Tongues {
			if s := text[tongue.Code]; s == "" {
				t.Errorf("%s has no text in %s", what, tongue.Code)
			} else if n := utf8.RuneCountInString(s); most > 0 && n > most {
				t.Errorf("%s has %d signs in %s, more than %d", what, n, tongue.Code, most)
			}
		}
	}
	all("the title", w.Form.Title, 0)
	meta := map[string]bool{"start": true, "end": true, "today": true, "deviceid": true, "end_group": true}
	for _, r := range w.Form.Rows {
		if meta[r.Type] {
			continue
		}
		all(r.Name, r.Label, 0)
		if r.IsItem() {
			all(r.Name+" (short)", r.Short, 62)
		}
		if len(r.Hint) > 0 {
			all(r.Name+" (hint)", r.Hint, 0)
		}
		if r.Constraint != "" {
			all(r.Name+" (message)", r.Message, 0)
		} else if len(r.Message) > 0 {
			t.Errorf("%s has a message but no constraint", r.Name)
		}
	}
	for _, l := range w.Form.Lists {
		seen := map[string]bool{}
		for _, c := range l.Choices {
			all(l.Name+"/"+c.Name, c.Label, 0)
			if seen[c.Name] {
				t.Errorf("%s: two choices are named %s", l.Name, c.Name)
			}
			seen[c.Name] = true
		}
	}
	if n := len(w.Form.byList["country"].Choices); n != 194 {
		t.Errorf("%d countries, want the 193 Member States and a refusal", n)
	}
}

func TestNoWordingIsLeftOver(t *testing.T) {
	w, err := readWorld()
	if err != nil {
		t.Fatal(err)
	}
	for _, tongue := range w.Form.Tongues {
		var words Wording
		if err := readYAML("labels/"+tongue.Code+".yaml", &words); err != nil {
			t.Fatal(err)
		}
		for list, choices := range words.Lists {
			l := w.Form.byList[list]
			if l == nil {
				t.Errorf("%s: the list %s is not in the form", tongue.Code, list)
				continue
			}
			for c := range choices {
				if !l.Has(c) {
					t.Errorf("%s: %s/%s is not in the form", tongue.Code, list, c)
				}
			}
		}
		for _, names := range []map[string]string{words.Items, words.Obstacles, words.Groups} {
			for name := range names {
				if w.Form.byName[name] == nil {
					t.Errorf("%s: %s is not in the form", tongue.Code, name)
				}
			}
		}
	}
}

func TestEveryCodeExistsUnlessPlanted(t *testing.T) {
	w, err := readWorld()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	plants, err := w.answers(&b, 2022, 420, true)
	if err != nil {
		t.Fatal(err)
	}
	planted := map[string]bool{}
	count := map[string]int{}
	for _, p := range plants {
		planted[strconv.Itoa(p.Row)+" "+p.Item] = true
		count[p.Fault]++
	}
	for fault, want := range map[string]int{"duplicate": 6, "choice": 12, "number": 4, "newline": 1, "textnfd": 7, "textzero": 4} {
		if count[fault] != want {
			t.Errorf("%d faults of the kind %s, want %d", count[fault], fault, want)
		}
	}
	number := regexp.MustCompile(`^\d+$`)
	unknown := 0
	rows := table(t, b.Bytes())
	known := func(r Row, code string) bool { return w.Form.byList[r.List].Has(code) }
	for i, row := range rows {
		for _, r := range w.Form.Rows {
			if !r.IsItem() || row[r.Header()] == "" {
				continue
			}
			cell, bad := row[r.Header()], false
			switch r.Type {
			case "select_one":
				bad = !known(r, cell)
			case "select_multiple":
				parts := strings.Split(cell, " ")
				for _, c := range parts {
					bad = bad || !known(r, c)
				}
				ones := 0
				for _, c := range w.Form.byList[r.List].Choices {
					if row[r.Header()+"/"+c.Name] == "1" {
						ones++
					}
				}
				if ones != len(strings.Fields(cell)) {
					t.Errorf("row %d: %s has %d choices and %d ones", i+1, r.Name, len(parts), ones)
				}
			case "integer":
				bad = !number.MatchString(cell)
			}
			if bad {
				unknown++
				if !planted[row["_index"]+" "+r.Name] {
					t.Errorf("row %d: %s holds a code that the form lacks, and nobody planted it", i+1, r.Name)
				}
			}
		}
	}
	if unknown < 20 {
		t.Errorf("only %d odd codes", unknown)
	}
}

func TestWithoutMessNothingIsOdd(t *testing.T) {
	w, rows := fielded(t, 420, false)
	if len(rows) != 420 {
		t.Fatalf("%d rows, want 420", len(rows))
	}
	uuids := map[string]bool{}
	shape := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	refused := 0
	for i, row := range rows {
		if !shape.MatchString(row["_uuid"]) || uuids[row["_uuid"]] {
			t.Errorf("row %d: the id is misshapen or double", i+1)
		}
		uuids[row["_uuid"]] = true
		if row["g_consent/consent"] == "no" {
			refused++
		}
		if len(strings.Fields(row["g_tools/tools_wanted"])) > 5 || len(strings.Fields(row["g_profile/themes"])) > 5 {
			t.Errorf("row %d: more than five choices", i+1)
		}
		for _, r := range w.Form.Rows {
			for _, alone := range []string{"none", "pns", "no"} {
				parts := strings.Fields(row[r.Header()])
				if r.Many() && strings.Contains(r.Constraint, "'"+alone+"'") && len(parts) > 1 && strings.Contains(" "+strings.Join(parts, " ")+" ", " "+alone+" ") {
					t.Errorf("row %d: %s joins %s with another choice", i+1, r.Name, alone)
				}
			}
		}
	}
	if refused != 5 {
		t.Errorf("%d without consent, want 5", refused)
	}
}

func TestTheWorkbookOpens(t *testing.T) {
	x, err := excelize.OpenFile(bundled + "form.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = x.Close() }()
	w, err := readWorld()
	if err != nil {
		t.Fatal(err)
	}
	for sheet, want := range map[string][][]any{"survey": surveySheet(w.Form), "choices": choicesSheet(w.Form), "settings": settingsSheet(w.Form)} {
		rows, err := x.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) != len(want) {
			t.Errorf("%s has %d rows, want %d", sheet, len(rows), len(want))
		}
		for i, row := range rows {
			for j, cell := range row {
				if have := text(want[i][j]); cell != have {
					t.Errorf("%s, row %d, column %d: %q, want %q", sheet, i+1, j+1, cell, have)
				}
			}
		}
	}
}

func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	default:
		return ""
	}
}
