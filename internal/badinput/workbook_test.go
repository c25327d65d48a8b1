package badinput

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
)

const sheetPart = "xl/worksheets/sheet1.xml"

func TestWorkbooksSayWhatTheyHold(t *testing.T) {
	cell := func(ref, xml string) []byte { return book(map[string]string{ref: xml}).zip() }
	data := func() named { return named{name: "data", cells: goodAnswers()} }
	dated04 := book(map[string]string{"J3": `<c r="J3" s="1"><v>36599</v></c>`}).replace("xl/workbook.xml", "<sheets>", `<workbookPr date1904="1"/><sheets>`)
	dated00 := book(map[string]string{"J3": `<c r="J3" s="1"><v>38061</v></c>`})
	shared := book(map[string]string{"L3": `<c r="L3" t="s"><v>0</v></c>`}).
		and("xl/sharedStrings.xml", `<sst `+mainNS+`><si><r><t>Le </t></r><r><rPr><b/></rPr><t>`+canary+`</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si></sst>`)
	titled := goodAnswers().insert(1, []string{"Survey of " + canary}, nil)
	answers(t, []trial{
		{file: "good.xlsx", body: book(nil).zip(), do: accept, rows: 20, same: true},
		{file: "macros.xlsm", body: book(nil).and("xl/vbaProject.bin", "\xD0\xCF\x11\xE0macro").zip(), do: accept, rows: 20, same: true},
		{file: "no_cache.xlsx", body: cell("I3", `<c r="I3"><f>1+3</f></c>`), do: reject, says: []string{"I3", "formula"}},
		{file: "text_formula.xlsx", body: cell("L3", `<c r="L3" t="str"><f>A1</f><v>`+canary+`</v></c>`), do: warn, says: []string{"L3", "formula"}, rows: 20},
		{file: "error_cell.xlsx", body: cell("K3", `<c r="K3" t="e"><v>#REF!</v></c>`), do: either, says: []string{"K3", "budget"}, rows: 20},
		{file: "truth_cell.xlsx", body: cell("K3", `<c r="K3" t="b"><v>1</v></c>`), do: either, says: []string{"budget"}, rows: 20},
		{file: "iso_date_cell.xlsx", body: cell("J3", `<c r="J3" t="d"><v>1991-03-15</v></c>`), do: accept, rows: 20, same: true},
		{file: "rich_text.xlsx", body: shared.zip(), do: accept, rows: 20},
		{file: "shared_beyond.xlsx", body: cell("L3", `<c r="L3" t="s"><v>99</v></c>`), do: reject, says: []string{"L3"}},
		{file: "shared_negative.xlsx", body: cell("L3", `<c r="L3" t="s"><v>-1</v></c>`), do: reject, says: []string{"L3"}},
		{file: "shared_word.xlsx", body: cell("L3", `<c r="L3" t="s"><v>`+canary+`</v></c>`), do: reject, says: []string{"L3"}},
		{file: "unknown_kind.xlsx", body: cell("L3", `<c r="L3" t="zz"><v>`+canary+`</v></c>`), do: either, says: []string{"L3"}},
		{file: "number_nan.xlsx", body: cell("K3", `<c r="K3"><v>NaN</v></c>`), do: either, says: []string{"row 3", "budget"}, rows: 20},
		{file: "day_60.xlsx", body: cell("J3", `<c r="J3" s="1"><v>60</v></c>`), do: either, says: []string{"J3", "founded"}, rows: 20},
		{file: "day_minus_1.xlsx", body: cell("J3", `<c r="J3" s="1"><v>-1</v></c>`), do: either, says: []string{"J3", "founded"}, rows: 20},
		{file: "day_without_style.xlsx", body: cell("J3", `<c r="J3"><v>38061</v></c>`), do: either, says: []string{"J3", "founded"}, rows: 20},
		{file: "date_as_text.xlsx", body: cell("J3", `<c r="J3" t="inlineStr"><is><t>03/04/2004</t></is></c>`), do: either, says: []string{"J3", "founded"}, rows: 20},
		{file: "from_1904.xlsx", body: dated04.zip(), do: accept, rows: 20},
		{file: "from_1900.xlsx", body: dated00.zip(), do: accept, rows: 20},
		{file: "style_beyond.xlsx", body: cell("K3", `<c r="K3" s="4711"><v>2000</v></c>`), do: accept, rows: 20, same: true},
		{file: "hidden_row.xlsx", body: book(nil).replace(sheetPart, `<row r="4">`, `<row r="4" hidden="1">`).zip(), do: either, says: []string{"hidden", "4"}, rows: 20},
		{file: "hidden_column.xlsx", body: book(nil).replace(sheetPart, "<sheetData>", `<cols><col min="5" max="6" width="9" hidden="1"/></cols><sheetData>`).zip(), do: either, says: []string{"hidden", "region"}, rows: 20},
		{file: "filtered.xlsx", body: book(nil).replace(sheetPart, `<row r="4">`, `<row r="4" hidden="true">`).replace(sheetPart, "</sheetData>", `</sheetData><autoFilter ref="A1:L21"/>`).zip(), do: either, says: []string{"hidden"}, rows: 20},
		{file: "very_hidden.xlsx", body: workbook(data(), named{name: "secret", state: "veryHidden", cells: sheet{{canary}}}).zip(), do: warn, says: []string{"secret", "hidden"}, rows: 20},
		{file: "only_hidden.xlsx", body: workbook(named{name: "data", state: "hidden", cells: goodAnswers()}).zip(), do: reject, says: []string{"data", "hidden"}},
		{file: "two_sheets.xlsx", body: workbook(data(), named{name: "copy", cells: goodAnswers()}).zip(), do: reject, says: []string{"data", "copy"}},
		{file: "other_sheet.xlsx", body: workbook(named{name: "notes", cells: sheet{{canary}, {canary}}}, data()).zip(), do: accept, rows: 20, same: true},
		{file: "part_of_the_columns.xlsx", body: workbook(data(), named{name: "more", cells: sheet{{"region", "budget"}, {"africa", "1"}}}).zip(), do: either, says: []string{"more"}},
		{file: "empty_sheet.xlsx", body: workbook(named{name: "data"}).zip(), do: reject, says: []string{"first row"}},
		{file: "header_only.xlsx", body: workbook(named{name: "data", cells: goodAnswers()[:1]}).zip(), do: reject, says: []string{"no responses"}},
		{file: "title_rows.xlsx", body: workbook(named{name: "data", cells: titled}).zip(), do: reject, says: []string{"row 3", "header"}},
		{file: "blank_rows.xlsx", body: workbook(named{name: "data", cells: goodAnswers().insert(5, nil, make([]string, 12))}).zip(), do: accept, rows: 20, same: true},
		{file: "late_header.xlsx", body: workbook(named{name: "data", cells: goodAnswers().insert(1, nil, nil)}).zip(), do: accept, rows: 20, same: true},
		{file: "merged_header.xlsx", body: book(nil).replace(sheetPart, "</sheetData>", `</sheetData><mergeCells><mergeCell ref="E1:F1"/></mergeCells>`).zip(), do: either, says: []string{"E1:F1"}},
		{file: "merged_title.xlsx", body: workbook(named{name: "data", cells: goodAnswers().header("region", "").header("org_type", "")}).zip(), do: reject, says: []string{"region", "org_type"}},
		{file: "sheet_escape.xlsx", body: workbook(named{name: "da\u202eta\u009b", cells: goodAnswers().with(6, "budget", canary)}).zip(), do: warn, says: []string{"K6"}, rows: 20},
		{file: "sheet_script.xlsx", body: workbook(named{name: "<b>&amp;'!A1", cells: goodAnswers().with(6, "budget", canary)}).zip(), do: warn, says: []string{"K6"}, rows: 20},
		{file: "sheet_line.xlsx", body: workbook(named{name: "a\nrefusal: b", cells: goodAnswers().with(6, "budget", canary)}).zip(), do: warn, says: []string{"K6"}, rows: 20},
		{file: "control_escape.xlsx", body: cell("L3", `<c r="L3" t="inlineStr"><is><t>`+canary+`_x001B_[31m_x0000_</t></is></c>`), do: either, says: []string{"L3"}},
		{file: "no_row_numbers.xlsx", body: bareSheet().zip(), do: accept, rows: 20, same: true},
		{file: "long_number_id.xlsx", body: cell("A3", `<c r="A3"><v>1234567890123456789</v></c>`), do: either, says: []string{"A3", "_uuid"}},
		{file: "number_id.xlsx", body: cell("A3", `<c r="A3"><v>1001</v></c>`), do: either, says: []string{"A3", "_uuid"}},
		{file: "comments.xlsx", body: book(nil).and("xl/comments1.xml", `<comments `+mainNS+`><commentList><comment ref="A1"><text><t>`+canary+`</t></text></comment></commentList></comments>`).zip(), do: accept, rows: 20, same: true},
		{file: "links.xlsx", body: book(nil).and("xl/externalLinks/externalLink1.xml", `<externalLink/>`).zip(), do: accept, rows: 20, same: true},
	})
}

