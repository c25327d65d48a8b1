package ingest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// TestBadInput holds the reader against a corpus of files as they come from the
// field. Findings about choices are the cleaning's, not the reader's.
func TestBadInput(t *testing.T) {
	manifest := shared(t, "badinput", "open", "manifest.json")
	content, err := os.ReadFile(manifest)
	if err != nil {
		t.Fatal(err)
	}
	var corpus struct {
		Entries []struct {
			ID, File, Kind string
			Expect         struct {
				Action  string
				Message []string `json:"message_must_contain"`
				Rows    *int64
			}
		}
	}
	if err := json.Unmarshal(content, &corpus); err != nil {
		t.Fatal(err)
	}
	s := form(t, shared(t, "badinput", "open", "form.xlsx"))
	dir := filepath.Dir(filepath.Dir(manifest))
	leftToClean := map[string]bool{"B058": true, "B060": true, "B062": true, "B064": true}
	for _, e := range corpus.Entries {
		if e.Kind != "" {
			continue
		}
		t.Run(e.ID, func(t *testing.T) {
			file := filepath.Join(dir, e.File)
			r := read(t, s, nil, 2, Source{File: file})
			refused := r.dataset == nil
			text := r.text()
			switch {
			case refused && strings.HasPrefix(e.Expect.Action, "accept"):
				t.Errorf("%s was refused:\n%s", e.File, text)
			case !refused && e.Expect.Action == "reject":
				t.Errorf("%s was accepted:\n%s", e.File, text)
			}
			if e.Expect.Action != "accept" && !leftToClean[e.ID] {
				for _, want := range e.Expect.Message {
					if !strings.Contains(strings.ToLower(text), strings.ToLower(want)) {
						t.Errorf("%s: the findings do not speak of %q:\n%s", e.File, want, text)
					}
				}
			}
			if !refused && e.Expect.Rows != nil && r.dataset.Respondents() != *e.Expect.Rows {
				t.Errorf("%s: %d responses, want %d", e.File, r.dataset.Respondents(), *e.Expect.Rows)
			}
			if strings.ContainsAny(text, "\x1b\x07\x08") {
				t.Errorf("%s: control characters in a finding", e.File)
			}
			if testing.Verbose() {
				t.Logf("%s\n%s", e.File, text)
			}
		})
	}
}

// TestBadInputValues: what is read from such files is what stands in them.
func TestBadInputValues(t *testing.T) {
	s := form(t, shared(t, "badinput", "open", "form.xlsx"))
	get := func(name, encoding string) result {
		t.Helper()
		r := read(t, s, nil, 2, Source{File: shared(t, "badinput", "open", name), Encoding: encoding})
		if r.dataset == nil || r.dataset.Respondents() != 20 {
			t.Fatalf("%s: not 20 responses\n%s", name, r.text())
		}
		return r
	}
	want := get("utf8_bom.csv", "").report.Levels[0].Hash
	for _, name := range []string{"utf16le_bom.csv", "semicolon.csv", "sep_line.csv", "no_final_newline.csv", "unknown_extra_column.csv", "good.xlsx", "hidden_sheet.xlsx", "csv_named.xlsx"} {
		if got := get(name, "").report.Levels[0].Hash; got != want {
			t.Errorf("%s: the answers are not those of utf8_bom.csv", name)
		}
	}
	get("gb18030_chinese.csv", "gb18030")
	_, arabic := get("cp1256_arabic.csv", "windows-1256").column(t, 0, "experience")
	if !strings.Contains(arabic.Text(1), "الدليل") {
		t.Errorf("Arabic text came out as %q", arabic.Text(1))
	}
	_, founded := get("date_1900.xlsx", "").column(t, 0, "founded")
	if founded.Ints[1] != 12492 || founded.Ints[2] != -25508 {
		t.Errorf("dates of a workbook: %d, %d", founded.Ints[1], founded.Ints[2])
	}
	for _, name := range []string{"formulas_with_cache.xlsx", "numbers_as_text_and_back.xlsx"} {
		b, usefulness := get(name, "").column(t, 0, "usefulness")
		if usefulness.Ints[1] != 4 || name[0] == 'n' && b.Column("budget_usd").Floats[2] != 1200 {
			t.Errorf("%s: %d", name, usefulness.Ints[1])
		}
	}
	longest := 0
	for b, err := range get("million_char_field.csv", "").dataset.Batches(0) {
		if err != nil {
			t.Fatal(err)
		}
		for i := range b.Len() {
			longest = max(longest, utf8.RuneCountInString(b.Column("experience").Text(i)))
		}
	}
	if longest != 1_000_000 {
		t.Errorf("the long answer has %d characters", longest)
	}
	_, country := get("na_is_namibia.csv", "").column(t, 0, "country")
	if country.Text(1) != "NA" || country.Text(2) != "NO" {
		t.Errorf("countries %q, %q", country.Text(1), country.Text(2))
	}
	b, budget := get("number_words.csv", "").column(t, 0, "budget_usd")
	for i := 1; i <= 5; i++ {
		if raw, ok := b.Raw(i, "budget_usd"); budget.Reasons[i] != survey.Invalid || !ok || raw == "" {
			t.Errorf("row %d of number_words.csv: %v %q", i+2, budget.Reasons[i], raw)
		}
	}
}
