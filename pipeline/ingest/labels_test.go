package ingest

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/survey/xlsform"
)

// asked is an item, a group or a repeat of the form that the exports of this
// file are made of. Labels are as a form has them, in en, fr and ar; what has no
// label in a language goes by its name.
type asked struct {
	kind, list, name string
	labels           [3]string
	hxl              string
}

var labelLanguages = [3]string{"en", "fr", "ar"}

// hard is a form whose labels are as unhelpful as labels may be and still mean
// one thing each.
var hard = []asked{
	{kind: "start", name: "start"},
	{kind: "begin_group", name: "org", labels: [3]string{"Your organisation / network (main)", "Votre organisation. Réseau", "منظمتكم"}},
	{kind: "select_one", list: "regions", name: "region", labels: [3]string{"Region", "Zone", "المنطقة"}, hxl: "#adm1"},
	{kind: "text", name: "area", labels: [3]string{"Area", "Region", "المجال"}}, // its French is another's English
	{kind: "integer", name: "staff", labels: [3]string{"Staff (paid) - in <b>all</b>", "Personnel (payé) - en tout", "الموظفون"}, hxl: "#capacity+staff"},
	{kind: "begin_group", name: "work", labels: [3]string{"Work/life", "Travail", ""}},
	{kind: "select_multiple", list: "stages", name: "stages", labels: [3]string{"Stages of the review/cycle", "Étapes <i>du</i> cycle", "مراحل"}},
	{kind: "text", name: "stages_other", labels: [3]string{"Stages of the review", "Autres étapes", "مراحل أخرى"}},
	{kind: "select_one", list: "levels", name: "effort", labels: [3]string{"How much effort?", "Quel effort ?", ""}},
	{kind: "end_group"},
	{kind: "geopoint", name: "where", labels: [3]string{"Where_is it?", "Où ?", "أين"}},
	{kind: "end_group"},
	{kind: "begin_repeat", name: "recs", labels: [3]string{"Recommendations: those that were followed [all]", "Recommandations suivies par votre État", "توصيات"}},
	{kind: "text", name: "rec_text", labels: [3]string{"Text", "Texte", "النص"}},
	{kind: "select_multiple", list: "stages", name: "rec_stages", labels: [3]string{"Stages", "Étapes", "المراحل"}},
	{kind: "begin_repeat", name: "acts", labels: [3]string{"Acts on recommendations of this State", "Actes", ""}},
	{kind: "integer", name: "act_year", labels: [3]string{"Year", "Année", "السنة"}},
	{kind: "end_repeat"},
	{kind: "end_repeat"},
}

type labelledChoice struct {
	list, name string
	labels     [3]string
}

var hardChoices = []labelledChoice{
	{"regions", "mena", [3]string{"MENA / Arab world", "Moyen-Orient", "الشرق الأوسط"}},
	{"regions", "apac", [3]string{"Asia (Pacific)", "", "آسيا"}},
	{"stages", "legal", [3]string{"Legal", "Droit", "قانون"}},
	{"stages", "aid", [3]string{"Legal aid", "Aide", "مساعدة"}},
	{"stages", "follow", [3]string{"Follow-up, then <em>report</em>", "Suivi", "متابعة"}},
	{"stages", "none", [3]string{"None/other", "", "لا شيء"}},
	{"levels", "low", [3]string{"A little", "high", "قليل"}}, // a label that is another's name
	{"levels", "high", [3]string{"A lot", "low", ""}},
}

func (a asked) label(tag int) string {
	if tag < 0 || a.labels[tag] == "" {
		return a.name
	}
	return a.labels[tag]
}

// wording returns what an export calls a choice.
func wording(list, name string, tag int) string {
	for _, c := range hardChoices {
		if c.list == list && c.name == name && tag >= 0 && c.labels[tag] != "" {
			return c.labels[tag]
		}
	}
	return name
}

func hardForm(t testing.TB, form []asked, choices []labelledChoice) *survey.Survey {
	t.Helper()
	header := []string{"label::English (en)", "label::Français (fr)", "label::العربية (ar)"}
	items := [][]string{append([]string{"type", "name"}, header...)}
	for _, a := range form {
		items = append(items, []string{strings.TrimSpace(a.kind + " " + a.list), a.name, a.labels[0], a.labels[1], a.labels[2]})
	}
	lists := [][]string{append([]string{"list_name", "name"}, header...)}
	for _, c := range choices {
		lists = append(lists, []string{c.list, c.name, c.labels[0], c.labels[1], c.labels[2]})
	}
	s, findings, err := xlsform.Read(xlsform.Files{Survey: xlsform.File{Name: "survey.csv", Content: []byte(separated(items, ','))}, Choices: xlsform.File{Name: "choices.csv", Content: []byte(separated(lists, ','))}})
	if err != nil || finding.Refused(findings) {
		t.Fatalf("form: %v %v", err, findings)
	}
	return s
}

