package xlsx

import (
	"cmp"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/soundings-survey/soundings/pipeline/report"
	"github.com/soundings-survey/soundings/pipeline/sheet"
)

// book is a workbook under way. The first error stops all that follows.
type book struct {
	file   *excelize.File
	rtl    bool
	font   string
	top    string // the words that lead back to the contents
	first  string // name of the sheet of contents
	names  names
	tables names
	styles map[styleKey]int
	err    error
}

func newBook(r *report.Report) *book {
	b := &book{
		file: excelize.NewFile(), rtl: r.Dir == "rtl", font: "Arial", top: r.Words.Top,
		names: names{}, tables: names{}, styles: map[styleKey]int{},
	}
	if strings.HasPrefix(r.Lang, "zh") {
		b.font = "Microsoft YaHei"
	}
	b.try(b.file.SetDefaultFont(b.font))
	return b
}

func (b *book) close() { _ = b.file.Close() } // it is held in memory

func (b *book) try(err error) {
	if b.err == nil {
		b.err = err
	}
}

// page is a sheet of the workbook.
type page struct {
	*book
	name   string
	widths map[int]float64
	highs  map[int]float64
}

// sheet adds a sheet, with a name made of a title.
func (b *book) sheet(title string) *page {
	s := &page{book: b, name: b.names.sheet(title), widths: map[int]float64{}, highs: map[int]float64{}}
	if b.first == "" {
		b.first = s.name
		b.try(b.file.SetSheetName("Sheet1", s.name))
	} else {
		_, err := b.file.NewSheet(s.name)
		b.try(err)
	}
	b.try(b.file.SetSheetView(s.name, 0, &excelize.ViewOptions{RightToLeft: &b.rtl, ShowGridLines: new(bool)}))
	return s
}

func (s *page) width(column int, of float64) { s.widths[column] = max(of, s.widths[column]) }

func (s *page) high(row int, of int) { s.highs[row] = max(float64(of), s.highs[row]) }

func at(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return "A1" // columns are fewer than sheets can have
	}
	return name
}

// text writes words into a cell. They stay words when the cell is edited, and
// are guarded for who saves the sheet as another format.
func (s *page) text(column, row int, words string, style style) {
	if s.err != nil {
		return
	}
	cell := at(column, row)
	if words != "" {
		s.try(s.file.SetCellStr(s.name, cell, sheet.Guard(embedded(words))))
	}
	s.try(s.file.SetCellStyle(s.name, cell, cell, s.style(styleKey{style: style})))
}

// embedded puts what is isolated between marks that all programs for sheets know:
// some pass over those of isolates, and turn per cent signs round.
func embedded(words string) string {
	for {
		before, after, found := strings.Cut(words, "\u2068")
		if !found {
			break
		}
		mark := "\u202a"
		if at := strings.IndexFunc(after, unicode.IsLetter); at >= 0 {
			if r, _ := utf8.DecodeRuneInString(after[at:]); unicode.In(r, unicode.Arabic, unicode.Hebrew) {
				mark = "\u202b"
			}
		}
		words = before + mark + after
	}
	return strings.NewReplacer("\u2066", "\u202a", "\u2069", "\u202c").Replace(words)
}

// across writes words into a cell that goes as far as another column.
func (s *page) across(column, row, to int, words string, style style) {
	if to <= column {
		s.text(column, row, words, style)
		return
	}
	s.text(column, row, words, style)
	s.try(s.file.SetCellStyle(s.name, at(column, row), at(to, row), s.style(styleKey{style: style})))
	s.try(s.file.MergeCell(s.name, at(column, row), at(to, row)))
}

// figure writes a figure: a number where it is one, shown as it is published;
// else its text, such as the mark of what is withheld.
func (s *page) figure(column, row int, text string, v report.Value, style style) {
	if s.err != nil {
		return
	}
	cell := at(column, row)
	if v.Kind != report.None {
		s.try(s.file.SetCellFloat(s.name, cell, exactly(v), -1, 64))
		s.try(s.file.SetCellStyle(s.name, cell, cell, s.style(styleKey{style: style, number: numberFormat(text, v)})))
		return
	}
	text = strings.NewReplacer("\u2066", "", "\u2069", "").Replace(text) // the cell is left to right itself
	if words(text) {
		text = sheet.Guard(text)
	}
	if v.Key != "" && !strings.ContainsFunc(text, unicode.IsDigit) {
		style = withheldCell
	}
	if text != "" {
		s.try(s.file.SetCellStr(s.name, cell, text))
	}
	s.try(s.file.SetCellStyle(s.name, cell, cell, s.style(styleKey{style: style})))
}

