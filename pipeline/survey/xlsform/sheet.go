package xlsform

import (
	"strings"
	"unicode"

	"github.com/soundings-survey/soundings/pipeline/finding"
	guarded "github.com/soundings-survey/soundings/pipeline/sheet"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// sheet is one sheet of a form, with the meaning of its columns found.
type sheet struct {
	file, name string
	columns    []column
	at         map[string][]int // key of a column to where it stands
	rows       []row
	header     int // number of the row with the titles; 0 when the sheet is blank
}

// row is one row; number counts from 1, the header included.
type row struct {
	number int
	cells  []string
}

// newSheet takes the first row that is not blank for the header, and leaves
// blank rows out.
func (r *reader) newSheet(file, name string, rows []row, aliases func(string) string) *sheet {
	s := &sheet{file: file, name: name, at: map[string][]int{}}
	for _, each := range rows {
		blank := true
		for i, cell := range each.cells {
			each.cells[i] = trim(cell)
			blank = blank && each.cells[i] == ""
		}
		switch {
		case blank:
		case s.columns == nil:
			s.header = each.number
			for i, title := range each.cells {
				c := parseTitle(title, aliases)
				s.columns = append(s.columns, c)
				s.at[c.key] = append(s.at[c.key], i)
			}
			r.checkColumns(s, each.number)
		default:
			s.rows = append(s.rows, each)
		}
	}
	return s
}

// checkColumns refuses two columns of one title: which of them counts?
func (r *reader) checkColumns(s *sheet, number int) {
	seen := map[string]bool{}
	for _, c := range s.columns {
		if c.key == "" || strings.HasPrefix(c.key, otherColumn) {
			continue
		}
		id := c.key + "::" + fold(c.language) + "::" + plainTitle(c.title)
		if seen[id] {
			r.add("duplicate-column", finding.Refusal, finding.Place{File: s.file, Sheet: s.name, Row: number, Column: c.title},
				"The sheet has the column "+c.title+" twice.", "Remove or rename one of the two.")
		}
		seen[id] = true
	}
}

func (s *sheet) has(key string) bool {
	return s != nil && len(s.at[key]) > 0
}

// cell returns the first cell of a row that is not empty among the columns of
// that meaning, and the title of its column.
func (s *sheet) cell(each row, key string) (value, title string) {
	for _, i := range s.at[key] {
		if title == "" {
			title = s.columns[i].title
		}
		if i < len(each.cells) && each.cells[i] != "" {
			return each.cells[i], s.columns[i].title
		}
	}
	return "", title
}

// text returns the wording of a row in every language that has one, as plain text.
func (s *sheet) text(each row, key string) survey.Text {
	var text survey.Text
	for _, i := range s.at[key] {
		if i >= len(each.cells) || each.cells[i] == "" {
			continue
		}
		plain := survey.PlainText(guarded.Bare(each.cells[i]))
		tag := s.columns[i].tag
		if plain == "" || text[tag] != "" {
			continue
		}
		if text == nil {
			text = survey.Text{}
		}
		text[tag] = plain
	}
	return text
}

// raw returns all wordings of a row as the form has them, for references in them.
func (s *sheet) raw(each row, key string) []string {
	var out []string
	for _, i := range s.at[key] {
		if i < len(each.cells) && strings.Contains(each.cells[i], "${") {
			out = append(out, each.cells[i])
		}
	}
	return out
}

func (s *sheet) place(each row, title string) finding.Place {
	return finding.Place{File: s.file, Sheet: s.name, Row: each.number, Column: title}
}

// trim takes white space and invisible marks off both ends.
func trim(s string) string {
	return strings.TrimFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' || r == '\u2060' || r == '\u200e' || r == '\u200f'
	})
}
