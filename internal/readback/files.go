package readback

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Document returns what a document for word processors says, a paragraph at a
// time. What fields count, captions and pages, is left out: a word processor
// counts them anew. Bookmarks say which figure a paragraph belongs to.
func Document(content []byte) ([]Said, error) {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, fmt.Errorf("read a document back: %w", err)
	}
	var out []Said
	for _, f := range z.File {
		if !strings.HasPrefix(f.Name, "word/") || !strings.HasSuffix(f.Name, ".xml") || strings.HasSuffix(f.Name, "styles.xml") ||
			strings.HasSuffix(f.Name, "numbering.xml") || strings.HasSuffix(f.Name, "settings.xml") || strings.HasSuffix(f.Name, "fontTable.xml") {
			continue
		}
		part, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("read a document back: %w", err)
		}
		said, err := paragraphs(f.Name, part)
		if err != nil {
			return nil, fmt.Errorf("read a document back: %s: %w", f.Name, err)
		}
		out = append(out, said...)
	}
	return out, nil
}

func paragraphs(name string, part io.Reader) ([]Said, error) {
	var out []Said
	var text strings.Builder
	at, counted, inText, n := "", 0, false, 0
	for d := xml.NewDecoder(part); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			value := func(name string) string {
				for _, a := range token.Attr {
					if a.Name.Local == name {
						return a.Value
					}
				}
				return ""
			}
			switch token.Name.Local {
			case "p":
				text.Reset()
				n++
			case "t":
				inText = true
			case "tab", "br", "tc":
				text.WriteByte(' ')
			case "bookmarkStart":
				at = strings.TrimPrefix(value("name"), "s_")
			case "docPr":
				out = append(out, Said{Place: fmt.Sprintf("%s, picture %s", name, value("name")), Text: value("descr"), Figure: value("name"), Kind: Description})
			case "fldChar":
				switch value("fldCharType") {
				case "separate":
					counted++
				case "end":
					counted = max(0, counted-1)
				}
			}
		case xml.EndElement:
			switch token.Name.Local {
			case "t":
				inText = false
			case "p":
				if strings.TrimSpace(text.String()) != "" {
					out = append(out, Said{Place: fmt.Sprintf("%s, paragraph %d, after %s", name, n, at), Text: text.String(), Figure: at})
				}
				text.Reset()
			}
		case xml.CharData:
			if inText && (counted == 0 || !short(string(token))) {
				text.Write(token)
			}
		}
	}
}

// short reports whether a text is a number that a field counts.
func short(s string) bool {
	_, err := strconv.Atoi(strings.TrimSpace(s))
	return err == nil && len(s) < 4
}

// Workbook returns what the cells of a workbook say, with the table that they
// belong to by its name. Numbers come as numbers.
func Workbook(content []byte) ([]Said, error) {
	book, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		return nil, fmt.Errorf("read a workbook back: %w", err)
	}
	defer book.Close()
	tables := map[string][]area{}
	for _, name := range book.GetDefinedName() {
		if table, ok := strings.CutPrefix(name.Name, "table_"); ok {
			sheet, a, ok := areaOf(name.RefersTo)
			if !ok {
				return nil, fmt.Errorf("read a workbook back: the name %s stands for no cells", name.Name)
			}
			a.table = strings.TrimPrefix(table, "figure_")
			tables[sheet] = append(tables[sheet], a)
		}
	}
	var out []Said
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, fmt.Errorf("read a workbook back: %w", err)
		}
		for r, row := range rows {
			for c, value := range row {
				if value == "" {
					continue
				}
				cell, _ := excelize.CoordinatesToCellName(c+1, r+1)
				in := Said{Place: sheet + "!" + cell, Text: value}
				for _, a := range tables[sheet] {
					if a.holds(r+1, c+1) {
						in.Figure = a.table
					}
				}
				kind, err := book.GetCellType(sheet, cell)
				if err != nil {
					return nil, fmt.Errorf("read a workbook back: %w", err)
				}
				if kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber {
					if n, err := strconv.ParseFloat(value, 64); err == nil {
						in.Text, in.Number = "", &n
					}
				}
				out = append(out, in)
			}
		}
	}
	return out, nil
}

// area is the cells of a table.
type area struct {
	table                    string
	top, left, bottom, right int
}

func (a area) holds(row, column int) bool {
	return row >= a.top && row <= a.bottom && column >= a.left && column <= a.right
}

func areaOf(reference string) (sheet string, a area, ok bool) {
	m := regexp.MustCompile(`^'?(.*?)'?!\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)$`).FindStringSubmatch(reference)
	if m == nil {
		return "", a, false
	}
	var e1, e2 error
	a.left, a.top, e1 = excelize.CellNameToCoordinates(m[2] + m[3])
	a.right, a.bottom, e2 = excelize.CellNameToCoordinates(m[4] + m[5])
	return strings.ReplaceAll(m[1], "''", "'"), a, e1 == nil && e2 == nil
}

// Summary returns what a summary in Markdown says, line by line, without the
// places its links lead to.
func Summary(content []byte) []Said {
	link := regexp.MustCompile(`\]\([^)]*\)`)
	rank := regexp.MustCompile(`^\| *\d+ *\|`)
	var out []Said
	for i, line := range strings.Split(string(content), "\n") {
		in := Said{Place: fmt.Sprintf("line %d", i+1), Text: rank.ReplaceAllString(link.ReplaceAllString(line, "]"), "|")}
		if strings.TrimSpace(in.Text) != "" {
			out = append(out, in)
		}
	}
	return out
}