// words reports whether a text is more than a number or a range: those are the
// program's own and no formula.
func words(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.IsDigit(r) && !unicode.IsSpace(r) && !strings.ContainsRune(".,%–-†*<", r)
	})
}

// exactly is the number with the decimals it is published with and no more: a
// share of 0.07 is not 0.07000000000000001.
func exactly(v report.Value) float64 {
	decimals := v.Decimals
	if v.Kind == report.Share {
		decimals += 2
	}
	scale := math.Pow10(decimals)
	return math.Round(v.Number*scale) / scale
}

// numberFormat shows a number as it is published, with the mark behind it. The
// space before a per cent sign is that of its language.
func numberFormat(text string, v report.Value) string {
	format := "0"
	if v.Kind == report.Count {
		format = "#,##0"
	}
	if v.Decimals > 0 {
		format += "." + strings.Repeat("0", v.Decimals)
	}
	if v.Kind == report.Share {
		if strings.ContainsAny(text, "\u00a0\u202f") {
			format += "\"\u00a0\""
		}
		format += "%"
	}
	if v.Mark != "" {
		format += `"` + strings.ReplaceAll(v.Mark, `"`, "") + `"`
	}
	return format
}

// link writes words that lead to a cell of a sheet.
func (s *page) link(column, row int, words, to string, toRow int, style style) {
	s.text(column, row, words, style)
	s.try(s.file.SetCellHyperLink(s.name, at(column, row), quoted(to)+"!"+at(1, toRow), "Location"))
}

// back leads to the contents from the first cell.
func (s *page) back(b *book) { s.link(1, 1, b.top, b.first, 1, linkStyle) }

// named gives a table a name, by which it can be gone to and referred to.
func (s *page) named(id string, from, to, last int) {
	s.try(s.file.SetDefinedName(&excelize.DefinedName{Name: s.tables.table(id), RefersTo: quoted(s.name) + "!" + absolute(1, from) + ":" + absolute(last, to)}))
}

func absolute(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row, true)
	if err != nil {
		return "$A$1"
	}
	return name
}

func quoted(sheet string) string { return "'" + strings.ReplaceAll(sheet, "'", "''") + "'" }

// finish sets widths, what stays in view and how the sheet is printed: across
// one page of paper on its side, heads repeated, pages numbered.
func (s *page) finish(rows, columns, frozenRows, frozenColumns int) {
	for column := 1; column <= max(columns, len(s.widths)); column++ {
		if width, ok := s.widths[column]; ok {
			name, err := excelize.ColumnNumberToName(column)
			s.try(err)
			s.try(s.file.SetColWidth(s.name, name, name, width))
		}
	}
	for row := 1; row <= rows; row++ {
		if high, ok := s.highs[row]; ok && high > 15 {
			s.try(s.file.SetRowHeight(s.name, row, min(high, 400)))
		}
	}
	if frozenRows > 0 {
		s.try(s.file.SetPanes(s.name, &excelize.Panes{Freeze: true, XSplit: frozenColumns, YSplit: frozenRows, TopLeftCell: at(frozenColumns+1, frozenRows+1), ActivePane: "bottomRight"}))
		s.try(s.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: s.name, RefersTo: quoted(s.name) + "!$A:$A," + quoted(s.name) + "!$2:" + "$" + strings.TrimLeft(at(1, max(2, frozenRows)), "A")}))
	}
	yes, paper, wide, high, side := true, 9, 1, 0, "landscape"
	s.try(s.file.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &yes}))
	s.try(s.file.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &paper, Orientation: &side, FitToWidth: &wide, FitToHeight: &high}))
	s.try(s.file.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddFooter: "&C&P / &N"}))
}

// bytes describes the workbook and returns it.
func (b *book) bytes(r *report.Report) ([]byte, error) {
	const epoch = "2000-01-01T00:00:00Z" // stands where a workbook must have a date
	creator := cmp.Or(r.Brand.Name, "Soundings")
	b.try(b.file.SetDocProps(&excelize.DocProperties{Title: r.Title, Language: r.Lang, Creator: creator, LastModifiedBy: creator, Created: epoch, Modified: epoch}))
	if b.err != nil {
		return nil, b.err
	}
	b.file.SetActiveSheet(0)
	content, err := b.file.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return content.Bytes(), nil
}

// lines is how many lines words take in a cell of a width, about: signs of
// Chinese are as wide as two.
func lines(words string, width int) int {
	wide := 0
	for _, r := range words {
		wide++
		if unicode.Is(unicode.Han, r) || r >= 0x3000 && r < 0x3040 || r >= 0xff00 && r < 0xff61 {
			wide++
		}
	}
	return max(1, int(math.Ceil(1.12*float64(wide)/float64(max(1, width)))))
}