// bareSheet is a sheet that leaves out the numbers of rows and cells.
func bareSheet() parts {
	var b strings.Builder
	b.WriteString("<worksheet " + mainNS + "><sheetData>")
	for _, row := range goodAnswers() {
		b.WriteString("<row>")
		for _, c := range row {
			b.WriteString(`<c t="inlineStr"><is><t>` + escaped(c) + `</t></is></c>`)
		}
		b.WriteString("</row>")
	}
	return book(nil).and(sheetPart, b.String()+"</sheetData></worksheet>")
}

func TestBrokenWorkbooksAreRefused(t *testing.T) {
	good := book(nil).zip()
	xml := func(change func(string) string) []byte {
		p := book(nil)
		return p.and(sheetPart, change(p[sheetPart])).zip()
	}
	cut := func(share int) []byte { return good[:len(good)*share/100] }
	flipped := func(at int) []byte {
		b := bytes.Clone(good)
		b[at] ^= 0x55
		return b
	}
	dtd := func(declaration string) []byte {
		return xml(func(s string) string {
			return `<?xml version="1.0"?><!DOCTYPE x [` + declaration + `]>` + strings.Replace(s, "africa", "&e;", 1)
		})
	}
	deep := strings.Repeat("<x>", 200_000)
	answers(t, []trial{
		{file: "cut_10.xlsx", body: cut(10), do: reject, says: []string{"truncated"}},
		{file: "cut_99.xlsx", body: cut(99), do: reject, says: []string{"truncated"}},
		{file: "head_only.xlsx", body: []byte("PK\x03\x04"), do: reject, says: []string{"truncated"}},
		{file: "flipped.xlsx", body: flipped(bytes.Index(good, []byte(sheetPart)) + len(sheetPart) + 900), do: reject, says: []string{"damaged"}},
		{file: "no_sheet.xlsx", body: book(nil).without(sheetPart).zip(), do: reject, says: []string{"sheet1.xml"}},
		{file: "no_workbook.xlsx", body: book(nil).without("xl/workbook.xml").zip(), do: reject, says: []string{"workbook.xml"}},
		{file: "no_relations.xlsx", body: book(nil).without("xl/_rels/workbook.xml.rels").zip(), do: reject, says: []string{"workbook.xml.rels"}},
		{file: "no_styles.xlsx", body: book(nil).without("xl/styles.xml").zip(), do: accept, rows: 20, same: true},
		{file: "no_sheets.xlsx", body: book(nil).and("xl/workbook.xml", "<workbook "+mainNS+"><sheets/></workbook>").zip(), do: reject, says: []string{"no sheets"}},
		{file: "target_outside.xlsx", body: book(nil).replace("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "../../../etc/passwd").zip(), do: reject, says: []string{"passwd"}},
		{file: "target_web.xlsx", body: book(nil).replace("xl/_rels/workbook.xml.rels", `Target="worksheets/sheet1.xml"`, `TargetMode="External" Target="http://127.0.0.1:1/x"`).zip(), do: reject, says: []string{"lacks"}},
		{file: "chart_sheet.xlsx", body: book(nil).and(sheetPart, `<chartsheet `+mainNS+`/>`).zip(), do: reject, says: []string{"first row"}},
		{file: "broken_xml.xlsx", body: xml(func(s string) string { return s[:len(s)/2] }), do: reject, says: []string{"data", "truncated"}},
		{file: "broken_tags.xlsx", body: xml(func(s string) string { return strings.Replace(s, "</row>", "</rowx>", 1) }), do: reject, says: []string{"damaged"}},
		{file: "bad_entity.xlsx", body: xml(func(s string) string { return strings.Replace(s, "africa", "&nope;", 1) }), do: reject, says: []string{"damaged"}},
		{file: "external_entity.xlsx", body: dtd(`<!ENTITY e SYSTEM "file:///etc/passwd">`), do: reject, says: []string{"DTD"}},
		{file: "parameter_entity.xlsx", body: dtd(`<!ENTITY % e SYSTEM "http://127.0.0.1:1/x"> %e;`), do: reject, says: []string{"DTD"}},
		{file: "dtd_in_strings.xlsx", body: book(nil).and("xl/sharedStrings.xml", `<!DOCTYPE x><sst `+mainNS+`/>`).zip(), do: reject, says: []string{"DTD"}},
		{file: "dtd_in_workbook.xlsx", body: func() []byte {
			p := book(nil)
			return p.and("xl/workbook.xml", "<!DOCTYPE x>"+p["xl/workbook.xml"]).zip()
		}(), do: reject, says: []string{"DTD"}},
		{file: "utf16_xml.xlsx", body: xml(func(s string) string {
			return string(utf16Of([]byte(`<?xml version="1.0" encoding="UTF-16"?>`+s), false, true))
		}), do: reject, says: []string{"damaged"}},
		{file: "latin1_xml.xlsx", body: xml(func(s string) string {
			return `<?xml version="1.0" encoding="ISO-8859-1"?>` + strings.ReplaceAll(s, "là", "l\xE0")
		}), do: reject, says: []string{"damaged"}},
		{file: "deep.xlsx", body: xml(func(s string) string { return strings.Replace(s, "<sheetData>", "<sheetData>"+deep, 1) }), do: reject, says: []string{"data"}},
		{file: "claims_everything.xlsx", body: xml(func(s string) string {
			return strings.Replace(s, "<sheetData>", `<dimension ref="A1:XFD1048576"/><sheetData>`, 1)
		}), do: accept, rows: 20, same: true},
		{file: "far_cell.xlsx", body: xml(func(s string) string {
			return strings.Replace(s, "</sheetData>", `<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>`+canary+`</t></is></c></row></sheetData>`, 1)
		}), do: either, says: []string{"1048576"}},
		{file: "far_cells.xlsx", body: xml(func(s string) string {
			var rows strings.Builder
			for _, b := range random(30_000) {
				fmt.Fprintf(&rows, `<row><c r="XFD" t="inlineStr"><is><t>%x%x</t></is></c></row>`, b, b*7)
			}
			return strings.Replace(s, "</sheetData>", rows.String()+"</sheetData>", 1)
		}), do: either, says: []string{"row"}},
		{file: "no_such_column.xlsx", body: xml(func(s string) string { return strings.Replace(s, `r="L3"`, `r="ZZZZZZZ3"`, 1) }), do: reject, says: []string{"row 3"}},
		{file: "row_beyond.xlsx", body: xml(func(s string) string { return strings.Replace(s, `<row r="21">`, `<row r="99999999999999999999">`, 1) }), do: either},
		{file: "rows_back.xlsx", body: xml(func(s string) string { return strings.Replace(s, `<row r="21">`, `<row r="3">`, 1) }), do: either, says: []string{"row"}},
		{file: "cells_back.xlsx", body: xml(func(s string) string { return strings.Replace(s, `<c r="L3"`, `<c r="B3"`, 1) }), do: reject, says: []string{"row 3"}},
		{file: "cell_twice.xlsx", body: xml(func(s string) string { return strings.Replace(s, `<c r="L3"`, `<c r="K3"`, 1) }), do: reject, says: []string{"row 3"}},
		{file: "cell_of_other_row.xlsx", body: xml(func(s string) string { return strings.Replace(s, `<c r="L3"`, `<c r="L9"`, 1) }), do: either, says: []string{"row"}},
	})
}

func TestArchivesAreLookedAtFirst(t *testing.T) {
	good := book(nil)
	add := func(headers ...zip.FileHeader) []byte {
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		for _, name := range []string{"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", sheetPart} {
			f, _ := w.Create(name)
			_, _ = f.Write([]byte(good[name]))
		}
		for _, h := range headers {
			f, _ := w.CreateHeader(&h)
			_, _ = f.Write([]byte("x"))
		}
		_ = w.Close()
		return out.Bytes()
	}
	link := zip.FileHeader{Name: "xl/link"}
	link.SetMode(fs.ModeSymlink | 0o777)
	device := zip.FileHeader{Name: "xl/device"}
	device.SetMode(fs.ModeDevice | 0o666)
	many := book(nil)
	for i := range 11_000 {
		many[fmt.Sprintf("xl/media/p%d", i)] = ""
	}
	locked := good.zip()
	for _, magic := range []string{"PK\x01\x02", "PK\x03\x04"} {
		for i := bytes.Index(locked, []byte(magic)); i >= 0; {
			flag := i + 6
			if magic == "PK\x01\x02" {
				flag = i + 8
			}
			locked[flag] |= 1
			next := bytes.Index(locked[i+4:], []byte(magic))
			if next < 0 {
				break
			}
			i += 4 + next
		}
	}
	liar := bytes.Clone(good.zip())
	for i := bytes.Index(liar, []byte("PK\x01\x02")); i >= 0; {
		binary.LittleEndian.PutUint32(liar[i+24:], 10) // unpacked size
		next := bytes.Index(liar[i+4:], []byte("PK\x01\x02"))
		if next < 0 {
			break
		}
		i += 4 + next
	}
	answers(t, []trial{
		{file: "root.xlsx", body: add(zip.FileHeader{Name: "/tmp/soundings_pwned"}), do: reject, says: []string{"/tmp/soundings_pwned"}},
		{file: "drive.xlsx", body: add(zip.FileHeader{Name: `C:\pwned`}), do: reject, says: []string{"pwned"}},
		{file: "climbing.xlsx", body: add(zip.FileHeader{Name: "xl/../../pwned"}), do: reject, says: []string{".."}},
		{file: "backslashes.xlsx", body: add(zip.FileHeader{Name: `..\..\pwned`}), do: reject, says: []string{".."}},
		{file: "link.xlsx", body: add(link), do: reject, says: []string{"xl/link"}},
		{file: "device.xlsx", body: add(device), do: reject, says: []string{"xl/device"}},
		{file: "case_twice.xlsx", body: add(zip.FileHeader{Name: "XL/WORKBOOK.XML"}), do: reject, says: []string{"WORKBOOK.XML"}},
		{file: "part_escape.xlsx", body: add(zip.FileHeader{Name: "xl/\x1b[31m/../x"}), do: reject, says: []string{".."}},
		{file: "folder_entry.xlsx", body: add(zip.FileHeader{Name: "xl/media/"}), do: accept, rows: 20, same: true},
		{file: "many_parts.xlsx", body: many.zip(), do: reject, says: []string{"parts", "limit"}},
		{file: "spread.xlsx", body: book(nil).bloated(slices.Repeat([]int{900 << 10}, 300)...), do: reject, says: []string{"size", "limit"}},
		{file: "nested.xlsx", body: parts{"inner.xlsx": string(good.zip())}.zip(), do: reject, says: []string{"zip"}},
		{file: "plain.zip", body: parts{"notes.txt": canary}.zip(), do: reject, says: []string{"zip"}},
		{file: "empty.zip", body: parts{}.zip(), do: reject, says: []string{"zip"}},
		{file: "prepended.xlsx", body: append([]byte("MZ junk before the archive"), good.zip()...), do: reject},
		{file: "appended.xlsx", body: append(good.zip(), "junk behind the archive"...), do: either, says: []string{"behind"}},
		{file: "locked.xlsx", body: locked, do: reject, says: []string{"password"}},
		{file: "liar.xlsx", body: liar, do: reject, says: []string{"damaged"}},
	})
}

func TestFilesThatAreSomethingElse(t *testing.T) {
	good := book(nil).zip()
	ole, _ := base64.StdEncoding.DecodeString("0M8R4KGxGuE=")
	ole = append(ole, make([]byte, 2000)...)
	packed := append(bytes.Clone(ole), utf16Of([]byte("EncryptedPackage"), false, false)...)
	ods := parts{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<office:document-content/>", "META-INF/manifest.xml": "<manifest/>"}
	word := parts{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"}
	slides := parts{"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"}
	binaryBook := book(nil).without("xl/workbook.xml").and("xl/workbook.bin", "x")
	answers(t, []trial{
		{file: "workbook.csv", body: good, do: either, says: []string{"XLSX"}, rows: 20, same: true},
		{file: "workbook.xls", body: good, do: either, says: []string{"XLSX"}, rows: 20, same: true},
		{file: "text.xls", body: goodAnswers().csv(), do: either, says: []string{"CSV"}, rows: 20, same: true},
		{file: "locked_ole.xlsx", body: packed, do: reject, says: []string{"password"}},
		{file: "page.xls", body: []byte("<html><body><table><tr><td>" + canary + "</td></tr></table></body></html>"), do: reject, says: []string{"HTML"}},
		{file: "page.csv", body: []byte("\r\n <!DOCTYPE html>\n<html><head><title>Log in</title>"), do: reject, says: []string{"HTML"}},
		{file: "table.xls", body: []byte("<table border=1><tr><td>_uuid</td><td>region</td></tr></table>"), do: reject, says: []string{"HTML"}},
		{file: "spreadsheet2003.xml", body: []byte(`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>`), do: reject, says: []string{"XML"}},
		{file: "utf16_page.xls", body: utf16Of([]byte("<html><table></table></html>"), false, true), do: reject},
		{file: "open_document.ods", body: ods.zip(), do: reject, says: []string{"OpenDocument"}},
		{file: "open_document.xlsx", body: ods.zip(), do: reject, says: []string{"OpenDocument"}},
		{file: "letter.docx", body: word.zip(), do: reject},
		{file: "slides.xlsx", body: slides.zip(), do: reject},
		{file: "binary.xlsb", body: binaryBook.zip(), do: reject, says: []string{"xlsb"}},
		{file: "gzip.csv", body: []byte("\x1f\x8b\x08\x00abc"), do: reject, says: []string{"packed"}},
		{file: "picture.csv", body: append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 500)...), do: reject},
		{file: "program.csv", body: append([]byte("\x7fELF"), make([]byte, 5000)...), do: reject},
		{file: "paper.csv", body: []byte("%PDF-1.7\n"), do: reject},
		{file: "rich.csv", body: []byte(`{\rtf1\ansi ` + canary + `}`), do: reject},
		{file: "mail.csv", body: []byte("From: a@example.org\r\nTo: b@example.org\r\nSubject: answers\r\n\r\n" + canary), do: reject, says: []string{"row 1"}},
		{file: "random.csv", body: random(100_000), do: reject},
	})
}

// random returns bytes without any order, the same each time.
func random(n int) []byte {
	out := make([]byte, n)
	x := uint32(2463534242)
	for i := range out {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
		out[i] = byte(x >> 8)
	}
	return out
}
