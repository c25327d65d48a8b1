package badinput

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding"
)

// responses is how many the good answers hold.
const responses = 20

// sheet is a table of texts, the header first.
type sheet [][]string

// columns of the good answers, in their order.
var columns = []string{"_uuid", "_submission_time", "language", "country", "region", "org_type", "took_part", "barriers", "usefulness", "founded", "budget", "experience"}

// goodAnswers are answers in which nothing is wrong. Nobody gave them.
func goodAnswers() sheet {
	t := sheet{slices.Clone(columns)}
	pick := func(i int, from ...string) string { return from[i%len(from)] }
	for i := range responses {
		t = append(t, []string{
			fmt.Sprintf("0000%04x-0000-4000-8000-%012x", 0x1000+i, i), fmt.Sprintf("2022-05-%02dT10:%02d:00.000+00:00", i+1, i),
			pick(i, "en", "fr", "ar", "ru"), pick(i, "KE", "FR", "TN", "KZ"), pick(i, "africa", "europe", "arab_states", "europe"),
			pick(i, "local", "national", "regional"), pick(i, "yes", "no"), pick(i, "time language", "funds", "fear info"),
			fmt.Sprint(1 + i%5), fmt.Sprintf("%d-03-15", 1990+i), fmt.Sprint(1000 * (i + 1)),
			pick(i, "The "+canary+" came late.", "Le "+canary+" était là ; trop tard.", "وصل "+canary+" متأخرا", "Пришло "+canary+" поздно."),
		})
	}
	return t
}

// at returns the place of a column.
func at(column string) int { return slices.Index(columns, column) }

// with returns the table with a cell changed; rows count from 1, the header included.
func (t sheet) with(row int, column, value string) sheet {
	t[row-1][at(column)] = value
	return t
}

// swap returns the table with a row in the place of another.
func (t sheet) swap(row int, cells ...string) sheet {
	t[row-1] = cells
	return t
}

// insert returns the table with rows put in before a row.
func (t sheet) insert(row int, rows ...[]string) sheet { return slices.Insert(t, row-1, rows...) }

// header returns the table with a column named otherwise.
func (t sheet) header(column, name string) sheet { return t.with(1, column, name) }

// column returns the table with one column more.
func (t sheet) column(name string, value string) sheet {
	for i := range t {
		if i == 0 {
			t[i] = append(t[i], name)
		} else {
			t[i] = append(t[i], value)
		}
	}
	return t
}

func (t sheet) csv() []byte { return t.text(",", "\n") }

func (t sheet) text(delimiter, end string) []byte {
	var b bytes.Buffer
	for _, row := range t {
		for k, cell := range row {
			if k > 0 {
				b.WriteString(delimiter)
			}
			if strings.ContainsAny(cell, delimiter+"\"\r\n") {
				cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
			}
			b.WriteString(cell)
		}
		b.WriteString(end)
	}
	return b.Bytes()
}

// lines returns the table with a line of the text changed by hand.
func (t sheet) line(row int, change func(string) string) []byte {
	lines := strings.SplitAfter(string(t.csv()), "\n")
	lines[row-1] = change(lines[row-1])
	return []byte(strings.Join(lines, ""))
}

func utf16Of(text []byte, big, mark bool) []byte {
	units := utf16.Encode([]rune(string(text)))
	if mark {
		units = append([]uint16{0xFEFF}, units...)
	}
	var out []byte
	for _, u := range units {
		if big {
			out = append(out, byte(u>>8), byte(u))
		} else {
			out = append(out, byte(u), byte(u>>8))
		}
	}
	return out
}

func utf32Of(text []byte) []byte {
	out := []byte{0xFF, 0xFE, 0, 0}
	for _, r := range string(text) {
		out = append(out, byte(r), byte(r>>8), byte(r>>16), 0)
	}
	return out
}

// encoded returns answers whose open answers are all one text, in an encoding.
func encoded(e encoding.Encoding, text string) []byte {
	t := goodAnswers()
	for row := 2; row <= responses+1; row++ {
		t.with(row, "experience", text)
	}
	out, err := e.NewEncoder().Bytes(t.csv())
	if err != nil {
		panic(err)
	}
	return out
}

// parts are the parts of a workbook by their names.
type parts map[string]string

