package hostile

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Respondents is how many answer: enough that figures are shown.
const Respondents = 240

// Form returns the sheets of a form whose labels are attacks, and so are the
// names of the choices of the item "named", which may be anything but blank.
func Form() map[string][][]string {
	all := append(Texts(), Controls()...)
	next := 0
	text := func() string { // the attacks, one after the other
		next++
		return all[next%len(all)].Text
	}
	survey := [][]string{
		{"type", "name", "label::English (en)", "label::../../zmark (fr)", "hint::English (en)"},
		{"select_one yesno", "consent", "Do you agree?", text(), ""},
		{"begin_group", "g", text(), text(), ""},
		{"select_one region", "region", text(), text(), text()},
		{"select_one named", "named", text(), text(), ""},
		{"select_multiple tools", "tools", text(), text(), text()},
		{"select_one scale", "ease..x", text(), text(), ""},
		{"end_group", "", "", "", ""},
	}
	for i := range 5 { // so that every attack is some item's label
		survey = append(survey, []string{"select_one yesno", fmt.Sprintf("q%d", i), text(), text(), text()})
	}
	survey = append(survey,
		[]string{"text", "open", text(), text(), ""}, []string{"text", "other", text(), text(), ""}, []string{"integer", "staff", text(), text(), ""})
	choices := [][]string{{"list_name", "name", "label::English (en)", "label::../../zmark (fr)"}, {"yesno", "yes", text(), text()}, {"yesno", "no", text(), text()}}
	for i := range 5 {
		choices = append(choices, []string{"region", fmt.Sprintf("r%d", i), text(), text()}, []string{"scale", fmt.Sprint(i + 1), text(), text()})
	}
	for i := range 8 {
		choices = append(choices, []string{"tools", fmt.Sprintf("t%d", i), text(), text()})
	}
	for _, name := range Names() {
		choices = append(choices, []string{"named", name, text(), text()})
	}
	settings := [][]string{{"form_title::English (en)", "form_title::../../zmark (fr)", "form_id", "version", "default_language"}, {text(), text(), "=1+1", "@1", "English (en)"}}
	return map[string][][]string{"survey": survey, "choices": choices, "settings": settings}
}

// Names returns attacks that can be the name of a choice.
func Names() []string {
	return []string{"=1+zmark", "../../zmark", "<b>zmark", "{{.}}", "-x+1", "@zmark", `C:\zmark`, "'=zmark"}
}

// Answers returns the answers to the form, the header first. Two columns are
// unknown to it.
func Answers() [][]string {
	attacks := Texts()
	rows := [][]string{{"_uuid", "consent", "g/region", "g/named", "g/tools", "g/ease..x"}}
	for i := range 5 {
		rows[0] = append(rows[0], fmt.Sprintf("q%d", i))
	}
	rows[0] = append(rows[0], "open", "other", "staff", `=1+1 <script>alert(1)</script>`, "\x1b[31mcolumn\u202e")
	names := Names()
	for n := range Respondents {
		yes := func(k int) string { return []string{"yes", "no"}[(n/k)%2] }
		row := []string{fmt.Sprintf("00000000-0000-4000-8000-%012d", n), "yes", fmt.Sprintf("r%d", n%5), names[(n/5)%len(names)],
			fmt.Sprintf("t%d t%d", n%8, (n+3)%8), fmt.Sprint(1 + (n/3)%5)}
		for k := range 5 {
			row = append(row, yes(k+1))
		}
		rows = append(rows, append(row, attacks[n%len(attacks)].Text, attacks[(n+7)%len(attacks)].Text, fmt.Sprint(n%40), attacks[(n+3)%len(attacks)].Text, ""))
	}
	return rows
}

// CSV returns rows as a CSV file.
func CSV(rows [][]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.WriteAll(rows) // a buffer does not fail
	return b.Bytes()
}

// Book returns sheets as a workbook, in the order of their names. Signs that
// XML cannot hold become U+FFFD.
func Book(sheets map[string][][]string) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	var names []string
	for name := range sheets {
		names = append(names, name)
	}
	slices.Sort(names)
	for i, name := range names {
		var err error
		if i == 0 {
			err = f.SetSheetName("Sheet1", name)
		} else {
			_, err = f.NewSheet(name)
		}
		if err != nil {
			return nil, err
		}
		for r, cells := range sheets[name] {
			for c, cell := range cells {
				at, err := excelize.CoordinatesToCellName(c+1, r+1)
				if err == nil {
					err = f.SetCellStr(name, at, strings.ToValidUTF8(cell, "\ufffd"))
				}
				if err != nil {
					return nil, err
				}
			}
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