func separated(rows [][]string, comma rune) string {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = comma
	_ = w.WriteAll(rows)
	return b.String()
}

// settings are those of an export.
type settings struct {
	tag       int // language, -1 for names
	hierarchy bool
	separator string
	multiple  string // both, summary or details
	hxl, bom  bool
	byLabel   bool // sheets of repeats bear labels
}

func (e settings) String() string {
	return fmt.Sprintf("%s groups %v %q %s hxl %v bom %v sheets by label %v", append([]string{"names"}, labelLanguages[:]...)[e.tag+1], e.hierarchy, e.separator, e.multiple, e.hxl, e.bom, e.byLabel)
}

// hardAnswers are by level and row: an index, that of the parent, and answers.
var hardAnswers = map[string][]map[string]string{
	"": {
		{"_index": "1", "start": "2022-04-02T10:00:00", "region": "mena", "area": "Region", "staff": "4", "stages": "legal follow", "effort": "low", "where": "1 2 0 0"},
		{"_index": "2", "region": "apac", "area": "high", "staff": "12", "stages": "aid none", "stages_other": "Legal aid", "effort": "high"},
		{"_index": "3", "region": "apac"},
	},
	"recs": {
		{"_index": "1", "_parent_index": "1", "rec_text": "Ratify", "rec_stages": "none"},
		{"_index": "2", "_parent_index": "2", "rec_stages": "legal none"},
	},
	"acts": {{"_index": "1", "_parent_index": "2", "act_year": "2020"}},
}

// sheets writes the answers as a collecting tool exports them.
func (e settings) sheets(form []asked) (names []string, rows map[string][][]string) {
	type level struct{ name, sheet, parent string }
	var names2 []string
	rows = map[string][][]string{}
	columns := map[string][]func(answers map[string]string) string{}
	headers, tags := map[string][]string{}, map[string][]string{}
	groups := []asked{}
	levels := []level{{"", "Survey", ""}}
	sheetOf := map[string]string{"": "Survey"}
	order := []level{{"", "Survey", ""}}
	add := func(header, tag string, cell func(map[string]string) string) {
		at := levels[len(levels)-1].name
		headers[at], tags[at], columns[at] = append(headers[at], header), append(tags[at], tag), append(columns[at], cell)
	}
	for _, a := range form {
		switch a.kind {
		case "begin_group":
			groups = append(groups, a)
			continue
		case "begin_repeat":
			sheet := a.name
			if e.byLabel && e.tag >= 0 {
				sheet = a.label(e.tag)
			}
			groups = append(groups, a)
			l := level{a.name, sheetName(sheet), levels[len(levels)-1].name}
			levels, order = append(levels, l), append(order, l)
			sheetOf[a.name] = l.sheet
			continue
		case "end_group":
			groups = groups[:len(groups)-1]
			continue
		case "end_repeat":
			groups, levels = groups[:len(groups)-1], levels[:len(levels)-1]
			continue
		}
		header := a.label(e.tag)
		if e.hierarchy {
			for i := len(groups) - 1; i >= 0; i-- {
				header = groups[i].label(e.tag) + e.separator + header
			}
		}
		switch a.kind {
		case "select_one":
			add(header, a.hxl, func(r map[string]string) string { return wording(a.list, r[a.name], e.tag) })
		case "select_multiple":
			if e.multiple != "details" {
				add(header, a.hxl, func(r map[string]string) string {
					var out []string
					for _, name := range strings.Fields(r[a.name]) {
						out = append(out, wording(a.list, name, e.tag))
					}
					return strings.Join(out, " ")
				})
			}
			for _, c := range hardChoices {
				if c.list != a.list || e.multiple == "summary" {
					continue
				}
				add(header+e.separator+wording(c.list, c.name, e.tag), a.hxl, func(r map[string]string) string {
					switch {
					case r[a.name] == "":
						return ""
					case strings.Contains(" "+r[a.name]+" ", " "+c.name+" "):
						return "1"
					}
					return "0"
				})
			}
		case "geopoint":
			add(header, a.hxl, func(r map[string]string) string { return r[a.name] })
			for i, part := range []string{"latitude", "longitude", "altitude", "precision"} {
				add("_"+header+"_"+part, "", func(r map[string]string) string {
					if r[a.name] == "" {
						return ""
					}
					return strings.Fields(r[a.name])[i]
				})
			}
		default:
			add(header, a.hxl, func(r map[string]string) string { return r[a.name] })
		}
	}
	for _, l := range order {
		head := append([]string{}, headers[l.name]...)
		if l.name == "" {
			head = append(head, "_id", "_uuid", "_submission_time", "_index")
		} else {
			head = append(head, "_index", "_parent_table_name", "_parent_index", "_submission__id", "_submission__uuid")
		}
		table := [][]string{head}
		if e.hxl && l.name == "" {
			table = append(table, append(append([]string{}, tags[l.name]...), make([]string, len(head)-len(tags[l.name]))...))
		}
		for _, r := range hardAnswers[l.name] {
			var cells []string
			for _, cell := range columns[l.name] {
				cells = append(cells, cell(r))
			}
			if l.name == "" {
				cells = append(cells, r["_index"], "00000000-0000-4000-8000-00000000000"+r["_index"], "2022-04-02T10:11:12", r["_index"])
			} else {
				cells = append(cells, r["_index"], sheetOf[l.parent], r["_parent_index"], "", "")
			}
			table = append(table, cells)
		}
		names2 = append(names2, l.sheet)
		rows[l.sheet] = table
	}
	return names2, rows
}