const (
	mainNS = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	relNS  = `xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relURL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// named is a sheet with a name; state may be hidden or veryHidden.
type named struct {
	name, state string
	cells       sheet
	raw         map[string]string // cell -> its XML in place of its text
}

// workbook returns the parts of a workbook.
func workbook(sheets ...named) parts {
	p := parts{"_rels/.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + relURL + `officeDocument" Target="xl/workbook.xml"/></Relationships>`}
	list, rels, types := "", "", ""
	for i, s := range sheets {
		state := ""
		if s.state != "" {
			state = ` state="` + s.state + `"`
		}
		list += fmt.Sprintf(`<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>`, escaped(s.name), i+1, state, i+1)
		rels += fmt.Sprintf(`<Relationship Id="rId%d" Type="%sworksheet" Target="worksheets/sheet%d.xml"/>`, i+1, relURL, i+1)
		types += fmt.Sprintf(`<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, i+1)
		p[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = s.xml()
	}
	p["xl/workbook.xml"] = `<workbook ` + mainNS + ` ` + relNS + `><sheets>` + list + `</sheets></workbook>`
	p["xl/_rels/workbook.xml.rels"] = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + rels +
		`<Relationship Id="rIdS" Type="` + relURL + `styles" Target="styles.xml"/></Relationships>`
	p["xl/styles.xml"] = `<styleSheet ` + mainNS + `><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`
	p["[Content_Types].xml"] = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` + types + `</Types>`
	return p
}

func escaped(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}

func letters(k int) string {
	name := ""
	for k++; k > 0; k = (k - 1) / 26 {
		name = string(rune('A'+(k-1)%26)) + name
	}
	return name
}

func (s named) xml() string {
	var b strings.Builder
	b.WriteString(`<worksheet ` + mainNS + `><sheetData>`)
	for i, row := range s.cells {
		fmt.Fprintf(&b, `<row r="%d">`, i+1)
		for k, cell := range row {
			ref := fmt.Sprint(letters(k), i+1)
			switch raw, ok := s.raw[ref]; {
			case ok:
				b.WriteString(raw)
			case cell != "":
				fmt.Fprintf(&b, `<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, ref, escaped(cell))
			}
		}
		b.WriteString(`</row>`)
	}
	b.WriteString(`</sheetData></worksheet>`)
	return b.String()
}

// replace returns the parts with a text in one of them replaced, once.
func (p parts) replace(name, old, by string) parts {
	if !strings.Contains(p[name], old) {
		panic("nothing to replace in " + name)
	}
	p[name] = strings.Replace(p[name], old, by, 1)
	return p
}

func (p parts) without(name string) parts {
	delete(p, name)
	return p
}

func (p parts) and(name, body string) parts {
	p[name] = body
	return p
}

// zip packs the parts, the list of types first.
func (p parts) zip() []byte { return p.bloated(0) }

// bloated packs the parts and others of so many bytes each, without ever
// holding them: what the test needs itself is counted for the command too.
func (p parts) bloated(sizes ...int) []byte {
	var names []string
	for name := range p {
		names = append(names, name)
	}
	sort.Strings(names)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range names {
		part, err := w.Create(name)
		if err == nil {
			_, err = part.Write([]byte(p[name]))
		}
		if err != nil {
			panic(err)
		}
	}
	zeros := make([]byte, 1<<16)
	for i, size := range sizes {
		if size == 0 {
			continue
		}
		part, err := w.Create(fmt.Sprintf("xl/media/p%d.bin", i))
		for ; size > 0 && err == nil; size -= len(zeros) {
			_, err = part.Write(zeros[:min(size, len(zeros))])
		}
		if err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// book returns the good answers as a workbook, with cells as raw XML.
func book(raw map[string]string) parts {
	return workbook(named{name: "data", cells: goodAnswers(), raw: raw})
}

// The good form.
func surveySheet() sheet {
	return sheet{
		{"type", "name", "label::English (en)", "label::Français (fr)", "relevant", "calculation", "constraint"},
		{"text", "language", "Language", "Langue"},
		{"text", "country", "Country", "Pays"},
		{"select_one region", "region", "Region", "Région"},
		{"select_one org_type", "org_type", "Kind", "Genre"},
		{"select_one yn", "took_part", "Took part", "Participé"},
		{"select_multiple barrier", "barriers", "Barriers", "Obstacles"},
		{"integer", "usefulness", "Usefulness", "Utilité"},
		{"date", "founded", "Founded", "Fondée"},
		{"decimal", "budget", "Budget", "Budget"},
		{"text", "experience", "Experience", "Expérience"},
	}
}

func choicesSheet() sheet {
	t := sheet{{"list_name", "name", "label::English (en)", "label::Français (fr)"}}
	for _, l := range [][]string{
		{"region", "africa", "americas", "arab_states", "asia_pacific", "europe"}, {"org_type", "local", "national", "regional", "international"},
		{"yn", "yes", "no"}, {"barrier", "time", "language", "funds", "fear", "info", "none"},
	} {
		for _, name := range l[1:] {
			t = append(t, []string{l[0], name, "The " + name, "Le " + name})
		}
	}
	return t
}

func settingsSheet() sheet {
	return sheet{{"form_title", "form_id", "version", "default_language"}, {"Synthetic", "synthetic", "1", "English (en)"}}
}

func formOf(survey, choices sheet) parts {
	return workbook(named{name: "survey", cells: survey}, named{name: "choices", cells: choices}, named{name: "settings", cells: settingsSheet()})
}

func goodForm() []byte { return formOf(surveySheet(), choicesSheet()).zip() }
