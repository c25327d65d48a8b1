package ingest

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// plainForm has a list whose choices have blanks and commas in their labels.
func plainForm(t testing.TB) *survey.Survey {
	return hardForm(t, []asked{
		{kind: "select_one", list: "r", name: "region", labels: [3]string{"Region", "Région", "المنطقة"}},
		{kind: "select_multiple", list: "i", name: "issues", labels: [3]string{"Issues", "Thèmes", "المسائل"}},
		{kind: "text", name: "words", labels: [3]string{"Words", "Mots", "كلمات"}},
	}, []labelledChoice{
		{"r", "north", [3]string{"North", "Nord", "الشمال"}}, {"r", "south", [3]string{"South", "Sud", "الجنوب"}},
		{"i", "child", [3]string{"Rights of the Child", "Droits de l'enfant", "حقوق الطفل"}},
		{"i", "women", [3]string{"Women's rights", "Droits des femmes", "حقوق المرأة"}},
		{"i", "econ", [3]string{"Economic, social, cultural rights", "Droits économiques", "الحقوق"}},
	})
}

// TestSeveralSourcesAreReadEachInItsOwnWay: another language, encoding,
// delimiter, names of columns and what is absent, file by file.
func TestSeveralSourcesAreReadEachInItsOwnWay(t *testing.T) {
	s := plainForm(t)
	french, err := charmap.Windows1252.NewEncoder().String("Région;Thèmes;Mots;_uuid\nSud;Droits des femmes;été;synthetic-3\nNord;;déjà;synthetic-1\n")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{
		"a.csv": "region,issues,words,_uuid\nnorth,,déjà,synthetic-1\nsouth,child econ,,synthetic-2\n",
		"b.csv": french,
		"c.csv": "area|about|key\nsouth|child women|synthetic-4\n",
	}
	sources := []Source{
		{File: "a.csv", Source: "web"},
		{File: "b.csv", Encoding: "windows-1252", Source: "phone"},
		{File: "c.csv", Columns: map[string]string{"area": "region", "about": "issues", "key": "_uuid"}, Absent: []string{"words"}},
	}
	r := read(t, s, files, 2, sources...)
	if r.dataset == nil {
		t.Fatalf("refused:\n%s", r.text())
	}
	_, region := r.column(t, 0, "region")
	if n := r.dataset.Respondents(); n != 4 || region.Codes[0] != 0 {
		t.Errorf("%d responses, want 4", n)
	}
	var got []string
	for _, f := range r.report.Files {
		got = append(got, fmt.Sprintf("%s %s %q %s %d/%d/%d %v", f.Source, f.Encoding, f.Delimiter, f.Labels, f.Rows, f.Kept, f.Duplicates, f.Absent))
	}
	want := `[web utf-8 ","  2/2/0 [] phone windows-1252 ";" fr 2/1/1 []  utf-8 "|"  1/1/0 [words]]`
	if fmt.Sprint(got) != want {
		t.Errorf("got  %v\nwant %s", got, want)
	}
	if !strings.Contains(r.text(), "the same as that of row 2 of a.csv") {
		t.Errorf("the duplicate is not told:\n%s", r.text())
	}

	files["b.csv"] = strings.Replace(french, "Nord", "Sud", 1)
	r = read(t, s, files, 2, sources...)
	if r.kinds(finding.Refusal) != "duplicate-id" || !strings.Contains(r.text(), "b.csv, row 3") || !strings.Contains(r.text(), "row 2 of a.csv") {
		t.Errorf("the same identifier with other answers: %s\n%s", r.kinds(finding.Refusal), r.text())
	}

	sources[0].Wave, sources[1].Wave = "2018", "2022"
	r = read(t, s, files, 2, sources...)
	if r.dataset == nil || r.dataset.Respondents() != 5 {
		t.Errorf("the same identifier in two waves is no duplicate:\n%s", r.text())
	}
}