func (e settings) csv(form []asked) string {
	names, rows := e.sheets(form)
	text := separated(rows[names[0]], ';')
	if e.bom {
		text = "\ufeff" + text
	}
	return text
}

func (e settings) workbook(t testing.TB, form []asked) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	names, rows := e.sheets(form)
	for i, name := range names {
		if i == 0 {
			if err := f.SetSheetName("Sheet1", name); err != nil {
				t.Fatal(err)
			}
		} else if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for k, cells := range rows[name] {
			if err := f.SetSheetRow(name, fmt.Sprintf("A%d", k+1), &cells); err != nil {
				t.Fatal(err)
			}
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestEveryExportOfAHardFormIsOneDataset: with labels in any language, groups
// and separators of any kind, and select_multiple in any style.
func TestEveryExportOfAHardFormIsOneDataset(t *testing.T) {
	s := hardForm(t, hard, hardChoices)
	want := [3]string{}
	n := 0
	for tag := -1; tag < 3; tag++ {
		for _, hierarchy := range []bool{false, true} {
			for _, separator := range []string{"/", ".", "_", "-"} {
				for _, multiple := range []string{"both", "summary", "details"} {
					n++
					e := settings{tag, hierarchy, separator, multiple, n%2 == 0, n%3 == 0, n%2 == 1}
					for _, source := range []Source{{File: "answers.csv"}, {File: "answers.xlsx"}} {
						content := e.csv(hard)
						levels := 1
						if source.File == "answers.xlsx" {
							if n%4 != 0 { // workbooks take longer
								continue
							}
							content, levels = e.workbook(t, hard), 3
						}
						r := read(t, s, map[string]string{source.File: content}, 2, source)
						if r.dataset == nil {
							t.Errorf("%s, %v: refused\n%s", source.File, e, r.text())
							continue
						}
						if w := r.kinds(finding.Warning); w != "" {
							t.Errorf("%s, %v: warnings %s\n%s", source.File, e, w, r.text())
						}
						for level := range levels {
							l := r.report.Levels[level]
							if want[level] == "" {
								want[level] = l.Hash
							}
							if l.Hash != want[level] || l.Rows != int64(3-level) {
								t.Errorf("%s, %v: other answers at level %s (%d rows)\n%s", source.File, e, l.Name, l.Rows, r.text())
							}
						}
						if r.report.Files[0].HXL != e.hxl || r.report.Files[0].BOM != (e.bom && levels == 1) {
							t.Errorf("%s, %v: HXL %v, BOM %v", source.File, e, r.report.Files[0].HXL, r.report.Files[0].BOM)
						}
					}
				}
			}
		}
	}
	_, effort := read(t, s, map[string]string{"a.csv": settings{tag: 1, separator: "/", multiple: "summary"}.csv(hard)}, 1, Source{File: "a.csv"}).column(t, 0, "effort")
	if fmt.Sprint(effort.Codes[:2]) != "[0 1]" {
		t.Errorf("a label that is the name of another choice was taken for it: %v", effort.Codes)
	}
}

// TestLabelsThatMeanSeveralThingsAreRefused: with the columns and the line of
// the config that settles it; and that line settles it.
func TestLabelsThatMeanSeveralThingsAreRefused(t *testing.T) {
	form := []asked{
		{kind: "begin_group", name: "a", labels: [3]string{"First", "Premier", ""}},
		{kind: "text", name: "a_other", labels: [3]string{"Other", "Autre", ""}},
		{kind: "end_group"},
		{kind: "begin_group", name: "b", labels: [3]string{"Second", "Second", ""}},
		{kind: "text", name: "b_other", labels: [3]string{"Other", "Autre", ""}},
		{kind: "select_multiple", list: "stages", name: "stages", labels: [3]string{"Stages", "Étapes", ""}},
		{kind: "end_group"},
	}
	s := hardForm(t, form, append([]labelledChoice{{"stages", "twin", [3]string{"Legal", "Jumeau", ""}}}, hardChoices...))
	text := "Other;Other;Stages/Legal;Stages/Legal;Stages/Legal aid;Stages/None/other;_uuid\nx;y;1;0;0;1;00000000-0000-4000-8000-000000000001\n"
	r := readText(t, s, text, Source{})
	for _, want := range []string{"Columns 1, 2 bear the label Other", "a_other, b_other", "Columns 3, 4 bear the label Stages/Legal", "stages/legal, stages/twin", `input.columns: {\"#1\": a_other}`} {
		if !strings.Contains(r.text(), want) {
			t.Errorf("the refusal lacks %q:\n%s", want, r.text())
		}
	}
	if r.kinds(finding.Refusal) != "label-twice" {
		t.Errorf("refusals %s", r.kinds(finding.Refusal))
	}
	r = readText(t, s, text, Source{Columns: map[string]string{"#1": "b_other", "#2": "a_other", "#3": "stages/legal", "#4": "stages/twin"}})
	if r.dataset == nil {
		t.Fatalf("refused in spite of the config:\n%s", r.text())
	}
	_, other := r.column(t, 0, "b_other")
	_, stages := r.column(t, 0, "stages")
	if other.Text(0) != "x" || fmt.Sprint(stages.Set(0)) != "[1 4]" {
		t.Errorf("b_other %q, stages %v", other.Text(0), stages.Set(0))
	}
}

// TestRowsOfLabelsAreTakenApartWhereThereIsOneWay and kept as they are, counted
// as invalid and reported, where there are several.
func TestRowsOfLabelsAreTakenApartWhereThereIsOneWay(t *testing.T) {
	form := []asked{{kind: "select_multiple", list: "x", name: "x", labels: [3]string{"What?"}}, {kind: "text", name: "y", labels: [3]string{"And?"}}}
	choices := []labelledChoice{{"x", "a", [3]string{"Legal"}}, {"x", "b", [3]string{"Legal aid"}}, {"x", "c", [3]string{"aid"}}, {"x", "d", [3]string{"aid abroad"}}, {"x", "e", [3]string{"Twin"}}, {"x", "f", [3]string{"Twin"}}, {"x", "g", [3]string{}}}
	s := hardForm(t, form, choices)
	for cell, want := range map[string]string{
		"Legal":               "[0]",
		"Legal Legal aid":     "[0 1]",
		"Legal aid aid":       "[1 2]",
		"Legal aid abroad g":  "[0 3 6]",
		"Legal aid":           "label-means-several",
		"Twin":                "label-means-several",
		"Legal aid aid Legal": "[0 1 2]",
		"Legal help":          "invalid",
	} {
		r := readText(t, s, "What?,And?,_uuid\n"+cell+",z,00000000-0000-4000-8000-000000000001\n", Source{})
		_, x := r.column(t, 0, "x")
		got := fmt.Sprint(x.Set(0))
		if x.Reasons[0] == survey.Invalid {
			if got = r.kinds(finding.Warning); got == "" {
				got = "invalid"
			}
		}
		if got != want {
			t.Errorf("%q: %s, want %s\n%s", cell, got, want, r.text())
		}
	}
}