// TestListsInCells: the sign is said, so that names may have blanks and other
// signs in them; what speaks of no list is refused.
func TestListsInCells(t *testing.T) {
	s := plainForm(t)
	text := "region,issues,words,_uuid\nnorth,\"Rights of the Child; Economic, social, cultural rights\",,synthetic-1\nnorth,women,,synthetic-2\nnorth,Rights of the Child;Other,,synthetic-3\nnorth,child women,,synthetic-4\n"
	r := readText(t, s, text, Source{Lists: map[string]string{"issues": "semicolon"}})
	_, issues := r.column(t, 0, "issues")
	if got := fmt.Sprint(issues.Set(0), issues.Set(1), issues.Reasons); got != "[0 2] [1] [answered answered invalid invalid]" {
		t.Errorf("got %s\n%s", got, r.text())
	}
	for list, want := range map[string]string{"region": "not a select_multiple", "isues": "Like it: issues"} {
		r := readText(t, s, text, Source{Lists: map[string]string{list: ";"}})
		if r.kinds(finding.Refusal) != "list-item" || !strings.Contains(r.text(), want) {
			t.Errorf("%s: %s", list, r.text())
		}
	}
}

// TestEncodingsAreNamedAndNeverGuessed: a text that is not UTF-8 is refused; the
// message names what it looks like, and the line of the config that has it read.
func TestEncodingsAreNamedAndNeverGuessed(t *testing.T) {
	s := plainForm(t)
	words := map[string]string{
		"windows-1256": "نطالب الحكومة بحماية المدافعين عن حقوق الإنسان وضمان مشاركتهم في الاستعراض",
		"gb18030":      "我们要求政府保护人权捍卫者并确保他们参与普遍定期审议的各个阶段",
		"macintosh":    "La société civile a été consultée, mais « trop tard » — l’État n’a pas répondu à nos questions",
		"koi8-r":       "Мы требуем от правительства защиты правозащитников и участия в обзоре на всех этапах",
		"windows-1251": "Мы требуем от правительства защиты правозащитников и участия в обзоре на всех этапах",
		"windows-1252": "La société civile a été consultée, mais « trop tard » — l’État n’a pas répondu à nos questions",
		"utf-16le":     "Words of any kind",
		"utf-16be":     "Words of any kind",
	}
	for name, text := range words {
		var encoded string
		var err error
		content := "region;issues;words;_uuid\n"
		for i := range 12 {
			content += fmt.Sprintf("north;;%s;synthetic-%d\n", text, i)
		}
		switch name {
		case "gb18030":
			encoded, err = simplifiedchinese.GB18030.NewEncoder().String(content)
		case "utf-16le":
			encoded, err = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String(content)
		case "utf-16be":
			encoded, err = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().String(content)
		default:
			page := map[string]*charmap.Charmap{"windows-1256": charmap.Windows1256, "macintosh": charmap.Macintosh, "koi8-r": charmap.KOI8R, "windows-1251": charmap.Windows1251, "windows-1252": charmap.Windows1252}[name]
			encoded, err = page.NewEncoder().String(content)
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		r := readText(t, s, encoded, Source{})
		if r.dataset != nil || !strings.Contains(r.text(), "input.encoding: "+name) {
			t.Errorf("%s undeclared: %s", name, r.text())
		}
		if strings.Contains(r.text(), text[:8]) {
			t.Errorf("%s: an answer stands in the message", name)
		}
		r = readText(t, s, encoded, Source{Encoding: name})
		if _, got := r.column(t, 0, "words"); got.Text(11) != text {
			t.Errorf("%s declared: %q", name, got.Text(11))
		}
	}
}

// TestAFileWithoutARepeatThatOthersHave: sums over the repeat would pass for answers.
func TestAFileWithoutARepeatThatOthersHave(t *testing.T) {
	files := map[string]string{
		"a.json": `[{"_uuid": "synthetic-1", "org/took_part": "yes", "org/stages": "session", "org/staff": 1,
			"recs": [{"recs/rec": "x", "recs/accepted": "yes", "recs/states": [{"recs/states/state": "s"}]}]}]`,
		"b.csv": head + "synthetic-2,no,,,2\n",
	}
	r := read(t, small(), files, 2, Source{File: "a.json"}, Source{File: "b.csv"})
	if r.dataset == nil {
		t.Fatalf("refused:\n%s", r.text())
	}
	if got := r.text(); strings.Count(got, "which other files have") != 1 || !strings.Contains(got, "b.csv: The file has no rows for the repeat recs,") {
		t.Errorf("the file must be told once, by the repeat that it lacks:\n%s", got)
	}
	if r = read(t, small(), map[string]string{"a.json": files["a.json"]}, 2, Source{File: "a.json"}); strings.Contains(r.text(), "which other files have") {
		t.Errorf("a file with its repeats is told to lack one:\n%s", r.text())
	}
}
